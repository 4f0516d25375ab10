"""Google Drive, Google Docs, and Google Meet's invitations."""

from urllib.parse import urlencode

from bot.errors import Obstacle
from bot.links.address import Address
from bot.links.source import DROP, Account, Action, Found, Source, patterns

_FILE = r"^(docs|drive|drive\.usercontent)\.google\.com/"
_HOSTS = ("docs.google.com", "drive.google.com", "drive.usercontent.google.com")
_OPEN_DRIVE = "In Drive, choose Share → General access → Anyone with the link. Or download it "


def _drive(address: Address, found: Found) -> str:
    query = {"id": found["id"], "export": "download", "confirm": "t"}
    key = address.query.get("resourcekey")
    return f"https://drive.usercontent.google.com/download?{urlencode(query | ({'resourcekey': key} if key else {}))}"


def _text(_: Address, found: Found) -> str:
    return f"https://docs.google.com/document/d/{found['id']}/export?format=txt"


INVITATION = Source(
    "meet-invite",
    "Google Meet invitation",
    Action.NOT_A_RECORDING,
    "https://meet.google.com/abc-defg-hij",
    ("meet.google.com",),
    patterns(r"^meet\.google\.com/(lookup/|[a-z]{3}-[a-z]{4}-[a-z]{3}\b)"),
    denied="That is an invitation to a Google Meet call, not its recording.",
    cure="After the call, share the recording's link from Google Drive, or drop the recording or transcript here.",
)
FOLDER = Source(
    "drive-folder",
    "Google Drive folder",
    Action.NOT_A_RECORDING,
    "https://drive.google.com/drive/folders/1aBcDeFgHiJkLmNoPqRs",
    ("drive.google.com",),
    patterns(r"^drive\.google\.com/(drive/(u/\d+/)?folders/|folderview\b)"),
    denied="That is a Google Drive folder, not a recording.",
    cure="Open the folder and share the link to the recording itself.",
)
DRIVE = Source(
    "google-drive",
    "Google Drive file",
    Action.REWRITE,
    "https://drive.google.com/file/d/1aBcDeFgHiJkLmNoPqRsTuVwXyZ/view",
    _HOSTS,
    patterns(
        _FILE + r"(a/[\w.-]+/)?file/(u/\d+/)?d/(?P<id>[\w-]{20,})",
        _FILE + r"(u/\d+/)?(uc|open|download)\?(.*&)?id=(?P<id>[\w-]{20,})",
    ),
    direct=_drive,
    attachment=True,
    denied="Google Drive gives this file only to people who are signed in.",
    cure=_OPEN_DRIVE + DROP,
    cures={
        Obstacle.NOT_FOUND: "Its owner looks in Drive's bin and restores it, or shares the link to a copy.",
        Obstacle.QUOTA: "Its owner makes a copy in Drive (right click → Make a copy) and shares that. "
        f"Or download it tomorrow {DROP}",
        Obstacle.DOWNLOAD_DISABLED: "Its owner opens Share → Settings (the cog) and lets viewers download.",
    },
    account=Account.GOOGLE,
)
DOCUMENT = Source(
    "google-docs",
    "Google Doc",
    Action.REWRITE,
    "https://docs.google.com/document/d/1aBcDeFgHiJkLmNoPqRsTuVwXyZ/edit",
    ("docs.google.com",),
    patterns(r"^docs\.google\.com/(a/[\w.-]+/)?document/(u/\d+/)?d/(?P<id>[\w-]{20,})"),
    likely=False,
    direct=_text,
    denied="Google gives this document only to people who are signed in.",
    cure="In the document, choose Share → General access → Anyone with the link. "
    f"Or choose File → Download → Plain text, {DROP}",
    account=Account.GOOGLE,
)
SOURCES = (INVITATION, FOLDER, DRIVE, DOCUMENT)
