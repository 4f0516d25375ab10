"""Loom's videos."""

from bot.errors import Obstacle
from bot.links.address import Address
from bot.links.source import DROP, Action, Found, Source, patterns


def _page(_: Address, found: Found) -> str:
    return f"https://www.loom.com/share/{found['id']}"


FOLDER = Source(
    "loom-folder",
    "Loom folder",
    Action.NOT_A_RECORDING,
    "https://www.loom.com/share/folder/0123456789abcdef0123456789abcdef",
    ("loom.com",),
    patterns(r"^loom\.com/(share/folder|looms)/"),
    denied="That is a Loom folder, not a recording.",
    cure="Open the folder and share the link to the video itself.",
)
VIDEO = Source(
    "loom",
    "Loom video",
    Action.RESOLVE,
    "https://www.loom.com/share/0123456789abcdef0123456789abcdef",
    ("loom.com",),
    patterns(r"^loom\.com/(share|embed)/([\w-]+-)?(?P<id>[0-9a-f]{32})"),
    denied="Loom shows this video only in a browser.",
    cure=f"Its owner can open the video menu in Loom, choose Download, {DROP}",
    cures={
        Obstacle.PRIVATE: "Its owner presses Share in Loom and chooses “Anyone with the link can view”.",
        Obstacle.SIGN_IN: "Its owner presses Share in Loom and chooses “Anyone with the link can view”.",
        Obstacle.DOWNLOAD_DISABLED: "Its owner opens the video's Settings in Loom and lets viewers download.",
        Obstacle.NOT_FOUND: "Its owner looks in Loom under Archive, and restores it.",
        Obstacle.PASSCODE: "Enter the password that its owner set under Share in Loom.",
    },
    direct=_page,
    extractors=("Loom",),
    passcode=True,
)
SOURCES = (FOLDER, VIDEO)
