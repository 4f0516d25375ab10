"""Speech: how many words are wrong, and how long it takes, by the way that the engine takes with a recording."""

import asyncio
import os
import re
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from faster_whisper import WhisperModel

from bot.engine import operations
from bot.engine.capacity import usable_cores
from bot.engine.heard import Said, Stretch
from bot.engine.insights.understanding import understand
from bot.engine.media import decode, sound_files
from bot.engine.models.pins import SIZES
from bot.engine.models.presence import Presence, presence
from bot.engine.models.weights import find_weights
from bot.engine.plain import from_plain
from bot.engine.records import InsightOptions, Message, Person
from bot.engine.speech.recogniser import SETTINGS
from bot.errors import BadInput
from bot.evaluation.counts import Sum
from bot.evaluation.meeting_files import DAY
from bot.evaluation.recordings import FOLDER, QUIET_SECONDS, Recording, read_recordings, without_speech
from bot.evaluation.report import Figure, Findings, Table, percent
from bot.evaluation.wer import WordErrors, word_errors

MOST_RTF: Final = 0.12
MOST_RTF_OF_ALL: Final = 0.2
LONG_SECONDS: Final = 30
"""Whisper always hears half a minute: the time that shorter recordings take says nothing of meetings."""

_FOREIGN: Final = re.compile(r"_(?!en)[a-z]{2}-[A-Z]{2}$")

ROOMS: Final = "ami"
"""Sets of that name are of far microphones in rooms where several people talk."""

NEAR: Final = 0.005
"""How much worse than the bare recogniser the engine may be."""


@dataclass(frozen=True)
class Heard(Sum):
    """What came out of recordings: word errors, and of the long ones their length and the time it took, in seconds."""

    errors: WordErrors = field(default_factory=WordErrors)
    length: float = 0.0
    wall: float = 0.0
    cpu: float = 0.0


@dataclass(frozen=True)
class Runs(Sum):
    """The same recordings heard three times.

    Attributes:
        engine: By the engine, speech alone.
        bare: By the bare recogniser with the same weights.
        whole: By the engine, with who speaks when and everything that is concluded.
    """

    engine: Heard = field(default_factory=Heard)
    bare: Heard = field(default_factory=Heard)
    whole: Heard = field(default_factory=Heard)


@dataclass(frozen=True, slots=True)
class SpeechModels:
    """Which models to measure.

    Attributes:
        own: A folder with a model of one's own; nothing else is measured then.
        size: The one that recordings are heard with.
        cache: Where models are put together; those of other sizes that are there are measured too.
    """

    own: Path | None
    size: str
    cache: Path

    def sizes(self) -> tuple[str, ...]:
        """Return the sizes to measure, the one that is used first."""
        if self.own is not None:
            return (self.size,)
        others = (name for name, model in SIZES.items() if presence(None, self.cache, model) is Presence.HERE)
        return tuple(dict.fromkeys((self.size, *others)))


def evaluate_speech(corpus: Path | None, shipped: Sequence[Recording], models: SpeechModels) -> Findings:
    """Measure on the recordings that ship, on those of a corpus, and on some in which nobody speaks.

    Raises:
        BadInput: The size is none, or the corpus's references are not what they should be.
        Failed: There is no speech model.
    """
    if models.size not in SIZES:
        raise BadInput(f"SPEECH_MODEL is {models.size}, which is no size.", f"The sizes are {', '.join(SIZES)}.")
    recordings = (*shipped, *read_recordings(corpus))
    found = [_measured(_known(recordings, size), models, size) for size in models.sizes()]
    return Findings(
        tuple(figure for figures, _ in found for figure in figures),
        tuple(table for _, table in found),
        tuple(_absent(recordings, shipped)),
    )


def _absent(recordings: Sequence[Recording], shipped: Sequence[Recording]) -> Iterator[str]:
    if len(recordings) == len(shipped):
        yield f"Word errors of people who speak: {FOLDER} is not in the corpus."
    elif not any(recording.data.startswith(ROOMS) for recording in recordings):
        yield f"Word errors in meeting rooms (aim: at most 27 %): no set of {FOLDER} begins with “{ROOMS}”."


def _known(recordings: Sequence[Recording], size: str) -> Sequence[Recording]:
    """Return the recordings in languages that a model knows: a name may end with its language's tag."""
    return [each for each in recordings if not (size.endswith(".en") and _FOREIGN.search(each.data))]


def _measured(recordings: Sequence[Recording], models: SpeechModels, size: str) -> tuple[tuple[Figure, ...], Table]:
    """Hear everything with one model."""
    weights = find_weights(models.own, models.cache, SIZES[size])
    with tempfile.TemporaryDirectory(prefix="followthrough-") as folder:
        ears, bare = _Ears(Path(folder), models, size), _Bare(weights.folder)
        quiet = without_speech(Path(folder))
        ears.hear(quiet[1])  # loading the model is no part of the figures
        sets: dict[str, Runs] = {}
        for recording in recordings:
            engine = ears.hear(recording)
            whole = ears.understand(recording) if engine.length else Heard()
            runs = Runs(engine, bare.hear(recording), whole)
            sets[recording.data] = sets.get(recording.data, Runs()) + runs
        made_up = sum((ears.hear(recording).errors for recording in quiet), WordErrors())
    figures = (
        *(_word_errors(f"{name}, {weights.name}", runs) for name, runs in sets.items()),
        Figure(
            "words where nobody speaks",
            f"{len(quiet) * QUIET_SECONDS} s of silence, noise and hum, {weights.name}",
            str(made_up.inserted),
            "0",
            made_up.inserted == 0,
        ),
        *_times(weights.name, sum(sets.values(), Runs())),
    )
    return figures, _table(weights.name, sets)


def _word_errors(name: str, runs: Runs) -> Figure:
    """Return a set's figure; it should be as good as the bare recogniser's, or nearly so."""
    aim = f"≤ {percent(runs.bare.errors.rate + NEAR, 1)} (alone + 0.5)"
    reached = runs.engine.errors.rate <= runs.bare.errors.rate + NEAR
    return Figure("word errors", name, percent(runs.engine.errors.rate, 1), aim, reached)


def _times(model: str, runs: Runs) -> tuple[Figure, ...]:
    if not runs.engine.length:
        return ()
    data = f"{runs.engine.length:.0f} s in long recordings, {model}"
    speech, whole = (heard.wall / heard.length for heard in (runs.engine, runs.whole))
    return (
        Figure("speech, time by length (RTF)", data, f"{speech:.3f}", f"≤ {MOST_RTF}", speech <= MOST_RTF),
        Figure("everything, time by length", data, f"{whole:.3f}", f"≤ {MOST_RTF_OF_ALL}", whole <= MOST_RTF_OF_ALL),
    )


def _table(model: str, sets: Mapping[str, Runs]) -> Table:
    return Table(
        f"Speech, {model}",
        ("set", "words", "wrong", "replaced · left out · put in", "alone", "RTF", "processor", "alone", "all"),
        tuple(_row(name, runs) for name, runs in sets.items()),
        "Decoding, voice activity and recognition together; the model is in memory before. *Alone* is faster-whisper "
        "with the same weights and settings; *all* is with who speaks when and all conclusions. Times are of "
        f"recordings of {LONG_SECONDS} s and more.",
    )


def _row(name: str, runs: Runs) -> tuple[str, ...]:
    errors, length = runs.engine.errors, runs.engine.length
    times = (runs.engine.wall, runs.engine.cpu, runs.bare.wall, runs.whole.wall)
    return (
        name,
        str(errors.said),
        percent(errors.rate, 1),
        f"{errors.replaced} · {errors.deleted} · {errors.inserted}",
        percent(runs.bare.errors.rate, 1),
        *(f"{each / length:.3f}" if length else "–" for each in times),
    )


class _Bare:
    """Hears recordings with faster-whisper alone."""

    def __init__(self, weights: Path) -> None:
        self._model = WhisperModel(str(weights), device="cpu", compute_type="int8", cpu_threads=usable_cores())

    def hear(self, recording: Recording) -> Heard:
        """Return what came out of a recording."""
        wall, cpu = time.perf_counter(), _processor_seconds()
        segments, info = self._model.transcribe(str(recording.path), vad_filter=True, **SETTINGS)
        text = " ".join(segment.text for segment in segments)
        return _heard(recording, text, info.duration, wall, cpu)


def _heard(recording: Recording, text: str, length: float, wall: float, cpu: float) -> Heard:
    """Return what came out of a recording that was begun at `wall` and `cpu`."""
    errors = word_errors(recording.said, text)
    if length < LONG_SECONDS:
        return Heard(errors)
    return Heard(errors, length, time.perf_counter() - wall, _processor_seconds() - cpu)


class _Ears:
    """Hears recordings one after another, in this process."""

    def __init__(self, folder: Path, models: SpeechModels, size: str) -> None:
        self._folder = folder
        self._model = {
            "model_path": str(models.own) if models.own else None,
            "model_cache": str(models.cache),
            "model": size,
        }
        self._count = 0

    def hear(self, recording: Recording) -> Heard:
        """Return what came out of a recording: its words alone."""
        wall, cpu = time.perf_counter(), _processor_seconds()
        said, length = self._said(recording, diarize=False)
        return _heard(recording, " ".join(each.message.text for each in said), length, wall, cpu)

    def understand(self, recording: Recording) -> Heard:
        """Return the same of a recording whose voices are told apart, and of which everything is concluded."""
        wall, cpu = time.perf_counter(), _processor_seconds()
        said, length = self._said(recording, diarize=True)
        understand([_spoken(each) for each in said], InsightOptions(DAY, language=None))
        return _heard(recording, " ".join(each.message.text for each in said), length, wall, cpu)

    def _said(self, recording: Recording, *, diarize: bool) -> tuple[list[Said], float]:
        """Return what is said in a recording, and its length in seconds."""
        self._count += 1
        shelf = self._folder / str(self._count)
        pcm = shelf.with_suffix(".pcm")
        said: list[Said] = []

        def told(event: Mapping[str, Any]) -> None:
            if "stretch" in event:
                said.extend(from_plain(Stretch, event["stretch"]).said)

        length = asyncio.run(decode(recording.path, pcm)).seconds
        request = {
            "channels": [str(path) for path in sound_files(pcm)],
            "shelf": str(shelf),
            "begin": 0.0,
            "diarize": diarize,
            "voices": None,
            "language": None,
            "vocabulary": [],
        }
        operations.recognise({**request, **self._model}, told)
        return said, length


def _spoken(said: Said) -> Message:
    return replace(said.message, speaker=Person(said.voice, said.voice) if said.voice else None)


def _processor_seconds() -> float:
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system
