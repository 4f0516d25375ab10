"""The app that is installed in the playground: its identity, scopes, events, commands and shortcuts."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from bot.playground.records import Person
from bot.playground.seed import BOT

_SCOPES = (
    "app_mentions:read",
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
    """

    name: str
    should_escape: bool = False


@dataclass(frozen=True, slots=True)
class InstalledApp:
    """An app with its bot user, as it was installed.

    Attributes:
        commands: The slash commands it has, or None to let any through.
        shortcuts: The callback ids that it has, or None to let any through.
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
    shortcuts: frozenset[str] | None = None

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
                Command(each["command"], bool(each.get("should_escape"))) for each in features.get("slash_commands", [])
            ),
            shortcuts=frozenset(each["callback_id"] for each in features.get("shortcuts", [])),
        )

    def person(self) -> Person:
        """Return the app's own user."""
        return Person(self.user, self.handle, self.name, is_bot=True, bot_id=self.bot_id)

    def command(self, name: str) -> Command | None:
        """Return the command that a person typed, or None when the app has no such command."""
        if self.commands is None:
            return Command(name)
        return next((each for each in self.commands if each.name == name), None)
