from pathlib import Path

import numpy as np

from bot.engine.pcm import RATE
from bot.engine.speech.channels import Channel, distinct, without_echoes
from bot.engine.speech.voice import WINDOW
from tests.engine.sounds import Wave, noise, tone, write_pcm


def channels(folder: Path, *sounds: Wave) -> list[Channel]:
    return [Channel(n, write_pcm(folder / f"{n}.pcm", sound)) for n, sound in enumerate(sounds, 1)]


def test_a_channel_that_repeats_another_is_left_out(tmp_path: Path) -> None:
    voice, hiss = tone(2), noise(2) / 300
    one, copy, other, silent = channels(tmp_path, voice, voice + hiss, tone(2, 880), voice * 0)
    assert distinct([one, copy, other, silent]) == (one, other, silent)


def test_a_voice_that_comes_over_from_another_channel_is_not_heard_twice(tmp_path: Path) -> None:
    first, second = tone(4), tone(4, 880)
    first[2 * RATE :] = 0
    second[: 2 * RATE] = 0
    both = channels(tmp_path, first + second / 20, second + first / 20)
    likely = [np.ones(-(-4 * RATE // WINDOW), np.float32)] * 2
    half = len(likely[0]) // 2
    one, other = without_echoes(likely, both)
    assert one[: half - 1].all()
    assert not one[half + 1 :].any()
    assert not other[: half - 1].any()
    assert other[half + 8 :].all()


def test_two_who_speak_at_once_are_both_heard(tmp_path: Path) -> None:
    likely = [np.ones(2 * RATE // WINDOW + 1, np.float32)] * 2
    clean = without_echoes(likely, channels(tmp_path, tone(2), tone(2, 880) / 3))
    assert all(each.all() for each in clean)
