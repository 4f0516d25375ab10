"""The transcript as a document: Markdown to read, SRT to caption a video."""

import html
import re
from collections.abc import Mapping, Sequence

from bot.engine.records import Message

BREAK = "<br/><br/>"
HOUR, MINUTE = 3600, 60


def markdown(
    messages: Sequence[Message], *, paragraphs: bool, speakers: bool, phrases: Mapping[str, Sequence[str]]
) -> str:
    """Return the transcript as Markdown with the API's line breaks.

    Args:
        messages: What was said; it is text, and never becomes markup.
        paragraphs: Put what one speaker says in a row into one paragraph.
        speakers: Name the speaker of each.
        phrases: What to mark, by message id.
    """
    parts: list[str] = []
    before: Message | None = None
    for message in messages:
        text = _marked(message.text, phrases.get(message.id, ()))
        if paragraphs and before is not None and before.speaker == message.speaker:
            parts[-1] += f" {text}"
        else:
            parts.append(f"{_name(message)}{text}" if speakers else text)
        before = message
    return BREAK.join(parts)


def srt(messages: Sequence[Message], *, speakers: bool) -> str:
    """Return the transcript as SubRip captions, one a sentence."""
    cues = [
        f"{number}\n{_time(message.start)} --> {_time(message.end)}\n"
        f"{_name(message, escape=False) if speakers else ''}{' '.join(message.text.split())}\n"
        for number, message in enumerate(messages, 1)
    ]
    return "\n".join(cues)


def _name(message: Message, *, escape: bool = True) -> str:
    if message.speaker is None:
        return ""
    return f"{_escaped(message.speaker.name) if escape else message.speaker.name}: "


def _escaped(text: str) -> str:
    return re.sub(r"([\\`*_\[\]#|~])", r"\\\1", html.escape(text, quote=False))


def _marked(text: str, phrases: Sequence[str]) -> str:
    if not phrases:
        return _escaped(text)
    wanted = "|".join(re.escape(phrase) for phrase in sorted(phrases, key=len, reverse=True))
    pieces = re.split(f"({wanted})", text, flags=re.IGNORECASE)
    return "".join(f"<mark>{_escaped(each)}</mark>" if n % 2 else _escaped(each) for n, each in enumerate(pieces))


def _time(seconds: float) -> str:
    whole = max(0, round(seconds * 1000))
    rest, thousandths = divmod(whole, 1000)
    return f"{rest // HOUR:02}:{rest % HOUR // MINUTE:02}:{rest % MINUTE:02},{thousandths:03}"
