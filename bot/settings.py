"""Settings from the environment or `.env`, read once; a wrong one is a sentence that says what to set."""

import re
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class SettingsError(Exception):
    """A setting is missing or wrong. The text says which one, what was found and what to set."""


def _blank_is_missing(value: object) -> object:
    return None if isinstance(value, str) and not value.strip() else value


_USER_ID = re.compile(r"[UW][A-Z0-9]{2,}")
Secret = Annotated[SecretStr | None, BeforeValidator(_blank_is_missing)]


class Settings(BaseSettings):
    """Everything that differs from one installation to the next.

    Units: `port` is a TCP port; `slack_timeout` in seconds; `file_limit` in MiB per file. `seventy_importers` are Slack
    user ids with commas between.
    """

    model_config = SettingsConfigDict(env_file=".env", env_file_encoding="utf-8", extra="ignore", frozen=True)

    slack_bot_token: Secret = None
    slack_signing_secret: Secret = None
    slack_app_token: Secret = None
    slack_api_url: str = "https://slack.com/api/"
    slack_timeout: float = Field(default=2.0, gt=0)
    seventy_database: Path = Path("seventy.db")
    seventy_time_zone: str = "Asia/Tokyo"
    seventy_language: Literal["ja", "en"] = "ja"
    seventy_host: str = "127.0.0.1"
    seventy_port: int = Field(default=3000, ge=0, le=65535)
    seventy_file_intake: Literal["on", "off"] = "off"
    seventy_importers: str = ""
    seventy_file_limit: int = Field(default=100, ge=1, le=2048)
    seventy_log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    @field_validator("seventy_time_zone")
    @classmethod
    def _zone_exists(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except Exception as error:
            raise ValueError("which is not a time zone; use a name such as Asia/Tokyo") from error
        return value

    @field_validator("slack_api_url")
    @classmethod
    def _is_address(cls, value: str) -> str:
        if not value.startswith(("https://", "http://")):
            raise ValueError("which is not an address; it starts with https://")
        return value if value.endswith("/") else f"{value}/"

    @field_validator("seventy_importers")
    @classmethod
    def _are_user_ids(cls, value: str) -> str:
        for name in _listed(value):
            if not _USER_ID.fullmatch(name):
                raise ValueError(
                    f"'{name}' is not a Slack user id; copy it from the person's profile > More > Copy member ID"
                )
        return value

    @property
    def takes_files(self) -> bool:
        """Whether files can be imported from Slack."""
        return self.seventy_file_intake == "on"

    @property
    def importers(self) -> tuple[str, ...]:
        """The user ids of those who may import files from Slack."""
        return _listed(self.seventy_importers)

    @property
    def time_zone(self) -> ZoneInfo:
        """The zone whose calendar decides what day it is."""
        return ZoneInfo(self.seventy_time_zone)

    @property
    def uses_socket_mode(self) -> bool:
        """Whether the app connects out to Slack (an app-level token is set) instead of being called."""
        return self.slack_app_token is not None


def _listed(value: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for part in value.split(",") if (name := part.strip())))


def load_settings() -> Settings:
    """The settings of this process.

    Raises: SettingsError for the first value that has no meaning. Missing Slack tokens are asked for by
    `check_slack_settings`, since the command line works without them.
    """
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"]).upper()
        reason = first["msg"].removeprefix("Value error, ")
        raise SettingsError(f"{name} is '{first.get('input')}': {reason}.") from error


def check_slack_settings(settings: Settings) -> None:
    """Make sure that the app can talk to Slack.

    Raises: SettingsError naming the token that is missing or of the wrong kind, and where to find it; or that nobody
    may import although files are taken.
    """
    _check_token(
        "SLACK_BOT_TOKEN",
        settings.slack_bot_token,
        "xoxb-",
        "api.slack.com/apps > your app > OAuth & Permissions > Bot User OAuth Token",
    )
    if settings.uses_socket_mode:
        _check_token(
            "SLACK_APP_TOKEN",
            settings.slack_app_token,
            "xapp-",
            "api.slack.com/apps > your app > Basic Information > App-Level Tokens (scope connections:write)",
        )
    elif settings.slack_signing_secret is None:
        raise SettingsError(
            "SLACK_SIGNING_SECRET is not set. For HTTP, copy it from api.slack.com/apps > your app > Basic Information "
            "> Signing Secret; or set SLACK_APP_TOKEN to use Socket Mode, which needs no public address."
        )
    if settings.takes_files and not settings.importers:
        raise SettingsError(
            "SEVENTY_IMPORTERS is not set, so nobody could import: list the Slack user ids of those who may, such as "
            "U012AB3CD,U045EF6GH; or set SEVENTY_FILE_INTAKE=off."
        )


def _check_token(name: str, token: SecretStr | None, prefix: str, place: str) -> None:
    if token is None:
        raise SettingsError(f"{name} is not set. Copy it from {place}, into the environment or the file .env.")
    if not token.get_secret_value().startswith(prefix):
        found = token.get_secret_value()[:5]
        raise SettingsError(
            f"{name} starts with '{found}', a token of this kind with '{prefix}'. Copy it from {place}."
        )
