"""`python -m bot demo`: a Slack in the browser with the bot in it, until somebody stops it."""

import asyncio
import contextlib
import fcntl
import os
import sys
import tempfile
import webbrowser
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

import httpx
import yaml

from bot.app import open_bot
from bot.clock import MovableClock
from bot.errors import BadInput
from bot.playground import example
from bot.playground.changes import Change, ClockMoved
from bot.playground.page.sample import Sample
from bot.playground.playground import Http, Playground, Socket, running
from bot.serving import Stop
from bot.settings import Settings

_MANIFESTS = (Path(__file__).parents[2] / "manifest.yml", Path(__file__).parents[1] / "manifest.yml")
"""Where the app's manifest is: in the repository, or in the installed package."""


class Who(StrEnum):
    """The app that is installed in this Slack."""

    BOT = "bot"
    EXAMPLE = "example"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Demo:
    """What the command line says.

    Attributes:
        port: Where to listen; 0 takes any free one.
        who: Which app runs.
        over_http: Whether it is reached over signed HTTP, rather than Socket Mode.
        request_url: Where an app of somebody else's is reached over HTTP.
        manifest: A manifest of somebody else's app.
        recording: What waits in the composer; the sample meeting when None.
        keep: Whether everything is there again at the next start.
        show: Whether a browser may be opened.
    """

    port: int
    who: Who = Who.BOT
    over_http: bool = False
    request_url: str = ""
    manifest: Path | None = None
    recording: Path | None = None
    keep: bool = False
    show: bool = True


async def demo(settings: Settings, wanted: Demo) -> int:
    """Run a Slack and an app in it until somebody wants it to stop, and return 0.

    Raises:
        BadInput: A file is missing or is none, or the port is taken.
    """
    _check(wanted)
    stop = Stop(closed_terminal=True)
    delivery = Http(wanted.request_url) if wanted.over_http else Socket()
    with _folder(keep=wanted.keep) as root:
        folder = root / wanted.who  # what one app left behind is none of another's business
        opening = running(
            port=wanted.port,
            delivery=delivery,
            manifest=_manifest(wanted),
            sample=_sample(wanted),
            keep=folder / "workspace" if wanted.keep else None,
        )
        async with contextlib.AsyncExitStack() as stack:
            try:
                slack = await stack.enter_async_context(opening)
            except OSError as error:
                raise BadInput(
                    f"Port {wanted.port} cannot be listened on ({error.strerror}).", "Choose another: --port."
                ) from error
            await stack.enter_async_context(_app(settings, slack, wanted, folder))
            await _welcome(slack, wanted)
            await stop.wished()
            _print("\nStopping.")
    return 0


async def _welcome(slack: Playground, wanted: Demo) -> None:
    _print(f"The playground is at {slack.address}")
    if wanted.who is Who.OTHER and not wanted.over_http:
        _print(
            f"Point your app at SLACK_API_URL={slack.url} with SLACK_BOT_TOKEN={slack.bot_token}, and the app token "
            f"{slack.app_token}."
        )
    if wanted.keep:
        _print("What happens in it is there again at the next start.")
    _print("Stop it with Ctrl-C.")
    if wanted.show and sys.stdout.isatty() and _has_screen():
        await asyncio.to_thread(webbrowser.open, slack.address)


def _has_screen() -> bool:
    """Tell whether there is a screen to open a browser on; without one, one for terminals would take this terminal."""
    return sys.platform in {"darwin", "win32"} or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


# ---------------------------------------------------------------------------------------------------------------- apps


@contextlib.asynccontextmanager
async def _app(settings: Settings, slack: Playground, wanted: Demo, folder: Path) -> AsyncIterator[None]:
    """Run the app that was chosen inside the block."""
    match wanted.who:
        case Who.BOT:
            async with _our_bot(settings, slack, wanted, folder):
                yield
        case Who.EXAMPLE:
            async with example.connected(slack.url, slack.bot_token, slack.app_token):
                yield
        case Who.OTHER:
            yield


@contextlib.asynccontextmanager
async def _our_bot(settings: Settings, slack: Playground, wanted: Demo, folder: Path) -> AsyncIterator[None]:
    mine = replace(
        settings,
        slack_bot_token=slack.bot_token,
        slack_app_token="" if wanted.over_http else slack.app_token,
        slack_signing_secret=slack.signing_secret,
        slack_api_url=slack.url,
        host="127.0.0.1",
        port=0,
        public_url="",
        data_dir=folder / "data",
    )
    clock, line = MovableClock(slack.clock.now), _Line()

    def follow(change: Change) -> None:
        if isinstance(change, ClockMoved):
            clock.moved()

    slack.workspace.changes.follow(follow)
    if not settings.conversation_api_url:
        slack.faults.add("engine_down", "The conversation engine does not answer", line.cut)
    async with open_bot(mine, clock=clock, line=line.through) as bot:
        if bot.port is not None:
            slack.deliver_to(f"http://127.0.0.1:{bot.port}/slack/events")
        else:
            await slack.connected()
        yield


class _Line:
    """What is between the bot and its engine, and may be cut."""

    def __init__(self) -> None:
        self._is_cut = False

    def cut(self, is_cut: bool) -> None:  # noqa: FBT001 - a switch of the page is turned with its new state alone
        """Cut the line, or mend it."""
        self._is_cut = is_cut

    def through(self, far_end: httpx.AsyncBaseTransport) -> httpx.AsyncBaseTransport:
        """Return a transport that reaches the far end while the line is whole."""
        return _Cuttable(far_end, lambda: self._is_cut)


class _Cuttable(httpx.AsyncBaseTransport):
    def __init__(self, far_end: httpx.AsyncBaseTransport, is_cut: Callable[[], bool]) -> None:
        self._far_end = far_end
        self._is_cut = is_cut

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if self._is_cut():
            raise httpx.ConnectError("The playground cut the line.", request=request)
        return await self._far_end.handle_async_request(request)

    async def aclose(self) -> None:
        await self._far_end.aclose()


# ------------------------------------------------------------------------------------------------------------- choices


def _check(wanted: Demo) -> None:
    """Refuse choices that would be without effect, or that lack another one."""
    if wanted.who is not Who.OTHER and (wanted.manifest or wanted.request_url):
        raise BadInput("--manifest and --request-url are about an app of your own.", "Add --alone.")
    if wanted.who is Who.EXAMPLE and wanted.over_http:
        raise BadInput("The example app uses Socket Mode.", "Leave --delivery away.")
    if wanted.who is Who.OTHER and wanted.over_http and not wanted.request_url.startswith(("http://", "https://")):
        raise BadInput(
            "Over HTTP, your app has to be found.", "Add --request-url http://127.0.0.1:3000/slack/events, or yours."
        )


def _manifest(wanted: Demo) -> Mapping[str, Any] | None:
    if wanted.who is Who.EXAMPLE:
        return example.MANIFEST
    path = wanted.manifest
    if path is None and wanted.who is Who.BOT:
        path = next((each for each in _MANIFESTS if each.is_file()), None)
    if path is None:
        return None
    try:
        manifest = yaml.safe_load(path.read_text(encoding="utf-8"))  # which reads JSON as well
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise BadInput(f"{path} cannot be read as a manifest.", "It is a YAML or JSON file.") from error
    if not isinstance(manifest, dict):
        raise BadInput(f"{path} is no manifest.", "It is a YAML or JSON file with `features`, `oauth_config` …")
    return manifest


def _sample(wanted: Demo) -> Sample:
    if wanted.recording is None:
        return Sample() if wanted.who is Who.BOT else Sample(None)
    if not wanted.recording.is_file():
        raise BadInput(f"There is no file {wanted.recording}.")
    return Sample(wanted.recording)


@contextlib.contextmanager
def _folder(*, keep: bool) -> Iterator[Path]:
    """Give a folder for the block: one that is removed after it, or the one that is kept."""
    if not keep:
        with tempfile.TemporaryDirectory(prefix="followthrough-demo-", ignore_cleanup_errors=True) as passing:
            yield Path(passing)
        return
    folder = kept_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / "lock").open("w")
    except OSError as error:
        raise BadInput(f"{folder} cannot be written ({error.strerror}).", "Leave --keep away.") from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise BadInput("Another demo with --keep is running.", "Stop it first, or leave --keep away.") from error
        yield folder


def kept_folder() -> Path:
    """Return where `--keep` keeps everything."""
    state = os.environ.get("XDG_STATE_HOME") or "~/.local/state"
    return Path(state).expanduser() / "followthrough-demo"


def _print(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
