"""The meetings to learn from say what they should, and are read as they were meant."""

import pytest

from bench.written_meetings import FOLDER, UNSEEN, read_written, written
from bot.engine.insights.sentences import cut
from bot.evaluation.talk import talk_of

MEETING = """
title: Payroll software
kind: sales call
date: 2026-02-17
Verena: Good. Then send me the NDA. {A1 A2} I'll get it signed this week. {A2*@}
Tom: Deal. {A1*} It never leaves the union. {T:product}
A1 = action|Tom|-|Send Verena the NDA
A2 = action?|Verena|2026-02-20|Get the NDA signed
"""


def test_marks_belong_to_the_sentence_before_them() -> None:
    meeting = written("payroll", MEETING)
    talk = talk_of(meeting.gold)
    sentences = cut(talk.messages)
    marked = {sentences[number].text: marks for number, marks in meeting.marked(sentences, talk).items()}
    assert list(marked) == [
        "Then send me the NDA.",
        "I'll get it signed this week.",
        "Deal.",
        "It never leaves the union.",
    ]
    assert [(mark.item, mark.taken_on, mark.dated) for mark in marked["I'll get it signed this week."]] == [
        (1, True, True)
    ]
    assert [mark.item for mark in marked["It never leaves the union."]] == [None]


def test_an_item_says_whose_it_is_by_when_and_where_it_was_taken_on() -> None:
    first, second = written("payroll", MEETING).gold.items
    assert (first.owner, first.due, first.turns, first.optional) == ("Tom", None, (1, 0), False)
    assert (second.owner, str(second.due), second.turns, second.optional) == ("Verena", "2026-02-20", (0,), True)


def test_a_mark_that_means_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="B1 is no mark"):
        written("payroll", MEETING.replace("{A1*}", "{B1}"))


def test_every_meeting_to_learn_from_has_its_items_taken_on_once() -> None:
    wrong = [
        (meeting.gold.name, place)
        for meeting in (*read_written(FOLDER), *read_written(UNSEEN))
        for place in range(len(meeting.gold.items))
        if sum(mark.item == place and mark.taken_on for mark in meeting.marks) != 1
    ]
    assert wrong == []
