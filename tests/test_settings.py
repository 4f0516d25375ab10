from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import BadInput
from bot.settings import Settings, markdown_table, read_settings, shown


def test_the_readme_lists_every_setting_as_the_code_has_it() -> None:
    readme = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
    assert markdown_table() in readme, "bring README.md up to date with: python -m bot settings --markdown"


def test_an_empty_variable_counts_as_not_set() -> None:
    assert read_settings({"PORT": "", "SLACK_API_URL": " "}) == Settings()


def test_lists_are_separated_by_commas() -> None:
    given_hosts = read_settings({"FETCH_ALLOW_HOSTS": "files.intranet, localhost:8000 ,"})
    assert given_hosts.fetch_allow_hosts == ("files.intranet", "localhost:8000")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "eighty"),
        ("PORT", "-1"),
        ("SLACK_COMMAND", "process"),
        ("LOG_LEVEL", "LOUD"),
        ("CONVERSATION_API_URL", "api.example.test"),
        ("INSIGHT_URL", "localhost:11434"),
        ("OUTPUT_LANGUAGE", "as Bob wishes"),
        ("SOURCES_ON", "youtube, twitch"),
        ("SOURCES_OFF", "zoom-invite"),
    ],
)
def test_a_value_that_cannot_work_is_refused_with_the_name_of_its_setting(name: str, value: str) -> None:
    with pytest.raises(BadInput, match=name):
        read_settings({name: value})


def test_a_source_that_is_none_is_refused_with_the_list_of_those_there_are() -> None:
    with pytest.raises(BadInput, match=r"“twitch”.* It takes: .*dropbox.*youtube.*zoom"):
        read_settings({"SOURCES_ON": "youtube, twitch"})


def test_a_language_model_needs_its_name() -> None:
    with pytest.raises(BadInput, match="INSIGHT_MODEL"):
        read_settings({"INSIGHT_URL": "http://localhost:11434/v1"})


@pytest.mark.parametrize(
    ("given_settings", "named"),
    [
        ({"ZOOM_ACCOUNT_ID": "a", "ZOOM_CLIENT_ID": "c"}, "ZOOM_CLIENT_SECRET is not set"),
        ({"MICROSOFT_CLIENT_SECRET": "s"}, "MICROSOFT_TENANT is not set"),
        ({"GOOGLE_SUBJECT": "ana@acme.example"}, "without GOOGLE_SERVICE_ACCOUNT"),
        ({"ZOOM_CHANNEL": "#recordings"}, "a channel's id"),
        ({"ZOOM_CHANNEL": "C0123456789"}, "ZOOM_WEBHOOK_SECRET and ZOOM_ACCOUNT_ID"),
        ({"ZOOM_CHANNEL": "C0123456789", "ZOOM_WEBHOOK_SECRET": "s"}, "ZOOM_ACCOUNT_ID"),
    ],
)
def test_half_an_account_is_refused_with_what_is_missing(given_settings: dict[str, str], named: str) -> None:
    with pytest.raises(BadInput, match=named):
        read_settings(given_settings)


def test_a_secret_is_never_shown() -> None:
    secret = "xoxb-very-secret"
    rows = shown(Settings(slack_bot_token=secret, slack_signing_secret=secret))
    assert dict(rows)["SLACK_BOT_TOKEN"] == "(set)"
    assert secret not in str(rows)


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from([each.name.upper() for each in fields(Settings)]), st.text()))
def test_any_environment_is_either_read_or_refused(environment: dict[str, str]) -> None:
    try:
        read = read_settings(environment)
    except BadInput:
        return
    assert read.slack_command.startswith("/")
