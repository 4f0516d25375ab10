"""Which language was spoken, and what is said about it."""

import pytest

from bot.engine.insights.languages import spoken_language
from bot.engine.insights.sentences import cut
from tests.engine.insights.talking import conversation, understood

TALK = {
    "en": "We have to talk about the paper, and I think that it is too expensive for what we do with it this year.",
    "de": "Wir müssen noch über das Papier sprechen, denn es ist zu teuer für das, was wir damit machen, nicht wahr.",
    "fr": "Il faut que nous parlions du papier, parce que c'est trop cher pour ce que nous faisons avec cette année.",
    "es": "Tenemos que hablar del papel, porque es muy caro para lo que hacemos con él este año, y no hay otra cosa.",
    "nl": "We moeten het nog over het papier hebben, want dat is te duur voor wat we er dit jaar mee doen.",
    "ja": "今日は紙について話します。値段が高くなったので、来月の予定を変えなければなりません。",
    "zh": "我们今天要讨论纸张的价格，因为今年的价格比去年高了很多，所以必须改变计划。",
    "ru": "Сегодня мы говорим о бумаге, потому что она стала слишком дорогой для нашего каталога в этом году.",
}


@pytest.mark.parametrize("language", TALK)
@pytest.mark.parametrize("said", [None, "en", "de"])
def test_the_words_say_which_language_it_is_whatever_the_tag_says(language: str, said: str | None) -> None:
    assert spoken_language(cut(conversation(f"Ines: {TALK[language]}")), said) == language


def test_of_a_few_words_the_tag_is_believed() -> None:
    assert spoken_language(cut(conversation("Ines: Okay, super.")), "sv") == "sv"


def test_a_language_whose_words_are_not_known_is_what_the_tag_says_but_never_english() -> None:
    polish = "Musimy jeszcze porozmawiać o papierze, ponieważ jest za drogi na to, co z nim robimy w tym roku, prawda."
    sentences = cut(conversation(f"Ines: {polish} {polish}"))
    assert spoken_language(sentences, "pl") == "pl"
    assert spoken_language(sentences, "en") is None
    assert spoken_language(sentences, None) is None


def test_of_two_languages_the_one_with_more_words_counts() -> None:
    script = "\n".join(f"Ines: {TALK['en']}" for _ in range(4)) + f"\nMei: {TALK['de']}"
    assert understood(script, language=None).notes == ()
    assert spoken_language(cut(conversation(script)), "de") == "en"


def test_a_wrong_tag_is_noticed_and_the_words_are_read_as_what_they_are() -> None:
    script = f"Ines: {TALK['en']}\nMei: I'll send the paper samples to the printer by Friday."
    found = understood(script, language="de")
    assert [item.text for item in found.action_items] == ["Send the paper samples to the printer by Friday"]
    (note,) = found.notes
    assert note.code == "language-differs"
    assert note.text == "This was marked as German, but most of it is in English: it was read as that."


def test_of_another_language_it_is_said_what_there_is_and_what_not() -> None:
    found = understood("\n".join(f"Ines: {TALK['de']}" for _ in range(3)), language="de")
    assert (found.action_items, found.follow_ups, found.decisions) == ((), (), ())
    (note,) = found.notes
    assert note.code == "language-transcript-only"
    assert note.text.startswith("The recording is in German: this engine gives its transcript, topics and summary")


def test_an_english_conversation_needs_no_note() -> None:
    assert understood(f"Ines: {TALK['en']}").notes == ()
