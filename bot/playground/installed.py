"""The app that is installed in the playground: its identity, scopes, events, commands and shortcuts."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from bot.playground.records import Person
from bot.playground.seed import BOT

_SCOPES = (
    "app_mentions:read",
    "canvases:read",
    "channels:history",
    "channels:read",
    "chat:write",
    "commands",
    "files:read",
    "files:write",
    "groups:history",
    "groups:read",
    "im:history",
    "im:read",
    "reactions:read",
    "reactions:write",
    "users:read",
    "users:read.email",
)
_EVENTS = (
    "app_home_opened",
    "app_mention",
    "file_shared",
    "member_joined_channel",
    "message.channels",
    "message.groups",
    "message.im",
    "reaction_added",
    "reaction_removed",
)


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command.

    Attributes:
        name: With its slash.
        should_escape: Whether users, channels and links arrive as `<@U…>`, `<#C…>`, `<https://…>`.
        usage_hint: What may follow it, as a person is shown it.
        description: What it does, as a person is shown it.
    """

    name: str
    should_escape: bool = False
    usage_hint: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A shortcut.

    Attributes:
        callback_id: What tells the app which one was used.
        name: As a person sees it in a menu.
        on_message: Whether it belongs to messages; else it is a global one.
    """

    callback_id: str
    name: str
    on_message: bool


@dataclass(frozen=True, slots=True)
class InstalledApp:
    """An app with its bot user, as it was installed.

    Attributes:
        commands: The slash commands it has, or None to let any through.
        shortcuts: The shortcuts that it has, or None to let any through.
        home: Whether it has a Home tab.
    """

    name: str = "Followthrough"
    id: str = "A0PLAYAPP09"
    bot_id: str = "B0PLAYBOT09"
    user: str = BOT
    handle: str = "followthrough"
    bot_token: str = "xoxb-playground"  # noqa: S105 - it opens nothing but this playground
    app_token: str = "xapp-playground"  # noqa: S105 - the same
    signing_secret: str = "playground"  # noqa: S105 - the same
    scopes: frozenset[str] = frozenset(_SCOPES)
    events: frozenset[str] = frozenset(_EVENTS)
    commands: tuple[Command, ...] | None = None
    shortcuts: tuple[Shortcut, ...] | None = None
    home: bool = True

    @classmethod
    def from_manifest(cls, manifest: Mapping[str, Any]) -> Self:
        """Return the app that a manifest (v2, parsed) describes."""
        features = manifest.get("features", {})
        scopes = manifest.get("oauth_config", {}).get("scopes", {})
        subscriptions = manifest.get("settings", {}).get("event_subscriptions", {})
        name = manifest.get("display_information", {}).get("name", "App")
        return cls(
            name=name,
            handle=str(features.get("bot_user", {}).get("display_name", name)).lower().replace(" ", "-"),
            scopes=frozenset([*scopes.get("bot", []), *scopes.get("bot_optional", [])]),
            events=frozenset(subscriptions.get("bot_events", [])),
            commands=tuple(
                Command(
                    each["command"],
                    bool(each.get("should_escape")),
                    each.get("usage_hint", ""),
                    each.get("description", ""),
                )
                for each in features.get("slash_commands", [])
            ),
            shortcuts=tuple(
                Shortcut(each["callback_id"], each.get("name", each["callback_id"]), each.get("type") == "message")
                for each in features.get("shortcuts", [])
            ),
            home=bool(features.get("app_home", {}).get("home_tab_enabled")),
        )

    def person(self) -> Person:
        """Return the app's own user."""
        return Person(self.user, self.handle, self.name, is_bot=True, bot_id=self.bot_id)

    def command(self, name: str) -> Command | None:
        """Return the command that a person typed, or None when the app has no such command."""
        if self.commands is None:
            return Command(name)
        return next((each for each in self.commands if each.name == name), None)
