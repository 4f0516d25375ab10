"""What one person is told alone: that a recording is here already, and what they have to do."""

from bot.domain.jobs import Job, JobState
from bot.domain.posts import ElsewhereNote
from bot.slack.blocks.cures import cure_buttons
from bot.slack.blocks.facts import name_of
from bot.slack.blocks.ids import Press
from bot.slack.blocks.kit import Channel, Link, Message, Piece, Words, actions, button, section, spoken
from bot.slack.blocks.progress import stage_of
from bot.slack.blocks.words import shorten

_SENTENCE = 400


def already_here_message(job: Job, link: str | None) -> Message:
    """Say that a recording has a thread, or is on its way."""
    name = Words(name_of(job), bold=True)
    line: list[Piece]
    if job.state is JobState.DONE:
        line = [name, Words(" is already here: ")]
        line.append(Link(link, "see its thread") if link else Words("look for its thread in this channel"))
        line.append(Words("."))
    else:
        line = [name, Words(f" is already on its way: {stage_of(job)}.")]
        line += [Words(" "), Link(link, "See how far it is"), Words(".")] if link else []
    return Message(spoken(line), [section(line)])


def elsewhere_message(note: ElsewhereNote) -> Message:
    """Tell one person of a recording's thread in another channel, and ask whether to make one here too."""
    job = note.job
    line: list[Piece] = [Words(name_of(job), bold=True), Words(" is already here: ")]
    line += [Link(note.link, "see its thread"), Words(" in ")] if note.link else [Words("its thread is in ")]
    line += [Words("a direct message") if note.channel.startswith("D") else Channel(note.channel), Words(".")]
    asked = [Words("Shall I make a thread of it here too? Only you see this.")]
    buttons = actions(
        button("Process here too", Press.ACCEPT, job.id, about=name_of(job)),
        button("Not now", Press.DECLINE, job.id, about=name_of(job)),
    )
    return Message(spoken(line, asked), [section(line, asked), buttons])


def trouble_message(job: Job, what: str, cure: str) -> Message:
    """Tell one person directly what stands in the way of their recording."""
    line: list[Piece] = [
        Words("I could not make a thread of "),
        Words(name_of(job), bold=True),
        Words(" in "),
        # a direct message has no name that everybody knows it by
        Words("that direct message") if job.channel.startswith("D") else Channel(job.channel),
        Words(":"),
    ]
    told: list[list[Piece]] = [[Words(text)] for text in (shorten(what, _SENTENCE), shorten(cure, _SENTENCE)) if text]
    blocks = [section(line, *told)]
    if buttons := cure_buttons(job):
        blocks.append(actions(*buttons))
    return Message(spoken(line, *told), blocks)
