"""Claim, release, finish, reopen: by reaction or button, all one path, race-safe and undoable."""

from dataclasses import dataclass

from bot.domain.assignments import Gesture, Item, Refusal, decide
from bot.domain.posts import ItemNote, Place, PostKind, PostState, RefusalNote
from bot.errors import NeedsPerson
from bot.flows import tasks
from bot.ports import Ports, Work

# who takes away a reaction that changed nothing knows why; who adds one wants to hear
_ANSWERED_ON_MESSAGES = frozenset({Gesture.CLAIM, Gesture.FINISH})


async def gesture_on_message(
    ports: Ports, channel: str, ts: str, user: str, gesture: Gesture, *, event_id: str
) -> None:
    """Act on a reaction to an item's message; reactions to other messages mean nothing."""
    async with ports.store.work() as work:
        post = await work.post_at(channel, ts)
        if post is None or post.item_id is None or not await work.first_time(event_id):
            return
        item = await work.item(post.item_id)
        if item is not None:
            await _act(work, ports, _Made(item, channel, user, gesture, aloud=gesture in _ANSWERED_ON_MESSAGES))


async def gesture_on_item(
    ports: Ports, item_id: str, channel: str, user: str, gesture: Gesture, *, event_id: str
) -> None:
    """Act on a button of an item's message."""
    async with ports.store.work() as work:
        item = await work.item(item_id)
        if item is not None and await work.first_time(event_id):
            await _act(work, ports, _Made(item, channel, user, gesture, aloud=True))


@dataclass(frozen=True, slots=True)
class _Made:
    """A gesture that somebody made: on what, where, and whether they want to hear why it changes nothing."""

    item: Item
    channel: str
    user: str
    gesture: Gesture
    aloud: bool


async def _act(work: Work, ports: Ports, made: _Made) -> None:
    decided = decide(made.item, made.gesture, made.user, ports.clock.now())
    if isinstance(decided, Item) and await work.change_item(decided):
        await work.defer(tasks.show_item(made.item.id))
        return
    # only another process can have come between: then somebody else was first
    refusal = Refusal.TAKEN if isinstance(decided, Item) else decided
    if made.aloud and refusal is not Refusal.NOTHING_TO_DO:
        await work.defer(tasks.refuse(made.item.id, made.channel, made.user, refusal))


async def show_item(ports: Ports, item_id: str) -> None:
    """Edit an item's message to its present state; one that is not posted yet will be posted in that state."""
    async with ports.store.look() as work:
        item = await work.item(item_id)
        post = await work.post_of_item(item_id)
    if item is None or post is None or post.state is not PostState.SENT or not (post.channel and post.ts):
        return
    await ports.messenger.edit(post.channel, post.ts, ItemNote(item))


async def tell_refusal(ports: Ports, item_id: str, channel: str, user: str, refusal: Refusal) -> None:
    """Tell one person privately why their gesture changed nothing."""
    async with ports.store.look() as work:
        item = await work.item(item_id)
        job = await work.job(item.job_id) if item is not None else None
        posts = await work.posts_of_job(item.job_id) if item is not None else []
    if item is None or job is None:
        return
    parent = next((post.ts for post in posts if post.kind is PostKind.PARENT), None)
    thread = job.thread_ts or parent
    try:
        await ports.messenger.whisper(Place(channel, thread), user, RefusalNote(item, refusal))
    except NeedsPerson:
        # they left the channel meanwhile: there is nobody left to tell
        return
