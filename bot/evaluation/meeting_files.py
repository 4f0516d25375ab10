"""Transcripts of real meetings with topic spans, in the form of the QMSum corpus."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from bot.errors import BadInput
from bot.evaluation.talk import Talk, spoken

FOLDER: Final = Path("insights/qmsum")
DAY: Final = datetime(2026, 3, 4, 9, tzinfo=UTC)
"""These meetings have no date; nothing that is measured on them depends on one."""

_NOISE: Final = re.compile(r"\{\w+\}|<\w+>")
_BEFORE_MARK: Final = re.compile(r"\s+(?=[.,?!'])|\s+(?=n't\b)")


@dataclass(frozen=True, slots=True)
class RealMeeting:
    """A transcript.

    Attributes:
        name: Its file's, without the ending.
        turns: Who said what, as it was transcribed, without tags for noises.
        spans: First and last turn of each topic; there may be turns between them that belong to none.
    """

    name: str
    turns: tuple[tuple[str, str], ...]
    spans: tuple[tuple[int, int], ...]

    def talk(self) -> Talk:
        """Return it as the engine is given it."""
        return spoken(self.turns, DAY)


def read_real_meetings(corpus: Path | None) -> tuple[RealMeeting, ...]:
    """Return the meetings of a corpus, by name; none where it has none.

    Raises:
        BadInput: A file is not what it should be.
    """
    return tuple(map(_read, sorted((corpus / FOLDER).glob("*.json")))) if corpus else ()


def _read(path: Path) -> RealMeeting:
    try:
        plain = json.loads(path.read_text(encoding="utf-8"))
        turns = tuple((turn["speaker"], _clean(turn["content"])) for turn in plain["meeting_transcripts"])
        spans = sorted(_spans(plain))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise BadInput(f"{path} is no meeting with meeting_transcripts and topic_list.") from error
    return RealMeeting(path.stem, turns, tuple(spans))


def _spans(plain: Any) -> Iterator[tuple[int, int]]:
    for topic in plain["topic_list"]:
        for first, last in topic["relevant_text_span"]:
            yield int(first), int(last)


def _clean(text: str) -> str:
    """Return words as people write them: no tags, no blanks before marks."""
    return " ".join(_BEFORE_MARK.sub("", _NOISE.sub(" ", text)).split())
