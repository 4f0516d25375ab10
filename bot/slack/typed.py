"""What people type after the slash command."""

import re
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from bot.domain.passcodes import passcodes_in, without_passcodes
from bot.domain.recordings import MOST_SPEAKERS, read_speakers
from bot.slack.finding import links_of_text

# a quoted value may hold spaces; people's keyboards make curly quotes of straight ones
_PART = re.compile(
    r"""(?P<key>[a-z_]+)\s?=(?:\s?["“”](?P<quoted>[^"“”]*)["“”]?|(?P<value>\S*)) | (?P<word><[^>]*>|\S+)""",
    re.IGNORECASE | re.VERBOSE,
)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_ADDRESS = re.compile(r"<?https?://", re.IGNORECASE)


_KEYS = frozenset({"title", "lang", "date", "speakers", "passcode"})


class Ask(StrEnum):
    """What somebody wants of the command."""

    PROCESS = "process"
    HELP = "help"
    STATUS = "status"
    AUTO = "auto"
    CONFIRM = "ask"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Typed:
    """A command, read.

    Attributes:
        ask: What is wanted.
        link: For `process`.
        title: As given.
        language: BCP-47 code, as given.
        held_on: The meeting's date, as given.
        speakers: How many people speak, as given.
        passcode: What opens the recording, as given.
        trouble: What was not understood: one sentence; help is shown with it. Empty when all was.
    """

    ask: Ask
    link: str = ""
    title: str | None = None
    language: str | None = None
    held_on: date | None = None
    speakers: int | None = None
    passcode: str | None = field(default=None, repr=False)
    trouble: str = ""


class _NotUnderstoodError(Exception):
    """Says in one sentence what was not understood."""


def read_command(text: str) -> Typed:
    """Read what was typed after the command; never raises: what is not understood asks for help."""
    words = text.split()
    if not words:
        return Typed(Ask.HELP)
    if len(words) == 1 and words[0].lower() in set(Ask) - {Ask.PROCESS}:
        return Typed(Ask(words[0].lower()))
    try:
        return _read_process(text)
    except _NotUnderstoodError as trouble:
        return Typed(Ask.HELP, trouble=str(trouble))


def _read_process(text: str) -> Typed:
    links: list[str] = []
    values: dict[str, str] = {}
    open_title = False
    # as the products write it into what people copy: “Passcode: 7*J?x@9L”
    written = passcodes_in(text)
    for part in _PART.finditer(without_passcodes(text)):
        word, key = part["word"], (part["key"] or "").lower()
        if word and _ADDRESS.match(word):
            links += links_of_text(word)
            open_title = False
        elif word and open_title:
            # title=Spring planning, without quotes: the words up to the next part belong to it
            values["title"] += f" {word}"
        elif word:
            raise _NotUnderstoodError(f"I did not understand “{word}”.")
        elif key not in _KEYS:
            raise _NotUnderstoodError(
                f"I do not know “{key}=”; there are title=, lang=, date=, speakers= and passcode=."
            )
        else:
            values[key] = (part["quoted"] or part["value"] or "").strip()
            open_title = key == "title" and part["quoted"] is None
    if not links:
        raise _NotUnderstoodError("There is no link in that; it begins with https://.")
    if len(set(links)) > 1:
        raise _NotUnderstoodError("Those are several links; give me one at a time.")
    return Typed(
        Ask.PROCESS,
        link=links[0],
        title=values.get("title", "").strip() or None,
        language=_language(values.get("lang")),
        held_on=_date(values.get("date")),
        speakers=_speakers(values.get("speakers")),
        passcode=values.get("passcode") or next(iter(written), None),
    )


def _language(value: str | None) -> str | None:
    if not value:
        return None
    if not _LANGUAGE.fullmatch(value):
        raise _NotUnderstoodError(f"“{value}” is no language code; write lang=en or lang=de-DE, for example.")
    return value


def _date(value: str | None) -> date | None:
    if not value:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise _NotUnderstoodError(f"“{value}” is no date; write it as date=2026-03-02.") from None


def _speakers(value: str | None) -> int | None:
    if not value:
        return None
    if not (number := read_speakers(value)):
        raise _NotUnderstoodError(f"“{value}” is no number from 1 to {MOST_SPEAKERS}; write speakers=3, for example.")
    return number
