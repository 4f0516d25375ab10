"""The one message of a job that is edited in place, and the question that comes before it."""

from bot.domain.jobs import Job, JobState
from bot.domain.posts import Overview
from bot.slack.blocks.ids import Press
from bot.slack.blocks.kit import (
    Block,
    Link,
    Message,
    Person,
    Piece,
    Words,
    actions,
    button,
    context_line,
    section,
    spoken,
)
from bot.slack.blocks.words import count, length, shorten
from bot.slack.options import Signs

_NAME = 120
_STAGE = 200
_SENTENCE = 400

_STAGES = {
    JobState.OFFERED: "Waiting for an answer",
    JobState.RECEIVED: "Fetching the recording",
    JobState.FETCHED: "Handing it over",
    JobState.SUBMITTED: "Listening",
    JobState.READ: "Writing the thread",
}


def name_of(job: Job) -> str:
    """Return what people know the recording by."""
    return shorten(job.title or "", _NAME) or shorten(job.recording.name, _NAME) or "The recording"


def progress_message(job: Job, overview: Overview | None, thread_link: str | None) -> Message:
    """Show how far a job is, or how it ended."""
    match job.state:
        case JobState.DONE:
            return _done(job, overview, thread_link)
        case JobState.NEEDS_YOU | JobState.FAILED:
            return _stopped(job)
        case JobState.DECLINED:
            line = [Words(name_of(job), bold=True), Words(" was not processed.")]
            return Message(spoken(line), [section(line)])
        case _:
            return _working(job)


def stage_of(job: Job) -> str:
    """Return what is happening now, and how far it is."""
    stage = shorten(job.stage, _STAGE) or _STAGES.get(job.state, "")
    return stage if job.progress is None else f"{stage} · {round(100 * min(1.0, max(0.0, job.progress)))} %"


def _working(job: Job) -> Message:
    line: list[Piece] = [Words(name_of(job), bold=True), Words(f": {stage_of(job)}")]
    shown = section([Words("⏳ "), *line])
    if not job.user:
        # the command line has no user
        return Message(spoken(line), [shown])
    who: list[Piece] = [Words("Started by "), Person(job.user)]
    return Message(spoken(line, who), [shown, context_line(who)])


def _done(job: Job, overview: Overview | None, thread_link: str | None) -> Message:
    line: list[Piece] = [Words(name_of(job), bold=True), Words(" is done")]
    if overview is not None:
        line.append(Words(f": {outcome(overview)}"))
    line.append(Words(". "))
    if thread_link is not None:
        line += [Link(thread_link, "See the thread"), Words(".")]
    return Message(spoken(line).rstrip(), [section([Words("✅ "), *line])])


def outcome(overview: Overview) -> str:
    """Return in a few words what came of a recording."""
    parts = [count(overview.action_items, "action item") if overview.action_items else "no action items were found"]
    if overview.follow_ups:
        parts.append(count(overview.follow_ups, "follow-up"))
    if overview.decisions:
        parts.append(count(len(overview.decisions), "decision"))
    return f"{', '.join(parts)} in {length(overview.seconds)} of talk"


def _stopped(job: Job) -> Message:
    needs_you = job.state is JobState.NEEDS_YOU
    reason, cure = shorten(job.reason, _SENTENCE), shorten(job.cure, _SENTENCE)
    line: list[Piece] = [Words(name_of(job), bold=True)]
    if needs_you:
        line += [Words(" needs you, "), Person(job.user), Words(":")] if job.user else [Words(" needs you:")]
    else:
        line.append(Words(" could not be done:"))
    told: list[list[Piece]] = [[Words(text)] for text in (reason or "Something went wrong.", cure) if text]
    again = button("Try again", Press.TRY_AGAIN, job.id, about=name_of(job))
    blocks: list[Block] = [section([Words("⚠️ " if needs_you else "❌ "), *line], *told), actions(again)]
    if job.user and not needs_you:
        blocks.insert(1, context_line([Words("Started by "), Person(job.user)]))
    return Message(spoken(line, *told), blocks)


def offer_message(job: Job, signs: Signs) -> Message:
    """Ask the sharer whether to process what they pasted."""
    line = [
        Words("Shall I turn "),
        Words(name_of(job), bold=True),
        Words(" into a thread of action items? Everybody in this channel will see it."),
    ]
    hint = [
        Words("Only you see this. "),
        Words(f"{signs.command} auto", code=True),
        Words(" has links here start at once, "),
        Words(f"{signs.command} off", code=True),
        Words(" has them left alone."),
    ]
    blocks = [
        section(line),
        actions(
            button("Process", Press.ACCEPT, job.id, primary=True, about=name_of(job)),
            button("Not now", Press.DECLINE, job.id, about=name_of(job)),
        ),
        context_line(hint),
    ]
    return Message(spoken(line, hint), blocks)
