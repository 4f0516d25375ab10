"""How good and how fast the insights are: `python -m bench.insights [CORPUS]`.

Without a corpus: the time for an hour's talk, and day phrases beside dateparser. With one, a folder that may hold
`candidates_labelled.json` (a list of {"meeting", "text", "y"}) and `qmsum/*.json` (with `meeting_transcripts`):
precision and recall on labelled utterances, and real talk for the hour. Nothing of a corpus ships.
"""

import json
import re
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

import dateparser

from bot.engine.insights.action_items import best_sign
from bot.engine.insights.dates import find_dates
from bot.engine.insights.due_dates import due
from bot.engine.insights.people import Roster
from bot.engine.insights.sentences import cut, plain
from bot.engine.insights.understanding import understand
from bot.engine.records import InsightOptions, Message, Person

THRESHOLD: Final = 0.5
BASE: Final = date(2026, 3, 4)
HELD_OUT: Final = frozenset({"Bed012", "Bmr018", "Bro008", "Bro021", "ES2011b", "IS1003c", "TS3004b", "TS3011b"})
"""Meetings whose utterances nobody looked at while the rules were written."""

HOUR: Final = (900, 9000)
"""Sentences and words of an hour's talk."""

PHRASES: Final = {
    "by EOD": "2026-03-04",
    "tomorrow": "2026-03-05",
    "by Friday": "2026-03-06",
    "next Tuesday": "2026-03-10",
    "Tuesday next week": "2026-03-10",
    "before the weekend": "2026-03-06",
    "end of the week": "2026-03-06",
    "next week": "2026-03-13",
    "by the end of the month": "2026-03-31",
    "by the end of March": "2026-03-31",
    "end of the quarter": "2026-03-31",
    "in Q2": "2026-06-30",
    "in two weeks": "2026-03-18",
    "within three days": "2026-03-07",
    "a week from Monday": "2026-03-16",
    "the 3rd": "2026-04-03",
    "March 5th": "2026-03-05",
    "5 March": "2026-03-05",
    "the fifteenth of April": "2026-04-15",
    "2026-03-20": "2026-03-20",
}
"""What people say, and the day they mean on Wednesday, 4 March 2026."""

SAID: Final = (
    "So I had a look at the numbers of the last quarter and they are a bit better than we thought.",
    "Yeah.",
    "I'll send the report to the printer by Friday.",
    "Who is going to write the copy for the spring catalogue?",
    "Mei, can you book the studio for the second photo day?",
    "Sure, no problem.",
    "The thing is that the recycled paper costs two cents more, and the customers do not seem to mind.",
    "We decided to go with the smaller format because it fits the letter box.",
    "I mean, if we had more time we would rewrite the whole thing, but we don't.",
    "Let's set up a call with the translators next Tuesday.",
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A labelled utterance: `meant` when it gives somebody work."""

    meeting: str
    text: str
    meant: bool


def candidates(corpus: Path) -> list[Candidate]:
    """Read the labelled utterances."""
    rows = json.loads((corpus / "candidates_labelled.json").read_text())
    return [Candidate(row["meeting"], row["text"], bool(row["y"])) for row in rows]


def worth(text: str) -> float:
    """Return what the signals alone say of an utterance."""
    sentences = cut([Message("1", text, Person("a", "A"), 0, 1)])
    signs = (best_sign(sentence, Roster((), frozenset()), BASE) for sentence in sentences)
    return max((sign.score for sign in signs if sign is not None), default=0.0)


def figures(told: Iterable[tuple[bool, bool]]) -> str:
    """Return precision, recall and F1 of pairs of what was said to be work and what is."""
    pairs = list(told)
    right = sum(said and meant for said, meant in pairs)
    precision = right / max(1, sum(said for said, _ in pairs))
    recall = right / max(1, sum(meant for _, meant in pairs))
    both = 2 * precision * recall / max(1e-9, precision + recall)
    return f"P {precision:.2f}  R {recall:.2f}  F1 {both:.2f}  ({len(pairs)} utterances)"


def measure_candidates(corpus: Path) -> None:
    """Print how the signals alone judge single utterances; with the examples, see `bench/train_items.py`."""
    rows = candidates(corpus)
    for half, mine in (("looked at", False), ("held out", True)):
        chosen = [row for row in rows if (row.meeting in HELD_OUT) is mine]
        print(f"labelled utterances, {half:9}  {figures((worth(row.text) >= THRESHOLD, row.meant) for row in chosen)}")


def measure_days() -> None:
    """Print how many day phrases are read as meant, by us and by dateparser."""
    now = datetime(BASE.year, BASE.month, BASE.day)  # noqa: DTZ001 - dateparser compares it with naive ones
    ours = theirs = 0
    for said, meant in PHRASES.items():
        found = due(plain(said), find_dates(said, plain(said), BASE), BASE)
        ours += found is not None and found[0].isoformat() == meant
        wanted = re.sub(r"^(?:by|before|in(?= Q)) ", "", said)
        other = dateparser.parse(
            wanted, languages=["en"], settings={"RELATIVE_BASE": now, "PREFER_DATES_FROM": "future"}
        )
        theirs += other is not None and other.date().isoformat() == meant
    print(f"day phrases                      ours {ours} of {len(PHRASES)}, dateparser {theirs}")


def hour(corpus: Path | None) -> list[Message]:
    """Return an hour of talk: real meetings where there are some, else our own sentences over and over."""
    said = [(f"Person {number % 3}", SAID[number % len(SAID)]) for number in range(HOUR[0])]
    if corpus is not None and (corpus / "qmsum").is_dir():
        said = []
        for path in sorted((corpus / "qmsum").glob("*.json")):
            for turn in json.loads(path.read_text())["meeting_transcripts"]:
                words = re.sub(r"\{\w+\}|\s+(?=[.,?!'])", "", turn["content"])
                said += [(turn["speaker"], sentence) for sentence in re.split(r"(?<=[.?!])\s+", words) if sentence]
    messages: list[Message] = []
    count = 0
    for number, (name, text) in enumerate(said):
        count += len(text.split())
        if count > HOUR[1]:
            break
        messages.append(Message(str(number), text, Person(name, name), number * 4.0, number * 4.0 + 3))
    return messages


def measure_speed(messages: Sequence[Message]) -> None:
    """Print the processor time that an hour takes."""
    options = InsightOptions(datetime(BASE.year, BASE.month, BASE.day, tzinfo=UTC))
    times = []
    for _ in range(3):
        start = time.process_time()
        understand(messages, options)
        times.append(time.process_time() - start)
    words = sum(len(message.text.split()) for message in messages)
    print(f"an hour's talk                   {min(times):.2f} s ({len(messages)} sentences, {words} words; limit 5 s)")


def main() -> None:
    """Print the table."""
    corpus = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    measure_speed(hour(corpus))
    measure_days()
    if corpus is not None and (corpus / "candidates_labelled.json").exists():
        measure_candidates(corpus)


if __name__ == "__main__":
    main()
