"""What Slack answers when it says no."""

from typing import Any


class Refused(Exception):
    """A request that Slack refuses.

    Attributes:
        error: Slack's name for the reason, as `not_in_channel`.
        details: Further fields of the answer, as `needed` and `provided`.
    """

    def __init__(self, error: str, **details: Any) -> None:
        super().__init__(error)
        self.error = error
        self.details = details


class TooFast(Refused):
    """A request that came too soon.

    Attributes:
        retry_after: Whole seconds to wait, at least 1.
    """

    def __init__(self, retry_after: int) -> None:
        super().__init__("ratelimited")
        self.retry_after = retry_after
