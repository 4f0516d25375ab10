"""Which accounts an operator's settings open."""

from pathlib import Path
from typing import Any

import pytest

from bot.errors import BadInput
from bot.links.link import look_at
from bot.settings import Settings
from bot.sources.accounts.configured import accounts_of
from bot.sources.door import Door
from tests.clocks import SettableClock

ZOOM: dict[str, Any] = {"zoom_account_id": "a", "zoom_client_id": "c", "zoom_client_secret": "s"}
MICROSOFT: dict[str, Any] = {"microsoft_tenant": "t", "microsoft_client_id": "c", "microsoft_client_secret": "s"}
ZOOM_LINK = "https://us02web.zoom.us/rec/share/Ab3dEf6hIj"
TEAMS_LINK = "https://teams.microsoft.com/l/meetingrecap?driveId=b!abc&driveItemId=01ABC"


def opened(settings: Settings, link: str) -> bool:
    return any(each.opens(look_at(link)) for each in accounts_of(settings, Door(), SettableClock()))


def test_without_settings_nothing_is_opened() -> None:
    assert accounts_of(Settings(), Door(), SettableClock()) == []


def test_each_group_of_settings_opens_its_own_links() -> None:
    assert opened(Settings(**ZOOM), ZOOM_LINK)
    assert not opened(Settings(**ZOOM), TEAMS_LINK)
    assert opened(Settings(**MICROSOFT), TEAMS_LINK)
    assert opened(Settings(**ZOOM, **MICROSOFT), ZOOM_LINK)


def test_a_key_that_is_not_there_is_told_at_the_start(tmp_path: Path) -> None:
    settings = Settings(google_service_account=str(tmp_path / "key.json"))
    with pytest.raises(BadInput, match=r"GOOGLE_SERVICE_ACCOUNT names .*key\.json, which cannot be read"):
        accounts_of(settings, Door(), SettableClock())


def test_what_is_not_installed_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(BadInput, match=r"Install followthrough\[accounts\]"):
        accounts_of(Settings(google_service_account=str(tmp_path)), Door(), SettableClock())
