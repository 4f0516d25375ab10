"""One look at a recording before it is fetched: what it is, whether it can be had, about how long it takes."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from bot.domain.cures import takes_passcode
from bot.domain.jobs import Job
from bot.domain.passcodes import passcode_of_link
from bot.domain.previews import Preview
from bot.domain.timing import TYPICAL_SHARE, Estimate, understanding_time
from bot.errors import FollowthroughError, Obstacle
from bot.links.secrets import without_secrets
from bot.ports import Ports

# seconds; whoever shared it waits for the offer, and a site that is slower than that is met again by the fetch
_PATIENCE = 15.0
_SHARES = 20
_WRONG = "That passcode did not open it."
_GONE = "I no longer have the passcode: I keep one in memory only, for ten minutes at most."
_log = logging.getLogger(__name__)


async def look(ports: Ports, job: Job, *, given: bool = False) -> Preview | None:
    """Look at a job's recording, with what was given to open it; None when there was no answer.

    A passcode that opens it is kept for the fetch, one that does not is forgotten.

    Args:
        ports: What the flows are given.
        job: Whose recording it is.
        given: Whether a passcode was entered for it: when none is in memory any more, the answer says so.
    """
    codes = codes_of(ports, job)
    carried = passcode_of_link(job.recording.location) if takes_passcode(job.recording) else None
    attempts: list[str | None] = [*(codes or (None,)), *([carried] if carried else [])]
    preview = None
    for code in attempts:
        preview = await _answered(ports, job, code)
        if preview is None:
            return None
        if preview.obstacle is not Obstacle.PASSCODE:
            if code is not None:
                ports.passcodes.give(job.id, [code], ports.clock.now())
            return preview
    if preview is None:
        return None
    if codes:
        forget_codes(ports, job)
    return replace(preview, what=about_passcode(codes, given=given) or preview.what)


def about_passcode(codes: Sequence[str], *, given: bool) -> str:
    """Say what became of a passcode when one is still asked for; empty when none was given."""
    if codes:
        return _WRONG
    return _GONE if given else ""


async def _answered(ports: Ports, job: Job, code: str | None) -> Preview | None:
    try:
        async with asyncio.timeout(_PATIENCE):
            told = await ports.fetcher.look(job.recording, code)
            return replace(told, what=without_secrets(told.what), cure=without_secrets(told.cure))
    except (FollowthroughError, TimeoutError) as error:
        _log.info("A look was not answered: %s", type(error).__name__, extra={"job": job.id})
    except Exception:  # noqa: BLE001 - a page that nobody foresaw must not keep people from being asked
        _log.exception("A look failed", extra={"job": job.id})
    return None


def codes_of(ports: Ports, job: Job) -> tuple[str, ...]:
    """Return the passcodes that were given for a job, or said where it was shared; none where none can help."""
    if not takes_passcode(job.recording):
        return ()
    now = ports.clock.now()
    return ports.passcodes.of(job.id, now) or ports.passcodes.of(_where(job), now)


def forget_codes(ports: Ports, job: Job) -> None:
    """Forget what was given for a job."""
    ports.passcodes.forget(job.id, _where(job))


def _where(job: Job) -> tuple[str, str]:
    return job.channel, job.thread_ts or job.message_ts or ""


def seen(job: Job, preview: Preview) -> Job:
    """Return a job with what the look at its recording told."""
    return replace(job, preview=preview, obstacle=preview.obstacle, reason=preview.what, cure=preview.cure)


async def takes(ports: Ports, job: Job) -> Estimate | None:
    """Say about how long understanding a job's recording takes, by what this bot's last recordings took."""
    if job.preview is None or job.obstacle is not None:
        return None
    async with ports.store.look() as work:
        shares = await work.listening_shares(_SHARES)
    return understanding_time(job.preview, median(shares) if shares else TYPICAL_SHARE)
