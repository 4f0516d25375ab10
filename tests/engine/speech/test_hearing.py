"""Parts of a recording that are heard at once."""

from collections.abc import Iterable
from itertools import count
from pathlib import Path
from threading import Barrier

import numpy as np
import pytest

from bot.engine.media import decode
from bot.engine.records import Utterance
from bot.engine.speech import hearing
from bot.engine.speech.hearing import Sound, hear
from bot.engine.speech.shelf import Shelf
from bot.engine.speech.transcript import HeardPart, OnProgress, Recognised, SpeechOptions, Tongue
from bot.engine.speech.voice import Samples
from bot.errors import Failed
from tests.engine.sounds import DATA, read_pcm, write_pcm

SECOND = 16_000
TOO_LOUD = 0.9
WAITS = 20
"""So many seconds the first thread waits for the others: one that hears alone ends with an error."""


class Ears:
    """Hears how loud each second is, in so many threads; a crack is too loud for it."""

    def __init__(self, threads: int) -> None:
        self.threads = threads
        self._asked = count()
        self._all_here = Barrier(threads)

    def known(self, language: str | None) -> str | None:
        return language

    def listen(self, _places: Iterable[Samples], sure: float = 0.0) -> Tongue:
        return Tongue("en", min(1.0, sure))

    def recognise(self, sound: Samples, _options: SpeechOptions, on_progress: OnProgress) -> Recognised:
        if next(self._asked) < self.threads:
            self._all_here.wait(WAITS)
        heard = []
        for first in range(0, len(sound), SECOND):
            loud = float(np.abs(sound[first : first + SECOND]).max())
            if loud > TOO_LOUD:
                raise Failed("The model broke.", "Try again.")
            heard.append(Utterance(first / SECOND, first / SECOND + 0.9, f"{loud:.4f}"))
            on_progress((first + SECOND) / (len(sound) + SECOND))
        return Recognised(tuple(heard))


@pytest.fixture
async def pcm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A recording of several parts, nowhere as loud as a crack."""
    monkeypatch.setattr(hearing, "PART_SECONDS", 5.0)
    path = tmp_path / "job.pcm"
    await decode(DATA / "two_people.ogg", path)
    return write_pcm(path, read_pcm(path) / 2)


def heard(pcm: Path, threads: int, told: list[float]) -> list[HeardPart]:
    return list(hear(Sound.of([pcm], Shelf(None)), Ears(threads), SpeechOptions(), told.append))


def test_parts_that_are_heard_at_once_come_out_as_one_after_another(pcm: Path) -> None:
    progress: list[float] = []
    parts = heard(pcm, 2, progress)
    assert parts == heard(pcm, 1, [])
    assert len(parts) > 2
    assert progress == sorted(progress)
    assert 0.8 < progress[-1] <= 1


def test_what_breaks_in_one_part_ends_the_recording_after_the_parts_before(pcm: Path) -> None:
    whole = read_pcm(pcm)
    whole[-3 * SECOND] = 1.0
    write_pcm(pcm, whole)
    told: list[float] = []
    parts = hear(Sound.of([pcm], Shelf(None)), Ears(2), SpeechOptions(), told.append)
    first = next(parts)
    assert first.utterances
    with pytest.raises(Failed, match="The model broke"):
        list(parts)
