"""The recording products that people share links of: one row each."""

import re
from dataclasses import dataclass, field
from enum import StrEnum


class Verdict(StrEnum):
    """Whether there is a recording behind a link or in a file, as far as its name tells."""

    RECORDING = "recording"
    UNKNOWN = "unknown"  # only opening it tells: done when somebody asks for it, never offered
    NOT_RECORDING = "not_recording"


@dataclass(frozen=True, slots=True)
class Product:
    """A kind of link.

    Attributes:
        id: Its short name, the first part of a recording's key.
        name: What a link to it is, for people: "Zoom recording".
        pattern: Searched in `host/path?query`, the host in small letters and without `www.`; its named groups, in
            the order of their names, are the recording's identity.
        verdict: Whether there is a recording behind it.
        named_files: The link's last part is the file's own name, whose ending is then trusted more than `verdict`.
        what: For what certainly is no recording: what it is instead.
        cure: And what to do about it.
    """

    id: str
    name: str
    pattern: re.Pattern[str] = field(repr=False)
    verdict: Verdict = Verdict.RECORDING
    named_files: bool = False
    what: str = ""
    cure: str = ""


def _recording(id_: str, name: str, pattern: str, *, named_files: bool = False) -> Product:
    return Product(id_, name, re.compile(pattern), Verdict.RECORDING, named_files)


def _perhaps(id_: str, name: str, pattern: str) -> Product:
    return Product(id_, name, re.compile(pattern), Verdict.UNKNOWN)


def _not(id_: str, name: str, pattern: str, what: str, cure: str) -> Product:
    return Product(id_, name, re.compile(pattern), Verdict.NOT_RECORDING, what=what, cure=cure)


_AFTER_THE_MEETING = "After the meeting, share the link to its recording, or drop the recording or transcript here."
_ONE_FILE = "Open the folder and share the link to the recording itself."
_ZOOM = r"^([\w-]+\.)*(zoom\.us|zoomgov\.com)"
_UUID = r"[0-9a-f-]{36}"
_GOOGLE_FILE = r"^(docs|drive|drive\.usercontent)\.google\.com/"

#: The first row that matches counts, so what certainly is no recording comes first.
PRODUCTS: tuple[Product, ...] = (
    _not(
        "zoom-invite",
        "Zoom invitation",
        _ZOOM + r"/(j|s|w|wc|my|meeting|webinar)/",
        "That is an invitation to a Zoom meeting, not its recording.",
        _AFTER_THE_MEETING,
    ),
    _not(
        "meet-invite",
        "Google Meet invitation",
        r"^meet\.google\.com/(lookup/|[a-z]{3}-[a-z]{4}-[a-z]{3}\b)",
        "That is an invitation to a Google Meet call, not its recording.",
        "After the call, share the recording's link from Google Drive, or drop the recording or transcript here.",
    ),
    _not(
        "teams-invite",
        "Teams invitation",
        r"^teams\.(microsoft|live)\.com/(l/meetup-join/|meet/)",
        "That is an invitation to a Teams meeting, not its recording.",
        _AFTER_THE_MEETING,
    ),
    _not(
        "webex-invite",
        "Webex invitation",
        r"^[\w.-]+\.webex\.com/(meet|join)/|^[\w.-]+\.webex\.com/.*\bj\.php",
        "That is an invitation to a Webex meeting, not its recording.",
        _AFTER_THE_MEETING,
    ),
    _not(
        "drive-folder",
        "Google Drive folder",
        r"^drive\.google\.com/(drive/(u/\d+/)?folders/|folderview\b)",
        "That is a Google Drive folder, not a recording.",
        _ONE_FILE,
    ),
    _not(
        "dropbox-folder",
        "Dropbox folder",
        r"^dropbox\.com/(scl/fo|sh)/[\w-]+(/[\w-]+)?/?(\?|$)",
        "That is a Dropbox folder, not a recording.",
        _ONE_FILE,
    ),
    _not(
        "sharepoint-folder",
        "SharePoint folder",
        r"^[\w-]+\.sharepoint\.com/:f:/",
        "That is a SharePoint folder, not a recording.",
        _ONE_FILE,
    ),
    _not(
        "slack-message",
        "Slack message",
        r"^[\w.-]+\.slack\.com/archives/",
        "That is a link to a message in Slack.",
        "If it holds a recording, choose “Process recording” from that message’s menu.",
    ),
    _recording("zoom", "Zoom recording", _ZOOM + r"/rec(ording)?/(play|share|download)/(?P<id>[\w.+%-]+)"),
    _recording("zoom-clip", "Zoom clip", r"^([\w-]+\.)*zoom\.us/clips/(share|embed)/(?P<id>[\w.+%-]+)"),
    _recording("drive", "Google Drive file", _GOOGLE_FILE + r"file/(u/\d+/)?d/(?P<id>[\w-]{20,})"),
    _recording("drive", "Google Drive file", _GOOGLE_FILE + r"(uc|open|download)\?(.*&)?id=(?P<id>[\w-]{20,})"),
    _perhaps("gdoc", "Google Doc", r"^docs\.google\.com/document/(u/\d+/)?d/(?P<id>[\w-]{20,})"),
    _recording("dropbox", "Dropbox file", r"^dropbox\.com/(e/)?(scl/fi|s)/(?P<id>\w+)", named_files=True),
    _recording("dropbox", "Dropbox file", r"^dropbox\.com/(?P<id>(scl/fo|sh)/[^?]+)", named_files=True),
    _recording("sharepoint", "SharePoint video", r"^(?P<id>[\w-]+\.sharepoint\.com/:[vu]:/[^?]+)"),
    _recording(
        "stream",
        "Microsoft Stream recording",
        r"^(?P<host>[\w-]+\.sharepoint\.com)/.*/stream\.aspx\?(.*&)?id=(?P<id>[^&]+)",
    ),
    _perhaps("sharepoint", "SharePoint file", r"^(?P<id>[\w-]+\.sharepoint\.com/:[a-z]:/[^?]+)"),
    _perhaps("onedrive", "OneDrive file", r"^(?P<id>1drv\.ms/[^?]+)"),
    _perhaps("onedrive", "OneDrive file", r"^onedrive\.live\.com/"),
    _recording(
        "teams", "Teams recording", r"^teams\.(microsoft|live)\.com/l/meetingrecap\?(.*&)?driveItemId=(?P<id>[^&]+)"
    ),
    _recording("teams", "Teams recording", r"^teams\.(microsoft|live)\.com/l/meetingrecap"),
    _recording("loom", "Loom video", r"^loom\.com/(share|embed)/([\w-]+-)?(?P<id>[0-9a-f]{32})"),
    _recording("webex", "Webex recording", r"^[\w.-]+\.webex\.com/.*\bl[ds]r\.php\?(.*&)?RCID=(?P<id>[0-9a-f]{32})"),
    _recording("webex", "Webex recording", r"^[\w.-]+\.webex\.com/.*/recording/(playback/|play/)?(?P<id>[0-9a-f]{32})"),
    _recording("fathom", "Fathom recording", r"^fathom\.video/(share|calls)/(?P<id>[\w-]+)"),
    _recording("fireflies", "Fireflies meeting", r"^app\.fireflies\.ai/view/(?P<id>[^/?]+)"),
    _recording("otter", "Otter conversation", r"^otter\.ai/(u|s|note)/(?P<id>[\w-]+)"),
    _recording("tldv", "tl;dv recording", r"^(app\.)?tldv\.io/(app/)?meetings/(?P<id>\w+)"),
    _recording("grain", "Grain recording", rf"^grain\.com?/(app/)?(share/|meetings/)?(recording/)?(?P<id>{_UUID})"),
    _recording("gong", "Gong call", r"^[\w.-]*\bapp\.gong\.io/call\?(.*&)?id=(?P<id>\d+)"),
    _recording("read", "Read meeting", r"^app\.read\.ai/analytics/meetings/(?P<id>\w+)"),
    _recording("granola", "Granola notes", r"^(app|notes)\.granola\.(ai|so)/(d|t|p)/(?P<id>[\w-]+)"),
    _recording("riverside", "Riverside recording", r"^riverside\.(fm|com)/shared/(?P<id>[\w/-]+)"),
    _recording("circleback", "Circleback meeting", r"^app\.circleback\.ai/(view|meetings)/(?P<id>\w+)"),
    _recording("box", "Box file", r"^([\w-]+\.)?(app\.|ent\.)?box\.com/s/(?P<id>\w+(/file/\d+)?)"),
    _recording("vidyard", "Vidyard video", r"^(share|video)\.vidyard\.com/watch/(?P<id>\w+)"),
    _recording("panopto", "Panopto recording", rf"^[\w.-]+\.panopto\.(com|eu)/.*\bid=(?P<id>{_UUID})"),
    # Seldom a meeting: looked at when somebody asks, never offered.
    _perhaps(
        "youtube", "YouTube video", r"^(m\.)?youtube\.com/(watch\?(.*&)?v=|live/|shorts/|embed/)(?P<id>[\w-]{11})"
    ),
    _perhaps("youtube", "YouTube video", r"^youtu\.be/(?P<id>[\w-]{11})"),
    _perhaps("vimeo", "Vimeo video", r"^(player\.)?vimeo\.com/([\w/]+/)?(?P<id>\d{6,})"),
    _recording("slack", "Slack file", r"^files\.slack\.com/files-\w+/T\w+-(?P<id>F\w+)"),
    _recording("slack", "Slack file", r"^[\w.-]+\.slack\.com/files/[UW]\w+/(?P<id>F\w+)"),
)
