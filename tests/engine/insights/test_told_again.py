"""Work that is told twice in a row is one item."""

import pytest

from tests.engine.insights.talking import understood


def everything(script: str) -> list[tuple[str | None, str | None]]:
    """Return whose and by when everything is that is to be done."""
    found = understood(script)
    return [
        (item.owner.name if item.owner else None, item.due.isoformat() if item.due else None)
        for item in (*found.action_items, *found.follow_ups)
    ]


@pytest.mark.parametrize(
    "script",
    [
        "Ana: Bo, could you photograph the broken pallets today?\nBo: Sure, I'll do it by Friday.",
        "Bo: I'll phone the landlord about the roof. I'll have him on the line by Friday.",
        "Ana: Bo, can you raise it with the bank?\nBo: Of course. I'll write to the bank's support by Friday.",
        "Bo: I can exclude the outage from the report. I'll do it by Friday.\nAna: Please. Let me know when it's done.",
    ],
)
def test_a_request_and_its_promise_or_a_promise_and_what_follows_are_one_item(script: str) -> None:
    assert everything(script) == [("Bo", "2026-03-06")]


@pytest.mark.parametrize(
    "script",
    [
        "Ana: I'll phone the landlord about the roof.\nBo: And I'll order the tiles for the kitchen.",
        "Ana: Bo, can you send me the price list?\nBo: Sure. I'll also book the van for Monday.",
        "Ana: I'll phone the landlord. The heating report is still open, and I'll send it to the board by Monday.",
    ],
)
def test_two_pieces_of_work_stay_two(script: str) -> None:
    assert len(everything(script)) == 2


def test_where_nobody_knows_who_speaks_nothing_is_put_together() -> None:
    assert len(everything("We have to count the stock by Friday.\nI can clean the cold storage by Monday.")) == 2
