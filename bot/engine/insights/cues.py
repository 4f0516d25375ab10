"""The turns of phrase in which people promise, ask for and assign work, and where the work itself begins and ends."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bot.engine.insights.people import Roster
from bot.engine.insights.sentences import Sentence, plain
from bot.engine.insights.turns import AFTER_NAME, COMMAND, TURNS, Family
from bot.engine.insights.vocabulary import TASK_VERBS, WEAK_VERBS, one_of
from bot.engine.records import Person


@dataclass(frozen=True, slots=True)
class Cue:
    """A place where work is promised, asked for or assigned.

    Attributes:
        sentence: Where.
        family: How.
        start: Where the turn of phrase begins in the sentence.
        verb: Where the work begins: its verb.
        end: Where the work ends.
        word: The verb, in its plain form.
        named: Who was addressed, or is said to do it, when that is somebody's name.
    """

    sentence: Sentence
    family: Family
    start: int
    verb: int
    end: int
    word: str
    named: Person | None = None

    @property
    def work(self) -> str:
        """The work in lower case: the verb and what follows it."""
        return self.sentence.plain[self.verb : self.end]

    @property
    def words(self) -> str:
        """The work as it was said."""
        return self.sentence.text[self.verb : self.end]


_ADVERB: Final = (
    r"(?:also|just|then|now|definitely|probably|maybe|perhaps|certainly|quickly|actually|still|gladly|personally|simply"
    r"|hopefully|at least|really|try to|try and|go ahead and|go and|make sure to|be able to|need to|have to|get to"
    r"|want to|like to|to|by the way|not forget to"
    r"|please|all|both|each|either|everybody|everyone|always|again|first|next|uh|um|kindly|possibly"
    r"|totally|,)"
)
_IRREGULAR: Final = {
    "does": "do",
    "sent": "send",
    "written": "write",
    "done": "do",
    "bought": "buy",
    "made": "make",
    "built": "build",
    "told": "tell",
    "paid": "pay",
    "brought": "bring",
    "found": "find",
    "given": "give",
    "taken": "take",
}
_OPENING: Final = re.compile(
    r"(?:\W*(?:so|and|but|then|okay|ok|well|hey|hi|yeah|yes|thanks|alright|right|now|also|um|uh"
    r"|great|good|perfect|fine|cool|lovely|actually)\b)*\W*"
)
_FETCHING: Final = frozenset({"bring", "find", "get", "give", "put", "take"})
"""Verbs that are an order with what is to be fetched: "get me a price"."""

_ASKS_FOR_TIME: Final = re.compile(
    r"give (?:me|us) (?:(?:a|an|one|two|three|another|half|five|ten|the|some|more|just) )*"
    r"(?:until|till|sec|seconds?|minutes?|moment|hours?|days?|weeks?|months?|time|nights?|weekend|chance|try|break)\b"
)
"""“Give me a week” says by when."""

_NO_VERBS: Final = frozenset({"not", "never", "and", "but", "or", "so", "if", "because"})
"""“I can, but not this week” says what somebody can where it was asked, and not here."""

_FOR_ME: Final = re.compile(r"[a-z]+\s+(?:me|us)\b")
_PLAIN_VERB: Final = re.compile(r"[a-z]+(?:-[a-z]+)*")
_TO_NAME: Final = re.compile(r"\s*,?\s*(?:please\s+)?(?:and\s+[a-z]+,?\s+)?(?:(?:can|could|would|will)\s+you|you)\b")
_VERB: Final = re.compile(
    rf"(?:[\s,]*\b{_ADVERB}(?=[\s,]))*[\s,]*([a-z][a-z'-]*)".replace("make sure to", r"make\s+sure\s+to")
)
_NEGATED: Final = re.compile(
    r"(?:\b(?:not|never|no)|n't(?! know\b| worry\b| mind\b))\b(?:\s+\w+){0,4}\s*$"
    r"|\b(?:without|instead of|rather than|was|were)(?:\s+\w+){0,2}\s*$"
)
_NEGATED_AFTER: Final = re.compile(
    r"\s*(?:(?:also|probably|just|really|i|we|you|uh|um)\s+)*(?:not(?!\s+forget\s+to)|never|hardly|no longer"
    r"|won't|can't)\b"
)
_TAIL: Final = one_of(
    r"""
    right|otherwise|or else
    okay|ok
    you know
    if (?:that|you|it|possible)
    (?:is|would|does) that
    yeah|yes|sure|no|huh|guys|everybody|everyone|all right|alright
    i (?:think|guess|suppose|mean)
    (?:so that|because|cause|since|but|which|as|so|please|thanks|thank you|for sure|though|too|by the way|and that|or)
    and (?:then )?(?:we|he|she|they|it|i|that)
    and [a-z]+ [a-z]+s (?:the|a|an|it)
    (?:they|he|she|it|we|there|that)(?:'s|'re|'ve|'d)
    (?:they|he|she|it|we|there|that|the [a-z]+) (?:is|are|was|were|has|have|had)
    """
)
_TRAIL: Final = one_of(
    r"""
    (?:if that's|if you|because|but|so that|or something|or so|or whatever|and so on|and stuff)\b.*
    (?:i think|i guess|i suppose|please|thanks|thank you|for sure|you know|and then (?:we|you|it))\b.*
    and (?:you|he|she|they|we)\b.*
    (?:right|okay|ok|though|anyway)\W*
    (?:okay|ok|alright) (?:so|that's|thanks|thank you|bye|then|let's)\b.*
    """
)
_STOP: Final = re.compile(rf"[.!?;…]+[\"'”’)\]]*\s*$|\s+-\s+|,\s+{_TAIL}\b.*$|\s+{_TRAIL}$")
"""Where work ends: at the end, a dash, a tag, a reason or an afterthought."""


def find_cues(sentence: Sentence, people: Roster) -> Iterator[Cue]:
    """Find every turn of phrase in a sentence that gives somebody work, whatever it is worth."""
    mentions = list(people.mentions(sentence.text))
    addressed = _addressed(sentence, mentions)
    for name, offset, person in mentions:
        match = AFTER_NAME.match(sentence.plain, offset + len(name))
        if match and (match[0].strip(" ,") != "to" or not offset):
            yield from _cue(sentence, Family.ASSIGNED, offset, match.end(), person)
    yield from _command(sentence, mentions, addressed)
    for family, pattern in TURNS:
        for match in pattern.finditer(sentence.plain):
            yield from _cue(sentence, family, match.start(), match.end(), addressed)


def cues_at(sentence: Sentence, people: Roster, family: Family, span: tuple[int, int]) -> Iterator[Cue]:
    """Find the turn of phrase that stands at a place, if work follows it that is not denied.

    Args:
        sentence: Where.
        people: Who may be spoken to.
        family: How it gives somebody work.
        span: Where it begins, and where the work may begin.
    """
    yield from _cue(sentence, family, *span, _addressed(sentence, list(people.mentions(sentence.text))))


def whole(sentence: Sentence, family: Family) -> Cue:
    """Return all of a sentence as a cue, without its stop: no turn of phrase in it says where its work begins."""
    return Cue(sentence, family, 0, 0, len(sentence.text.rstrip(" .!?…")), next(iter(sentence.plain.split()), ""))


def _command(sentence: Sentence, mentions: list[tuple[str, int, Person]], addressed: Person | None) -> Iterator[Cue]:
    """Find a sentence that begins with the verb: "Send me the figures", "Robert, send me the figures"."""
    opening = _OPENING.match(sentence.plain)
    start = opening.end() if opening else 0
    for name, offset, person in mentions:
        if offset == start and person == addressed:
            called = re.match(r"\s*[,:]?\s*", sentence.plain[offset + len(name) :])
            start += len(name) + (called.end() if called else 0)
    verb = _PLAIN_VERB.match(sentence.plain, start)
    if addressed is not None and verb and verb[0] == "you":  # "You prepare the slides, Mei."
        verb = _PLAIN_VERB.match(sentence.plain, start := start + len("you "))
    if not verb or verb[0] not in TASK_VERBS | _FETCHING or not COMMAND.match(sentence.plain, start):
        return
    if _ASKS_FOR_TIME.match(sentence.plain, start):
        return
    if not sentence.plain.rstrip().endswith("?"):
        yield from _cue(sentence, Family.IMPERATIVE, start, start, addressed)
    elif _FOR_ME.match(sentence.plain, start):
        yield from _cue(sentence, Family.REQUEST, start, start, addressed)


def _addressed(sentence: Sentence, mentions: list[tuple[str, int, Person]]) -> Person | None:
    """Return who is spoken to by name: at the beginning ("Mei, can you…") or at the end ("…, Mei?")."""
    for name, offset, person in mentions:
        opens = _OPENING.fullmatch(sentence.plain[:offset])
        after = sentence.plain[offset + len(name) :]
        if opens and (_TO_NAME.match(after) or re.match(r"\s*[,:]", after)):
            return person
        if re.search(r",\s*$", sentence.plain[:offset]) and re.fullmatch(r"\W*(?:please)?\W*", after):
            return person
    return None


def _cue(sentence: Sentence, family: Family, start: int, end: int, named: Person | None) -> Iterator[Cue]:
    flat = sentence.plain
    if _NEGATED.search(flat[:start]) or _NEGATED_AFTER.match(flat, end):
        return
    match = _VERB.match(flat, end)
    if match is None:
        return
    verb, word = match.start(1), match[1]
    if word in _NO_VERBS or len(word) == 1:
        return
    if family is Family.DIRECTIVE and flat[start:end] == "make sure":
        verb, word = start, "make"
    if word == "be" and (doing := re.match(r"be\s+([a-z]+ing)\b", flat[verb:])):
        verb, word = verb + doing.start(1), doing[1]
    stop = _STOP.search(flat, match.end())
    last = stop.start() if stop else len(flat)
    if named is not None and (called := re.search(r",\s*[^\s,]+(?:\s[^\s,]+)?\W*$", flat[:last])):
        name = flat[called.start() : last].strip(" ,.?!")
        last = called.start() if name in plain(named.name) or plain(named.name) in name else last
    yield Cue(sentence, family, start, verb, last, base_form(word), named)


def base_form(word: str) -> str:
    """Return a verb without -s, -ing or -ed, as far as our lists know it."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word.endswith("s") and (word[:-1] in TASK_VERBS or word[:-1] in WEAK_VERBS):
        return word[:-1]
    if not word.endswith(("ing", "ed")):
        return word
    rest = word[:-3] if word.endswith("ing") else word[:-2]
    for form in (rest, rest + "e", rest[:-1], rest[:-1] + "y"):
        if form in TASK_VERBS or form in WEAK_VERBS:
            return form
    return word
