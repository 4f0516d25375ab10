"""What every endpoint of a conversation does first: read it in one transaction."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.engine.hearings import Hearings
from bot.engine.jobs import owned
from bot.engine.parameters import of_query, read_flag, read_parameters
from bot.engine.plain import from_plain
from bot.engine.records import Insights, Note
from bot.engine.storage import Storage
from bot.engine.stored import Conversation
from bot.engine.tokens import caller
from bot.engine.wire import Understood
from bot.ports import Database, Transaction


def flag(request: Request, name: str) -> bool:
    """Return a flag of the query."""
    return read_flag(of_query(request.url.query), name)


async def conversation_of(tx: Transaction, request: Request) -> Conversation:
    """Return the conversation of the caller's that a path names.

    Raises:
        Problem: 404 when there is none.
    """
    return await owned(Storage(tx), caller(request), request.path_params["conversation_id"])


async def understood(database: Database, request: Request) -> Understood:
    """Return the conversation that a path names, with all that belongs to it.

    Raises:
        Problem: 404 when there is none.
    """
    async with database.reading() as tx:
        return await understood_in(tx, request)


async def understood_in(tx: Transaction, request: Request) -> Understood:
    """Return the same, inside a transaction."""
    conversation = await conversation_of(tx, request)
    storage = Storage(tx)
    roster = await storage.roster(conversation.id)
    messages = await storage.messages(conversation.id, roster)
    asked = read_parameters(conversation.parameters)
    insights = await storage.insights(conversation.id)
    # in a thread: an hour's insights take longer to read than other requests should wait
    found = await asyncio.to_thread(lambda: from_plain(Insights, json.loads(insights))) if insights else Insights()
    return Understood(conversation, asked, roster, messages, found)


async def answer(make: Callable[[], Any]) -> Response:
    """Make and encode a body in a thread: an hour's transcript too takes longer than other requests should wait."""
    return await asyncio.to_thread(lambda: JSONResponse(make()))


async def notes_of(tx: Transaction, conversation_id: str) -> tuple[Note, ...]:
    """Return what people should know about how a conversation was heard and understood; nothing before it was."""
    insights = await Storage(tx).insights(conversation_id)
    if not insights:
        return ()
    heard = await Hearings(tx).notes(conversation_id)
    understood = await asyncio.to_thread(lambda: from_plain(tuple[Note, ...], json.loads(insights).get("notes", [])))
    return (*heard, *understood)
