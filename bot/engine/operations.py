"""What worker processes run: recognition of speech, and understanding of what was said. Plain JSON in and out."""

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.engine.heard import Said, Stretch
from bot.engine.ids import numeric_id
from bot.engine.models.pins import DEFAULT_SIZE, SIZES
from bot.engine.plain import from_plain, to_plain
from bot.engine.records import InsightOptions, Message
from bot.engine.worker import Tell

if TYPE_CHECKING:
    from bot.engine.speakers.turns import TurnFinder
    from bot.engine.speech.recogniser import Recogniser
    from bot.engine.speech.transcript import Ears
    from bot.engine.speech.turns import Spoken

# Each operation imports what it needs when it first runs: a worker for insights must not hold a recogniser's memory.

RECOGNISE = "bot.engine.operations:recognise"
UNDERSTAND = "bot.engine.operations:understand"


def recognise(request: Mapping[str, Any], tell: Tell) -> dict[str, Any]:
    """Recognise what is said in a recording.

    Args:
        request: `channels`, the files of raw PCM; `shelf`, folder and beginning of the names of what is kept meanwhile;
            `begin`, the end of what was heard before, in seconds; `diarize`, whether to tell voices apart, and
            `voices`, how many there are, or None; `language` or None, `vocabulary`; `model_path` or
            None, `model_cache`, and perhaps the `model`'s size and the number of `threads`; or `remote`, a server's
            `url`, `key` and `model`.
        tell: Told `progress` from 0 to 1, and with it each `stretch` that was heard to its end; before that, while the
            model is fetched, how much of it is `fetched`.

    Returns:
        Nothing: all has been told.
    """
    from bot.engine.speech.hearing import Sound, hear  # noqa: PLC0415 - see above
    from bot.engine.speech.shelf import Shelf  # noqa: PLC0415 - see above
    from bot.engine.speech.transcript import SpeechOptions  # noqa: PLC0415 - see above

    sound = Sound.of([Path(path) for path in request["channels"]], Shelf(Path(request["shelf"])))
    heard = hear(
        sound,
        _ears(request, tell),
        SpeechOptions(request["language"], tuple(request["vocabulary"])),
        lambda done: tell({"progress": done}),
        begin=request["begin"],
        find_turns=_turn_finder(request),
    )
    for part in heard:
        said = tuple(Said(_message(sentence), sentence.voice) for sentence in part.sentences)
        stretch = Stretch(part.until, said, part.language, part.notes)
        tell({"progress": part.done, "stretch": to_plain(stretch)})
    return {}


def understand(request: Mapping[str, Any], tell: Tell) -> Any:
    """Return the insights of a conversation: `messages` and `options` in, `Insights` out.

    With a `language_model` they are its conclusions, held to the same evidence; `tell` is told `progress` meanwhile.
    """
    from bot.engine.insights.understanding import understand as insights_of  # noqa: PLC0415 - see above

    messages = from_plain(tuple[Message, ...], request["messages"])
    options = from_plain(InsightOptions, request["options"])
    own = insights_of(messages, options)
    if "language_model" not in request:
        return to_plain(own)
    from bot.engine.insights.language_model.conclusions import conclude  # noqa: PLC0415 - see above
    from bot.engine.insights.language_model.model import LanguageModel  # noqa: PLC0415 - see above

    model = from_plain(LanguageModel, request["language_model"])
    return to_plain(conclude(model, messages, options, own, lambda done: tell({"progress": done})))


def _ears(request: Mapping[str, Any], tell: Tell) -> "Ears":
    """Return what recognises speech: kept for the next recording when it is asked for again."""
    if remote := request.get("remote"):
        return _remote(remote["url"], remote["key"], remote["model"])
    size = request.get("model") or DEFAULT_SIZE
    key = (request["model_path"], request["model_cache"], size, int(request.get("threads") or 0))
    if key not in _LOADED:
        _LOADED.clear()  # there is memory for one
        _LOADED[key] = _recogniser(*key, lambda there: tell({"fetched": there}))
    return _LOADED[key]


_LOADED: dict[tuple[str | None, str, str, int], "Recogniser"] = {}


def _recogniser(
    model_path: str | None, model_cache: str, size: str, threads: int, on_fetched: Callable[[float], None]
) -> "Recogniser":
    from bot.engine.models.weights import find_weights  # noqa: PLC0415 - see above
    from bot.engine.speech.recogniser import Recogniser  # noqa: PLC0415 - see above

    own = Path(model_path) if model_path else None
    return Recogniser.load(find_weights(own, Path(model_cache), SIZES[size], on_fetched), threads=threads)


@cache
def _remote(url: str, key: str, model: str) -> "Ears":
    from bot.engine.speech.remote import RemoteEars  # noqa: PLC0415 - see above

    return RemoteEars(url, key, model)


def _turn_finder(request: Mapping[str, Any]) -> "TurnFinder | None":
    """Return what finds who speaks when, if that is wanted."""
    from bot.engine.speakers.models import VoiceModels  # noqa: PLC0415 - see above
    from bot.engine.speakers.turns import TurnFinder  # noqa: PLC0415 - see above

    if not request["diarize"]:
        return None
    # not kept for the next recording: they load in a second, and hold 100 MB while the other model works
    return TurnFinder(lambda: VoiceModels.load(threads=int(request.get("threads") or 0)), request["voices"])


def _message(said: "Spoken") -> Message:
    heard = said.utterance
    return Message(numeric_id(), heard.text, None, round(heard.start, 3), round(heard.end, 3), heard.words, said.score)
