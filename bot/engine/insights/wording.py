"""The short wording of an item: the transcript's own words, from the verb on, where that reads well; else the quote."""

import re
from typing import Final

from bot.engine.insights.cues import Cue
from bot.engine.insights.people import is_named
from bot.engine.insights.quotes import kept
from bot.engine.insights.sentences import MARKUP
from bot.engine.insights.turns import FIRST_PERSON, Family
from bot.engine.insights.vocabulary import FILLERS
from bot.engine.records import Person

LONGEST: Final = 30
"""Work of more words than this is not shortened: what belongs to it cannot be told."""

_FILLER: Final = re.compile(
    r"(?:,\s*)?\b(?:" + "|".join(sorted(FILLERS)) + r"|you know|i mean|sort of|kind of)\b(?:\s*,)?(?=\s|$)",
    re.IGNORECASE,
)
_BROKEN_OFF: Final = re.compile(r"(?<![\w-])\w{1,12}(?:'\w{0,3})?-(?=[\s,])(?!\s+(?:and|or)\b)[\s,]*")
_REPEATED: Final = re.compile(r"(?<![\w'])((?:[\w']+\s+){0,2}[\w']+)(?:\s*,?\s+\1(?![\w']))+", re.IGNORECASE)
_REPEATED_WELL: Final = frozenset({"that", "had", "very", "many"})
_GIVE_YOU: Final = re.compile(
    r"^((?:send|give|show|get|forward|email|mail|bring|pass|share|write|make)\s+)you\s+(?:guys\s+|all\s+)?"
    r"(?=(?:the|a|an|my|our|that|this|those|these|some|it)\b)",
    re.IGNORECASE,
)
_ME: Final = re.compile(r"(?<![\w'])me(?![\w'])")
_ADDRESSED: Final = re.compile(r"(?<![\w'])(?:you|your|yours|you're|you'll)(?![\w])", re.IGNORECASE)
_TITLE: Final = re.compile(r"(?:mr|mrs|ms|miss|dr|prof|professor|sir|madam|judge|father|sister)\b", re.IGNORECASE)
_LEAD: Final = re.compile(
    r"^(?:(?:so|and|but|well|okay|ok|yeah|yes|yep|sure|right|alright|now|then|anyway|uh|um|oh)\b[,.]?\s+)+",
    re.IGNORECASE,
)


def wording(cue: Cue) -> str:
    """Return how an item is told in few words; as it was said when its own words cannot safely be shortened."""
    said = kept(cue)[0]
    text = _shortened(cue) or _LEAD.sub("", _clean(said)) or said
    return text[:1].upper() + text[1:]


def tidied(text: str) -> str:
    """Return what was said without what leads into it and what was not meant: words taken out, none put in."""
    told = _LEAD.sub("", _clean(text))
    return told[:1].upper() + told[1:]


def _shortened(cue: Cue) -> str:
    if cue.family is Family.ASSIGNED:  # with its subject, when that is a name
        return _clean(cue.sentence.text[cue.start : cue.end]) if cue.named is not None else ""
    work = _clean(cue.words)
    words = work.split()
    if cue.family is Family.PASSIVE or not 1 < len(words) <= LONGEST or words[0].lower() != cue.word:
        return ""
    if cue.family in FIRST_PERSON:
        work = _GIVE_YOU.sub(r"\1", work)
        return _clean(cue.sentence.text[cue.start : cue.end]) if _ADDRESSED.search(work) else work
    return _with_name(work, cue.sentence.speaker)


def _with_name(work: str, speaker: Person | None) -> str:
    """Say who "me" is: the one who asked; nothing when nobody knows."""
    if not _ME.search(work):
        return work
    return _ME.sub(_first_name(speaker.name), work) if speaker is not None and is_named(speaker) else ""


def _first_name(name: str) -> str:
    """Return a first name; all of "Mrs Doyle"."""
    return name if _TITLE.match(name) else name.split(maxsplit=1)[0]


def _clean(text: str) -> str:
    """Take out what was heard but not meant: markup of the transcription, fillers, words begun and said again."""
    text = _BROKEN_OFF.sub("", " ".join(MARKUP.sub(" ", text).split()))
    text = " ".join(_FILLER.sub("", text).split())
    text = _REPEATED.sub(lambda match: match[0] if match[1].lower() in _REPEATED_WELL else match[1], text)
    return re.sub(r"\s+([,.;])", r"\1", " ".join(text.split())).strip(' ,;:-–—"“”').rstrip(".!?… ,;:").strip()
