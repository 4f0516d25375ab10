"""Action items and follow-ups against gold: found or not, whose, by when, and which traps were stepped into.

A prediction can be a gold item when one of its messages belongs to one of the item's turns, or when it stands at most
two turns before them and shares half of the content words: the request that the item's turns accept. Each is at most
once: as many gold items as possible are found, those that count before those that are optional; among equals the one
whose first turn it is, and then the wording, decides. What is left over is wrong, unless all it touches is optional.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from bot.engine.records import Insight, InsightKind
from bot.evaluation.counts import Counts, Share, Sum
from bot.evaluation.gold import GoldItem, GoldMeeting, Trap
from bot.evaluation.matching import best_pairs
from bot.evaluation.support import content_words, is_verbatim
from bot.evaluation.talk import Talk

_COUNTS: Final = 1e6
_OPTIONAL: Final = 1e3
_FIRST_TURN: Final = 2.0
_OTHER_TURN: Final = 1.0
_FAINT: Final = 0.5
"""What it is worth that a gold item is found, and where; the wording is worth at most 1.

A later turn of an item without a word of it is taken for it only when there is nothing better to take it for.
"""

_BEFORE: Final = 2
_HALF: Final = 0.5
"""A request stands at most so many turns before its acceptance, and shares so much of the content."""

_MISTAKEN: Final = frozenset({"same name", "inverted"})
"""Traps that are work, but somebody else's: stepped into by naming the wrong owner."""


@dataclass(frozen=True, slots=True)
class Pairing:
    """The predictions of a meeting beside its gold items.

    Attributes:
        found: Pairs of a prediction and the gold item that it is; optional ones are among them.
        wrong: Predictions that are none.
        missed: Gold items that count and were not found.
    """

    found: tuple[tuple[Insight, GoldItem], ...]
    wrong: tuple[Insight, ...]
    missed: tuple[GoldItem, ...]

    @property
    def counted(self) -> tuple[tuple[Insight, GoldItem], ...]:
        """The pairs that count."""
        return tuple((insight, item) for insight, item in self.found if not item.optional)


def pair(predictions: Sequence[Insight], meeting: GoldMeeting, talk: Talk) -> Pairing:
    """Return which prediction is which gold item."""
    worth = [
        [_worth(prediction, talk.turns(prediction.message_ids), item) for item in meeting.items]
        for prediction in predictions
    ]
    pairs = dict(best_pairs(worth))
    found = tuple((predictions[row], meeting.items[column]) for row, column in pairs.items())
    wrong = tuple(
        prediction
        for row, prediction in enumerate(predictions)
        if row not in pairs and not _only_optional(meeting.items, worth[row])
    )
    taken = set(pairs.values())
    missed = tuple(item for place, item in enumerate(meeting.items) if place not in taken and not item.optional)
    return Pairing(found, wrong, missed)


def _worth(prediction: Insight, touched: frozenset[int], item: GoldItem) -> float:
    """Return what it is worth to take a prediction for a gold item; 0 when it cannot be."""
    one, other = content_words(f"{prediction.text} {prediction.quote}"), content_words(item.text)
    shared = len(one & other)
    if item.turns[0] in touched:
        place = _FIRST_TURN
    elif touched & set(item.turns):
        if not shared:
            return _FAINT
        place = _OTHER_TURN
    elif _is_before(touched, item) and shared >= _HALF * max(1, min(len(one), len(other))):
        place = 0.0
    else:
        return 0.0
    return (_OPTIONAL if item.optional else _COUNTS) + place + shared / max(1, len(one | other))


def _is_before(touched: frozenset[int], item: GoldItem) -> bool:
    return any(0 < turn - place <= _BEFORE for turn in item.turns for place in touched)


def _only_optional(items: Sequence[GoldItem], worth: Sequence[float]) -> bool:
    touched = [item for item, value in zip(items, worth, strict=True) if value]
    return bool(touched) and all(item.optional for item in touched)


@dataclass(frozen=True)
class ItemTally(Sum):
    """What was counted.

    Attributes:
        items: Action items and follow-ups together.
        follow_ups: Follow-ups alone, found under either kind; wrong are predictions of that kind that are nothing.
        turns: Turns that carry work, instead of items.
        kinds: Found items of the right kind.
        owners_right: Found items that have an owner, with that owner.
        abstained: Found items that have an owner, without one.
        wrong_owners: Found items with another owner than theirs, or with one though they have none.
        inverted: Found items given to somebody who speaks in them though they are another's.
        due_right: Found items with the right day, of those that have a day or were given one.
        repeated: Wrong predictions that touch a turn of a gold item: mostly the same work a second time.
        told: Words of the texts of found items, without names of who speaks, that are in the predictions' texts.
        unsupported: Predictions whose quote is not verbatim in their messages.
        firm: Predictions called definitive that are right.
        traps: The kind of each trap, and whether it was stepped into.
        scored: The score of each prediction, and whether it was right.
    """

    items: Counts = field(default_factory=Counts)
    follow_ups: Counts = field(default_factory=Counts)
    turns: Counts = field(default_factory=Counts)
    kinds: Share = field(default_factory=Share)
    owners_right: Share = field(default_factory=Share)
    abstained: Share = field(default_factory=Share)
    wrong_owners: Share = field(default_factory=Share)
    inverted: Share = field(default_factory=Share)
    due_right: Share = field(default_factory=Share)
    repeated: Share = field(default_factory=Share)
    told: Share = field(default_factory=Share)
    unsupported: Share = field(default_factory=Share)
    firm: Share = field(default_factory=Share)
    traps: tuple[tuple[str, bool], ...] = ()
    scored: tuple[tuple[float, bool], ...] = ()


def tally(predictions: Sequence[Insight], meeting: GoldMeeting, talk: Talk) -> ItemTally:
    """Count how right the action items and follow-ups of a meeting are."""
    pairing = pair(predictions, meeting, talk)
    counted = pairing.counted
    counting = (*(insight for insight, _ in counted), *pairing.wrong)
    owned = [(insight, item) for insight, item in counted if item.owner]
    dated = [(insight, item) for insight, item in counted if insight.due or item.due]
    right = {id(insight) for insight, _ in counted}
    worked = {turn for item in meeting.items for turn in item.turns}
    firm = [insight for insight in counting if insight.definitive]
    return ItemTally(
        items=Counts(len(counted), len(counting), sum(not item.optional for item in meeting.items)),
        follow_ups=_follow_ups(pairing, meeting),
        turns=_turns(predictions, meeting, talk),
        kinds=Share(sum(item.follow_up is _is_follow_up(insight) for insight, item in counted), len(counted)),
        owners_right=Share(sum(is_same_owner(insight, item, meeting) for insight, item in owned), len(owned)),
        abstained=Share(sum(insight.owner is None for insight, _ in owned), len(owned)),
        wrong_owners=Share(sum(has_wrong_owner(*each, meeting) for each in counted), len(counted)),
        inverted=Share(sum(is_inverted(*each, meeting) for each in counted), len(counted)),
        due_right=Share(sum(insight.due == item.due for insight, item in dated), len(dated)),
        repeated=Share(sum(bool(talk.turns(each.message_ids) & worked) for each in pairing.wrong), len(pairing.wrong)),
        told=sum((_told(*each, meeting) for each in counted), Share()),
        unsupported=Share(sum(not is_verbatim(insight, talk.messages) for insight in predictions), len(predictions)),
        firm=Share(sum(id(insight) in right for insight in firm), len(firm)),
        traps=_traps(pairing, meeting, talk),
        scored=tuple((insight.score, id(insight) in right) for insight in counting),
    )


def _told(insight: Insight, item: GoldItem, meeting: GoldMeeting) -> Share:
    """Count the words by which somebody tells what an item is about that are in its text."""
    speaking = content_words(" ".join(meeting.speakers))
    written = content_words(item.text) - speaking
    return Share(len(written & content_words(insight.text)), len(written))


def _is_follow_up(insight: Insight) -> bool:
    return insight.kind is InsightKind.FOLLOW_UP


def _follow_ups(pairing: Pairing, meeting: GoldMeeting) -> Counts:
    """Count follow-ups: what kind an item was called is a figure of its own."""
    found = sum(item.follow_up for _, item in pairing.counted)
    wrong = sum(map(_is_follow_up, pairing.wrong))
    return Counts(found, found + wrong, sum(item.follow_up and not item.optional for item in meeting.items))


def is_same_owner(insight: Insight, item: GoldItem, meeting: GoldMeeting) -> bool:
    """Tell whether a prediction gives an item to its owner; of somebody absent the first name is enough."""
    if insight.owner is None or item.owner is None:
        return False
    named, meant = insight.owner.name.casefold().split(), item.owner.casefold().split()
    return named == meant or (item.owner not in meeting.speakers and named[:1] == meant[:1])


def has_wrong_owner(insight: Insight, item: GoldItem, meeting: GoldMeeting) -> bool:
    """Tell whether a prediction gives an item to somebody whose it is not."""
    return insight.owner is not None and not is_same_owner(insight, item, meeting)


def is_inverted(insight: Insight, item: GoldItem, meeting: GoldMeeting) -> bool:
    """Tell whether who asked was taken for who owes: a wrong owner who speaks in the item's turns."""
    if insight.owner is None or item.owner is None or not has_wrong_owner(insight, item, meeting):
        return False
    return insight.owner.name in {meeting.turns[turn].speaker for turn in item.turns}


def _turns(predictions: Iterable[Insight], meeting: GoldMeeting, talk: Talk) -> Counts:
    """Count turns that carry work; what only optional items touch counts neither way."""
    gold = {turn for item in meeting.items if not item.optional for turn in item.turns}
    neither = {turn for item in meeting.items if item.optional for turn in item.turns} - gold
    predicted = {turn for insight in predictions for turn in talk.turns(insight.message_ids)} - neither
    return Counts(len(gold & predicted), len(predicted), len(gold))


def _traps(pairing: Pairing, meeting: GoldMeeting, talk: Talk) -> tuple[tuple[str, bool], ...]:
    """Return the kind of each trap, and whether it was stepped into."""
    invented = _touched(pairing.wrong, talk)
    mistaken = _touched((each[0] for each in pairing.counted if has_wrong_owner(*each, meeting)), talk)
    return tuple((trap.kind, _fell(trap, invented, mistaken)) for trap in meeting.traps)


def _fell(trap: Trap, invented: frozenset[int], mistaken: frozenset[int]) -> bool:
    touched = invented | mistaken if trap.kind in _MISTAKEN else invented
    return bool(touched & set(trap.turns))


def _touched(insights: Iterable[Insight], talk: Talk) -> frozenset[int]:
    return frozenset(turn for insight in insights for turn in talk.turns(insight.message_ids))
