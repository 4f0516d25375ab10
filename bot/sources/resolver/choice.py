"""Which of a page's files to take: its transcript, else its sound, else its picture, and of each the lightest."""

from collections.abc import Mapping
from typing import Any

from bot.domain.recordings import MediaKind
from bot.sources.accounts.account import Media
from bot.sources.resolver.resolved import Stream

#: Endings of captions that we read, best first.
_CAPTIONS = ("vtt", "srt", "json", "txt")
_NO_SPEECH = frozenset({"chapter", "chapters", "live_chat", "comments", "rechat", "danmaku", "storyboards"})
#: Names under which sources keep the words in the language that was spoken.
_SPOKEN = ("transcript", "cc", "und", "original")
_DOWNLOADS = frozenset({"http", "https"})
_STREAMS = frozenset({"m3u8", "m3u8_native", "http_dash_segments"})
_CLEAR_ENOUGH = 40.0
"""Kilobits a second below which speech gets hard to hear."""

_MOST_TRIED = 4


def files_of(page: Mapping[str, Any]) -> list[Media | Stream]:
    """Return a page's files in the order in which to try them."""
    return [*_transcripts(page)[:_MOST_TRIED], *_sounds(page)[:_MOST_TRIED]]


def _transcripts(page: Mapping[str, Any]) -> list[Media]:
    spoken = _spoken(page)
    fits = [
        each
        for each in page["subtitles"]
        if each["language"].lower() not in _NO_SPEECH
        and _ending(each) in _CAPTIONS
        and each["protocol"] in {"", *_DOWNLOADS}
        and (not spoken or _is_spoken(each["language"], spoken))
    ]
    # what a machine translated into a hundred languages says nothing of which of them was spoken
    written = {each["language"] for each in fits if each["automatic"]}
    fits = [each for each in fits if not each["automatic"] or len(written) == 1 or _rank(each, spoken) < len(_SPOKEN)]
    fits.sort(key=lambda each: (each["automatic"], _rank(each, spoken), _CAPTIONS.index(_ending(each))))
    name = page["title"]
    return [Media(each["url"], each["headers"], name, MediaKind.TRANSCRIPT, None, page["seconds"]) for each in fits]


def _ending(caption: Mapping[str, Any]) -> str:
    # a caption of unknown kind is most likely WebVTT; its bytes decide
    return caption["ending"] or "vtt"


def _spoken(page: Mapping[str, Any]) -> str:
    """Return the recording's language where the page tells, else nothing."""
    told = {page["language"], *(each["language"] for each in page["formats"])} - {""}
    return _bare(page["language"] or (told.pop() if len(told) == 1 else ""))


def _bare(language: str) -> str:
    return language.lower().replace("_", "-").partition("-")[0]


def _is_spoken(language: str, spoken: str) -> bool:
    return _bare(language) == spoken or language.lower() in _SPOKEN or language.endswith("-orig")


def _rank(caption: Mapping[str, Any], spoken: str) -> int:
    language = caption["language"].lower()
    if language.endswith("-orig") or (spoken and _bare(language) == spoken):
        return 0
    return _SPOKEN.index(language) if language in _SPOKEN else len(_SPOKEN)


def _sounds(page: Mapping[str, Any]) -> list[Media | Stream]:
    heard = [each for each in page["formats"] if each["sound"] and each["protocol"] in _DOWNLOADS | _STREAMS]
    heard.sort(key=_cost)
    return [_file(each, page) for each in heard]


def _cost(one: Mapping[str, Any]) -> tuple[bool, bool, bool, float, float]:
    """Sound before pictures, one download before a thousand pieces, what is clear before what is not, then light."""
    too_low = not one["picture"] and one["rate"] is not None and one["rate"] < _CLEAR_ENOUGH
    weight = one["size"] or (one["rate"] or 0) * 1000 or float("inf")
    return one["picture"], too_low, one["protocol"] in _STREAMS, one["height"] or float("inf"), weight


def _file(one: Mapping[str, Any], page: Mapping[str, Any]) -> Media | Stream:
    kind = MediaKind.VIDEO if one["picture"] else MediaKind.AUDIO
    size = int(one["size"]) if one["size"] else None
    if one["protocol"] in _STREAMS:
        return Stream(one["id"], page["title"], kind, size, page["seconds"])
    return Media(one["url"], one["headers"], page["title"], kind, size, page["seconds"])
