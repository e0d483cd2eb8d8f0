"""Answers what the page in the browser draws for one person."""

from typing import Any

from bot.playground.elements import placed, state
from bot.playground.workspace import BOT_USER_ID, SLACKBOT_ID, Channel, Message, Person, View, Workspace


def page_state(workspace: Workspace, person: Person) -> dict[str, Any]:
    """Build all that one person sees, as plain data."""
    channels = [c for c in workspace.channels.values() if c.person_id in (None, person.id)]
    views = workspace.views[person.id]
    home = workspace.homes.get(person.id)
    return {
        "version": workspace.version,
        "team": workspace.team_name,
        "me": person.id,
        "people": [_person(each) for each in workspace.people.values()],
        "channels": [_channel(workspace, channel, person) for channel in channels],
        "view": _view(views[-1]) if views else None,
        "home": _view(home) if home else None,
        "hasHome": workspace.has_home or home is not None,
    }


def _person(person: Person) -> dict[str, Any]:
    return {"id": person.id, "handle": person.handle, "name": person.full_name, "locale": person.locale}


def _channel(workspace: Workspace, channel: Channel, person: Person) -> dict[str, Any]:
    seen = [m for m in workspace.messages[channel.id] if m.visible_to in (None, person.id)]
    return {
        "id": channel.id,
        "name": channel.name,
        "isDirect": channel.person_id is not None,
        "messages": [_message(message) for message in seen],
    }


def _message(message: Message) -> dict[str, Any]:
    kinds = {BOT_USER_ID: "app", SLACKBOT_ID: "slack"}
    return {
        "ts": message.ts,
        "author": message.author,
        "kind": kinds.get(message.author, "person"),
        "text": message.text,
        "blocks": message.blocks,
        "isEphemeral": message.visible_to is not None,
        "isEdited": message.is_edited,
        "values": state(message.blocks, message.held),
        "exchange": message.exchange,
    }


def _view(view: View) -> dict[str, Any]:
    return {
        "id": view.id,
        "hash": view.hash,
        "content": view.content,
        "values": state(view.blocks, view.held),
        "inputs": ["/".join(each.key) for each in placed(view.blocks) if each.is_input],
        "errors": view.errors,
        "failure": view.failure,
        "exchange": view.exchange,
    }
