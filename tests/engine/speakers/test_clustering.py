"""Voices made of numbers: a direction each, and noise that shrinks as they speak longer."""

import numpy as np
import pytest
from numpy.typing import NDArray

from bot.engine.speakers.clustering import BLOCK, voices
from bot.engine.speakers.voiceprints import Voiceprint

SIZE = 192


class Crowd:
    """Voices that resemble each other as voices do, and prints of them."""

    def __init__(self, people: int) -> None:
        self._random = np.random.default_rng(4)
        common = self._random.standard_normal(SIZE)
        self.people = [_unit(_unit(common) * 0.65 + _unit(self._random.standard_normal(SIZE))) for _ in range(people)]

    def says(self, person: int, window: int, seconds: float, slot: int = 0) -> Voiceprint:
        noise = _unit(self._random.standard_normal(SIZE)) * np.sqrt(0.8 / seconds)
        return Voiceprint(window, slot, seconds, _unit(self.people[person] + noise).astype(np.float32))


def _unit(vector: NDArray[np.float64]) -> NDArray[np.float64]:
    return vector / np.linalg.norm(vector)


def found(crowd: Crowd, prints: list[Voiceprint], count: int | None = None) -> list[int]:
    """Return which person each voice is."""
    centres = voices(prints, count)
    return [int((np.stack(crowd.people) @ centre).argmax()) for centre in centres]


@pytest.mark.parametrize("people", [1, 2, 3, 6])
def test_as_many_voices_are_found_as_people_speak(people: int) -> None:
    crowd = Crowd(people)
    prints = [crowd.says(window % people, window, 2.0 + window % 4) for window in range(10 * people)]
    assert sorted(found(crowd, prints)) == list(range(people))


def test_the_voice_that_speaks_most_comes_first() -> None:
    crowd = Crowd(2)
    prints = [crowd.says(0 if window % 4 == 0 else 1, window, 4.0) for window in range(20)]
    assert found(crowd, prints) == [1, 0]


def test_who_never_speaks_for_long_is_found_beside_those_who_do() -> None:
    crowd = Crowd(3)
    long = [crowd.says(window % 2, window, 5.0) for window in range(12)]
    short = [crowd.says(2, 12 + window, 1.2) for window in range(4)]
    assert sorted(found(crowd, long + short)) == [0, 1, 2]


def test_a_word_from_afar_in_a_long_recording_is_no_voice() -> None:
    crowd = Crowd(3)
    long = [crowd.says(window % 2, window, 5.0) for window in range(40)]
    assert sorted(found(crowd, [*long, crowd.says(2, 40, 1.2)])) == [0, 1]


def test_so_many_voices_are_found_as_the_caller_says() -> None:
    crowd = Crowd(3)
    prints = [crowd.says(window % 3, window, 3.0) for window in range(18)]
    assert len(voices(prints, 2)) == 2
    assert len(voices(prints, 4)) == 4


def test_more_voices_than_prints_cannot_be_found() -> None:
    crowd = Crowd(1)
    assert len(voices([crowd.says(0, 0, 1.0)], 3)) == 1


def test_nobody_has_no_voice() -> None:
    assert len(voices([])) == 0


def test_a_long_recording_has_the_same_voices_as_a_short_one() -> None:
    crowd = Crowd(4)
    prints = [crowd.says(window % 4, window, 3.0) for window in range(2 * BLOCK + 50)]
    assert sorted(found(crowd, prints)) == [0, 1, 2, 3]
