"""What a file in somebody's storage says that it is."""

from bot.domain.recordings import MediaKind
from bot.links import endings
from bot.links.address import ending_of

_WORDS = frozenset({"text/vtt", "text/plain", "text/srt", "application/x-subrip", "application/json"})


def kind_of(mimetype: str, name: str) -> MediaKind | None:
    """Return the kind by MIME type, else by the name's ending; None when both say nothing."""
    kind = mimetype.partition(";")[0].strip().lower()
    if kind.startswith("video/"):
        return MediaKind.VIDEO
    if kind.startswith("audio/"):
        return MediaKind.AUDIO
    if kind in _WORDS or ending_of(name) in endings.CAPTIONS | endings.TEXTS:
        return MediaKind.TRANSCRIPT
    return None
