"""The app's manifest asks Slack for exactly what the code uses, within Slack's limits."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[1]
CODE = "\n".join(
    path.read_text("utf-8")
    for path in sorted((ROOT / "bot").rglob("*.py"))
    if "playground" not in path.parts  # it stands in for Slack, and is not the app
)
# What a Web API method asks of a bot token; None: nothing.
# Source: the page of each method under https://docs.slack.dev/reference/methods
SCOPES = {
    "auth.test": None,
    "apps.connections.open": None,  # asks the app-level token for connections:write
    "users.info": "users:read",
    "views.open": None,
    "views.push": None,
    "views.update": None,
    "chat.postMessage": "chat:write",
    "chat.postEphemeral": "chat:write",
    "chat.update": "chat:write",
    "conversations.open": "im:write",
    "files.info": "files:read",  # and so does the address of a file's bytes
}
WITH_FILES = {"files:read"}  # asked for by manifest-files.yml alone
FAMILIES = ("auth", "users", "views", "chat", "conversations", "files", "reactions", "pins", "team", "apps")


def read(name: str) -> Any:
    return yaml.safe_load((ROOT / name).read_text("utf-8"))


@pytest.fixture(scope="module")
def manifest() -> Any:
    return read("manifest.yml")


def methods() -> set[str]:
    """The Web API methods that the code calls."""
    snake = {re.sub(r"[.A-Z]", lambda found: f"_{found[0].lower().strip('.')}", name): name for name in SCOPES}
    called = set(re.findall(rf"client\.((?:{'|'.join(FAMILIES)})_\w+)\(", CODE))
    return {snake.get(name, name) for name in called}


def test_the_methods_that_the_code_calls_are_known_here() -> None:
    assert {"auth.test", "users.info", "views.open", "views.update"} <= methods()
    assert methods() <= set(SCOPES)


def test_the_bot_asks_for_exactly_the_scopes_it_uses(manifest: Any) -> None:
    used = {scope for method in methods() if (scope := SCOPES[method])}
    if "app.command(" in CODE:
        used.add("commands")
    assert sorted(manifest["oauth_config"]["scopes"]["bot"]) == sorted(used - WITH_FILES) == ["commands", "users:read"]
    assert "user" not in manifest["oauth_config"]["scopes"]


def test_the_manifest_for_files_differs_in_the_scope_that_they_need_and_in_nothing_else(manifest: Any) -> None:
    with_files = read("manifest-files.yml")
    scopes = with_files["oauth_config"]["scopes"]["bot"]
    assert scopes == [*manifest["oauth_config"]["scopes"]["bot"], *WITH_FILES]
    scopes[:] = manifest["oauth_config"]["scopes"]["bot"]
    assert with_files == manifest


def test_every_command_has_a_listener_and_every_listener_a_command(manifest: Any) -> None:
    listened = set(re.findall(r"\.command\(\"(/[^\"]+)\"", CODE))
    assert {command["command"] for command in manifest["features"]["slash_commands"]} == listened == {"/score"}


def test_events_are_asked_for_exactly_where_the_code_listens_to_them(manifest: Any) -> None:
    listened = set(re.findall(r"\.event\(\"([^\"]+)\"", CODE))
    asked = manifest["settings"].get("event_subscriptions", {}).get("bot_events", [])
    assert set(asked) == listened == set()


def test_buttons_and_forms_reach_the_app(manifest: Any) -> None:
    assert "app.action(" in CODE and "app.view(" in CODE
    assert manifest["settings"]["interactivity"]["is_enabled"] is True


def test_socket_mode_is_on_so_that_no_public_address_is_needed(manifest: Any) -> None:
    assert manifest["settings"]["socket_mode_enabled"] is True
    assert "request_url" not in str(manifest)


def test_the_app_and_its_bot_are_called_seventy(manifest: Any) -> None:
    assert manifest["display_information"]["name"] == "Seventy"
    assert manifest["features"]["bot_user"]["display_name"] == "Seventy"


def test_the_command_says_what_to_type(manifest: Any) -> None:
    [command] = manifest["features"]["slash_commands"]
    assert command["description"] and command["usage_hint"]
    for word in ("help", "figures", "sample", "on "):
        assert word in command["usage_hint"]
    assert command.get("should_escape") is False  # names such as <@U1> are answered as typed


def test_tokens_are_not_rotated_because_the_app_keeps_one(manifest: Any) -> None:
    assert manifest["settings"]["token_rotation_enabled"] is False
    assert manifest["settings"]["org_deploy_enabled"] is False


def texts(manifest: Any) -> Iterator[tuple[str, str, int]]:
    """Every text of the manifest that Slack limits, with its limit in characters."""
    about = manifest["display_information"]
    yield "name", about["name"], 35
    yield "description", about["description"], 140
    yield "long_description", about["long_description"], 4000
    yield "bot display_name", manifest["features"]["bot_user"]["display_name"], 80
    for command in manifest["features"]["slash_commands"]:
        yield "command", command["command"], 32
        yield "command description", command["description"], 2000
        yield "usage_hint", command["usage_hint"], 1000


def test_every_text_is_within_slacks_limits(manifest: Any) -> None:
    for name, text, limit in texts(manifest):
        assert 0 < len(text) <= limit, name
    assert len(manifest["display_information"]["long_description"]) >= 174  # Slack's least for a long one


def test_the_colour_is_one_that_slack_takes(manifest: Any) -> None:
    assert re.fullmatch(r"#[0-9a-fA-F]{6}", manifest["display_information"].get("background_color", "#000000"))


def test_the_manifest_has_no_key_that_slack_does_not_know(manifest: Any) -> None:
    assert set(manifest) <= {"_metadata", "display_information", "features", "oauth_config", "settings"}
    assert set(manifest["features"]) <= {"bot_user", "slash_commands", "app_home", "shortcuts", "unfurl_domains"}
    known = {"interactivity", "event_subscriptions", "org_deploy_enabled", "socket_mode_enabled"}
    assert set(manifest["settings"]) <= known | {"token_rotation_enabled", "is_hosted", "allowed_ip_address_ranges"}
