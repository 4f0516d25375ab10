"""The links and files of a message that look like recordings."""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from bot.domain.recordings import Recording, RecordingKind, recording_key, recording_of_link
from bot.links.link import is_worth_offering, look_at, look_at_file
from bot.links.slack import FILE
from bot.links.source import Verdict

MOST = 5
"""One message never starts more than this."""

_CODE = re.compile(r"```.*?```|`[^`\n]+`", re.DOTALL)
_MARKED = re.compile(r"<(https?://[^|>\s]+)(?:\|[^>]*)?>", re.IGNORECASE)
_BARE = re.compile(r"https?://[^\s<>|\"“”`]+", re.IGNORECASE)
_AFTER_A_LINK = ".,;:!?'’*_~)]}"
_OPENINGS = {")": "(", "]": "[", "}": "{"}

# links looked at for those few
_MOST_LOOKED_AT = 50

_CANVAS = "application/vnd.slack-docs"
_HUDDLE_NOTES = re.compile(r"\bhuddle notes\b", re.IGNORECASE)
# what a canvas' title has besides words: emoji, and channels and people by their id, perhaps with a name
_EMOJI = re.compile(r":[a-z0-9_+-]*[a-z_][a-z0-9_+-]*:", re.IGNORECASE)
_MENTION = re.compile(r"(?:\b(?:in|with)\s+)?<[#@!][^|>]*>|<([#@])[^|>]*\|([^>]*)>", re.IGNORECASE)
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
    likely = (url for url in links_in(message) if url not in had and is_worth_offering(url))
    # of a file in Slack the message has more than the link
    new = (recording_of_link(url) for url in likely if file_of_link(url) is None)
    return _each_once(new)


def _each_once(recordings: Iterable[Recording]) -> list[Recording]:
    """Return the first few recordings; two links to the same one are one."""
    found: dict[str, Recording] = {}
    for each in islice(recordings, _MOST_LOOKED_AT):
        found.setdefault(recording_key(each), each)
        if len(found) == MOST:
            break
    return list(found.values())


def file_of_link(url: str) -> str | None:
    """Return the id of the file in Slack that a link opens; None for any other link."""
    link = look_at(url)
    return link.found.get("id") if link.source is FILE else None


def shared_files(message: Mapping[str, Any]) -> list[Recording]:
    """Return the recordings and transcripts that were uploaded with a message."""
    files = [file for file in _files(message) if _is_recording(file)]
    return [recording_of_file(file) for file in files[:MOST]]


def shared_notes(message: Mapping[str, Any]) -> list[Recording]:
    """Return the notes of huddles among a message's canvases; any other canvas is nobody's meeting."""
    files = [file for file in _files(message) if is_canvas(file) and _are_notes(file)]
    return [recording_of_file(file) for file in files[:MOST]]


def uploaded(message: Mapping[str, Any]) -> list[tuple[Recording, str]]:
    """Return what was uploaded with a message, each with how it was shared (`via`).

    An uploaded recording was meant for us; notes, and files that lie elsewhere, are asked about as links are.
    """
    files = [(each, "file" if each.kind is RecordingKind.SLACK_FILE else "message") for each in shared_files(message)]
    return [*files, *((each, "message") for each in shared_notes(message))]


def unknown_files(message: Mapping[str, Any]) -> list[str]:
    """Return the ids of files that Slack says nothing of: those shared from another workspace."""
    return [file["id"] for file in _files(message) if _is_unknown(file)][:MOST]


def file_ids(message: Mapping[str, Any]) -> list[str]:
    """Return the ids of everything that was uploaded with a message, recordings or not."""
    return [str(file["id"]) for file in message.get("files") or [] if file.get("id")]


def asked_for(message: Mapping[str, Any]) -> list[Recording]:
    """Return what somebody who points at a message means by it: its recordings, else its canvas, else its first link.

    Other apps' messages hold their links in attachments and buttons; here those count too.
    """
    files = [recording_of_file(file) for file in _files(message) if _could_be_recording(file)]
    links = list(dict.fromkeys([*links_in(message), *_links_anywhere(message)]))
    likely = [url for url in links if is_worth_offering(url)]
    if files or likely:
        return _each_once([*files, *map(recording_of_link, likely)])
    canvases = [recording_of_file(file) for file in _files(message) if is_canvas(file)]
    return canvases[:MOST] or [recording_of_link(url) for url in links_in(message)[:1]]


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


def is_canvas(file: Mapping[str, Any]) -> bool:
    """Say whether a file is a document that was written in Slack."""
    return file.get("mimetype") == _CANVAS or file.get("filetype") == "quip"


def is_clip(file: Mapping[str, Any]) -> bool:
    """Say whether a file was recorded in Slack itself."""
    return file.get("subtype") in {"slack_audio", "slack_video"}


def transcript_of(file: Mapping[str, Any]) -> str:
    """Return where Slack has the words of a clip, as WebVTT; empty while it has not understood them, or cannot.

    Of a meeting that was uploaded they would not tell who says what, which hearing it does.
    """
    return str(file.get("vtt") or "") if is_clip(file) and _transcription(file) == "complete" else ""


def is_transcribing(file: Mapping[str, Any]) -> bool:
    """Say whether Slack is about to understand a clip."""
    return is_clip(file) and _transcription(file) == "processing"


def _transcription(file: Mapping[str, Any]) -> str:
    return str((file.get("transcription") or {}).get("status") or "")


def _are_notes(canvas: Mapping[str, Any]) -> bool:
    title = str(canvas.get("title") or canvas.get("name") or "")
    return canvas.get("is_huddle_canvas") is True or _HUDDLE_NOTES.search(title) is not None


def _verdict(file: Mapping[str, Any]) -> Verdict:
    return look_at_file(str(file.get("name") or file.get("title") or ""), str(file.get("mimetype") or ""))


def _is_recording(file: Mapping[str, Any]) -> bool:
    if is_canvas(file):
        return False
    verdict = _verdict(file)
    if verdict is not Verdict.UNKNOWN:
        return verdict is Verdict.RECORDING
    # a text file may be anything: what Slack shows of it tells, and a pasted snippet is seldom a meeting
    preview = file.get("preview")
    if isinstance(preview, str) and preview:
        return len(_SPOKEN_LINE.findall(preview)) >= _SPOKEN_LINES
    return str(file.get("name") or "").lower().endswith(".txt") and file.get("mode") != "snippet"


def _could_be_recording(file: Mapping[str, Any]) -> bool:
    if is_canvas(file):
        return _are_notes(file)
    return _is_unknown(file) or _verdict(file) is not Verdict.NOT_RECORDING


def recording_of_file(file: Mapping[str, Any]) -> Recording:
    """Return the recording in a file, as Slack shows the file; one that lies elsewhere is a link."""
    external = file.get("external_url")
    if file.get("is_external") and isinstance(external, str) and external:
        return recording_of_link(external)
    return Recording(RecordingKind.SLACK_FILE, str(file["id"]), name_of_file(file))


def name_of_file(file: Mapping[str, Any]) -> str:
    """Return what to call a file: its name, and of a canvas its title as people read it."""
    if not is_canvas(file):
        return str(file.get("name") or file.get("title") or "file")
    title = _EMOJI.sub("", str(file.get("title") or file.get("name") or ""))
    named = _MENTION.sub(lambda found: f"{found[1] or ''}{found[2] or ''}", _unescaped(title))
    # a slash would cut it like a folder's name
    return " ".join(named.replace("/", "-").split()) or "Canvas"
