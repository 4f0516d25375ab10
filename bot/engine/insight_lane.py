"""Has a conversation understood in a worker process."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from typing import Any

from bot.engine.lanes import Lane, WorkerDied
from bot.engine.moments import zone
from bot.engine.parameters import read_parameters
from bot.engine.plain import to_plain
from bot.engine.records import InsightOptions, Message
from bot.engine.stored import Conversation

ATTEMPTS = 2
"""A worker can be ended by the system for lack of memory; a second one may be luckier, a third will not."""


async def insights_of(lane: Lane, conversation: Conversation, messages: Sequence[Message]) -> str:
    """Return what can be understood of `messages`: the plain form of `Insights`, as JSON.

    Raises:
        WorkerDied: Twice.
    """
    said = await asyncio.to_thread(to_plain, messages)
    request = {"messages": said, "options": to_plain(options_of(conversation))}

    async def told(_event: Mapping[str, Any]) -> None:
        """It has nothing to tell before it is done."""

    for attempt in range(1, ATTEMPTS + 1):
        try:
            return json.dumps(await lane.ask(request, told), ensure_ascii=False, separators=(",", ":"))
        except WorkerDied:
            if attempt == ATTEMPTS:
                raise
    raise AssertionError("unreachable")


def options_of(conversation: Conversation) -> InsightOptions:
    """Return what the caller asked of the insights; the meeting's day is the one on the caller's own clock."""
    asked = read_parameters(conversation.parameters)
    if asked.utc_offset is not None:
        started_at = conversation.started_at.astimezone(zone(asked.utc_offset))
    elif asked.started_at is not None:
        started_at = conversation.started_at.astimezone(asked.started_at.tzinfo)
    else:
        started_at = conversation.started_at
    return InsightOptions(
        started_at=started_at,
        confidence_threshold=asked.confidence_threshold,
        language=conversation.language,
        entities=asked.entities,
    )
