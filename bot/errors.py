"""What can go wrong, in words that a person can act on.

Every error that reaches a person is one of these::

    FollowthroughError
    ├── NeedsPerson            somebody can cure it: the job ends in *needs you*
    │   ├── BadInput           what was given is empty, broken, too large or not understood
    │   ├── NotARecording      the link or file holds no recording and no transcript
    │   ├── NoAccess           it is there, but not for us: private, expired, passcode, refused address
    │   └── NotInChannel       Slack will not let the bot post there
    ├── Unavailable            something outside did not answer: trying again can help
    │   └── Busy               it answered, and asked to wait
    └── Failed                 nothing that a person in the channel can change
"""

from enum import StrEnum


class Obstacle(StrEnum):
    """What stands between us and a recording; each has a cure of its own."""

    PRIVATE = "private"  # its owner has not opened it to everybody with the link
    SIGN_IN = "sign-in"  # only people who signed in there have it, whatever its owner does
    PASSCODE = "passcode"  # a passcode or password opens it
    EXPIRED = "expired"
    QUOTA = "quota"  # downloaded too often for now
    TOO_LARGE = "too-large"
    DOWNLOAD_DISABLED = "download-disabled"
    WRONG_KIND = "wrong-kind"  # something else than a recording or a transcript came
    NOT_FOUND = "not-found"
    NOT_READY = "not-ready"  # it is still being made there
    UNREACHABLE = "unreachable"
    BLOCKED = "blocked"  # an address, a port or a kind of link that we do not open


class FollowthroughError(Exception):
    """Something went wrong, and this says what.

    Attributes:
        what: What happened: one plain sentence, with its full stop.
        cure: What to do next: one plain sentence, or empty when there is nothing to do.
        obstacle: What keeps a recording from us, when that is the matter.
    """

    def __init__(self, what: str, cure: str = "", *, obstacle: Obstacle | None = None) -> None:
        super().__init__(what)
        self.what = what
        self.cure = cure
        self.obstacle = obstacle

    def __str__(self) -> str:
        return f"{self.what} {self.cure}".strip()


class NeedsPerson(FollowthroughError):
    """Somebody can cure this: the job waits for them."""


class BadInput(NeedsPerson):
    """What was given is empty, broken, too large or not understood."""


class NotARecording(NeedsPerson):
    """The link or file holds no recording and no transcript."""


class NoAccess(NeedsPerson):
    """The recording exists, but we may not have it."""


class NotInChannel(NeedsPerson):
    """Slack does not let the bot post in this channel: not a member, archived, or gone."""


class Unavailable(FollowthroughError):
    """Something outside did not answer; trying again can help.

    Attributes:
        after: Seconds to wait before trying again, when the other side said so.
    """

    def __init__(
        self, what: str, cure: str = "", *, obstacle: Obstacle | None = None, after: float | None = None
    ) -> None:
        super().__init__(what, cure, obstacle=obstacle)
        self.after = after


class Busy(Unavailable):
    """The other side answered that it has too much to do."""


class Failed(FollowthroughError):
    """It went wrong for good, and nobody in the channel can change that."""
