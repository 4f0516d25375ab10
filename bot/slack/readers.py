"""Who may read a channel: nobody is told of what they could not find themselves."""

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import FollowthroughError
from bot.slack.failures import told
from bot.slack.people import People
from bot.slack.remembered import Remembered

# seconds that an answer counts: somebody who was taken out of a channel must not hear of it for long
_KEPT = 60.0
_MOST = 200
_A_PAGE = 1_000
_PAGES = 20


@dataclass(frozen=True, slots=True)
class _Channel:
    """Who reads a channel; `members` is left empty where everybody of the workspace may."""

    public: bool
    members: frozenset[str]


class Readers:
    """Asks Slack who may read a channel, and remembers for a minute."""

    def __init__(self, client: AsyncWebClient, people: People, *, now: Callable[[], float] = monotonic) -> None:
        """Keep what is needed to ask.

        Args:
            client: Slack's Web API.
            people: Tells full members from guests.
            now: Seconds that only grow.
        """
        self._client = client
        self._people = people
        self._known = Remembered[_Channel](_KEPT, _MOST, now)

    async def may_read(self, user: str, channel: str) -> bool:
        """Say whether somebody reads a channel: they are in it, or it is public and they are a full member here.

        What Slack does not say counts as no.
        """
        try:
            found = await self._channel(channel)
            if found.public and not (await self._people.standing(user)).outsider:
                return True
            return user in (await self._members(channel) if found.public else found.members)
        except FollowthroughError:
            return False

    async def _channel(self, channel: str) -> _Channel:
        known = self._known.of(channel)
        if known is not None:
            return known
        with told():
            info = (await self._client.conversations_info(channel=channel)).get("channel") or {}
        public = bool(info.get("is_channel")) and not any(info.get(key) for key in ("is_private", "is_im", "is_mpim"))
        found = _Channel(public, frozenset() if public else await self._members(channel))
        self._known.keep(channel, found)
        return found

    async def _members(self, channel: str) -> frozenset[str]:
        members: set[str] = set()
        cursor = ""
        for _ in range(_PAGES):
            with told():
                answer = await self._client.conversations_members(channel=channel, limit=_A_PAGE, cursor=cursor)
            members.update(str(each) for each in answer.get("members") or [])
            cursor = str((answer.get("response_metadata") or {}).get("next_cursor") or "")
            if not cursor:
                break
        return frozenset(members)
