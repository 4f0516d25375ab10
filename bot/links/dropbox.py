"""Dropbox's shared files and folders."""

from bot.errors import Obstacle
from bot.links.address import Address
from bot.links.source import DROP, Action, Found, Source, patterns

_HOSTS = ("dropbox.com",)


def _download(address: Address, _: Found) -> str:
    return address.with_query(dl="1")


FOLDER = Source(
    "dropbox-folder",
    "Dropbox folder",
    Action.NOT_A_RECORDING,
    "https://www.dropbox.com/scl/fo/abc/def?rlkey=1",
    _HOSTS,
    patterns(r"^dropbox\.com/(scl/fo|sh)/[\w-]+(/[\w-]+)?/?(\?|$)"),
    denied="That is a Dropbox folder, not a recording.",
    cure="Open the folder and share the link to the recording itself.",
)
FILE = Source(
    "dropbox",
    "Dropbox file",
    Action.REWRITE,
    "https://www.dropbox.com/scl/fi/abc/planning.mp4?rlkey=1",
    _HOSTS,
    patterns(r"^dropbox\.com/(e/)?(scl/fi|s)/(?P<id>\w+)", r"^dropbox\.com/(?P<id>(scl/fo|sh)/[^?]+)"),
    named_files=True,
    direct=_download,
    kept=Obstacle.DOWNLOAD_DISABLED,
    denied="Dropbox does not let us download this file: it has a password, or downloads are switched off.",
    cure=f"In Dropbox, let anyone with the link download it. Or download it yourself {DROP}",
    cures={
        Obstacle.DOWNLOAD_DISABLED: "Its owner opens Share → Settings → Link for viewing and switches “Disable "
        f"downloads” off. Or download it yourself {DROP}",
        Obstacle.PASSCODE: f"Its owner opens Share → Settings and removes the password. Or download it yourself {DROP}",
        Obstacle.QUOTA: "Try again tomorrow, or share a copy under a new link.",
        Obstacle.NOT_FOUND: "Its owner shares it again: Share → Create link → Copy.",
        Obstacle.EXPIRED: "Its owner opens Share → Settings and removes the expiration date.",
    },
)
SOURCES = (FOLDER, FILE)
