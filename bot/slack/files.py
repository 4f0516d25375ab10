"""What Slack says of a file that it names by its id alone."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.recordings import Share, SharedFile
from bot.errors import Failed, NeedsPerson
from bot.slack.client import Identity
from bot.slack.failures import told
from bot.slack.finding import shared_files
from bot.slack.people import People

# shares that are remembered: a file's own event comes within seconds of its message
_REMEMBERED = 500


class Files:
    """Asks Slack about files; it is also what the flows know of uploads.

    Attributes:
        people: Who is who.
    """

    def __init__(self, client: AsyncWebClient, identity: Identity, people: People) -> None:
        self.people = people
        self._client = client
        self._identity = identity
        self._seen: dict[tuple[str, str], None] = {}

    async def info(self, file_id: str) -> Mapping[str, Any]:
        """Return `files.info` of a file.

        Raises:
            NoAccess: It was deleted.
            Failed: Slack does not show it to us.
            Unavailable: Slack did not answer.
        """
        with told(self._identity.name):
            answer = await self._client.files_info(file=file_id)
        file = answer.get("file")
        return file if isinstance(file, dict) else {}

    def seen(self, channel: str, files: Iterable[str]) -> None:
        """Remember that a message told of these files, whatever came of it."""
        for each in files:
            self._seen[channel, each] = None
        while len(self._seen) > _REMEMBERED:
            del self._seen[next(iter(self._seen))]

    async def share_of(self, file: SharedFile) -> Share | None:
        """Return what somebody shared with this file; None when it is no recording, or was seen in its message."""
        if (file.channel, file.id) in self._seen:
            return None
        try:
            shown = await self.info(file.id)
        except (Failed, NeedsPerson):
            # we may not see it, or it is gone: so it is not for us
            return None
        place = _place(shown, file.channel)
        recordings = shared_files({"files": [shown]})
        if place is None or not recordings or (await self.people.standing(file.user)).app:
            return None
        ts, thread = place
        return Share(file.team, file.channel, file.user, recordings[0], "file", message_ts=ts, thread_ts=thread)


def _place(file: Mapping[str, Any], channel: str) -> tuple[str | None, str | None] | None:
    """Return the message, and its thread, that shared a file in a channel last; None when it was not shared there.

    Slack may say that a channel has a file, and not by which message.
    """
    shares = sorted(_shares(file, channel), key=lambda share: str(share["ts"]))
    if shares:
        ts, thread = str(shares[-1]["ts"]), shares[-1].get("thread_ts")
        return ts, str(thread) if thread and thread != ts else None
    known = [each for key in ("channels", "groups") for each in file.get(key) or []]
    return (None, None) if channel in known else None


def _shares(file: Mapping[str, Any], channel: str) -> Iterator[Mapping[str, Any]]:
    for kind in (file.get("shares") or {}).values():
        for share in kind.get(channel) or []:
            if share.get("ts"):
                yield share
