"""Answers what the people of the stand-in's workspace see: messages, open modals, home tabs."""

import asyncio
import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.playground.elements import Filled, state, with_ids

APP_ID = "A0PLAYGROUND"
BOT_ID = "B0PLAYGROUND"
BOT_USER_ID = "U0PLAYBOT"
SLACKBOT_ID = "USLACKBOT"


@dataclass(frozen=True)
class Person:
    """Somebody in the workspace; the locale is what users.info tells the app."""

    id: str
    handle: str
    full_name: str
    locale: str
    tz: str = "UTC"


@dataclass(frozen=True)
class Channel:
    """A channel, or the direct messages between the app and one person."""

    id: str
    name: str
    person_id: str | None = None


@dataclass
class Message:
    """A message as Slack keeps it; `visible_to` makes it ephemeral, `exchange` is what brought it."""

    channel: str
    ts: str
    author: str
    text: str
    blocks: list[dict[str, Any]] = field(default_factory=list)
    visible_to: str | None = None
    thread_ts: str | None = None
    exchange: Mapping[str, Any] | None = None
    is_edited: bool = False
    held: dict[tuple[str, str], Filled] = field(default_factory=dict)

    def to_slack(self, team_id: str) -> dict[str, Any]:
        """Build the message object of Slack's answers and payloads."""
        message: dict[str, Any] = {"type": "message", "user": self.author, "ts": self.ts, "text": self.text}
        if self.author == BOT_USER_ID:
            message |= {"bot_id": BOT_ID, "app_id": APP_ID}
        if self.thread_ts:
            message["thread_ts"] = self.thread_ts
        return message | {"team": team_id, "blocks": self.blocks}


@dataclass
class View:
    """An open modal or a home tab; `errors` are shown beside its inputs, by block_id."""

    id: str
    user: str
    content: dict[str, Any]
    hash: str
    root_id: str
    previous_id: str | None = None
    held: dict[tuple[str, str], Filled] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    failure: str | None = None
    exchange: Mapping[str, Any] | None = None

    @property
    def blocks(self) -> list[dict[str, Any]]:
        """The view's blocks, each with its block_id."""
        blocks: list[dict[str, Any]] = self.content["blocks"]
        return blocks

    def to_slack(self, team_id: str) -> dict[str, Any]:
        """Build the view object of Slack's answers and payloads."""
        options = {
            "callback_id": "",
            "private_metadata": "",
            "external_id": "",
            "title": None,
            "submit": None,
        }
        flags = {"close": None, "clear_on_close": False, "notify_on_close": False}
        names = {"id": self.id, "team_id": team_id, "app_id": APP_ID, "bot_id": BOT_ID, "hash": self.hash}
        stack = {
            "root_view_id": self.root_id,
            "previous_view_id": self.previous_id,
            "app_installed_team_id": team_id,
        }
        return options | flags | self.content | names | stack | {"state": {"values": state(self.blocks, self.held)}}


@dataclass(frozen=True)
class StoredFile:
    """A file that somebody uploaded. Units: the size that Slack tells is in bytes."""

    id: str
    name: str
    user: str
    content: bytes
    created: int

    def to_slack(self, address: str, team_id: str) -> dict[str, Any]:
        """Build the file object of Slack's answers and payloads; `address` is where the stand-in is served."""
        place = f"{address}/files-pri/{team_id}-{self.id}"
        return {
            "id": self.id,
            "created": self.created,
            "timestamp": self.created,
            "name": self.name,
            "title": self.name,
            "mimetype": "application/octet-stream",
            "filetype": self.name.rpartition(".")[2].lower(),
            "user": self.user,
            "user_team": team_id,
            "mode": "hosted",
            "is_external": False,
            "is_public": False,
            "size": len(self.content),
            "url_private": place,
            "url_private_download": f"{place}/download",
        }


class Workspace:
    """The state behind the stand-in, and word of every change of it."""

    def __init__(
        self,
        *,
        team_id: str,
        team_name: str,
        people: Sequence[Person],
        channels: Sequence[Channel],
        now: Callable[[], float],
        has_home: bool = False,
    ) -> None:
        self.url: str | None = None
        self.has_home = has_home
        self.team_id = team_id
        self.team_name = team_name
        self.people = {person.id: person for person in people}
        direct = [Channel(f"D{person.id[1:]}", "directmessage", person.id) for person in people]
        self.channels = {channel.id: channel for channel in (*channels, *direct)}
        self.messages: dict[str, list[Message]] = {channel: [] for channel in self.channels}
        self.views: dict[str, list[View]] = {person: [] for person in self.people}
        self.homes: dict[str, View] = {}
        self.files: dict[str, StoredFile] = {}
        self.now = now
        self.latest: Message | View | None = None  # what changed last, until the next call of the app
        self.version = 0
        self.is_closed = False
        self._counter = itertools.count(1)
        self._changed = asyncio.Event()

    @property
    def address(self) -> str:
        """Where the stand-in is served, without a slash at the end."""
        if self.url is None:
            raise RuntimeError("The stand-in does not know its own address: set url to where its asgi is served.")
        return self.url.rstrip("/")

    def new_id(self, prefix: str = "") -> str:
        """Make a name that nothing else has."""
        return f"{prefix}{next(self._counter):06d}"

    def new_ts(self) -> str:
        """Make a message's timestamp, which is also its name: never the same twice."""
        return f"{int(self.now())}.{next(self._counter):06d}"

    def channel(self, name: str) -> Channel | None:
        """Find a channel by its id or #name, or a person's direct messages by the person's id."""
        for channel in self.channels.values():
            if name in (channel.id, channel.person_id) or name.removeprefix("#") == channel.name != "directmessage":
                return channel
        return None

    def post(self, message: Message) -> Message:
        """Add a message, naming its blocks."""
        message.blocks = with_ids(message.blocks, self.new_id)
        self.messages[message.channel].append(message)
        self.latest = message
        self.touch()
        return message

    def find(self, channel: str, ts: str) -> Message | None:
        """Find a message by its timestamp."""
        return next((message for message in self.messages.get(channel, []) if message.ts == ts), None)

    def edit(self, message: Message, *, text: str, blocks: list[dict[str, Any]]) -> None:
        """Give a message a new content; what was chosen in its selects is forgotten, as in Slack."""
        message.text, message.is_edited = text, True
        message.blocks = with_ids(blocks, self.new_id)
        message.held = {}
        self.latest = message
        self.touch()

    def remove(self, message: Message) -> None:
        """Take a message away."""
        self.messages[message.channel].remove(message)
        self.touch()

    def view(self, view_id: str) -> View | None:
        """Find an open modal or a home tab by its id or external_id."""
        every = [*itertools.chain(*self.views.values()), *self.homes.values()]
        return next((v for v in every if view_id in (v.id, v.content.get("external_id") or v.id)), None)

    def keep_file(self, name: str, content: bytes, user: str) -> StoredFile:
        """Keep a file that somebody uploads."""
        file = StoredFile(self.new_id("F0PLAY"), name, user, content, int(self.now()))
        self.files[file.id] = file
        return file

    def touch(self) -> None:
        """Tell everybody who waits that something changed."""
        self.version += 1
        self._changed.set()
        self._changed = asyncio.Event()

    def close(self) -> None:
        """End every wait for good."""
        self.is_closed = True
        self.touch()

    async def changed_since(self, version: int, *, seconds: float) -> bool:
        """Wait until the workspace is newer than this version; False when it stayed the same."""
        if self.version > version or self.is_closed:
            return True
        try:
            await asyncio.wait_for(self._changed.wait(), timeout=seconds)
        except TimeoutError:
            return False
        return True
