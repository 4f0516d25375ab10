"""The example app's manifest, as Slack would take it."""

from typing import Any

MANIFEST: dict[str, Any] = {
    "display_information": {"name": "Rooms", "description": "Books rooms, and shows what Slack apps can show"},
    "features": {
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
        "bot_user": {"display_name": "rooms", "always_online": True},
        "shortcuts": [
            {"name": "Book a room", "type": "global", "callback_id": "book", "description": "Book a room"},
            {"name": "Book for this", "type": "message", "callback_id": "book_for", "description": "Book a room"},
        ],
        "slash_commands": [
            {"command": "/book", "description": "Book a room", "usage_hint": "[what for] | help"},
            {"command": "/gallery", "description": "Show every block and element", "usage_hint": "[ephemeral]"},
        ],
    },
    "oauth_config": {
        "scopes": {
            "bot": ["channels:history", "chat:write", "commands", "im:history", "reactions:read", "users:read"],
        }
    },
    "settings": {
        "event_subscriptions": {"bot_events": ["app_home_opened", "app_mention", "message.im", "reaction_added"]},
        "interactivity": {"is_enabled": True},
        "socket_mode_enabled": True,
    },
}
