"""What the bot does with links that people paste in a channel."""

from enum import StrEnum


class ChannelMode(StrEnum):
    """A channel's setting for pasted links; files and commands start at once in every mode but `off`."""

    ASK = "ask"
    AUTO = "auto"
    OFF = "off"
