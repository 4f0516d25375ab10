"""How likely it is that a turn of phrase gives somebody work: named signals, weighed and added up.

The weights are log odds, set by hand so that 0.5 is where precision and recall balance; `bench/insights.py` measures
them. Fitting them to the few hundred labelled utterances there are gave nothing that held in meetings left out.
"""

import math
import re
from collections.abc import Mapping
from typing import Final

from bot.engine.insights.cues import Cue
from bot.engine.insights.follow_ups import is_follow_up
from bot.engine.insights.talk import (
    CONDITION,
    CUT_OFF,
    HABIT,
    HEDGE,
    JOKE,
    MECHANICS,
    NO_WORK,
    PAST,
    PHRASAL_WORK,
    POLITE_IF,
    PRONOUN_OBJECT,
    QUOTED,
    WOULD,
)
from bot.engine.insights.turns import FIRST_PERSON, Family
from bot.engine.insights.vocabulary import STOP_WORDS, TASK_VERBS, WEAK_VERBS, words
from bot.engine.insights.weights import WEIGHTS

_ME: Final = re.compile(r"\b(?:me|us)\b")
_YOU_WILL: Final = re.compile(r"(?:'ll|\b(?:will|can|gonna|going to))\W*$")
_IN_PROGRESS: Final = re.compile(r"i'm\s+(?!going\s+to\b)[a-z]+ing\b")
_DEPENDS: Final = re.compile(r"\b(?:if|unless|in case)\b")
_SUPPOSED: Final = re.compile(r"(?:,|\bbut)\s+(?:but\s+)?(?:you|we|i|they|he|she)(?:'d| would)\b")
"""“I can get you that, but you'd have to sign first”, “if you could do fifteen, I'd sign” are a bargain."""

_ASKING: Final = words("check ask find see test verify confirm figure look know tell let decide investigate clarify")
"""After these, "if" means whether."""

_WHETHER: Final = re.compile(r"\b(?:see|check|ask|wonder|find out|figure out|let \w+ know|tell \w+|sure) if\b")
_SUPPOSED_LITTLE: Final = re.compile(
    r"\bif (?:there(?:'s| is| are)|you (?:have|find|know|need)) (?:any|some|more|other|enough)[a-z]*\b"
    r"|\bif (?:i|we|you|there's)(?: have| get| find|'ve got| is)?(?: the| some| enough| any)? time\b"
    r"|\bif (?:nobody|no one|nothing|no-one)\b"
)
"""“If there's anything left, I'll send it round”, “if we have time, I'll add that” hardly depend on anything."""

_PROMISED: Final = re.compile(r"(?:i'll|i will|i'm going to)\b")
_CLAUSE: Final = re.compile(r"[,;]|\b(?:and|but|so)\b")
"""“I have three already, I'll circulate them”: what is past is told before."""

_OWN_CLAUSE: Final = re.compile(r"^\W*(?:\w\S* ){3,}\S+,\s+(?=(?:but|so|and)?\s*$)")
"""“I see her every morning, I could tell her”: what is a habit is told before."""

_SPEAKABLE: Final = FIRST_PERSON | {Family.DIRECTIVE, Family.OUR_PLAN, Family.OUR_NEED}
"""“It said please install it” is somebody else's word as well as “he said I'll install it”."""

_WOULD_HAVE_TO: Final = re.compile(r"i(?:'d| would) have to\b|i wouldn't mind\b")
_WISH: Final = re.compile(r"i (?:want|would like) to\b|i'd like to\b")
_AT_ONCE: Final = re.compile(r"(?:let me|lemme)\s+(?:just|quickly)\b")
_AND_VERB: Final = re.compile(r"\band\s+(?:then\s+)?([a-z]+)\b")
"""The second of two verbs: "think about it and write down three"."""

_CONTENT: Final = re.compile(r"[a-z][a-z'-]+|\d+")

LONG: Final = 28
"""Sentences of more words are mostly talk."""

SHORT: Final = 4
"""Sentences of at most so many words say little."""


def signals(cue: Cue, *, due: bool) -> dict[str, float]:
    """Return the signals of a turn of phrase that are there, 1 each; whether somebody agreed is not known here.

    Args:
        cue: Where.
        due: Whether a deadline is named with it.
    """
    flat, work = cue.sentence.plain, cue.work
    said = flat[cue.start : cue.verb]
    before = flat[: cue.start]
    lead = before.replace("if you", " ") if cue.family is Family.REQUEST else before
    lead, rest = (_SUPPOSED_LITTLE.sub(" ", _WHETHER.sub(" ", part)) for part in (lead, work))
    content = [word for word in _CONTENT.findall(work)[1:] if word not in STOP_WORDS]
    count = len(flat.split())
    task = cue.word in TASK_VERBS or bool(PHRASAL_WORK.match(work)) or is_follow_up(cue)
    mind = bool(NO_WORK.match(work))
    if mind and any(verb in TASK_VERBS for verb in _AND_VERB.findall(work)):
        task, mind = True, False
    depends = bool(CONDITION.search(lead)) or (bool(_DEPENDS.search(rest)) and cue.word not in _ASKING)
    flags = {
        "bias": True,
        cue.family.value: True,
        "should": bool(re.search(r"\b(?:should|ought|could|might|can)\b", said)),
        "task verb": task and not mind,
        "weak verb": not task and not mind and cue.word in WEAK_VERBS,
        "mind verb": mind,
        "other verb": not task and not mind and cue.word not in WEAK_VERBS,
        "follow-up": is_follow_up(cue),
        "object": bool(content),
        "rich object": len(content) > 1,
        "pronoun object": bool(PRONOUN_OBJECT.match(work)),
        "due": due,
        "addressed": cue.named is not None,
        "asked": flat.rstrip().endswith("?"),
        "hedge": bool(HEDGE.search(flat)),
        "condition": bool(_SUPPOSED.search(flat, cue.start)) or (depends and not POLITE_IF.search(flat)),
        "would": bool(_WOULD_HAVE_TO.match(said)) or (cue.family is not Family.REQUEST and bool(WOULD.search(before))),
        "habit": bool(HABIT.search(_OWN_CLAUSE.sub("", before) + flat[cue.start :])),
        "past": bool(PAST.search(_CLAUSE.split(before)[-1] if _PROMISED.match(said) else before)),
        "mechanics": bool(MECHANICS.search(work)),
        "joke": bool(JOKE.search(flat)),
        "long": count > LONG,
        "short": count <= SHORT,
        "late": cue.start > len(flat) * 0.5 and count > SHORT * 3,
        "quoted": cue.family in _SPEAKABLE and bool(QUOTED.search(before)),
        "wish": bool(_WISH.match(said)),
        "at once": bool(_AT_ONCE.match(said)),
        "deep": bool(
            re.search(r"\b(?:that|which|who|what|how|where|because|'cause|when|so that)\s+(?:\w+\s+)?$", before)
        ),
        "cut off": bool(CUT_OFF.search(work)),
        "you will": cue.family is Family.YOURS and bool(_YOU_WILL.search(said)) and not (due or _ME.search(work)),
        "would you": cue.family is Family.REQUEST and said.startswith("would you") and "mind" not in said,
        "nothing": cue.family is Family.ASSIGNED and cue.named is None and not _CONTENT.search(work, len(cue.word)),
        "they": cue.family is Family.ASSIGNED and flat[cue.start :].startswith(("they", "he", "she")),
        "progressive": bool(_IN_PROGRESS.match(flat[cue.start :])),
        "let me": cue.family is Family.OFFER and flat[cue.start :].startswith(("let me", "lemme")),
        "me": cue.family not in FIRST_PERSON and bool(_ME.search(work)),
    }
    return {name: 1.0 for name, on in flags.items() if on}


def score(found: Mapping[str, float], weights: Mapping[str, float] = WEIGHTS) -> float:
    """Return the likelihood that the signals mean work, from 0 to 1."""
    return 1 / (1 + math.exp(-sum(value * weights.get(name, 0.0) for name, value in found.items())))


def agreed(chance: float) -> float:
    """Return how likely something is work when somebody agreed to it that was so likely without."""
    odds = chance / max(1e-9, 1 - chance) * math.exp(WEIGHTS["agreed"])
    return odds / (1 + odds)


def is_definitive(cue: Cue) -> bool:
    """Tell words of a firm commitment or an order from an idea that may come to nothing; a nod makes none of it."""
    flat = cue.sentence.plain
    if cue.family is Family.MARKER:
        return True
    if HEDGE.search(flat) or re.search(r"\b(?:should|could|might|can)\b", flat[cue.start : cue.verb]):
        return False
    firm = {Family.PROMISE, Family.OWN_NEED, Family.OUR_NEED, Family.OUR_PLAN, Family.ASSIGNED, Family.DIRECTIVE}
    return cue.family in firm and not flat.rstrip().endswith("?")
