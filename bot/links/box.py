"""Box's shared files."""

from bot.errors import Obstacle
from bot.links.source import DROP, Action, Source, patterns

FOLDER = Source(
    "box-folder",
    "Box folder",
    Action.NOT_A_RECORDING,
    "https://app.box.com/folder/123456789",
    ("box.com",),
    patterns(r"^([\w-]+\.)*box\.com/folder/"),
    denied="That is a Box folder, not a recording.",
    cure="Open the folder and share the link to the recording itself.",
)
FILE = Source(
    "box",
    "Box file",
    Action.RESOLVE,
    "https://acme.app.box.com/s/abc123def456",
    ("box.com",),
    patterns(r"^([\w-]+\.)*box\.com/s/(?P<id>\w+(/file/\d+)?)", r"^([\w-]+\.)*box\.com/(?P<id>file/\d+)"),
    denied="Box shows this file only in a browser.",
    cure=f"Open the link, download the file {DROP}",
    cures={
        Obstacle.PASSCODE: "Enter the password that its owner set under Share → Link settings.",
        Obstacle.EXPIRED: "Its owner opens Share → Link settings and sets a later expiration date.",
        Obstacle.DOWNLOAD_DISABLED: "Its owner opens Share → Link settings and allows “Can view and download”.",
        Obstacle.PRIVATE: "Its owner opens Share and sets the link to “People with the link”.",
    },
    extractors=("Box",),
    passcode=True,
)
SOURCES = (FOLDER, FILE)
