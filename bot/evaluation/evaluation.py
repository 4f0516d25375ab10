"""The whole evaluation: each part on the data that is present."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.errors import BadInput
from bot.evaluation.candidates import evaluate_candidates
from bot.evaluation.injected import evaluate_injections
from bot.evaluation.real import evaluate_real
from bot.evaluation.recordings import Recording
from bot.evaluation.report import Findings
from bot.evaluation.scripted import evaluate_scripted
from bot.evaluation.speakers import evaluate_speakers
from bot.evaluation.speech import SpeechModels, evaluate_speech
from bot.evaluation.voices import Voices


@dataclass(frozen=True, slots=True)
class Data:
    """What to measure with.

    Attributes:
        corpus: A folder of recordings and transcripts, laid out as `docs/evaluation.md` says; None: only what ships.
        recordings: What ships to be heard, with what is said.
        voices: The same with who speaks when.
        models: Which speech models to measure.
    """

    corpus: Path | None
    recordings: tuple[Recording, ...]
    voices: tuple[Voices, ...]
    models: SpeechModels


PARTS: Final[Mapping[str, Callable[[Data], Findings]]] = {
    "meetings": lambda _: evaluate_scripted(),
    "injections": lambda _: evaluate_injections(),
    "candidates": lambda data: evaluate_candidates(data.corpus),
    "real": lambda data: evaluate_real(data.corpus),
    "speech": lambda data: evaluate_speech(data.corpus, data.recordings, data.models),
    "speakers": lambda data: evaluate_speakers(data.corpus, data.voices),
}
"""What can be asked for by name, in the order of the report."""


def evaluate(data: Data, only: tuple[str, ...] = ()) -> tuple[Findings, ...]:
    """Measure, and return what was found part by part.

    Args:
        data: What to measure with.
        only: Names of parts; all of them when empty.

    Raises:
        BadInput: A name is none, the corpus is no folder, or a file in it is not what it should be.
    """
    unknown = [name for name in only if name not in PARTS]
    if unknown:
        raise BadInput(f"There is no part {unknown[0]}.", f"The parts are {', '.join(PARTS)}.")
    if data.corpus is not None and not data.corpus.is_dir():
        raise BadInput(f"There is no folder {data.corpus}.", "Name the folder that holds the corpus.")
    return tuple(part(data) for name, part in PARTS.items() if not only or name in only)
