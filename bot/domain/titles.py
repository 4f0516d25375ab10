"""A title for people, from a file's name."""

import re
from pathlib import PurePath

_JOINTS = re.compile(r"[_+]+|(?<=\D)-(?=\D)|%20")
_SPACES = re.compile(r"\s+")
_LONGEST = 120


def title_from_name(name: str) -> str:
    """Return a title for a recording called `name`: no folder, no ending, words apart; at most 120 characters.

    >>> title_from_name("spring_catalogue-planning.mp3")
    'Spring catalogue planning'
    """
    stem = PurePath(name).stem if PurePath(name).suffix else name
    words = _SPACES.sub(" ", _JOINTS.sub(" ", stem)).strip() or "Recording"
    return (words[0].upper() + words[1:])[:_LONGEST]
