"""`/v1/conversations` and what can be changed of one: labels, members, speakers, its existence."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import pairwise
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.engine.parameters import of_query, read_metadata, read_text, read_time
from bot.engine.people import People
from bot.engine.problems import bad_request, no_conversation
from bot.engine.records import Message
from bot.engine.routes.reading import conversation_of, notes_of
from bot.engine.runner import Runner
from bot.engine.storage import Storage
from bot.engine.stored import Member
from bot.engine.tokens import caller
from bot.engine.uploads import read_json
from bot.engine.wire import conversation_body, members_body, notes_body
from bot.ports import Clock, Database

LARGEST_LIMIT = 65_536
DEFAULT_LIMIT = 20
DEFAULT_SPAN = timedelta(days=7)
NANOS = 1_000_000_000
MOST_EVENTS = 20_000
"""More than anybody begins and ends to speak in a day."""


@dataclass(frozen=True, slots=True)
class ConversationRoutes:
    """The endpoints of conversations themselves."""

    database: Database
    clock: Clock
    runner: Runner

    def routes(self) -> list[Route]:
        """Return the routes below `/v1`."""
        one = "/conversations/{conversation_id}"
        return [
            Route("/conversations", self.listed, methods=["GET"]),
            Route(one, self.head, methods=["GET"]),
            Route(one, self.label, methods=["PUT"]),
            Route(one, self.forget, methods=["DELETE"]),
            Route(f"{one}/members", self.members, methods=["GET"]),
            Route(f"{one}/members/{{member_id}}", self.rename, methods=["PUT"]),
            Route(f"{one}/speakers", self.speakers, methods=["PUT"]),
        ]

    async def listed(self, request: Request) -> Response:
        """List the caller's conversations that began in a span of time."""
        given = of_query(request.url.query)
        order = read_text(given, "order") or "asc"
        if order.lower() not in {"asc", "desc"}:
            raise bad_request('"order" must be one of [asc, desc]')
        if given.get("filter"):
            raise bad_request('"filter" is not supported by this engine; use "startTime" and "endTime"')
        until = read_time(given, "endTime", None) or self.clock.now()
        since = read_time(given, "startTime", None) or until - DEFAULT_SPAN
        limit, offset = _count(given, "limit", DEFAULT_LIMIT), _count(given, "offset", 0)
        newest_first = order.lower() == "desc"
        async with self.database.reading() as tx:
            storage = Storage(tx)
            found = await storage.conversations(
                caller(request), since, until, limit=limit, offset=offset, newest_first=newest_first
            )
            bodies = [
                conversation_body(each, await storage.roster(each.id), await storage.last_end(each.id))
                for each in found
            ]
        return JSONResponse({"conversations": bodies})

    async def head(self, request: Request) -> Response:
        """Say what a conversation is called, when it was and who spoke."""
        async with self.database.reading() as tx:
            conversation = await conversation_of(tx, request)
            roster = await Storage(tx).roster(conversation.id)
            ended = await Storage(tx).last_end(conversation.id)
            notes = await notes_of(tx, conversation.id)
        return JSONResponse({**conversation_body(conversation, roster, ended), "notes": notes_body(notes)})

    async def label(self, request: Request) -> Response:
        """Replace a conversation's labels."""
        labels = read_metadata((await read_json(request)).get("metadata"))
        async with self.database.transaction() as tx:
            conversation = await conversation_of(tx, request)
            await Storage(tx).change_conversation(replace(conversation, metadata=labels))
        return JSONResponse({"id": conversation.id, "metadata": labels})

    async def forget(self, request: Request) -> Response:
        """Delete a conversation, what runs for it, and its files."""
        async with self.database.transaction() as tx:
            conversation = await conversation_of(tx, request)
            jobs = await Storage(tx).jobs_of(conversation.id)
            await Storage(tx).forget(conversation.id)
        await self.runner.cancel([job.id for job in jobs])
        return JSONResponse({"message": "successfully deleted the conversation"})

    async def members(self, request: Request) -> Response:
        """List who spoke."""
        async with self.database.reading() as tx:
            conversation = await conversation_of(tx, request)
            return JSONResponse({"members": members_body(await Storage(tx).roster(conversation.id))})

    async def rename(self, request: Request) -> Response:
        """Give a member a name and an email; an email that another one has makes the two one."""
        body = await read_json(request)
        member_id = request.path_params["member_id"]
        if read_text(body, "id") != member_id:
            raise bad_request('"id" must be the id of the member in the path')
        name, email = read_text(body, "name"), read_text(body, "email")
        if name is None:
            raise bad_request('"name" is required')
        async with self.database.transaction() as tx:
            conversation = await conversation_of(tx, request)
            storage = Storage(tx)
            roster = await storage.roster(conversation.id)
            person = roster.person(member_id)
            if person is None:
                raise no_conversation()
            same = [each for each in roster.people if email and _same(each.email, email) and each.id != person.id]
            if same:
                await storage.change_member(Member(person.id, name, email, same_as=same[0].id))
                await storage.change_member(Member(same[0].id, name, email))
            else:
                await storage.change_member(Member(person.id, name, email or person.email))
        return JSONResponse({"message": _updated(f"Member with id: {member_id} for conversationId: {conversation.id}")})

    async def speakers(self, request: Request) -> Response:
        """Take who spoke when, and give each message to whoever spoke most of it."""
        turns = _turns((await read_json(request)).get("speakerEvents"))
        async with self.database.reading() as tx:
            conversation = await conversation_of(tx, request)
            messages = await Storage(tx).messages(conversation.id, await Storage(tx).roster(conversation.id))
        said_by = await asyncio.to_thread(_who_said, messages, turns)
        async with self.database.transaction() as tx:
            conversation = await conversation_of(tx, request)
            storage = Storage(tx)
            people = People(storage, conversation.id, await storage.roster(conversation.id))
            for message_id, who in said_by.items():
                if person := await people.named(*who):
                    await storage.set_speaker(message_id, person.id)
        if conversation.understood:
            await self.runner.refresh(conversation.id)
        about = f"Speaker events associated for conversationId: {conversation.id}"
        return JSONResponse({"message": f"{about} successfully! {_REFLECTED}"})


_REFLECTED = "The update should be reflected in all messages and insights along with this conversation"

Who = tuple[str, str | None]
Turns = dict[Who, list[tuple[float, float]]]


def _updated(what: str) -> str:
    return f"{what} updated successfully! {_REFLECTED}"


def _same(one: str | None, other: str) -> bool:
    return one is not None and one.casefold() == other.casefold()


def _count(given: dict[str, Any], name: str, default: int) -> int:
    text = str(given.get(name, default))
    if not text.isdecimal() or len(text) > len(str(LARGEST_LIMIT)) or int(text) > LARGEST_LIMIT:
        raise bad_request(f'"{name}" must be a number from 0 to {LARGEST_LIMIT}')
    return int(text)


def _turns(events: Any) -> Turns:
    """Return the spans of time in which each user spoke; a turn without an end lasts to the end."""
    if not isinstance(events, list) or not events:
        raise bad_request('"speakerEvents" is required')
    if len(events) > MOST_EVENTS:
        raise bad_request(f'"speakerEvents" must contain less than or equal to {MOST_EVENTS} items')
    marks: dict[Who, list[tuple[float, bool]]] = {}
    for event in events:
        if not isinstance(event, dict) or event.get("type") not in {"started_speaking", "stopped_speaking"}:
            raise bad_request('"speakerEvents.type" must be one of [started_speaking, stopped_speaking]')
        user, offset = event.get("user"), event.get("offset")
        if not isinstance(user, dict) or not isinstance(offset, dict):
            raise bad_request('"speakerEvents.user" and "speakerEvents.offset" must be objects')
        name, email = read_text(user, "name"), read_text(user, "email")
        if not (name or email):
            raise bad_request('"speakerEvents.user.name" is required')
        started = event["type"] == "started_speaking"
        marks.setdefault((name or email or "", email), []).append((_seconds(offset), started))
    return {who: _spans(sorted(each)) for who, each in marks.items()}


def _seconds(offset: dict[str, Any]) -> float:
    try:
        # the API's own examples have more than a second of nanoseconds
        seconds = float(offset.get("seconds", 0)) + float(offset.get("nanos", 0)) / NANOS
    except (TypeError, ValueError) as error:
        raise bad_request('"speakerEvents.offset.seconds" must be a number') from error
    if not 0 <= seconds < float("inf"):
        raise bad_request('"speakerEvents.offset.seconds" must be a number from 0')
    return seconds


def _spans(marks: list[tuple[float, bool]]) -> list[tuple[float, float]]:
    ends = [*marks, (float("inf"), False)]
    return [(at, until) for (at, started), (until, _) in pairwise(ends) if started]


def _who_said(messages: Sequence[Message], turns: Turns) -> dict[str, Who]:
    """Return who spoke most of each message, by its id; messages in which nobody did are left out."""
    spans = sorted(((start, end, who) for who, each in turns.items() for start, end in each), key=lambda span: span[:2])
    coming = 0
    open_spans: list[tuple[float, float, Who]] = []
    said_by: dict[str, Who] = {}
    for message in sorted(messages, key=lambda each: each.start):
        while coming < len(spans) and spans[coming][0] < message.end:
            open_spans.append(spans[coming])
            coming += 1
        open_spans = [span for span in open_spans if span[1] > message.start]
        spoken: dict[Who, float] = {}
        for start, end, who in open_spans:
            shared = min(message.end, end) - max(message.start, start)
            spoken[who] = spoken.get(who, 0.0) + max(0.0, shared)
        if spoken and max(spoken.values()) > 0:
            said_by[message.id] = max(spoken, key=lambda who: spoken[who])
    return said_by
