"""From a note to the message that says it."""

from bot.domain.posts import (
    AlreadyHereNote,
    DecisionsNote,
    ElsewhereNote,
    ItemNote,
    Note,
    OfferNote,
    ParentNote,
    ProgressNote,
    QuestionsNote,
    RefusalNote,
    TroubleNote,
)
from bot.slack.blocks.conclusions import decisions_message, questions_message
from bot.slack.blocks.item import item_message, refusal_message
from bot.slack.blocks.kit import Message
from bot.slack.blocks.parent import parent_message
from bot.slack.blocks.private import already_here_message, elsewhere_message, trouble_message
from bot.slack.blocks.progress import offer_message, progress_message
from bot.slack.options import Signs


def message_of(note: Note, signs: Signs) -> Message:
    """Return what Slack is sent for a note."""
    match note:
        case ParentNote():
            return parent_message(note.job, note.overview)
        case DecisionsNote():
            return decisions_message(note)
        case QuestionsNote():
            return questions_message(note)
        case ItemNote():
            return item_message(note.item, signs)
        case ProgressNote():
            return progress_message(note.job, note.overview, note.thread_link, note.takes)
        case _:
            return _private(note, signs)


def _private(note: OfferNote | ElsewhereNote | RefusalNote | AlreadyHereNote | TroubleNote, signs: Signs) -> Message:
    match note:
        case OfferNote():
            return offer_message(note.job, note.takes, signs)
        case ElsewhereNote():
            return elsewhere_message(note)
        case RefusalNote():
            return refusal_message(note.item, note.refusal)
        case AlreadyHereNote():
            return already_here_message(note.job, note.link)
        case TroubleNote():
            return trouble_message(note.job, note.what, note.cure)
