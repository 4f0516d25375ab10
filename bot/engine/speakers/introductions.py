"""What people call themselves: names for voices that have none, with the message in which they said so."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from bot.engine.insights.names import GIVEN_NAMES
from bot.engine.insights.people import is_named
from bot.engine.insights.sentences import plain
from bot.engine.insights.vocabulary import CALENDAR_WORDS, STOP_WORDS, words
from bot.engine.records import Message

SURE: Final = 0.85
"""A sentence whose voice is less sure says nothing about that voice."""

FIRST_SENTENCES: Final = 6
"""People introduce themselves when they begin to speak; later "this is Ana" is often a picture, or somebody else."""

_NAME: Final = (
    r"(?P<name>[^\W\d_a-zà-ÿ][\w'’-]*[^\W_]"
    r"(?:\s+(?:(?:van|von|de|da|del|di|der|den|el|la|las|los|bin|al)\s+)*[^\W\d_a-zà-ÿ][\w'’-]*[^\W_]){0,2})"
)
_OPENS: Final = (
    r"(?:^|[,;:.!–—]\s*|\b(?i:hi|hello|hey|so|and|okay|ok|yes|yeah|well|there|all|everyone|everybody|guys|team|morning"
    r"|afternoon|evening)\s+)"
)
"""Where a clause begins: whoever says "I think this is Ana" means somebody else."""
_HEARD_FROM: Final = r"(?:here|speaking|calling|on the (?:line|phone|call))\b"
_GOES_ON: Final = (
    rf"(?=\s*[.!…]*$|[.!]\s|\s*[,–—-]*\s*(?:{_HEARD_FROM}|again\b|from\b|with\b|in\b|at\b|and\s+(?:I|I'm|I’m)\b|I\b"
    r"|I['’]|we\b))"
)
"""What may follow one's own name; "this is Ana, our designer" and "this is Ana's idea" are about somebody else."""

_OWN_NAME: Final = re.compile(
    rf"\b(?i:my\s+(?:full\s+)?name(?:\s+is|['’]s)|i\s*(?:am|['’]m)\s+called)\s+{_NAME}(?!['’]s\b)"
)
_WEAK: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_OPENS}(?i:this\s+is)\s+{_NAME}(?!['’]s\b){_GOES_ON}",
        rf"{_OPENS}(?i:it['’]s|it\s+is)\s+{_NAME}\s+(?:{_HEARD_FROM}|from\b)",
        rf"{_OPENS}(?i:i\s*am|i['’]m)\s+{_NAME}(?!['’]s\b){_GOES_ON}",
        rf"{_OPENS}{_NAME}\s+(?:here|speaking)(?=\s*[.!,…]|\s*$|\s+(?:from|with|again)\b)",
    )
)
_ADDRESSED: Final = re.compile(
    rf"(?:^|[.!]\s+)(?:(?i:and|so|okay|thanks|thank\s+you|hi|hello|hey),?\s+)?{_NAME},|,\s+(?P<last>[^\W\d_a-zà-ÿ][\w'’-]+)[?.!]$"
)
_NOBODY: Final = words(
    """english german french spanish italian dutch danish swedish polish hungarian american british irish indian chinese
    japanese european muslim christian jewish catholic vegan sorry sure here there nobody somebody everybody everyone
    god jesus slack zoom teams google"""
)


@dataclass(frozen=True, slots=True)
class Introduction:
    """A name for somebody who had none.

    Attributes:
        person_id: Whom it names.
        name: As they said it.
        message_id: Where they said it.
    """

    person_id: str
    name: str
    message_id: str


def introductions(messages: Sequence[Message]) -> tuple[Introduction, ...]:
    """Return the names that nameless speakers gave themselves; none where the evidence contradicts itself.

    Who gives two names has none, and neither has anybody whose name somebody else has or gives too, or who addresses
    somebody by it. That others address them by a name just before they speak makes up for a name that is not known.
    """
    called = _called(messages)
    claims: dict[str, list[Introduction]] = defaultdict(list)
    spoken: dict[str, int] = defaultdict(int)
    for message in messages:
        if message.speaker is None or is_named(message.speaker) or not message.speaker.id:
            continue
        person_id = message.speaker.id
        spoken[person_id] += 1
        if message.speaker_score is not None and message.speaker_score < SURE:
            continue
        known = GIVEN_NAMES | called[person_id]
        for name in _names(message.text, known, early=spoken[person_id] <= FIRST_SENTENCES):
            claims[person_id].append(Introduction(person_id, name, message.id))
    own = [settled for each in claims.values() if (settled := _settled(each))]
    taken = {message.speaker.name for message in messages if message.speaker and is_named(message.speaker)}
    addressing = _addressing(messages)
    return tuple(
        one
        for one in own
        if not any(_alike(one.name, other.name) for other in own if other is not one)
        and not any(_alike(one.name, name) for name in taken)
        and _first(one.name) not in addressing[one.person_id]
    )


def _names(text: str, known: frozenset[str], *, early: bool) -> Iterator[str]:
    """Yield what somebody calls themselves in a sentence; a question is none."""
    if text.rstrip().endswith("?") or text.isupper():
        return
    for match in _OWN_NAME.finditer(text):
        if _may_be_name(match["name"]):
            yield match["name"]
    if not early:
        return
    for pattern in _WEAK:
        for match in pattern.finditer(text):
            if _may_be_name(match["name"]) and _first(match["name"]) in known:
                yield match["name"]


def _may_be_name(name: str) -> bool:
    parts = plain(name).split()
    if not parts or parts[-1].endswith("'s"):
        return False
    return not any(part in _NOBODY or part in STOP_WORDS or part in CALENDAR_WORDS - GIVEN_NAMES for part in parts)


def _first(name: str) -> str:
    """Return a first name as lists have it: in lower case and without accents."""
    letters = unicodedata.normalize("NFKD", plain(name).split()[0])
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _settled(claims: Sequence[Introduction]) -> Introduction | None:
    """Return the one name among somebody's claims, in its longest form; None when there are two."""
    longest = max(claims, key=lambda claim: len(claim.name.split()))
    if all(_alike(claim.name, longest.name) for claim in claims):
        return longest
    return None


def _alike(one: str, other: str) -> bool:
    """Say whether two names may be one person's: the shorter is how the longer begins."""
    first, second = plain(one).split(), plain(other).split()
    least = min(len(first), len(second))
    return first[:least] == second[:least]


def _called(messages: Sequence[Message]) -> dict[str, frozenset[str]]:
    """Return by speaker the names by which others address them just before they speak."""
    found: dict[str, frozenset[str]] = defaultdict(frozenset)
    for before, after in pairwise(messages):
        if before.speaker and after.speaker and before.speaker.id != after.speaker.id:
            found[after.speaker.id] |= _addressed(before.text)
    return found


def _addressing(messages: Sequence[Message]) -> dict[str, frozenset[str]]:
    """Return by speaker the names by which they address others."""
    found: dict[str, frozenset[str]] = defaultdict(frozenset)
    for message in messages:
        if message.speaker:
            found[message.speaker.id] |= (
                _addressed(message.text) if message.text.rstrip().endswith("?") else frozenset()
            )
    return found


def _addressed(text: str) -> frozenset[str]:
    names = (match["name"] or match["last"] for match in _ADDRESSED.finditer(text))
    return frozenset(_first(name) for name in names if _may_be_name(name))
