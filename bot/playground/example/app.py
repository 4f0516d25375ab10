"""The example app: its listeners."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck as Ack
from slack_bolt.context.respond.async_respond import AsyncRespond as Respond
from slack_bolt.context.say.async_say import AsyncSay as Say
from slack_sdk.web.async_client import AsyncWebClient as Client

from bot.playground.example.bookings import Booking, Bookings
from bot.playground.example.gallery import GALLERY
from bot.playground.example.views import card, form, home, rules

Json = dict[str, Any]
_HELP = "Type `/book` for a form, `/book standup` to say what for, or `/gallery` to see every block and element."


def build(client: Client) -> AsyncApp:
    """Return the app, with its bookings in memory."""
    # a listener acknowledges at once and is awaited: Slack's three seconds are not spent on polling for it
    app = AsyncApp(client=client, process_before_response=True)
    bookings = Bookings()
    _commands(app)
    _forms(app, bookings)
    _cards(app, bookings)
    _homes(app, bookings)
    return app


def _commands(app: AsyncApp) -> None:
    @app.command("/book")
    async def book(ack: Ack, command: Json, client: Client) -> None:
        if command["text"].strip() == "help":
            await ack(_HELP)
            return
        await ack()
        view = form(title=command["text"], channel=command["channel_id"])
        await client.views_open(trigger_id=command["trigger_id"], view=view)

    @app.command("/gallery")
    async def gallery(ack: Ack, command: Json, respond: Respond) -> None:
        await ack()
        kind = "ephemeral" if command["text"].strip() == "ephemeral" else "in_channel"
        for blocks in GALLERY:
            await respond(text="Every block and element", blocks=blocks, response_type=kind)

    @app.shortcut("book")
    async def from_anywhere(ack: Ack, shortcut: Json, client: Client) -> None:
        await ack()
        await client.views_open(trigger_id=shortcut["trigger_id"], view=form())

    @app.shortcut("book_for")
    async def from_message(ack: Ack, shortcut: Json, client: Client) -> None:
        await ack()
        view = form(title=shortcut["message"]["text"][:80], channel=shortcut["channel"]["id"])
        await client.views_open(trigger_id=shortcut["trigger_id"], view=view)

    @app.event("app_mention")
    async def mentioned(event: Json, say: Say) -> None:
        await say(_HELP, thread_ts=event.get("thread_ts", event["ts"]))

    @app.event("message")
    async def written_to(event: Json, say: Say) -> None:
        if event.get("channel_type") == "im" and not event.get("subtype"):
            await say(_HELP)


def _forms(app: AsyncApp, bookings: Bookings) -> None:
    @app.action("room")
    async def room_chosen(ack: Ack, body: Json, client: Client) -> None:
        """Show what is special about the room: the form is updated, and keeps what was typed."""
        await ack()
        view, room = body["view"], body["actions"][0]["selected_option"]
        await client.views_update(view_id=view["id"], hash=view["hash"], view=form(room=room["value"]))

    @app.action("show_rules")
    async def show_rules(ack: Ack, body: Json, client: Client) -> None:
        await ack()
        await client.views_push(trigger_id=body["trigger_id"], view=rules())

    @app.view("rules")
    async def rules_read(ack: Ack, view: Json) -> None:
        """Answer with another form of the same view, then (the second time) close everything."""
        if view["private_metadata"]:
            await ack(response_action="clear")
        else:
            await ack(response_action="update", view=rules(read=True))

    @app.view("booking")
    async def booked(ack: Ack, view: Json, body: Json, client: Client) -> None:
        booking = Booking.read(view["state"]["values"], body["user"]["id"])
        if wrong := _wrong(booking, bookings):
            await ack(response_action="errors", errors=wrong)
            return
        await ack()
        text, blocks = card(booking)
        posted = await client.chat_postMessage(channel=booking.channel, text=text, blocks=blocks)
        bookings.keep(replace(booking, ts=posted["ts"]))
        await client.views_publish(user_id=booking.user, view=home(bookings.of(booking.user)))

    @app.view_closed("booking")
    async def given_up(ack: Ack, body: Json, client: Client) -> None:
        await ack()
        await client.chat_postMessage(channel=body["user"]["id"], text="Nothing was booked.")


def _wrong(booking: Booking, bookings: Bookings) -> dict[str, str]:
    """Return what cannot be booked so, by the input that it is about."""
    wrong = {}
    if date.fromisoformat(booking.day) < datetime.now(UTC).date():
        wrong["day"] = "This day is over: choose a later one."
    if bookings.taken(booking):
        wrong["room"] = "This room is taken then: choose another."
    return wrong


def _cards(app: AsyncApp, bookings: Bookings) -> None:
    async def change(booking: Booking, client: Client, note: str) -> None:
        bookings.keep(booking)
        text, blocks = card(booking, note)
        await client.chat_update(channel=booking.channel, ts=booking.ts, text=text, blocks=blocks)

    @app.action("day_moved")
    async def moved(ack: Ack, body: Json, client: Client) -> None:
        await ack()
        booking = replace(bookings.at(body["container"]["message_ts"]), day=body["actions"][0]["selected_date"])
        await change(booking, client, f"Moved by <@{body['user']['id']}>")

    @app.action("handed_over")
    async def handed_over(ack: Ack, body: Json, client: Client) -> None:
        await ack()
        booking = replace(bookings.at(body["container"]["message_ts"]), user=body["actions"][0]["selected_user"])
        await change(booking, client, f"Handed over by <@{body['user']['id']}>")

    @app.action("confirm")
    async def confirmed(ack: Ack, body: Json, client: Client) -> None:
        await ack()
        await change(bookings.at(body["container"]["message_ts"]), client, f"Confirmed by <@{body['user']['id']}>")

    @app.action("more")
    async def more(ack: Ack, body: Json, client: Client, respond: Respond) -> None:
        await ack()
        booking = bookings.at(body["container"]["message_ts"])
        if body["user"]["id"] != booking.user:
            await respond(f"Only <@{booking.user}> can do this.", replace_original=False)
        elif body["actions"][0]["selected_option"]["value"] == "cancel":
            bookings.drop(booking)
            await client.chat_delete(channel=booking.channel, ts=booking.ts)
            await client.views_publish(user_id=booking.user, view=home(bookings.of(booking.user)))
        else:
            await respond(f"{booking.title}: {booking.day} {booking.time}.", replace_original=False)


def _homes(app: AsyncApp, bookings: Bookings) -> None:
    @app.event("app_home_opened")
    async def opened(event: Json, client: Client) -> None:
        if event["tab"] == "home":
            await client.views_publish(user_id=event["user"], view=home(bookings.of(event["user"])))

    @app.action("new")
    async def new(ack: Ack, body: Json, client: Client) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=form())

    @app.action(re.compile(".*"))
    async def anything_else(ack: Ack, body: Json, respond: Respond) -> None:
        """Say what was used in the gallery, so that one sees what an app is told."""
        await ack()
        used = {key: value for key, value in body["actions"][0].items() if key.startswith(("selected", "value"))}
        if body["container"]["type"] == "message":
            await respond(f"`{body['actions'][0]['action_id']}`: `{used}`", replace_original=False)


@asynccontextmanager
async def connected(api_url: str, bot_token: str, app_token: str) -> AsyncIterator[AsyncApp]:
    """Run the app over Socket Mode inside the block: these two lines are all that points it at a playground."""
    app = build(Client(bot_token, base_url=api_url))
    handler = AsyncSocketModeHandler(app, app_token)
    await handler.connect_async()  # type: ignore[no-untyped-call]  # published without its type
    try:
        yield app
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call]  # the same
