"""What a worker that hears a recording tells: stretch after stretch, each of them final."""

from dataclasses import dataclass

from bot.engine.records import Message, Note


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence, and a label for the voice that said it: the same all through one recording, None when unknown."""

    message: Message
    voice: str | None = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a recording that was heard to its end: it is stored in one go, and never heard again.

    Attributes:
        until: Where it ends, in seconds from the start of the recording.
        said: Its sentences, in order; times from the start of the recording.
        language: Two or three letters, as given or as heard; None when it is not known.
        notes: What people should know about how it was heard.
    """

    until: float
    said: tuple[Said, ...] = ()
    language: str | None = None
    notes: tuple[Note, ...] = ()


def channel_voice(channel: int) -> str:
    """Return the label of the voice that has a channel of its own; channels count from 1."""
    return f"channel {channel}"
