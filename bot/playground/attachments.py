"""What people attach to a message, and the files that become of it."""

import asyncio
from dataclasses import dataclass, replace
from pathlib import Path

from bot.playground.records import File
from bot.playground.uploads import media_type
from bot.playground.workspace import new_id

CANVAS = "application/vnd.slack-docs"
"""A canvas' MIME type: it is a file that only its text can be had of."""


@dataclass(frozen=True, slots=True)
class Clip:
    """A recording that was made in Slack itself, whose words Slack writes down.

    Attributes:
        name: As `audio_message.m4a`.
        content: The recording.
        transcript: What Slack understood, as WebVTT.
        status: How far it is: `processing`, `complete` or `failed`.
        locale: The language that it took it for.
    """

    name: str
    content: bytes
    transcript: str = ""
    status: str = "complete"
    locale: str = "en-US"


@dataclass(frozen=True, slots=True)
class Canvas:
    """A document that was written in Slack.

    Attributes:
        title: Its name.
        markdown: What it says.
        huddle: Whether Slack wrote it, as the notes of a huddle.
    """

    title: str
    markdown: str
    huddle: bool = False


Attachment = Path | tuple[str, bytes] | Clip | Canvas | File
"""A path, a name with bytes, or something made in Slack; a file that is there already is shared again."""


async def file_of(given: Attachment, user: str, created: int) -> File:
    """Return the file that becomes of what `user` attaches."""
    match given:
        case File():
            return given
        case Path():
            return _uploaded(given.name, await asyncio.to_thread(given.read_bytes), user, created)
        case Clip(name=name, content=content):
            file = _uploaded(name, content, user, created)
            clip = "slack_audio" if file.mimetype.startswith("audio/") else "slack_video"
            return replace(
                file, clip=clip, transcription=given.status, locale=given.locale, transcript=given.transcript
            )
        case Canvas(title=title, markdown=markdown):
            file = _uploaded(title, markdown.encode(), user, created)
            return replace(file, mimetype=CANVAS, huddle=given.huddle)
        case (name, content):
            return _uploaded(name, content, user, created)


def _uploaded(name: str, content: bytes, user: str, created: int) -> File:
    return File(new_id("F"), name, name, media_type(name), user, created, content)
