"""What a recording is called, for people: names from outside are shown, and never used as paths."""

import posixpath
import re
from urllib.parse import unquote

_EXTENDED = re.compile(r"filename\*\s*=\s*(?P<charset>[\w-]+)'[\w-]*'(?P<name>[^;\s]+)", re.IGNORECASE)
_PLAIN = re.compile(r'filename\s*=\s*(?:"(?P<quoted>(?:[^"\\]|\\.)*)"|(?P<bare>[^;\s]+))', re.IGNORECASE)
_MAX = 120

ENDING = re.compile(r"\.\w{2,4}$")
"""How a file's name ends; a title has dots too: “Version 1.2, the plan”."""


def file_name(disposition: str, given: str, path: str) -> str:
    """Return the best name there is.

    Args:
        disposition: The answer's `Content-Disposition`, whose file name is the best.
        given: What the recording is called so far; taken when it looks like a file's name.
        path: Of the URL that the bytes came from in the end, whose last part may be a file's name.
    """
    last = cleaned(unquote(posixpath.basename(path)))
    candidates = [_disposed(disposition), cleaned(given), last]
    with_ending = (name for name in candidates if ENDING.search(name))
    return next(with_ending, None) or cleaned(given) or last or "recording"


def cleaned(name: str) -> str:
    """Return a name without folders, control and direction characters, and not too long, its ending kept."""
    bare = re.split(r"[/\\]", name)[-1]
    shown = " ".join("".join(letter if letter.isprintable() else " " for letter in bare).split())
    stem, ending = posixpath.splitext(shown)
    return f"{stem[: _MAX - len(ending)]}{ending}" if len(ending) < _MAX else shown[:_MAX]


def _disposed(header: str) -> str:
    extended = _EXTENDED.search(header)
    if extended:
        try:
            return cleaned(unquote(extended["name"], encoding=extended["charset"], errors="strict"))
        except (LookupError, UnicodeDecodeError):
            pass
    plain = _PLAIN.search(header)
    if plain is None:
        return ""
    return cleaned(re.sub(r"\\(.)", r"\1", plain["quoted"]) if plain["quoted"] is not None else plain["bare"])
