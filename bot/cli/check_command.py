"""`seventy check`: whether settings, database, rulebook and Slack token are all right."""

from dataclasses import asdict, dataclass
from http.client import HTTPException
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from bot.cli.company import store_at
from bot.cli.options import db_option, json_option
from bot.cli.output import columns, print_json
from bot.settings import Settings, SettingsError, check_slack_settings, load_settings
from scoring import DataFileError, load_rulebook

if TYPE_CHECKING:
    from slack_sdk import WebClient

FILES_SCOPE = "files:read"

Subject = Literal["settings", "database", "rulebook", "slack"]


@dataclass(frozen=True)
class Finding:
    """One thing that was checked, and what was found in a sentence."""

    subject: Subject
    ok: bool
    message: str


@click.command()
@db_option
@json_option
def check(db: Path | None, *, as_json: bool) -> int:
    """Check settings, database, rulebook and Slack token. Nothing is changed."""
    found = _findings(db)
    all_right = all(finding.ok for finding in found)
    if as_json:
        print_json({"ok": all_right, "checks": [asdict(finding) for finding in found]})
    else:
        rows = [(one.subject, "ok" if one.ok else "wrong", one.message) for one in found]
        click.echo("\n".join(columns(rows)))
    return 0 if all_right else 2


def _findings(db: Path | None) -> list[Finding]:
    try:
        settings = load_settings()
    except SettingsError as error:
        path = db or Path("seventy.db")
        later = Finding("slack", ok=False, message="Not checked: correct the settings first.")
        return [Finding("settings", ok=False, message=str(error)), _database(path), _rulebook(), later]
    said = f"time zone {settings.seventy_time_zone}, language {settings.seventy_language}"
    mode = "Socket Mode" if settings.uses_socket_mode else f"HTTP on port {settings.seventy_port}"
    return [
        Finding("settings", ok=True, message=f"{said}, {mode}{_file_intake(settings)}"),
        _database(db or settings.seventy_database),
        _rulebook(),
        _slack(settings),
    ]


def _file_intake(settings: Settings) -> str:
    return f", files from Slack by {_many(len(settings.importers), 'importer')}" if settings.takes_files else ""


def _database(path: Path) -> Finding:
    """Whether the database opens. One that does not exist yet is told, and not made."""
    if not path.exists():
        message = f"{path} does not exist yet; fill it with: seventy import FILE."
        return Finding("database", ok=False, message=message)
    from bot.store import StoreError
    from bot.store.connection import sqlite3

    try:
        with store_at(path) as store:
            names = store.workspaces()
            imports = sum(len(store.imports(name)) for name in names)
    except StoreError as error:
        return Finding("database", ok=False, message=error.message)
    counts = f"{_many(len(names), 'workspace')}, {_many(imports, 'import')}"
    return Finding("database", ok=True, message=f"{path} (SQLite {sqlite3.sqlite_version}): {counts}")


def _rulebook() -> Finding:
    try:
        rulebook = load_rulebook()
    except DataFileError as error:
        return Finding("rulebook", ok=False, message=str(error))
    newest, verified = rulebook.editions[-1], min(area.verified_on for area in rulebook.areas.values())
    edition = f"newest edition {newest.id} (since {newest.since}), checked {verified}"
    message = f"{_many(len(rulebook.areas), 'area')}, {edition}"
    return Finding("rulebook", ok=True, message=message)


def _slack(settings: Settings) -> Finding:
    try:
        check_slack_settings(settings)
    except SettingsError as error:
        return Finding("slack", ok=False, message=str(error))
    from slack_sdk import WebClient

    assert settings.slack_bot_token is not None  # check_slack_settings found it
    client = WebClient(
        token=settings.slack_bot_token.get_secret_value(),
        base_url=settings.slack_api_url,
        timeout=max(1, round(settings.slack_timeout)),
        retry_handlers=[],
    )
    return _asked(client, settings)


def _asked(client: "WebClient", settings: Settings) -> Finding:
    """What Slack says of the token, and of its scopes where files are taken."""
    from slack_sdk.errors import SlackApiError, SlackClientError

    try:
        found = client.auth_test()
    except SlackApiError as error:
        reason = error.response.get("error", "no reason given")
        message = f"Slack refuses the token ({reason}); install the app again and copy its Bot User OAuth Token."
        return Finding("slack", ok=False, message=message)
    except (SlackClientError, OSError, HTTPException) as error:
        reason = getattr(error, "reason", None) or error
        return Finding(
            "slack", ok=False, message=f"{settings.slack_api_url} cannot be reached ({reason}); check the network."
        )
    given = {name.lower(): value for name, value in found.headers.items()}.get("x-oauth-scopes", FILES_SCOPE)
    if settings.takes_files and FILES_SCOPE not in [scope.strip() for scope in str(given).split(",")]:
        message = (
            f"the token has not the scope {FILES_SCOPE}; update the app from manifest-files.yml, install it again."
        )
        return Finding("slack", ok=False, message=message)
    return Finding("slack", ok=True, message=f"connected to {found.get('team')} as {found.get('user')}")


def _many(count: int, name: str) -> str:
    return f"{count} {name}" if count == 1 else f"{count} {name}s"
