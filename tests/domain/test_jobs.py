from datetime import timedelta
from itertools import pairwise

from bot.domain.jobs import ENDED, JobState, listening_deadline, may_follow, next_look


def test_every_state_can_still_reach_an_end() -> None:
    for state in JobState:
        reached = {state}
        while True:
            more = reached | {after for before in reached for after in JobState if may_follow(before, after)}
            if more == reached:
                break
            reached = more
        assert reached & ENDED, state


def test_what_is_done_stays_done() -> None:
    assert not any(may_follow(JobState.DONE, after) for after in JobState)


def test_trouble_can_always_be_tried_again() -> None:
    for trouble in (JobState.NEEDS_YOU, JobState.FAILED):
        assert may_follow(trouble, JobState.RECEIVED)


def test_no_step_is_skipped_on_the_way_to_a_thread() -> None:
    way = [JobState.RECEIVED, JobState.FETCHED, JobState.SUBMITTED, JobState.READ, JobState.DONE]
    for place, state in enumerate(way):
        forward = [after for after in way[place + 1 :] if may_follow(state, after)]
        assert forward == way[place + 1 : place + 2]


def test_looks_come_soon_at_first_and_never_further_apart_than_fifteen_seconds() -> None:
    waits = [next_look(looks) for looks in range(100)]
    assert waits[0] == timedelta(seconds=1)
    assert all(before <= after for before, after in pairwise(waits))
    assert waits[-1] == timedelta(seconds=15)


def test_a_longer_recording_is_given_more_time() -> None:
    assert listening_deadline(3600) > listening_deadline(60) > timedelta(minutes=30)
    assert listening_deadline(None) >= listening_deadline(4 * 3600)
