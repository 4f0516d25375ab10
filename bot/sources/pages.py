"""One look at a web page that came instead of a recording: where does it lead, or what keeps the recording?"""

import html
import json
import re
from dataclasses import dataclass
from typing import Any

import httpx

from bot.errors import NeedsPerson, NotARecording, Obstacle
from bot.links.link import Link
from bot.links.source import Action
from bot.sources.ways import refusal

# Tags are found by a pattern, not by a parser of HTML: pages come from strangers, and a pattern takes linear time.
_TAG = re.compile(r"<(html|meta|video|audio|source|track|form|input)\b([^<>]{0,4000})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""(?<![\w:-])([\w:-]{1,40})\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_DEFAULT = re.compile(r"\sdefault\b", re.IGNORECASE)
_TITLE = re.compile(r"<title[^<>]{0,200}>([^<]{0,500})", re.IGNORECASE)
_DATA = re.compile(r"<script[^<>]{0,200}application/ld\+json[^<>]{0,200}>([^<]{0,50000})", re.IGNORECASE)
_CAPTION = re.compile(r"uc-error-(?:sub)?caption[^<>]{0,200}>([^<]{0,400})", re.IGNORECASE)
_CODE = re.compile(r"<code>([a-z]{1,60})</code>\s*<message>([^<]{0,300})", re.IGNORECASE)
_INVISIBLE = re.compile(r"<(script|style)\b[^<>]{0,400}>[^<]*", re.IGNORECASE)
_MARK = re.compile(r"<[^<>]{0,4000}>")
#: What a page may say its recording's address is, best first.
_VIDEO_PROPERTIES = ("og:audio:secure_url", "og:audio", "og:video:secure_url", "og:video:url", "og:video")
_PLAYER_PROPERTIES = ("twitter:player:stream",)
_WHO = re.compile(r"user|email|login|account|loginfmt", re.IGNORECASE)
_MOST_DEPTH = 6

#: What a source's own page says, in English, when it keeps a file from us; the first that matches counts.
_SAYINGS: tuple[tuple[re.Pattern[str], Obstacle], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), obstacle)
    for pattern, obstacle in (
        (r"too many (users|people|requests)|quota exceeded|generating too much traffic|bandwidth", Obstacle.QUOTA),
        (r"given you permission to download|only the owner and editors can download", Obstacle.DOWNLOAD_DISABLED),
        (
            r"downloads? (is|are|has been|have been) (disabled|turned off|switched off|blocked|not allowed)",
            Obstacle.DOWNLOAD_DISABLED,
        ),
        (r"link[^.<]{0,40} (has |is )?expired|expired link|request has expired", Obstacle.EXPIRED),
        (r"still (being )?process|is being processed|not yet (ready|available)", Obstacle.NOT_READY),
        (r"(file|page|link|item|document)[^.<]{0,60} (deleted|removed|moved|not exist|not found)", Obstacle.NOT_FOUND),
        (r"n.t exist|can.t find|could not be found|\b404\b|no longer available", Obstacle.NOT_FOUND),
        (r"need (access|permission)|access denied|request access|not have permission", Obstacle.PRIVATE),
    )
)
#: What the storage services' errors are called (S3, Google Cloud Storage, Azure, R2).
_CODES = {
    "expiredtoken": Obstacle.EXPIRED,
    "nosuchkey": Obstacle.NOT_FOUND,
    "nosuchbucket": Obstacle.NOT_FOUND,
    "blobnotfound": Obstacle.NOT_FOUND,
    "containernotfound": Obstacle.NOT_FOUND,
    "invalidobjectstate": Obstacle.NOT_READY,
    "slowdown": Obstacle.QUOTA,
}
_EXPIRED = re.compile(r"request has expired|has expired|specified time frame|not within|expired", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Page:
    """What a page turned out to hold.

    Attributes:
        video: The address of its recording, or empty.
        words: The address of that recording's captions in the language that is spoken, or empty.
        form: Where Google Drive's "download anyway" leads, or empty.
        title: What it calls itself, or empty.
        asks: What its form asks for: a passcode, or to sign in; or None.
        says: What its words say that keeps a file from us, when it is a source's own page; or None.
    """

    video: str
    words: str
    form: str
    title: str
    asks: Obstacle | None
    says: Obstacle | None


def read_page(head: bytes, url: httpx.URL) -> Page:
    """Read the beginning of a page that came from `url`."""
    text = head.decode("utf-8", "replace")
    named: dict[str, str] = {}
    embedded, action, in_form = "", "", False
    asks_password, asks_who = False, False
    fields: dict[str, str] = {}
    language = ""
    tracks: list[dict[str, str]] = []
    for match in _TAG.finditer(text):
        tag, attributes = match[1].lower(), _attributes(match[2])
        if tag == "meta":
            name = (attributes.get("property") or attributes.get("name") or "").lower()
            named.setdefault(name, attributes.get("content", ""))
        elif tag == "html":
            language = attributes.get("lang", "")
        elif tag == "track":
            tracks.append(attributes | {"default": "yes" if _DEFAULT.search(match[2]) else ""})
        elif tag in {"video", "audio", "source"}:
            embedded = embedded or attributes.get("src", "")
        elif tag == "form":
            in_form = attributes.get("id") in {"download-form", "downloadForm"}
            action = attributes.get("action", "") if in_form else action
        elif tag == "input":
            kind = attributes.get("type", "").lower()
            asks_password = asks_password or kind == "password"
            asks_who = asks_who or kind == "email" or bool(kind != "hidden" and _WHO.search(attributes.get("name", "")))
            if in_form and "name" in attributes:
                fields[attributes["name"]] = attributes.get("value", "")
    video = next((named[name] for name in _VIDEO_PROPERTIES if named.get(name)), "")
    stream = next((named[name] for name in _PLAYER_PROPERTIES if named.get(name)), "")
    title = _TITLE.search(text)
    asks = Obstacle.SIGN_IN if asks_who else Obstacle.PASSCODE
    return Page(
        video=_joined(url, video or stream or embedded or _content_url(text)),
        words=_joined(url, _spoken(tracks, language)),
        form=_with_fields(_joined(url, action), fields),
        title=" ".join(html.unescape(named.get("og:title") or (title[1] if title else "")).split()),
        asks=asks if asks_password else None,
        says=_says(text),
    )


def where_it_leads(page: Page, link: Link) -> list[str]:
    """Return the addresses to try after a page came, best first: a recording's words before the recording.

    Raises:
        NeedsPerson: It leads nowhere; the error says what keeps the recording, and what to do.
    """
    if page.form:
        return [page.form]
    if page.video and page.asks is None and link.source.action is not Action.REWRITE:
        return [page.words, page.video] if page.words else [page.video]
    raise kept_by(page, link)


def kept_by(page: Page, link: Link) -> NeedsPerson:
    """Return the error for a page that came where a file was expected."""
    if page.asks is not None:
        sentence = "The link asks for a password or to sign in." if page.asks is Obstacle.SIGN_IN else ""
        return refusal(link, page.asks, "" if link.source.action is Action.REWRITE else sentence)
    if link.source.action is Action.REWRITE:
        # a source that should have sent the file keeps it: its own words say why, else its row does
        return refusal(link, page.says) if page.says else refusal(link, link.source.kept, link.what)
    return NotARecording(link.what, link.cure, obstacle=Obstacle.WRONG_KIND)


def storage_obstacle(head: bytes) -> Obstacle | None:
    """Say what a storage service's error (XML) means for a signed link; None when it is none, or says nothing."""
    match = _CODE.search(head[:4096].decode("utf-8", "replace"))
    if match is None:
        return None
    known = _CODES.get(match[1].lower())
    return known or (Obstacle.EXPIRED if _EXPIRED.search(match[2]) else None)


def _spoken(tracks: list[dict[str, str]], language: str) -> str:
    """Return the captions in the language that is spoken: a translation is worse than listening."""
    words = [each for each in tracks if each.get("kind", "subtitles").lower() in {"captions", "subtitles"}]
    page = language.lower().partition("-")[0]
    native = [each for each in words if page and each.get("srclang", "").lower().partition("-")[0] == page]
    captions = [each for each in words if each.get("kind", "").lower() == "captions"]  # for who cannot hear: never one
    marked = [each for each in words if each["default"]]
    few = next((group for group in (captions, native, marked, words) if len(group) == 1), [])
    return few[0].get("src", "") if few else ""


def _says(text: str) -> Obstacle | None:
    caption = " ".join(match[1] for match in _CAPTION.finditer(text))
    title = _TITLE.search(text)
    words = caption or f"{title[1] if title else ''} {_MARK.sub(' ', _INVISIBLE.sub(' ', text))}"
    plain = " ".join(html.unescape(words[:20_000]).split())
    return next((obstacle for pattern, obstacle in _SAYINGS if pattern.search(plain)), None)


def _content_url(text: str) -> str:
    """Return the first `contentUrl` of a page's linked data."""
    for match in _DATA.finditer(text):
        try:
            found = _find_content_url(json.loads(match[1]), _MOST_DEPTH)
        except (ValueError, RecursionError):
            continue
        if found:
            return found
    return ""


def _find_content_url(data: Any, depth: int) -> str:
    if depth == 0:
        return ""
    if isinstance(data, list):
        return next(filter(None, (_find_content_url(each, depth - 1) for each in data)), "")
    if not isinstance(data, dict):
        return ""
    url = data.get("contentUrl")
    if isinstance(url, str) and url:
        return url
    return next(filter(None, (_find_content_url(each, depth - 1) for each in data.values())), "")


def _attributes(text: str) -> dict[str, str]:
    return {
        name.lower(): html.unescape(double or single or bare) for name, double, single, bare in _ATTRIBUTE.findall(text)
    }


def _joined(url: httpx.URL, reference: str) -> str:
    if not reference:
        return ""
    try:
        joined = url.join(reference.strip())
        host = joined.host
    except (httpx.InvalidURL, UnicodeError):
        return ""
    return str(joined) if host and joined.scheme in {"http", "https"} else ""


def _with_fields(url: str, fields: dict[str, str]) -> str:
    return str(httpx.URL(url).copy_merge_params(fields)) if url else ""
