"""Messages in channels: links and files that look like recordings are handed to the intake."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.domain.recordings import Recording, Share, SharedFile
from bot.errors import Failed, NeedsPerson
from bot.flows import intake
from bot.slack.finding import file_ids, shared_files, shared_links, unknown_files
from bot.slack.wiring import Wiring, request_id

_EDIT = "message_changed"
_SPOKEN = frozenset({None, "file_share", "me_message", "thread_broadcast"})
_SLACKBOT = "USLACKBOT"


class Messages:
    """Notices recordings."""

    def __init__(self, wiring: Wiring) -> None:
        self._wiring = wiring

    async def said(self, event: dict[str, Any], body: dict[str, Any]) -> None:
        """Take the recordings of a new or edited message; most messages have none, and cost nothing."""
        if event.get("subtype") == _EDIT:
            await self._edited(event, body)
            return
        if event.get("subtype") in _SPOKEN and not self._is_no_person(event):
            files = shared_files(event) + await self._from_elsewhere(event)
            await self._take(event, event, body, files, shared_links(event))
        self._wiring.files.seen(str(event.get("channel")), file_ids(event))

    async def file_shared(self, event: dict[str, Any], body: dict[str, Any]) -> None:
        """Take a file of which Slack says no more than its id: its message, which comes beside this, mostly tells."""
        channel, user, file = (str(event.get(key) or "") for key in ("channel_id", "user_id", "file_id"))
        direct = channel.startswith("D")
        if not channel or not file or direct or user in {"", _SLACKBOT, self._wiring.identity.user}:
            return
        shared = SharedFile(self._wiring.identity.team, channel, user, file)
        await intake.file_shared(self._wiring.ports, shared, event_id=request_id(body))

    async def _edited(self, event: Mapping[str, Any], body: Mapping[str, Any]) -> None:
        message, before = event.get("message") or {}, event.get("previous_message") or {}
        # Slack also sends this when it unfolds a link; only a person's edit has a new mark
        if not message.get("edited") or message.get("edited") == before.get("edited") or self._is_no_person(message):
            return
        await self._take(event, message, body, [], shared_links(message, before))

    def _is_no_person(self, message: Mapping[str, Any]) -> bool:
        user = message.get("user")
        return not user or bool(message.get("bot_id")) or user in {self._wiring.identity.user, _SLACKBOT}

    async def _from_elsewhere(self, message: Mapping[str, Any]) -> list[Recording]:
        """Ask Slack about files of another workspace: it says nothing of them in the message itself.

        When Slack does not answer, the event fails, and so comes again.
        """
        found: list[Recording] = []
        for file_id in unknown_files(message):
            try:
                file = await self._wiring.files.info(file_id)
            except (Failed, NeedsPerson):
                # we may not see it, so it is not for us
                continue
            found += shared_files({"files": [file]})
        return found

    async def _take(
        self,
        event: Mapping[str, Any],
        message: Mapping[str, Any],
        body: Mapping[str, Any],
        files: list[Recording],
        links: list[Recording],
    ) -> None:
        if not files and not links:
            return
        ports, team, channel = self._wiring.ports, self._wiring.identity.team, str(event["channel"])
        ts, thread = message.get("ts"), message.get("thread_ts")
        share = Share(
            team=team,
            channel=channel,
            user=str(message["user"]),
            recording=(files or links)[0],
            via="file",
            message_ts=ts,
            thread_ts=thread if thread != ts else None,
        )
        # elsewhere everybody is asked first
        doubtful = bool(links) and await intake.starts_at_once(ports, team, channel)
        outsider = doubtful and await self._wiring.files.people.is_outsider(message)
        shares = [replace(share, recording=each) for each in files]
        shares += [replace(share, recording=each, via="message", outsider=outsider) for each in links]
        await intake.share(ports, shares, event_id=request_id(body))
