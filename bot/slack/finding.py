"""The links and files of a message that look like recordings."""

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from bot.domain.recordings import Recording, RecordingKind, recording_of_link
from bot.links.link import is_worth_offering, look_at_file
from bot.links.source import Verdict

# one message never starts more than this
_MOST = 5

_CODE = re.compile(r"```.*?```|`[^`\n]+`", re.DOTALL)
_MARKED = re.compile(r"<(https?://[^|>\s]+)(?:\|[^>]*)?>", re.IGNORECASE)
_BARE = re.compile(r"https?://[^\s<>|\"“”`]+", re.IGNORECASE)
_AFTER_A_LINK = ".,;:!?'’*_~)]}"
_OPENINGS = {")": "(", "]": "[", "}": "{"}

_GONE = frozenset({"tombstone", "hidden_by_limit"})
# a line of a transcript as people export it: a name and words, a time, or a caption format's own first line
_SPOKEN_LINE = re.compile(
    r"^\s*(\[?\(?\d{1,2}:\d{2}(:\d{2})?\b|WEBVTT\b|[A-ZÀ-Þ][\w.'’-]*( [A-ZÀ-Þ][\w.'’-]*){0,3}\s*(\([^)]*\)\s*)?:\s+\S)",
    re.MULTILINE,
)
_SPOKEN_LINES = 2


def links_in(message: Mapping[str, Any]) -> list[str]:
    """Return a message's links in order, each once: of its rich text when it has some, else of its text.

    What stands as code is an example, not something shared.
    """
    blocks = [block for block in message.get("blocks") or [] if block.get("type") == "rich_text"]
    found = [url for block in blocks for url in _rich_links(block)] if blocks else links_of_text(message.get("text"))
    return list(dict.fromkeys(found))


def _rich_links(element: Any) -> Iterator[str]:
    if not isinstance(element, dict) or element.get("type") == "rich_text_preformatted":
        return
    if element.get("type") == "link" and not (element.get("style") or {}).get("code"):
        url = element.get("url")
        if isinstance(url, str):
            yield url
    for inner in element.get("elements") or []:
        yield from _rich_links(inner)


def links_of_text(text: Any) -> list[str]:
    """Return the links in Slack's markup: `<url>`, `<url|label>`, and bare ones as some senders write them."""
    if not isinstance(text, str):
        return []
    uncoded = _CODE.sub(" ", text)
    found = [(match.start(), match[1]) for match in _MARKED.finditer(uncoded)]
    rest = _MARKED.sub(lambda match: " " * len(match[0]), uncoded)
    found += [(match.start(), _trimmed(match[0])) for match in _BARE.finditer(rest)]
    return [_unescaped(url) for _, url in sorted(found)]


def _trimmed(url: str) -> str:
    """Return a bare link without the sentence's punctuation, keeping a bracket that the link itself opened."""
    while url and url[-1] in _AFTER_A_LINK:
        opening = _OPENINGS.get(url[-1])
        if opening and url.count(opening) >= url.count(url[-1]):
            break
        url = url[:-1]
    return url


def _unescaped(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def shared_links(message: Mapping[str, Any], before: Mapping[str, Any] | None = None) -> list[Recording]:
    """Return the recordings that a message links to; after an edit, those that `before` did not have."""
    had = set(links_in(before)) if before else set()
    new = (url for url in links_in(message) if url not in had and is_worth_offering(url))
    return [recording_of_link(url) for url in islice(new, _MOST)]


def shared_files(message: Mapping[str, Any]) -> list[Recording]:
    """Return the recordings and transcripts that were uploaded with a message."""
    files = [file for file in _files(message) if _is_recording(file)]
    return [_recording(file) for file in files[:_MOST]]


def unknown_files(message: Mapping[str, Any]) -> list[str]:
    """Return the ids of files that Slack says nothing of: those shared from another workspace."""
    return [file["id"] for file in _files(message) if _is_unknown(file)][:_MOST]


def file_ids(message: Mapping[str, Any]) -> list[str]:
    """Return the ids of everything that was uploaded with a message, recordings or not."""
    return [str(file["id"]) for file in message.get("files") or [] if file.get("id")]


def asked_for(message: Mapping[str, Any]) -> list[Recording]:
    """Return what somebody who points at a message means by it: its recordings, else whatever it links to.

    Other apps' messages hold their links in attachments and buttons; here those count too.
    """
    files = [_recording(file) for file in _files(message) if _could_be_recording(file)]
    links = list(dict.fromkeys([*links_in(message), *_links_anywhere(message)]))
    likely = [url for url in links if is_worth_offering(url)]
    if files or likely:
        return [*files, *map(recording_of_link, likely)][:_MOST]
    return [recording_of_link(url) for url in links_in(message)[:1]]


def _links_anywhere(part: Any) -> Iterator[str]:
    if isinstance(part, list):
        for each in part:
            yield from _links_anywhere(each)
    elif isinstance(part, dict):
        for key, value in part.items():
            if key in {"url", "title_link", "from_url"} and isinstance(value, str):
                yield value
            elif key in {"text", "pretext"} and isinstance(value, str):
                yield from links_of_text(value)
            elif key in {"accessory", "attachments", "blocks", "elements", "fields", "text"}:
                yield from _links_anywhere(value)


def _files(message: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [file for file in message.get("files") or [] if file.get("id") and file.get("mode") not in _GONE]


def _is_unknown(file: Mapping[str, Any]) -> bool:
    return file.get("file_access") == "check_file_info" and not (file.get("name") or file.get("mimetype"))


def _verdict(file: Mapping[str, Any]) -> Verdict:
    return look_at_file(str(file.get("name") or file.get("title") or ""), str(file.get("mimetype") or ""))


def _is_recording(file: Mapping[str, Any]) -> bool:
    verdict = _verdict(file)
    if verdict is not Verdict.UNKNOWN:
        return verdict is Verdict.RECORDING
    # a text file may be anything: what Slack shows of it tells, and a pasted snippet is seldom a meeting
    preview = file.get("preview")
    if isinstance(preview, str) and preview:
        return len(_SPOKEN_LINE.findall(preview)) >= _SPOKEN_LINES
    return str(file.get("name") or "").lower().endswith(".txt") and file.get("mode") != "snippet"


def _could_be_recording(file: Mapping[str, Any]) -> bool:
    return _is_unknown(file) or _verdict(file) is not Verdict.NOT_RECORDING


def _recording(file: Mapping[str, Any]) -> Recording:
    external = file.get("external_url")
    if file.get("is_external") and isinstance(external, str) and external:
        return recording_of_link(external)
    return Recording(RecordingKind.SLACK_FILE, str(file["id"]), str(file.get("name") or file.get("title") or "file"))
