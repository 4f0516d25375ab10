"""Who speaks when: how much of the time is given to the wrong voice, and whether voices are counted right."""

import asyncio
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from bot.engine.media import decode
from bot.engine.speakers.diarization import diarize
from bot.engine.speakers.models import VoiceModels
from bot.evaluation.counts import Share, Sum
from bot.evaluation.diarization import DiarizationError, Spoken, diarization_error, speaker_count
from bot.evaluation.report import Figure, Findings, Table, of, percent
from bot.evaluation.voices import FOLDER, Voices, read_voices

AIMS: Final[Mapping[str, float]] = {"ami30": 0.30, "pyannote_sample": 0.06}
"""Of the sets that published figures come from."""

CUSTOMARY: Final = 0.25
"""Seconds around each change that many publications do not look at."""


@dataclass(frozen=True)
class Found(Sum):
    """What was found in recordings: errors with and without a collar, counts, confidence, and the time it took."""

    strict: DiarizationError = field(default_factory=DiarizationError)
    customary: DiarizationError = field(default_factory=DiarizationError)
    counted: Share = field(default_factory=Share)
    reliable: Share = field(default_factory=Share)
    length: float = 0.0
    wall: float = 0.0


def evaluate_speakers(corpus: Path | None, shipped: Sequence[Voices]) -> Findings:
    """Measure on the recordings that ship and on those of a corpus.

    Raises:
        BadInput: The corpus's files are not what they should be.
        Failed: The models are missing.
    """
    models = VoiceModels.load()
    sets: dict[str, Found] = {}
    with tempfile.TemporaryDirectory(prefix="followthrough-") as folder:
        for voices in (*shipped, *read_voices(corpus)):
            sets[voices.data] = sets.get(voices.data, Found()) + _found(voices, models, Path(folder) / "sound.pcm")
    absent = () if len(sets) > len(shipped) else (f"Who speaks when among people: {FOLDER} is not in the corpus.",)
    return Findings(tuple(_figure(*each) for each in sets.items()), (_table(sets),), absent)


def _found(voices: Voices, models: VoiceModels, pcm: Path) -> Found:
    length = asyncio.run(decode(voices.path, pcm)).seconds
    wall = time.perf_counter()
    found = diarize(pcm, models)
    wall = time.perf_counter() - wall
    turns = [Spoken(turn.start, turn.end, str(turn.voice)) for turn in found.turns]
    return Found(
        diarization_error(voices.spoken, turns),
        diarization_error(voices.spoken, turns, collar=CUSTOMARY),
        Share(int(found.voices == speaker_count(voices.spoken)), 1),
        Share(int(found.reliable), 1),
        length,
        wall,
    )


def _figure(name: str, found: Found) -> Figure:
    rate, aim = found.strict.rate, AIMS.get(name)
    if aim is None:
        return Figure("speakers, DER", name, percent(rate, 1))
    return Figure("speakers, DER", name, percent(rate, 1), f"≤ {percent(aim)}", rate <= aim)


def _table(sets: Mapping[str, Found]) -> Table:
    return Table(
        "Who speaks when",
        ("set", "DER", "missed · invented · confused", "collar 0.25 s", "counted right", "called reliable", "RTF"),
        tuple(_row(*each) for each in sets.items()),
        "No collar, overlapping speech scored, the number of speakers not given.",
    )


def _row(name: str, found: Found) -> tuple[str, ...]:
    strict = found.strict
    kinds = (each / max(strict.spoken, 1e-9) for each in (strict.missed, strict.invented, strict.confused))
    return (
        name,
        percent(strict.rate, 1),
        " · ".join(percent(each, 1) for each in kinds),
        percent(found.customary.rate, 1),
        of(found.counted),
        of(found.reliable),
        f"{found.wall / found.length:.3f}",
    )
