"""Places that show videos: public ones, and those where companies keep theirs."""

from bot.errors import Obstacle
from bot.links.address import Address
from bot.links.source import DROP, Action, Found, Source, patterns

_UUID = r"[0-9a-f-]{36}"
_DOWNLOAD = f"Open the link, press Download if its owner allows that, {DROP}"


def _watch(_: Address, found: Found) -> str:
    return f"https://www.youtube.com/watch?v={found['id']}"


def _watched(
    id_: str,
    name: str,
    example: str,
    hosts: tuple[str, ...],
    *texts: str,
    extractor: str,
    cure: str = _DOWNLOAD,
    passcode: bool = False,
) -> Source:
    denied = f"{name.rsplit(' ', 1)[0]} shows this video only in a browser."
    return Source(
        id_,
        name,
        Action.RESOLVE,
        example,
        hosts,
        patterns(*texts),
        denied=denied,
        cure=cure,
        extractors=(extractor,),
        passcode=passcode,
    )


YOUTUBE_LIST = Source(
    "youtube-list",
    "YouTube playlist",
    Action.NOT_A_RECORDING,
    "https://www.youtube.com/playlist?list=PLabc",
    ("youtube.com",),
    patterns(r"^(m\.|music\.)?youtube\.com/playlist\b"),
    denied="That is a playlist, not one video.",
    cure="Share the link to the video itself.",
)
YOUTUBE = Source(
    "youtube",
    "YouTube video",
    Action.RESOLVE,
    "https://www.youtube.com/watch?v=aBcDeFgHiJk",
    ("youtube.com", "youtu.be", "youtube-nocookie.com"),
    patterns(
        r"^(m\.|music\.)?youtube(-nocookie)?\.com/(watch\?(.*&)?v=|live/|shorts/|embed/)(?P<id>[\w-]{11})",
        r"^youtu\.be/(?P<id>[\w-]{11})",
    ),
    likely=False,  # seldom a meeting
    denied="YouTube gives no one a video's file.",
    cure=f"If the video is yours, download it in YouTube Studio under Content, {DROP}",
    direct=_watch,
    extractors=("Youtube",),
    forbidden="YouTube's terms allow downloads only where it shows a download button.",
)
VIMEO = Source(
    "vimeo",
    "Vimeo video",
    Action.RESOLVE,
    "https://vimeo.com/123456789",
    ("vimeo.com",),
    patterns(r"^(player\.)?vimeo\.com/([\w/]+/)?(?P<id>\d{6,})"),
    likely=False,
    denied="Vimeo shows this video only in a browser.",
    cure=_DOWNLOAD,
    cures={
        Obstacle.PASSCODE: "Enter the password that its owner set under Privacy in Vimeo.",
        Obstacle.PRIVATE: "Its owner opens the video's Privacy settings in Vimeo and chooses “Unlisted”.",
    },
    extractors=("Vimeo",),
    passcode=True,
    forbidden="Vimeo's terms allow downloads only through its own button.",
)
WEBEX_INVITATION = Source(
    "webex-invite",
    "Webex invitation",
    Action.NOT_A_RECORDING,
    "https://acme.webex.com/meet/ines",
    ("webex.com",),
    patterns(r"^[\w.-]+\.webex\.com/(meet|join)/|^[\w.-]+\.webex\.com/.*\bj\.php"),
    denied="That is an invitation to a Webex meeting, not its recording.",
    cure="After the meeting, share the link to its recording, or drop the recording or transcript here.",
)
WEBEX = Source(
    "webex",
    "Webex recording",
    Action.RESOLVE,
    "https://acme.webex.com/recordingservice/sites/acme/recording/playback/0123456789abcdef0123456789abcdef",
    ("webex.com",),
    patterns(
        r"^[\w.-]+\.webex\.com/.*\bl[ds]r\.php\?(.*&)?RCID=(?P<id>[0-9a-f]{32})",
        r"^[\w.-]+\.webex\.com/.*/recording/(playback/|play/)?(?P<id>[0-9a-f]{32})",
    ),
    denied="Webex shows this recording only in a browser.",
    cure=f"Open the link, press the download arrow, {DROP} The host can switch downloads on in Webex.",
    cures={
        Obstacle.PASSCODE: "Enter the recording's password; its host finds it in Webex under Recordings → Share.",
        Obstacle.PRIVATE: "Its host opens Recordings → Share in Webex and chooses “Anyone with this link”.",
        Obstacle.SIGN_IN: "Its host opens Recordings → Share in Webex and switches “Require sign-in” off.",
        Obstacle.DOWNLOAD_DISABLED: "Its host opens Recordings → Share in Webex and lets viewers download.",
        Obstacle.NOT_FOUND: "Its host looks in Webex under Recordings → Trash; it can be restored for 30 days.",
    },
    extractors=("CiscoWebex",),
    passcode=True,
)
FATHOM = _watched(
    "fathom",
    "Fathom recording",
    "https://fathom.video/share/Ab3dEf6h",
    ("fathom.video",),
    r"^fathom\.video/(share|calls)/(?P<id>[\w-]+)",
    extractor="Fathom",
    cure=f"Open the link, download the recording or export its transcript, {DROP}",
)
WISTIA = _watched(
    "wistia",
    "Wistia video",
    "https://acme.wistia.com/medias/abc123def4",
    ("wistia.com", "wistia.net", "wi.st"),
    r"^([\w-]+\.)*(wistia\.(com|net)|wi\.st)/(embed/)?(medias|iframe)/(?P<id>[a-z0-9]{10})",
    extractor="Wistia",
    passcode=True,
)
VIDYARD = _watched(
    "vidyard",
    "Vidyard video",
    "https://share.vidyard.com/watch/aBc123DeF456",
    ("vidyard.com",),
    r"^([\w-]+\.)*vidyard\.com/watch/(?P<id>\w+)",
    extractor="Vidyard",
)
STREAMABLE = _watched(
    "streamable",
    "Streamable video",
    "https://streamable.com/abc12",
    ("streamable.com",),
    r"^streamable\.com/([eso]/)?(?P<id>[a-z0-9]{4,8})/?(\?|$)",
    extractor="Streamable",
)
PANOPTO = _watched(
    "panopto",
    "Panopto recording",
    "https://acme.hosted.panopto.com/Panopto/Pages/Viewer.aspx?id=26b3ae9e-4a48-4dcc-96ba-0befba08a0fb",
    ("panopto.com", "panopto.eu"),
    rf"^[\w.-]+\.panopto\.(com|eu)/.*\bid=(?P<id>{_UUID})",
    extractor="Panopto",
)
KALTURA = _watched(
    "kaltura",
    "Kaltura video",
    "https://cdnapisec.kaltura.com/index.php/extwidget/preview/partner_id/811441/entry_id/1_abcdefgh",
    ("kaltura.com",),
    r"^(cdnapi(sec)?\.)?kaltura\.com/(index\.php/(kwidget|extwidget/preview)|html5/html5lib)/"
    r"(.*[/=])?(?P<id>[01]_[a-z0-9]{8})\b",
    extractor="Kaltura",
)
KALTURA_PAGE = Source(
    "kaltura",
    "Kaltura video",
    Action.UNKNOWN,
    "https://acme.mediaspace.kaltura.com/media/Planning/1_abcdefgh",
    ("kaltura.com",),
    patterns(r"^[\w.-]*\bkaltura\.com/(.*[/=])?(?P<id>[01]_[a-z0-9]{8})\b"),
    denied="Kaltura shows this video only in a browser.",
    cure=_DOWNLOAD,
)
SCREENREC = _watched(
    "screenrec",
    "ScreenRec video",
    "https://screenrec.com/share/aBcDeFgHiJ",
    ("screenrec.com",),
    r"^screenrec\.com/share/(?P<id>\w{10})",
    extractor="ScreenRec",
)
SCREENCASTIFY = _watched(
    "screencastify",
    "Screencastify video",
    "https://watch.screencastify.com/v/aBcDeFgHiJkLmNoPqRsT",
    ("screencastify.com",),
    r"^(watch|app)\.screencastify\.com/(v|watch)/(?P<id>\w+)",
    extractor="Screencastify",
)
SOURCES = (
    YOUTUBE_LIST,
    YOUTUBE,
    VIMEO,
    WEBEX_INVITATION,
    WEBEX,
    FATHOM,
    WISTIA,
    VIDYARD,
    STREAMABLE,
    PANOPTO,
    KALTURA,
    KALTURA_PAGE,
    SCREENREC,
    SCREENCASTIFY,
)
