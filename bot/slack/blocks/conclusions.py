"""What a meeting settled and what it left open: lists in the thread, before the items."""

from collections.abc import Sequence

from bot.domain.conversation import Decision, Question
from bot.domain.posts import DecisionsNote, QuestionsNote
from bot.slack.blocks.item import quoted
from bot.slack.blocks.kit import Line, Message, Piece, Words, bullets, context_line, spoken
from bot.slack.blocks.words import clean, count, ended, shorten

# a quote that says so little more than the claim says it by itself
_MORE = 40
# ten of these, with a name and a time each, stay within the 4,000 characters of a message's top-level text
_TEXT = 150
_QUOTE = 160


def decisions_message(note: DecisionsNote) -> Message:
    """Show what was settled, each with the words that settled it."""
    heading, last = count(note.total, "decision"), note.first + len(note.shown) - 1
    if len(note.shown) < note.total:
        heading += f", {note.first} to {last}" if last > note.first else ", the last"
    lines = [[Words(f"{heading}:")], *map(_spoken, note.shown)]
    return Message(spoken(*lines), [bullets([Words(heading, bold=True)], map(_point, note.shown))])


def questions_message(note: QuestionsNote) -> Message:
    """Show what stayed open, and where an answer is of use."""
    heading = count(note.total, "open question")
    if len(note.shown) < note.total:
        heading = f"{len(note.shown)} of {heading}"
    hint: Line = [Words("I heard no answer to " + ("this" if len(note.shown) == 1 else "these") + ". Reply here.")]
    lines = [[Words(f"{heading}:")], *map(_spoken, note.shown), hint]
    blocks = [bullets([Words(heading, bold=True)], map(_point, note.shown)), context_line(hint)]
    return Message(spoken(*lines), blocks)


def _point(claim: Decision | Question) -> list[Piece]:
    """Return a claim over the words it rests on, or these alone where they say it as shortly."""
    text, said = _parts(claim)
    return [Words(text, bold=True), Words("\n"), *said] if text else said


def _spoken(claim: Decision | Question) -> Sequence[Piece]:
    text, said = _parts(claim)
    return [Words(f"{ended(text)} "), *said] if text else said


def _parts(claim: Decision | Question) -> tuple[str, list[Piece]]:
    said = quoted(claim.evidence, _QUOTE)
    text, words = _bare(claim.text), _bare(claim.evidence.quote)
    if said and text in words and len(words) <= len(text) + _MORE:
        return "", said
    return shorten(claim.text, _TEXT) or "(no words)", said


def _bare(text: str) -> str:
    return clean(text).rstrip(" .!?…").casefold()
