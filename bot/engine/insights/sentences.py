"""From messages to sentences: the units that every rule looks at, each with its place in the transcript."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from bot.engine.records import Message, Person

LONGEST_WORDS: Final = 60
"""No sentence is longer; speech without punctuation is cut here at the latest."""

LONGEST_LETTERS: Final = 800
"""Nor has one more characters: what goes on without blanks, as some languages and no people do, is cut as well."""

LONG_WORDS: Final = 14
"""Words without any punctuation from which on a sentence is looked at for places where a speaker began anew."""

JOINED_MESSAGES: Final = 6
"""At most so many caption lines are read as one sentence."""

_BACK: Final = 20
"""Characters before a place that tell whether the speaker begins anew there."""

_FAR_BACK: Final = 200
"""Characters before a comma in which the first of several promises is looked for."""

_FEWEST: Final = 3
"""Nobody begins anew before so many words: "Victor, could you…" is one beginning."""

_WORD: Final = re.compile(rf"\S{{1,{LONGEST_LETTERS}}}")
TERMINAL: Final = re.compile(r"[.!?…][\"'”’)\]]*\s*$")
_ABBREVIATION: Final = re.compile(
    r"(?:\b(?:mr|mrs|ms|dr|prof|st|vs|e\.g|i\.e|approx|inc|ltd|dept)|(?<!['’])\b[a-z])\.$"
)
_NUMBER_SIGN: Final = re.compile(r"\bno\.$")
_END: Final = re.compile(r"(?<![.!?…])[.!?…]++[\"'”’)\]]*+\s+|\n+")
MARKUP: Final = re.compile(
    r"<[^<>\n]{1,80}>|\{[A-Za-z_ ]{1,30}\}|\[[A-Za-z0-9:.,_ -]{1,40}\]"
    r"|\((?:inaudible|unintelligible|indistinct|crosstalk|laugh|laughs|laughter|laughing|pause|pauses|silence|music|applause"
    r"|noise|coughs?|sighs?|overlapping)\b[^()]{0,30}\)",
    re.IGNORECASE,
)
"""What a transcription writes into the words: tags, {noise}, [laughter], (inaudible)."""

_HESITATION: Final = re.compile(
    r"(?:(?<=\bi)|(?<=\byou)|(?<=\bwe)|(?<='ll)|(?<=\bto)|(?<=\bthe)|(?<=\ba)|(?<=\band)|(?<=\bso)|(?<=\bwill)|(?<=\bcan)"
    r"|(?<=\bplease)),?\s+(?:um|uh|uhm|er|erm|hm+)\b,?|\b(?:um|uh|uhm|erm)\b"
)
_CLEAN: Final = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "\t": " ", "\n": " ", "\xa0": " ", "–": "-"})

_STARTS: Final = (
    r"(?:i'll|i will|i'm going to|i'm gonna|i can|i need to|let me|let's|we'll|we will|we need to|we have to|we should"
    r"|can you|could you|would you|please|somebody|someone|who is|who's|when is|make sure|don't forget)\b"
)
_ANEW: Final = re.compile(
    r"(?<=\s)(?:(?:okay|ok|alright|anyway|so|and|but|then|now)\s+){1,3}(?:[a-z]+\s+)?" + _STARTS + r"|(?<=\s)" + _STARTS
)
_DEPENDS: Final = re.compile(
    r"\b(?:if|that|because|when|unless|until|once|think|thought|know|said|say|says|guess|told (?:me|us|him|her)"
    r"|which|where|what|how|mean|hope"
    r"|so|and|but|then|now|okay|ok|or|not|than|whether|probably|maybe|[a-z]+,)\s$"
)
_SECOND: Final = (
    r"(?:i'll|i will|you'll|we'll|can you|could you|we need to|we have to|let's|somebody|someone"
    r"|(?:[A-Z][\w-]+)(?:\s+(?:will|can you|could you|needs to|has to)\b|'ll\b))"
)
_COMPOUND: Final = re.compile(rf"(?:[,;]\s+|\s+)(?=(?:and|but|so|then)\s+(?:then\s+)?{_SECOND})")
_LISTED: Final = re.compile(rf"[,;]\s+(?={_SECOND})")
_PROMISED: Final = re.compile(
    r"(?:'ll|\b(?:will|going to|gonna|need to|has to|have to|can you|could you))\s+[a-z]+\b"
    r"|^\W*(?:[A-Za-z]+\W+)?(?:send|forward|bring|mail|text|pass)\s+(?:me|us|it|them|that)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, or what is read as one.

    Attributes:
        number: Its place among all sentences.
        text: Verbatim: a substring of its messages' texts joined by a space.
        plain: The same, character by character, in lower case, with straight apostrophes and without markup.
        speaker: Who said it, when known.
        parts: Which characters of it belong to which message: id, first, after the last, and its offset there.
    """

    number: int
    text: str
    plain: str
    speaker: Person | None
    parts: tuple[tuple[str, int, int, int], ...]

    def message_ids(self, start: int = 0, end: int | None = None) -> tuple[str, ...]:
        """Return the ids of the messages that hold the characters from `start` to `end`."""
        end = len(self.text) if end is None else end
        return tuple(part[0] for part in self.parts if part[1] < end and start < part[2])


def plain(text: str) -> str:
    """Return `text` in lower case with straight apostrophes and blanks for markup and "um", of the same length."""
    lowered = "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)
    spoken = MARKUP.sub(_blanks, lowered.translate(_CLEAN))
    return _HESITATION.sub(_blanks, spoken)


def _blanks(match: re.Match[str]) -> str:
    return " " * len(match[0])


def cut(messages: Sequence[Message]) -> list[Sentence]:
    """Return the sentences of a conversation, in order; messages without words have none."""
    spoken = [message for message in messages if any(letter.isalnum() for letter in message.text)]
    ended = sum(1 for message in spoken if TERMINAL.search(message.text))
    punctuated = ended * 10 >= len(spoken) * 3
    sentences: list[Sentence] = []
    for group in _grouped(spoken, joining=punctuated):
        text = " ".join(message.text for message in group)
        flat = plain(text)
        for start, end in _spans(text, flat):
            sentences.append(
                Sentence(len(sentences), text[start:end], flat[start:end], group[0].speaker, _parts(group, start, end))
            )
    return sentences


def _grouped(messages: Sequence[Message], *, joining: bool) -> Iterator[list[Message]]:
    """Put together the lines of captions that cut a sentence: same speaker, no full stop, going on in lower case."""
    group: list[Message] = []
    for message in messages:
        goes_on = (
            joining
            and group
            and len(group) < JOINED_MESSAGES
            and group[-1].speaker == message.speaker
            and not TERMINAL.search(group[-1].text)
            and message.text.lstrip()[:1].islower()
        )
        if goes_on:
            group.append(message)
            continue
        if group:
            yield group
        group = [message]
    if group:
        yield group


def _parts(group: Sequence[Message], start: int, end: int) -> tuple[tuple[str, int, int, int], ...]:
    parts = []
    begin = 0
    for message in group:
        stop = begin + len(message.text)
        if begin < end and start < stop:
            first = max(begin, start)
            parts.append((message.id, first - start, min(stop, end) - start, first - begin))
        begin = stop + 1
    return tuple(parts)


def _spans(text: str, flat: str) -> Iterator[tuple[int, int]]:
    begin = 0
    for match in _END.finditer(text):
        before = flat[begin : match.end()].rstrip()
        numbered = _NUMBER_SIGN.search(before) and text[match.end() : match.end() + 1].isdigit()
        short = _ABBREVIATION.search(before) and not before.endswith(" i.")
        if "\n" not in match[0] and (numbered or short):
            continue
        yield from _clauses(text, flat, begin, match.end())
        begin = match.end()
    yield from _clauses(text, flat, begin, len(text))


def _clauses(text: str, flat: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a sentence where a second promise or request begins; without punctuation, where the speaker starts anew."""
    cuts = {match.end() + start for match in _COMPOUND.finditer(text[start:end])}
    cuts |= {match.end() + start for match in _COMPOUND.finditer(flat[start:end])}
    piece = flat[start:end]
    listed = [match for found in (_LISTED.finditer(text[start:end]), _LISTED.finditer(piece)) for match in found]
    cuts |= {
        match.end() + start
        for match in listed
        if _PROMISED.search(piece[max(0, match.start() - _FAR_BACK) : match.start()])
    }
    if len(piece.split()) >= LONG_WORDS and not re.search(r"[,;:!?]", piece.rstrip(".?!… ")):
        early = _within(piece)
        cuts |= {
            start + match.start()
            for match in _ANEW.finditer(piece)
            if match.start() >= early and not _DEPENDS.search(piece[max(0, match.start() - _BACK) : match.start()])
        }
    if re.match(r"\W*(?:(?:and|so|but|well|yeah|okay)\s+)*(?:if|when|once|unless|because)\b", piece):
        cuts = set()
    edges = [start, *sorted(place for place in cuts if start < place < end), end]
    for first, last in pairwise(edges):
        yield from _bounded(text, first, last)


def _within(piece: str) -> int:
    """Return where the first few words of a piece end."""
    found = [match.end() for _, match in zip(range(_FEWEST), re.finditer(r"\S+", piece), strict=False)]
    return found[-1] if len(found) == _FEWEST else len(piece)


def _bounded(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    chunk: list[tuple[int, int]] = []
    for match in _WORD.finditer(text, start, end):
        if chunk and (len(chunk) == LONGEST_WORDS or match.end() - chunk[0][0] > LONGEST_LETTERS):
            yield from _whole(text, chunk)
            chunk = []
        chunk.append(match.span())
    yield from _whole(text, chunk)


def _whole(text: str, chunk: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield from where to where words go, unless there are none."""
    if chunk and any(letter.isalnum() for letter in text[chunk[0][0] : chunk[-1][1]]):
        yield chunk[0][0], chunk[-1][1]
