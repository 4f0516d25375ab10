from bot.engine.records import Chapter
from bot.evaluation.borders import compared, found_borders
from tests.evaluation.samples import TALK


def test_a_chapter_begins_with_the_turn_of_its_first_sentence() -> None:
    ids = [message.id for message in TALK.messages]
    chapters = [Chapter("one", tuple(ids[:2])), Chapter("two", tuple(ids[2:4])), Chapter("three", tuple(ids[4:]))]
    assert found_borders(chapters, TALK) == {1, 2}
    assert found_borders([], TALK) == frozenset()


def test_the_same_cut_has_no_error_and_a_cut_missed_counts_as_if_uncut() -> None:
    same = compared({0, 5}, {5}, 10)
    assert (same.pk, same.window_diff, same.meant, same.found) == (0.0, 0.0, 2, 2)
    missed = compared({0, 5}, (), 10)
    assert missed.pk == missed.pk_uncut > 0


def test_what_lies_outside_is_no_border() -> None:
    assert compared({-3, 0, 5, 10}, {5, 12}, 10) == compared({5}, {5}, 10)
