from dataclasses import dataclass

import pytest

from bot.domain.recordings import MediaKind
from bot.domain.timing import Estimate, understanding_time


@dataclass(frozen=True)
class Seen:
    kind: MediaKind | None = None
    size: int | None = None
    seconds: float | None = None


def test_a_transcript_takes_seconds_however_long_the_meeting_was() -> None:
    estimate = understanding_time(Seen(MediaKind.TRANSCRIPT, 400_000, 7200))
    assert estimate is not None
    assert estimate.seconds < 10


def test_sound_takes_a_share_of_its_length() -> None:
    assert understanding_time(Seen(MediaKind.AUDIO, 1, 3600), 0.25) == Estimate(900)


def test_without_a_length_the_size_gives_a_guess_that_says_so() -> None:
    sound = understanding_time(Seen(MediaKind.AUDIO, 30_000_000), 0.2)
    film = understanding_time(Seen(MediaKind.VIDEO, 300_000_000), 0.2)
    assert sound == film == Estimate(360, guessed=True)


@pytest.mark.parametrize("seen", [Seen(), Seen(MediaKind.AUDIO), Seen(None, 1000), Seen(MediaKind.VIDEO, 0)])
def test_where_nothing_tells_nothing_is_said(seen: Seen) -> None:
    assert understanding_time(seen) is None
