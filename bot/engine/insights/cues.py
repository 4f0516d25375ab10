"""The turns of phrase in which people promise, ask for and assign work, and where the work itself begins and ends."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.engine.insights.people import Roster
from bot.engine.insights.sentences import Sentence, plain
from bot.engine.insights.vocabulary import TASK_VERBS, WEAK_VERBS
from bot.engine.records import Person


class Family(StrEnum):
    """In which way something is to be done."""

    PROMISE = "promise"
    """I'll send it."""
    OFFER = "offer"
    """Let me send it; I can send it."""
    OWN_NEED = "own_need"
    """I need to send it."""
    OUR_NEED = "our_need"
    """We have to send it."""
    OUR_PLAN = "our_plan"
    """We'll send it."""
    SOMEBODY = "somebody"
    """Somebody should send it."""
    YOURS = "yours"
    """You should send it."""
    DIRECTIVE = "directive"
    """Make sure to send it; please send it."""
    REQUEST = "request"
    """Can you send it?"""
    LETS = "lets"
    """Let's send it."""
    ASSIGNED = "assigned"
    """Mei will send it."""
    PASSIVE = "passive"
    """It needs to be sent."""
    MARKER = "marker"
    """Action item: send it."""


FIRST_PERSON: Final = frozenset({Family.PROMISE, Family.OFFER, Family.OWN_NEED})
"""Families in which the speaker takes the work on."""


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
    r"|want to|like to|to|please|all|both|each|either|always|again|first|next|uh|um|kindly|possibly|totally|,)"
)
_SOMEONE: Final = (
    r"(?:somebody|someone|anybody|anyone|one of (?:us|you)|everybody|everyone|all of (?:us|you)|each of (?:us|you)"
    r"|whoever is \w+)"
)
_ROLE: Final = (
    r"(?:(?:the|our|your|their) (?:[a-z]+ ){0,2}(?:team|designers?|managers?|engineers?|developers?|lead|expert"
    r"|department|folks|guys|people|owner|colleagues?|assistant|director|accountant|lawyer|intern)"
    r"|marketing|legal|finance|engineering|accounting|procurement|he|she|they)"
)
_MUST: Final = (
    r"(?:has to|have to|needs to|need to|must|should|ought to|'s got to|has got to|is to|are to|is supposed to)"
)
_WILL: Final = r"(?:will|'ll|is going to|are going to|is gonna|are gonna|'s going to|'s gonna|'re going to|'re gonna)"

_PATTERNS: Final = tuple(
    (family, re.compile(pattern.replace(" ", r"\s+")))
    for family, pattern in (
        (
            Family.MARKER,
            (
                r"\b(?:(?:an?|the|my|your|his|her|our|another|next|first|one|two|three) )?(?:action items?"
                r"|action points?"
                r"|to-?dos?|todo items?)(?: for (?:\w+|next (?:week|time)))?(?: (?:is|are|would be|will be)(?: that"
                r"| to)?| ?[:,-])"
            ),
        ),
        (
            Family.MARKER,
            r"\b(?:the|my|your|our) (?:next step|task|homework|job)s?(?: for \w+)? (?:is|are|would be|will be) to\b",
        ),
        (Family.MARKER, r"\bnext steps?:|\bfollow-?ups?:"),
        (
            Family.PROMISE,
            r"\b(?:i'll|i will|i shall|i'm going to|i am going to|i'm gonna|i am gonna|imma|i plan to|i promise to)\b",
        ),
        (
            Family.OFFER,
            (
                r"\b(?:i can|i could|let me|lemme|(?:i'm |i am |i'd be |i would be )?happy to|i volunteer to|shall i"
                r"|should i)\b"
            ),
        ),
        (
            Family.OWN_NEED,
            (
                r"\b(?:i (?:still |also |just |really )?(?:need to|have to|must|should|ought to)|i've got to|i gotta"
                r"|i got to|i'd better)\b"
            ),
        ),
        (
            Family.OUR_NEED,
            (
                r"\b(?:we (?:still |also |just |really |definitely |probably |all )*(?:need to|have to|must|should"
                r"|ought to|gotta|got to)|we've got to|we'd better|we want to)\b"
            ),
        ),
        (
            Family.OUR_PLAN,
            r"\b(?:we'll|we will|we shall|we're going to|we are going to|we're gonna|we can|we could|we might)\b",
        ),
        (
            Family.SOMEBODY,
            rf"\b{_SOMEONE}(?: (?:else|here|from [a-z]+))? ?(?:{_MUST}|{_WILL}|can|could|might want to)\b",
        ),
        (
            Family.SOMEBODY,
            (
                rf"\b(?:we|i) (?:'ll |will )?(?:still )?(?:need|want) {_SOMEONE} to\b|\b(?:can|could|would|will)"
                rf" {_SOMEONE}\b"
            ),
        ),
        (Family.YOURS, rf"\byou (?:guys |both |two |still |all |also |just )*(?:{_MUST}|might want to|may want to)\b"),
        (Family.YOURS, r"\byou(?:'ll| will|'re going to| are going to|'re gonna|'d better)\b|\byou can\b"),
        (Family.DIRECTIVE, r"\b(?:i(?:'d| would) (?:like|love|need)|i (?:want|need)) you (?:guys |both |all )?to\b"),
        (
            Family.DIRECTIVE,
            r"\b(?:make sure|be sure to|don't forget to|do not forget to|remember to|remind me to)\b|\bplease\b",
        ),
        (
            Family.REQUEST,
            (
                r"\b(?:can|could|would|will) you (?:guys |all |both |maybe |perhaps )?\b|\b(?:would you mind"
                r"|do you mind)\b"
            ),
        ),
        (
            Family.REQUEST,
            r"\b(?:do you think you (?:can|could)|are you able to|would you be able to|if you (?:could|can))\b",
        ),
        (Family.LETS, r"\blet's\b|\blet us\b"),
        (Family.ASSIGNED, rf"\b{_ROLE} ?(?:{_MUST}|{_WILL}|can)\b"),
        (Family.PASSIVE, r"\b(?:needs?|has|have) to be\b|\bmust be\b|\bshould be\b|\bstill needs?\b"),
    )
)
_IRREGULAR: Final = {
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
_AFTER_NAME: Final = re.compile(rf"\s*(?:,\s*)?(?:{_MUST}|{_WILL}|can|could|to)\b".replace(" ", r"\s+"))
_TO_NAME: Final = re.compile(r"\s*,?\s*(?:please\s+)?(?:and\s+[a-z]+,?\s+)?(?:(?:can|could|would|will)\s+you|you)\b")
_VERB: Final = re.compile(
    rf"(?:[\s,]*\b{_ADVERB}(?=[\s,]))*[\s,]*([a-z][a-z'-]*)".replace("make sure to", r"make\s+sure\s+to")
)
_NEGATED: Final = re.compile(
    r"(?:\b(?:not|never|no)|n't)\b(?:\s+\w+){0,4}\s*$|\b(?:without|instead of|rather than|was|were)(?:\s+\w+){0,2}\s*$"
)
_NEGATED_AFTER: Final = re.compile(r"\s*(?:also\s+|probably\s+|just\s+|really\s+)?(?:not|never|hardly|no longer)\b")
_STOP: Final = re.compile(
    r"[.!?;…]+[\"'”’)\]]*\s*$|\s+-\s+|,\s+(?:right|okay|ok|you know|if that|if you|is that|would that|does that"
    r"|yeah|yes"
    r"|sure|no|huh|guys|everybody|everyone|all right|alright|i think|i guess|i suppose|so that|because|cause|since|but"
    r"|which|as|so|and (?:then )?(?:we|he|she|they|it|i|that)|i mean|please|thanks|thank you|for sure|though|too"
    r"|by the way|and that|or)\b.*$"
    r"|\s+(?:if that's|if you|because|but|so that|you know|right|okay|ok|or something|or so|or whatever|and so on"
    r"|and stuff|i think|i guess|i suppose|please|thanks|thank you|for sure|and then (?:we|you|it))\b.*$"
)


def find_cues(sentence: Sentence, people: Roster) -> Iterator[Cue]:
    """Find every turn of phrase in a sentence that gives somebody work, whatever it is worth."""
    mentions = list(people.mentions(sentence.text))
    addressed = _addressed(sentence, mentions)
    for name, offset, person in mentions:
        match = _AFTER_NAME.match(sentence.plain, offset + len(name))
        if match and not (match[0].strip() == "to" and offset):
            yield from _cue(sentence, Family.ASSIGNED, offset, match.end(), person)
    for family, pattern in _PATTERNS:
        for match in pattern.finditer(sentence.plain):
            yield from _cue(sentence, family, match.start(), match.end(), addressed)


def _addressed(sentence: Sentence, mentions: list[tuple[str, int, Person]]) -> Person | None:
    """Return who is spoken to by name: at the beginning ("Mei, can you…") or at the end ("…, Mei?")."""
    for name, offset, person in mentions:
        opens = re.fullmatch(
            r"(?:\W*(?:so|and|but|then|okay|ok|well|hey|hi|yeah|yes|thanks|alright|right|now)\b)*\W*",
            sentence.plain[:offset],
        )
        after = sentence.plain[offset + len(name) :]
        if opens and (_TO_NAME.match(after) or re.match(r"\s*,", after)):
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
    """Return a verb without -ing or -ed, as far as our lists know it."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if not word.endswith(("ing", "ed")):
        return word
    rest = word[:-3] if word.endswith("ing") else word[:-2]
    for form in (rest, rest + "e", rest[:-1], rest[:-1] + "y"):
        if form in TASK_VERBS or form in WEAK_VERBS:
            return form
    return word
