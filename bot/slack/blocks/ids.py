"""The names of our buttons, shortcuts and forms: what is shown carries them, and what is pressed brings them back."""

from enum import StrEnum


class Press(StrEnum):
    """A button's action id."""

    CLAIM = "item_claim"
    RELEASE = "item_release"
    FINISH = "item_finish"
    REOPEN = "item_reopen"
    ACCEPT = "offer_accept"
    DECLINE = "offer_decline"
    TRY_AGAIN = "job_try_again"
    PASSCODE = "job_passcode"
    UPLOAD = "job_upload"


MESSAGE_SHORTCUT = "process_message"
GLOBAL_SHORTCUT = "process_recording"
FORM = "process_form"

# the form's fields: a block id and, in it, an action id of the same name
FORM_LINK = "link"
FORM_CHANNEL = "channel"
FORM_TITLE = "title"
FORM_SPEAKERS = "speakers"

PASSCODE_FORM = "passcode_form"
PASSCODE_FIELD = "passcode"
