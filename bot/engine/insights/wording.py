"""The short wording of an item: the transcript's own words, from the verb on, where that reads well; else the quote."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.engine.insights.cues import Cue, base_form
from bot.engine.insights.merging import matter_of
from bot.engine.insights.people import Roster, is_named
from bot.engine.insights.quotes import kept
from bot.engine.insights.referents import addressee, referent
from bot.engine.insights.sentences import MARKUP, Sentence
from bot.engine.insights.turns import FIRST_PERSON, Family
from bot.engine.insights.vocabulary import FILLERS
from bot.engine.records import Person

LONGEST: Final = 30
"""Work of more words than this is not shortened: what belongs to it cannot be told."""

MEANT: Final = 0.2
"""What a pronoun stands for is named when a word of it is so likely what the work is about."""

_FILLER: Final = re.compile(
    r"(?:,\s*)?\b(?:" + "|".join(sorted(FILLERS)) + r"|you know|i mean|sort of|kind of)\b(?:\s*,)?(?=\s|$)",
    re.IGNORECASE,
)
_BROKEN_OFF: Final = re.compile(r"(?<![\w-])\w{1,12}(?:'\w{0,3})?-(?=[\s,])(?!\s+(?:and|or)\b)[\s,]*")
_REPEATED: Final = re.compile(r"(?<![\w'])((?:[\w']+\s+){0,2}[\w']+)(?:\s*,?\s+\1(?![\w']))+", re.IGNORECASE)
_REPEATED_WELL: Final = frozenset({"that", "had", "very", "many"})
_GIVE_YOU: Final = re.compile(
    r"^((?:send|give|show|get|forward|email|mail|bring|pass|share|write|make|ship|text|build|print|post|order|draft)\s+)"
    r"you\s+(?:guys\s+|all\s+)?(?=(?:the|a|an|my|our|her|his|their|that|this|those|these|some|it|pictures)\b)",
    re.IGNORECASE,
)
_YOU: Final = re.compile(
    r"(?<![\w'])(to|for|with|send|give|show|get|forward|email|mail|bring|pass|write|make|ship|text|build|print|post|order"
    r"|draft|add|ring|call|phone|ping|tell|remind|introduce|invite|ask|meet|put|help|let)\s+you(?![\w'’])"
    r"(?!\s+(?:all|both|guys|lot|two|three|are|were|have|had|can|could|will|would|do|did|need|want|said|see|get|know)\b)",
    re.IGNORECASE,
)
_TIME_TO_DO_IT: Final = re.compile(
    r"(?:give|allow)\s+me\s+(?:un)?till?\b|give\s+me\s+(?:\w+\s+){0,3}(?:second|moment|minute|hour|day|week)s?\b",
    re.IGNORECASE,
)
"""“Give me till Thursday” asks for time, and nobody to give anything."""

_HAVE_TO: Final = re.compile(r"have\s+(?:\w+\s+)+to\s+you\b", re.IGNORECASE)
"""“I'll have that to you by Wednesday” is no order."""

_MYSELF: Final = re.compile(r"(?<=\S)(?<!\bby)(?<!\bfor)(?<!\bto)(?<!\bof)(?<!\bwith)\s+myself\b", re.IGNORECASE)
_AUXILIARY: Final = r"(?:would|will|could|can|should|had|have|do|did|is|are|was|were|must|shall|does|has)"
_ASIDE: Final = re.compile(
    rf",\s+(?:{_AUXILIARY}(?:n't|n’t)?\s+(?:i|you|we|it|that|they|he|she)\W*$"
    r"|(?:and\s+)?(?:yes|yeah|okay|ok|perfect|great|give me)\b.*$"
    r"|(?:i|i've|i'm|i'd|it|it'll|they|this [a-z]+'s|you just)\s+[a-z].*$"
    r"|and\s+(?:till|until|nothing|nobody|there's|then)\b.*$|just tell me\b.*$)",
    re.IGNORECASE,
)
"""What is said after the work: "would you", "hadn't I", "I know the manager there"."""

_DANGLING: Final = re.compile(r"\s+(?:(?:for|of|to|with|on|in|at|by)\s+)?(?:the|an?|my|our|for|of|with|and)$")
"""What is left of words that were broken off."""

_BROKEN: Final = re.compile(r"\s*(?:,|-|–|—|…|\.\.)\W*$")
_OWED: Final = re.compile(r"you(?:'ll| will)\s+(?:have|get|see|hear|receive|be getting|find)\b")
"""What the speaker owes the one they say it to."""

_SEEING: Final = {"seeing": "see"}
"""The base form of a verb that the lists of work do not have."""

_I: Final = re.compile(r"(?<![\w'’])I(?:['’]m|\s+am)(?=\s)")
"""The one who asks, where they tell why or when: "while I'm gone"."""

_ME: Final = re.compile(r"(?<![\w'])me(?![\w'])")
_ADDRESSED: Final = re.compile(r"(?<![\w'])(?:you|your|yours|you're|you'll)(?![\w])", re.IGNORECASE)
_TITLE: Final = re.compile(r"(?:mr|mrs|ms|miss|dr|prof|professor|sir|madam|judge|father|sister)\b", re.IGNORECASE)
_LEAD: Final = re.compile(
    r"^(?:(?:so|and|but|well|okay|ok|yeah|yes|yep|sure|right|alright|now|then|anyway|uh|um|oh)\b[,.]?\s+)+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Told:
    """An item's words.

    Attributes:
        text: The words.
        rests_on: The messages besides those of its quote that some of them are from.
        tells: Whether they tell what is to be done; else they are what somebody said to it: “Tonight, then”.
    """

    text: str
    rests_on: tuple[str, ...] = ()
    tells: bool = True


def wording(
    cue: Cue, sentences: Sequence[Sentence], people: Roster, telling: Mapping[str, float] | None = None
) -> Told:
    """Return how an item is told in few words; as it was said when its own words cannot safely be shortened.

    Args:
        cue: Where it was said.
        sentences: The whole conversation: who "you" is and what "it" is stands around the cue.
        people: Who speaks and is spoken of.
        telling: How likely the words around it tell what it is about, by their stems, where that is known.
    """
    said = kept(cue)[0]
    other = addressee(cue, sentences)
    short = "" if _OWED.match(cue.sentence.plain, cue.start) else _shortened(cue, other)
    text = _LEAD.sub("", short) or _LEAD.sub("", _clean(said)) or said
    meant = referent(cue, text, sentences, people)
    if meant is not None and _is_meant(meant[1].text, text, telling):
        place, what = meant
        text = f"{text[:place]} ({what.text}){text[place:]}"
        return Told(text[:1].upper() + text[1:], what.message_ids)
    return Told(text[:1].upper() + text[1:], tells=bool(short or matter_of(text.lower())))


def _is_meant(what: str, text: str, telling: Mapping[str, float] | None) -> bool:
    """Tell whether a thing that "it" may stand for is likely what the work is about, and not told anyway."""
    named = matter_of(what.lower())
    if named <= matter_of(text.lower()):
        return False
    return telling is None or max(telling.get(stem, 0.0) for stem in named) >= MEANT


def tidied(text: str) -> str:
    """Return what was said without what leads into it and what was not meant: words taken out, none put in."""
    told = _LEAD.sub("", _clean(text))
    return told[:1].upper() + told[1:]


def _shortened(cue: Cue, other: Person | None) -> str:
    if cue.family is Family.ASSIGNED:  # with its subject, when that is a name
        return _clean(cue.sentence.text[cue.start : cue.end]) if cue.named is not None else ""
    work = _in_base_form(_clean(cue.words), cue)
    words = work.split()
    if (
        cue.family in {Family.PASSIVE, Family.OWED, Family.TAKEN, Family.HEARD}
        or not 1 < len(words) <= LONGEST
        or words[0].lower() != _SEEING.get(cue.word, cue.word)
    ):
        return ""
    work = _trimmed(work, cue)
    if cue.family in FIRST_PERSON:
        return _to_them(_MYSELF.sub("", work), other) or _trimmed(_clean(cue.sentence.text[cue.start : cue.end]), cue)
    return _with_name(work, cue.sentence.speaker)


def _in_base_form(work: str, cue: Cue) -> str:
    """Return "pick up the ticket" for "picking up the ticket", "make the plan" for "who makes the plan"."""
    first, blank, rest = work.partition(" ")
    promised = cue.family is Family.PROMISE and first.lower().endswith("ing")
    asked = cue.family is Family.ASKED and first.lower().endswith("s")
    if not promised and not asked:
        return work
    return f"{_SEEING.get(first.lower(), base_form(first.lower()))}{blank}{rest}"


def _trimmed(work: str, cue: Cue) -> str:
    """Leave out what is said after the work, and what was broken off."""
    aside = _ASIDE.search(work)
    if aside and len(work[: aside.start()].split()) > 1:
        return work[: aside.start()]
    broken = cue.sentence.text[cue.end :]
    if not broken.strip(".") and not _BROKEN.search(cue.sentence.text):
        return work
    short = _DANGLING.sub("", work)
    return short if len(short.split()) > 1 else work


def _to_them(work: str, other: Person | None) -> str:
    """Say who "you" is, or leave it out; nothing where neither can be done."""
    if not _ADDRESSED.search(work):
        return work
    if _HAVE_TO.match(work):
        return ""
    if other is not None and len(_YOU.findall(work)) == len(_ADDRESSED.findall(work)):
        return _YOU.sub(lambda match: f"{match[1]} {_first_name(other.name)}", work)
    work = _GIVE_YOU.sub(r"\1", work)
    return "" if _ADDRESSED.search(work) else work


def _with_name(work: str, speaker: Person | None) -> str:
    """Say who "me" and "I" are: the one who asked; nothing when nobody knows, or when it is their own work."""
    if not _ME.search(work) and not _I.search(work):
        return work
    if _TIME_TO_DO_IT.match(work) or speaker is None or not is_named(speaker):
        return ""
    name = _first_name(speaker.name)
    return _I.sub(f"{name} is", _ME.sub(name, work))


def _first_name(name: str) -> str:
    """Return a first name; all of "Mrs Doyle"."""
    return name if _TITLE.match(name) else name.split(maxsplit=1)[0]


def _clean(text: str) -> str:
    """Take out what was heard but not meant: markup of the transcription, fillers, words begun and said again."""
    text = _BROKEN_OFF.sub("", " ".join(MARKUP.sub(" ", text).split()))
    text = " ".join(_FILLER.sub("", text).split())
    text = _REPEATED.sub(lambda match: match[0] if match[1].lower() in _REPEATED_WELL else match[1], text)
    return re.sub(r"\s+([,.;])", r"\1", " ".join(text.split())).strip(' ,;:-–—"“”').rstrip(".!?… ,;:").strip()
