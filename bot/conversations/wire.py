"""The conversation API's JSON, to and from the domain: strict in what is written, lenient in what is read.

Of what a server sends only `id`, `text` and `type` are relied on; fields that nobody documents are ignored. A claim
without words of the transcript behind it is left out: it could not be shown with its evidence.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bot.conversations.failures import NOT_THE_API
from bot.conversations.values import day, entries, fields, identities, identity, moment, number, text
from bot.domain.conversation import (
    ActionItem,
    Chapter,
    Conversation,
    Decision,
    Evidence,
    FollowUp,
    KeyMoment,
    Message,
    Question,
    SummarySentence,
    Topic,
)
from bot.errors import Failed
from bot.ports import EngineJob, EngineState, Submission, SubmitOptions, TranscriptLine

# What the API's default confidence threshold promises of an insight that comes without a score.
_UNSCORED = 0.5
_MOMENT_KINDS = frozenset({"decision", "commitment", "question", "risk", "number", "recap"})
_BAD_REQUEST = 400
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


# -------------------------------------------------------------------------------------------------------------- writing


def write_options(options: SubmitOptions) -> dict[str, str]:
    """Return the parameters that every submit has, as strings: they travel in a body or in a query."""
    written = {
        "name": text(options.name),
        # with its own offset: due dates are relative to the day that the people in the meeting had
        "startTime": options.started_at.isoformat(timespec="milliseconds"),
    }
    if options.webhook_url:
        written["webhookUrl"] = options.webhook_url
    return written


def write_messages(lines: Sequence[TranscriptLine], started_at: datetime) -> list[dict[str, Any]]:
    """Return a transcript as the API's `messages`; lines without words are left out."""
    written: list[dict[str, Any]] = []
    for line in lines:
        if not (words := text(line.text)):
            continue
        message: dict[str, Any] = {"payload": {"content": words, "contentType": "text/plain"}}
        if speaker := text(line.speaker):
            message["from"] = {"name": speaker}
        if line.start is not None:
            message["duration"] = _duration(line.start, line.end, started_at)
        written.append(message)
    return written


def _duration(start: float, end: float | None, started_at: datetime) -> dict[str, str]:
    written = {"startTime": _time(started_at, start)}
    if end is not None and end >= start:
        written["endTime"] = _time(started_at, end)
    return written


def _time(started_at: datetime, seconds: float) -> str:
    at = started_at.astimezone(UTC) + timedelta(seconds=seconds)
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


# -------------------------------------------------------------------------------------------------------------- reading


def read_submission(body: Any) -> Submission:
    """Read the answer to a submit.

    Raises:
        Failed: It names no conversation or no job.
    """
    conversation_id = identity(fields(body).get("conversationId"))
    engine_job_id = identity(fields(body).get("jobId"))
    if not conversation_id or not engine_job_id:
        raise Failed(
            "The conversation server took the recording but did not say under which id.",
            NOT_THE_API,
        )
    return Submission(conversation_id, engine_job_id)


def read_job(body: Any) -> EngineJob:
    """Read a job's state; a status that is not known counts as in progress.

    Raises:
        Failed: It has no status at all.
    """
    status = text(fields(body).get("status")).lower()
    if not status:
        raise Failed(
            "The conversation server did not say how far the job is.",
            NOT_THE_API,
        )
    state = EngineState(status) if status in set(EngineState) else EngineState.IN_PROGRESS
    failed = state is EngineState.FAILED
    progress = number(body.get("progress"))
    seconds = number(body.get("seconds"))
    return EngineJob(
        state,
        progress=None if progress is None else min(1.0, max(0.0, progress)),
        seconds=seconds if seconds is not None and seconds > 0 else None,
        reason=text(body.get("message")) if failed else "",
        bad_input=failed and number(body.get("statusCode")) == _BAD_REQUEST,
    )


def read_conversation(conversation_id: str, conversation: Any, pages: Mapping[str, Any]) -> Conversation:
    """Read everything that was understood of a conversation.

    Args:
        conversation_id: Whose.
        conversation: The body of the conversation itself.
        pages: The bodies of `messages`, `members`, `action-items`, `follow-ups`, `questions`, `decisions`, `topics` and
            `summary`, by these names; one that is missing counts as empty.

    Raises:
        Failed: A body is no JSON object: this is no server of the conversation API.
    """
    for body in (conversation, *pages.values()):
        if not isinstance(body, dict):
            raise Failed("The conversation server answered with something that is no conversation.", NOT_THE_API)
    listed = [entry for entry in _listed(pages, "messages", "messages") if text(entry.get("text"))]
    started_at = _started_at(conversation, listed)
    names = _names((*entries(conversation.get("members")), *_listed(pages, "members", "members")))
    messages = _messages(listed, started_at, names)
    claims = _Claims({message.id: message for message in messages if message.id}, names)

    follow_ups = _listed(pages, "follow-ups", "followUps")
    # nothing in the API keeps one insight out of the other list
    twice = {identity(entry.get("id")) for entry in follow_ups} - {""}
    action_items = [
        entry for entry in _listed(pages, "action-items", "actionItems") if identity(entry.get("id")) not in twice
    ]
    summary = _listed(pages, "summary", "summary")
    written = [entry for entry in summary if entry.get("type") != "key_moment"]
    return Conversation(
        id=conversation_id,
        title=text(conversation.get("name")) or conversation_id,
        started_at=started_at,
        seconds=_seconds(conversation, messages),
        language=_language(conversation),
        speakers=tuple(dict.fromkeys(message.speaker for message in messages if message.speaker)),
        messages=messages,
        summary=tuple(claims.summary(written)),
        key_moments=tuple(claims.key_moments(entry for entry in summary if entry.get("type") == "key_moment")),
        topics=tuple(_topics(_listed(pages, "topics", "topics"))),
        action_items=tuple(claims.action_items(action_items)),
        follow_ups=tuple(claims.follow_ups(follow_ups)),
        questions=tuple(claims.questions(_listed(pages, "questions", "questions"))),
        decisions=tuple(claims.decisions(_listed(pages, "decisions", "decisions"))),
        chapters=tuple(_chapters(_listed(pages, "topics", "chapters"))),
        notes=tuple(said for note in entries(conversation.get("notes")) if (said := text(note.get("text")))),
        author=next((author for entry in written if (author := text(entry.get("author")))), None),
    )


def _listed(pages: Mapping[str, Any], page: str, name: str) -> list[Mapping[str, Any]]:
    return entries(fields(pages.get(page)).get(name))


def _started_at(head: Mapping[str, Any], listed: Iterable[Mapping[str, Any]]) -> datetime:
    if said := moment(head.get("startTime")):
        return said
    return min((at for entry in listed if (at := moment(entry.get("startTime")))), default=_EPOCH)


def _names(members: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    return {
        known: name
        for entry in members
        if (known := identity(entry.get("id"))) and (name := text(entry.get("name")) or text(entry.get("email")))
    }


def _name(person: Any, names: Mapping[str, str]) -> str | None:
    """Name a `from` or `assignee`, which may be `{}`, an id alone, or an address alone."""
    told = fields(person)
    name = text(told.get("name")) or names.get(identity(told.get("id")), "")
    return name or text(told.get("email")) or text(told.get("userId")) or None


def _messages(
    listed: Iterable[Mapping[str, Any]], started_at: datetime, names: Mapping[str, str]
) -> tuple[Message, ...]:
    messages: list[Message] = []
    reached = 0.0
    for entry in listed:
        begun, ended = moment(entry.get("startTime")), moment(entry.get("endTime"))
        at = number(entry.get("timeOffset"))
        if at is None:
            at = (begun - started_at).total_seconds() if begun else reached
        length = number(entry.get("duration"))
        if length is None:
            length = (ended - begun).total_seconds() if begun and ended else 0.0
        at, length = max(0.0, at), max(0.0, length)
        reached = at + length
        speaker = _name(entry.get("from"), names)
        messages.append(Message(identity(entry.get("id")), speaker, at, length, text(entry.get("text"))))
    return tuple(sorted(messages, key=lambda message: message.at))


def _seconds(head: Mapping[str, Any], messages: Iterable[Message]) -> float:
    begun, ended = moment(head.get("startTime")), moment(head.get("endTime"))
    spoken = max((message.at + message.seconds for message in messages), default=0.0)
    return max(spoken, (ended - begun).total_seconds() if begun and ended else 0.0)


def _language(head: Mapping[str, Any]) -> str | None:
    code = text(fields(head.get("metadata")).get("language")).lower().replace("_", "-").partition("-")[0]
    return code if len(code) == 2 and code.isascii() and code.isalpha() else None  # noqa: PLR2004 - ISO 639-1


def _score(entry: Mapping[str, Any]) -> float:
    score = number(entry.get("score"))
    return _UNSCORED if score is None else min(1.0, max(0.0, score))


def _topics(listed: Iterable[Mapping[str, Any]]) -> list[Topic]:
    topics = [Topic(words, _score(entry), _parent(entry)) for entry in listed if (words := text(entry.get("text")))]
    return sorted(topics, key=lambda topic: -topic.score)


def _parent(entry: Mapping[str, Any]) -> str | None:
    return next((words for parent in entries(entry.get("parentRefs")) if (words := text(parent.get("text")))), None)


def _chapters(listed: Iterable[Mapping[str, Any]]) -> Iterable[Chapter]:
    for entry in listed:
        title, at, length = text(entry.get("title")), number(entry.get("timeOffset")), number(entry.get("duration"))
        if title and at is not None and length is not None:
            yield Chapter(title, max(0.0, at), max(0.0, length))


def _due(entry: Mapping[str, Any]) -> date | None:
    """Return by when: a day, or the object that an old client describes, or a spoken “by …” among the entities."""
    due = entry.get("dueBy")
    told = fields(due)
    for value in (due, told.get("value"), told.get("end"), told.get("start")):
        if found := day(value):
            return found
    for entity in entries(entry.get("entities")):
        if text(entity.get("text")).lower().startswith("by ") and (found := day(entity.get("end"))):
            return found
    return None


@dataclass(frozen=True, slots=True)
class _Claims:
    """Reads what a server claims about a conversation, with the words that it rests on."""

    messages: Mapping[str, Message]
    names: Mapping[str, str]

    def action_items(self, listed: Iterable[Mapping[str, Any]]) -> Iterable[ActionItem]:
        for entry, words, evidence in self._claimed(listed):
            yield ActionItem(words, evidence, self._owner(entry), _due(entry), _score(entry))

    def follow_ups(self, listed: Iterable[Mapping[str, Any]]) -> Iterable[FollowUp]:
        for entry, words, evidence in self._claimed(listed):
            yield FollowUp(words, evidence, self._owner(entry), _due(entry), _score(entry))

    def questions(self, listed: Iterable[Mapping[str, Any]]) -> Iterable[Question]:
        for entry, words, evidence in self._claimed(listed):
            told = fields(entry.get("answer"))
            answer = self._evidence(text(told.get("quote")), [identity(told.get("messageId"))], None)
            yield Question(words, evidence, _score(entry), answer)

    def decisions(self, listed: Iterable[Mapping[str, Any]]) -> Iterable[Decision]:
        for entry, words, evidence in self._claimed(listed):
            yield Decision(words, evidence, _score(entry))

    def summary(self, listed: Iterable[Mapping[str, Any]]) -> Iterable[SummarySentence]:
        for entry in listed:
            references = [identity(reference.get("id")) for reference in entries(entry.get("messageRefs"))]
            told = (self._evidence("", [reference], None) for reference in references)
            if words := text(entry.get("text")):
                yield SummarySentence(words, tuple(evidence for evidence in told if evidence))

    def key_moments(self, listed: Iterable[Mapping[str, Any]]) -> Iterable[KeyMoment]:
        for entry in listed:
            label = text(entry.get("label")).lower()
            references = [identity(reference.get("id")) for reference in entries(entry.get("messageRefs"))]
            if evidence := self._evidence(text(entry.get("text")), references, None):
                yield KeyMoment(evidence, label if label in _MOMENT_KINDS else "")

    def _claimed(self, listed: Iterable[Mapping[str, Any]]) -> Iterable[tuple[Mapping[str, Any], str, Evidence]]:
        for entry in listed:
            words = text(entry.get("text"))
            # the comprehensive action items refer by `messageRefs`, all others by `messageIds`
            references = identities(entry.get("messageIds"))
            references += [identity(reference.get("id")) for reference in entries(entry.get("messageRefs"))]
            evidence = self._evidence(text(entry.get("quote")), references, entry.get("from"))
            if words and evidence:
                yield entry, words, evidence

    def _evidence(self, quote: str, references: Iterable[str], speaker: Any) -> Evidence | None:
        """Return the words behind a claim: the quote when the messages really hold it, else the message itself."""
        told = [self.messages[reference] for reference in references if reference in self.messages]
        if not told:
            return None
        first = told[0]
        held = quote and quote in " ".join(message.text for message in told)
        return Evidence(quote if held else first.text, first.speaker or _name(speaker, self.names), first.at)

    def _owner(self, entry: Mapping[str, Any]) -> str | None:
        """Name the assignee; a person who is only mentioned is none."""
        if owner := _name(entry.get("assignee"), self.names):
            return owner
        people = (fields(entity.get("value")) for entity in entries(entry.get("entities")))
        return next(
            (name for told in people if told.get("assignee") is True and (name := _name(told, self.names))), None
        )
