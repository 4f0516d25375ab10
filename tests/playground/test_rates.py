"""How the playground counts calls."""

import pytest

from bot.playground.rates import Rates, Tier
from bot.playground.refusal import TooFast
from bot.playground.rules import Rules


class Moment:
    """A time that a test moves."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def taken(rates: Rates, channel: str = "C1") -> bool:
    try:
        rates.message(channel)
    except TooFast:
        return False
    return True


def test_a_burst_then_one_a_second() -> None:
    moment = Moment()
    rates = Rates(Rules(message_burst=3), moment)
    assert [taken(rates) for _ in range(4)] == [True, True, True, False]
    assert taken(rates, "C2")
    moment.now += 1
    assert [taken(rates), taken(rates)] == [True, False]


def test_who_keeps_the_pace_is_not_refused_for_a_packet_that_was_quick() -> None:
    moment = Moment()
    rates = Rates(Rules(message_burst=1), moment)
    for arrives in (1000.0, 1000.97, 2000.0, 2001.02, 2001.98, 2003.0):
        moment.now = arrives
        assert taken(rates)


def test_coming_a_little_early_each_time_does_not_add_up_to_a_faster_pace() -> None:
    moment = Moment()
    rates = Rates(Rules(message_burst=1), moment)
    accepted = 0
    for _ in range(100):
        accepted += taken(rates)
        moment.now += 0.95
    assert accepted <= 96


def test_a_refusal_says_how_long_to_wait_and_that_is_long_enough() -> None:
    moment = Moment()
    rates = Rates(Rules(), moment)
    for _ in range(Tier.TWO):
        rates.call("users.list", Tier.TWO)
    with pytest.raises(TooFast) as refused:
        rates.call("users.list", Tier.TWO)
    moment.now += refused.value.retry_after
    rates.call("users.list", Tier.TWO)
