from pathlib import Path

import numpy as np

from bot.engine.speakers.diarization import Diarization, VoiceTurn
from bot.engine.speakers.models import VoiceModels
from bot.engine.speakers.turns import TurnFinder, turns_of

TURNS = (VoiceTurn(0, 2, 0, 0.9), VoiceTurn(2, 3, 1, 0.7), VoiceTurn(3, 5, 1, 0.8))


def test_voices_are_labels_and_an_unsure_turn_is_nobodys() -> None:
    turns = turns_of(Diarization(TURNS, 2, 0.9))
    assert [turn.voice for turn in turns] == ["voice 1", None, "voice 2"]
    assert [(turn.start, turn.end, turn.score) for turn in turns] == [(0, 2, 0.9), (2, 3, 0.7), (3, 5, 0.8)]


def test_nobody_has_a_voice_where_voices_could_not_be_told_apart() -> None:
    assert {turn.voice for turn in turns_of(Diarization(TURNS, 2, 0.6))} == {None}
    assert {turn.voice for turn in turns_of(Diarization(TURNS, 40, 0.9))} == {None}


def test_silence_is_not_listened_to(tmp_path: Path) -> None:
    def load() -> VoiceModels:
        return VoiceModels(Deaf(), Deaf())

    pcm = tmp_path / "silence.pcm"
    pcm.write_bytes(bytes(2 * 16_000 * 30))
    told: list[float] = []
    assert TurnFinder(load)(pcm, np.zeros(30 * 16_000 // 512, np.float32), told.append) == ()


class Deaf:
    """A model that must not be asked."""

    def run(self, *_asked: object) -> None:
        raise AssertionError
