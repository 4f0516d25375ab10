"""What a person may break from the page: this Slack's own faults, and switches of the program that runs it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.playground.records import Json
from bot.playground.refusal import Refused
from bot.playground.rules import Rules

_FLAGS = ("duplicates", "too_fast", "hide_files", "unfurl_links", "rate_limits")
_SLOWEST = 60.0


@dataclass(slots=True)
class Switch:
    """Something outside of Slack that a person may break.

    Attributes:
        name: As `engine_down`.
        label: As a person reads it.
        turn: Is called with whether it is on now.
    """

    name: str
    label: str
    turn: Callable[[bool], None]
    on: bool = False


class Faults:
    """Shows and turns them."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._switches: dict[str, Switch] = {}

    def add(self, name: str, label: str, turn: Callable[[bool], None]) -> None:
        """Offer a switch on the page."""
        self._switches[name] = Switch(name, label, turn)

    def shown(self) -> Json:
        """Show what is broken now."""
        switches = [{"name": each.name, "label": each.label, "on": each.on} for each in self._switches.values()]
        return {
            "slow_seconds": self._rules.slow_seconds,
            **{name: getattr(self._rules, name) for name in _FLAGS},
            "switches": switches,
        }

    def change(self, given: Mapping[str, Any]) -> None:
        """Turn what is named, and leave the rest.

        Args:
            given: As `shown` gives it; `switches` may also be an object of names and whether they are on.

        Raises:
            Refused: `invalid_arguments`; nothing was turned then.
        """
        slow = given.get("slow_seconds", self._rules.slow_seconds)
        if isinstance(slow, bool) or not isinstance(slow, int | float) or not 0 <= slow <= _SLOWEST:
            raise Refused("invalid_arguments")
        flags = {name: given[name] for name in _FLAGS if name in given}
        switches = _named(given.get("switches", {}))
        known = all(name in self._switches for name in switches)
        if not known or not all(isinstance(on, bool) for on in (*flags.values(), *switches.values())):
            raise Refused("invalid_arguments")
        self._rules.slow_seconds = float(slow)
        for name, on in flags.items():
            setattr(self._rules, name, on)
        for name, on in switches.items():
            self._turn(self._switches[name], on=on)

    def _turn(self, switch: Switch, *, on: bool) -> None:
        if switch.on is not on:
            switch.on = on
            switch.turn(on)


def _named(switches: Any) -> dict[str, Any]:
    if isinstance(switches, list):
        switches = {each.get("name"): each.get("on") for each in switches if isinstance(each, dict)}
    if not isinstance(switches, dict):
        raise Refused("invalid_arguments")
    return switches
