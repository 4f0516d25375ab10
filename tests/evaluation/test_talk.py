from bot.evaluation.talk import talk_of
from tests.evaluation.samples import MEETING


def test_a_meeting_is_spoken_at_150_words_a_minute_sentence_by_sentence() -> None:
    talk = talk_of(MEETING)
    words = sum(len(turn.text.split()) for turn in MEETING.turns)
    assert talk.messages[-1].end == round(words / 2.5, 3)
    assert [message.text for message in talk.messages[1:3]] == ["Sure.", "And I'll call the printer."]
    assert talk.turns([talk.messages[1].id, talk.messages[2].id]) == {1}
    assert talk.turns(["nowhere"]) == frozenset()


def test_whoever_has_one_name_is_one_person() -> None:
    people = {message.speaker for message in talk_of(MEETING).messages}
    assert len(people) == 2
