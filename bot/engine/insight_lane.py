"""Has a conversation understood in a worker process."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.engine.insights.language_model.model import LanguageModel
from bot.engine.lanes import Lane, WorkerDied
from bot.engine.moments import zone
from bot.engine.parameters import read_parameters
from bot.engine.plain import to_plain
from bot.engine.records import InsightOptions, Message
from bot.engine.stored import Conversation

ATTEMPTS = 2
"""A worker can be ended by the system for lack of memory; a second one may be luckier, a third will not."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads conversations in worker processes, with the help of a language model where there is one."""

    lane: Lane
    language_model: LanguageModel | None = None

    async def insights_of(self, conversation: Conversation, messages: Sequence[Message]) -> str:
        """Return what can be understood of `messages`: the plain form of `Insights`, as JSON.

        Raises:
            WorkerDied: Twice.
        """
        said = await asyncio.to_thread(to_plain, messages)
        request = {"messages": said, "options": to_plain(options_of(conversation))}
        if self.language_model is not None:
            request["language_model"] = to_plain(self.language_model)

        async def told(_event: Mapping[str, Any]) -> None:
            """It only says that it still works."""

        for attempt in range(1, ATTEMPTS + 1):
            try:
                return json.dumps(await self.lane.ask(request, told), ensure_ascii=False, separators=(",", ":"))
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
