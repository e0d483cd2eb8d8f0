"""Answers what Slack sends to an app when a person does something."""

from collections.abc import Mapping
from typing import Any

from bot.playground.elements import Filled, Placed, holding, state
from bot.playground.workspace import APP_ID, BOT_USER_ID, Channel, Message, Person, View, Workspace

Payload = dict[str, Any]
# Slack still sends a token, its retired means of verification; apps check the signature instead.
_RETIRED = "playground"


def slash_command(
    workspace: Workspace,
    person: Person,
    channel: Channel,
    *,
    command: str,
    text: str,
    tickets: Mapping[str, str],
) -> dict[str, str]:
    """Build the form fields of a slash command; `tickets` are its trigger_id and response_url."""
    return {
        "token": _RETIRED,
        "team_id": workspace.team_id,
        "team_domain": "playground",
        "channel_id": channel.id,
        "channel_name": channel.name,
        "user_id": person.id,
        "user_name": person.handle,
        "command": command,
        "text": text,
        "api_app_id": APP_ID,
        "is_enterprise_install": "false",
        **tickets,
    }


def block_actions(
    workspace: Workspace,
    person: Person,
    source: Message | View,
    *,
    action: Payload,
    tickets: Mapping[str, str],
) -> Payload:
    """Build the payload of a press or choice; `tickets` are its trigger_id and any response_url."""
    payload = _interaction(workspace, person, "block_actions") | {
        "container": _container(source),
        "actions": [action],
    }
    if isinstance(source, View):
        payload["view"] = source.to_slack(workspace.team_id)
    else:
        channel = workspace.channels[source.channel]
        payload["channel"] = {"id": channel.id, "name": channel.name}
        payload["state"] = {"values": state(source.blocks, source.held)}
        if source.visible_to is None:  # Slack does not send back the content of an ephemeral message
            payload["message"] = source.to_slack(workspace.team_id)
    return {**payload, **tickets}


def action(placed: Placed, value: Filled, action_ts: str) -> Payload:
    """Build the entry that says which element was used, and what it holds now."""
    block_id, action_id = placed.key
    element = placed.element
    copied = {name: element[name] for name in ("text", "style", "placeholder") if name in element}
    names = {"type": element["type"], "block_id": block_id, "action_id": action_id, "action_ts": action_ts}
    return names | copied | holding(element, value)


def view_submission(workspace: Workspace, person: Person, view: View, *, trigger_id: str) -> Payload:
    """Build the payload of a submitted modal."""
    payload = _interaction(workspace, person, "view_submission")
    return payload | {"trigger_id": trigger_id, "view": view.to_slack(workspace.team_id), "response_urls": []}


def view_closed(workspace: Workspace, person: Person, view: View) -> Payload:
    """Build the payload of a modal closed without submitting."""
    payload = _interaction(workspace, person, "view_closed")
    return payload | {"view": view.to_slack(workspace.team_id), "is_cleared": False}


def event_callback(workspace: Workspace, event: Payload, *, event_id: str) -> Payload:
    """Build the envelope of an event."""
    installed = {"enterprise_id": None, "team_id": workspace.team_id, "user_id": BOT_USER_ID}
    return {
        "token": _RETIRED,
        "team_id": workspace.team_id,
        "api_app_id": APP_ID,
        "event": event,
        "type": "event_callback",
        "event_id": event_id,
        "event_time": int(workspace.now()),
        "authorizations": [installed | {"is_bot": True, "is_enterprise_install": False}],
        "is_ext_shared_channel": False,
        "event_context": f"4-{event_id}",
    }


def _interaction(workspace: Workspace, person: Person, kind: str) -> Payload:
    user = {"id": person.id, "username": person.handle, "name": person.handle, "team_id": workspace.team_id}
    return {
        "type": kind,
        "user": user,
        "api_app_id": APP_ID,
        "token": _RETIRED,
        "team": {"id": workspace.team_id, "domain": "playground"},
        "enterprise": None,
        "is_enterprise_install": False,
    }


def _container(source: Message | View) -> Payload:
    if isinstance(source, View):
        return {"type": "view", "view_id": source.id}
    where = {"type": "message", "message_ts": source.ts, "channel_id": source.channel}
    return where | {"is_ephemeral": source.visible_to is not None}
