"""Turns put together from windows, with models that hear what they are told."""

from pathlib import Path

import numpy as np
import pytest

from bot.engine.pcm import RATE, SAMPLE_BYTES
from bot.engine.speakers.diarization import attributed, diarize
from bot.engine.speakers.models import Floats, VoiceModels
from bot.engine.speakers.segmentation import CLASSES, FRAMES, WINDOW_SAMPLES, frames_in, seconds_at, window_count
from bot.engine.speakers.voiceprints import Voiceprint

ANA, BO = np.eye(192, dtype=np.float32)[:2]


class Level:
    """Takes the loudness of a frame for who speaks in it: 0 nobody, 1 Ana, 2 Bo, 3 both."""

    def run(self, _wanted: None, feed: dict[str, Floats]) -> list[Floats]:
        return [np.stack([self._window(window[0]) for window in feed["waveform"]])]

    def _window(self, samples: Floats) -> Floats:
        who = np.round(samples[np.arange(FRAMES) * 270 + 495] * 32.768).astype(int)
        first = next((each for each in who if each in {1, 2}), 1)
        active = np.zeros((FRAMES, 3), bool)
        for person in (1, 2):  # whoever speaks first is the window's first speaker, as the model has it
            active[:, int(person != first)] = (who == person) | (who == 3)
        matches = (active[:, None, :] == (CLASSES > 0)[None]).all(2)
        return np.log(np.where(matches, np.float32(0.94), np.float32(0.01)))


class Ana:
    """Takes every voice for Ana's."""

    def run(self, _wanted: None, _feed: dict[str, Floats]) -> list[Floats]:
        return [ANA[None]]


def recording(folder: Path, *spoken: tuple[float, int]) -> Path:
    """Write a recording of so many seconds of each level."""
    levels = np.concatenate([np.full(int(seconds * RATE), 1000 * who, "<i2") for seconds, who in spoken])
    path = folder / "stage.pcm"
    path.write_bytes(levels.tobytes())
    return path


def prints_of(window: int, *vectors: Floats) -> list[Voiceprint]:
    return [Voiceprint(window, slot, 3.0, vector) for slot, vector in enumerate(vectors)]


def test_speakers_of_one_window_are_different_people() -> None:
    nearly_ana = 0.8 * ANA + 0.6 * BO
    owners = attributed(prints_of(4, nearly_ana, ANA), np.stack([ANA, BO]))
    assert {slot: voice for slot, (voice, _) in owners[4].items()} == {0: 1, 1: 0}


def test_where_there_are_more_speakers_than_voices_a_voice_has_two_of_them() -> None:
    owners = attributed(prints_of(0, ANA, 0.9 * ANA), np.stack([ANA]))
    assert {slot: voice for slot, (voice, _) in owners[0].items()} == {0: 0, 1: 0}


def test_a_print_between_two_voices_is_less_sure_than_one_that_is_like_one_of_them() -> None:
    between = (ANA + BO) / np.sqrt(2)
    sure = attributed(prints_of(0, ANA), np.stack([ANA, BO]))[0][0][1]
    unsure = attributed(prints_of(0, between), np.stack([ANA, BO]))[0][0][1]
    assert sure > 0.99
    assert unsure == pytest.approx(0.5)


@pytest.mark.parametrize("seconds", [0.0, 0.01, 5.0, 10.0, 10.1, 12.4, 61.0])
def test_windows_cover_a_recording_and_no_window_is_in_vain(seconds: float) -> None:
    samples = int(seconds * RATE)
    count = window_count(samples)
    covered = (count - 1) * 148 * 270 + WINDOW_SAMPLES
    assert covered >= samples
    assert count == 1 or covered - 148 * 270 < samples
    assert frames_in(samples) == 0 or seconds_at(frames_in(samples) - 1) <= seconds


def test_a_file_without_speech_has_no_turns(tmp_path: Path) -> None:
    found = diarize(recording(tmp_path, (25.0, 0)), VoiceModels(Level(), Ana()))
    assert (found.turns, found.voices) == ((), 0)


def test_an_empty_file_and_half_a_sample_have_no_turns(tmp_path: Path) -> None:
    for content in (b"", b"\x01", bytes(SAMPLE_BYTES)):
        (tmp_path / "short.pcm").write_bytes(content)
        assert diarize(tmp_path / "short.pcm", VoiceModels(Level(), Ana())).turns == ()


def test_turns_are_when_somebody_speaks_to_a_frame_and_windows_agree(tmp_path: Path) -> None:
    pcm = recording(tmp_path, (1.0, 0), (14.0, 1), (3.0, 0), (8.0, 1), (2.0, 0))
    found = diarize(pcm, VoiceModels(Level(), Ana()))
    assert found.voices == 1
    edges = [edge for turn in found.turns for edge in (turn.start, turn.end)]
    assert edges == pytest.approx([1, 15, 18, 26], abs=0.03)


def test_only_what_is_worth_it_is_listened_to_and_progress_ends_at_one(tmp_path: Path) -> None:
    pcm = recording(tmp_path, (20.0, 1), (20.0, 0), (20.0, 1))
    told: list[float] = []
    models = VoiceModels(Level(), Ana())
    found = diarize(pcm, models, on_progress=told.append, worth=lambda first, _end: first >= 30 * RATE)
    assert found.turns[0].start >= 30
    assert told == sorted(told)
    assert told[-1] == 1
