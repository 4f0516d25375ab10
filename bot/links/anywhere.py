"""Links that tell by their shape: a media file, a transcript, a signed download, or any page; on whatever host."""

import re
from urllib.parse import parse_qsl

from bot.errors import Obstacle
from bot.links import endings
from bot.links.address import Address
from bot.links.source import DROP, Action, Source

# There an address that ends like a file shows a page about the file.
_PAGES_ABOUT_FILES = re.compile(
    r"^(github\.com|gitlab\.com|bitbucket\.org|sourceforge\.net)/.*/(blob|tree|src|commits?|blame|files)/"
    r"|^[^/]+/wiki/|^(npmjs\.com|pypi\.org)/"
)
_CODE_HOSTS = frozenset({"github.com", "gist.github.com", "raw.githubusercontent.com", "gitlab.com", "bitbucket.org"})
_NOT_SPOKEN = frozenset(
    {"readme.txt", "license.txt", "robots.txt", "llms.txt", "ads.txt", "security.txt", "humans.txt", "package.json"}
)

_CURES = {
    Obstacle.EXPIRED: "Share a new link, or drop the file here.",
    Obstacle.PRIVATE: f"Make it open to anyone with the link. Or download the recording yourself {DROP}",
}
MEDIA = Source(
    "media",
    "recording",
    Action.DIRECT,
    "https://media.example.com/planning.mp4",
    denied="That link opens a web page, not a recording.",
    cure=f"Open it in a browser, download the recording there, {DROP}",
    cures=_CURES,
)
TRANSCRIPT = Source(
    "transcript",
    "transcript",
    Action.DIRECT,
    "https://media.example.com/planning.vtt",
    denied="That link opens a web page, not a transcript.",
    cure=f"Open it in a browser, download the transcript there, {DROP}",
    cures=_CURES,
    after="Speech recognition is skipped: seconds, not minutes.",
)
PRESIGNED = Source(
    "presigned",
    "private download link",
    Action.DIRECT,
    "https://bucket.s3.amazonaws.com/3f2a?X-Amz-Date=20260304T100000Z&X-Amz-Expires=3600&X-Amz-Signature=0f",
    denied="That link opens a web page, not a recording.",
    cure=f"Open it in a browser, download the recording there, {DROP}",
    cures=_CURES,
    after="S3, Google Cloud Storage, Azure and R2. The signature is never logged, and not part of the identity.",
)
PAGE = Source(
    "web-page",
    "web page",
    Action.UNKNOWN,
    "https://www.example.com/2026/03/our-meeting",
    likely=False,
    denied="That link opens a web page, not a recording.",
    cure=f"Open it in a browser, download the recording there, {DROP}",
    cures=_CURES,
    after="One look at the page: where it names its video (`og:video`, `<video src>`), that is fetched.",
)
SOURCES = (PRESIGNED, TRANSCRIPT, MEDIA, PAGE)


def shape_of(address: Address) -> Source:
    """Return what a link is by its ending and its query; any page at the least."""
    name, ending = address.name, address.ending
    if _PAGES_ABOUT_FILES.search(address.page) or name.lower() in _NOT_SPOKEN:
        return PAGE
    if ending in endings.MEDIA:
        return MEDIA
    if ending in endings.CAPTIONS or (ending in endings.TEXTS and endings.HINT.search(name)):
        return TRANSCRIPT
    if ending == "txt" and address.host not in _CODE_HOSTS:
        return TRANSCRIPT
    if is_presigned(address.parts.query) and ending in {"", "bin"}:
        return PRESIGNED
    return PAGE


def is_presigned(query: str) -> bool:
    """Say whether a link's query carries a storage service's signature, so that it opens without signing in."""
    if "=" not in query:
        return False
    names = {key.lower() for key, _ in parse_qsl(query, keep_blank_values=True)}
    return bool(
        names & {"x-amz-signature", "x-goog-signature"}
        or {"sig", "sv"} <= names
        or {"signature", "expires"} <= names
        or {"signature", "key-pair-id"} <= names
    )
