"""The manifest asks for what the code uses, and for nothing else."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.settings import read_settings
from bot.slack.blocks.ids import GLOBAL_SHORTCUT, MESSAGE_SHORTCUT
from bot.slack.options import Signs

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "manifest.yml").read_text(encoding="utf-8")
MANIFEST: dict[str, Any] = yaml.safe_load(TEXT)
BOT_SCOPES: list[str] = MANIFEST["oauth_config"]["scopes"]["bot"]
EVENTS: list[str] = MANIFEST["settings"]["event_subscriptions"]["bot_events"]

# by Slack's reference: what a method of the Web API needs, for public and private channels
SCOPES_OF_METHODS = {
    "apps_connections_open": set(),  # the app-level token's own
    "auth_test": set(),
    "canvases_getContent": {"canvases:read"},
    "chat_getPermalink": set(),
    "chat_postEphemeral": {"chat:write"},
    "chat_postMessage": {"chat:write"},
    "chat_update": {"chat:write"},
    "conversations_info": {"channels:read", "groups:read"},
    "conversations_history": {"channels:history", "groups:history"},
    "conversations_members": {"channels:read", "groups:read"},
    "conversations_replies": {"channels:history", "groups:history"},
    "files_info": {"files:read"},
    "reactions_add": {"reactions:write"},
    "users_info": {"users:read"},
    "views_open": set(),
    "views_publish": set(),
}
SCOPES_OF_EVENTS = {
    "app_home_opened": set(),
    "file_shared": {"files:read"},
    "member_joined_channel": {"channels:read", "groups:read"},
    "message.channels": {"channels:history"},
    "message.groups": {"groups:history"},
    "reaction_added": {"reactions:read"},
    "reaction_removed": {"reactions:read"},
}


def _calls() -> Iterator[ast.Call]:
    for path in sorted((ROOT / "bot" / "slack").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                yield node


def _methods() -> set[str]:
    """Return the methods of the Web API that are called, by the client's names for them."""
    named = re.compile(r"(_client|client)$")
    return {
        node.func.attr
        for node in _calls()
        if isinstance(node.func, ast.Attribute) and named.search(ast.unparse(node.func.value))
        # the Socket Mode client's own
        if node.func.attr not in {"connect", "close"}
    }


def _events() -> set[str]:
    return {
        str(node.args[0].value)
        for node in _calls()
        if isinstance(node.func, ast.Attribute)
        and node.func.attr == "event"
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }


def test_every_scope_is_used_and_every_use_has_its_scope() -> None:
    needed = {"commands"}
    for method in _methods():
        needed |= SCOPES_OF_METHODS[method]
    for event in EVENTS:
        needed |= SCOPES_OF_EVENTS[event]
    assert sorted(needed) == sorted(BOT_SCOPES)


def test_every_event_is_listened_to_and_every_listener_gets_its_event() -> None:
    assert {event.split(".")[0] for event in EVENTS} == _events()


@pytest.mark.parametrize("scope", BOT_SCOPES)
def test_every_scope_has_its_reason_above_it(scope: str) -> None:
    lines = TEXT.splitlines()
    line = next(number for number, line in enumerate(lines) if line.strip() == f"- {scope}")
    assert re.fullmatch(r"\s+# \S.{15,}", lines[line - 1])


def test_command_shortcuts_and_emoji_are_those_of_the_code() -> None:
    features = MANIFEST["features"]
    (command,) = features["slash_commands"]
    assert command["command"] == Signs().command == read_settings({}).slack_command
    assert (Signs().claim, Signs().finish) == (read_settings({}).claim_emoji, read_settings({}).done_emoji)
    assert {each["type"]: each["callback_id"] for each in features["shortcuts"]} == {
        "message": MESSAGE_SHORTCUT,
        "global": GLOBAL_SHORTCUT,
    }


def test_it_stays_within_slacks_limits() -> None:
    shown, features = MANIFEST["display_information"], MANIFEST["features"]
    assert len(shown["name"]) <= 35
    assert len(shown["description"]) <= 140
    assert 175 <= len(shown["long_description"]) <= 4000
    assert all(len(each["name"]) <= 24 and len(each["description"]) <= 150 for each in features["shortcuts"])
    assert MANIFEST["_metadata"]["major_version"] == 2
    assert MANIFEST["settings"]["socket_mode_enabled"] is True
    assert MANIFEST["settings"]["interactivity"]["is_enabled"] is True
    assert features["app_home"]["home_tab_enabled"] is True
