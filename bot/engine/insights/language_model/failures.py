"""What goes wrong between us and a language model, told apart by what helps."""

import re
from typing import Final

_TOO_LONG: Final = re.compile(
    r"context[ _](?:length|window|size)|maximum context|exceed_context|too many tokens|prompt (?:is )?too long"
    r"|input (?:is )?too long|n_ctx|max_tokens_exceeded|maximum (?:number of )?tokens|reduce the length",
    re.IGNORECASE,
)
_NO_MONEY: Final = re.compile(r"insufficient_quota|billing|payment", re.IGNORECASE)
_MISUNDERSTOOD: Final = frozenset({400, 422, 501})
_PASSES: Final = frozenset({408, 409, 425, 429})
_TOO_LARGE: Final = 413
_SERVER: Final = 500
_LONGEST_SAID: Final = 2_000


class ModelFailed(Exception):
    """The language model gave no answer.

    Attributes:
        for_all: Nothing else that is asked of it will be answered either.
        misunderstood: The server did not understand the request; one that asks for less may be understood.
        said: What the server said about it, in lower case, shortened; for decisions, never for people's eyes.
    """

    def __init__(self, reason: str, *, for_all: bool = False, misunderstood: bool = False, said: str = "") -> None:
        super().__init__(reason)
        self.for_all = for_all
        self.misunderstood = misunderstood
        self.said = said


class TooLong(ModelFailed):
    """What was sent is more than the model can hold at once."""


class Wait(ModelFailed):
    """It may answer if it is asked again; `seconds` is how long it asks to be left alone, when it does."""

    def __init__(self, reason: str, seconds: float | None = None) -> None:
        super().__init__(reason)
        self.seconds = seconds


def judged(status: int, content: bytes, retry_after: float | None) -> ModelFailed:
    """Return what an answer that is none means.

    Args:
        status: Of HTTP.
        content: What the server said.
        retry_after: Seconds that it asks to be left alone.
    """
    said = content[:_LONGEST_SAID].decode(errors="replace").lower()
    if status == _TOO_LARGE or (status < _SERVER and _TOO_LONG.search(said)):
        return TooLong("it was too much at once")
    if status in _PASSES and not _NO_MONEY.search(said):
        return Wait(f"it answered {status}", retry_after)
    if status in _MISUNDERSTOOD:
        return ModelFailed(f"it answered {status}", misunderstood=True, said=said)
    if status >= _SERVER:
        return Wait(f"it answered {status}", retry_after)
    return ModelFailed(f"it answered {status}", for_all=True)
