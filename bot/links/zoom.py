"""Zoom's cloud recordings and clips, and its invitations."""

from bot.errors import Obstacle
from bot.links.source import DROP, Account, Action, Source, patterns

_HOSTS = ("zoom.us", "zoomgov.com")
_ZOOM = r"^([\w-]+\.)*(zoom\.us|zoomgov\.com)"

INVITATION = Source(
    "zoom-invite",
    "Zoom invitation",
    Action.NOT_A_RECORDING,
    "https://us02web.zoom.us/j/81234567890",
    _HOSTS,
    patterns(_ZOOM + r"/(j|s|w|wc|my|meeting|webinar)/"),
    denied="That is an invitation to a Zoom meeting, not its recording.",
    cure="After the meeting, share the link to its recording, or drop the recording or transcript here.",
)
RECORDING = Source(
    "zoom",
    "Zoom recording",
    Action.RESOLVE,
    "https://us02web.zoom.us/rec/share/Ab3dEf6hIj",
    _HOSTS,
    patterns(_ZOOM + r"/rec(ording)?/(play|share|download)/(?P<id>[\w.+%-]+)"),
    denied="Zoom shows this recording only in a browser.",
    cure=f"Open the link, press Download {DROP} Without that button, only the meeting's host can download it, in Zoom.",
    cures={
        Obstacle.PASSCODE: "Enter the passcode that Zoom shows its host beside the share link.",
        Obstacle.PRIVATE: "Its host opens Recordings in Zoom, presses Share, and chooses “Publicly”.",
        Obstacle.SIGN_IN: "Its host opens Recordings in Zoom, presses Share, and chooses “Publicly”.",
        Obstacle.EXPIRED: "Its host opens Recordings in Zoom, presses Share, and sets a later expiry date.",
        Obstacle.DOWNLOAD_DISABLED: "Its host opens Recordings in Zoom, presses Share, and lets viewers download.",
        Obstacle.NOT_FOUND: "Its host looks in Zoom under Recordings → Trash; it can be recovered for 30 days.",
        Obstacle.NOT_READY: "Try again later: Zoom takes about twice as long as the meeting was.",
    },
    account=Account.ZOOM,
    extractors=("Zoom",),
    passcode=True,
)
CLIP = Source(
    "zoom-clip",
    "Zoom clip",
    Action.RESOLVE,
    "https://us02web.zoom.us/clips/share/Ab3dEf6hIj",
    _HOSTS,
    patterns(_ZOOM + r"/clips/(share|embed)/(?P<id>[\w.+%-]+)"),
    denied="Zoom shows this clip only in a browser.",
    cure=f"Open the link, choose Download in its menu, {DROP}",
    extractors=("ZoomClips",),
)
SOURCES = (INVITATION, RECORDING, CLIP)
