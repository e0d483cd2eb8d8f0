"""Answers what the app does when a person acts: types a command, presses, chooses, submits, mentions."""

import json
from collections.abc import Mapping
from typing import Any

from bot.playground import payloads
from bot.playground.block_checks import listed
from bot.playground.delivery import Answer, Delivery
from bot.playground.elements import Filled, find, placed, resolve
from bot.playground.input_rules import InputRefusedError, input_errors
from bot.playground.replies import note_refusal, obey_submission, show_command_reply
from bot.playground.tickets import Tickets
from bot.playground.workspace import BOT_USER_ID, Channel, Message, Person, View, Workspace


class People:
    """The people of a workspace; users and channels are given by id, no channel means the first."""

    def __init__(self, workspace: Workspace, tickets: Tickets, delivery: Delivery) -> None:
        self.workspace = workspace
        self._tickets = tickets
        self._delivery = delivery

    @property
    def url(self) -> str | None:
        """Where the stand-in is served."""
        return self.workspace.url

    @url.setter
    def url(self, url: str) -> None:
        self.workspace.url = url

    async def slash_command(self, command: str, text: str = "", *, user: str, channel: str | None = None) -> Answer:
        """Type a slash command; what the app replies at once becomes a message."""
        person, place = self._person(user), self._channel(channel)
        fields = payloads.slash_command(
            self.workspace,
            person,
            place,
            command=command,
            text=text,
            tickets=self._new_tickets(person, place.id, None),
        )
        answer = await self._delivery.send_form(fields, fields)
        return show_command_reply(self.workspace, answer, person, place)

    async def click(
        self,
        source: Message | View,
        action_id: str,
        *,
        user: str,
        block_id: str | None = None,
        value: str | None = None,
        filled: Mapping[str, Filled] | None = None,
    ) -> Answer:
        """Press a button; `filled` is what stands in the inputs around it."""
        button = find(source.blocks, action_id, block_id=block_id, value=value)
        source.held |= self._filled(source, filled)
        return await self._act(source, self._person(user), payloads.action(button, value, self.workspace.new_ts()))

    async def choose(
        self,
        source: Message | View,
        action_id: str,
        value: Filled,
        *,
        user: str,
        block_id: str | None = None,
        filled: Mapping[str, Filled] | None = None,
    ) -> Answer:
        """Choose in a select, picker, set of boxes or overflow menu, or end an input that reports at once."""
        chosen = find(source.blocks, action_id, block_id=block_id)
        entry = payloads.action(chosen, value, self.workspace.new_ts())
        source.held |= self._filled(source, filled)
        if chosen.is_input:
            source.held[chosen.key] = value
        return await self._act(source, self._person(user), entry)

    async def submit_view(self, view_id: str, values: Mapping[str, Filled] | None = None, *, user: str) -> Answer:
        """Fill in a modal and submit it; keys of `values` are block_ids or action_ids.

        Raises: InputRefusedError when Slack itself would keep the form.
        """
        person = self._person(user)
        view = self._view(view_id, person)
        view.held |= self._filled(view, values)
        view.errors, view.failure = input_errors(view.blocks, view.held, locale=person.locale), None
        self.workspace.touch()
        if view.errors:
            raise InputRefusedError(view.errors)
        trigger_id = self._tickets.new_trigger(person.id)
        payload = payloads.view_submission(self.workspace, person, view, trigger_id=trigger_id)
        return obey_submission(self.workspace, await self._send_payload(payload), view)

    async def close_view(self, view_id: str, *, user: str) -> Answer | None:
        """Close a modal without submitting; the app hears of it only where it asked to."""
        person = self._person(user)
        view = self._view(view_id, person)
        self.workspace.views[person.id].remove(view)
        self.workspace.touch()
        if not view.content.get("notify_on_close"):
            return None
        return await self._send_payload(payloads.view_closed(self.workspace, person, view))

    async def event(
        self, event_type: str, *, user: str, event_id: str | None = None, retry: int = 0, **fields: Any
    ) -> Answer:
        """Send an event such as app_mention; further keywords are the event's own fields."""
        ts = self.workspace.new_ts()
        event = {"type": event_type, "user": self._person(user).id, "event_ts": ts} | fields
        if event_type in ("app_mention", "message"):
            event = {"ts": ts, "team": self.workspace.team_id, "channel": self._channel(None).id} | event
        envelope = payloads.event_callback(self.workspace, event, event_id=event_id or self.workspace.new_id("Ev"))
        headers = {"X-Slack-Retry-Num": str(retry), "X-Slack-Retry-Reason": "http_timeout"} if retry else {}
        return await self._delivery.send_json(envelope, headers)

    async def mention(self, text: str, *, user: str, channel: str | None = None, **fields: Any) -> Answer:
        """Say something to the app in a channel."""
        place, words = self._channel(channel), f"<@{BOT_USER_ID}> {text}"
        message = self.say(words, user=user, channel=place.id)
        known: dict[str, Any] = {"channel": place.id, "text": words, "ts": message.ts}
        return await self.event("app_mention", user=user, **(known | fields))

    async def open_home(self, *, user: str) -> Answer:
        """Look at the app's home tab."""
        return await self.event("app_home_opened", user=user, channel=self._channel(user).id, tab="home")

    def upload(self, name: str, content: bytes, *, user: str) -> str:
        """Upload a file for an input of a form and give its id, which is what is filled in there."""
        return self.workspace.keep_file(name, content, self._person(user).id).id

    def say(self, text: str, *, user: str, channel: str | None = None) -> Message:
        """Post a plain message of a person; the app does not hear of it."""
        person, place = self._person(user), self._channel(channel)
        return self.workspace.post(Message(place.id, self.workspace.new_ts(), person.id, text))

    def _filled(self, source: Message | View, values: Mapping[str, Filled] | None) -> dict[tuple[str, str], Filled]:
        """What was filled in, by block_id and action_id; files that are given by id as Slack describes them."""
        held, workspace = resolve(source.blocks, values or {}), self.workspace
        for candidate in placed(source.blocks):
            if candidate.takes_files and candidate.key in held:
                files = [workspace.files[str(name)] for name in listed(held[candidate.key])]
                held[candidate.key] = [file.to_slack(workspace.address, workspace.team_id) for file in files]
        return held

    async def _act(self, source: Message | View, person: Person, action: payloads.Payload) -> Answer:
        if isinstance(source, Message) and source.visible_to not in (None, person.id):
            raise LookupError(f"{person.handle} does not see this message: it is for {source.visible_to} only")
        self.workspace.touch()
        if isinstance(source, View):
            tickets = {"trigger_id": self._tickets.new_trigger(person.id)}
        else:
            tickets = self._new_tickets(person, source.channel, source.ts)
        payload = payloads.block_actions(self.workspace, person, source, action=action, tickets=tickets)
        answer = await self._send_payload(payload)
        note_refusal(self.workspace, answer, person, source)
        return answer

    async def _send_payload(self, payload: payloads.Payload) -> Answer:
        return await self._delivery.send_form({"payload": json.dumps(payload)}, payload)

    def _new_tickets(self, person: Person, channel: str, message_ts: str | None) -> dict[str, str]:
        name = self._tickets.new_response_url(person.id, channel, message_ts)
        return {
            "trigger_id": self._tickets.new_trigger(person.id),
            "response_url": f"{self.workspace.address}/response/{name}",
        }

    def _person(self, user: str) -> Person:
        return self.workspace.people[user]

    def _channel(self, name: str | None) -> Channel:
        channel = self.workspace.channel(name) if name else next(iter(self.workspace.channels.values()))
        if channel is None:
            raise LookupError(f"there is no channel {name!r}; there is: {list(self.workspace.channels)}")
        return channel

    def _view(self, view_id: str, person: Person) -> View:
        for view in self.workspace.views[person.id]:
            if view.id == view_id:
                return view
        raise LookupError(f"{person.handle} has no open modal {view_id!r}")
