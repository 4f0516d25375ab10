"""Files on their way in: an address for the bytes, then a share."""

import mimetypes
import secrets
from dataclasses import dataclass, field

from bot.playground.clock import Clock
from bot.playground.records import File
from bot.playground.refusal import Refused
from bot.playground.workspace import new_id

MOST_BYTES = 1 << 30  # Slack takes files of up to 1 GB


_MEDIA = {
    ".m4a": "audio/mp4",
    ".ogg": "audio/ogg",
    ".opus": "audio/ogg",
    ".wav": "audio/wav",
    ".srt": "text/plain",
    ".vtt": "text/vtt",
}
"""Where Slack's word for a type is not the one that Python would guess."""


def media_type(name: str) -> str:
    """Return the MIME type that Slack gives to a file of this name."""
    ending = name[name.rfind(".") :].lower() if "." in name else ""
    return _MEDIA.get(ending) or mimetypes.guess_type(name)[0] or "application/octet-stream"


@dataclass(slots=True)
class _Upload:
    file_id: str
    name: str
    length: int
    user: str
    content: bytes | None = None


@dataclass(slots=True)
class Uploads:
    """Uploads that were begun and not yet completed."""

    clock: Clock
    _by_ticket: dict[str, _Upload] = field(default_factory=dict)

    def begin(self, name: str, length: int, user: str) -> tuple[str, str]:
        """Return the id of a file to be, and the last part of the address for its bytes."""
        ticket = secrets.token_urlsafe(24)
        upload = _Upload(new_id("F"), name, length, user)
        self._by_ticket[ticket] = upload
        return upload.file_id, ticket

    def receive(self, ticket: str, content: bytes) -> None:
        """Take a file's bytes.

        Raises:
            Refused: The address is unknown, or the length is not what was announced.
        """
        upload = self._by_ticket.get(ticket)
        if upload is None:
            raise Refused("not_found")
        if len(content) != upload.length:
            raise Refused("length_mismatch")
        upload.content = content

    def complete(self, file_id: str, title: str) -> File:
        """Return a file whose bytes are there.

        Raises:
            Refused: `file_not_found`.
        """
        for ticket, upload in self._by_ticket.items():
            if upload.file_id == file_id and upload.content is not None:
                del self._by_ticket[ticket]
                created = int(self.clock.now())
                return File(
                    file_id,
                    upload.name,
                    title or upload.name,
                    media_type(upload.name),
                    upload.user,
                    created,
                    upload.content,
                )
        raise Refused("file_not_found")
