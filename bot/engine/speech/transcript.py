"""What the recogniser is asked for, and what it answers."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.engine.records import Utterance

OnProgress = Callable[[float], None]
"""Called now and then with the fraction of the recording that is done, 0 to 1, never less than before."""

OnHeard = Callable[[Utterance], None]
"""Called with each utterance, in order."""


@dataclass(frozen=True, slots=True)
class SpeechOptions:
    """What the caller asked of the recognition.

    Attributes:
        language: Whisper's code for it, as `languages.whisper_code` gives; None: listen for it.
        vocabulary: Words and names that are likely to be said.
    """

    language: str | None = None
    vocabulary: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Transcript:
    """What was said.

    Attributes:
        utterances: In order; empty when nobody spoke. Times are the recording's.
        language: Two or three letters (Whisper's code); None when nobody spoke and none was given.
        language_score: How sure the detection was, 0 to 1; None when the language was given.
        seconds: Length of the recording.
        speech_seconds: How much of it is speech.
    """

    utterances: tuple[Utterance, ...]
    language: str | None
    language_score: float | None
    seconds: float
    speech_seconds: float
