"""From a link to the best thing behind it: each way in turn, and the most telling failure when none leads there."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import httpx

from bot.domain.recordings import MediaKind, Recording
from bot.errors import FollowthroughError, NeedsPerson, NoAccess, Obstacle, Unavailable
from bot.links.link import Link, look_at
from bot.links.secrets import without_secrets
from bot.links.source import Action
from bot.links.switches import Switches
from bot.ports import Clock, FetchProgress, Preview
from bot.sources.accounts.account import Account, Media
from bot.sources.dates import is_plausible
from bot.sources.door import Door
from bot.sources.downloads import Downloaded, Limits, Request, download
from bot.sources.judging import UNEXPLAINED, Trail, check_words, is_attachment, is_page, refused_by, url_of, why
from bot.sources.media import Content, look_at_bytes
from bot.sources.names import cleaned
from bot.sources.pages import kept_by, read_page, where_it_leads
from bot.sources.preview import Peek, peek, refused, seen
from bot.sources.raw import CameAsPage, Raw, check_linked, raw_of
from bot.sources.resolver.resolved import Resolved, Resolver, Stream
from bot.sources.transcripts.transcript import read_transcript
from bot.sources.ways import Way, refusal, tells_more, ways_to, with_cure


@dataclass(frozen=True, slots=True)
class LinkedRecordings:
    """Fetches what links lead to.

    Attributes:
        door: The one to the outside.
        clock: Tells which days are plausible.
        limits: What a download may cost.
        accounts: The operator's, in the order in which they are asked.
        resolver: yt-dlp, when it is installed.
        switches: Which sources the operator switched on and off.
    """

    door: Door
    clock: Clock
    limits: Limits
    accounts: Sequence[Account] = ()
    resolver: Resolver | None = None
    switches: Switches = field(default_factory=Switches)

    async def fetch(self, recording: Recording, target: Path, progress: FetchProgress, passcode: str | None) -> Raw:
        """Bring what is behind a link to `target`.

        Raises:
            NeedsPerson: It cannot be had, or is no recording; the error says what to do.
            Unavailable: The other side did not answer; trying again can help.
        """
        link = look_at(recording.location)
        failure: FollowthroughError | None = None
        for way in self._ways(link):
            try:
                match way:
                    case Way.ACCOUNT:
                        return await self._from_account(link, target, progress)
                    case Way.DOWNLOAD:
                        return await self._downloaded(link, recording.name, target, progress)
                    case Way.PAGE:
                        return await self._resolved(link, target, progress, passcode)
            except (NeedsPerson, Unavailable) as error:
                told = with_cure(error, link, own=way is Way.ACCOUNT)
                failure = told if failure is None else tells_more(failure, told)
        raise failure or refusal(link, Obstacle.WRONG_KIND)

    async def look(self, recording: Recording, passcode: str | None) -> Preview:
        """Look at what is behind a link with one small request.

        Raises:
            Unavailable: The other side did not answer; trying again can help.
        """
        link = look_at(recording.location)
        unseen = Preview(link.product, recording.name, url=without_secrets(link.request))
        failure: FollowthroughError | None = None
        try:
            ways = self._ways(link)
        except NeedsPerson as error:
            return refused(unseen, error)
        for way in ways:
            try:
                match way:
                    case Way.ACCOUNT:
                        return self._told(unseen, await self._account(link).find(link), None)
                    case Way.DOWNLOAD:
                        found = await self._seen(link, recording.name)
                        if found.obstacle is None or failure is None:
                            return found
                        failure = tells_more(failure, NoAccess(found.what, found.cure, obstacle=found.obstacle))
                    case Way.PAGE:
                        return await self._read(link, unseen, passcode)
            except (NeedsPerson, Unavailable) as error:
                told = with_cure(error, link, own=way is Way.ACCOUNT)
                failure = told if failure is None else tells_more(failure, told)
        if isinstance(failure, Unavailable):
            raise failure
        return refused(unseen, failure or refusal(link, Obstacle.WRONG_KIND))

    def _ways(self, link: Link) -> list[Way]:
        opened = any(account.opens(link) for account in self.accounts)
        return ways_to(link, self.switches, account=opened, resolver=self.resolver is not None)

    def _account(self, link: Link) -> Account:
        return next(account for account in self.accounts if account.opens(link))

    def _client(self) -> httpx.AsyncClient:
        return self.door.client(connect_seconds=self.limits.connect_seconds, idle_seconds=self.limits.idle_seconds)

    # ------------------------------------------------------------------------------------------------------ account

    async def _from_account(self, link: Link, target: Path, progress: FetchProgress) -> Raw:
        files = await self._account(link).find(link)
        try:
            return await self._best_of(link, files, target, progress)
        except (NeedsPerson, Unavailable) as error:
            raise with_cure(error, link) from error

    async def _best_of(
        self,
        link: Link,
        files: Sequence[Media | Stream],
        target: Path,
        progress: FetchProgress,
        page: Resolved | None = None,
    ) -> Raw:
        """Fetch the first of several files that can be had."""
        failures: dict[bool, FollowthroughError] = {}  # by whether it was only the words of it
        for file in files:
            only_words = file.kind is MediaKind.TRANSCRIPT
            try:
                if isinstance(file, Media):
                    raw = await self._one(link, file, target, progress)
                elif page is not None:
                    raw = await page.save(file, target, self.limits, progress)
                else:
                    continue
                if only_words:
                    await asyncio.to_thread(check_words, raw)
            except (NeedsPerson, Unavailable) as error:
                await asyncio.to_thread(target.unlink, missing_ok=True)
                failures.setdefault(only_words, error)
                continue
            return raw
        raise failures.get(False) or failures.get(True) or refusal(link, Obstacle.NOT_FOUND)

    async def _one(self, link: Link, file: Media, target: Path, progress: FetchProgress) -> Raw:
        async with self._client() as client:
            trail = Trail(link, url_of(file.url))
            try:
                got = await self._save(client, trail, target, progress, file.headers)
            except CameAsPage as page:
                raise kept_by(read_page(page.head, trail.at), link) from None
        raw = raw_of(got, file.name, self._today())
        return self._as_told(raw, file.name, file.recorded_on)

    # ----------------------------------------------------------------------------------------------------- download

    async def _downloaded(self, link: Link, name: str, target: Path, progress: FetchProgress) -> Raw:
        async with self._client() as client:
            trail = Trail(link, url_of(link.request))
            try:
                got = await self._save(client, trail, target, progress)
            except CameAsPage as page:
                addresses = where_it_leads(read_page(page.head, trail.at), link)
            except NoAccess as error:
                raise (error if trail.ended else await self._explained(client, link, error)) from None
            else:
                return raw_of(got, name, self._today())
            failure: FollowthroughError = refusal(link, Obstacle.NOT_FOUND)
            for address in addresses:
                trail.at = url_of(address)
                try:
                    raw = raw_of(await self._save(client, trail, target, progress), name, self._today())
                    if len(addresses) > 1:
                        await asyncio.to_thread(check_words, raw)
                except CameAsPage as page:
                    failure = kept_by(read_page(page.head, trail.at), link)
                except (NeedsPerson, Unavailable) as error:
                    await asyncio.to_thread(target.unlink, missing_ok=True)
                    failure = error
                else:
                    return raw
        raise failure

    async def _save(
        self,
        client: httpx.AsyncClient,
        trail: Trail,
        target: Path,
        progress: FetchProgress,
        headers: Mapping[str, str] | None = None,
    ) -> Downloaded:
        request = Request(str(trail.at), headers=headers, check_hop=trail.go, check_head=check_linked)
        got = await download(client, request, target, self.limits, progress)
        if trail.link.source.attachment and not headers and not is_attachment(got.headers):
            await asyncio.to_thread(target.unlink, missing_ok=True)
            raise CameAsPage(got.head)
        return got

    async def _explained(self, client: httpx.AsyncClient, link: Link, error: NoAccess) -> NeedsPerson:
        """Ask once more for what a refusal says of itself: its body was not read on the way."""
        if error.obstacle not in UNEXPLAINED:
            return error
        trail = Trail(link, url_of(link.request))
        try:
            return why(link, await peek(client, link.request, self.limits, check_hop=trail.go), error)
        except NeedsPerson as other:
            return other
        except Unavailable:
            return error

    async def _seen(self, link: Link, name: str) -> Preview:
        async with self._client() as client:
            trail = Trail(link, url_of(link.request))
            first = await peek(client, link.request, self.limits, check_hop=trail.go)
            unseen = Preview(link.product, name, url=without_secrets(str(first.url)), status=first.status)
            try:
                return await self._judged(client, trail, name, first)
            except NeedsPerson as error:
                return refused(unseen, with_cure(error, link))

    async def _judged(self, client: httpx.AsyncClient, trail: Trail, name: str, first: Peek) -> Preview:
        link = trail.link
        if first.denied:
            raise why(link, first, refused_by(first, link))
        first.check()
        if not is_page(first, link):
            return await self._passed(link, name, first)
        page = read_page(first.head, first.url)
        name = cleaned(page.title) if page.title and link.source.action is Action.UNKNOWN else name
        failure: FollowthroughError = refusal(link, Obstacle.NOT_FOUND)
        for address in where_it_leads(page, link):
            try:
                return await self._passed(link, name, await peek(client, address, self.limits, check_hop=trail.go))
            except (NeedsPerson, Unavailable) as error:
                failure = error
        raise failure

    async def _passed(self, link: Link, name: str, at: Peek) -> Preview:
        """Return what the first bytes of a file tell, when it can be had."""
        at.check()
        if is_page(at, link):
            raise kept_by(read_page(at.head, at.url), link)
        check_linked(at.head)
        self.limits.check_size(at.size)
        if look_at_bytes(at.head).content is Content.TEXT and at.size == len(at.head):
            await asyncio.to_thread(read_transcript, at.head)
        return seen(link, name, at)

    # --------------------------------------------------------------------------------------------------------- page

    async def _resolved(self, link: Link, target: Path, progress: FetchProgress, passcode: str | None) -> Raw:
        async with self._page(link, target.parent, passcode) as page:
            raw = await self._best_of(link, page.files, target, progress, page)
        return self._as_told(raw, page.title, page.day)

    async def _read(self, link: Link, unseen: Preview, passcode: str | None) -> Preview:
        async with self._page(link, None, passcode) as page:
            known = replace(unseen, name=page.title or unseen.name)
            return self._told(known, page.files, page.seconds)

    @asynccontextmanager
    async def _page(self, link: Link, folder: Path | None, passcode: str | None) -> AsyncIterator[Resolved]:
        if self.resolver is None:
            raise refusal(link, Obstacle.BLOCKED)
        async with AsyncExitStack() as stack:
            try:
                page = await stack.enter_async_context(self.resolver.open(link, folder, passcode))
            except NoAccess as error:
                raise await self._in_its_words(link, error) from error
            yield page

    async def _in_its_words(self, link: Link, error: NoAccess) -> NeedsPerson:
        """Look at a page that its reader could not make sense of: its words may say what keeps the recording."""
        if error.obstacle is not None:
            return error
        with contextlib.suppress(NeedsPerson, Unavailable):
            async with self._client() as client:
                at = await peek(client, link.request, self.limits, check_hop=Trail(link, url_of(link.request)).go)
            page = read_page(at.head, at.url)
            obstacle = page.asks or page.says
            if obstacle is not None:
                return refusal(link, obstacle)
        return NoAccess(error.what, error.cure, obstacle=Obstacle.BLOCKED)

    def _told(self, preview: Preview, files: Sequence[Media | Stream], seconds: float | None) -> Preview:
        """Return what a source says of its own files, the best of which counts."""
        if not files:
            return preview
        best = files[0]
        self.limits.check_size(best.size)
        return replace(
            preview, name=best.name or preview.name, kind=best.kind, size=best.size, seconds=best.seconds or seconds
        )

    def _as_told(self, raw: Raw, name: str, day: date | None) -> Raw:
        """Call a recording what its source calls it, and date it so, where that makes sense."""
        told = day if day and is_plausible(day, self._today()) else None
        return replace(raw, name=cleaned(name) or raw.name, day=told or raw.day)

    def _today(self) -> date:
        return self.clock.now().date()
