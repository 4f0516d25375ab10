"""What the slash command, the shortcuts and the form answer, to one person only."""

from collections.abc import Sequence

from bot.domain.channels import ChannelMode
from bot.domain.jobs import ENDED, Job, JobState
from bot.errors import FollowthroughError
from bot.slack.blocks.facts import name_of
from bot.slack.blocks.kit import Block, Line, Message, Piece, Words, bullets, section, spoken
from bot.slack.blocks.private import already_here_message
from bot.slack.blocks.progress import stage_of
from bot.slack.blocks.words import shorten
from bot.slack.options import Signs

_SENTENCE = 400


def help_message(signs: Signs, trouble: str = "") -> Message:
    """Say what the command can do, after what was not understood."""
    intro: list[Piece] = [Words(shorten(trouble, _SENTENCE), bold=True), Words(" ")] if trouble else []
    intro.append(Words("I turn a recording or a transcript into a thread of action items that people can claim."))
    points: list[list[Piece]] = [
        [_code(f"{signs.command} <link>"), Words(" starts now; you can add "), _code('title="Spring planning"')],
        [Words(", "), _code("lang=de"), Words(", "), _code("date=2026-03-02"), Words(", the day it was held, ")],
        [_code("speakers=3"), Words(", how many people speak, and "), _code("passcode=…"), Words(", what opens it")],
        [_code(f"{signs.command} status"), Words(" shows what is on its way in this channel")],
        [
            _code(f"{signs.command} ask"),
            Words(", "),
            _code(f"{signs.command} auto"),
            Words(" or "),
            _code(f"{signs.command} off"),
            Words(" sets what happens to links that people paste here"),
        ],
        [Words("Or drop a file here, or use the shortcut "), Words("Process recording", italic=True)],
    ]
    points[0] += [*points.pop(1), *points.pop(1)]
    return Message(spoken(intro, *points), [bullets(intro, points)])


def _code(text: str) -> Words:
    return Words(text, code=True)


def mode_message(mode: ChannelMode, signs: Signs) -> Message:
    """Say what was changed for a channel, and what that means."""
    match mode:
        case ChannelMode.AUTO:
            line = [
                Words(
                    "Changed: a recording link pasted in this channel now starts at once; only guests and people of "
                    "other workspaces are asked first. Undo it with "
                ),
                _code(f"{signs.command} ask"),
                Words("."),
            ]
        case ChannelMode.ASK:
            line = [
                Words("Changed: when somebody pastes a recording link in this channel, I now ask them first. "),
                Words("Dropped files still start at once."),
            ]
        case ChannelMode.OFF:
            line = [
                Words("Changed: I now leave links and files in this channel alone. "),
                _code(f"{signs.command} <link>"),
                Words(" and the shortcut still work."),
            ]
    return _said(line)


def status_message(jobs: Sequence[Job], signs: Signs) -> Message:
    """List a channel's latest recordings, with what each is at."""
    if not jobs:
        line = [Words("Nothing is on its way in this channel. Start with "), _code(f"{signs.command} <link>")]
        return _said([*line, Words(", or drop a recording here.")])
    running = sum(job.state not in ENDED for job in jobs)
    intro = [
        Words(f"{running} on the way, the latest first:" if running else "Nothing is on its way. The latest here:")
    ]
    points = [[Words(name_of(job), bold=True), Words(f": {_standing(job)}")] for job in jobs]
    return Message(spoken(intro, *points), [bullets(intro, points)])


def _standing(job: Job) -> str:
    match job.state:
        case JobState.DONE:
            return "done"
        case JobState.DECLINED:
            return "not processed"
        case JobState.ALREADY_HERE:
            return "already here, shared by another link or file"
        case JobState.NEEDS_YOU:
            return shorten(f"needs you. {job.reason} {job.cure}", _SENTENCE)
        case JobState.FAILED:
            return shorten(f"failed. {job.reason} {job.cure}", _SENTENCE)
        case _:
            return stage_of(job)


def receipt_message(job: Job, *, already: bool) -> Message:
    """Say that a recording was taken, or is here already."""
    if already:
        return already_here_message(job, None)
    return _said([Words("On it: "), Words(name_of(job), bold=True), Words(". I’ll show here how far it is.")])


def receipts_message(answers: Sequence[Message]) -> Message:
    """Put several answers into one."""
    blocks: list[Block] = [block for answer in answers for block in answer.blocks]
    return Message("\n".join(answer.text for answer in answers), blocks)


def none_found_message(signs: Signs) -> Message:
    """Say that a message holds no recording."""
    line = [Words("I found no link and no recording in that message. Point me at one with ")]
    return _said([*line, _code(f"{signs.command} <link>"), Words(".")])


def sentence_message(what: str, cure: str = "") -> Message:
    """Say what is the matter, and what to do."""
    return _said([Words(shorten(f"{what} {cure}", 2 * _SENTENCE))])


def trouble_answer(error: Exception) -> Message:
    """Say that what was asked for was not done: why, when that is known, and what to do."""
    if isinstance(error, FollowthroughError):
        return sentence_message(error.what, error.cure)
    return sentence_message("Something went wrong on our side, and nothing was changed.", "Try again in a minute.")


def offer_answered_message(job: Job | None, *, accepted: bool, signs: Signs) -> Message:
    """Replace the question with what was answered; None when there is nothing to answer any more."""
    if job is None:
        return sentence_message("This question is too old.", f"Use {signs.command} with the link instead.")
    name = Words(name_of(job), bold=True)
    if job.state is JobState.DECLINED:
        line: list[Piece] = [Words("All right, I leave "), name, Words(" alone. ")]
        return _said([*line, _code(f"{signs.command} <link>"), Words(" starts it later.")])
    if accepted and job.state not in ENDED:
        return _said([Words("On it: "), name, Words(".")])
    return (
        already_here_message(job, None) if job.state is JobState.DONE else _said([name, Words(f": {_standing(job)}")])
    )


def _said(line: Line) -> Message:
    return Message(spoken(line), [section(line)])


def passcode_trouble(job: Job | None) -> str:
    """Say why an entered passcode was of no use; empty when it is tried."""
    if job is None:
        return "This recording is no longer known here."
    if job.state in ENDED:
        return shorten(f"{name_of(job)}: {_standing(job)}", _SENTENCE)
    return ""
