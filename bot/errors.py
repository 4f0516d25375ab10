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


class FollowthroughError(Exception):
    """Something went wrong, and this says what.

    Attributes:
        what: What happened: one plain sentence, with its full stop.
        cure: What to do next: one plain sentence, or empty when there is nothing to do.
    """

    def __init__(self, what: str, cure: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.cure = cure

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

    def __init__(self, what: str, cure: str = "", *, after: float | None = None) -> None:
        super().__init__(what, cure)
        self.after = after


class Busy(Unavailable):
    """The other side answered that it has too much to do."""


class Failed(FollowthroughError):
    """It went wrong for good, and nobody in the channel can change that."""
