"""Answers the Web API methods about messages, people and conversations."""

from collections.abc import Mapping
from typing import Any

from bot.playground.api_calls import ApiRefusedError, Arguments, Reply, is_true
from bot.playground.block_limits import refusals
from bot.playground.workspace import APP_ID, BOT_ID, BOT_USER_ID, Channel, Message, Person, Workspace

MOST_TEXT = 40_000


def checked_content(payload: Mapping[str, Any]) -> tuple[str, list[dict[str, Any]]]:
    """Take text and blocks out of a payload.

    Raises: ApiRefusedError for what Slack refuses.
    """
    text, blocks = str(payload.get("text") or ""), payload.get("blocks") or []
    if not text and not blocks and not payload.get("attachments"):
        raise ApiRefusedError("no_text")
    if len(text) > MOST_TEXT:
        raise ApiRefusedError("msg_too_long")
    if found := refusals({"blocks": blocks}):
        raise ApiRefusedError("invalid_blocks", found)
    return text, blocks


def auth_test(workspace: Workspace, _arguments: Arguments) -> Reply:
    """Say who the app is."""
    return {
        "url": "https://playground.invalid/",
        "team": workspace.team_name,
        "team_id": workspace.team_id,
        "user": "seventy",
        "user_id": BOT_USER_ID,
        "bot_id": BOT_ID,
        "app_id": APP_ID,
        "is_enterprise_install": False,
    }


def users_info(workspace: Workspace, arguments: Arguments) -> Reply:
    """Describe a person; the locale only on demand."""
    person = workspace.people.get(str(arguments.get("user")))
    if person is None:
        raise ApiRefusedError("user_not_found")
    locale = {"locale": person.locale} if is_true(arguments.get("include_locale")) else {}
    return {"user": _user(workspace, person) | locale}


def post_message(workspace: Workspace, arguments: Arguments) -> Reply:
    """Post to a channel, or to a person's direct messages when the channel is a person."""
    channel = _channel(workspace, arguments)
    text, blocks = checked_content(arguments)
    message = workspace.post(
        Message(channel.id, workspace.new_ts(), BOT_USER_ID, text, blocks, thread_ts=arguments.get("thread_ts"))
    )
    return {"channel": channel.id, "ts": message.ts, "message": message.to_slack(workspace.team_id)}


def post_ephemeral(workspace: Workspace, arguments: Arguments) -> Reply:
    """Post for one person's eyes."""
    channel = _channel(workspace, arguments)
    text, blocks = checked_content(arguments)
    if arguments.get("user") not in workspace.people or channel.person_id not in (None, arguments["user"]):
        raise ApiRefusedError("user_not_in_channel")
    message = Message(channel.id, workspace.new_ts(), BOT_USER_ID, text, blocks, visible_to=arguments["user"])
    return {"message_ts": workspace.post(message).ts}


def update(workspace: Workspace, arguments: Arguments) -> Reply:
    """Change one of the app's messages; an ephemeral one cannot be changed this way."""
    message = _own_message(workspace, arguments, refusal="cant_update_message")
    text, blocks = checked_content(arguments)
    workspace.edit(message, text=text, blocks=blocks)
    slack_message = message.to_slack(workspace.team_id)
    return {"channel": message.channel, "ts": message.ts, "text": text, "message": slack_message}


def delete(workspace: Workspace, arguments: Arguments) -> Reply:
    """Take away one of the app's messages."""
    message = _own_message(workspace, arguments, refusal="cant_delete_message")
    workspace.remove(message)
    return {"channel": message.channel, "ts": message.ts}


def open_conversation(workspace: Workspace, arguments: Arguments) -> Reply:
    """Find the direct messages with one person."""
    users = arguments.get("users") or ""
    names = users.split(",") if isinstance(users, str) else list(users)
    channel = workspace.channel(names[0]) if len(names) == 1 and names[0] in workspace.people else None
    if channel is None:
        raise ApiRefusedError("user_not_found")
    return {"channel": {"id": channel.id}}


def _channel(workspace: Workspace, arguments: Arguments) -> Channel:
    channel = workspace.channel(str(arguments.get("channel")))
    if channel is None:
        raise ApiRefusedError("channel_not_found")
    return channel


def _own_message(workspace: Workspace, arguments: Arguments, *, refusal: str) -> Message:
    message = workspace.find(_channel(workspace, arguments).id, str(arguments.get("ts")))
    if message is None or message.visible_to:
        raise ApiRefusedError("message_not_found")
    if message.author != BOT_USER_ID:
        raise ApiRefusedError(refusal)
    return message


def _user(workspace: Workspace, person: Person) -> dict[str, Any]:
    names = {"real_name": person.full_name, "display_name": person.handle, "team": workspace.team_id}
    kinds = dict.fromkeys(("is_bot", "is_app_user", "deleted", "is_restricted", "is_ultra_restricted"), False)
    return {
        "id": person.id,
        "team_id": workspace.team_id,
        "name": person.handle,
        "real_name": person.full_name,
        "tz": person.tz,
        "profile": names,
    } | kinds
