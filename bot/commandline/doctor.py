"""`python -m bot doctor --source URL`: the look at one link that a share gets, for whoever runs the app."""

import json
import sys

from bot.app import fetcher_of
from bot.clock import SystemClock
from bot.domain.recordings import recording_of_link
from bot.errors import BadInput, FollowthroughError, Obstacle
from bot.links.link import Link, look_at
from bot.links.secrets import without_secrets
from bot.links.source import Action
from bot.ports import Preview
from bot.settings import Settings
from bot.sources.door import Door
from bot.sources.resolver.resolver import EXTRA, is_installed

_HAD = "ok"
_MB = 1_000_000
_MEANING = {
    Action.DIRECT: "fetched as it is",
    Action.REWRITE: "fetched from another address that the link tells",
    Action.RESOLVE: "its page is read by yt-dlp, where that is installed and switched on",
    Action.SIGN_IN: "only people who signed in there have it, or an account that you set",
    Action.NOT_A_RECORDING: "refused at once",
    Action.UNKNOWN: "a page: one look tells whether it names a recording",
}


async def check_source(settings: Settings, url: str, *, offline: bool, as_json: bool) -> int:
    """Print what a link is and, unless `offline`, what one request says of it; return the exit status.

    It is 0 when the recording can be had as far as one look tells (offline: when it may be one), else 1.

    Raises:
        BadInput: It is no web address.
    """
    link = look_at(url)
    if not link.source.example:
        raise BadInput(link.what, link.cure)
    preview = None if offline else await _look(settings, link)
    report = _report(link, preview)
    sys.stdout.write((json.dumps(report, indent=2, ensure_ascii=False) if as_json else _lines(link, preview)) + "\n")
    good = link.source.action is not Action.NOT_A_RECORDING
    return 0 if good and (preview is None or preview.obstacle is None) else 1


async def _look(settings: Settings, link: Link) -> Preview:
    fetcher = fetcher_of(settings, Door(settings.fetch_allow_hosts), SystemClock())
    recording = recording_of_link(link.url)
    try:
        return await fetcher.look(recording)
    except FollowthroughError as error:
        return Preview(
            link.product,
            recording.name,
            obstacle=error.obstacle or Obstacle.UNREACHABLE,
            what=error.what,
            cure=error.cure or link.cure,
            url=link.request,
        )


def _report(link: Link, preview: Preview | None) -> dict[str, str | int | float | None]:
    report: dict[str, str | int | float | None] = {
        "source": link.source.id,
        "action": link.source.action.value,
        "url": without_secrets(link.request) or None,
        "identity": without_secrets(link.key),
    }
    if preview is None:
        return report
    return report | {
        "url": without_secrets(preview.url or link.request) or None,
        "status": _status(preview),
        "what": preview.what or None,
        "cure": preview.cure or None,
        "http": preview.status,
        "title": preview.name,
        "kind": preview.kind.value if preview.kind else None,
        "size": preview.size,
        "seconds": preview.seconds,
    }


def _status(preview: Preview) -> str:
    return _HAD if preview.obstacle is None else preview.obstacle.value


def _lines(link: Link, preview: Preview | None) -> str:
    rows = [
        ("source", f"{link.source.id} ({link.product})"),
        ("action", f"{link.source.action.value}: {_MEANING[link.source.action]}"),
        ("identity", without_secrets(link.key)),
    ]
    if link.source.action is Action.RESOLVE and not is_installed():
        rows.append(("install", EXTRA))
    if link.source.forbidden:
        rows.append(("off", f"{link.source.forbidden} SOURCES_ON={link.source.id} reads it all the same."))
    if preview is None:
        rows.append(("would ask", without_secrets(link.request) or "nothing"))
        if link.source.action in {Action.NOT_A_RECORDING, Action.SIGN_IN}:
            rows += [("what", link.what), ("cure", link.cure)]
        return _table(rows)
    rows.append(("asked", without_secrets(preview.url or link.request) if preview.status else "nothing"))
    if preview.status:
        rows.append(("answer", str(preview.status)))
    rows.append(("title", preview.name))
    if preview.kind:
        rows.append(("kind", preview.kind.value))
    if preview.size is not None:
        rows.append(("size", f"{preview.size / _MB:,.1f} MB ({preview.size:,} bytes)"))
    if preview.seconds is not None:
        rows.append(("length", f"{preview.seconds / 60:.1f} min"))
    rows.append(("status", _status(preview)))
    if preview.what:
        rows += [("what", preview.what), ("cure", preview.cure)]
    return _table(rows)


def _table(rows: list[tuple[str, str]]) -> str:
    return "\n".join(f"{name:<10} {value}" for name, value in rows)
