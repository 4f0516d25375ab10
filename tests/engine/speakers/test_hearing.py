"""The voices of a real recording of two people, and what is told when they cannot be told apart."""

import itertools
from collections.abc import Iterable
from pathlib import Path

import pytest

from bot.engine.media import decode
from bot.engine.records import Utterance
from bot.engine.speakers.diarization import diarize
from bot.engine.speakers.models import VoiceModels
from bot.engine.speakers.turns import TurnFinder
from bot.engine.speech.hearing import FindTurns, Sound, hear
from bot.engine.speech.shelf import Shelf
from bot.engine.speech.transcript import HeardPart, OnProgress, Recognised, SpeechOptions, Tongue
from bot.engine.speech.turns import Turn
from bot.engine.speech.voice import Samples
from bot.errors import Failed

RECORDING = Path(__file__).parent.parent / "data" / "two_people.ogg"


@pytest.fixture(scope="module")
def models() -> VoiceModels:
    return VoiceModels.load()


@pytest.fixture
async def pcm(tmp_path: Path) -> Path:
    path = tmp_path / "job.pcm"
    await decode(RECORDING, path)
    return path


class Ears:
    """Hears one word a second."""

    threads = 1

    def known(self, language: str | None) -> str | None:
        return language or "en"

    def listen(self, places: Iterable[Samples], sure: float = 0.0) -> Tongue | None:
        assert sure > 0
        assert all(len(place) for place in places)
        return None

    def recognise(self, sound: Samples, _options: SpeechOptions, on_progress: OnProgress) -> Recognised:
        on_progress(1.0)
        return Recognised(tuple(Utterance(second, second + 0.9, "Word.") for second in range(len(sound) // 16_000)))


def heard(pcm: Path, find_turns: FindTurns) -> tuple[list[HeardPart], list[float]]:
    told: list[float] = []
    sound = Sound.of([pcm], Shelf(pcm.with_name("job")))
    return list(hear(sound, Ears(), SpeechOptions("en"), told.append, find_turns=find_turns)), told


def test_two_people_are_two_voices_however_it_is_asked(pcm: Path, models: VoiceModels) -> None:
    found = diarize(pcm, models)
    assert (found.voices, found.reliable) == (2, True)
    assert [voice for voice, _ in itertools.groupby(found.turns, lambda turn: turn.voice)] == [0, 1]
    assert diarize(pcm, models, count=1).voices == 1


def test_sentences_have_voices_progress_grows_and_a_second_run_does_not_listen_again(
    pcm: Path, models: VoiceModels
) -> None:
    (part,), told = heard(pcm, TurnFinder(lambda: models))
    assert {said.voice for said in part.sentences} >= {"voice 1", "voice 2"}
    assert all(said.score is not None and 0.75 <= said.score <= 1 for said in part.sentences if said.voice)
    assert part.notes == ()
    assert told == sorted(told)
    assert 0 < told[0] < told[-1] <= part.done <= 1

    def broken() -> VoiceModels:
        raise AssertionError

    (again,), _ = heard(pcm, TurnFinder(broken))
    assert again.sentences == part.sentences


def test_where_voices_cannot_be_told_apart_nobody_spoke_and_it_is_said(pcm: Path) -> None:
    def find(_pcm: Path, _likely: Samples, _on_progress: OnProgress) -> tuple[Turn, ...]:
        return (Turn(0, 20, None, 0.3),)

    (part,), _ = heard(pcm, find)
    assert {(said.voice, said.score) for said in part.sentences} == {(None, None)}
    assert [note.code for note in part.notes] == ["speakers-unknown"]


def test_weights_that_are_not_those_that_were_checked_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Failed, match="missing"):
        VoiceModels.load(tmp_path)
    (tmp_path / "segmentation.onnx").write_bytes(b"something else")
    with pytest.raises(Failed, match="not the file"):
        VoiceModels.load(tmp_path)
