"""What the reader and the rules make of work together, where one of them alone would be wrong."""

from datetime import date

import pytest

from bot.engine.records import Insight
from tests.engine.insights.talking import understood

MEETING = """
Ana: Morning. Is everybody here? The coffee machine is broken again, by the way.
Bo: So I saw. There was a note on it.
Cem: It's the pump. It was the pump in May as well.
Ana: Right, the brochure. Where are we?
Bo: The texts are done. The pictures came in last night, and they look good.
Ana: And the printer?
{said}
Ana: Good. Then the stand at the fair, that was the other thing.
Cem: It's paid for, and we have the same place as last year, near the door.
Bo: Near the draught, you mean.
Cem: Bring a scarf.
Ana: Ha. All right, that was it from me.
Bo: See you tomorrow.
"""


def items(said: str) -> list[Insight]:
    """Return the work in a meeting in which something is said of the printer."""
    found = understood(MEETING.format(said=said))
    return [*found.action_items, *found.follow_ups]


@pytest.mark.parametrize(
    "said",
    [
        "Cem: They want the file by Thursday. I'll upload it as soon as Bo's done with the pictures.",
        "Bo: They need the final file. I'll send it to them tonight, if the connection holds.",
    ],
)
def test_a_promise_is_work_though_it_waits_for_something(said: str) -> None:
    assert [item.owner.name for item in items(said) if item.owner] == [said[: said.index(":")]]


@pytest.mark.parametrize(
    "said",
    [
        "Cem: If they ever ask for it again, I'll eat my hat.",
        "Cem: If I'd known, I'd have sent it in May.",
        "Cem: I'll read you what they wrote, one moment.",
    ],
)
def test_a_condition_or_what_is_done_in_the_meeting_makes_no_work(said: str) -> None:
    assert not items(said)


def test_who_only_wants_a_thing_is_not_made_its_owner() -> None:
    said = "Cem: I'd want to see both offers side by side. Who could ask him for that?\nBo: I'll ring him tomorrow."
    assert {item.owner.name for item in items(said) if item.owner} == {"Bo"}


def test_the_day_of_one_thing_is_not_taken_for_the_deadline_of_another() -> None:
    said = "Cem: Somebody has to ask them for a sample.\nAna: Bo, can you send me the figures by Friday?\nBo: Sure."
    due = {item.text.split(" (")[0]: item.due for item in items(said)}
    assert due == {"Ask them for a sample": None, "Send Ana the figures by Friday": date(2026, 3, 6)}


def test_a_day_that_is_only_named_when_work_is_told_again_is_its_deadline() -> None:
    said = (
        "Cem: They want the final file.\nBo: I'll send them the final file.\nAna: With the new logo?\n"
        "Bo: With the new logo.\nAna: They're nice people, I met them at the fair. The one with the dog, I mean.\n"
        "Cem: I liked the dog.\nAna: So, to sum up: Bo sends them the final file on Thursday, then."
    )
    assert [item.due is not None for item in items(said) if "file" in item.text] == [True]
