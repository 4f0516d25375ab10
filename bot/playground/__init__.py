"""A Slack on your own machine, to try the bot and to test it."""

from bot.playground.people import Answer
from bot.playground.playground import PORT, Http, Playground, Socket, running
from bot.playground.refusal import Refused
from bot.playground.rules import Rules
from bot.playground.seed import Seed

__all__ = ["PORT", "Answer", "Http", "Playground", "Refused", "Rules", "Seed", "Socket", "running"]
