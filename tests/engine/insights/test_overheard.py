"""Work that no turn of phrase tells, and what it is about."""

from bot.engine.records import Insight
from tests.engine.insights.talking import WARD, told, understood

PARISH = """
Ruth: The roof held, thank God. Not a drop in the hall all weekend.
Kemal: And the choir sounded better than ever.
Ruth: They did. Somebody cried in the second row.
Kemal: That was my mother.
Ruth: She cries at everything. Now, the side door.
Kemal: Four people have keys now and nobody knows who.
Ruth: There should be three more, for the new wardens.
Kemal: Lend me the card and it's done.
Ruth: Grand. It is in the drawer.
Kemal: The blue one?
Ruth: The blue one. The other is for the gate.
Kemal: And the heating works again, I hear.
Ruth: It does, it was only the clock.
"""


def items(script: str) -> list[Insight]:
    """Return action items and follow-ups."""
    found = understood(script)
    return [*found.action_items, *found.follow_ups]


def test_who_only_says_when_has_taken_it_on() -> None:
    assert told(items(WARD)[0])[1:] == ("Ines", "2026-03-04")


def test_and_what_it_is_about_is_quoted_before_it() -> None:
    assert items(WARD)[0].text == (
        "“Bed four, Mr Lowry”, “His daughter wants to talk to a doctor” – “Tonight, before I go”"
    )


def test_the_messages_of_both_are_its_evidence() -> None:
    assert {"4000000000000000", "4000000000000007", "4000000000000008"} <= set(items(WARD)[0].evidence)


def test_what_was_agreed_about_it_afterwards_is_no_second_item() -> None:
    assert len(items(WARD)) == 1


def test_a_favour_that_is_as_good_as_done_is_work() -> None:
    assert ("Lend me the card and it's done (“Now, the side door”)", "Kemal") in [
        told(item)[:2] for item in items(PARISH)
    ]


def test_small_talk_and_what_is_over_are_none() -> None:
    words = " ".join(item.text for item in items(WARD) + items(PARISH))
    assert not any(each in words for each in ("choir", "breakfast", "heating", "Bed five"))
