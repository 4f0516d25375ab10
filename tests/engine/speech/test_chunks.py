from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.engine.pcm import RATE
from bot.engine.speech.chunks import Chunk, chunks, parts
from bot.engine.speech.voice import WINDOW, Span, spans


def span(start: float, end: float) -> Span:
    return Span(int(start * RATE), int(end * RATE))


def windows(seconds: float) -> int:
    return int(seconds * RATE / WINDOW) + 1


def test_chunks_are_cut_at_silences() -> None:
    speech = (span(0, 40), span(50, 90), span(100, 140))
    parts = chunks(speech, np.zeros(windows(140), np.float32), 100)
    assert [part.spans for part in parts] == [speech[:2], speech[2:]]


def test_speech_without_a_silence_is_cut_at_its_quietest_place() -> None:
    likely = np.ones(windows(200), np.float32)
    likely[windows(70) : windows(70.5)] = 0.4
    parts = chunks([span(0, 150)], likely, 100)
    assert [part.seconds for part in parts] == [pytest.approx(70.25, abs=0.3), pytest.approx(79.75, abs=0.3)]


def test_times_in_a_chunk_become_the_recordings() -> None:
    chunk = Chunk((span(10, 20), span(30, 40)))
    assert chunk.in_recording(0, 1) == (10, 11)
    assert chunk.in_recording(9, 9.5) == (19, 19.5)
    assert chunk.in_recording(12, 13) == (32, 33)


def test_a_word_across_a_silence_stays_on_the_side_where_most_of_it_is() -> None:
    chunk = Chunk((span(10, 20), span(30, 40)))
    assert chunk.in_recording(9.0, 10.2) == (19, 20)
    assert chunk.in_recording(9.8, 11.0) == (30, 31)


def test_a_time_after_the_end_is_the_end() -> None:
    assert Chunk((span(10, 20),)).in_recording(9.5, 30) == (19.5, 20)


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 5000), st.integers(400, 400_000)), max_size=12),
    st.integers(5, 60),
    st.floats(0, 1),
)
def test_no_speech_is_lost_or_doubled_and_no_chunk_is_too_long(
    gaps_and_lengths: list[tuple[int, int]], most: int, where: float
) -> None:
    speech, at = [], 0
    for gap, length in gaps_and_lengths:
        speech.append(Span(at + gap + 1, at + gap + 1 + length))
        at = speech[-1].end
    likely = np.random.default_rng(0).random(at // WINDOW + 2).astype(np.float32)

    parts = chunks(speech, likely, most)

    pieces = [piece for part in parts for piece in part.spans]
    assert sum(map(len, pieces)) == sum(map(len, speech))
    assert all(one.end <= other.start for one, other in pairwise(pieces))
    assert all(part.seconds <= most for part in parts)
    for part in parts:
        first, last = part.in_recording(where * part.seconds, part.seconds)
        assert part.spans[0].start <= first * RATE + 1e-3
        assert last * RATE <= part.spans[-1].end + 1e-3


SPEECH = st.lists(st.tuples(st.integers(0, 200), st.integers(1, 400)), max_size=8)


def likelihoods(stretches: list[tuple[int, int]]) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    """Return windows of silence and speech, so many of each in turn."""
    dice = np.random.default_rng(len(stretches))
    pieces = [np.zeros(1, np.float32)]
    for silent, spoken in stretches:
        pieces += [np.zeros(silent, np.float32), dice.uniform(0.4, 1, spoken).astype(np.float32)]
    return np.concatenate(pieces)


@settings(deadline=None)
@given(st.lists(SPEECH, min_size=1, max_size=3), st.integers(4, 20), st.data())
def test_parts_hold_all_speech_of_every_channel_and_go_on_from_the_end_of_any_of_them(
    channels: list[list[tuple[int, int]]], most: int, data: st.DataObject
) -> None:
    likely = [likelihoods(each) for each in channels]
    length = max(map(len, likely))
    likely = [np.pad(each, (0, length - len(each))) for each in likely]
    samples = length * WINDOW

    cut = parts(likely, samples, most)

    for number, each in enumerate(likely):
        held = sum(len(span) for part in cut for span in part.chunks[number].spans)
        assert held == sum(map(len, spans(each, samples)))
    assert all(chunk.seconds <= most for part in cut for chunk in part.chunks)
    assert [part.start for part in cut] == [0, *(part.end for part in cut)][: len(cut)]
    if cut:
        done = data.draw(st.integers(0, len(cut) - 1))
        begin = round(cut[done].end / RATE * RATE)  # as it lies in the database: in seconds
        assert parts(likely, samples, most, begin) == cut[done + 1 :]
