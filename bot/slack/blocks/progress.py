"""The one message of a job that is edited in place, and the question that comes before it."""

from bot.domain.jobs import Job, JobState
from bot.domain.posts import Overview
from bot.domain.timing import Estimate
from bot.slack.blocks.cures import cure_buttons
from bot.slack.blocks.facts import facts_of, name_of
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
    markup,
    section,
    spoken,
)
from bot.slack.blocks.words import count, length, shorten
from bot.slack.options import Signs

_STAGE = 200
_SENTENCE = 400

_STAGES = {
    JobState.OFFERED: "Waiting for an answer",
    JobState.RECEIVED: "Fetching the recording",
    JobState.FETCHED: "Handing it over",
    JobState.SUBMITTED: "Listening",
    JobState.READ: "Writing the thread",
}


def progress_message(
    job: Job, overview: Overview | None, thread_link: str | None, takes: Estimate | None = None
) -> Message:
    """Show how far a job is, or how it ended."""
    match job.state:
        case JobState.DONE:
            return _done(job, overview, thread_link)
        case JobState.NEEDS_YOU | JobState.FAILED:
            return _stopped(job)
        case JobState.DECLINED:
            line = [Words(name_of(job), bold=True), Words(" was not processed.")]
            return Message(spoken(line), [section(line)])
        case JobState.ALREADY_HERE:
            return already_here_message(job, thread_link)
        case _:
            return _working(job, takes)


def stage_of(job: Job) -> str:
    """Return what is happening now, and how far it is."""
    stage = shorten(job.stage, _STAGE) or _STAGES.get(job.state, "")
    return stage if job.progress is None else f"{stage} · {round(100 * min(1.0, max(0.0, job.progress)))} %"


def already_here_message(job: Job, thread_link: str | None) -> Message:
    """Lead to the thread of the same recording in this channel."""
    line: list[Piece] = [Words(name_of(job), bold=True), Words(" is already here, shared by another link or file. ")]
    line += [Link(thread_link, "See its thread"), Words(".")] if thread_link else []
    return Message(spoken(line).rstrip(), [section([Words("✅ "), *line])])


def _working(job: Job, takes: Estimate | None) -> Message:
    line: list[Piece] = [Words(name_of(job), bold=True), Words(f": {stage_of(job)}")]
    # once it can be told how much is done, that says more
    about: list[Piece] = [Words(facts_of(job, takes if job.progress is None else None))]
    if job.user:
        # the command line has no user
        about += [Words(" · Started by " if about[0] != Words("") else "Started by "), Person(job.user)]
    shown = section([Words("⏳ "), *line])
    if not markup(about):
        return Message(spoken(line), [shown])
    return Message(spoken(line, about), [shown, context_line(about)])


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
    blocks: list[Block] = [section([Words("⚠️ " if needs_you else "❌ "), *line], *told)]
    if buttons := cure_buttons(job):
        blocks.append(actions(*buttons))
    if job.user and not needs_you:
        blocks.insert(1, context_line([Words("Started by "), Person(job.user)]))
    return Message(spoken(line, *told), blocks)


def offer_message(job: Job, takes: Estimate | None, signs: Signs) -> Message:
    """Ask the sharer whether to process what they pasted, or say what stands in the way."""
    if job.obstacle is not None:
        return _cannot_yet(job)
    line = [
        Words("Shall I turn "),
        Words(name_of(job), bold=True),
        Words(" into a thread of action items? Everybody in this channel will see it."),
    ]
    about = [Words(facts_of(job, takes))]
    hint = [
        Words("Only you see this. "),
        Words(f"{signs.command} auto", code=True),
        Words(" has links here start at once, "),
        Words(f"{signs.command} off", code=True),
        Words(" has them left alone."),
    ]
    lines = [line, about] if markup(about) else [line]
    blocks = [
        section(*lines),
        actions(
            button("Process", Press.ACCEPT, job.id, primary=True, about=name_of(job)),
            button("Not now", Press.DECLINE, job.id, about=name_of(job)),
        ),
        context_line(hint),
    ]
    return Message(spoken(*lines, hint), blocks)


def _cannot_yet(job: Job) -> Message:
    line = [Words("I cannot open "), Words(name_of(job), bold=True), Words(" yet:")]
    told: list[list[Piece]] = [
        [Words(text)] for text in (shorten(job.reason, _SENTENCE), shorten(job.cure, _SENTENCE)) if text
    ]
    hint = [Words("Only you see this.")]
    leave = button("Not now", Press.DECLINE, job.id, about=name_of(job))
    blocks = [section(line, *told), actions(*cure_buttons(job), leave), context_line(hint)]
    return Message(spoken(line, *told, hint), blocks)
