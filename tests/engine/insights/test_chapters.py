"""What a conversation was about one after the other."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.engine.records import Insights
from tests.engine.insights.talking import conversation, understood

PAPER = """
Ines: Right, let's start with the paper. The recycled paper costs two cents more than the glossy paper.
Mei: Our customers like the recycled paper, and the printer has the recycled paper in stock.
Ines: How thick is the recycled paper, and does the printer fold the paper for us?
Mei: The printer folds the paper, but the thick paper breaks at the fold.
Ines: Then the thin recycled paper it is, and the printer sends us a sample of the paper.
Mei: The printer wants to know how many sheets of the paper the catalogue needs.
"""
STUDIO = """
Ines: Okay, next is the studio. Robert, what about the studio for the photo shoot?
Robert: The studio on Elm Street is free for the photo shoot, with the lamps and the backdrop.
Ines: And the photographer, does the photographer bring the lamps to the studio?
Robert: The photographer brings the camera, and the studio has the lamps and a backdrop in grey.
Ines: The backdrop must be white. Does the studio have a white backdrop for the photo shoot?
Robert: The studio has a white backdrop too, and the photographer knows the studio well.
"""
WEBSITE = """
Robert: Last thing, the website. The website breaks on the phone when the visitor opens the menu.
Mei: Which phone does the visitor have, and which browser opens the website?
Robert: Every browser on every phone. The menu covers the website and the visitor is stuck.
Mei: The developer says that the menu of the website was never tried on a phone.
Robert: Then the developer tries the website on a phone with the menu open, and the browser too.
Mei: And the visitor sees a note on the website until the menu works in the browser.
"""


def titles(found: Insights) -> list[str]:
    return [chapter.title for chapter in found.chapters]


def test_a_meeting_about_three_things_has_three_chapters_that_are_called_by_them() -> None:
    found = understood(PAPER + STUDIO + WEBSITE)
    assert len(found.chapters) == 3
    paper, studio, website = titles(found)
    assert paper.lower() in {"paper", "recycled paper", "printer"}
    assert studio.lower() in {"studio", "photo shoot", "white backdrop"}
    assert website.lower() in {"website", "phone", "menu"}


def test_chapters_hold_every_message_once_and_in_order() -> None:
    script = PAPER + STUDIO + WEBSITE
    held = [one for chapter in understood(script).chapters for one in chapter.message_ids]
    assert held == [message.id for message in conversation(script)]


def test_a_chapter_begins_where_somebody_turns_to_something_else() -> None:
    script = PAPER + STUDIO + WEBSITE
    said = {message.id: message.text for message in conversation(script)}
    first_words = [said[chapter.message_ids[0]] for chapter in understood(script).chapters]
    assert first_words[1].startswith("Okay, next is the studio.")
    assert first_words[2].startswith("Last thing, the website.")


def test_finer_topics_belong_to_what_their_chapter_is_about() -> None:
    topics = {topic.text: topic for topic in understood(PAPER + STUDIO + WEBSITE).topics}
    leading = {topic.parent for topic in topics.values() if topic.parent}
    assert leading <= topics.keys()
    assert all(topics[parent].parent is None for parent in leading)
    menus = [topic for topic in topics.values() if topic.text in {"menu", "browser", "visitor", "phone"}]
    assert any(topic.parent and "website" in topic.parent for topic in menus)


def test_a_conversation_about_one_thing_has_no_chapters() -> None:
    assert understood(PAPER).chapters == ()
    assert understood("Ines: Hello. The paper came.").chapters == ()


def test_chapters_are_found_without_knowing_who_speaks() -> None:
    unnamed = "\n".join(line.partition(": ")[2] for line in (PAPER + STUDIO + WEBSITE).splitlines())
    assert 2 <= len(understood(unnamed).chapters) <= 4


@pytest.mark.parametrize(
    ("language", "script"),
    [
        ("de", ("Das Papier ist teuer und der Drucker hat Papier.", "Die Webseite hat ein Menü und das Menü hängt.")),
        ("ja", ("紙の値段が高いです。紙の印刷所に紙があります。", "ウェブサイトのメニューが壊れています。")),
    ],
)
def test_chapters_of_other_languages_are_cut_by_their_words(language: str, script: tuple[str, str]) -> None:
    lines = [f"Ines: {text}" if place % 2 else f"Mei: {text}" for text in script for place in range(12)]
    found = understood("\n".join(lines), language=language)
    held = [one for chapter in found.chapters for one in chapter.message_ids]
    assert held in ([], [message.id for message in conversation("\n".join(lines))])


def test_what_people_call_each_other_or_swear_by_is_no_topic() -> None:
    script = """
    Ines: The bloody invoice again. Malcolm has the crappy invoice, see https://evil.example.com/invoice-scam today.
    Mei: Malcolm says the damn invoice is with Malcolm, twenty-nine of them.
    Ines: So the invoice is dead, and Malcolm is afraid of the invoice. Malcolm!
    """
    spoken = {word for topic in understood(script, threshold=0.0).topics for word in topic.text.lower().split()}
    assert "invoice" in spoken
    assert not spoken & {
        "bloody",
        "crappy",
        "damn",
        "malcolm",
        "evil",
        "https",
        "scam",
        "twenty-nine",
        "dead",
        "afraid",
    }


@settings(deadline=None, max_examples=30)
@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=60), max_size=40))
def test_any_talk_has_chapters_or_none(lines: list[str]) -> None:
    script = "\n".join(
        f"{'Ines' if place % 3 else 'Mei'}: {' '.join(line.split())}" for place, line in enumerate(lines)
    )
    ids = [message.id for message in conversation(script)]
    held = [one for chapter in understood(script).chapters for one in chapter.message_ids]
    assert len(held) == len(set(held))
    assert held == [one for one in ids if one in set(held)]
