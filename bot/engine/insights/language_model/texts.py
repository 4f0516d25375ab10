"""What a language model may write: plain text that says no more than the lines it points at."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from bot.engine.insights.common_words import COMMON
from bot.engine.insights.language_model.numbers import numbers_in, parts_of
from bot.engine.insights.language_model.quotes import fold, visible
from bot.engine.insights.names import GIVEN_NAMES
from bot.engine.insights.people import AMBIGUOUS
from bot.engine.insights.stems import stem
from bot.engine.insights.vocabulary import CALENDAR_WORDS, NUMBER_WORDS, ORDINALS, STOP_WORDS, TASK_VERBS, WEAK_VERBS

LONGEST: Final = 240
"""Characters of one text."""

_TAG: Final = re.compile(r"<[^<>]{0,200}>")
_MENTION: Final = re.compile(
    r"(?<![\w.])[@!](?:channel|here|everyone|group|subteam\S*)\b|(?<![\w.])@[UW][A-Z0-9]{6,}\b"
)
_NAMED_LINK: Final = re.compile(r"!?\[([^\[\]]{0,200})\]\([^()\s]{0,500}\)")
_MARKS: Final = re.compile(r"[*_~`|]{1,3}(?=\S)|(?<=\S)[*~`|]{1,3}|(?<=\w)_(?!\w)")
_LIST_MARK: Final = re.compile(r"^\s*(?:[-*•#>–—]+|\[[ xX]?\]|\d{1,2}[.)])\s+")
_LINK: Final = re.compile(r"\w{2,20}://|\bwww\.|\bmailto:|\b(?:[\w-]+\.)+[a-z]{2,12}/\S", re.IGNORECASE)
_DOTTED: Final = re.compile(r"\w+(?:[.@]\w+)+")
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_NEGATION: Final = re.compile(r"\b(?:not|no|never|without|nobody|none|nothing|cannot|neither)\b|n't\b|\b\w+n’t\b")

_TITLES: Final = frozenset({"mr", "mrs", "ms", "dr"})
_OF_A_WORD: Final = 5
"""Words that begin with so many equal letters are taken as forms of one word: finalise, final draft."""

_LONG: Final = 5
"""In other languages than English words of fewer letters mostly say nothing by themselves."""

_UNBROKEN: Final = re.compile(r"[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_SHARE_ELSEWHERE: Final = 0.4
_SHARE_UNBROKEN: Final = 0.3


@dataclass(frozen=True, slots=True)
class Tongue:
    """In which language was spoken, and in which is written: what can be compared between them.

    Attributes:
        english: English was spoken, and is written.
        same: One language was spoken and written.
    """

    english: bool
    same: bool


def cleaned(text: str) -> str:
    """Return a text without markup, mentions and what cannot be seen; the first letter large."""
    plain = _NAMED_LINK.sub(r"\1", visible(text))
    plain = _MENTION.sub(" ", _TAG.sub(" ", plain)).replace("<", " ").replace(">", " ")
    plain = " ".join(_MARKS.sub("", _LIST_MARK.sub("", plain)).split())
    plain = re.sub(r"\s+([,.;:!?])", r"\1", plain).strip(" ,;:-–—")
    return plain[:1].upper() + plain[1:]


@dataclass(frozen=True, slots=True)
class Support:
    """What a text may rest on.

    Attributes:
        said: The lines that it points at.
        names: Everybody's names in this conversation.
        tongue: What can be compared.
        share: The part of its telling words that must have been said, 0 to 1.
        meant: Words in lower case that it may use besides: the names of those who are meant by "me" and "you".
    """

    said: Sequence[str]
    names: Sequence[str]
    tongue: Tongue
    share: float
    meant: frozenset[str] = frozenset()


def unsupported(text: str, support: Support) -> str | None:
    """Return why a cleaned text says more than was said, or None."""
    if len(text) > LONGEST:
        return f"its text is longer than {LONGEST} characters"
    if not any(letter.isalnum() for letter in text):
        return "its text says nothing"
    if _LINK.search(text):
        return "its text holds a link; leave it out"
    return _new(text, support)


def _new(text: str, support: Support) -> str | None:
    heard = fold(" ".join(support.said)).text
    known = frozenset(word for match in _WORD.finditer(heard) for word in (match[0], *match[0].split("-")))
    known |= support.meant
    english = support.tongue.english
    missing = _new_number(text, heard) or _new_name(text, heard, known, support.names, english=english)
    if missing:
        return f"“{missing}” was not said in its lines"
    if english and _NEGATION.search(text.lower()) and not _NEGATION.search(heard):
        return "it denies what its lines do not deny"
    if english:
        return _too_free(text, known, support.share)
    if support.tongue.same:
        return _too_free_elsewhere(text, heard, share=min(support.share, _SHARE_ELSEWHERE))
    return None


def words_of(text: str) -> list[str]:
    """Return the words of a text in lower case, with straight apostrophes."""
    return _WORD.findall(fold(text).text)


def _new_number(text: str, heard: str) -> str | None:
    new = numbers_in(text) - numbers_in(heard) - parts_of(heard)
    return min(new) if new else None


def _new_name(text: str, heard: str, known: frozenset[str], names: Iterable[str], *, english: bool) -> str | None:
    """Find a name that was not said: of the conversation's people, of anybody, or any other that is written large."""
    for match in _DOTTED.finditer(text):
        if match[0].casefold() not in heard and not match[0].replace(".", "").isdigit():
            return match[0]
    of_people = {part for name in names for part in words_of(name)}
    known |= {part for name in names if known.intersection(words_of(name)) for part in words_of(name)} | _TITLES
    for match in _WORD.finditer(text):
        word = match[0].casefold().replace("’", "'").removesuffix("'s")
        if _is_known(word, known):
            continue
        first = not re.search(r"\w", text[: match.start()]) or text[: match.start()].rstrip().endswith((".", "!", "?"))
        verb = word in TASK_VERBS or word in WEAK_VERBS
        person = word in of_people or (match[0][:1].isupper() and word in GIVEN_NAMES - AMBIGUOUS)
        if person and not (first and verb) and not (word in AMBIGUOUS and match[0].islower()):
            return match[0]
        if english and match[0][:1].isupper() and not first and word not in STOP_WORDS:
            return match[0]
    return None


def _is_known(word: str, known: frozenset[str]) -> bool:
    if word in known or word.replace("-", "") in known:
        return True
    root = stem(word)
    return any(
        root == stem(other) or (len(root) >= _OF_A_WORD and other.startswith(root[: max(_OF_A_WORD, len(root) - 2)]))
        for other in known
    )


def _too_free(text: str, known: frozenset[str], share: float) -> str | None:
    words = [word for word in words_of(text) if not _says_little(word)]
    first = words_of(text)[:1]
    told = [word for word in words if [word] != first or not (word in TASK_VERBS or word in WEAK_VERBS)]
    if not told:
        return None if words else "its text does not say what it is about"
    unsaid = [word for word in told if not _is_known(word, known)]
    if len(told) - len(unsaid) < share * len(told) or len(unsaid) == len(told):
        return f"its text uses other words than its lines: {', '.join(unsaid[:5])}"
    return None


def _says_little(word: str) -> bool:
    return (
        word in STOP_WORDS
        or word in CALENDAR_WORDS
        or word in NUMBER_WORDS
        or word in ORDINALS
        or (stem(word) in COMMON and word not in TASK_VERBS)
    )


def _too_free_elsewhere(text: str, heard: str, share: float) -> str | None:
    """Compare words by their beginnings; where a script has no blanks between words, characters by twos."""
    flat = fold(text).text
    if len(_UNBROKEN.findall(flat)) * 2 > sum(letter.isalpha() for letter in flat):
        twos = {flat[at : at + 2] for at in range(len(flat) - 1) if flat[at : at + 2].isalnum()}
        enough = sum(two in heard for two in twos) >= _SHARE_UNBROKEN * len(twos)
    else:
        words = [word for word in _WORD.findall(flat) if len(word) >= _LONG]
        beginnings = {word[: _LONG - 1] for word in _WORD.findall(heard)}
        enough = sum(word[: _LONG - 1] in beginnings for word in words) >= share * len(words)
    return None if enough else "its text uses other words than its lines"
