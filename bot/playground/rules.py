"""How strict and how quick this Slack is; each may be changed while it runs."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Rules:
    """Slack's own figures, and faults to try an app with.

    Attributes:
        ack_seconds: How long a request may take to be acknowledged.
        retries: Seconds before each further try of an event that was not acknowledged.
        rate_limits: Whether calls are counted at all.
        message_burst: How many messages a channel takes at once before the pace of one a second holds.
        trigger_seconds: How long a trigger_id lives.
        response_url_seconds: How long a response_url lives.
        response_url_uses: How often it may be used.
        share_seconds: How long after its upload a file is shared.
        unfurl_links: Whether a link that a person posts gets a preview, and so a `message_changed`.
        duplicates: Fault: deliver each event twice at once, one of them as a retry.
        hide_files: Fault: events show files as Slack Connect does, by their id alone (`check_file_info`).
        keep_files: Fault: `files.info` keeps them to itself as well, so that nobody here gets their bytes.
        late: Fault: seconds that a kind of event comes late, as `{"message": 2.0}`; with `inf` it never comes.
        slow_seconds: Fault: let each call of the Web API wait.
        too_fast: Fault: answer every call of the Web API with HTTP 429 (`ratelimited`, again in a second).
        refusals: Fault: errors to answer the next calls of a method with; see `refuse`.
    """

    ack_seconds: float = 3.0
    retries: tuple[float, ...] = (0.0, 60.0, 300.0)
    rate_limits: bool = True
    message_burst: int = 3
    trigger_seconds: float = 3.0
    response_url_seconds: float = 1800.0
    response_url_uses: int = 5
    share_seconds: float = 0.02
    unfurl_links: bool = False
    duplicates: bool = False
    hide_files: bool = False
    keep_files: bool = False
    late: dict[str, float] = field(default_factory=dict)
    slow_seconds: float = 0.0
    too_fast: bool = False
    refusals: dict[str, list[str]] = field(default_factory=dict)

    def refuse(self, method: str, error: str, times: int = 1) -> None:
        """Have the next `times` calls of a method answered with an error.

        Args:
            method: As `chat.postMessage`.
            error: As `internal_error`; `ratelimited` is HTTP 429, and `503` HTTP 503 without a body.
            times: How many calls.
        """
        self.refusals.setdefault(method, []).extend([error] * times)

    def next_refusal(self, method: str) -> str | None:
        """Take the error that is due for this method, if any."""
        due = self.refusals.get(method)
        return due.pop(0) if due else None
