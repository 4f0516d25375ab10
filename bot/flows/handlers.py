"""Task name → flow: what the queue runs, and what becomes of a task that never succeeds."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from functools import partial

from bot.domain.assignments import Refusal
from bot.domain.recordings import SharedFile
from bot.errors import FollowthroughError
from bot.flows import arriving, assigning, intake, offering, processing, publishing, tasks
from bot.log import traced
from bot.ports import GaveUp, Json, Ports, Task, TaskHandler

_log = logging.getLogger(__name__)
Payload = Mapping[str, Json]

#: What a task may be about; the first of them is written on every line of its log.
_ABOUT = ("job", "item", "file", "arrival")


async def _eyes(ports: Ports, payload: Payload) -> None:
    await publishing.eyes(ports, _text(payload, "job"))


async def _offer(ports: Ports, payload: Payload) -> None:
    await offering.offer(ports, _text(payload, "job"), given=_flag(payload, "given"))


async def _fetch(ports: Ports, payload: Payload) -> None:
    await processing.fetch(ports, _text(payload, "job"), given=_flag(payload, "given"))


async def _submit(ports: Ports, payload: Payload) -> None:
    await processing.submit(ports, _text(payload, "job"), alone=_flag(payload, "alone"))


async def _check(ports: Ports, payload: Payload) -> None:
    since = datetime.fromisoformat(_text(payload, "since"))
    await processing.check(ports, _text(payload, "job"), since, int(_text(payload, "looks")))


async def _publish(ports: Ports, payload: Payload) -> None:
    await publishing.publish(ports, _text(payload, "job"))


async def _show_progress(ports: Ports, payload: Payload) -> None:
    await publishing.show_progress(ports, _text(payload, "job"))


async def _show_item(ports: Ports, payload: Payload) -> None:
    await assigning.show_item(ports, _text(payload, "item"))


async def _refuse(ports: Ports, payload: Payload) -> None:
    refusal = Refusal(_text(payload, "refusal"))
    item, channel, user = _text(payload, "item"), _text(payload, "channel"), _text(payload, "user")
    await assigning.tell_refusal(ports, item, channel, user, refusal)


async def _already_here(ports: Ports, payload: Payload) -> None:
    thread = payload.get("thread")
    job, user = _text(payload, "job"), _text(payload, "user")
    await publishing.tell_already_here(ports, job, user, None if thread is None else str(thread))


async def _tell_trouble(ports: Ports, payload: Payload) -> None:
    await publishing.tell_trouble(ports, _text(payload, "job"))


async def _look_at_file(ports: Ports, payload: Payload) -> None:
    team, channel = _text(payload, "team"), _text(payload, "channel")
    await intake.look_at_file(ports, SharedFile(team, channel, _text(payload, "user"), _text(payload, "file")))


async def _go_on_with(ports: Ports, payload: Payload) -> None:
    await arriving.go_on_with(ports, _text(payload, "links").split("\n"))


async def _take_arrived(ports: Ports, payload: Payload) -> None:
    destination = arriving.Destination(_text(payload, "team"), _text(payload, "channel"))
    arrival, link, topic = _text(payload, "arrival"), _text(payload, "link"), _text(payload, "topic")
    await arriving.take_arrived(ports, arrival, link, topic, destination)


_FLOWS: dict[str, Callable[[Ports, Payload], Awaitable[None]]] = {
    tasks.EYES: _eyes,
    tasks.OFFER: _offer,
    tasks.FETCH: _fetch,
    tasks.SUBMIT: _submit,
    tasks.CHECK: _check,
    tasks.PUBLISH: _publish,
    tasks.SHOW_PROGRESS: _show_progress,
    tasks.SHOW_ITEM: _show_item,
    tasks.REFUSE: _refuse,
    tasks.ALREADY_HERE: _already_here,
    tasks.TELL_TROUBLE: _tell_trouble,
    tasks.LOOK_AT_FILE: _look_at_file,
    tasks.GO_ON_WITH: _go_on_with,
    tasks.TAKE_ARRIVED: _take_arrived,
}


def handlers(ports: Ports) -> dict[str, TaskHandler]:
    """Return the flow behind each task."""
    return {name: _traced(partial(flow, ports)) for name, flow in _FLOWS.items()}


def gave_up(ports: Ports) -> GaveUp:
    """Return what happens to a task that never succeeds: its job ends with a reason; a courtesy is only logged."""
    steps = {tasks.FETCH, tasks.SUBMIT, tasks.CHECK, tasks.PUBLISH}

    async def give_up(task: Task, error: Exception) -> None:
        known = isinstance(error, FollowthroughError)
        _log.error("gave up on %s", task.name, extra={"payload": dict(task.payload)}, exc_info=None if known else error)
        if task.name in steps:
            await processing.give_up(ports, _text(task.payload, "job"), error)

    return give_up


def _traced(handler: TaskHandler) -> TaskHandler:
    async def run(payload: Payload) -> None:
        with traced(str(next((payload[name] for name in _ABOUT if payload.get(name)), None))):
            await handler(payload)

    return run


def _text(payload: Payload, name: str) -> str:
    return str(payload[name])


def _flag(payload: Payload, name: str) -> bool:
    # a task of an earlier version says nothing of it
    return payload.get(name) is True
