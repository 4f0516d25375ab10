"""The accounts that an operator has set up."""

import importlib.util
from pathlib import Path

from bot.errors import BadInput
from bot.ports import Clock
from bot.settings import Settings
from bot.sources.accounts.account import Account
from bot.sources.accounts.microsoft import MicrosoftAccount, MicrosoftCredentials
from bot.sources.accounts.zoom import ZoomAccount, ZoomCredentials
from bot.sources.door import Door


def accounts_of(settings: Settings, door: Door, clock: Clock) -> list[Account]:
    """Return an account for each group of settings that is there.

    Raises:
        BadInput: A key cannot be read, or what reads it is not installed.
    """
    accounts: list[Account] = []
    if settings.zoom_account_id:
        zoom = ZoomCredentials(settings.zoom_account_id, settings.zoom_client_id, settings.zoom_client_secret)
        accounts.append(ZoomAccount(door, clock, zoom))
    if settings.google_service_account:
        accounts.append(_google(settings, door, clock))
    if settings.microsoft_tenant:
        microsoft = MicrosoftCredentials(
            settings.microsoft_tenant, settings.microsoft_client_id, settings.microsoft_client_secret
        )
        accounts.append(MicrosoftAccount(door, clock, microsoft))
    return accounts


def _google(settings: Settings, door: Door, clock: Clock) -> Account:
    if any(importlib.util.find_spec(name) is None for name in ("jwt", "cryptography")):
        raise BadInput("GOOGLE_SERVICE_ACCOUNT needs PyJWT.", "Install followthrough[accounts].")
    from bot.sources.accounts.google import GoogleAccount, GoogleKey  # noqa: PLC0415 - what signs is an optional extra

    key = GoogleKey.read(Path(settings.google_service_account).expanduser())
    return GoogleAccount(door, clock, key, settings.google_subject)
