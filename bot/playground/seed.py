"""The workspace that a playground starts with: three colleagues in three time zones, and the app."""

from dataclasses import dataclass, field

from bot.playground.records import Channel, ChannelKind, Person

TEAM_ID = "T0PLAYTEAM1"
TEAM_NAME = "Playground"
TEAM_DOMAIN = "playground"

ANA = "U0PLAYANA01"
BO = "U0PLAYBO002"
MEI = "U0PLAYMEI03"
BOT = "U0PLAYBOT09"
SLACKBOT = "USLACKBOT"

GENERAL = "C0GENERAL01"
PRODUCT = "C0PRODUCT02"
DESIGN = "C0DESIGN003"
LEADS = "C0LEADS0004"
LAUNCH = "C0LAUNCH005"

_BORN = 1_767_225_600  # 2026-01-01, before anything that is said here


@dataclass(frozen=True, slots=True)
class Seed:
    """Who and what is there at the start.

    Attributes:
        channels: `general` and `product` (with the app), `design` (public, the app is not in it), `leads` (private,
            the app is not in it), `old-launch` (archived).
    """

    people: tuple[Person, ...] = field(
        default_factory=lambda: (
            Person(ANA, "ana", "Ana Ruiz", "ana@playground.example", "Europe/Madrid"),
            Person(BO, "bo", "Bo Larsen", "bo@playground.example", "America/New_York"),
            Person(MEI, "mei", "Mei Tanaka", "mei@playground.example", "Asia/Tokyo"),
        )
    )
    channels: tuple[Channel, ...] = field(
        default_factory=lambda: (
            Channel(GENERAL, "general", ChannelKind.PUBLIC, (ANA, BO, MEI, BOT), _BORN, ANA),
            Channel(PRODUCT, "product", ChannelKind.PUBLIC, (ANA, BO, MEI, BOT), _BORN, ANA),
            Channel(DESIGN, "design", ChannelKind.PUBLIC, (ANA, BO, MEI), _BORN, MEI),
            Channel(LEADS, "leads", ChannelKind.PRIVATE, (ANA, BO), _BORN, BO),
            Channel(LAUNCH, "old-launch", ChannelKind.PUBLIC, (ANA, BO, MEI, BOT), _BORN, ANA, archived=True),
        )
    )
