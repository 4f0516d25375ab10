"""Whom "you" means and what "it" stands for, from the words right before.

Where one thing is meant, it is named; where nobody can tell which, what was said before is quoted, so that an item can
be read alone. Words that nobody said are in neither.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bot.engine.insights.cues import Cue
from bot.engine.insights.people import Roster, is_named
from bot.engine.insights.sentences import Sentence
from bot.engine.insights.vocabulary import CALENDAR_WORDS, NUMBER_WORDS, ORDINALS, STOP_WORDS, words
from bot.engine.records import Person

REACH: Final = 4
"""What "it" means was said at most so many sentences before."""

SHORT: Final = 12
"""A sentence of at most so many words is repeated whole where no single thing in it is meant."""

_DETERMINER: Final = r"(?:the|an?|my|our|your|his|her|their|another)"
_THING: Final = re.compile(
    r"(?<!\bnot\s)(?<!\bis\s)(?<!\bare\s)(?<!\bwas\s)(?<!\bbe\s)(?<!'s\s)(?<!'re\s)(?<!\bin\s)(?<!\bon\s)(?<!\bat\s)(?<!\bto\s)"
    r"(?<!\bof\s)(?<!\bfor\s)(?<!\bwith\s)(?<!\bfrom\s)(?<!\bby\s)(?<!\bas\s)(?<!\bthan\s)(?<!\binto\s)"
    rf"\b{_DETERMINER}\s+((?:[^\W\d_][\w'-]*\s+){{0,3}}?[^\W\d_][\w'-]*(?:\s+of\s+(?:the|our|my|your)\s+[^\W\d_][\w-]*)?)"
    r"(?=\s+(?:is|are|was|were|has|have|had|will|would|can|could|should|for|to|in|on|at|by|with|from|about|and|or|but"
    r"|that|which|who|as|so|because|before|after|when|than|then|today|tomorrow|tonight|this|next|last|into|over|up|out"
    r"|off|open|ready|done|briefed|here|there|again|already|too|first|now|please|yet|[a-z]+(?:ed|ly))\b|\s*[,.;:?!]|\s*$)"
)
_ABBREVIATED: Final = re.compile(r"\b[A-Z]{2,}\b")
_WORD: Final = re.compile(r"[^\W\d_][\w'-]*")
_DOING: Final = re.compile(r"do\s+(?:it|that|this|so)\b")
_PRONOUN: Final = re.compile(
    r"\b(it|them|one|those|these|that|him|her)\b(?=\s+(?:up|out|in|over|back|down|off|on|away|round|across|to|by|with|for|at|from|then|today"
    r"|tomorrow|tonight|this|next|before|after|when|once|as|myself|gently|and|straight|directly)\b|\s*[,.?!]|\s*$)"
)
_PARTICLE: Final = re.compile(
    r"\s+(?:(?:up|out|over|back|down|off|away|round|across)\b(?!\s+(?:the|a|an|my|our|it)\b)"
    r"|(?:in|on)(?=\W*$|\s+as\b))"
)
_OBJECTS: Final = frozenset({"him", "her"})
_MANY: Final = frozenset({"them", "those", "these"})
_RIVAL: Final = re.compile(r"\b(?:it|this)\b")
"""Where one of these stands as well, something else may be meant."""

_DULL: Final = words("worst guy man woman lady bloke point problem word chat minute favour favor chance idea")
"""What is no thing that somebody sends, writes or orders."""

_KINDS: Final = words("new old next last first second same other whole best right long little great good")
"""Small words that are part of a name: "the new price list"."""

_PLURALS: Final = words("people folks children")
_IDLE: Final = frozenset({"call", "make"})
"""“Call it Tuesday”, “make it work”: here "it" stands for nothing."""

_LEANS: Final = re.compile(
    r"\W*(?:(?:and|but|so|well|oh|yes|yeah|no|okay)\b\W*)*(?:it|that|this|they|he|she|them)(?:'|\b)"
)
"""A sentence that begins so needs the one before as well."""

_CHATTER: Final = re.compile(
    r"\W*(?:thank|thanks|sorry|good|great|lovely|brilliant|perfect|bless|deal|fine|jesus|god|lord|oh,? for|blimey"
    r"|ugh|wow|damn)\b"
)
_ASKS: Final = re.compile(r"\?\s*$")


@dataclass(frozen=True, slots=True)
class Referent:
    """What a pronoun rests on: words as they were said, and the messages that hold them."""

    text: str
    message_ids: tuple[str, ...]


def addressee(cue: Cue, sentences: Sequence[Sentence]) -> Person | None:
    """Return whom the speaker of a cue calls "you": the one that is named, or the only one they can be talking with."""
    if cue.named is not None:
        return cue.named
    speaker = cue.sentence.speaker
    if speaker is None or not is_named(speaker):
        return None
    place = cue.sentence.number
    before = next((each.speaker for each in reversed(sentences[:place]) if each.speaker != speaker), None)
    after = next((each.speaker for each in sentences[place + 1 :] if each.speaker != speaker), None)
    if before is None or not is_named(before) or (after is not None and after != before):
        return None
    return before


def referent(cue: Cue, work: str, sentences: Sequence[Sentence], people: Roster) -> tuple[int, Referent] | None:
    """Return what the pronoun in an item's words stands for, and after which character of them it is to be told.

    None where there is no pronoun, and where nobody can tell which of several things it means.
    """
    found = _pronoun(cue, work)
    if found is None or _it_before(cue, found[1]):
        return None
    doing = bool(_DOING.search(_flat(work)))
    return _named(cue, work, found, doing=doing, told=(sentences, people))


def said_before(cue: Cue, work: str, sentences: Sequence[Sentence], people: Roster) -> Referent | None:
    """Return what was said before an item with a pronoun in it, the nearest words that name something."""
    found = _pronoun(cue, work)
    return _context(cue, sentences, people, somebody=found[1] in _OBJECTS) if found else None


def _pronoun(cue: Cue, work: str) -> re.Match[str] | None:
    """Return the pronoun in an item's words that nobody understands who reads them alone."""
    flat = _flat(work)
    found = _PRONOUN.search(flat)
    if found is None or (found[1] in {"that", "her"} and not re.search(r"[a-z]\s+$", flat[: found.start()])):
        return None
    return None if (cue.word in _IDLE and found[1] == "it") or _explained(flat, found) else found


def _flat(work: str) -> str:
    return _ABBREVIATED.sub(lambda match: "-" * len(match[0]), work).lower()


def _named(
    cue: Cue, work: str, found: re.Match[str], *, doing: bool, told: tuple[Sequence[Sentence], Roster]
) -> tuple[int, Referent] | None:
    """Return the one thing or person that a pronoun can mean."""
    sentences, people = told
    particle = None if found[1] in _OBJECTS else _PARTICLE.match(work, found.end())
    place = particle.end() if particle else found.end()
    for sentence, upto in _before(cue, sentences):
        if found[1] in _OBJECTS:
            person = _somebody(sentence, upto, people, found[1])
        elif doing:
            person = (
                _said(sentence) if _ASKS.search(sentence.plain) and sentence.speaker != cue.sentence.speaker else None
            )
        else:
            person = _something(sentence, upto, many=found[1] in _MANY)
        if person is not None:
            return place, person
        if found[1] not in _OBJECTS and len(_telling(sentence.plain[:upto])) > 1:
            return None  # this says something, and nobody knows which of it is meant
    return None


def _context(cue: Cue, sentences: Sequence[Sentence], people: Roster, *, somebody: bool) -> Referent | None:
    """Return what was said before, in so far as it tells what is spoken of: the nearest words that name something."""
    for sentence, upto in _before(cue, sentences):
        if sentence is cue.sentence or len(_telling(sentence.plain)) < 2 or _CHATTER.match(sentence.plain):  # noqa: PLR2004
            continue
        names = bool(_things(sentence.plain[:upto]))
        if somebody:
            names = names or any(person != cue.sentence.speaker for _, _, person in people.mentions(sentence.text))
        if (names or len(_telling(sentence.plain)) > 2) and not _LEANS.match(sentence.plain):  # noqa: PLR2004
            return _quotation(sentence)
    return None


def _quotation(sentence: Sentence) -> Referent:
    """Quote a sentence, or the beginning of a long one."""
    words = list(re.finditer(r"\S+", sentence.text))
    end = words[min(len(words), SHORT) - 1].end()
    text = sentence.text[:end].strip().strip('"“”').rstrip(".,;:!")
    return Referent(f"“{text}{'…' if len(words) > SHORT else ''}”", sentence.message_ids(0, end))


def _it_before(cue: Cue, pronoun: str) -> bool:
    """Tell whether something else may be "it" in the same sentence: "give it here then, I'll draw it up"."""
    return pronoun not in _OBJECTS | _MANY and bool(_RIVAL.search(cue.sentence.plain[: cue.start]))


def _explained(flat: str, found: re.Match[str]) -> bool:
    """Tell whether the item's own words say what is meant: "send them both over, the number and the letter"."""
    return bool(list(_things(flat[: found.start()])) or re.search(rf",\s*{_DETERMINER}\s", flat[found.end() :]))


def _before(cue: Cue, sentences: Sequence[Sentence]) -> Iterator[tuple[Sentence, int]]:
    """Find what was said before a cue, the nearest first, and up to where it counts: at most two turns back."""
    yield cue.sentence, cue.start
    turns = 0
    speaker = cue.sentence.speaker
    for sentence in reversed(sentences[max(0, cue.sentence.number - REACH) : cue.sentence.number]):
        turns += sentence.speaker != speaker
        if turns > 2:  # noqa: PLR2004 - the turn before, and the one that it answers
            return
        speaker = sentence.speaker
        yield sentence, len(sentence.plain)


def _things(flat: str) -> list[re.Match[str]]:
    """Find what is named in a text: "the loading plan"; no days, no numbers, nothing that small words only tell."""
    found = []
    for match in _THING.finditer(flat):
        named = match[1].partition(" of ")[0].split()
        if any(map(_tells, named)) and not any(word in STOP_WORDS - _KINDS for word in named):
            found.append(match)
    return found


def _telling(flat: str) -> list[str]:
    """Return the words of a text that are no small ones."""
    return [word for word in _WORD.findall(flat) if _tells(word)]


def _tells(word: str) -> bool:
    small = word in STOP_WORDS or word in _DULL or word in ORDINALS or word in NUMBER_WORDS
    return not small and word.partition("'")[0] not in CALENDAR_WORDS


def _something(sentence: Sentence, upto: int, *, many: bool) -> Referent | None:
    found = _things(sentence.plain[:upto])
    if (
        _RIVAL.search(sentence.plain[:upto])
        or len(found) != 1
        or _is_plural(found[0][1]) != many
        or not _tells(head := found[0][1].split()[-1])
        or head.endswith("'s")
    ):
        return None
    start, end = found[0].span()
    return Referent(_lowered(sentence.text[start:end]), sentence.message_ids(start, end))


def _is_plural(thing: str) -> bool:
    head = thing.partition(" of ")[0].split()[-1]
    return head in _PLURALS or (head.endswith("s") and not head.endswith(("ss", "us", "is")))


def _somebody(sentence: Sentence, upto: int, people: Roster, pronoun: str) -> Referent | None:
    """Return who is spoken of, when that is one: not somebody who is there."""
    named = [(name, at) for name, at, person in people.mentions(sentence.text[:upto]) if not person.id]
    if len({name for name, _ in named}) != 1:
        return None
    name, at = named[0]
    if pronoun == "him" and name.lower().endswith("a"):  # Rita, rather than Luca: better nobody than the wrong one
        return None
    return Referent(name, sentence.message_ids(at, at + len(name)))


def _said(sentence: Sentence) -> Referent | None:
    if len(_telling(sentence.plain)) < 2 or len(sentence.text.split()) > SHORT:  # noqa: PLR2004 - a verb and what it is about
        return None
    return Referent(f"“{sentence.text.strip()}”", sentence.message_ids())


def _lowered(thing: str) -> str:
    first, _, rest = thing.partition(" ")
    return f"{first.lower()} {' '.join(rest.split())}"
