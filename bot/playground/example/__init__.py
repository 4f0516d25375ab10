"""A small Bolt app that books rooms: it uses every surface of Slack, to try the playground with and to begin from."""

from bot.playground.example.app import build, connected
from bot.playground.example.manifest import MANIFEST

__all__ = ["MANIFEST", "build", "connected"]
