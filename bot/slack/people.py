"""Who shares something: a member of this workspace, a guest, somebody of another workspace, or an app."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from time import monotonic
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import FollowthroughError
from bot.slack.client import Identity
from bot.slack.failures import told
from bot.slack.remembered import Remembered

# seconds that an answer counts: who is a guest changes seldom
_KEPT = 3600.0
_MOST = 1_000
# seconds to wait for an answer: Slack itself waits for three until its event is acknowledged
_SOON = 2.0
_TEAMS = ("user_team", "source_team")


@dataclass(frozen=True, slots=True)
class Standing:
    """What somebody is in our workspace, as far as Slack says."""

    outsider: bool
    app: bool = False


UNKNOWN = Standing(outsider=True)
"""Of whom Slack says nothing may be anybody."""


class People:
    """Asks Slack about people, and remembers for an hour."""

    def __init__(self, client: AsyncWebClient, identity: Identity, *, now: Callable[[], float] = monotonic) -> None:
        """Keep what is needed to ask.

        Args:
            client: Slack's Web API.
            identity: Whose workspace is ours.
            now: Seconds that only grow.
        """
        self._client = client
        self._team = identity.team
        self._known = Remembered[Standing](_KEPT, _MOST, now)

    async def is_outsider(self, message: Mapping[str, Any]) -> bool:
        """Say whether a message's author is a guest or of another workspace; when Slack does not say, they may be."""
        if any(message.get(key) not in {None, "", self._team} for key in _TEAMS):
            return True
        return (await self.standing(str(message.get("user") or ""))).outsider

    async def standing(self, user: str) -> Standing:
        """Return what somebody is here; `UNKNOWN` when Slack does not say, which is asked about again next time."""
        known = self._known.of(user)
        if known is not None:
            return known
        try:
            with told():
                async with asyncio.timeout(_SOON):
                    answer = await self._client.users_info(user=user)
        except FollowthroughError:
            return UNKNOWN
        standing = self._read(answer.get("user") or {})
        self._known.keep(user, standing)
        return standing

    def _read(self, person: Mapping[str, Any]) -> Standing:
        guest = bool(person.get("is_restricted") or person.get("is_ultra_restricted"))
        elsewhere = bool(person.get("is_stranger")) or person.get("team_id") != self._team
        return Standing(outsider=guest or elsewhere, app=bool(person.get("is_bot")))
