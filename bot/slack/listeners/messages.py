"""Messages in channels: what looks like a recording is handed to the intake, and what opens it is kept for it."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.domain.passcodes import passcodes_in
from bot.domain.recordings import Recording, Share, SharedFile
from bot.errors import Failed, NeedsPerson
from bot.flows import cures, intake
from bot.slack.finding import MOST, file_ids, shared_links, unknown_files, uploaded
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
            whole = {**event, "files": await self._files(event)}
            await self._take(event, event, body, [*uploaded(whole), *_pasted(event)])
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
        await self._take(event, message, body, _pasted(message, before))

    def _is_no_person(self, message: Mapping[str, Any]) -> bool:
        user = message.get("user")
        return not user or bool(message.get("bot_id")) or user in {self._wiring.identity.user, _SLACKBOT}

    async def _files(self, message: Mapping[str, Any]) -> list[Mapping[str, Any]]:
        """Return a message's files; those of another workspace, of which it says nothing, as Slack shows them to us.

        When Slack does not answer, the event fails, and so comes again.
        """
        shown: dict[str, Mapping[str, Any]] = {}
        for file_id in unknown_files(message):
            try:
                shown[file_id] = await self._wiring.files.info(file_id)
            except (Failed, NeedsPerson):
                # we may not see it, so it is not for us
                continue
        return [shown.get(str(file.get("id")), file) for file in message.get("files") or []]

    async def _take(
        self,
        event: Mapping[str, Any],
        message: Mapping[str, Any],
        body: Mapping[str, Any],
        found: Sequence[tuple[Recording, str]],
    ) -> None:
        ts, thread = message.get("ts"), message.get("thread_ts")
        if not found and not thread:
            return
        ports, team, channel = self._wiring.ports, self._wiring.identity.team, str(event["channel"])
        if codes := passcodes_in(str(message.get("text") or "")):
            place = str(thread or ts)
            await cures.passcode_said(ports, team, channel, place, codes, event_id=request_id(body))
        if not found:
            return
        # elsewhere everybody is asked first
        doubtful = any(via == "message" for _, via in found) and await intake.starts_at_once(ports, team, channel)
        outsider = doubtful and await self._wiring.files.people.is_outsider(message)
        shares = [
            Share(
                team=team,
                channel=channel,
                user=str(message["user"]),
                recording=recording,
                via=via,
                message_ts=ts,
                thread_ts=thread if thread != ts else None,
                outsider=outsider,
            )
            for recording, via in found[:MOST]
        ]
        await intake.share(ports, shares, event_id=request_id(body))


def _pasted(message: Mapping[str, Any], before: Mapping[str, Any] | None = None) -> list[tuple[Recording, str]]:
    return [(each, "message") for each in shared_links(message, before)]
