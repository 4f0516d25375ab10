"""Small checks that are put together into Block Kit's grammar; each finding says where, as Slack does."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Findings:
    """What is wrong with something.

    Attributes:
        messages: In Slack's words, with a JSON pointer to the place.
        texts: How many characters of text were seen.
    """

    messages: list[str] = field(default_factory=list)
    texts: int = 0

    def add(self, message: str, pointer: str) -> None:
        """Note that something is wrong at a place."""
        self.messages.append(f"[ERROR] {message} [json-pointer:{pointer}]")


Check = Callable[[Any, str, Findings], None]
"""Looks at a value at a JSON pointer, and notes what is wrong with it."""


def text(most: int, *, least: int = 1) -> Check:
    """Return a check for a text of a length."""

    def check(value: Any, pointer: str, findings: Findings) -> None:
        if not isinstance(value, str):
            findings.add("must be a string", pointer)
        elif len(value) < least:
            findings.add(f"must be more than {least - 1} characters", pointer)
        elif len(value) > most:
            findings.add(f"must be less than {most + 1} characters", pointer)

    return check


def matching(pattern: str, what: str) -> Check:
    """Return a check for a text of a form."""
    compiled = re.compile(pattern)

    def check(value: Any, pointer: str, findings: Findings) -> None:
        if not isinstance(value, str) or not compiled.fullmatch(value):
            findings.add(f"must be {what}", pointer)

    return check


def url(most: int) -> Check:
    """Return a check for a web address."""
    length = text(most)

    def check(value: Any, pointer: str, findings: Findings) -> None:
        length(value, pointer, findings)
        if isinstance(value, str) and value and not re.match(r"(https?|mailto|slack|tel):", value):
            findings.add("must be a valid URL", pointer)

    return check


def one_of(*values: str) -> Check:
    """Return a check for one of some texts."""

    def check(value: Any, pointer: str, findings: Findings) -> None:
        if value not in values:
            findings.add("must be a valid enum value", pointer)

    return check


def flag(value: Any, pointer: str, findings: Findings) -> None:
    """Check for true or false."""
    if not isinstance(value, bool):
        findings.add("must be a boolean", pointer)


def whole(least: int, most: int) -> Check:
    """Return a check for a whole number between two."""

    def check(value: Any, pointer: str, findings: Findings) -> None:
        if isinstance(value, bool) or not isinstance(value, int):
            findings.add("must be an integer", pointer)
        elif value < least:
            findings.add(f"must be greater than or equal to {least}", pointer)
        elif value > most:
            findings.add(f"must be less than or equal to {most}", pointer)

    return check


def several(item: Check, most: int, *, least: int = 1) -> Check:
    """Return a check for a list of things."""

    def check(value: Any, pointer: str, findings: Findings) -> None:
        if not isinstance(value, list):
            findings.add("must be an array", pointer)
            return
        if len(value) < least:
            findings.add(f"no fewer than {least} items allowed", pointer)
        if len(value) > most:
            findings.add(f"no more than {most} items allowed", pointer)
        for index, each in enumerate(value):
            item(each, f"{pointer}/{index}", findings)

    return check


def anything(_value: Any, _pointer: str, _findings: Findings) -> None:
    """Take whatever there is."""


def record(required: Mapping[str, Check], optional: Mapping[str, Check] | None = None, *rules: Check) -> Check:
    """Return a check for an object: its fields, no others, and rules about the whole; `type` is always allowed."""
    known = {"type": anything, **(optional or {}), **required}

    def check(value: Any, pointer: str, findings: Findings) -> None:
        if not isinstance(value, dict):
            findings.add("must be an object", pointer)
            return
        for name in required:
            if value.get(name) is None:
                findings.add(f"missing required field: {name}", pointer)
        for name, each in value.items():
            if name not in known:
                findings.add(f"invalid additional property: {name}", pointer)
            elif each is not None:
                known[name](each, f"{pointer}/{name}", findings)
        for rule in rules:
            rule(value, pointer, findings)

    return check


def by_type(kinds: Mapping[str, Check]) -> Check:
    """Return a check that depends on an object's `type`."""

    def check(value: Any, pointer: str, findings: Findings) -> None:
        if not isinstance(value, dict):
            findings.add("must be an object", pointer)
        elif "type" not in value:
            findings.add("missing required field: type", pointer)
        elif not isinstance(value["type"], str) or value["type"] not in kinds:
            findings.add(f"unsupported type: {value['type']}", f"{pointer}/type")
        else:
            kinds[value["type"]](value, pointer, findings)

    return check


def either(first: str, second: str) -> Check:
    """Return a rule: one of two fields must be there."""

    def check(value: Any, pointer: str, findings: Findings) -> None:
        if value.get(first) is None and value.get(second) is None:
            findings.add(f"must define either `{first}` or `{second}`", pointer)

    return check


def not_both(first: str, second: str) -> Check:
    """Return a rule: two fields must not be there together."""

    def check(value: Any, pointer: str, findings: Findings) -> None:
        if value.get(first) is not None and value.get(second) is not None:
            findings.add(f"cannot have both `{first}` and `{second}`", pointer)

    return check


def all_different(things: Sequence[tuple[str, str]], what: str, findings: Findings) -> None:
    """Note each value that was there before; `things` are values with their pointers."""
    seen: set[str] = set()
    for value, pointer in things:
        if value in seen:
            findings.add(f"duplicate {what}: {value}", pointer)
        seen.add(value)
