"""A corpus of one meeting, as small as can be."""

import json
from pathlib import Path
from typing import Any


def corpus(folder: Path, files: dict[str, Any]) -> Path:
    """Write a corpus: JSON by path, or text."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content if isinstance(content, str) else json.dumps(content))
    return folder


MEETING = {
    "meeting_transcripts": [
        {"speaker": "Ana", "content": "Right {vocalsound} , let's begin ."},
        {"speaker": "Bo", "content": "I'll send the report to the printer by Friday ."},
        {"speaker": "Ana", "content": "{disfmarker}"},
        {"speaker": "Bo", "content": "The weather is n't nice ."},
    ],
    "topic_list": [
        {"topic": "Weather", "relevant_text_span": [["3", "3"]]},
        {"topic": "Report", "relevant_text_span": [["0", "1"]]},
    ],
}

CANDIDATES = [
    {"meeting": "a", "spk": "Bo", "text": "I'll send the report to the printer by Friday.", "y": 1},
    {"meeting": "a", "spk": "Bo", "text": "The weather was nice yesterday.", "y": 0},
    {"meeting": "b", "spk": "Ana", "text": "It was a pity about the paper.", "y": 1},
]
