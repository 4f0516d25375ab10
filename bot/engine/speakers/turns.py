"""Finds the turns of a recording for the recogniser: whose words are whose, where that can be told."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.engine.speakers.diarization import Diarization, diarize
from bot.engine.speakers.models import VoiceModels
from bot.engine.speech.turns import Turn
from bot.engine.speech.voice import WINDOW, Samples

SILENCE: Final = 0.1
"""Where speech is never more likely, nobody is listened for."""

LEAST_SCORE: Final = 0.75
"""A turn whose voice is less sure has none. In telephone calls, meetings and read speech, about half of the time scored
0.70 to 0.75 was another's, of that up to 0.85 a quarter, and above 0.95 one part in thirty."""


@dataclass(frozen=True, slots=True)
class TurnFinder:
    """Finds who speaks when in recordings of one channel.

    Attributes:
        load: Loads the models; only called when there is something to listen to.
        count: How many people speak, when the caller said so.
    """

    load: Callable[[], VoiceModels]
    count: int | None = None

    def __call__(self, pcm: Path, likely: Samples, on_progress: Callable[[float], None]) -> tuple[Turn, ...]:
        """Return who speaks when in a file of raw PCM; where voices cannot be told apart, none has a voice.

        Args:
            pcm: The file.
            likely: How likely speech is in each of its windows.
            on_progress: Told the fraction that is done.
        """

        def worth(first: int, end: int) -> bool:
            return bool((likely[first // WINDOW : -(-end // WINDOW)] > SILENCE).any())

        return turns_of(diarize(pcm, self.load(), count=self.count, on_progress=on_progress, worth=worth))


def turns_of(found: Diarization) -> tuple[Turn, ...]:
    """Return turns whose voices are labels, and None where it cannot be told whose they are."""
    return tuple(
        Turn(
            turn.start,
            turn.end,
            f"voice {turn.voice + 1}" if found.reliable and turn.score >= LEAST_SCORE else None,
            turn.score,
        )
        for turn in found.turns
    )
