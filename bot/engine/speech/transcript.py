"""What hearing a recording asks of a recogniser, and what comes of it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

from bot.engine.records import Note, Utterance
from bot.engine.speech.turns import Spoken
from bot.engine.speech.voice import Samples

OnProgress = Callable[[float], None]
"""Called now and then with the fraction that is done, 0 to 1; whatever it raises ends the recognition."""

SURE = 0.7
"""How likely a language must be, on average over the places heard so far, to be listened for no longer."""


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
class Tongue:
    """A language that was heard: Whisper's code for it, and how sure that is, 0 to 1."""

    code: str
    score: float


@dataclass(frozen=True, slots=True)
class Recognised:
    """What was heard in a piece of speech; times from its start. `language` when the recogniser tells it only now."""

    utterances: tuple[Utterance, ...]
    language: str | None = None


class Ears(Protocol):
    """Recognises speech, a few minutes of it at a time.

    Attributes:
        threads: How many threads may ask it at once.
    """

    threads: int

    def known(self, language: str | None) -> str | None:
        """Return the recogniser's code for a language that the caller gave.

        Raises:
            BadInput: It is none that can be recognised; the error says how to say it.
        """

    def listen(self, places: Iterable[Samples], sure: float = SURE) -> Tongue | None:
        """Return the language that is spoken in some half minutes, the first ones only when they make it sure.

        None when this recogniser tells the language afterwards, or knows only one.
        """

    def recognise(self, sound: Samples, options: SpeechOptions, on_progress: OnProgress) -> Recognised:
        """Return what is said in a piece of speech; nothing when nobody spoke."""


@dataclass(frozen=True, slots=True)
class HeardPart:
    """A part of a recording that was heard to its end.

    Attributes:
        until: Where it ends, in seconds from the start of the recording.
        done: How much of all the work is done with it, 0 to 1.
        sentences: In order; times are the recording's.
        utterances: The same as the recogniser cut it.
        language: As given or as heard; None when it is not known.
        language_score: How sure the detection was, 0 to 1; None when the language was given.
        speech_seconds: How much of it is speech.
        notes: What people should know about how it was heard.
    """

    until: float
    done: float
    sentences: tuple[Spoken, ...]
    utterances: tuple[Utterance, ...] = ()
    language: str | None = None
    language_score: float | None = None
    speech_seconds: float = 0.0
    notes: tuple[Note, ...] = ()


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
