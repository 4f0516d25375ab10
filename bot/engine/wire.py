"""What was understood, in the conversation API's own form."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from bot.engine.ids import derived_id
from bot.engine.insights.sentiment import sentiment
from bot.engine.moments import after, stamp
from bot.engine.parameters import Parameters
from bot.engine.plain import from_plain
from bot.engine.records import (
    Chapter,
    Decision,
    Insight,
    InsightKind,
    Insights,
    Mention,
    Message,
    Note,
    Person,
    Topic,
    Word,
)
from bot.engine.stored import Conversation, Job, Roster, Status

NEUTRAL = 0.3
"""Scores from -0.3 to 0.3 are neutral, as the API's documentation has it."""


@dataclass(frozen=True, slots=True)
class Understood:
    """A conversation with all that belongs to it, as it was read in one transaction.

    Attributes:
        conversation: Its head.
        asked: Its parameters.
        roster: Who spoke.
        messages: What was said.
        insights: What was understood so far.
    """

    conversation: Conversation
    asked: Parameters
    roster: Roster
    messages: Sequence[Message]
    insights: Insights


def job_body(job: Job, notes: Sequence[Note] = ()) -> dict[str, Any]:
    """Return a job's status, with our extensions: progress, length, the reason when it failed, and notes."""
    body: dict[str, Any] = {"id": job.id, "status": job.status.value, "progress": round(job.progress, 3)}
    if job.seconds is not None:
        body["seconds"] = number(job.seconds)
    if job.status is Status.FAILED:
        body["message"] = job.message
        body["statusCode"] = 400 if job.bad_input else 500
    if job.status is Status.COMPLETED:
        body["notes"] = notes_body(notes)
    return body


def notes_body(notes: Iterable[Note]) -> list[dict[str, str]]:
    """Return what people should know about a result."""
    return [{"code": note.code, "text": note.text} for note in notes]


def conversation_body(conversation: Conversation, roster: Roster, ended: float) -> dict[str, Any]:
    """Return a conversation's head; `ended` is when the last word was said, in seconds."""
    language = {"language": conversation.language} if conversation.language else {}
    return {
        "id": conversation.id,
        "type": "meeting",
        "name": conversation.name,
        "startTime": stamp(conversation.started_at),
        "endTime": after(conversation.started_at, ended),
        "members": members_body(roster),
        "metadata": {**language, **conversation.metadata},
    }


def members_body(roster: Roster) -> list[dict[str, Any]]:
    """Return who spoke, and in which message those said their name who are called as they called themselves."""
    return [
        person_body(Person(member.id, member.name, member.email), "email")
        | ({"namedIn": member.named_in} if member.named_in else {})
        for member in roster.members
        if not member.same_as
    ]


def person_body(person: Person | None, email: str) -> dict[str, Any]:
    """Return somebody, or `{}` for nobody; `email` is what this place of the API calls the email."""
    if person is None:
        return {}
    body = {"id": person.id, "name": person.name, email: person.email}
    return {name: value for name, value in body.items() if value}


def messages_body(
    understood: Understood, words: Mapping[str, str] | None, *, with_sentiment: bool
) -> list[dict[str, Any]]:
    """Return what was said.

    Args:
        understood: The conversation.
        words: The times of each message's words, as stored, when they are wanted; where there are none they are
            reckoned from the message's own.
        with_sentiment: Add each message's sentiment.
    """
    tags = {person.id: tag for tag, person in enumerate(understood.roster.people, 1)}
    bodies: list[dict[str, Any]] = []
    for message in understood.messages:
        body = {
            "id": message.id,
            "text": message.text,
            "from": person_body(message.speaker, "email"),
            **_span(understood.conversation.started_at, message.start, message.end),
            "conversationId": understood.conversation.id,
            "phrases": _phrases(understood, understood.insights.phrases.get(message.id, ())),
        }
        if message.speaker and message.speaker_score is not None:
            body["speakerScore"] = round(message.speaker_score, 2)
        if with_sentiment:
            body["sentiment"] = sentiment_body(sentiment(message.text))
        if words is not None:
            tag = tags.get(message.speaker.id) if message.speaker else None
            heard = words.get(message.id)
            spoken = from_plain(tuple[Word, ...], json.loads(heard)) if heard else _reckoned(message)
            body["words"] = [_word(understood.conversation.started_at, word, tag) for word in spoken]
        bodies.append(body)
    return bodies


def sentiment_body(score: float) -> dict[str, Any]:
    """Return a sentiment from -1 to 1, and what to call it."""
    suggested = "negative" if score < -NEUTRAL else "positive" if score > NEUTRAL else "neutral"
    return {"polarity": {"score": round(score, 3)}, "suggested": suggested}


def insights_body(understood: Understood, found: Iterable[Insight]) -> list[dict[str, Any]]:
    """Return action items, follow-ups and questions; what is found again has the id that it had before."""
    speakers = {message.id: message.speaker for message in understood.messages}
    return [_insight(understood, insight, speakers) for insight in found]


def _insight(understood: Understood, insight: Insight, speakers: Mapping[str, Person | None]) -> dict[str, Any]:
    conversation_id = understood.conversation.id
    body: dict[str, Any] = {
        "id": derived_id(conversation_id, insight.kind, *insight.evidence, insight.quote, insight.text),
        "text": insight.text,
        "type": insight.kind.value,
        "score": insight.score,
        "messageIds": list(insight.evidence),
        "entities": [_mention(understood, mention) for mention in insight.mentions],
        "phrases": _phrases(understood, insight.phrases),
        "from": _from(understood, insight, speakers),
        "quote": insight.quote,
    }
    if insight.answer:
        body["answer"] = {"quote": insight.answer.quote, "messageId": insight.answer.message_id}
    if insight.kind is not InsightKind.QUESTION:
        body["definitive"] = insight.definitive
        body["assignee"] = person_body(understood.roster.today(insight.owner), "email")
        if insight.due:
            body["dueBy"] = _due(insight.due, understood.asked.utc_offset)
    return body


def decisions_body(understood: Understood) -> list[dict[str, Any]]:
    """Return what was settled; the API has no such list, so it looks like the one of action items."""
    speakers = {message.id: message.speaker for message in understood.messages}
    return [
        {
            "id": derived_id(understood.conversation.id, "decision", *decision.message_ids, decision.quote),
            "text": decision.text,
            "type": "decision",
            "score": decision.score,
            "messageIds": list(decision.message_ids),
            "from": _from(understood, decision, speakers),
            "quote": decision.quote,
        }
        for decision in understood.insights.decisions
    ]


def _from(understood: Understood, said: Insight | Decision, speakers: Mapping[str, Person | None]) -> dict[str, Any]:
    return person_body(speakers.get(said.message_ids[0]) or understood.roster.today(said.speaker), "userId")


def topics_body(
    understood: Understood, topics: Sequence[Topic], *, with_sentiment: bool, with_parents: bool
) -> list[dict[str, Any]]:
    """Return what was talked about."""
    texts = {message.id: message.text for message in understood.messages}
    bodies: list[dict[str, Any]] = []
    for topic in topics:
        body: dict[str, Any] = {
            "id": derived_id(understood.conversation.id, "topic", topic.text),
            "text": topic.text,
            "type": "topic",
            "score": topic.score,
            "messageIds": list(topic.message_ids),
            "parentRefs": [{"type": "topic", "text": topic.parent}] if with_parents and topic.parent else [],
        }
        if with_sentiment:
            scores = [sentiment(texts[each]) for each in topic.message_ids if each in texts]
            body["sentiment"] = sentiment_body(sum(scores) / len(scores) if scores else 0.0)
        bodies.append(body)
    return bodies


def chapters_body(understood: Understood, chapters: Iterable[Chapter]) -> list[dict[str, Any]]:
    """Return the stretches of a conversation that are about one thing each, in order; one without messages is none."""
    said = {message.id: message for message in understood.messages}
    bodies: list[dict[str, Any]] = []
    for chapter in chapters:
        spoken = [said[each] for each in chapter.message_ids if each in said]
        if not spoken:
            continue
        start, end = min(each.start for each in spoken), max(each.end for each in spoken)
        bodies.append(
            {
                "id": derived_id(understood.conversation.id, "chapter", chapter.message_ids[0]),
                "title": chapter.title,
                **_span(understood.conversation.started_at, start, end),
                "messageIds": [each.id for each in spoken],
            }
        )
    return bodies


def summary_body(understood: Understood) -> list[dict[str, Any]]:
    """Return the summary's sentences, then key moments: quotes, each marked as what it is."""
    said = {message.id: message for message in understood.messages}
    author = {"author": understood.insights.author} if understood.insights.author else {}
    bodies: list[dict[str, Any]] = []
    for sentence in understood.insights.summary:
        spoken = [said[each] for each in sentence.message_ids if each in said]
        bodies.append(
            {
                "id": derived_id(understood.conversation.id, "summary", *sentence.message_ids, sentence.text),
                "text": sentence.text,
                "messageRefs": [{"id": each} for each in sentence.message_ids],
                **author,
                **_times(understood, spoken),
            }
        )
    for moment in understood.insights.key_moments:
        spoken = [said[moment.message_id]] if moment.message_id in said else []
        bodies.append(
            {
                "id": derived_id(understood.conversation.id, "moment", moment.message_id, moment.quote),
                "text": moment.quote,
                "messageRefs": [{"id": moment.message_id}],
                "type": "key_moment",
                "label": moment.kind.value,
                **_times(understood, spoken),
            }
        )
    return bodies


def _times(understood: Understood, spoken: Sequence[Message]) -> dict[str, str]:
    """Return when the first of some messages begins and the last ends."""
    if not spoken:
        return {}
    began = understood.conversation.started_at
    start, end = min(message.start for message in spoken), max(message.end for message in spoken)
    return {"startTime": after(began, start), "endTime": after(began, end)}


def entities_body(understood: Understood) -> list[dict[str, Any]]:
    """Return people, dates and the caller's own entities, each with the messages that name it."""
    found: dict[tuple[str, str, str], dict[str, Any]] = {}
    for message in understood.messages:
        for mention in understood.insights.entities.get(message.id, ()):
            if mention.type != "custom" and not understood.asked.detect_entities:
                continue
            value = _value(mention)
            key = (mention.type, mention.custom_type or "", value.casefold())
            body = found.setdefault(key, {**_entity(mention, value), "messageRefs": []})
            body["messageRefs"].append({"id": message.id, "text": message.text, "offset": mention.offset})
    return list(found.values())


def number(value: float) -> float | int:
    """Return a number with at most two decimals, whole ones without a point."""
    rounded = round(value, 2)
    return int(rounded) if rounded == int(rounded) else rounded


def _entity(mention: Mention, value: str) -> dict[str, Any]:
    body = {
        "type": mention.type,
        "customType": mention.custom_type,
        "value": value,
        "text": mention.text,
        "start": mention.start.isoformat() if mention.start and mention.type != "date" else None,
        "end": mention.end.isoformat() if mention.end else None,
    }
    return {name: part for name, part in body.items() if part is not None}


def _value(mention: Mention) -> str:
    if mention.type == "person" and mention.person:
        return mention.person.name
    if mention.type == "date" and mention.start:
        return mention.start.isoformat()
    return mention.value or mention.text


def _mention(understood: Understood, mention: Mention) -> dict[str, Any]:
    """Return an entity inside an insight: its offset is in the insight's own text."""
    body: dict[str, Any] = {"type": mention.type, "text": mention.text, "offset": mention.offset}
    if mention.type == "person":
        person = understood.roster.today(mention.person) or Person("", mention.text)
        body["value"] = person_body(person, "userId") | ({"assignee": True} if mention.assignee else {})
    elif mention.type in {"date", "custom"}:
        body["value"] = _value(mention)
        if mention.custom_type:
            body["customType"] = mention.custom_type
    else:
        days = {"start": mention.start, "end": mention.end}
        body |= {name: day.isoformat() for name, day in days.items() if day}
    return body


def _phrases(understood: Understood, phrases: Iterable[str]) -> list[dict[str, str]]:
    if not understood.asked.detect_phrases:
        return []
    return [{"type": "action_phrase", "text": phrase} for phrase in phrases]


def _due(day: date, utc_offset: int | None) -> str:
    """Return the midnight that begins a day: on the caller's clock when they said which, else in UTC."""
    return stamp(datetime.combine(day, time(), UTC) - timedelta(minutes=utc_offset or 0))


def _span(began: datetime, start: float, end: float) -> dict[str, Any]:
    return {
        "startTime": after(began, start),
        "endTime": after(began, end),
        "timeOffset": number(start),
        "duration": number(end - start),
    }


def _word(began: datetime, word: Word, tag: int | None) -> dict[str, Any]:
    body: dict[str, Any] = {"word": word.text, **_span(began, word.start, word.end)}
    if tag is not None:
        body["speakerTag"] = tag
    if word.score is not None:
        body["score"] = round(word.score, 2)
    return body


def _reckoned(message: Message) -> list[Word]:
    """Give each typed word its share of the message's time, by its length."""
    words = message.text.split()
    letters = sum(map(len, words))
    placed: list[Word] = []
    said = 0
    for word in words:
        start = message.start + (message.end - message.start) * said / letters
        said += len(word)
        placed.append(Word(word, start, message.start + (message.end - message.start) * said / letters))
    return placed
