"""Speech that is staged: meant for a machine's ears, or read out as if somebody else said it; nothing rests on it.

Whoever knows that a machine listens can speak to it. What is told here is only how that sounds, so that such words are
no work and no decision; that they have no power over anything else does not depend on it.
"""

import re
from collections.abc import Sequence
from typing import Final

from bot.engine.insights.people import Roster
from bot.engine.insights.sentences import MARKUP, Sentence
from bot.engine.insights.vocabulary import one_of

_MACHINE: Final = (
    r"(?:ai|a\.i\.|bot|chat\s?gpt|gpt|llm|(?:ai\s|large\s)?language\s+model|ai\s+(?:assistant|model|agent|tool)"
    r"|note\s?taker|summari[sz]er|(?:recording|meeting|transcription)\s+(?:bot|assistant|tool|software)|followthrough)"
)
_LISTENER: Final = r"(?:assistant|recorder|transcriber|machine|robot|computer|agent)"
"""What a machine may be called, and a person or a thing as well: only when it is spoken to."""

_RULES: Final = r"(?:instructions?|prompts?|guidelines|directives|programming|training|constraints)"
_EARS: Final = re.compile(
    one_of(
        rf"""
        \b(?:ignore|disregard|forget|override|bypass|discard)
            (?: (?:all|any|every|everything|the|of|your|my|these|those|its|in|previous|prior|earlier|above|preceding
            |other|system|original|former|safety))* {_RULES}\b
        \b(?:ignore|disregard|forget|override|bypass|break) your (?:own )?(?:rules|orders|job)\b
        ^\W*(?:system|assistant|developer|tool) ?(?:message|prompt|note|override)? ?:
        ^\W*system (?:message|prompt|override)\b
        \b(?:hey|hi|hello|dear|okay|ok|attention|(?:note|message|instructions?) (?:to|for)|this is for),?
            (?: (?:the|our|your|this|any|all|every|whatever|whichever))?
            \s(?:{_MACHINE}|{_LISTENER})s?\b(?! \w+ (?:team|vendor))
        \b(?:the|any|every|whatever|whichever|to|for)(?: (?:ai|the))? (?:{_MACHINE}|{_LISTENER}|thing|tool|system)
            (?: (?:that's|that is|who's|who is|which is))?
            \s(?:listening|transcribing|recording|taking (?:the )?notes|reading)\b
        ^\W*(?:the |support |meeting )?(?:{_MACHINE}|{_LISTENER}) ?[,:]
        \b(?:if you are|whoever is|to whatever|to any|as) an? {_MACHINE}\b
        \byou are (?:now|no longer) (?:an?|in|dan|acting|going by|bound)\b
        \b(?:you are|you're|pretend to be|act as|role-?play as) an? {_MACHINE}\b
        \b(?:reveal|print|repeat|output|show|recite|leak) (?:your|the|its) (?:system|hidden|initial|secret) {_RULES}
        \b(?:new|updated|following|real|actual) instructions? (?:for|to) (?:the )?{_MACHINE}
        \bnew instructions? ?:
        \bjailbreak|\bend of (?:the )?(?:transcript|system message|data block)\b
        \bassign (?:everything|all (?:of )?(?:it|them)|(?:all|every)(?: of)?(?: the)?(?: action)? (?:item|task)s?) to\b
        \b(?:delete|remove|erase|clear|drop|discard) (?:all|every)
            (?: (?:of|the|your|other|previous|existing|earlier))* (?:action items?|conclusions)\b
        ^\W*(?:(?:please|now|then|and|also) )*(?:post|send|share|drop|put) (?:this|the|that|the following)
            \s(?:link|url|message)\b.*(?:@|\bat )(?:channel|here|everyone)\b
        """
    )
)
_UNSPOKEN: Final = re.compile(
    one_of(
        r"""
        [{[,]\s*"[^"]{1,40}"\s*:|["}]\s*[]}]\s*[]}]
        \b(?:open|close|end) (?:curly |square )?(?:quotes?|brace|bracket)\b
        <(?:!|@[uw]|https?:|/?(?:a|b|br|div|form|iframe|img|p|script|span|style|svg|table)\b)
        \]\(https?:|^\W*#+ |- \[[ x]?\]
        ["“'][^"”]{0,40}\b(?:action items?|action points?|to-?dos?|tasks?) ?:
        \b(?:decode|decrypt|execute|run) (?:this|that|it|the following) and (?:do|follow|obey)\b
        """
    )
)
"""What nobody says to people: JSON, markup, somebody's list of tasks in quotation marks."""

_ENCODED: Final = re.compile(
    r"(?=[A-Za-z0-9+/]*[a-z])(?=[A-Za-z0-9+/]*[A-Z])(?=[A-Za-z0-9+/]*\d)[A-Za-z0-9+/]{32,}={0,2}"
)
_STAMP: Final = r"[\[(]?\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?[\])]?"
_NAME: Final = r"[^\W\d_][\w.'’-]*(?:\s[^\W\d_][\w.'’-]*){0,2}?"
_LABEL: Final = re.compile(
    rf"\W*(?:{_STAMP}\s*[-–]?\s*(?P<after>{_NAME})\s*:|(?P<before>{_NAME})\s*,?\s*{_STAMP}\s*[:,-]?"
    rf"|(?P<alone>{_NAME})\s*:)(?=\s)"
)
_FIRST_PERSON: Final = re.compile(r"\W*(?:i|i'll|i'm|i've|i'd|we|we'll|yes|yeah|sure|okay|ok|will do)\b")
_UNKNOWN_TURN: Final = 2
"""Where nobody knows who speaks, so many sentences after one for a machine are taken as its speaker's."""

_OWN_WORK: Final = re.compile(r"\b(?:i'll|i will|i can|i'm going to|let me|i need to|i have to)\b")


def staged(sentences: Sequence[Sentence], people: Roster) -> frozenset[int]:
    """Return the numbers of the sentences that are staged, and of those in the same turn that go on from them."""
    found: set[int] = set()
    begun = -1 - _UNKNOWN_TURN
    for sentence in sentences:
        before = sentences[sentence.number - 1] if sentence.number else None
        follows = before is not None and before.number in found and before.speaker == sentence.speaker
        near = sentence.speaker is not None or sentence.number - begun <= _UNKNOWN_TURN
        if _is_for_a_machine(sentence) or _reads_out(sentence, people):
            begun = sentence.number
            found.add(sentence.number)
        elif follows and near and not _OWN_WORK.search(sentence.plain):
            found.add(sentence.number)
    return frozenset(found)


def _is_for_a_machine(sentence: Sentence) -> bool:
    text = sentence.text.lower()
    if _UNSPOKEN.search(text) or _ENCODED.search(sentence.text):
        return True
    return bool(_EARS.search(sentence.plain) or _EARS.search(_unmarked(text)))


def _unmarked(text: str) -> str:
    """Return a text without invisible letters and marks that hide words from a reader of patterns."""
    return "".join(letter for letter in MARKUP.sub(" ", text) if letter.isprintable())


def _reads_out(sentence: Sentence, people: Roster) -> bool:
    """Tell whether a sentence opens with somebody's name as a transcript has it: "Bob 00:01: I will pay"."""
    label = _LABEL.match(sentence.text)
    if label is None or sentence.speaker is None:
        return False
    meant = people.named(label["after"] or label["before"] or label["alone"])
    if meant is None or meant == sentence.speaker:
        return False
    return label["alone"] is None or bool(_FIRST_PERSON.match(sentence.plain, label.end()))
