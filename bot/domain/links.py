"""What a link is, told by looking at it alone: a recording, an ordinary page, or certainly no recording."""

import posixpath
import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlencode, urlsplit

from bot.domain.products import PRODUCTS, Product, Verdict

MEDIA_ENDINGS = frozenset(
    {"3gp", "aac", "aif", "aiff", "amr", "avi", "caf", "flac", "flv", "m4a", "m4b", "m4v", "mka", "mkv", "mov", "mp3"}
    | {"mp4", "mpeg", "mpg", "oga", "ogg", "ogv", "opus", "wav", "weba", "webm", "wma", "wmv"}
)
CAPTION_ENDINGS = frozenset({"sbv", "srt", "vtt"})
# These hold anything; only their names hint at a conversation.
TEXT_ENDINGS = frozenset({"json", "md", "txt"})
_HINT = re.compile(
    r"transcri|caption|subtitle|meeting|interview|recording|conversation|stand-?up|retro|(?<![a-z])(call|sync|minutes|gmt\d{8})",
    re.IGNORECASE,
)
# There an address that ends like a file shows a page about the file.
_PAGES_ABOUT_FILES = re.compile(
    r"^(www\.)?(github\.com|gitlab\.com|bitbucket\.org|sourceforge\.net)/.*/(blob|tree|src|commits?|blame|files)/"
    r"|^[^/]+/wiki/|^(www\.)?(npmjs\.com|pypi\.org)/"
)
_CODE_HOSTS = frozenset({"github.com", "gist.github.com", "raw.githubusercontent.com", "gitlab.com", "bitbucket.org"})
_NOT_SPOKEN = frozenset(
    {"readme.txt", "license.txt", "robots.txt", "llms.txt", "ads.txt", "security.txt", "humans.txt", "package.json"}
)
_TRACKING = re.compile(r"^(utm_\w+|fbclid|gclid|dclid|msclkid|mc_[ce]id|igshid|_hs(enc|mi)|ref_src|usp|pwd|passcode)$")
_SIGNATURE = re.compile(
    r"^(x-(amz|goog|ms|oss|obs)-[\w-]+|signature|sig|expires|policy|key-pair-id|awsaccesskeyid|googleaccessid"
    r"|hdnea|hdnts|s[viprset]|ske|skoid|sks|skt|sktid|skv|srt|spr|response-content-\w+)$"
)
_MAX_NAME = 120


@dataclass(frozen=True, slots=True)
class Link:
    """What was found out about a link without opening it.

    Attributes:
        url: The link, as it was given.
        verdict: Whether there is a recording behind it.
        product: What it is, for people: "Zoom recording", "presigned link", "web page".
        name: What to call the recording until something better is known.
        key: The recording's identity: the same for every link to the same recording.
        source: The product's row, or None when the link belongs to none that is known.
        what: For a link that certainly is no recording: what it is, in one sentence; else empty.
        cure: And what to do instead; else empty.
    """

    url: str
    verdict: Verdict
    product: str
    name: str
    key: str
    source: Product | None = None
    what: str = ""
    cure: str = ""


class _Shape(StrEnum):
    MEDIA = "recording"
    CAPTIONS = "transcript"
    PRESIGNED = "private download link"
    PAGE = "web page"


@lru_cache(maxsize=1024)  # one share asks several times: what it is, what to call it, whether it is known
def look_at(url: str) -> Link:
    """Say what a link is, by its address alone; never raises, however odd the link."""
    parts = _split(url)
    if parts is None:
        return Link(
            url,
            Verdict.NOT_RECORDING,
            "link",
            "link",
            f"link:{url}",
            what="That is no web address.",
            cure="Share a link that begins with https://.",
        )
    name = _last_part(parts)
    address = f"{_host(parts)}{parts.path or '/'}" + (f"?{parts.query}" if parts.query else "")
    for product in PRODUCTS:
        match = product.pattern.search(address)
        if match:
            return _of_product(url, parts, product, match, name)
    shape = _shape(parts, name)
    verdict = Verdict.UNKNOWN if shape is _Shape.PAGE else Verdict.RECORDING
    return Link(url, verdict, shape.value, name or _host(parts), f"link:{_normalised(parts)}")


def is_worth_offering(url: str) -> bool:
    """Say whether a pasted link is likely enough a recording to ask its sharer about."""
    return look_at(url).verdict is Verdict.RECORDING


def look_at_file(name: str, mimetype: str) -> Verdict:
    """Say whether an uploaded file is a recording, by what it is called and calls itself.

    `UNKNOWN` is a text, Markdown or JSON file whose name says nothing of a conversation.
    """
    ending = _ending(name)
    if mimetype.startswith(("audio/", "video/")) or ending in MEDIA_ENDINGS | CAPTION_ENDINGS:
        return Verdict.RECORDING
    if mimetype in {"text/vtt", "application/x-subrip"}:
        return Verdict.RECORDING
    if ending in TEXT_ENDINGS or (not ending and mimetype == "text/plain"):
        return Verdict.RECORDING if _HINT.search(name) else Verdict.UNKNOWN
    return Verdict.NOT_RECORDING


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url.strip())
        _ = parts.port
    except ValueError:
        return None
    return parts if parts.scheme.lower() in {"http", "https"} and parts.hostname else None


def _host(parts: SplitResult) -> str:
    return (parts.hostname or "").rstrip(".").removeprefix("www.")


def _ending(name: str) -> str:
    return posixpath.splitext(name)[1].lstrip(".").lower()


def _last_part(parts: SplitResult) -> str:
    name = unquote(posixpath.basename(parts.path.rstrip("/")))
    return "".join(letter for letter in name if letter.isprintable()).strip()[:_MAX_NAME]


def _of_product(url: str, parts: SplitResult, product: Product, match: re.Match[str], name: str) -> Link:
    found = {key: value for key, value in match.groupdict().items() if value}
    identity = "/".join(found[key] for key in sorted(found)) or _normalised(parts)
    verdict = product.verdict
    title = name if _ending(name) in MEDIA_ENDINGS | CAPTION_ENDINGS | TEXT_ENDINGS else product.name
    if product.named_files and _ending(name):
        # The link tells the file's name: a picture in somebody's Dropbox is no recording.
        verdict = Verdict.UNKNOWN if _shape(parts, name) is _Shape.PAGE else Verdict.RECORDING
    return Link(url, verdict, product.name, title, f"{product.id}:{identity}", product, product.what, product.cure)


def _shape(parts: SplitResult, name: str) -> _Shape:
    ending = _ending(name)
    place = f"{_host(parts)}{parts.path}"
    if _PAGES_ABOUT_FILES.search(place) or name.lower() in _NOT_SPOKEN:
        return _Shape.PAGE
    if ending in MEDIA_ENDINGS:
        return _Shape.MEDIA
    if ending in CAPTION_ENDINGS or (ending in TEXT_ENDINGS and _HINT.search(name)):
        return _Shape.CAPTIONS
    if ending == "txt" and _host(parts) not in _CODE_HOSTS:
        return _Shape.CAPTIONS
    if is_presigned(parts.query) and ending in {"", "bin"}:
        return _Shape.PRESIGNED
    return _Shape.PAGE


def is_presigned(query: str) -> bool:
    """Say whether a link's query carries a storage service's signature, so that it opens without signing in."""
    names = {key.lower() for key, _ in parse_qsl(query, keep_blank_values=True)}
    return bool(
        names & {"x-amz-signature", "x-goog-signature"}
        or {"sig", "sv"} <= names
        or {"signature", "expires"} <= names
        or {"signature", "key-pair-id"} <= names
    )


def _normalised(parts: SplitResult) -> str:
    """Return what stays the same when a recording is shared again: no scheme, signature, tracking or fragment."""
    signed = is_presigned(parts.query)
    kept = [
        (key, value)
        for key, value in parse_qsl(parts.query, keep_blank_values=True)
        if not _TRACKING.match(key.lower()) and not (signed and _SIGNATURE.match(key.lower()))
    ]
    port = f":{parts.port}" if parts.port not in {None, 80, 443} else ""
    path = quote(unquote(parts.path).rstrip("/"), safe="/") or "/"
    query = f"?{urlencode(sorted(kept))}" if kept else ""
    return f"{_host(parts)}{port}{path}{query}"
