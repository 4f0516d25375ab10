"""The ways to a link's recording, in the order in which they are tried, and what to say where there is none."""

from enum import StrEnum

import httpx

from bot.errors import FollowthroughError, NeedsPerson, NoAccess, NotARecording, Obstacle, Unavailable
from bot.links.link import Link
from bot.links.source import DROP, Action, Verdict
from bot.links.switches import Switches

#: Signing in happens there: a redirect to one of them means that the recording is not open to everybody.
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
_PASSWORD_PATHS = ("/sm/password", "/guestaccess.aspx")
"""Where Dropbox and SharePoint ask for a share link's own password."""

_ON_ITS_OWN = frozenset({Action.DIRECT, Action.REWRITE, Action.UNKNOWN})
_ACCESS = frozenset(
    {
        Obstacle.PRIVATE,
        Obstacle.SIGN_IN,
        Obstacle.PASSCODE,
        Obstacle.EXPIRED,
        Obstacle.QUOTA,
        Obstacle.DOWNLOAD_DISABLED,
        Obstacle.NOT_READY,
        Obstacle.NOT_FOUND,
    }
)
"""Against these the source's own click helps more than what any server's answer suggests."""

_TELLING = (_ACCESS | {Obstacle.TOO_LARGE}) - {Obstacle.PRIVATE, Obstacle.SIGN_IN, Obstacle.NOT_FOUND}
"""These say what stands between us and a recording that is there; the others may only mean that a way leads nowhere."""

_WHAT = {
    Obstacle.PASSCODE: "The {product} asks for a passcode.",
    Obstacle.SIGN_IN: "The {product} opens only for people who are signed in.",
    Obstacle.PRIVATE: "The {product} is not open to everybody with the link.",
    Obstacle.EXPIRED: "That link has expired.",
    Obstacle.QUOTA: "The {product} was downloaded by too many people, and is held back for now.",
    Obstacle.DOWNLOAD_DISABLED: "The owner of the {product} has switched its download off.",
    Obstacle.NOT_FOUND: "There is no {product} behind that link any more.",
    Obstacle.NOT_READY: "The {product} is still being made.",
    Obstacle.TOO_LARGE: "The {product} is larger than this bot takes.",
}


class Way(StrEnum):
    """One way to a recording."""

    ACCOUNT = "account"  # with the operator's own credentials
    DOWNLOAD = "download"  # the link, or the download that it leads to; a page that comes may name its recording
    PAGE = "page"  # yt-dlp reads the page


def ways_to(link: Link, switches: Switches, *, account: bool, resolver: bool) -> list[Way]:
    """Return the ways to a link's recording, best first; never none.

    Args:
        link: The link.
        switches: What the operator switched on and off.
        account: Whether an account of the operator's opens it.
        resolver: Whether yt-dlp is there.

    Raises:
        NotARecording: It certainly is no recording.
        NoAccess: It is switched off here, or there is no way to it; the error says what to do.
    """
    if link.verdict is Verdict.NOT_RECORDING:
        raise NotARecording(link.what, link.cure, obstacle=Obstacle.WRONG_KIND)
    if switches.closed(link.source):
        raise NoAccess(
            f"Whoever runs this bot has switched off links of this kind ({link.product}).",
            f"Download it yourself {DROP}",
            obstacle=Obstacle.BLOCKED,
        )
    ways = [Way.ACCOUNT] if account else []
    if link.source.action in _ON_ITS_OWN:
        ways.append(Way.DOWNLOAD)
    if resolver and switches.reads_page(link.source):
        ways.append(Way.PAGE)
    if not ways:
        resolvable = link.source.action is Action.RESOLVE
        raise NoAccess(link.what, link.cure, obstacle=Obstacle.BLOCKED if resolvable else Obstacle.SIGN_IN)
    return ways


def refusal(link: Link, obstacle: Obstacle, what: str = "") -> NeedsPerson:
    """Return the error for a recording that an obstacle keeps from us, with the source's own cure.

    Args:
        link: The link.
        obstacle: What it is.
        what: What happened, where more is known than the obstacle.
    """
    cure = link.cure_for(obstacle)
    if obstacle in {Obstacle.NOT_FOUND, Obstacle.WRONG_KIND}:
        return NotARecording(what or _sentence(link, obstacle), cure, obstacle=obstacle)
    return NoAccess(what or _sentence(link, obstacle), cure, obstacle=obstacle)


def _sentence(link: Link, obstacle: Obstacle) -> str:
    told = obstacle in {Obstacle.PRIVATE, Obstacle.SIGN_IN} and link.source.action in {Action.REWRITE, Action.SIGN_IN}
    if told or obstacle not in _WHAT:
        return link.what
    # “the private download link has expired” is said of the link: what lies behind it is a file
    product = "file" if link.product.endswith("link") else link.product
    return _WHAT[obstacle].format(product=product)


def with_cure(error: FollowthroughError, link: Link, *, own: bool = False) -> FollowthroughError:
    """Give an error on the way to a recording the source's own cure, where that helps more.

    Args:
        error: What went wrong.
        link: Where.
        own: Whether the operator's account met it: a cure that the error has was written for just this, and where the
            account itself is the trouble, only who can open the recording helps.
    """
    obstacle = error.obstacle
    if own and (error.cure or obstacle is Obstacle.BLOCKED):
        error.cure = error.cure or link.cure
        return error
    if isinstance(error, Unavailable) and error.after is not None:
        error.cure = f"Try again in {max(1, round(error.after / 60))} min."  # the server said so
    elif obstacle in _ACCESS or (obstacle is not None and obstacle in link.source.cures) or not error.cure:
        error.cure = link.cure_for(obstacle)
    return error


def tells_more(first: FollowthroughError, second: FollowthroughError) -> FollowthroughError:
    """Return which of two failures on different ways to one recording to tell people of; the first way is the better.

    What may pass comes before what does not: that way may work when it is tried again.
    """
    if isinstance(first, Unavailable):
        return first
    telling = second.obstacle in _TELLING and first.obstacle not in _TELLING
    return second if isinstance(second, Unavailable) or telling else first


def check_hop(link: Link, url: httpx.URL) -> None:
    """Refuse to follow a redirect to where people sign in.

    Raises:
        NoAccess: It leads there.
    """
    host, path = url.host.lower(), url.path.lower()
    if any(host == known or host.endswith(f".{known}") for known in _SIGN_IN_HOSTS):
        raise refusal(link, Obstacle.SIGN_IN)
    if path.endswith(_PASSWORD_PATHS):
        raise refusal(link, Obstacle.PASSCODE)
    if path.startswith(_SIGN_IN_PATHS) or path.endswith(("/login.aspx", "/authenticate.aspx")):
        raise refusal(link, Obstacle.SIGN_IN, f"{url.host} asks to sign in.")
    if path.endswith("/accessdenied.aspx"):
        raise refusal(link, Obstacle.PRIVATE)
