"""Has a language model read a conversation, window by window, and puts together what of its answers holds."""

import logging
from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import replace
from typing import Any, Final

from bot.engine.insights.language_model import prompts
from bot.engine.insights.language_model.chat import Chat, Turn
from bot.engine.insights.language_model.drafts import Drafts, read_drafts
from bot.engine.insights.language_model.evidence import Evidence
from bot.engine.insights.language_model.failures import ModelFailed, TooLong
from bot.engine.insights.language_model.findings import (
    Findings,
    Quoted,
    Start,
    in_order,
    merged_topics,
    merged_work,
    once,
    told_once,
)
from bot.engine.insights.language_model.gate import Gate
from bot.engine.insights.language_model.model import LanguageModel
from bot.engine.insights.language_model.schema import answer_schema
from bot.engine.insights.language_model.summaries import LONGEST, shortened
from bot.engine.insights.language_model.texts import Tongue
from bot.engine.insights.language_model.windows import Window, halves, numbered, windows
from bot.engine.insights.languages import TRANSCRIPT_ONLY, spoken_language
from bot.engine.insights.people import roster
from bot.engine.insights.sentences import cut
from bot.engine.records import Chapter, InsightKind, InsightOptions, Insights, Message, Note

log = logging.getLogger(__name__)

MOST_TOPICS: Final = 12
TELL_SECONDS: Final = 20.0
"""So often it is told that the work goes on: a worker that says nothing for long is taken for dead."""

_DEEPEST: Final = 3
"""A window that is too much is halved so many times; an eighth of it is 190 words."""

OWNERS_IN_ENGLISH: Final = Note(
    "owners-in-english-only", "Who takes an item on, and by when, is only read in English: here both are left open."
)
FAILED: Final = "language-model-failed"
PARTIAL: Final = "language-model-partial"

Report = Callable[[float], None]
"""Is told how much is done, 0 to 1."""


def conclude(
    model: LanguageModel, messages: Sequence[Message], options: InsightOptions, own: Insights, report: Report
) -> Insights:
    """Return what a language model understands of a conversation, held to our evidence; `own` where it fails.

    Args:
        model: Whom to ask.
        messages: The conversation.
        options: What the caller asked of the insights.
        own: What our own rules understand of it.
        report: Told now and then that it goes on.
    """
    lines = numbered(messages)
    if not lines:
        return own
    read = windows(lines, model.window_words)
    reader = _Reader(model, messages, options, own)
    found, unread = reader.read(read, report)
    if found.is_empty:
        return replace(own, notes=(*own.notes, _FAILED_NOTE))
    return reader.conclusions(found, unread)


class _Reader:
    """Reads one conversation."""

    def __init__(
        self, model: LanguageModel, messages: Sequence[Message], options: InsightOptions, own: Insights
    ) -> None:
        self._model = model
        self._messages = messages
        self._options = options
        self._own = own
        self._day = options.started_at.date()
        sentences = cut(messages)
        people = roster(sentences)
        spoken = spoken_language(sentences, options.language)
        english = spoken == "en"
        written = model.output_language[:2] if model.output_language else spoken
        self._english = english
        self._tongue = Tongue(english and written == "en", written == spoken)
        evidence = Evidence(messages, sentences, people, self._day, english=english)
        work = (*own.action_items, *own.follow_ups)
        self._gate = Gate(evidence, self._tongue, work)
        self._chat = Chat(model, answer_schema())

    # ------------------------------------------------------------------------------------------------------- reading

    def read(self, read: Sequence[Window], report: Report) -> tuple[Findings, list[Window]]:
        """Read all windows, some at a time; return what holds, and the windows that nobody read."""
        found, unread = Findings(), []
        with self._chat, ThreadPoolExecutor(self._model.concurrency, "language-model") as pool:
            work = [pool.submit(self._window, window) for window in read]
            _await(work, report)
            for window, future in zip(read, work, strict=True):
                try:
                    found.add(future.result())
                except ModelFailed as failure:
                    log.warning("The language model failed", extra={"host": self._model.host, "reason": str(failure)})
                    unread.append(window)
            if len(told := told_once(found.summary)) > LONGEST:
                last = pool.submit(
                    shortened, self._chat, told, self._messages, self._tongue, self._model.output_language
                )
                _await([last], lambda _done: report(1.0))
                told = last.result()
            found.summary = told
        return found, unread

    def _window(self, window: Window, depth: int = 0) -> Findings:
        """Read one window, in smaller parts if that is too much for the model."""
        turns = prompts.reading(window, self._messages, self._day, self._model.output_language)
        parts = halves(window) if depth < _DEEPEST else []
        try:
            reply = self._chat.ask(turns)
        except TooLong:
            if not parts:
                raise
            return self._parts(parts, depth)
        if reply.cut_short and parts:
            return self._parts(parts, depth)
        return self._judged(turns, reply.text, window)

    def _parts(self, parts: Sequence[Window], depth: int) -> Findings:
        found = Findings()
        for part in parts:
            found.add(self._window(part, depth + 1))
        return found

    def _judged(self, turns: Sequence[Turn], written: str, window: Window) -> Findings:
        """Return what holds of an answer, after one chance to repair what does not."""
        drafts = read_drafts(written)
        found = self._gate.judge(drafts, window) if drafts else Findings()
        if drafts is not None and not found.complaints:
            return found
        second: Drafts | None = None
        try:
            second = read_drafts(self._chat.ask(prompts.again(turns, written, found.complaints)).text)
        except ModelFailed:
            if drafts is None:
                raise
        if drafts is None and second is None:
            raise ModelFailed("it answered no JSON, twice")
        if second is not None:
            found.add(self._gate.judge(second, window))
        return found

    # ----------------------------------------------------------------------------------------------------- conclusions

    def conclusions(self, found: Findings, unread: Sequence[Window]) -> Insights:
        """Return everything that held, and for what was not read our own conclusions."""
        places = {message.id: place for place, message in enumerate(self._messages)}
        missing = {
            line.place for window in unread for line in window.lines if window.first <= line.number <= window.last
        }
        own = self._own
        least = self._options.confidence_threshold
        work = merged_work([*found.work, *_said_in(missing, (*own.action_items, *own.follow_ups), places)])
        kept = [item for item in in_order(work, places) if item.score >= least]
        decisions = in_order(once([*found.decisions, *_said_in(missing, own.decisions, places)]), places)
        questions = in_order(once([*found.questions, *_said_in(missing, own.questions, places)]), places)
        topics = merged_topics(found.topics, MOST_TOPICS)
        return replace(
            own,
            action_items=tuple(item for item in kept if item.kind is InsightKind.ACTION_ITEM),
            follow_ups=tuple(item for item in kept if item.kind is InsightKind.FOLLOW_UP),
            questions=tuple(question for question in questions if question.score >= least),
            decisions=tuple(decision for decision in decisions if decision.score >= least),
            topics=tuple(topic for topic in topics if topic.score >= least) or own.topics,
            chapters=_chapters(found.chapters, self._messages) or own.chapters,
            summary=tuple(found.summary) or own.summary,
            notes=self._notes(partly=bool(unread)),
            author=self._model.name,
        )

    def _notes(self, *, partly: bool) -> tuple[Note, ...]:
        """Return what people should know; that our own rules are for English only is no news about a model's."""
        notes = [note for note in self._own.notes if note.code != TRANSCRIPT_ONLY]
        if not self._english:
            notes.append(OWNERS_IN_ENGLISH)
        if partly:
            notes.append(_PARTIAL_NOTE)
        return tuple(notes)


def _said_in(missing: Collection[int], entries: Sequence[Quoted], places: Mapping[str, int]) -> list[Quoted]:
    """Return what begins in messages at these places."""
    return [entry for entry in entries if places[entry.message_ids[0]] in missing]


def _await(work: Sequence[Future[Any]], report: Report) -> None:
    """Wait until all is done, and say meanwhile that it goes on."""
    pending = set(work)
    while pending:
        _, pending = wait(pending, TELL_SECONDS)
        report(1 - len(pending) / len(work))


def _chapters(starts: Sequence[Start], messages: Sequence[Message]) -> tuple[Chapter, ...]:
    """Cut the whole conversation into chapters: the first begins with it, neighbours of one title are one."""
    begun: list[Start] = []
    for start in sorted(starts, key=lambda start: start.place):
        if begun and (start.place == begun[-1].place or start.title.casefold() == begun[-1].title.casefold()):
            continue
        begun.append(start)
    edges = [0, *(start.place for start in begun[1:]), len(messages)]
    return tuple(
        Chapter(start.title, tuple(message.id for message in messages[edges[n] : edges[n + 1]]))
        for n, start in enumerate(begun)
    )


# whose server it is stands in the log: a channel is no place for the name of a host
_FAILED_NOTE: Final = Note(FAILED, "The language model did not answer; these are the engine's own conclusions.")
_PARTIAL_NOTE: Final = Note(
    PARTIAL,
    "The language model did not answer for parts of this meeting; the conclusions there are the engine's own.",
)
