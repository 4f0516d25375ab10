"""The way from a conversation's messages to everything that is understood of it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from bot.engine.insights.action_items import find_tasks
from bot.engine.insights.afterthoughts import OPEN
from bot.engine.insights.calibration import DEFINITIVE, probability
from bot.engine.insights.chapters import chapters_of, find_stretches
from bot.engine.insights.decisions import find_decisions
from bot.engine.insights.entities import entities_by_message, people_and_dates
from bot.engine.insights.key_moments import key_moments
from bot.engine.insights.languages import language_notes, spoken_language
from bot.engine.insights.meaning import Meanings
from bot.engine.insights.merging import Task
from bot.engine.insights.nouns import phrases_of
from bot.engine.insights.passages import Origin
from bot.engine.insights.people import Roster, roster
from bot.engine.insights.phrases import action_phrases
from bot.engine.insights.questions import find_marked_questions, find_questions
from bot.engine.insights.quotes import Quote, quoted
from bot.engine.insights.reader import ENOUGH, Reading, reader
from bot.engine.insights.referents import Referent, said_before
from bot.engine.insights.sentences import Sentence, cut
from bot.engine.insights.signals import is_definitive
from bot.engine.insights.spoken_of import spoken_of, telling
from bot.engine.insights.staged import staged
from bot.engine.insights.summary import Found, composed
from bot.engine.insights.summary import quoted as quoted_summary
from bot.engine.insights.summing_up import tellings
from bot.engine.insights.topics import find_topics
from bot.engine.insights.weighing import follows_up
from bot.engine.insights.wording import Told, wording
from bot.engine.records import Insight, InsightKind, InsightOptions, Insights, Message, Topic


def understand(messages: Sequence[Message], options: InsightOptions) -> Insights:
    """Return the action items, follow-ups, questions, topics and key moments of a conversation, with their evidence.

    The same messages and options always give the same answer. What is said is only ever read, never obeyed.
    """
    sentences = cut(messages)
    people = roster(sentences)
    base = options.started_at.date()
    least = options.confidence_threshold
    language = spoken_language(sentences, options.language)
    english = language == "en"
    notes = language_notes(language, options.language)
    unheard = staged(sentences, people)
    phrases = phrases_of([each for each in sentences if each.number not in unheard], people, language)
    stretches = find_stretches(sentences, phrases, language)
    topics = _kept(find_topics(phrases, stretches, len(sentences)), least)
    chapters = chapters_of(stretches, sentences)
    entities = entities_by_message(messages, people, base if english else None, options.entities)
    if not english:
        asked = tuple(question for question in find_marked_questions(sentences) if question.score >= least)
        return Insights(
            questions=asked,
            topics=topics,
            chapters=chapters,
            summary=quoted_summary(sentences, unheard, language),
            notes=notes,
            entities=entities,
        )
    heard = [each for each in sentences if each.number not in unheard]
    reading = Reading(heard, reader()) if len(heard) >= ENOUGH else None
    found = [
        task
        for task in find_tasks(sentences, people, base, Meanings(), reading)
        if task.cue.sentence.number not in unheard
    ]
    tasks = [task for task in found if probability(task.score) >= least]
    # whatever the threshold, an item is told in the same words
    working = frozenset[int]().union(*(task.told_in for task in found if task.score >= OPEN))
    highlights = [reading.highlights(task.cue.sentence.number) if reading else None for task in tasks]
    told = tellings(heard, [telling(each, sentences) for each in highlights if each])
    spoken = {message.id: message.text for message in messages}
    work = [
        _insight(
            task,
            people,
            base,
            quoted(task, sentences, spoken, unheard),
            _worded(task, sentences, people, marked, working - task.told_or_taken_in),
            kind=InsightKind.FOLLOW_UP if follows_up(task.cue, reading) else InsightKind.ACTION_ITEM,
        )
        for task, marked in zip(tasks, highlights, strict=True)
    ]
    heard_ids = {one for each in heard for one in each.message_ids()}
    asked_of_people = (each for each in find_questions(sentences, tasks) if each.message_ids[0] in heard_ids)
    questions = [question for question in asked_of_people if question.score >= least]
    decisions = tuple(one for one in find_decisions(sentences, spoken, unheard) if one.score >= least)
    moments = tuple(each for each in key_moments(sentences, tasks, questions, told) if each.message_id in heard_ids)
    return Insights(
        action_items=tuple(insight for insight in work if insight.kind is InsightKind.ACTION_ITEM),
        follow_ups=tuple(insight for insight in work if insight.kind is InsightKind.FOLLOW_UP),
        questions=tuple(questions),
        topics=topics,
        chapters=chapters,
        decisions=decisions,
        key_moments=moments,
        summary=composed(Found(chapters, topics, decisions, work, questions, moments, told), heard, messages),
        notes=notes,
        phrases=action_phrases(tasks),
        entities=entities,
    )


def _kept(topics: Sequence[Topic], least: float) -> tuple[Topic, ...]:
    """Leave out topics below a score, also as parents."""
    kept = [topic for topic in topics if topic.score >= least]
    texts = {topic.text for topic in kept}
    return tuple(topic if topic.parent in texts else replace(topic, parent=None) for topic in kept)


def _worded(
    task: Task,
    sentences: Sequence[Sentence],
    people: Roster,
    highlights: Mapping[Origin, float] | None,
    others: frozenset[int],
) -> Told:
    """Return how a task is told, with what it is about beside it where its own words do not say it.

    Args:
        task: What is to be done.
        sentences: The whole conversation.
        people: Who speaks and is spoken of.
        highlights: How likely the words around it tell what it is about; None of a conversation that is not read.
        others: The numbers of the sentences that tell other work.
    """
    if highlights is None:
        told = wording(task.cue, sentences, people)
        before = None if told.rests_on else said_before(task.cue, told.text, sentences, people)
        return told if before is None else _beside(told, (before,))
    told = wording(task.cue, sentences, people, telling(highlights, sentences))
    return _beside(told, spoken_of(told.text, highlights, sentences, others))


def _beside(told: Told, about: Sequence[Referent]) -> Told:
    """Put what an item is about into brackets after its words, or into those that end them.

    Words that tell nothing come last, as they did when they were said: “The batch script” – “Tonight, then”.
    """
    if not about:
        return told
    listed = ", ".join(each.text for each in about)
    if not told.tells:
        text = f"{listed} – “{told.text}”"
    elif told.text.endswith(")"):
        text = f"{told.text[:-1]}, {listed})"
    else:
        text = f"{told.text} ({listed})"
    return Told(text, (*told.rests_on, *(one for each in about for one in each.message_ids)))


def _insight(task: Task, people: Roster, base: date, quote: Quote, told: Told, *, kind: InsightKind) -> Insight:
    cue = task.cue
    text = told.text
    phrase = cue.sentence.text[cue.start : cue.end].strip()
    likely = probability(task.score)
    return Insight(
        kind=kind,
        text=text,
        quote=quote.text,
        message_ids=quote.message_ids,
        speaker=cue.sentence.speaker,
        score=round(likely, 4),
        owner=task.owner,
        due=task.due[0] if task.due else None,
        definitive=likely >= DEFINITIVE and is_definitive(cue),
        mentions=people_and_dates(text, people, base, task.owner),
        phrases=(phrase,) if phrase in text else (text,),
        rests_on=told.rests_on,
    )
