"""The head of a thread: what was talked about, in at most twelve lines."""

import re
from collections.abc import Sequence
from datetime import date

from bot.domain.conversation import KeyMoment
from bot.domain.jobs import Job
from bot.domain.posts import Overview
from bot.slack.blocks.item import quoted
from bot.slack.blocks.kit import (
    Block,
    Line,
    Message,
    Person,
    Piece,
    Words,
    bullets,
    context_line,
    header,
    section,
    spoken,
)
from bot.slack.blocks.languages import language_name
from bot.slack.blocks.words import clean, count, length, shorten

# a channel on a laptop shows about this many characters in a line; a headline's are larger
_LINE = 80
_TITLE = 100
_BULLET = 4
_MOST_LINES = 12
_QUOTE = 90
_NAME = 24
_TOPICS = 6
_SENTENCES = 3
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+")


def parent_message(job: Job, overview: Overview) -> Message:
    """Show what was understood, at a glance; says so when there is nothing to do."""
    title = shorten(overview.title, _TITLE) or shorten(job.recording.name, _TITLE) or "Recording"
    about = _about(overview, job.held_on)
    closing = [[Words(text)] for text in (_topics(overview.topics), _language(overview)) if text]
    counts: Line = [Words(_counts(overview), bold=True)]
    # the command line has no user
    shared: Line = [Words("Shared by "), Person(job.user), Words(" · ")] if job.user else []
    footer: Line = [*shared, Words("Found by a machine, which can be wrong: check the quotes.")]
    # the headline, what it is about, the heading over what was said, the counts and the footer are always there
    room = _MOST_LINES - 5 - (len(title) > _LINE * 2 // 3) - len(closing)
    heading, points = _said(overview, room)
    blocks: list[Block] = [header(title), section([Words(about)])]
    if points and heading == _SUMMARY:
        blocks.append(section([Words(heading, bold=True)], *points))
    elif points:
        blocks.append(bullets([Words(heading, bold=True)], points))
    blocks += [section(*closing, counts), context_line(footer)]
    lines: list[Line] = [[Words(f"{title} · {about}")]]
    lines += [[Words(f"{heading}:")], *points] if points else []
    lines += [*closing, counts, footer]
    return Message(spoken(*lines), blocks)


_SUMMARY = "Summary"
_MOMENTS = "Key moments"


def _about(overview: Overview, held_on: date | None) -> str:
    """Return on one line when it was, how long, and who spoke."""
    parts = [f"{held_on:%a} {held_on.day} {held_on:%b %Y}"] if held_on is not None else []
    parts.append(length(overview.seconds))
    names = [name for name in (shorten(each, _NAME) for each in overview.speakers) if name]
    if not names:
        return " · ".join([*parts, "speakers not told apart"])
    line = " · ".join([*parts, ", ".join(names)])
    named = len(names)
    while len(line) > _LINE and named > 1:
        named -= 1
        line = " · ".join([*parts, f"{', '.join(names[:named])} and {len(names) - named} more"])
    return line


def _said(overview: Overview, room: int) -> tuple[str, list[list[Piece]]]:
    """Return the heading and lines of what was said, as much of it as fits into `room` lines."""
    summary = clean(" ".join(overview.summary))
    if summary:
        sentences = " ".join(_SENTENCE_END.split(summary)[:_SENTENCES])
        return _SUMMARY, [[Words(shorten(sentences, room * _LINE))]]
    points: list[list[Piece]] = []
    for moment in overview.key_moments:
        point = _moment(moment)
        letters = sum(len(piece.text) for piece in point if isinstance(piece, Words))
        room -= -(-letters // (_LINE - _BULLET))
        if room < 0:
            break
        if point:
            points.append(point)
    return _MOMENTS, points


def _moment(moment: KeyMoment) -> list[Piece]:
    point = quoted(moment.evidence, _QUOTE)
    kind = shorten(moment.kind, _NAME)
    return [*point, Words(f" · {kind}")] if point and kind else point


def _topics(topics: Sequence[str]) -> str:
    named = [shorten(topic, _NAME * 2) for topic in topics[:_TOPICS]]
    line = ""
    for topic in named:
        longer = f"{line} · {topic}" if line else f"Topics: {topic}"
        if topic and len(longer) <= _LINE:
            line = longer
    return line


def _language(overview: Overview) -> str:
    if overview.language in {None, "", "en"}:
        return ""
    return f"Spoken in {language_name(overview.language or '')}; action items are found in English only, so far."


def _counts(overview: Overview) -> str:
    parts = [count(overview.action_items, "action item") if overview.action_items else "No action items were found"]
    if overview.follow_ups:
        parts.append(count(overview.follow_ups, "follow-up"))
    if overview.questions:
        parts.append(count(overview.questions, "open question"))
    return " · ".join(parts) if len(parts) > 1 or overview.action_items else f"{parts[0]}."
