"""What a conversation was about, and the quotes that carry it."""

from bot.engine.records import MomentKind
from tests.engine.insights.talking import understood

PAPER = """
Ines: Let us talk about the recycled paper for the spring catalogue.
Robert: The recycled paper costs two cents more than the glossy paper.
Mei: Customers like recycled paper, and the photo shoot suits it.
Ines: We decided that the photo shoot moves to April.
Robert: The photo shoot needs a studio, you know, and a photographer.
Mei: Translations are a risk because the translators are late.
Ines: The translators always wait for the catalogue text.
Robert: So the translators need the catalogue text earlier, okay.
Mei: If the photo shoot slips we lose the print slot.
Ines: I'll book the studio by Friday.
"""


def test_topics_are_phrases_that_come_back_without_names_and_small_words() -> None:
    topics = {topic.text: topic for topic in understood(PAPER).topics}
    assert {"recycled paper", "photo shoot", "translators"} <= topics.keys()
    assert not {"ines", "mei", "robert", "okay", "you know", "friday"} & {text.lower() for text in topics}
    assert all(1 <= len(text.split()) <= 3 for text in topics)


def test_topics_are_best_first_and_say_where_they_were_spoken_of() -> None:
    topics = understood(PAPER).topics
    assert [topic.score for topic in topics] == sorted((topic.score for topic in topics), reverse=True)
    (paper,) = (topic for topic in topics if topic.text == "recycled paper")
    assert paper.message_ids == ("4000000000000000", "4000000000000001", "4000000000000002")


def test_one_word_in_two_forms_is_one_topic() -> None:
    script = "\n".join(f"Ines: The {word} came late." for word in ("sample", "samples", "sample", "samples"))
    assert [topic.text for topic in understood(script).topics] == ["sample"]


def test_topics_are_found_in_other_languages_too() -> None:
    script = "Ines: Das Papier für den Katalog ist teuer.\nMei: Der Katalog braucht mehr Papier.\nInes: Papier fehlt."
    assert "Papier" in {topic.text for topic in understood(script, language="de").topics}


def test_key_moments_are_a_few_quotes_of_several_kinds_in_the_order_of_the_meeting() -> None:
    moments = understood(PAPER).key_moments
    assert {MomentKind.DECISION, MomentKind.RISK, MomentKind.COMMITMENT} <= {moment.kind for moment in moments}
    assert [moment.message_id for moment in moments] == sorted(moment.message_id for moment in moments)
    assert len(moments) <= 6


def test_a_long_meeting_has_no_more_key_moments_than_fit_a_glance() -> None:
    script = "\n".join(f"Ines: We decided to drop number {number} of the catalogue." for number in range(80))
    places = [int(moment.message_id[-4:]) for moment in understood(script).key_moments]
    assert 1 <= len(places) <= 6
    assert max(places) - min(places) > 40


def test_no_worry_is_no_risk() -> None:
    assert not understood("Ines: You don't have to worry about the dates at all.").key_moments


def test_what_somebody_does_and_what_it_costs_are_no_topics() -> None:
    script = """
    Ines: Good morning. The mobile app moves to the third quarter.
    Mei: Should we invite marketing? The system will automatically send the reminder emails.
    Ines: It costs four hundred euros. The PTA paid for the mobile app.
    """
    topics = {topic.text.lower() for topic in understood(script).topics}
    assert "mobile app" in topics
    dull = {"moves", "invite", "send", "hundred", "euros", "paid", "good"}
    assert not [text for text in topics if set(text.split()) & dull]
