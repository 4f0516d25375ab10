"""What the engine itself reads where a language model points: who took it on, by when, and whether it still stands."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.engine.insights.afterthoughts import in_the_same_breath
from bot.engine.insights.cues import Cue, find_cues
from bot.engine.insights.dates import find_dates
from bot.engine.insights.due_dates import due
from bot.engine.insights.language_model.quotes import Span
from bot.engine.insights.language_model.texts import words_of
from bot.engine.insights.merging import about
from bot.engine.insights.owners import REACH, answer
from bot.engine.insights.people import Roster, is_named
from bot.engine.insights.replies import calls_off, calls_off_at_once, retraction_within, takes_on, unneeded
from bot.engine.insights.sentences import Sentence
from bot.engine.insights.signals import signals
from bot.engine.insights.staged import staged
from bot.engine.insights.stems import stem
from bot.engine.insights.turns import FIRST_PERSON, Family
from bot.engine.records import Message, Person

_DOUBTS: Final = frozenset({"quoted", "condition", "joke", "past", "would"})
"""Signals under which nobody takes anything on."""

_ASKS: Final = frozenset(
    {Family.REQUEST, Family.SOMEBODY, Family.YOURS, Family.DIRECTIVE, Family.IMPERATIVE, Family.ASSIGNED, Family.ASKED}
)
_HAS_DONE: Final = frozenset({"have", "let", "get", "ask", "tell", "make"})
"""Verbs that have somebody else do something."""

_ME: Final = re.compile(r"\b(?:me|my|mine|myself)\b")
_YOU: Final = re.compile(r"\b(?:you|your|yours)\b")
_NEAR: Final = 3
"""“You” is who spoke last, or speaks next, within so many sentences."""


@dataclass(frozen=True, slots=True)
class Grounds:
    """What speaks for an item where it was said.

    Attributes:
        cues: The turns of phrase that are about the same work.
        owner: Whose it is, by our own rules.
        agreed: Whether somebody agreed to do it.
        meant: The names, as words in lower case, of those who are meant by "me" and "you".
    """

    cues: tuple[Cue, ...] = ()
    owner: Person | None = None
    agreed: bool = False
    meant: frozenset[str] = frozenset()


class Evidence:
    """The sentences of a conversation, as our own rules read them.

    Args:
        messages: The conversation.
        sentences: The same, cut.
        people: Who speaks and is spoken of.
        base: The day of the meeting.
        english: Whether our rules for English can read it; where they cannot, nobody owns anything, nothing is due.
    """

    def __init__(
        self,
        messages: Sequence[Message],
        sentences: Sequence[Sentence],
        people: Roster,
        base: date,
        *,
        english: bool,
    ) -> None:
        self.messages = messages
        self.people = people
        self.base = base
        self._sentences = sentences
        self._english = english
        self._staged = staged(sentences, people)
        self._ids = [message.id for message in messages]
        self._by_message: dict[str, list[Sentence]] = {}
        for sentence in sentences:
            for part in sentence.parts:
                self._by_message.setdefault(part[0], []).append(sentence)

    def sentences_of(self, span: Span) -> list[Sentence]:
        """Return the sentences that a quote touches."""
        found: dict[int, Sentence] = {}
        for place, begin, stop in span.parts:
            for sentence in self._by_message.get(self._ids[place], ()):
                for message_id, first, last, offset in sentence.parts:
                    if message_id == self._ids[place] and offset < stop and begin < offset + last - first:
                        found[sentence.number] = sentence
        return [found[number] for number in sorted(found)]

    def is_staged(self, span: Span) -> bool:
        """Tell whether a quote touches words for a machine's ears, or read out as somebody else's."""
        return any(sentence.number in self._staged for sentence in self.sentences_of(span))

    def fallen(self, span: Span, text: str) -> str | None:
        """Return why what was said there is no work any more, or never was; None when it stands."""
        if not self._english:
            return None
        sentences = self.sentences_of(span)
        verb = stem(words_of(text)[0]) if words_of(text) else ""
        for sentence in sentences:
            following = self._sentences[sentence.number + 1 : sentence.number + 2]
            if in_the_same_breath(sentence, following, self.base):
                return "it was taken back right after"
            if following and following[0] not in sentences and calls_off_at_once(following[0].plain):
                return "it was called off right after"
        if sentences and all(unneeded(s.plain) or calls_off(s.plain) for s in sentences):
            return "its lines say that it is not needed, or done already"
        if verb and sentences and _denied(verb, sentences) and not _denies(text):
            return "its lines say that it is not to be done"
        return None

    def unstaged(self, place: int) -> list[str]:
        """Return what a message says, without sentences for a machine's ears."""
        found = []
        for sentence in self._by_message.get(self._ids[place], ()):
            if sentence.number not in self._staged:
                found += [
                    sentence.text[first:last]
                    for message_id, first, last, _ in sentence.parts
                    if message_id == self._ids[place]
                ]
        return found

    def grounds(self, span: Span, cited: Sequence[int], text: str | None) -> Grounds:
        """Return what speaks for an item where it was said, or else where it points at.

        Args:
            span: Its quote.
            cited: The places of the messages that it points at.
            text: Its wording; None when that is in another language, and all turns of phrase count.
        """
        if not self._english:
            return Grounds()
        for sentences in (self.sentences_of(span), self._sentences_at(cited)):
            cues = [cue for sentence in sentences for cue in find_cues(sentence, self.people)]
            cues = [cue for cue in cues if not _retracted(cue)]
            best = cues if text is None else _closest(cues, text)
            if best:
                return self._grounds(best, text)
        return Grounds()

    def _grounds(self, cues: Sequence[Cue], text: str | None) -> Grounds:
        replies = [(cue, answer(cue, self._following(cue))) for cue in cues]
        owners = {
            reply.owner
            for cue, reply in replies
            if reply.owner and not _DOUBTS & signals(cue, due=False).keys() and not _delegates(cue, text)
        }
        return Grounds(
            tuple(cues),
            owners.pop() if len(owners) == 1 else None,
            any(reply.agreed for _, reply in replies),
            frozenset(name for cue, reply in replies for name in self._meant(cue, reply.owner)),
        )

    def turned_round(self, grounds: Grounds, text: str) -> bool:
        """Tell whether a text has somebody as the one it is done to or for who is asked, or who asks another.

        Of those who are a party to it only who is named in the work itself, or meant by its "me" and "you", can be in
        its text: "Bob, can you send me the invoice" is never "Send Bob the invoice".
        """
        parties = {cue.sentence.speaker for cue in grounds.cues} | {cue.named for cue in grounds.cues} | {grounds.owner}
        for name, _, person in self.people.mentions(text):
            named = set(words_of(name))
            in_work = any(named & set(words_of(cue.work)) for cue in grounds.cues)
            if person in parties and not named & grounds.meant and not in_work:
                return True
        return False

    def deadlines(self, span: Span, cited: Sequence[int]) -> list[date]:
        """Return the days by which something is due in the sentences of a quote and the messages pointed at."""
        if not self._english:
            return []
        found: dict[date, None] = {}
        for sentence in (*self.sentences_of(span), *self._sentences_at(cited)):
            for days in find_dates(sentence.text, sentence.plain, self.base):
                by = due(sentence.plain, [days], self.base)
                if by is not None:
                    found[by[0]] = None
        return list(found)

    def _sentences_at(self, places: Sequence[int]) -> list[Sentence]:
        """Return the sentences of messages that people said to people."""
        return [
            sentence
            for place in places
            for sentence in self._by_message.get(self._ids[place], ())
            if sentence.number not in self._staged
        ]

    def _following(self, cue: Cue) -> list[Sentence]:
        """Return the sentences that can be the answer: the next few, up to the next request."""
        answers: list[Sentence] = []
        number = cue.sentence.number
        for sentence in self._sentences[number + 1 : number + 1 + REACH]:
            asks = any(other.family in _ASKS for other in find_cues(sentence, self.people))
            if asks and not takes_on(sentence.plain):
                break
            answers.append(sentence)
        return answers

    def _meant(self, cue: Cue, owner: Person | None) -> Iterable[str]:
        """Return the names of those who are meant by "me" and "you" in the work itself."""
        speaker = cue.sentence.speaker
        if _ME.search(cue.work) and speaker is not None and is_named(speaker):
            yield from words_of(speaker.name)
        if not _YOU.search(cue.work):
            return
        first_person = cue.family in FIRST_PERSON
        for asked in self._partners(cue.sentence) if first_person else (owner or cue.named,):
            if asked is not None and is_named(asked):
                yield from words_of(asked.name)

    def _partners(self, sentence: Sentence) -> Iterable[Person | None]:
        """Return whom somebody may speak to: who spoke last before them, and who speaks next."""
        before = reversed(self._sentences[max(0, sentence.number - _NEAR) : sentence.number])
        after = self._sentences[sentence.number + 1 : sentence.number + 1 + _NEAR]
        for near in (before, after):
            yield next((other.speaker for other in near if other.speaker != sentence.speaker), None)


def _delegates(cue: Cue, text: str | None) -> bool:
    """Tell whether somebody only has others do what a text says: "I'll have him mail you the numbers"."""
    if cue.word not in _HAS_DONE:
        return False
    return text is None or stem(cue.word) != stem(next(iter(words_of(text)), ""))


def _retracted(cue: Cue) -> bool:
    flat = cue.sentence.plain
    return calls_off(flat[cue.start :]) or retraction_within(flat[cue.verb :]) is not None


def _closest(cues: Sequence[Cue], text: str) -> list[Cue]:
    """Return the turns of phrase that tell the work that a text tells: by its verb first, then by what it is about."""
    words = words_of(text)
    told, verb = {stem(word) for word in words}, stem(words[0]) if words else ""
    ranked = [((2 if stem(cue.word) == verb else 0) + len(told & set(about(cue.work)[1:])), cue) for cue in cues]
    top = max((rank for rank, _ in ranked), default=0)
    return [cue for rank, cue in ranked if rank == top] if top else []


def _denied(verb: str, sentences: Sequence[Sentence]) -> bool:
    """Tell whether a verb is used in these sentences, and only to say that it is not to be done."""
    uses = [
        bool(_DENIED.search(sentence.plain[: match.start()]))
        for sentence in sentences
        for match in re.finditer(r"[a-z]+(?:-[a-z]+)*", sentence.plain)
        if stem(match[0]) == verb
    ]
    return bool(uses) and all(uses)


_DENIED: Final = re.compile(
    r"(?:\b(?:not|never|no longer|cannot)|n't(?! forget))\b"
    r"(?:\s+(?:\w+(?:ing)?\s+)?to|\s+(?:be|\w+ly|also|just|have|even))*\s*$"
    r"|\b(?:without|instead of|rather than|stop|avoid)\s+$"
)


def _denies(text: str) -> bool:
    return bool(re.search(r"\b(?:not|never|no|without|stop|avoid|cancel|don't)\b|n't\b", text.lower()))
