"""What was shared: the recording behind a link or a file, and its identity."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.links.link import look_at

MOST_SPEAKERS = 20
"""Nobody counts the voices of a larger meeting, and nothing tells so many apart."""


class RecordingKind(StrEnum):
    """How a recording was shared."""

    LINK = "link"
    SLACK_FILE = "slack_file"
    LOCAL_FILE = "local_file"  # the command line's


class MediaKind(StrEnum):
    """What the bytes are, found by looking at them, not at their name."""

    AUDIO = "audio"
    VIDEO = "video"
    TRANSCRIPT = "transcript"


@dataclass(frozen=True, slots=True)
class Recording:
    """A recording or transcript that somebody shared.

    Attributes:
        kind: How.
        location: The link; Slack's file id; or a path on this machine.
        name: What to call it until something better is known: the file's name, or the link's last part.
    """

    kind: RecordingKind
    location: str
    name: str


@dataclass(frozen=True, slots=True)
class Share:
    """Somebody shared a recording in a channel, or asked for one to be processed.

    Attributes:
        team: Slack's workspace id.
        channel: Where, and where the thread goes.
        user: Who; empty when nobody did, but Zoom told of it.
        recording: What.
        via: `command`, `message`, `file`, `shortcut`, or `zoom`, which told of it by itself.
        message_ts: The message that holds it; None for a command.
        thread_ts: The thread the message is in; None in the channel itself.
        title: What the person called it.
        language: BCP-47 code the person gave.
        held_on: The meeting's date the person gave.
        speakers: How many people speak, as the person said; from 1 to `MOST_SPEAKERS`.
        outsider: Whether the sharer is a guest or of another workspace, or may be: such links are asked about first.
    """

    team: str
    channel: str
    user: str
    recording: Recording
    via: str
    message_ts: str | None = None
    thread_ts: str | None = None
    title: str | None = None
    language: str | None = None
    held_on: date | None = None
    speakers: int | None = None
    outsider: bool = False


@dataclass(frozen=True, slots=True)
class SharedFile:
    """A file of which no more is known than that somebody shared it in a channel.

    Attributes:
        team: Slack's workspace id.
        channel: Where.
        user: Who.
        id: Slack's file id.
    """

    team: str
    channel: str
    user: str
    id: str

    @property
    def recording(self) -> Recording:
        """The recording that it may be, under no name of its own."""
        return Recording(RecordingKind.SLACK_FILE, self.id, "file")


def recording_key(recording: Recording) -> str:
    """Return a recording's identity: equal for two shares exactly when they are of the same recording.

    It goes by the source's own id where there is one (Slack's file id, Drive's, Zoom's, Loom's, …), else by the link
    without what changes from share to share: signatures, tracking, passcodes.
    """
    if recording.kind is RecordingKind.LINK:
        return look_at(recording.location).key
    if recording.kind is RecordingKind.SLACK_FILE:
        return f"slack:{recording.location}"
    return f"file:{recording.location}"


def recording_of_link(url: str) -> Recording:
    """Return the recording behind a link, under the best name that the link itself gives."""
    return Recording(RecordingKind.LINK, url, look_at(url).name)


def read_speakers(text: str) -> int | None:
    """Return how many people somebody says that they are; None when that is no number from 1 to `MOST_SPEAKERS`."""
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= len(str(MOST_SPEAKERS)) else 0
    return number if 1 <= number <= MOST_SPEAKERS else None
