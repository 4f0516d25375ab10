"""The head of a thread: what was talked about, in at most twelve lines."""

import re
from collections.abc import Sequence
from dataclasses import replace
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
    context,
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
_RECAP = 180
_NAME = 24
_AUTHOR = 40
_TOPICS = 6
_SENTENCES = 5
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+")
# who does what, in one sentence, finds room before all else; what an item below repeats, after all else
_FIRST = "recap"
_LAST = "commitment"
# voices that were told apart and are known by no name
_NUMBERED = re.compile(r"Speaker \d+")
# so many lines at most are for what people should know about the result
_NOTES = 4


def parent_message(job: Job, overview: Overview) -> Message:
    """Show what was understood, at a glance; says so when there is nothing to do."""
    title = shorten(overview.title, _TITLE) or shorten(job.recording.name, _TITLE) or "Recording"
    about = _about(overview, job.held_on)
    topics: list[Line] = [[Words(text)] for text in [_topics(overview.topics)] if text]
    counts: Line = [Words(_counts(overview), bold=True)]
    # the command line has no user
    shared: Line = [Words("Shared by "), Person(job.user), Words(" · ")] if job.user else []
    footer: Line = [*shared, Words("Found by a machine, which can be wrong: check the quotes.")]
    notes = _notes(overview.notes)
    # the headline, what it is about, the heading over what was said, the counts and the footer are always there
    room = _MOST_LINES - 5 - (len(title) > _LINE * 2 // 3) - len(topics) - sum(map(_lines, notes))
    blocks: list[Block] = [header(title), section([Words(about)])]
    lines: list[Line] = [[Words(f"{title} · {about}")]]
    if summary := _summary(overview.summary, room):
        heading = Words(f"Summary by {author}" if (author := shorten(overview.author or "", _AUTHOR)) else "Summary")
        blocks.append(section([replace(heading, bold=True)], [Words(summary)]))
        lines += [[heading, Words(":")], [Words(summary)]]
    elif moments := _moments(overview.key_moments, room):
        heading = Words("Key moments")
        blocks.append(bullets([replace(heading, bold=True)], moments))
        lines += [[heading, Words(":")], *moments]
    blocks += [section(*topics, counts), *map(context, notes), context_line(footer)]
    lines += [*topics, counts, *([Words(note)] for note in notes), footer]
    return Message(spoken(*lines), blocks)


def _about(overview: Overview, held_on: date | None) -> str:
    """Return on one line when it was, how long, in which language, and who spoke."""
    parts = [f"{held_on:%a} {held_on.day} {held_on:%b %Y}"] if held_on is not None else []
    parts.append(length(overview.seconds))
    if overview.language not in {None, "", "en"}:
        parts.append(language_name(overview.language or ""))
    names = [name for name in (shorten(each, _NAME) for each in overview.speakers) if name]
    if not names:
        return " · ".join([*parts, "speakers unknown"])
    if all(map(_NUMBERED.fullmatch, names)):
        return " · ".join([*parts, count(len(names), "unnamed speaker")])
    line = " · ".join([*parts, ", ".join(names)])
    named = len(names)
    while len(line) > _LINE and named > 1:
        named -= 1
        line = " · ".join([*parts, f"{', '.join(names[:named])} and {len(names) - named} more"])
    return line


def _summary(told: Sequence[str], room: int) -> str:
    """Return as many whole sentences of a summary as fit into `room` lines; of a first one that is longer, a part."""
    shown = ""
    for sentence in _SENTENCE_END.split(clean(" ".join(told)))[:_SENTENCES]:
        longer = f"{shown} {sentence}".strip()
        if _lines(longer) > room:
            return shown or shorten(sentence, room * _LINE)
        shown = longer
    return shown


def _moments(moments: Sequence[KeyMoment], room: int) -> list[list[Piece]]:
    """Return as many key moments as fit into `room` lines, in their order: those that items repeat below give way."""
    chosen: list[tuple[int, list[Piece]]] = []
    ranked = sorted(enumerate(moments), key=lambda numbered: (numbered[1].kind != _FIRST, numbered[1].kind == _LAST))
    for place, moment in ranked:
        point = _moment(moment)
        letters = sum(len(piece.text) for piece in point if isinstance(piece, Words))
        room -= -(-letters // (_LINE - _BULLET))
        if room < 0:
            break
        if point:
            chosen.append((place, point))
    return [point for _, point in sorted(chosen, key=lambda numbered: numbered[0])]


def _notes(told: Sequence[str]) -> list[str]:
    """Return the notes that there is room for, each in at most two lines."""
    notes: list[str] = []
    for note in told:
        short = shorten(note, 2 * _LINE)
        if short and sum(map(_lines, [*notes, short])) <= _NOTES:
            notes.append(short)
    return notes


def _lines(text: str) -> int:
    return -(-len(text) // _LINE)


def _moment(moment: KeyMoment) -> list[Piece]:
    point = quoted(moment.evidence, _RECAP if moment.kind == _FIRST else _QUOTE)
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


def _counts(overview: Overview) -> str:
    parts = [count(overview.action_items, "action item") if overview.action_items else "No action items were found"]
    if overview.follow_ups:
        parts.append(count(overview.follow_ups, "follow-up"))
    if overview.decisions:
        parts.append(count(len(overview.decisions), "decision"))
    if overview.questions:
        parts.append(count(len(overview.questions), "open question"))
    return " · ".join(parts) if len(parts) > 1 or overview.action_items else f"{parts[0]}."
