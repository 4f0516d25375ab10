"""The example app, used as people use it: every surface of Slack."""

from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.playground import Playground, example, running
from bot.playground.records import View

TODAY = datetime.now(UTC).date()


@pytest.fixture
async def rooms() -> AsyncIterator[Playground]:
    """A playground with the example app in it."""
    async with (
        running(port=0, manifest=example.MANIFEST) as slack,
        example.connected(slack.url, slack.bot_token, slack.app_token),
    ):
        await slack.connected()
        yield slack
        await slack.settled()
        assert slack.refused == []


async def _form(rooms: Playground, user: str = "ana", look: Callable[[View], bool] = lambda _: True) -> View:
    def seen() -> View | None:
        view = rooms.modal(user)
        return view if view and look(view) else None

    return await rooms.wait_for(seen)


def _filled(**changed: Any) -> dict[str, Any]:
    day = (TODAY + timedelta(days=3)).isoformat()
    filled = {"title": "Standup", "room": "harbour", "day": day, "time": "09:30", "guests": ["U0PLAYBO002"]}
    return filled | {"extras": ["coffee", "screen"], "repeats": "weekly"} | changed


async def test_a_form_that_is_wrong_says_where_and_keeps_what_was_typed(rooms: Playground) -> None:
    await rooms.command("ana", "product", "/book Standup")
    await _form(rooms)
    yesterday = (TODAY - timedelta(days=1)).isoformat()
    await rooms.submit("ana", _filled(day=yesterday))
    form = await _form(rooms)
    assert list(form.errors) == ["day"]
    assert form.values["title"]["title"]["value"] == "Standup"
    assert form.values["extras"]["extras"]["selected_options"][1]["value"] == "screen"
    await rooms.submit("ana", _filled())
    assert rooms.modal("ana") is None
    card = await rooms.wait_for(lambda: rooms.from_app("product"))
    assert "Harbour" in card[0].text
    await rooms.command("bo", "product", "/book")
    await _form(rooms, "bo")
    await rooms.submit("bo", _filled())
    assert list((await _form(rooms, "bo")).errors) == ["room"]


async def test_a_forms_views_are_updated_and_pushed_and_cleared(rooms: Playground) -> None:
    await rooms.global_shortcut("ana", "book")
    form = await _form(rooms)
    await rooms.use("ana", form, "room", "attic")
    form = await _form(rooms, look=lambda view: len(view.body["blocks"]) > 9)
    assert form.values["room"]["room"]["selected_option"]["value"] == "attic"
    await rooms.use("ana", form, "show_rules")
    await _form(rooms, look=lambda view: view.body["callback_id"] == "rules")
    await rooms.submit("ana")
    top = await _form(rooms)
    assert top.body["blocks"][0]["text"]["text"] == "Thank you for reading."
    await rooms.submit("ana")
    assert rooms.modal("ana") is None


async def test_a_form_that_is_closed_is_heard_of(rooms: Playground) -> None:
    said = await rooms.say("bo", "product", "We need a room for the demo")
    await rooms.message_shortcut("ana", "product", said.ts, "book_for")
    form = await _form(rooms)
    assert form.values["title"]["title"]["value"] == "We need a room for the demo"
    await rooms.close("ana")
    assert (await rooms.wait_for(lambda: rooms.direct("ana")))[0].text == "Nothing was booked."


async def test_a_card_is_moved_handed_over_and_cancelled(rooms: Playground) -> None:
    await rooms.command("ana", "product", "/book")
    await _form(rooms)
    await rooms.submit("ana", _filled())
    card = (await rooms.wait_for(lambda: rooms.from_app("product")))[0]
    await rooms.press("bo", "product", card.ts, "confirm")
    await rooms.wait_for(lambda: "Confirmed by" in str(rooms.message("product", card.ts).blocks))
    day = (TODAY + timedelta(days=9)).isoformat()
    await rooms.press("bo", "product", card.ts, "day_moved", day)
    await rooms.wait_for(lambda: day in rooms.message("product", card.ts).text)
    await rooms.press("bo", "product", card.ts, "more", "cancel")
    assert "Only" in (await rooms.wait_for(lambda: rooms.ephemerals("bo")))[0].text
    await rooms.press("ana", "product", card.ts, "handed_over", "U0PLAYBO002")
    await rooms.wait_for(lambda: "Handed over" in str(rooms.message("product", card.ts).blocks))
    await rooms.press("bo", "product", card.ts, "more", "cancel")
    await rooms.wait_for(lambda: not rooms.from_app("product"))


async def test_home_shows_ones_rooms_and_books_another(rooms: Playground) -> None:
    await rooms.open_home("ana")
    home = await rooms.wait_for(lambda: rooms.home("ana"))
    await rooms.use("ana", home, "new")
    await _form(rooms)
    await rooms.submit("ana", _filled(title="Retro", channel=rooms.workspace.channel("general").id))
    await rooms.wait_for(lambda: "Retro" in str((view := rooms.home("ana")) and view.body))


async def test_the_gallery_is_taken_by_slack_and_says_what_was_used(rooms: Playground) -> None:
    await rooms.command("ana", "product", "/gallery")
    await rooms.wait_for(lambda: len(rooms.from_app("product")) == 2)
    elements = rooms.from_app("product")[1]
    await rooms.press("bo", "product", elements.ts, "several", ["one", "three"])
    assert "three" in (await rooms.wait_for(lambda: rooms.ephemerals("bo")))[0].text
    await rooms.command("bo", "product", "/gallery ephemeral")
    await rooms.wait_for(lambda: len(rooms.ephemerals("bo")) == 3)


async def test_it_helps_where_it_is_asked(rooms: Playground) -> None:
    await rooms.say("ana", "product", "@rooms what can you do?")
    assert "/book" in (await rooms.wait_for(lambda: rooms.from_app("product")))[0].text
    await rooms.say("ana", "@rooms", "and here?")
    await rooms.wait_for(lambda: len(rooms.direct("ana")) == 2)
    answer = await rooms.command("ana", "product", "/book help")
    assert "/gallery" in answer.text
