"""One look at a web page that came instead of a recording: does it name the recording's own address?"""

import html
import re
from dataclasses import dataclass

import httpx

# Tags are found by a pattern, not by a parser of HTML: pages come from strangers, and a pattern takes linear time.
_TAG = re.compile(r"<(meta|video|audio|source|form|input|title)\b([^<>]{0,4000})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([\w:-]{1,40})\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_QUOTA = re.compile(r"uc-error-(sub)?caption", re.IGNORECASE)
#: What a page may say its recording's address is, best first.
_VIDEO_PROPERTIES = ("og:video:secure_url", "og:video:url", "og:video", "og:audio", "twitter:player:stream")


@dataclass(frozen=True, slots=True)
class Page:
    """What a page turned out to hold.

    Attributes:
        video: The address of its recording, or empty.
        form: Where Google Drive's "download anyway" leads, or empty.
        over_quota: Google Drive says that the file was downloaded too often.
        asks_password: It has a field for a password or passcode.
    """

    video: str
    form: str
    over_quota: bool
    asks_password: bool


def read_page(head: bytes, url: httpx.URL) -> Page:
    """Read the beginning of a page that came from `url`."""
    text = head.decode("utf-8", "replace")
    named: dict[str, str] = {}
    embedded, action, in_form, asks = "", "", False, False
    fields: dict[str, str] = {}
    for match in _TAG.finditer(text):
        tag, attributes = match[1].lower(), _attributes(match[2])
        if tag == "meta":
            name = (attributes.get("property") or attributes.get("name") or "").lower()
            named.setdefault(name, attributes.get("content", ""))
        elif tag in {"video", "audio", "source"}:
            embedded = embedded or attributes.get("src", "")
        elif tag == "form":
            in_form = attributes.get("id") in {"download-form", "downloadForm"}
            action = attributes.get("action", "") if in_form else action
        elif tag == "input":
            asks = asks or attributes.get("type", "").lower() == "password"
            if in_form and "name" in attributes:
                fields[attributes["name"]] = attributes.get("value", "")
    video = next((named[name] for name in _VIDEO_PROPERTIES if named.get(name)), "") or embedded
    return Page(
        video=_joined(url, video),
        form=_with_fields(_joined(url, action), fields),
        over_quota=bool(_QUOTA.search(text)) and not action,
        asks_password=asks,
    )


def _attributes(text: str) -> dict[str, str]:
    return {
        name.lower(): html.unescape(double or single or bare) for name, double, single, bare in _ATTRIBUTE.findall(text)
    }


def _joined(url: httpx.URL, reference: str) -> str:
    if not reference:
        return ""
    try:
        joined = url.join(reference.strip())
    except httpx.InvalidURL:
        return ""
    return str(joined) if joined.scheme in {"http", "https"} else ""


def _with_fields(url: str, fields: dict[str, str]) -> str:
    return str(httpx.URL(url).copy_merge_params(fields)) if url else ""
