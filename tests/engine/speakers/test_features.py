import numpy as np

from bot.engine.pcm import RATE
from bot.engine.speakers.features import BANDS, mel_energies


def tone(hertz: float, seconds: float = 0.5) -> np.ndarray:
    return (0.1 * np.sin(2 * np.pi * hertz * np.arange(int(seconds * RATE)) / RATE)).astype(np.float32)


def test_there_is_a_row_for_each_whole_window() -> None:
    assert mel_energies(tone(440, 1.0)).shape == (98, BANDS)
    assert mel_energies(np.zeros(399, np.float32)).shape == (0, BANDS)


def test_a_higher_tone_is_in_a_higher_band() -> None:
    loudest = [int(mel_energies(tone(hertz)).mean(0).argmax()) for hertz in (200, 800, 3000, 7000)]
    assert loudest == sorted(set(loudest))


def test_the_numbers_are_kaldis() -> None:
    # kaldi-native-fbank 1.23, dither 0, 80 bands, of this very signal: row 3, bands 0, 20, 40, 60 and 79
    signal = (tone(440, 0.1) + tone(2500, 0.1)).astype(np.float32)
    assert np.allclose(mel_energies(signal)[3, [0, 20, 40, 60, 79]], KALDI, atol=1e-3)


KALDI = [-13.2796, -10.5537, -12.4671, -15.9424, -15.9424]
