"""What follows an answer to Slack and does no harm when a crash swallows it: replaced questions, forms, greetings."""

import asyncio
import logging
from collections.abc import Coroutine
from types import TracebackType
from typing import Any, Self

from bot.errors import FollowthroughError

_log = logging.getLogger(__name__)

# seconds that what is under way may take when the bot stops
_AT_THE_END = 3.0


class Later:
    """Runs small tasks after the answer, and sees to their end."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not self._tasks:
            return
        _, late = await asyncio.wait(self._tasks, timeout=_AT_THE_END)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    def start(self, what: str, work: Coroutine[Any, Any, None]) -> None:
        """Run `work` soon; when it fails, the log says that `what` did."""
        task = asyncio.create_task(self._run(what, work), name=what)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _run(self, what: str, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except FollowthroughError as error:
            _log.warning("%s failed: %s", what, error.what)
        except Exception:  # noqa: BLE001 - a task of its own: nobody else could hear of it
            _log.exception("%s failed", what)
