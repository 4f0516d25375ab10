from dataclasses import replace
from datetime import date

from bot.engine.records import InsightKind
from bot.evaluation.counts import Counts, Share
from bot.evaluation.gold import GoldItem
from bot.evaluation.items import pair, tally
from tests.evaluation.samples import FRIDAY, MEETING, TALK, said

SAMPLES = said(TALK, 0, "Send the samples", "Bo Lind", FRIDAY)
PRINTER = said(TALK, 1, "Call the printer", "Bo Lind", kind=InsightKind.FOLLOW_UP)
PLANTS = said(TALK, 5, "Water the plants")


def test_an_engine_that_is_right_has_nothing_but_full_marks() -> None:
    found = tally([SAMPLES, PRINTER, PLANTS], MEETING, TALK)
    assert found.items == Counts(3, 3, 3)
    assert found.follow_ups == Counts(1, 1, 1)
    assert found.kinds == Share(3, 3)
    assert found.owners_right == Share(2, 2)
    assert found.due_right == Share(1, 1)
    assert found.wrong_owners.part == found.inverted.part == found.unsupported.part == found.abstained.part == 0
    assert found.traps == (("hypothetical", False), ("inverted", False))
    assert found.turns == Counts(3, 3, 3)


def test_a_follow_up_that_is_called_an_action_item_is_found_and_only_its_kind_is_wrong() -> None:
    found = tally([replace(PRINTER, kind=InsightKind.ACTION_ITEM)], MEETING, TALK)
    assert (found.items.right, found.follow_ups, found.kinds) == (1, Counts(1, 1, 1), Share(0, 1))
    invented = tally(
        [replace(PLANTS, kind=InsightKind.FOLLOW_UP), said(TALK, 3, "Buy", kind=PRINTER.kind)], MEETING, TALK
    )
    assert invented.follow_ups == Counts(0, 1, 1)


def test_an_engine_that_says_nothing_finds_nothing_and_is_wrong_about_nothing() -> None:
    found = tally([], MEETING, TALK)
    assert found.items == Counts(0, 0, 3)
    assert found.items.precision == 1.0
    assert found.wrong_owners.value is None


def test_two_items_in_one_turn_are_told_apart_by_their_wording() -> None:
    pairing = pair([PRINTER, said(TALK, 1, "Send the samples")], MEETING, TALK)
    assert {(insight.text, item.text) for insight, item in pairing.found} == {
        ("Call the printer", "Call the printer"),
        ("Send the samples", "Send the samples"),
    }


def test_a_request_is_the_item_that_the_next_turn_accepts() -> None:
    meeting = replace(MEETING, items=(replace(MEETING.items[0], turns=(1,)),))
    assert tally([SAMPLES], meeting, TALK).items == Counts(1, 1, 1)
    assert tally([said(TALK, 0, "Paint the shed")], meeting, TALK).items == Counts(1, 1, 1), "its quote says what it is"
    assert tally([replace(SAMPLES, text="Paint the shed", quote="Paint it")], meeting, TALK).items == Counts(0, 1, 1)
    late = replace(meeting, items=(replace(MEETING.items[0], turns=(3,)),))
    assert tally([SAMPLES], late, TALK).items == Counts(0, 1, 1)


def test_of_two_items_in_a_turn_the_one_that_begins_there_is_meant() -> None:
    begins = GoldItem("Arrange a shipment", (0,), owner="Bo Lind")
    touches = GoldItem("Send word", (1, 0), owner="Ana Ruiz")
    pairing = pair([SAMPLES], replace(MEETING, items=(touches, begins)), TALK)
    assert [item for _, item in pairing.found] == [begins]


def test_what_shares_no_word_with_an_item_is_rather_another() -> None:
    counts = GoldItem("Forward the template", (3, 0), owner="Ana Ruiz")
    optional = GoldItem("Post samples", (0,), optional=True)
    assert tally([SAMPLES], replace(MEETING, items=(counts, optional)), TALK).items == Counts(0, 0, 1)
    assert tally([SAMPLES], replace(MEETING, items=(counts,)), TALK).items == Counts(1, 1, 1)


def test_how_much_of_what_an_item_is_about_its_text_tells_is_counted_without_the_names_of_who_speaks() -> None:
    item = GoldItem("Send Ana Ruiz the paper samples", (0, 1))
    meeting = replace(MEETING, items=(item,))
    assert tally([said(TALK, 0, "Sending the samples")], meeting, TALK).told == Share(2, 3)
    assert tally([said(TALK, 0, "Will do, Ana")], meeting, TALK).told == Share(0, 3)


def test_what_an_items_text_quotes_besides_does_not_make_it_found() -> None:
    beside = replace(said(TALK, 3, "Do that"), rests_on=PLANTS.message_ids)
    assert tally([beside], MEETING, TALK).items == Counts(0, 1, 3)


def test_the_same_item_found_twice_is_wrong_once() -> None:
    found = tally([PLANTS, PLANTS, said(TALK, 3, "Buy the mill")], MEETING, TALK)
    assert found.items == Counts(1, 3, 3)
    assert found.repeated == Share(1, 2)


def test_what_sane_people_differ_over_counts_neither_way() -> None:
    label = said(TALK, 4, "Check the label", "Ana Ruiz")
    assert tally([label], MEETING, TALK).items == Counts(0, 0, 3)
    assert tally([label, label], MEETING, TALK).items == Counts(0, 0, 3)
    assert tally([label], MEETING, TALK).wrong_owners == Share(0, 0)


def test_an_item_that_is_none_names_the_trap_that_it_stepped_into() -> None:
    found = tally([said(TALK, 3, "Buy the mill")], MEETING, TALK)
    assert found.items == Counts(0, 1, 3)
    assert found.traps == (("hypothetical", True), ("inverted", False))


def test_who_asked_taken_for_who_owes_is_wrong_and_inverted() -> None:
    found = tally([replace(SAMPLES, owner=said(TALK, 0, "", "Ana Ruiz").owner)], MEETING, TALK)
    assert found.wrong_owners == found.inverted == Share(1, 1)
    assert found.traps[1] == ("inverted", True)


def test_a_name_out_of_nowhere_is_wrong_but_not_inverted() -> None:
    found = tally([said(TALK, 0, "Send the samples", "Kim")], MEETING, TALK)
    assert (found.wrong_owners.part, found.inverted.part) == (1, 0)


def test_an_owner_for_what_is_nobodys_is_wrong() -> None:
    found = tally([said(TALK, 5, "Water the plants", "Bo Lind")], MEETING, TALK)
    assert found.wrong_owners == Share(1, 1)
    assert found.owners_right == Share(0, 0)


def test_an_owner_who_is_withheld_is_not_wrong() -> None:
    found = tally([said(TALK, 0, "Send the samples")], MEETING, TALK)
    assert (found.abstained, found.wrong_owners.part) == (Share(1, 1), 0)


def test_somebody_absent_is_known_by_the_first_name() -> None:
    meeting = replace(MEETING, items=(replace(MEETING.items[2], optional=False),))
    assert tally([said(TALK, 4, "Check the label", "Kim")], meeting, TALK).owners_right == Share(1, 1)


def test_a_day_that_nobody_said_is_as_wrong_as_one_that_was_missed() -> None:
    invented = said(TALK, 5, "Water the plants", due=date(2026, 3, 5))
    missed = said(TALK, 0, "Send the samples", "Bo Lind")
    assert tally([invented, missed], MEETING, TALK).due_right == Share(0, 2)


def test_words_that_nobody_said_are_no_quote() -> None:
    found = tally([replace(PLANTS, quote="Somebody must water the plants.")], MEETING, TALK)
    assert found.unsupported == Share(1, 1)


def test_a_quote_of_another_message_is_no_quote() -> None:
    assert tally([replace(PLANTS, message_ids=SAMPLES.message_ids)], MEETING, TALK).unsupported == Share(1, 1)
    assert tally([replace(PLANTS, message_ids=("9",))], MEETING, TALK).unsupported == Share(1, 1)


def test_tallies_of_two_meetings_add_up() -> None:
    one = tally([SAMPLES], MEETING, TALK)
    both = one + tally([PLANTS, said(TALK, 3, "Buy the mill")], MEETING, TALK)
    assert both.items == Counts(2, 3, 6)
    assert both.scored == ((0.9, True), (0.9, True), (0.9, False))
    assert len(both.traps) == 4
