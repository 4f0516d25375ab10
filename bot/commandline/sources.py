"""`python -m bot sources`: every kind of link, and what becomes of it; writes `docs/sources.md` too."""

from itertools import groupby

from bot.errors import Obstacle
from bot.links.secrets import without_secrets
from bot.links.source import Account, Action, Source
from bot.links.table import SOURCES

_HOW = {
    Action.DIRECT: "yes: the link itself",
    Action.REWRITE: "yes: the download that the link leads to",
    Action.RESOLVE: "with `followthrough[sources]`",
    Action.SIGN_IN: "no",
    Action.NOT_A_RECORDING: "no recording",
    Action.UNKNOWN: "where the page names its recording",
}
_ACCOUNTS = {Account.ZOOM: "Zoom", Account.GOOGLE: "Google", Account.MICROSOFT: "Microsoft"}
_OBSTACLES = {
    Obstacle.PRIVATE: "Private",
    Obstacle.SIGN_IN: "Asks to sign in",
    Obstacle.PASSCODE: "Wants a passcode",
    Obstacle.EXPIRED: "Expired",
    Obstacle.QUOTA: "Downloaded too often",
    Obstacle.TOO_LARGE: "Too large",
    Obstacle.DOWNLOAD_DISABLED: "Downloads switched off",
    Obstacle.WRONG_KIND: "Something else came",
    Obstacle.NOT_FOUND: "Gone",
    Obstacle.NOT_READY: "Still being made",
    Obstacle.UNREACHABLE: "Not reached",
    Obstacle.BLOCKED: "Not opened",
}

_INTRODUCTION = """\
# What people paste, and what becomes of it

<!-- Written by `python -m bot sources --markdown` from the table in `bot/links/`; change that, not this page. -->

A link is told by its address alone, before anything is opened. Then one small request looks whether the recording
can be had, how large it is and how long, and only then is anything fetched. Where there is a transcript it is taken,
else the sound, else the picture. What cannot be had is answered with the click that would help.

No rule on this page was checked against a live host yet: each was tested against a local server that answers as the
source is documented to. Check one yourself, with a link of your own:

```
python -m bot doctor --source URL            # looks, with one small request, and prints what it saw, secrets removed
python -m bot doctor --source URL --offline  # says only what the address tells
python -m bot doctor --source URL --json     # the same as data
```

- **Public link**: what anyone with the link can have. `followthrough[sources]` brings yt-dlp, which reads the pages
  of sources that document no download; it runs in a process of its own that reaches the outside only through the
  bot's guard.
- **Off** sources are read only when you name them in `SOURCES_ON`, because their terms forbid it; `SOURCES_OFF`
  switches any source off.
- **Account**: opens with credentials of your own; [accounts.md](accounts.md) says how to get them.
- **Passcode**: people enter it at the bot's button, or write it beside the link. It is used once and never stored.
"""


def page() -> str:
    """Return `docs/sources.md`."""
    parts = [_INTRODUCTION, "## Recordings\n", *_table([s for s in SOURCES if s.action is not Action.NOT_A_RECORDING])]
    parts += ["\n## Not recordings\n", *_refused([s for s in SOURCES if s.action is Action.NOT_A_RECORDING])]
    parts += ["\n## When one cannot be had\n", *_cures()]
    return "\n".join(parts) + "\n"


def listing() -> str:
    """Return the table for a terminal."""
    rows = [(each.id, each.action.value, each.name, _example(each)) for each in SOURCES]
    return "\n".join(f"{id_:<18} {action:<16} {name:<28} {example}" for id_, action, name, example in rows)


def _table(sources: list[Source]) -> list[str]:
    lines = ["| Source | Looks like | Public link | Passcode | Account | Otherwise |", "|---|---|---|---|---|---|"]
    for each in sources:
        how = _HOW[each.action] + (f"; off: {each.forbidden}" if each.forbidden else "")
        account = _ACCOUNTS[each.account] if each.account else "–"
        passcode = "yes" if each.passcode else "–"
        otherwise = f"{each.cure} {each.after}".strip()
        shown = f"**{each.name}** `{each.id}`"
        lines.append(f"| {shown} | `{_example(each)}` | {how} | {passcode} | {account} | {otherwise} |")
    return lines


def _refused(sources: list[Source]) -> list[str]:
    lines = ["| Link | Looks like | Answer |", "|---|---|---|"]
    lines += [f"| {each.name} | `{_example(each)}` | {each.denied} {each.cure} |" for each in sources]
    return lines


def _cures() -> list[str]:
    lines = ["Where a source has a click of its own:\n"]
    said = [(obstacle, each.name, cure) for each in SOURCES for obstacle, cure in each.cures.items()]
    order = list(_OBSTACLES)
    said.sort(key=lambda one: (order.index(one[0]), one[1]))
    for obstacle, group in groupby(said, key=lambda one: one[0]):
        lines.append(f"- **{_OBSTACLES[obstacle]}**")
        by_cure: dict[str, list[str]] = {}
        for _, name, cure in group:
            by_cure.setdefault(cure, []).append(name)
        lines += [f"  - {', '.join(dict.fromkeys(names))}: {cure}" for cure, names in by_cure.items()]
    return lines


def _example(source: Source) -> str:
    return without_secrets(source.example).replace("|", "\\|")
