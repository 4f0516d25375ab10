"""The way to each product's bytes: a link that downloads them, or the exact steps for a person where there is none."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import httpx

from bot.domain.links import Link
from bot.domain.products import Verdict
from bot.errors import NoAccess, NotARecording

_DROP = "and drop the file here."
_GENERIC_CURE = f"Open it in a browser, download the recording there, {_DROP}"

#: Signing in happens there: a redirect to one of them means that the recording is private.
_SIGN_IN_HOSTS = (
    "accounts.google.com",
    "login.microsoftonline.com",
    "login.microsoftonline.us",
    "login.live.com",
    "login.windows.net",
    "okta.com",
    "auth0.com",
    "onelogin.com",
    "account.box.com",
)
_SIGN_IN_PATHS = ("/login", "/signin", "/sign-in", "/sign_in", "/sso/", "/saml")


@dataclass(frozen=True, slots=True)
class Way:
    """How to get a link's bytes.

    Attributes:
        url: What to download.
        what: What it means when a page comes instead.
        cure: And what to do then.
        may_look: That page may name its video, and it is worth a look.
    """

    url: str
    what: str
    cure: str
    may_look: bool = False

    def refusal(self) -> NoAccess:
        """Return the error for a recording that shows itself only to people who signed in."""
        return NoAccess(self.what, self.cure)

    def check_hop(self, url: httpx.URL) -> None:
        """Refuse to follow a redirect to where people sign in.

        Raises:
            NoAccess: It leads there.
        """
        host, path = url.host.lower(), url.path.lower()
        if any(host == known or host.endswith(f".{known}") for known in _SIGN_IN_HOSTS):
            raise self.refusal()
        if path.startswith(_SIGN_IN_PATHS) or path.endswith(("/login.aspx", "/authenticate.aspx")):
            raise NoAccess(f"{url.host} asks to sign in.", self.cure)


def way_to(link: Link) -> Way:
    """Return how to get a link's bytes.

    Raises:
        NotARecording: It certainly is no recording.
        NoAccess: Its product gives recordings only to people in a browser; the error has the steps.
    """
    if link.verdict is Verdict.NOT_RECORDING:
        raise NotARecording(link.what, link.cure)
    if link.source is None:
        return Way(link.url, "That link opens a web page, not a recording.", _GENERIC_CURE, may_look=True)
    rewritten = _REWRITES.get(link.source.id)
    if rewritten is not None:
        rewrite, what, cure = rewritten
        return Way(rewrite(link), what, cure)
    what, cure = _STEPS.get(link.source.id, ("", ""))
    raise NoAccess(
        what or f"A {link.product} opens only for people who are signed in there.",
        cure or f"Open it there, download the recording or export its transcript, {_DROP}",
    )


def _identity(link: Link) -> str:
    return link.key.partition(":")[2]


def _with_query(url: str, **changed: str) -> str:
    parts = urlsplit(url)
    query = [(key, value) for key, value in parse_qsl(parts.query, keep_blank_values=True) if key not in changed]
    return urlunsplit(("https", parts.netloc, parts.path, urlencode([*query, *changed.items()]), ""))


def _drive(link: Link) -> str:
    asked = dict(parse_qsl(urlsplit(link.url).query))
    query = {"id": _identity(link), "export": "download", "confirm": "t"}
    if "resourcekey" in asked:
        query["resourcekey"] = asked["resourcekey"]
    return f"https://drive.usercontent.google.com/download?{urlencode(query)}"


def _google_doc(link: Link) -> str:
    return f"https://docs.google.com/document/d/{_identity(link)}/export?format=txt"


def _dropbox(link: Link) -> str:
    return _with_query(link.url, dl="1")


def _microsoft(link: Link) -> str:
    return _with_query(link.url, download="1")


_MICROSOFT_CURE = f"Share it with “Anyone with the link”, or download it, {_DROP}"

#: Product → its download link, what a page means there, and the cure.
_REWRITES: dict[str, tuple[Callable[[Link], str], str, str]] = {
    "drive": (
        _drive,
        "Google Drive gives this file only to people who are signed in.",
        f"In Drive, choose Share → General access → Anyone with the link. Or download it {_DROP}",
    ),
    "gdoc": (
        _google_doc,
        "Google gives this document only to people who are signed in.",
        f"In the document, choose File → Download → Plain text, {_DROP}",
    ),
    "dropbox": (
        _dropbox,
        "Dropbox does not let us download this file: it has a password, or downloads are switched off.",
        f"In Dropbox, let anyone with the link download it. Or download it yourself {_DROP}",
    ),
    "sharepoint": (_microsoft, "SharePoint gives this file only to people who are signed in.", _MICROSOFT_CURE),
    "onedrive": (_microsoft, "OneDrive gives this file only to people who are signed in.", _MICROSOFT_CURE),
}

#: Product → why there is no download link, and the steps for a person.
_STEPS: dict[str, tuple[str, str]] = {
    "slack": (
        "That is a link to a file in Slack.",
        "Use “Process recording” in the menu of the message that holds the file, or upload the file here.",
    ),
    "zoom": (
        "Zoom shows this recording only in a browser.",
        f"Open the link, press Download {_DROP} Without that button, only the meeting's host can download it, in Zoom.",
    ),
    "zoom-clip": ("Zoom shows this clip only in a browser.", f"Open the link, choose Download in its menu, {_DROP}"),
    "teams": (
        "Teams shows this recording only to people who are signed in.",
        f"Open the recap in Teams, download the recording, or its transcript as .vtt, {_DROP}",
    ),
    "stream": (
        "Stream shows this recording only to people who are signed in.",
        f"Open the link, download the video, or its transcript as .vtt, {_DROP}",
    ),
    "loom": (
        "Loom shows this video only in a browser.",
        f"Its owner can open the video menu in Loom, choose Download, {_DROP}",
    ),
    "webex": (
        "Webex shows this recording only in a browser.",
        f"Open the link, press the download arrow, {_DROP} The host can switch downloads on in Webex.",
    ),
    "fireflies": (
        "Fireflies shows this meeting only to people who are signed in.",
        f"Open it in Fireflies, choose Download → Transcript or Audio, {_DROP}",
    ),
    "otter": (
        "Otter shows this conversation only to people who are signed in.",
        f"Open it in Otter, choose Export → Text (TXT or SRT) or Audio, {_DROP}",
    ),
    "youtube": (
        "YouTube gives no one a video's file.",
        f"If the video is yours, download it in YouTube Studio under Content, {_DROP}",
    ),
    "vimeo": (
        "Vimeo shows this video only in a browser.",
        f"Open the link, press Download if its owner allows that, {_DROP}",
    ),
}
