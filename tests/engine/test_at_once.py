from collections.abc import Callable, Iterator
from functools import partial
from time import sleep

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.engine.at_once import at_once


@given(st.lists(st.integers(0, 3), max_size=20), st.integers(1, 5))
def test_what_works_give_comes_in_their_order_whichever_ends_first(waits: list[int], threads: int) -> None:
    def work(place: int, wait: int) -> int:
        sleep(wait / 1000)
        return place

    found = list(at_once(threads, (partial(work, place, wait) for place, wait in enumerate(waits))))
    assert found == list(range(len(waits)))


def test_a_single_thread_takes_a_work_after_what_the_one_before_gave_was_used() -> None:
    used: list[int] = []

    def works() -> Iterator[Callable[[], int]]:
        for place in range(4):
            assert used == list(range(place))
            yield partial(int, place)

    for place in at_once(1, works()):
        used += [place]
    assert used == [0, 1, 2, 3]


def test_what_a_work_raises_comes_in_its_place_and_nothing_is_begun_after_it() -> None:
    begun: list[int] = []

    def work(place: int) -> int:
        begun.append(place)
        if place == 1:
            raise InterruptedError
        return place

    found = at_once(2, (partial(work, place) for place in range(100)))
    assert next(found) == 0
    with pytest.raises(InterruptedError):
        next(found)
    assert len(begun) < 6


def test_whoever_stops_asking_ends_the_works() -> None:
    begun: list[int] = []
    found = at_once(2, (partial(begun.append, place) for place in range(100)))
    next(found)
    found.close()
    assert len(begun) < 6
