"""Settings: a wrong one is a sentence that names it, says what was found, and what to set."""

from datetime import date
from pathlib import Path

import pytest
from pydantic import SecretStr, ValidationError

from bot.settings import Settings, SettingsError, check_slack_settings, load_settings
from tests.bot.conftest import noon

NAMES = ("slack_bot_token", "slack_signing_secret", "slack_app_token", "slack_api_url", "slack_timeout")
OWN = ("database", "time_zone", "language", "host", "port", "log_level", "file_intake", "importers", "file_limit")
GOOD = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "s"}


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in (*NAMES, *(f"seventy_{own}" for own in OWN)):
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)


def put(monkeypatch: pytest.MonkeyPatch, **values: str) -> None:
    for name, value in values.items():
        monkeypatch.setenv(name, value)


def refusal(monkeypatch: pytest.MonkeyPatch, **values: str) -> str:
    put(monkeypatch, **values)
    with pytest.raises(SettingsError) as error:
        check_slack_settings(load_settings())
    return str(error.value)


def test_everything_but_the_tokens_has_a_default() -> None:
    settings = load_settings()
    assert (settings.seventy_language, settings.seventy_time_zone, settings.seventy_port) == ("ja", "Asia/Tokyo", 3000)
    assert settings.seventy_host == "127.0.0.1"
    assert settings.slack_api_url == "https://slack.com/api/"
    assert not settings.uses_socket_mode


def test_a_file_env_is_read_and_the_environment_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text("SLACK_BOT_TOKEN=xoxb-file\nSEVENTY_LANGUAGE=en\nOTHER=1\n", "utf-8")
    put(monkeypatch, SEVENTY_LANGUAGE="ja")
    settings = load_settings()
    assert settings.slack_bot_token and settings.slack_bot_token.get_secret_value() == "xoxb-file"
    assert settings.seventy_language == "ja"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SEVENTY_TIME_ZONE", "Asia/Tokio"),
        ("SEVENTY_TIME_ZONE", ""),
        ("SEVENTY_LANGUAGE", "fr"),
        ("SEVENTY_PORT", "http"),
        ("SEVENTY_PORT", "70000"),
        ("SEVENTY_LOG_LEVEL", "LOUD"),
        ("SLACK_API_URL", "slack.com"),
        ("SLACK_TIMEOUT", "0"),
        ("SLACK_TIMEOUT", "-1"),
        ("SEVENTY_FILE_INTAKE", "maybe"),
        ("SEVENTY_IMPORTERS", "hanako"),
        ("SEVENTY_IMPORTERS", "U0HANAKO;U0SAM"),
        ("SEVENTY_FILE_LIMIT", "0"),
    ],
)
def test_a_value_without_meaning_is_named_with_what_was_found(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    said = refusal(monkeypatch, **GOOD, **{name: value})
    assert said.startswith(f"{name} is '{value}': ")
    assert "\n" not in said and "pydantic" not in said


def test_a_missing_bot_token_says_where_to_find_it(monkeypatch: pytest.MonkeyPatch) -> None:
    said = refusal(monkeypatch)
    assert said.startswith("SLACK_BOT_TOKEN is not set. Copy it from api.slack.com/apps")


@pytest.mark.parametrize("value", ["", "   "])
def test_a_blank_token_is_a_missing_one(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    assert refusal(monkeypatch, SLACK_BOT_TOKEN=value).startswith("SLACK_BOT_TOKEN is not set.")


def test_a_token_of_another_kind_is_told_without_giving_it_away(monkeypatch: pytest.MonkeyPatch) -> None:
    said = refusal(monkeypatch, SLACK_BOT_TOKEN="xoxp-1234567890-secret", SLACK_SIGNING_SECRET="s")
    assert said.startswith("SLACK_BOT_TOKEN starts with 'xoxp-', a token of this kind with 'xoxb-'.")
    assert "1234567890" not in said and "secret" not in said


def test_without_a_signing_secret_the_two_ways_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    said = refusal(monkeypatch, SLACK_BOT_TOKEN="xoxb-1")
    assert said.startswith("SLACK_SIGNING_SECRET is not set.")
    assert "SLACK_APP_TOKEN" in said and "Socket Mode" in said


def test_an_app_token_means_socket_mode_and_needs_no_signing_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    put(monkeypatch, SLACK_BOT_TOKEN="xoxb-1", SLACK_APP_TOKEN="xapp-1")
    settings = load_settings()
    check_slack_settings(settings)
    assert settings.uses_socket_mode


def test_an_app_token_of_another_kind_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    said = refusal(monkeypatch, SLACK_BOT_TOKEN="xoxb-1", SLACK_APP_TOKEN="xoxb-1")
    assert said.startswith("SLACK_APP_TOKEN starts with 'xoxb-', a token of this kind with 'xapp-'.")


def test_http_with_both_tokens_is_complete(monkeypatch: pytest.MonkeyPatch) -> None:
    put(monkeypatch, **GOOD)
    check_slack_settings(load_settings())


def test_files_are_not_taken_unless_switched_on() -> None:
    settings = load_settings()
    assert (settings.takes_files, settings.importers, settings.seventy_file_limit) == (False, (), 100)


def test_importers_are_user_ids_with_commas_between(monkeypatch: pytest.MonkeyPatch) -> None:
    put(monkeypatch, **GOOD, SEVENTY_FILE_INTAKE="on", SEVENTY_IMPORTERS=" U0HANAKO, W0SAM ,,U0HANAKO")
    settings = load_settings()
    check_slack_settings(settings)
    assert (settings.takes_files, settings.importers) == (True, ("U0HANAKO", "W0SAM"))


def test_switched_on_without_an_importer_says_whom_to_list(monkeypatch: pytest.MonkeyPatch) -> None:
    said = refusal(monkeypatch, **GOOD, SEVENTY_FILE_INTAKE="on")
    assert said.startswith("SEVENTY_IMPORTERS is not set, so nobody could import: list the Slack user ids")


def test_an_address_without_a_last_slash_gets_one() -> None:
    assert Settings(_env_file=None, slack_api_url="http://127.0.0.1:1/api").slack_api_url == "http://127.0.0.1:1/api/"


def test_secrets_are_not_printed() -> None:
    settings = Settings(_env_file=None, slack_bot_token=SecretStr("xoxb-hush"), slack_signing_secret=SecretStr("hush"))
    assert "hush" not in repr(settings) and "hush" not in str(settings)


def test_settings_do_not_change() -> None:
    settings = Settings(_env_file=None)
    with pytest.raises(ValidationError):
        settings.__setattr__("seventy_port", 1)


def test_the_time_zone_decides_the_day() -> None:
    moment = noon(date(2026, 11, 20)).replace(hour=20)  # 05:00 of the next day in Tokyo
    assert moment.astimezone(Settings(_env_file=None).time_zone).date() == date(2026, 11, 21)
