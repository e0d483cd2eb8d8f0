"""Answers in Slack's place: one workspace that the app talks to, and people who talk to the app."""

import asyncio
import time
from collections.abc import Callable, Sequence
from typing import TypeVar

from starlette.applications import Starlette

from bot.playground.acts import People
from bot.playground.api_calls import ApiCall
from bot.playground.delivery import Delivery
from bot.playground.page_routes import only_this_machine, page_routes
from bot.playground.tickets import Tickets
from bot.playground.web_api import SCOPES, WebApi
from bot.playground.workspace import Channel, Message, Person, View, Workspace

T = TypeVar("T")

# Invented people: their names say so.
PEOPLE = (
    Person("U0HANAKO", "hanako.mihon", "見本 花子", "ja-JP", "Asia/Tokyo"),
    Person("U0SAM", "sam.sample", "Sam Sample", "en-US", "America/Los_Angeles"),
)
CHANNELS = (Channel("C0PARTNER", "partner-designations"),)


class SlackStandIn(People):
    """A workspace for one app; set `url` (where `asgi` is served) and `app_url` before anybody acts.

    `has_home` shows the app's home tab on the page even before the app has published one; `scopes` are those that the
    token has.
    """

    def __init__(
        self,
        *,
        signing_secret: str,
        bot_token: str,
        team_id: str = "T0PLAYGROUND",
        team_name: str = "Playground",
        people: Sequence[Person] = PEOPLE,
        channels: Sequence[Channel] = CHANNELS,
        now: Callable[[], float] = time.time,
        has_home: bool = False,
        scopes: str = SCOPES,
    ) -> None:
        workspace = Workspace(
            team_id=team_id, team_name=team_name, people=people, channels=channels, now=now, has_home=has_home
        )
        tickets = Tickets(now, workspace.new_id)
        super().__init__(workspace, tickets, Delivery(signing_secret, now))
        self._web_api = WebApi(workspace, tickets, bot_token, scopes)
        self.asgi = Starlette(routes=[*self._web_api.routes(), *page_routes(self)], middleware=[only_this_machine()])

    @property
    def app_url(self) -> str | None:
        """Where the app is served; requests go to `<app_url>/slack/events`."""
        return self._delivery.app_url

    @app_url.setter
    def app_url(self, url: str) -> None:
        self._delivery.app_url = url

    @property
    def api_url(self) -> str:
        """The `base_url` for the app's Slack client."""
        return f"{self.workspace.address}/api/"

    @property
    def received(self) -> list[ApiCall]:
        """Every call the app made, in order."""
        return self._web_api.received

    @property
    def messages(self) -> dict[str, list[Message]]:
        """The messages of every channel, by channel id; `visible_to` is set for ephemeral ones."""
        return self.workspace.messages

    @property
    def views(self) -> dict[str, list[View]]:
        """The open modals of every person, by person id; the topmost is last."""
        return self.workspace.views

    @property
    def homes(self) -> dict[str, View]:
        """The home tabs the app published, by person id."""
        return self.workspace.homes

    def direct_messages(self, user: str) -> list[Message]:
        """Give the messages between the app and one person."""
        return self.messages[self._channel(user).id]

    async def until(self, condition: Callable[[], T], *, seconds: float = 3.0) -> T:
        """Wait until a condition about this workspace holds and give its value.

        Raises: TimeoutError.
        """
        async with asyncio.timeout(seconds):
            while not (value := condition()):
                await self.workspace.changed_since(self.workspace.version, seconds=seconds)
        return value

    async def aclose(self) -> None:
        """End the page's streams and the connections to the app; do this before closing the server."""
        self.workspace.close()
        await self._delivery.aclose()
