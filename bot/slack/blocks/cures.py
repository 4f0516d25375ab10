"""What helps a recording that cannot be had: the buttons, the form for its passcode, and where to drop the file."""

from bot.domain.cures import Cure, cures_of
from bot.domain.jobs import Job, JobState
from bot.slack.blocks.facts import name_of
from bot.slack.blocks.ids import PASSCODE_FIELD, PASSCODE_FORM, Press
from bot.slack.blocks.kit import Block, Message, Words, button, context, plain_text, section, spoken

_LONGEST = 100
_PRESSES = {
    Cure.PASSCODE: ("Enter passcode", Press.PASSCODE),
    Cure.UPLOAD: ("Upload the file instead", Press.UPLOAD),
    Cure.AGAIN: ("Try again", Press.TRY_AGAIN),
}


def cure_buttons(job: Job) -> list[Block]:
    """Return the buttons that fit what stands in a job's way, the best one first."""
    found = [_PRESSES[cure] for cure in cures_of(job)]
    return [button(label, press, job.id, about=name_of(job)) for label, press in found]


def passcode_view(metadata: str) -> Block:
    """Return the form that asks for a passcode; `metadata` comes back with it."""
    entered = {
        "type": "plain_text_input",
        "action_id": PASSCODE_FIELD,
        "max_length": _LONGEST,
        "focus_on_load": True,
    }
    return {
        "type": "modal",
        "callback_id": PASSCODE_FORM,
        "private_metadata": metadata,
        "title": plain_text("Enter passcode"),
        "submit": plain_text("Open it"),
        "close": plain_text("Cancel"),
        "blocks": [
            {
                "type": "input",
                "block_id": PASSCODE_FIELD,
                "label": plain_text("Passcode of the recording"),
                "element": entered,
            },
            context("I use it once, to open this recording. It is held in memory only, and never stored or shown."),
        ],
    }


def upload_message(job: Job | None, *, here: bool) -> Message:
    """Say where to drop the file; `here`: whoever asks is where the job's messages are."""
    if job is None or job.state not in {JobState.OFFERED, JobState.NEEDS_YOU, JobState.FAILED}:
        return _said("This recording no longer needs a file.")
    if not here:
        return _said("Drop the recording, or its transcript, in a channel that I am in.")
    place = "your message" if job.state is JobState.OFFERED else "this message"
    return _said(f"Reply in the thread of {place} with the recording, or its transcript, attached. I go on from there.")


def looking_again_message(job: Job) -> Message:
    """Say that an offer is looked at once more."""
    line = [Words("I look at "), Words(name_of(job), bold=True), Words(" again.")]
    return Message(spoken(line), [section(line)])


def _said(text: str) -> Message:
    line = [Words(text)]
    return Message(spoken(line), [section(line)])
