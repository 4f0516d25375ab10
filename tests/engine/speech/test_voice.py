from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from bot.engine.media import decode
from bot.engine.pcm import RATE
from bot.engine.speech import voice
from bot.engine.speech.voice import WINDOW, Span, VoiceDetector, VoiceRules, spans
from tests.engine.sounds import DATA, Wave, music, noise, tone, write_pcm


@pytest.fixture(scope="module")
def detector() -> VoiceDetector:
    return VoiceDetector()


def found(detector: VoiceDetector, pcm: Path) -> tuple[Span, ...]:
    return spans(detector.likelihoods(pcm), pcm.stat().st_size // 2)


async def test_two_people_are_found_where_they_speak(detector: VoiceDetector, tmp_path: Path) -> None:
    pcm = tmp_path / "sound.pcm"
    await decode(DATA / "two_people.ogg", pcm)
    times = [(span.start / RATE, span.end / RATE) for span in found(detector, pcm)]
    assert times == [pytest.approx((0.8, 5.9), abs=0.5), pytest.approx((11.4, 17.6), abs=0.5)]


@pytest.mark.parametrize(
    "sound",
    [np.zeros(20 * RATE), noise(20), music(20), tone(20, 50) + tone(20, 100), noise(20) * 0.01, np.zeros(0)],
    ids=["silence", "noise", "music", "hum", "hiss", "nothing"],
)
def test_what_is_no_voice_is_not_taken_for_one(detector: VoiceDetector, tmp_path: Path, sound: Wave) -> None:
    assert found(detector, write_pcm(tmp_path / "sound.pcm", sound)) == ()


async def test_reading_in_blocks_changes_nothing(
    detector: VoiceDetector, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pcm = tmp_path / "sound.pcm"
    await decode(DATA / "two_people.ogg", pcm)
    whole = detector.likelihoods(pcm)
    monkeypatch.setattr(voice, "BLOCK_WINDOWS", 7)
    assert np.allclose(detector.likelihoods(pcm), whole, atol=1e-4)


def test_a_pause_for_breath_does_not_end_speech_but_a_silence_does() -> None:
    likely = np.zeros(1000, np.float32)
    likely[100:200] = likely[230:300] = 0.9  # a second's pause
    likely[400:500] = 0.9  # after three seconds
    rules = VoiceRules(pad=0)
    assert spans(likely, 1000 * WINDOW, rules) == (Span(100 * WINDOW, 300 * WINDOW), Span(400 * WINDOW, 500 * WINDOW))


def test_a_click_is_no_speech() -> None:
    likely = np.zeros(1000, np.float32)
    likely[100:104] = 0.9
    assert spans(likely, 1000 * WINDOW) == ()


@settings(deadline=None)
@given(arrays(np.float32, st.integers(0, 600), elements=st.floats(0, 1, width=32)), st.integers(0, WINDOW - 1))
def test_spans_are_in_order_apart_and_inside_the_recording(likely: voice.Samples, short: int) -> None:
    samples = max(0, len(likely) * WINDOW - short)
    edges = [edge for span in spans(likely, samples) for edge in (span.start, span.end)]
    assert edges == sorted(set(edges))
    assert all(0 <= edge <= samples for edge in edges)
