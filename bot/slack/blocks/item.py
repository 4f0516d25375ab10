"""An action item's own message, and what one person is told when their gesture changes nothing."""

from datetime import date

from bot.domain.assignments import Item, ItemKind, ItemState, Refusal
from bot.domain.conversation import Evidence
from bot.slack.blocks.ids import Press
from bot.slack.blocks.kit import (
    Block,
    Emoji,
    Message,
    Person,
    Piece,
    Words,
    actions,
    button,
    context_line,
    quote,
    section,
    spoken,
)
from bot.slack.blocks.words import clock, ended, shorten
from bot.slack.options import Signs

_TEXT = 250  # characters of what is to be done: two lines in a channel, and room for its escapes in 4,000
_QUOTE = 400
_NAME = 60


def item_message(item: Item, signs: Signs) -> Message:
    """Show an item in its present state: what, who, by when, the words it rests on, and what can be done with it."""
    done = item.state is ItemState.DONE
    what = shorten(item.text, _TEXT) or "(no words)"
    kind = "Follow-up" if item.kind is ItemKind.FOLLOW_UP else "Action item"
    headline: list[Piece] = [Words("✅ ")] if done else []
    if item.kind is ItemKind.FOLLOW_UP:
        headline.append(Words("Follow-up: ", bold=not done))
    headline.append(Words(what, bold=not done, strike=done))
    who = _who(item)
    said = quoted(item.evidence, _QUOTE)
    lead: list[Piece] = [Words(f"{kind}, done: " if done else f"{kind}: "), Words(ended(what))]
    blocks = [
        quote([headline, who], said) if said else section(headline, who),
        context_line(_hint(item.state, signs)),
        actions(*_buttons(item, what)),
    ]
    lines = [lead, [*who, Words(".")], *([said] if said else [])]
    return Message(spoken(*lines), blocks)


def quoted(evidence: Evidence, limit: int) -> list[Piece]:
    """Return the words that a claim rests on, with who said them and when; empty when there are none."""
    words = shorten(evidence.quote, limit)
    if not words:
        return []
    name = shorten(evidence.speaker or "", _NAME)
    return [Words(f"“{words}” "), Words(f"{name}, {clock(evidence.at)}" if name else clock(evidence.at), italic=True)]


def day(due: date, near: date) -> str:
    """Return a day as people write it: `Fri 6 Mar`, with its year when that is not `near`'s."""
    text = f"{due:%a} {due.day} {due:%b}"
    return text if due.year == near.year else f"{text} {due.year}"


def _who(item: Item) -> list[Piece]:
    by_when = f" · by {day(item.due, item.changed_at.date())}" if item.due is not None else ""
    if item.state is ItemState.DONE:
        return [Words("Done by "), Person(item.finished_by or ""), Words(by_when)]
    if item.state is ItemState.CLAIMED:
        return [Person(item.claimed_by or ""), Words(" has it"), Words(by_when)]
    owner = shorten(item.owner or "", _NAME)
    return [Words(f"For {owner}, as said in the meeting · unclaimed" if owner else "Unclaimed"), Words(by_when)]


def _hint(state: ItemState, signs: Signs) -> list[Piece]:
    claim, finish = Emoji(signs.claim[0]), Emoji(signs.finish[0])
    match state:
        case ItemState.OPEN:
            return [claim, Words(" claim · "), finish, Words(" done")]
        case ItemState.CLAIMED:
            return [Words("Remove your "), claim, Words(" to release · "), finish, Words(" done")]
        case ItemState.DONE:
            return [Words("Remove your "), finish, Words(" to reopen")]


def _buttons(item: Item, what: str) -> list[Block]:
    done = button("Done", Press.FINISH, item.id, about=what)
    match item.state:
        case ItemState.OPEN:
            return [button("I’ll take it", Press.CLAIM, item.id, primary=True, about=what), done]
        case ItemState.CLAIMED:
            return [done, button("Release", Press.RELEASE, item.id, about=what)]
        case ItemState.DONE:
            return [button("Reopen", Press.REOPEN, item.id, about=what)]


def refusal_message(item: Item, refusal: Refusal) -> Message:
    """Say privately why a gesture changed nothing."""
    what = Words(f" ({shorten(item.text, _TEXT)})")
    line: list[Piece]
    match refusal:
        case Refusal.TAKEN:
            line = [Person(item.claimed_by or ""), Words(" was first and has this one"), what]
            line.append(Words(". Ask them if you would rather do it."))
        case Refusal.ALREADY_DONE:
            line = [Words("This one is done already"), what, Words(", by "), Person(item.finished_by or ""), Words(".")]
        case Refusal.NOT_YOURS if item.state is ItemState.DONE:
            line = [Words("Only "), Person(item.finished_by or ""), Words(" can reopen this one"), what, Words(".")]
        case Refusal.NOT_YOURS:
            line = [Words("Only "), Person(item.claimed_by or ""), Words(" can release this one"), what, Words(".")]
        case Refusal.NOTHING_TO_DO:
            line = [Words("It is so already"), what, Words(".")]
    return Message(spoken(line), [section(line)])
