"""`python -m bot eval`: how well the engine understands, as a table and as docs/quality.md."""

import shlex
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from bot.errors import BadInput
from bot.evaluation.evaluation import Data, evaluate
from bot.evaluation.gold import Part
from bot.evaluation.machine import machine, other_work
from bot.evaluation.recordings import captioned
from bot.evaluation.report import Report
from bot.evaluation.scripted import misses
from bot.evaluation.speech import SpeechModels
from bot.evaluation.voices import captioned_voices
from bot.playground import sample
from bot.settings import Settings

PAGE: Final = Path(__file__).parents[2] / "docs/quality.md"


def run(settings: Settings, data: Path | None, only: Sequence[str], *, write: bool, verbose: bool) -> int:
    """Measure, print what came out, and write the page when asked to; return the exit status.

    Raises:
        BadInput: The data is not what it should be, or there is nowhere to write to.
    """
    if write and not PAGE.parent.is_dir():
        raise BadInput(
            f"There is no folder {PAGE.parent}.", "Run this in a checkout of the repository, or add --no-write."
        )
    meeting = (sample.RECORDING, sample.TRANSCRIPT, "the sample meeting, synthetic voices")
    own_model = Path(settings.engine_model_path) if settings.engine_model_path else None
    models = SpeechModels(own_model, settings.speech_model, settings.engine_model_cache)
    findings = evaluate(Data(data, (captioned(*meeting),), (captioned_voices(*meeting),), models), tuple(only))
    command = shlex.join(["python", "-m", "bot", "eval", *(["--data", "CORPUS"] if data else []), *_only(only)])
    page = Report(machine() + other_work(), command, f"{datetime.now(UTC):%-d %B %Y}", findings).markdown()
    sys.stdout.write(page)
    if verbose:
        for part in (Part.TRAIN, Part.TUNE):
            sys.stdout.write("\n".join(["", *misses(part)]) + "\n")
    if write:
        PAGE.write_text(page, encoding="utf-8")
        sys.stderr.write(f"Written to {PAGE}.\n")
    return 0


def _only(parts: Sequence[str]) -> list[str]:
    return ["--only", *parts] if parts else []
