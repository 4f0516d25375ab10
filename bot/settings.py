"""Every setting: its name, default, meaning and unit; the README's table is generated from here.

Run `python -m bot settings` to see what is in force (secrets are never shown).
"""

import re
from collections.abc import Mapping
from dataclasses import Field, dataclass, field, fields
from pathlib import Path
from typing import Any

from bot.errors import BadInput
from bot.links.switches import Switches

SLACK_API = "https://slack.com/api/"
CACHE = Path("~/.cache/followthrough")
DATA = Path("data")

_ACCOUNTS = (
    ("zoom_account_id", "zoom_client_id", "zoom_client_secret"),
    ("microsoft_tenant", "microsoft_client_id", "microsoft_client_secret"),
)
"""Settings of which all are there, or none."""


def _setting(meaning: str, default: Any = "", *, secret: bool = False) -> Any:
    return field(default=default, metadata={"meaning": meaning, "secret": secret})


@dataclass(frozen=True, slots=True)
class Settings:
    """What an operator can set, from environment variables of the same name in capitals."""

    slack_bot_token: str = _setting("The bot's token, `xoxb-…`. Needed by `serve`.", secret=True)
    slack_app_token: str = _setting("An app-level token, `xapp-…`: with it the bot uses Socket Mode.", secret=True)
    slack_signing_secret: str = _setting("Slack's signing secret. Needed without an app token (HTTP).", secret=True)
    slack_api_url: str = _setting("Any server that speaks Slack's Web API.", SLACK_API)
    slack_command: str = _setting("The slash command's name; change it in the manifest too.", "/process")
    claim_emoji: tuple[str, ...] = _setting(
        "Reactions that claim an item, by name, separated by commas.",
        ("hand", "raised_hand", "raising_hand", "person_raising_hand"),
    )
    done_emoji: tuple[str, ...] = _setting(
        "Reactions that finish an item.", ("white_check_mark", "heavy_check_mark", "ballot_box_with_check")
    )
    host: str = _setting("The address to listen on over HTTP.", "0.0.0.0")  # noqa: S104 - a server behind a Procfile
    port: int = _setting("The port to listen on over HTTP.", 3000)
    public_url: str = _setting("Where this server is reached from outside; lets a remote engine call back.")
    data_dir: Path = _setting("The database and fetched recordings; created when missing.", DATA)  # noqa: RUF009 - a field
    fetch_allow_hosts: tuple[str, ...] = _setting(
        "Hosts (`host` or `host:port`, separated by commas) to fetch from though private or plain http.",
        (),
    )
    max_recording_mb: int = _setting("The largest recording to fetch, in MB.", 4096)
    sources_on: tuple[str, ...] = _setting(
        "Sources, by their ids in docs/sources.md, whose pages are read though their terms forbid it.", ()
    )
    sources_off: tuple[str, ...] = _setting("Sources from which nothing is fetched; this wins.", ())
    zoom_account_id: str = _setting("The account id of a server-to-server OAuth app in Zoom ([how](docs/accounts.md)).")
    zoom_client_id: str = _setting("Its client id.")
    zoom_client_secret: str = _setting("Its client secret.", secret=True)
    zoom_webhook_secret: str = _setting(
        "Its webhooks' secret token: then `/zoom/events` is served, in Socket Mode too.", secret=True
    )
    zoom_channel: str = _setting("A Slack channel's id: each new Zoom recording gets its thread there by itself.")
    google_service_account: str = _setting("The path of a service account's JSON key: opens what is shared with it.")
    google_subject: str = _setting("A user whose place it takes, by domain-wide delegation.")
    microsoft_tenant: str = _setting("The directory (tenant) id of an app registration in Entra.")
    microsoft_client_id: str = _setting("Its application (client) id.")
    microsoft_client_secret: str = _setting("A client secret of its.", secret=True)
    conversation_api_url: str = _setting("A server of the conversation API; without it the embedded engine is used.")
    conversation_api_id: str = _setting("The app id there.")
    conversation_api_secret: str = _setting("The app secret there.", secret=True)
    engine_host: str = _setting("The address that `python -m bot engine` listens on.", "127.0.0.1")
    engine_port: int = _setting("The port that `python -m bot engine` listens on.", 8764)
    engine_app_id: str = _setting("The app id that the engine accepts when it is served alone.")
    engine_app_secret: str = _setting("The app secret that it accepts.", secret=True)
    engine_apps: str = _setting(
        "More apps: `id:secret`, separated by commas, or a file with one a line. Each sees its own conversations only.",
        secret=True,
    )
    engine_max_jobs: int = _setting("How many jobs of one app the engine takes at once before it answers 429.", 5)
    engine_max_all_jobs: int = _setting("How many jobs of all apps together.", 50)
    engine_speech_workers: int = _setting(
        "How many recordings are heard at once; 0: one for every four cores, as far as memory goes.", 0
    )
    engine_max_hours: int = _setting("The longest recording that the engine takes, in hours.", 4)
    engine_model_path: str = _setting("A folder with a Whisper model for CTranslate2; it comes before `SPEECH_MODEL`.")
    engine_model_cache: Path = _setting("Where models are put together or fetched to, once.", CACHE)  # noqa: RUF009 - a field
    speech_model: str = _setting(
        "Whisper's size: `tiny`, `base`, `small`, `medium` (each also as `….en`), `large-v3-turbo` or `large-v3`.",
        "base",
    )
    speech_url: str = _setting(
        "An OpenAI-compatible server that recognises speech, as `https://api.openai.com/v1`; the sound is sent there."
    )
    speech_key: str = _setting("The key that it asks for.", secret=True)
    speech_remote_model: str = _setting("What it calls its model.", "whisper-1")
    insight_url: str = _setting(
        "The base of a chat endpoint that speaks OpenAI's protocol, as `http://localhost:11434/v1`: a language model"
        " then writes the conclusions, and the transcript's text is sent there."
    )
    insight_key: str = _setting("Its key, where it wants one.", secret=True)
    insight_model: str = _setting("The model's name there. Needed with `INSIGHT_URL`.")
    output_language: str = _setting(
        "The language in which the language model writes, as `en` or `de`; default: the meeting's."
    )
    log_level: str = _setting("`DEBUG`, `INFO`, `WARNING` or `ERROR`.", "INFO")

    def __post_init__(self) -> None:
        """Refuse what cannot work, before anything is opened.

        Raises:
            BadInput: A value is impossible; the sentence names the setting.
        """
        if not self.slack_command.startswith("/"):
            raise BadInput(f"SLACK_COMMAND is “{self.slack_command}”.", "A slash command begins with a slash.")
        if self.log_level not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
            raise BadInput(f"LOG_LEVEL is “{self.log_level}”.", "It is one of DEBUG, INFO, WARNING, ERROR.")
        for name in ("slack_api_url", "conversation_api_url", "public_url", "speech_url", "insight_url"):
            value = getattr(self, name)
            if value and not value.startswith(("http://", "https://")):
                raise BadInput(f"{name.upper()} is “{value}”.", "It begins with https:// or http://.")
        Switches.of(self.sources_on, self.sources_off)
        self._check_accounts()
        if self.insight_url and not self.insight_model:
            raise BadInput("INSIGHT_MODEL is not set.", "Name the model that INSIGHT_URL is to use.")
        if self.output_language and not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})?", self.output_language):
            raise BadInput(f"OUTPUT_LANGUAGE is “{self.output_language}”.", "It is a code such as en, de or pt-BR.")

    def _check_accounts(self) -> None:
        for group in _ACCOUNTS:
            missing = [name.upper() for name in group if not getattr(self, name)]
            if missing and len(missing) < len(group):
                raise BadInput(f"{missing[0]} is not set.", f"Set all of {', '.join(map(str.upper, group))}, or none.")
        if self.google_subject and not self.google_service_account:
            raise BadInput("GOOGLE_SUBJECT is set without GOOGLE_SERVICE_ACCOUNT.", "Set both, or none.")
        if self.zoom_channel and not re.fullmatch(r"[CG][A-Z0-9]{5,}", self.zoom_channel):
            raise BadInput(f"ZOOM_CHANNEL is “{self.zoom_channel}”.", "It is a channel's id, as C0123456789.")
        if self.zoom_channel and not (self.zoom_webhook_secret and self.zoom_account_id):
            raise BadInput(
                "ZOOM_CHANNEL is set, but nothing tells of new recordings or opens them.",
                "Set ZOOM_WEBHOOK_SECRET and ZOOM_ACCOUNT_ID too.",
            )


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Read the settings from environment variables; an empty one counts as not set.

    Raises:
        BadInput: A value is not of its kind; the sentence names the setting.
    """
    given: dict[str, Any] = {}
    for each in fields(Settings):
        text = environment.get(each.name.upper(), "").strip()
        if text:
            given[each.name] = _value(each, text)
    return Settings(**given)


def _value(each: Field[Any], text: str) -> Any:
    if each.type is int:
        if not text.isascii() or not text.isdigit():
            raise BadInput(f"{each.name.upper()} is “{text}”.", "It is a whole number.")
        return int(text)
    if each.type is Path:
        return Path(text)
    if isinstance(each.default, tuple):
        return tuple(part.strip().strip(":") for part in text.split(",") if part.strip())
    return text


def markdown_table() -> str:
    """Return the table of settings that stands in the README."""
    lines = ["| Setting | Default | Meaning |", "|---|---|---|"]
    for each in fields(Settings):
        default = ", ".join(each.default) if isinstance(each.default, tuple) else str(each.default)
        shown = f"`{default}`" if default else "–"
        lines.append(f"| `{each.name.upper()}` | {shown} | {each.metadata['meaning']} |")
    return "\n".join(lines)


def shown(settings: Settings) -> list[tuple[str, str]]:
    """Return each setting's name and value for a person's eyes: a secret only says whether it is set."""
    rows = []
    for each in fields(Settings):
        value = getattr(settings, each.name)
        text = ", ".join(value) if isinstance(value, tuple) else str(value)
        if each.metadata["secret"] and text:
            text = "(set)"
        rows.append((each.name.upper(), text))
    return rows
