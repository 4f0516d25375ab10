"""What the endings of file names say."""

import re

MEDIA = frozenset(
    {"3gp", "aac", "aif", "aiff", "amr", "avi", "caf", "flac", "flv", "m4a", "m4b", "m4v", "mka", "mkv", "mov", "mp3"}
    | {"mp4", "mpeg", "mpg", "oga", "ogg", "ogv", "opus", "wav", "weba", "webm", "wma", "wmv"}
)
CAPTIONS = frozenset({"sbv", "srt", "vtt"})
TEXTS = frozenset({"docx", "json", "md", "txt"})
"""These hold anything; only their names hint at a conversation."""
ALL = MEDIA | CAPTIONS | TEXTS

HINT = re.compile(
    r"transcri|caption|subtitle|meeting|interview|recording|conversation|stand-?up|retro|(?<![a-z])(call|sync|minutes|gmt\d{8})",
    re.IGNORECASE,
)
"""A name that tells of a conversation."""
