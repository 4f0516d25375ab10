"""How likely it is that a turn of phrase gives somebody work: named signals, weighed and added up.

The weights began as ours, set by hand, and were then fitted by `bench/fit_insights.py` to 450 utterances of 19 research
and design meetings (ICSI and AMI corpora, CC BY 4.0), held close to where they began because those are few. They are
log odds; the threshold of 0.5 is where precision and recall balance.
"""

import math
import re
from collections.abc import Mapping
from typing import Final

from bot.engine.insights.cues import FIRST_PERSON, Cue, Family
from bot.engine.insights.follow_ups import is_follow_up
from bot.engine.insights.vocabulary import STOP_WORDS, TASK_VERBS, WEAK_VERBS
from bot.engine.insights.weights import WEIGHTS

_PHRASAL: Final = re.compile(
    r"^(?:look into|looking into|take care of|find out|figure out|follow up|reach out|set up|put together"
    r"|work on|work out"
    r"|deal with|sort out|go through|come up with|hand in|hand over|try out|pick up|keep an eye|pass on"
    r"|pass along|roll out"
    r"|write up|clean up|back up|sign off|sign up|fill in|fill out|get (?:a|an|the|those|some|more|that)"
    r" (?:\w+ )?\w{3,}"
    r"|get back|make (?:a|an|the|some|those) \w{3,}|do (?:a|the|some|another|all the) \w{3,}|run (?:a|the|some"
    r"|those) \w+"
    r"|have (?:a|the) (?:look|draft|version|plan|report)|take (?:a|another) look|bring (?:a|the|some|my|your"
    r"|along)|change the"
    r"|let \w+ know|make sure|give \w+ (?:a|the|an)|finish|get \w+ (?:ready|done|fixed|sorted|signed|approved)|prepare"
    r"|turn (?:it|that|this) into|think about|talk to|speak to)\b"
)
_MIND: Final = re.compile(
    r"^(?:be|see|say|know|think(?! about)|tell (?:you|ya)|admit|guess|understand|remember|forget|believe|assume"
    r"|hope|bet|mean|like"
    r"|love|agree|stop|repeat|mention|note|point|skip|pass|hear|mute|unmute|miss|live|die|begin|continue|wrap|leave"
    r"|hop|jump|interrupt|need|want|wonder|imagine|suppose|argue|apologi[sz]e|appreciate|expect|worry|feel|seem"
    r"|look like"
    r"|happen|work for|become|end up|stay|stick|sit|stand|wait|hold|listen|watch|talk about|speak about"
    r"|step back|rephrase"
    r"|have to|have been|cost|depend|sound|mind|notice|learn|hate|laugh|cry|sleep|eat|drink|let (?:you|him|her"
    r"|them)(?! know)"
    r"|give you an (?:example|idea)|come (?:in|over|here|back to)|read (?:it|this|that) out|use|always|never|see"
    r"|put it)\b"
)
_MECHANICS: Final = re.compile(
    r"\b(?:(?:share|show|sharing|stop sharing) (?:you |us )?(?:my|the|your|this) (?:screen|slides?|desktop)"
    r"|(?:un)?mute|"
    r"turn (?:on|off|up) (?:my|the|your|that) (?:camera|mic|microphone|video|volume)|(?:talk|speak|go) (?:louder"
    r"|slower|up\b|a bit)"
    r"|next slide|on the screen|move on|moving on|go ahead|go on\b|go (?:around|round|first|next)|go back to"
    r"|get (?:going|started|back)"
    r"|start (?:with|by|off|now|us|the (?:meeting|recording|call))|start$|started$|(?:kick|kicking) (?:us "
    r"|things |it )?off|hand (?:it )?over to"
    r"|hand (?:it|this) (?:back|over)|pass (?:it )?(?:on |over )?to|wrap (?:this |it |things )?up|take a break"
    r"|be (?:quick|brief|honest|right back)"
    r"|right back|hear me|hear you|see my|come back to (?:that|this|it)|get (?:back )?to (?:that|this|it)"
    r"\b(?! person)|read (?:it|this) out"
    r"|say (?:it|that|this) again|repeat|the agenda|this meeting|the meeting (?:now|here)|introduce (?:myself"
    r"|yourself|ourselves)"
    r"|drop off|hop off|sign off now|log off|one second|a second|a sec|a minute|a moment|right now|excuse"
    r"|bear with|the recording"
    r"|say (?:something|hello|hi)|take notes|digits|microphones?|tell you (?:what|that)|ask you(?: guys)? (?:a"
    r"|something|about|one|if|what|how)|ask a question)\b"
)
_CONDITION: Final = re.compile(
    r"\b(?:if|unless|in case|whether|suppose|supposing|imagine|what if|let's say|provided|in theory"
    r"|hypothetically|even if)\b"
)
_POLITE_IF: Final = re.compile(
    r"\bif (?:you (?:want|like|don't mind|could|can|would|wish|have (?:time|a (?:minute|moment)))|that's (?:ok"
    r"|okay|fine|alright)|possible"
    r"|it's (?:ok|okay|fine)|nobody|no one|needed|necessary|everyone agrees|i (?:can|may))\b"
)
_WOULD: Final = re.compile(r"\b(?:would|i'd|we'd|you'd|he'd|she'd|they'd|could have|should have|might have)\b")
_HEDGE: Final = re.compile(
    r"\b(?:maybe|perhaps|probably|possibly|might|could|i think|i guess|i suppose|i don't know|kind of|sort of"
    r"|if possible|hopefully"
    r"|at some point|some day|someday|eventually|ideally|i mean|or something|would be (?:good|nice|great))\b"
)
_HABIT: Final = re.compile(
    r"\b(?:usually|typically|normally|generally|always|often|sometimes|tends? to|every (?:day|week|month|time"
    r"|year|morning)"
    r"|each (?:time|day|week)|most of the time|all the time|whenever|in general|by default|automatically"
    r"|[a-z]+days at)\b"
)
_PAST: Final = re.compile(
    r"\b(?:yesterday|last (?:week|month|year|time|night)|ago|i (?:said|told|thought|promised)|he (?:said|told)"
    r"|she (?:said|told)"
    r"|they (?:said|told)|(?:was|were) (?:going|supposed|about)|used to|already|back then|at that time)\b"
)
_PRONOUN_OBJECT: Final = re.compile(
    r"^[a-z'-]+(?: (?:up|on|out|with|to|of|about|care of))* (?:it|that|this|them|those|so|one)\b\W*(?:\w+\W*){0,2}$"
)
_CONTENT: Final = re.compile(r"[a-z][a-z'-]+|\d+")
_QUOTED: Final = re.compile(r"[\"“][^\"”]*$")

LONG: Final = 28
"""Sentences of more words are mostly talk."""

SHORT: Final = 4
"""Sentences of at most so many words say little."""


def signals(cue: Cue, *, due: bool, agreed: bool) -> dict[str, float]:
    """Return the signals of a turn of phrase: 1 or 0 each.

    Args:
        cue: Where.
        due: Whether a deadline is named with it.
        agreed: Whether somebody agreed to do it.
    """
    flat, work = cue.sentence.plain, cue.work
    before = flat[: cue.start]
    lead = before.replace("if you", " ") if cue.family is Family.REQUEST else before
    content = [word for word in _CONTENT.findall(work)[1:] if word not in STOP_WORDS]
    count = len(flat.split())
    task = cue.word in TASK_VERBS or bool(_PHRASAL.match(work)) or is_follow_up(cue)
    mind = bool(_MIND.match(work))
    condition = bool(_CONDITION.search(lead)) and not _POLITE_IF.search(flat)
    flags = {
        "bias": True,
        cue.family.value: True,
        "should": bool(re.search(r"\b(?:should|ought|could|might|can)\b", flat[cue.start : cue.verb])),
        "task verb": task and not mind,
        "weak verb": not task and not mind and cue.word in WEAK_VERBS,
        "mind verb": mind,
        "other verb": not task and not mind and cue.word not in WEAK_VERBS,
        "follow-up": is_follow_up(cue),
        "object": bool(content),
        "rich object": len(content) > 1,
        "pronoun object": bool(_PRONOUN_OBJECT.match(work)),
        "due": due,
        "agreed": agreed,
        "addressed": cue.named is not None,
        "asked": flat.rstrip().endswith("?"),
        "hedge": bool(_HEDGE.search(flat)),
        "condition": condition,
        "would": cue.family is not Family.REQUEST and bool(_WOULD.search(before)),
        "habit": bool(_HABIT.search(flat)),
        "past": bool(_PAST.search(before)),
        "mechanics": bool(_MECHANICS.search(flat[cue.start :])),
        "long": count > LONG,
        "short": count <= SHORT,
        "late": cue.start > len(flat) * 0.5 and count > SHORT * 3,
        "quoted": bool(_QUOTED.search(before)),
        "deep": bool(re.search(r"\b(?:that|which|who|what|how|where|because|when|so that)\s+(?:\w+\s+)?$", before)),
        "let me": cue.family is Family.OFFER and flat[cue.start :].startswith(("let me", "lemme")),
        "me": cue.family not in FIRST_PERSON and bool(re.search(r"\b(?:me|us)\b", work)),
    }
    return {name: 1.0 for name, on in flags.items() if on}


def score(found: Mapping[str, float]) -> float:
    """Return the likelihood that the signals mean work, from 0 to 1."""
    return 1 / (1 + math.exp(-sum(value * WEIGHTS.get(name, 0.0) for name, value in found.items())))


def is_definitive(cue: Cue, *, agreed: bool) -> bool:
    """Tell a firm commitment or an order from an idea that may come to nothing."""
    flat = cue.sentence.plain
    if agreed or cue.family is Family.MARKER:
        return True
    if _HEDGE.search(flat) or re.search(r"\b(?:should|could|might|can)\b", flat[cue.start : cue.verb]):
        return False
    firm = {Family.PROMISE, Family.OWN_NEED, Family.OUR_NEED, Family.OUR_PLAN, Family.ASSIGNED, Family.DIRECTIVE}
    return cue.family in firm and not flat.rstrip().endswith("?")
