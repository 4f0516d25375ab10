"""Whom and what a message names."""

from bot.engine.records import CustomEntity
from tests.engine.insights.talking import understood

FIRST = "4000000000000000"


def test_people_and_dates_are_found_where_they_stand() -> None:
    text = "Please ask Mei and Leo to call Acme by next Friday."
    mentions = understood(f"Ines: {text}\nMei: Fine.").entities[FIRST]
    assert [(mention.type, mention.text) for mention in mentions] == [
        ("person", "Mei"),
        ("person", "Leo"),
        ("date", "next Friday"),
    ]
    assert all(text[mention.offset :].startswith(mention.text) for mention in mentions)
    assert str(mentions[2].start) == "2026-03-13"


def test_a_name_that_a_speaker_has_means_that_speaker() -> None:
    mei = understood("Ines: Please ask Mei.\nMei: Fine.").entities[FIRST][0].person
    assert mei is not None
    assert mei.id == "person-1"


def test_weekdays_products_and_first_words_are_no_people() -> None:
    found = understood("Ines: Will Jira work on Monday in Berlin? May I ask Google? Mark the files, please.").entities
    assert [mention.text for mention in found[FIRST]] == ["Monday"]


def test_a_stretch_of_days_has_both_ends() -> None:
    (mention,) = understood("Ines: We launch in Q2.").entities[FIRST]
    assert (mention.type, str(mention.start), str(mention.end)) == ("daterange", "2026-04-01", "2026-06-30")


def test_the_callers_entities_are_whole_words_in_any_case() -> None:
    wanted = (CustomEntity("project", "blue  whale"), CustomEntity("code", "c++", "cpp"))
    text = "The Blue Whale team likes C++, not blue whales or C+."
    mentions = understood(f"Ines: {text}", entities=wanted).entities[FIRST]
    assert [(mention.text, mention.custom_type, mention.value) for mention in mentions] == [
        ("Blue Whale", "project", "blue  whale"),
        ("C++", "code", "cpp"),
    ]


def test_the_callers_entities_are_found_in_other_languages_too() -> None:
    found = understood("Ines: Das ist der Blauwal.", language="de", entities=(CustomEntity("project", "blauwal"),))
    assert found.entities[FIRST][0].text == "Blauwal"
