"""The way to each product's bytes: a link that downloads them, or the exact steps for a person where there is none."""

from dataclasses import dataclass

import httpx

from bot.errors import NoAccess, NotARecording, Obstacle
from bot.links.link import Link
from bot.links.source import Action, Verdict

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
        raise NotARecording(link.what, link.cure, obstacle=Obstacle.WRONG_KIND)
    if link.source.action in {Action.DIRECT, Action.REWRITE, Action.UNKNOWN}:
        return Way(link.request, link.what, link.cure, may_look=link.source.action is not Action.REWRITE)
    raise NoAccess(link.what, link.cure, obstacle=Obstacle.SIGN_IN)
