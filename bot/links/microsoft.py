"""SharePoint, OneDrive, Stream and Teams: one company's storage behind four kinds of link."""

from dataclasses import replace

from bot.errors import Obstacle
from bot.links.address import Address
from bot.links.source import DROP, Account, Action, Found, Source, patterns

_SHAREPOINT = ("sharepoint.com", "sharepoint.us")
_SITE = r"[\w-]+\.sharepoint\.(com|us)"
_TEAMS = ("teams.microsoft.com", "teams.live.com", "teams.cloud.microsoft")
_CURE = f"Its owner chooses Share → Link settings → Anyone with the link. Or download it {DROP}"
_CURES = {
    Obstacle.DOWNLOAD_DISABLED: "Its owner opens Share → Link settings and switches “Block download” off.",
    Obstacle.EXPIRED: "Its owner shares it again with a link whose expiration date is later.",
    Obstacle.NOT_FOUND: "Its owner opens Share → Copy link and shares the new link: the file was moved or deleted.",
    Obstacle.PASSCODE: "Its owner opens Share → Link settings and removes the password. "
    f"Or download it yourself {DROP}",
}


def _download(address: Address, _: Found) -> str:
    return address.with_query(download="1")


INVITATION = Source(
    "teams-invite",
    "Teams invitation",
    Action.NOT_A_RECORDING,
    "https://teams.microsoft.com/l/meetup-join/19%3ameeting_abc/0",
    _TEAMS,
    patterns(r"^teams\.(microsoft\.com|live\.com|cloud\.microsoft)/(l/meetup-join/|meet/)"),
    denied="That is an invitation to a Teams meeting, not its recording.",
    cure="After the meeting, share the link to its recording, or drop the recording or transcript here.",
)
FOLDER = Source(
    "sharepoint-folder",
    "SharePoint folder",
    Action.NOT_A_RECORDING,
    "https://acme.sharepoint.com/:f:/g/EabcDEF",
    _SHAREPOINT,
    patterns(rf"^{_SITE}/:f:/"),
    denied="That is a SharePoint folder, not a recording.",
    cure="Open the folder and share the link to the recording itself.",
)
VIDEO = Source(
    "sharepoint",
    "SharePoint video",
    Action.REWRITE,
    "https://acme-my.sharepoint.com/:v:/g/personal/ana/EabcDEF",
    _SHAREPOINT,
    patterns(rf"^(?P<id>{_SITE}/:[vu]:/[^?]+)"),
    direct=_download,
    denied="SharePoint gives this file only to people who are signed in.",
    cure=_CURE,
    cures=_CURES,
    account=Account.MICROSOFT,
)
STREAM = Source(
    "stream",
    "Microsoft Stream recording",
    Action.SIGN_IN,
    "https://acme.sharepoint.com/sites/a/_layouts/15/stream.aspx?id=%2Fsites%2Fa%2Fcall.mp4",
    (*_SHAREPOINT, "web.microsoftstream.com"),
    patterns(
        rf"^(?P<host>{_SITE})/.*/stream\.aspx\?(.*&)?id=(?P<id>[^&]+)",
        r"^web\.microsoftstream\.com/video/(?P<id>[0-9a-f-]{36})",
    ),
    denied="Stream shows this recording only to people who are signed in.",
    cure=f"Open the link, choose Share → Copy link for “Anyone”; or download its transcript as .vtt, {DROP}",
    account=Account.MICROSOFT,
)
FILE = replace(
    VIDEO,
    name="SharePoint file",
    example="https://acme.sharepoint.com/:w:/g/EabcDEF",
    patterns=patterns(rf"^(?P<id>{_SITE}/:[a-z]:/[^?]+)"),
    likely=False,
)
ONEDRIVE = Source(
    "onedrive",
    "OneDrive file",
    Action.REWRITE,
    "https://1drv.ms/v/s!AbCdEfGh",
    ("1drv.ms", "onedrive.live.com"),
    patterns(r"^(?P<id>1drv\.ms/[^?]+)", r"^onedrive\.live\.com/(.*[?&](resid|id)=(?P<id>[^&]+))?"),
    likely=False,
    direct=_download,
    denied="OneDrive gives this file only to people who are signed in.",
    cure=_CURE,
    cures=_CURES,
    after="Personal OneDrive often asks to sign in since 2025, even for public links.",
)
RECAP = Source(
    "teams",
    "Teams recording",
    Action.SIGN_IN,
    "https://teams.microsoft.com/l/meetingrecap?driveId=b!abc&driveItemId=01ABC",
    _TEAMS,
    patterns(
        r"^teams\.[\w.]+/l/meetingrecap\?(.*&)?driveItemId=(?P<id>[^&]+)",
        r"^teams\.[\w.]+/l/meetingrecap",
    ),
    denied="Teams shows this recording only to people who are signed in.",
    cure=f"Open the recap in Teams, download the recording, or its transcript as .vtt, {DROP}",
    account=Account.MICROSOFT,
)
SOURCES = (INVITATION, FOLDER, VIDEO, STREAM, FILE, ONEDRIVE, RECAP)
