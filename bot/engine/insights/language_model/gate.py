"""What of a language model's answer may leave the engine: only what stands in the transcript and keeps our rules."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Final, TypeVar

from bot.engine.insights.entities import people_and_dates
from bot.engine.insights.language_model.drafts import ChapterDraft, Drafts, ItemDraft, QuestionDraft, Said, TopicDraft
from bot.engine.insights.language_model.evidence import Evidence, Grounds
from bot.engine.insights.language_model.findings import Findings, Start
from bot.engine.insights.language_model.quotes import LONGEST, Span, Transcript, fold, visible
from bot.engine.insights.language_model.texts import Support, Tongue, cleaned, unsupported
from bot.engine.insights.language_model.windows import Window
from bot.engine.records import Answer, Decision, Insight, InsightKind, Mention, Person, SummarySentence, Topic

Draft = TypeVar("Draft", ItemDraft, QuestionDraft, Said)
Kept = TypeVar("Kept", Insight, Decision, SummarySentence)

SURE, LIKELY, POSSIBLE = 0.9, 0.8, 0.65
"""Scores: our own rules find the same work there; they find a turn of phrase for it; only the model finds it.

Coarse on purpose: what a model says of its own certainty means nothing.
"""

MOST_CITED: Final = 12
"""An item that needs more lines rests on none of them."""

_SHARE: Final = 0.5
_SHARE_OF_SUMMARY: Final = 0.6
_TOPIC_WORDS, _TITLE_WORDS = 5, 9
_MOVABLE: Final = 4
"""A quote of so many words that stands in one message only is found there, though the model named another."""

_BEFORE, _AFTER = 12, 3
"""To be readable alone, an item's text may name what was named so many messages before and after its lines."""

_SHOWN: Final = 80
"""Characters of an entry that a complaint about it repeats."""

_SUBJECT: Final = re.compile(
    r"^(?P<who>[^\W\d_][\w'’.-]*(?: [^\W\d_][\w'’.-]*){0,2}?)"
    r"(?:['’]ll| (?:will|shall|to|should|must|has to|have to|needs to|need to|is going to|are going to))(?: also)? "
)


class Unfit(Exception):
    """An entry does not hold; the reason is for the model to read, None where there is nothing to repair."""

    def __init__(self, reason: str | None = None) -> None:
        super().__init__(reason)
        self.reason = reason


class Gate:
    """Judges the entries of answers about one conversation.

    Args:
        evidence: The conversation, as our own rules read it.
        tongue: What of what is said and written can be compared.
        own: The work that our own rules found.
    """

    def __init__(self, evidence: Evidence, tongue: Tongue, own: Sequence[Insight]) -> None:
        people = evidence.people
        self._messages = evidence.messages
        self._transcript = Transcript(evidence.messages)
        self._evidence = evidence
        self._tongue = tongue
        self._names = (*(person.name for person in people.speakers), *sorted(people.others))
        self._own = {one: item for item in own for one in item.message_ids}

    def judge(self, drafts: Drafts, window: Window) -> Findings:
        """Return what holds of an answer about a window, and why the rest does not."""
        found = Findings()
        found.work += _fit(self._item, drafts.items, window, found.complaints)
        found.decisions += _fit(self._decision, drafts.decisions, window, found.complaints)
        found.questions += _fit(self._question, drafts.questions, window, found.complaints)
        found.summary += _fit(self._summary, drafts.summary, window, found.complaints)
        found.topics += (topic for draft in drafts.topics if (topic := self._topic(draft, window)))
        found.chapters += self._chapters(drafts.chapters, window)
        if drafts.broken:
            found.complaints.append(f"{drafts.broken} entries have fields missing or of the wrong type")
        return found

    # ------------------------------------------------------------------------------------------------------- entries

    def _item(self, draft: ItemDraft, window: Window) -> Insight:
        span, cited = self._span(draft.said, window)
        if len(cited) > MOST_CITED:
            raise Unfit(f"it points at more than {MOST_CITED} lines")
        if draft.kind not in {InsightKind.ACTION_ITEM, InsightKind.FOLLOW_UP}:
            raise Unfit('its kind is neither "action_item" nor "follow_up"')
        text = cleaned(draft.said.text)
        text = self._from_the_verb_on(text) if self._tongue.english else text
        if (fallen := self._evidence.fallen(span, text)) is not None:
            raise Unfit(fallen)
        grounds = self._evidence.grounds(span, cited, text if self._tongue.english else None)
        self._check(text, self._around(cited), _SHARE, grounds.meant)
        if self._evidence.turned_round(grounds, text):
            raise Unfit("it turns round who does it for whom")
        own = self._own_at(span)
        owner = self._owner(draft.owner, grounds, own)
        return Insight(
            kind=InsightKind(draft.kind),
            text=text,
            quote=span.text,
            message_ids=self._ids(span),
            speaker=self._messages[span.places[0]].speaker,
            score=SURE if own else LIKELY if grounds.cues else POSSIBLE,
            owner=owner,
            due=self._due(draft.due, span, cited, own),
            definitive=draft.firm or grounds.agreed,
            mentions=self._mentions(text, owner),
            phrases=(text,),
        )

    def _from_the_verb_on(self, text: str) -> str:
        """Return an item's text without who is to do it: whose it is, its owner says."""
        subject = _SUBJECT.match(text)
        if subject is None or not (subject["who"] in {"I", "We"} or self._evidence.people.named(subject["who"])):
            return text
        return cleaned(text[subject.end() :])

    def _decision(self, draft: Said, window: Window) -> Decision:
        span, cited = self._span(draft, window)
        text = cleaned(draft.text)
        self._check(text, self._around(cited), _SHARE)
        return Decision(text, span.text, self._ids(span), self._messages[span.places[0]].speaker, LIKELY)

    def _question(self, draft: QuestionDraft, window: Window) -> Insight:
        span, cited = self._span(draft.said, window)
        text = cleaned(draft.said.text)
        if self._unsupported(text, self._around(cited), _SHARE) is not None:
            text = visible(span.text)
        return Insight(
            kind=InsightKind.QUESTION,
            text=text,
            quote=span.text,
            message_ids=self._ids(span),
            speaker=self._messages[span.places[0]].speaker,
            score=LIKELY,
            mentions=self._mentions(text, None),
            answer=self._answer(draft, span, window),
        )

    def _answer(self, draft: QuestionDraft, asked: Span, window: Window) -> Answer | None:
        if draft.answer is None:
            return None
        quote, line = draft.answer
        answered = self._transcript.find(quote, self._places((line,), window))
        if answered is None or len(answered.parts) != 1 or self._evidence.is_staged(answered):
            return None
        place, begin, _ = answered.parts[0]
        last, _, end = asked.parts[-1]
        if place < last or (place == last and begin < end):
            return None
        return Answer(answered.text, self._messages[place].id)

    def _summary(self, draft: Said, window: Window) -> SummarySentence:
        _, cited = self._span(draft, window)
        text = cleaned(draft.text)
        self._check(text, cited, _SHARE_OF_SUMMARY)
        return SummarySentence(text, tuple(self._messages[place].id for place in cited))

    def _topic(self, draft: TopicDraft, window: Window) -> Topic | None:
        text = cleaned(draft.text)
        text = text if text[:2].isupper() else text[:1].lower() + text[1:]
        places = [place for place in self._places(draft.lines, window) if self._evidence.unstaged(place)]
        if not places or not 1 <= len(text.split()) <= _TOPIC_WORDS:
            return None
        if self._unsupported(text, places, _SHARE) is not None:
            return None
        return Topic(
            text, 0.0, tuple(self._messages[place].id for place in places), cleaned(draft.parent or "") or None
        )

    def _chapters(self, drafts: Sequence[ChapterDraft], window: Window) -> Iterator[Start]:
        """Return where chapters begin; one whose title says more than its lines is part of the one before."""
        begun = sorted((one for one in drafts if window.first <= one.first <= window.last), key=lambda one: one.first)
        for place, draft in enumerate(begun):
            then = begun[place + 1].first if place + 1 < len(begun) else window.last + 1
            places = self._places(range(draft.first, then), window)
            title = cleaned(draft.title)
            if places and len(title.split()) <= _TITLE_WORDS and self._unsupported(title, places, _SHARE) is None:
                yield Start(places[0], title)

    # ------------------------------------------------------------------------------------------------------ evidence

    def _span(self, said: Said, window: Window) -> tuple[Span, list[int]]:
        """Return where a quote stands, and all messages that are pointed at, those of the quote first."""
        cited = self._places(said.lines, window)
        span = self._transcript.find(said.quote, cited) or self._elsewhere(said.quote, window)
        if span is None and not cited:
            raise Unfit("its lines do not exist")
        if span is None:
            long = len(said.quote.split()) > LONGEST
            raise Unfit("its quote is too long" if long else "its quote does not stand in its lines")
        if self._evidence.is_staged(span) or not self._asked_about(span, window):
            raise Unfit
        return span, list(dict.fromkeys((*span.places, *cited)))

    def _elsewhere(self, quote: str, window: Window) -> Span | None:
        """Find a quote whose line the model got wrong: when it is long enough, and stands only once."""
        if len(fold(quote).text.split()) < _MOVABLE:
            return None
        places = dict.fromkeys(line.place for line in window.lines)
        found = [span for place in places if (span := self._transcript.find(quote, (place,))) is not None]
        return found[0] if len(found) == 1 else None

    def _asked_about(self, span: Span, window: Window) -> bool:
        """Tell whether a quote begins in the lines that this window is about: another one answers for the others."""
        return any(line.place == span.places[0] for line in window.lines if window.first <= line.number <= window.last)

    def _places(self, numbers: Sequence[int], window: Window) -> list[int]:
        """Return the places of the messages that lines of this window are of, without lines that do not exist."""
        shown = {line.number: line.place for line in window.lines}
        return list(dict.fromkeys(shown[number] for number in numbers if number in shown))

    def _around(self, cited: Sequence[int]) -> list[int]:
        """Return the places of the messages pointed at and of those around them: what "it" and "them" are."""
        near = dict.fromkeys(cited)
        for place in cited:
            near |= dict.fromkeys(range(max(0, place - _BEFORE), min(len(self._messages), place + _AFTER + 1)))
        return list(near)

    def _ids(self, span: Span) -> tuple[str, ...]:
        return tuple(self._messages[place].id for place in span.places)

    def _check(self, text: str, cited: Sequence[int], share: float, meant: frozenset[str] = frozenset()) -> None:
        reason = self._unsupported(text, cited, share, meant)
        if reason is not None:
            raise Unfit(reason)

    def _unsupported(
        self, text: str, cited: Sequence[int], share: float, meant: frozenset[str] = frozenset()
    ) -> str | None:
        said = [words for place in cited for words in self._evidence.unstaged(place)]
        return unsupported(text, Support(said, self._names, self._tongue, share, meant))

    # ------------------------------------------------------------------------------------------------ owners and days

    def _own_at(self, span: Span) -> Insight | None:
        """Return the work that our own rules found in the same words."""
        own = next((self._own[one] for one in self._ids(span) if one in self._own), None)
        if own is None:
            return None
        theirs, ours = fold(span.text).text, fold(own.quote).text
        return own if theirs in ours or ours in theirs else None

    def _owner(self, told: str | None, grounds: Grounds, own: Insight | None) -> Person | None:
        """Return whose an item is: as the model says, if our rules say so too; what they found, if it says nothing."""
        if told is None:
            return own.owner if own is not None and own.owner == grounds.owner else None
        owner = grounds.owner
        if owner is None:
            return None
        wanted = fold(told).text
        return owner if wanted == fold(owner.name).text or self._evidence.people.named(visible(told)) == owner else None

    def _due(self, told: str | None, span: Span, cited: Sequence[int], own: Insight | None) -> date | None:
        """Return by when: a day that was spoken, as our own reading of dates has it."""
        if told is None:
            return own.due if own is not None else None
        spoken = self._evidence.deadlines(span, cited)
        try:
            day = date.fromisoformat(told[:10])
        except ValueError:
            day = None
        if day in spoken:
            return day
        return spoken[0] if len(spoken) == 1 else None

    def _mentions(self, text: str, owner: Person | None) -> tuple[Mention, ...]:
        found = people_and_dates(text, self._evidence.people, self._evidence.base, owner)
        return tuple(one for one in found if self._tongue.english or one.type == "person")


def _fit(
    judged: Callable[[Draft, Window], Kept], drafts: Sequence[Draft], window: Window, complaints: list[str]
) -> Iterator[Kept]:
    """Yield what holds; write down why the rest does not."""
    for draft in drafts:
        try:
            yield judged(draft, window)
        except Unfit as unfit:
            if unfit.reason is not None:
                said = draft if isinstance(draft, Said) else draft.said
                complaints.append(f"“{visible(said.text)[:_SHOWN]}”: {unfit.reason}")
