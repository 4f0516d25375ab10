"""The phrases that name things: runs of telling words, with what shows that they are a thing and no verb or quality."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from bot.engine.insights.common_words import FOREIGN_STOP_WORDS
from bot.engine.insights.names import GIVEN_NAMES
from bot.engine.insights.people import AMBIGUOUS, Roster
from bot.engine.insights.sentences import Sentence, plain
from bot.engine.insights.stems import stem
from bot.engine.insights.vocabulary import (
    CALENDAR_WORDS,
    FILLERS,
    NUMBER_WORDS,
    ORDINALS,
    STOP_WORDS,
    TASK_VERBS,
    WEAK_VERBS,
    words,
)

LONGEST: Final = 3
"""Words in a phrase, at most."""

_SHORTEST_WORD: Final = 3
_NEAR: Final = 40
"""Characters before a word that tell what it is."""

_WORD: Final = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_ADDRESS: Final = re.compile(r"\S*(?:://|@|www\.|\w\.(?:com|net|org|io|xyz|example)\b)\S*")
"""Links and addresses are no topics."""

WORKING: Final = frozenset(map(stem, TASK_VERBS | WEAK_VERBS))
"""Verbs of work are what one does with a topic."""

_SUBJECT_BEFORE: Final = re.compile(
    r"(?:\b(?:does|do|did|will|can|could|should)\s+(?:it|this|that|you)|\b(?:i|we|they|he|she|will|would|can|could|should|shall|must|cannot|let's|gonna|who|please)|'ll|n't|'d)"
    r"(?:\s+(?:also|just|still|really|always|never|not|all|\w+ly))*\s+$"
)
"""What is followed by a verb."""

_VERB_BEFORE: Final = re.compile(r"\b(?:to|you|it|this|that|and then|not|or)\s+$")
_OBJECT_AFTER: Final = re.compile(
    r"\s+(?:to|the|a|an|it|them|us|me|him|her|you|our|my|your|their|his|these|those|this|that|all|some|any)\b"
)
"""What follows a verb, and seldom a noun."""

_PARTICIPLE: Final = re.compile(
    r"[a-z]{3}(?<!e)ed$|^(?:paid|broke|broken|sent|sold|told|lost|went|ran|came|fell|wrote|grew|drew|won|led|hit)$"
)
"""“Page loaded” is a happening; “recycled paper” is a thing."""

_SHORTEST_ADVERB: Final = 5
_NO_ADVERBS: Final = words(
    "family supply assembly anomaly monopoly butterfly italy reply weekly monthly daily quarterly"
)

_THING_BEFORE: Final = re.compile(
    r"(?:\b(?:the|a|an|our|your|my|their|his|her|its|this|these|those|some|any|no|each|every|both|which|what|new|of"
    r"|about|for|with|on|in|by|from|without|per|into|between|versus|vs|another|other|same|all|many|two|three|four|five"
    r"|six|ten|main)|\d)\s+(?:(?:old|new|whole|entire|first|second|third|last|next|final|same|other|best|good|great|long"
    r"|little|nice|real|right|only|own|more|most|bloody|damn|goddamn|fucking|shitty|crappy)\s+)*$"
)
"""What stands before a thing rather than before a quality or a deed."""

_QUALITY_BEFORE: Final = re.compile(
    r"(?:\b(?:is|are|was|were|be|being|been|so|very|too|really|quite|pretty|how|feels?|looks?|sounds?|gets?|got|rather|more"
    r"|less|as)|'s|'re|'m)\s+(?:not\s+)?$"
)
_QUALITY_AFTER: Final = re.compile(r"\s+(?:ones?|enough)\b")
"""What stands around a quality: "it's free", "so bright", "the blue one"."""

_PLACED: Final = re.compile(r"\b(?:the|a|an|our|your|this|that|in|on|into|from|via|using)\s+$")
"""What stands before the name of a place or a product; people have names without."""

_COINED: Final = re.compile(r"[A-Z].*[A-Z0-9]|[a-z].*[A-Z]|\d")
"""Capitals inside a word: HSM, QuickBooks, iPhone."""

_CRUDE: Final = words(
    """
    shit shitty bullshit crap crappy fuck fucking fucked fucker damn damned bloody bastard bastards bitch bitches arse
    ass asshole arsehole cunt dick piss pissed bollocks wanker wank twat slut whore hell goddamn motherfucker sod
    """
)
_DULL: Final = words(
    """
    whoops oops bum blah haha ha lol yo mate mates lads love dear dad mum mummy god gosh jesus christ bit bits sec chap
    pleasure favour favor worries luck shame pity sense fault turn reason reasons problem problems question questions
    lot lots side sides sort way ways kind type types piece pieces stuff rest half others everyone anybody someone
    ive youve weve theyve im youre theyre thats whats dont doesnt didnt isnt wasnt cant couldnt wont wouldnt shouldnt
    havent hasnt hadnt lets theres heres hes shes itll youll well weekend lunch coffee minute moment anything yesterday
    mrs mister miss sir madam prof doctor professor person man woman men women kid kids son daughter wife husband
    brother sister mother father baby inside outside middle top bottom front back corner address interject eating
    laughing moving raining talking thinking saying asking trying looking working waiting idea ideas word words thumb
    thumbs dead alive empty full scary ill sick odd afraid proud cross happy sad angry tired ready impossible
    """
)


@dataclass(slots=True)
class Phrase:
    """What was said in several forms of the same words.

    Attributes:
        spoken: How often in which form, as written.
        sentences: The numbers of the sentences, once for each time.
        message_ids: The messages that hold it, in order.
        ended: How often it ended its run: a thing comes last, "the big shed" is no big.
        things: How often it did so where things stand.
        placed: How often it did so where names of places and products stand.
    """

    spoken: Counter[str] = field(default_factory=Counter)
    sentences: list[int] = field(default_factory=list)
    message_ids: dict[str, None] = field(default_factory=dict)
    ended: int = 0
    things: int = 0
    placed: int = 0

    def text(self) -> str:
        """Return the commonest way to say it; in lower case, unless it is always written otherwise."""
        by_form: Counter[str] = Counter()
        for form, times in self.spoken.items():
            by_form[form.lower()] += times
        lower = min(by_form, key=lambda form: (-by_form[form], form))
        written = [form for form in self.spoken if form.lower() == lower]
        return lower if lower in written or len(written) > 1 else written[0]


Phrases = Mapping[tuple[str, ...], Phrase]
"""Phrases by the stems of their words."""


def phrases_of(sentences: Sequence[Sentence], people: Roster, language: str | None) -> Phrases:
    """Return the phrases that name things.

    Args:
        sentences: What is read.
        people: Who speaks and is spoken of: names are no topics.
        language: Two letters, or None for English; of other languages at most the small words are known.
    """
    english = language in {None, "en"}
    dull = _dull(people, language)
    found: dict[tuple[str, ...], Phrase] = defaultdict(Phrase)
    for sentence in sentences:
        for run in _runs(sentence, dull, english=english):
            _add(found, sentence, run, english=english)
    return {key: phrase for key, phrase in found.items() if not english or _is_thing(key, phrase)}


def _add(
    found: dict[tuple[str, ...], Phrase], sentence: Sentence, run: Sequence[tuple[str, int]], *, english: bool
) -> None:
    before = sentence.plain[max(0, run[0][1] - _NEAR) : run[0][1]]
    last, at = run[-1]
    is_quality = bool(_QUALITY_BEFORE.search(before) or _QUALITY_AFTER.match(sentence.plain, at + len(last)))
    is_thing = not is_quality and bool(_THING_BEFORE.search(before))
    is_placed = not is_quality and bool(_PLACED.search(before))
    for size in range(1, LONGEST + 1):
        for first in range(len(run) - size + 1):
            chunk = run[first : first + size]
            if english and _PARTICIPLE.search(chunk[-1][0].lower()):
                continue
            phrase = found[tuple(stem(plain(word)) for word, _ in chunk)]
            phrase.spoken[" ".join(word for word, _ in chunk)] += 1
            phrase.sentences.append(sentence.number)
            start, end = chunk[0][1], chunk[-1][1] + len(chunk[-1][0])
            phrase.message_ids.update(dict.fromkeys(sentence.message_ids(start, end)))
            if first + size == len(run):
                phrase.ended += 1
                phrase.things += is_thing or (first > 0 and not is_quality)
                phrase.placed += is_placed or first > 0


def _is_thing(key: tuple[str, ...], phrase: Phrase) -> bool:
    """Tell a thing by where it stood; a word that is always capitalised may be somebody."""
    if not phrase.things or phrase.things * 2 < phrase.ended:
        return False
    capital = all(form[:1].isupper() for form in phrase.spoken)
    return not capital or len(key) > 1 or phrase.placed > 0 or any(map(_COINED.search, phrase.spoken))


def _dull(people: Roster, language: str | None) -> frozenset[str]:
    names = {part for person in people.speakers for part in re.split(r"[\s._-]+", plain(person.name))}
    names |= {part for name in people.others for part in plain(name).split()}
    names |= GIVEN_NAMES - AMBIGUOUS
    if language in {None, "en"}:
        stop = STOP_WORDS | _DULL
    else:
        stop = FOREIGN_STOP_WORDS.get(language or "", frozenset()) | FILLERS
    return frozenset(names) | stop | _CRUDE | CALENDAR_WORDS | NUMBER_WORDS.keys() | ORDINALS.keys()


def _runs(sentence: Sentence, dull: frozenset[str], *, english: bool) -> Iterator[list[tuple[str, int]]]:
    """Find the stretches of words that say something, unbroken by stop words and punctuation."""
    run: list[tuple[str, int]] = []
    end = 0
    flat = _ADDRESS.sub(lambda match: "." * len(match[0]), sentence.plain)
    for match in _WORD.finditer(flat):
        empty = _says_nothing(match[0], dull) or (english and (_is_adverb(match[0]) or _acts(flat, match)))
        broken = flat[end : match.start()].strip() != "" or empty
        if broken and run:
            yield run
            run = []
        if not empty:
            run.append((sentence.text[match.start() : match.end()], match.start()))
        end = match.end()
    if run:
        yield run


def _says_nothing(flat: str, dull: frozenset[str]) -> bool:
    return (
        flat in dull
        or flat.removesuffix("'s") in dull
        or len(flat) < _SHORTEST_WORD
        or not flat[0].isalpha()
        or "'" in flat
        or all(part in dull for part in flat.split("-"))
    )


def _is_adverb(flat: str) -> bool:
    return flat.endswith("ly") and len(flat) > _SHORTEST_ADVERB and flat not in _NO_ADVERBS


def _acts(flat: str, match: re.Match[str]) -> bool:
    """Tell a verb by its neighbours: "we invite marketing", "the app moves to", "to send the"."""
    before = flat[max(0, match.start() - _NEAR) : match.start()]
    if _SUBJECT_BEFORE.search(before):
        return True
    return stem(match[0]) in WORKING and bool(
        _VERB_BEFORE.search(before) or _OBJECT_AFTER.match(flat, match.end()) or not re.search(r"\w", before)
    )
