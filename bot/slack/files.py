"""What Slack says of a file that it names by its id alone."""

import asyncio
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.recordings import Recording, Share, SharedFile, recording_of_link
from bot.errors import Failed, NeedsPerson, NoAccess
from bot.slack.client import Identity
from bot.slack.failures import code_of, told
from bot.slack.finding import file_of_link, recording_of_file, uploaded
from bot.slack.people import People

# shares that are remembered: a file's own event comes within seconds of its message
_REMEMBERED = 500
# seconds to wait for an answer while somebody waits for ours: Slack gives us three
_SOON = 2.0
_COPY_IT = "Copy its text into a text file, and upload that here."


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

    async def canvas(self, file_id: str) -> str:
        """Return what a canvas says, as Markdown.

        Raises:
            NoAccess: The app lacks the scope, or Slack does not show the canvas to us.
            Unavailable: Slack did not answer.
        """
        try:
            with told(self._identity.name):
                answer = await self._client.canvases_getContent(canvas_id=file_id)
        except Failed as error:
            if isinstance(error.__cause__, SlackApiError) and code_of(error.__cause__) == "missing_scope":
                cure = f"{_COPY_IT} Or ask whoever runs the app to add the scope canvases:read and install it again."
                raise NoAccess("This app may not read canvases.", cure) from error
            raise NoAccess("Slack does not let this app read that canvas.", _COPY_IT) from error
        return str(answer.get("content") or "")

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
        found = uploaded({"files": [shown]})
        if place is None or not found or (await self.people.standing(file.user)).app:
            return None
        if not await self._are_here(file.channel):
            return None
        recording, via = found[0]
        ts, thread = place
        return Share(file.team, file.channel, file.user, recording, via, message_ts=ts, thread_ts=thread)

    async def _are_here(self, channel: str) -> bool:
        """Say whether we are in a channel: a public file's event may come from one that we are not in."""
        try:
            with told(self._identity.name):
                answer = await self._client.conversations_info(channel=channel)
        except (Failed, NeedsPerson):
            return False
        return bool((answer.get("channel") or {}).get("is_member"))

    async def recording_at(self, channel: str, url: str) -> Recording:
        """Return the recording behind a link that somebody gave in a channel.

        What this bot may see is more than what they may: a file in Slack has to be shared where they ask for it.

        Raises:
            NoAccess: It is a file in Slack that is not shared in this channel.
            Failed: Slack does not show it to us.
            Unavailable: Slack did not answer.
        """
        file_id = file_of_link(url)
        if file_id is None:
            return recording_of_link(url)
        file: Mapping[str, Any] = {}
        with suppress(NoAccess), told(self._identity.name):
            async with asyncio.timeout(_SOON):
                file = await self.info(file_id)
        if _place(file, channel) is None:
            raise NoAccess("That file is not shared in this channel.", "Share it here first, then ask again.")
        return recording_of_file(file)


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
