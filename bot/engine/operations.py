"""What worker processes run: recognition of speech, and understanding of what was said. Plain JSON in and out."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.engine.ids import numeric_id
from bot.engine.plain import from_plain, to_plain
from bot.engine.records import InsightOptions, Message, Utterance
from bot.engine.worker import Tell

if TYPE_CHECKING:
    from bot.engine.speech.recogniser import Recogniser

# Each operation imports what it needs when it first runs: a worker for insights must not hold a recogniser's memory.

RECOGNISE = "bot.engine.operations:recognise"
UNDERSTAND = "bot.engine.operations:understand"


def recognise(request: Mapping[str, Any], tell: Tell) -> dict[str, Any]:
    """Recognise what is said in a file of raw PCM.

    Args:
        request: `pcm` the file, `language` or None, `vocabulary`, `model_path` or None, `model_cache`.
        tell: Told `progress` from 0 to 1, and the `messages` that were found since the last time.

    Returns:
        `language`, or None when nobody spoke and none was given.
    """
    from bot.engine.speech.streams import SentenceStream  # noqa: PLC0415 - see above
    from bot.engine.speech.transcript import SpeechOptions  # noqa: PLC0415 - see above

    stream = SentenceStream(lambda cut: tell({"messages": [to_plain(_message(heard)) for heard in cut]}))
    transcript = _recogniser(request["model_path"], request["model_cache"]).transcribe(
        Path(request["pcm"]),
        SpeechOptions(request["language"], tuple(request["vocabulary"])),
        lambda done: tell({"progress": done}),
        stream.hear,
    )
    stream.end()
    return {"language": transcript.language}


def understand(request: Mapping[str, Any], _tell: Tell) -> Any:
    """Return the insights of a conversation: `messages` and `options` in, `Insights` out."""
    from bot.engine.insights.understanding import understand as insights_of  # noqa: PLC0415 - see above

    messages = from_plain(tuple[Message, ...], request["messages"])
    return to_plain(insights_of(messages, from_plain(InsightOptions, request["options"])))


@cache
def _recogniser(model_path: str | None, model_cache: str) -> "Recogniser":
    from bot.engine.models.weights import find_weights  # noqa: PLC0415 - see above
    from bot.engine.speech.recogniser import Recogniser  # noqa: PLC0415 - see above

    return Recogniser.load(find_weights(Path(model_path) if model_path else None, Path(model_cache)))


def _message(heard: Utterance) -> Message:
    return Message(numeric_id(), heard.text, None, round(heard.start, 3), round(heard.end, 3), heard.words)
