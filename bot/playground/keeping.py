"""A workspace that outlives the process: what was said is written down a moment after, and read at the next start."""

import asyncio
import contextlib
import json
import logging
import os
from collections.abc import AsyncIterator, Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bot.playground import changes as c
from bot.playground.records import Channel, ChannelKind, File, Json, Message, Person, Reaction
from bot.playground.workspace import Workspace

log = logging.getLogger(__name__)

_VERSION = 1
_PAUSE_SECONDS = 1.0
"""Between two times of writing: what happens meanwhile is written at once."""

_PASSING = (c.Traffic, c.EphemeralShown, c.EphemeralGone, c.ViewShown, c.ViewClosed, c.HomeOpened, c.RulesChanged)
"""What Slack forgets as well."""


@contextlib.asynccontextmanager
async def kept(workspace: Workspace, folder: Path) -> AsyncIterator[None]:
    """Restore a workspace from a folder, and write it there until the block ends.

    Ephemeral messages, modals and Homes are not kept. What a crash interrupts leaves the last good writing.
    """
    (folder / "files").mkdir(parents=True, exist_ok=True)
    await asyncio.to_thread(_restore, workspace, folder)
    changed, ended = asyncio.Event(), asyncio.Event()

    def notice(change: c.Change) -> None:
        if not isinstance(change, _PASSING):
            changed.set()

    async def write_what_changed() -> None:
        while not ended.is_set():
            await changed.wait()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(_PAUSE_SECONDS):
                    await ended.wait()
            changed.clear()
            try:
                await asyncio.to_thread(_write, _Copy.of(workspace), folder)
            except OSError:
                log.exception("the workspace cannot be kept in %s", folder)

    with workspace.changes.followed(notice):
        writing = asyncio.create_task(write_what_changed(), name="keep the workspace")
        try:
            yield
        finally:
            ended.set()
            changed.set()
            await writing


@dataclass(frozen=True, slots=True)
class _Copy:
    """A workspace at one moment; its records never change, so that a thread may read them."""

    ahead: float
    last_ts: str
    people: tuple[Person, ...]
    channels: tuple[Channel, ...]
    messages: tuple[Message, ...]
    files: tuple[File, ...]

    @classmethod
    def of(cls, workspace: Workspace) -> "_Copy":
        return cls(
            workspace.clock.ahead,
            workspace.clock.next_ts(),
            tuple(workspace.people.values()),
            tuple(workspace.channels.values()),
            tuple(workspace.everything()),
            tuple(workspace.files.values()),
        )


def _write(copy: _Copy, folder: Path) -> None:
    contents = {each.id for each in copy.files}
    for each in copy.files:
        path = folder / "files" / each.id
        if not path.exists():
            _replace(path, each.content)
    state = {
        "version": _VERSION,
        "ahead": copy.ahead,
        "last_ts": copy.last_ts,
        "people": [asdict(each) for each in copy.people],
        "channels": [asdict(each) for each in copy.channels],
        "messages": [asdict(each) for each in copy.messages],
        "files": [_without_content(each) for each in copy.files],
    }
    _replace(folder / "workspace.json", json.dumps(state, ensure_ascii=False).encode())
    for path in (folder / "files").iterdir():
        if path.name not in contents:
            path.unlink()


def _without_content(file: File) -> Json:
    return {name: getattr(file, name) for name in File.__slots__ if name != "content"}


def _replace(path: Path, content: bytes) -> None:
    """Write a file so that either its old or its new content is there, whenever the machine stops."""
    fresh = path.with_name(f".{path.name}.new")
    with fresh.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def _restore(workspace: Workspace, folder: Path) -> None:
    path = folder / "workspace.json"
    if not path.exists():
        return
    try:
        state: Json = json.loads(path.read_bytes())
        if state["version"] != _VERSION:
            raise ValueError(f"version {state['version']}")  # noqa: TRY301 - one way out for all that is unreadable
        people = [Person(**each) for each in state["people"]]
        channels = [_channel(each) for each in state["channels"]]
        messages = [_message(each) for each in state["messages"]]
        files = [_file(each, (folder / "files" / each["id"]).read_bytes) for each in state["files"]]
    except (OSError, ValueError, KeyError, TypeError) as error:
        aside = path.with_suffix(".unreadable")
        path.replace(aside)
        log.warning("the kept workspace cannot be read (%s): it is now %s, and a new one begins", error, aside)
        return
    workspace.people |= {each.id: each for each in people}
    workspace.people[workspace.bot.id] = workspace.bot  # as the app is installed today
    workspace.channels.clear()
    workspace.channels |= {each.id: each for each in channels}
    workspace.files |= {each.id: each for each in files}
    workspace.put_back(messages)
    workspace.clock.forward(state["ahead"])
    workspace.clock.not_before(state["last_ts"])


def _channel(state: dict[str, Any]) -> Channel:
    return Channel(**state | {"kind": ChannelKind(state["kind"]), "members": tuple(state["members"])})


def _message(state: dict[str, Any]) -> Message:
    tuples = {name: tuple(state[name]) for name in ("blocks", "attachments", "unfurls", "files")}
    reactions = tuple(Reaction(each["name"], tuple(each["users"])) for each in state["reactions"])
    return Message(**state | tuples | {"reactions": reactions})


def _file(state: dict[str, Any], content: Callable[[], bytes]) -> File:
    shared = tuple((channel, ts) for channel, ts in state["shared_as"])
    return File(**state | {"channels": tuple(state["channels"]), "shared_as": shared, "content": content()})
