"""`/score` and the buttons of its cards: read the request, one read of the facts, one reply."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from datetime import date
from functools import lru_cache, partial
from typing import Any

from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext, AsyncBoltRequest
from slack_sdk.web.async_client import AsyncWebClient

from bot.metric_names import find_metric
from bot.slack.action_ids import CHOOSE_AREA, CHOOSE_METRIC, SHOW_ALL, SHOW_AREA, SHOW_HELP, SHOW_SAMPLE
from bot.slack.blocks import Reply
from bot.slack.failures import replying, replying_anew
from bot.slack.notices import notice
from bot.slack.reader import team_of
from bot.slack.score_request import (
    AllAreas,
    ChooseLanguage,
    Figures,
    Help,
    Import,
    OneArea,
    Sample,
    ScoreRequest,
    Why,
    read_request,
)
from bot.slack.services import Services

REMEMBERED = 1024  # readings of words: people ask the same few things
LONGEST_TEXT = 500  # characters; no request is longer

Body = dict[str, Any]
OpenForm = Callable[..., Awaitable[None]]


def register(app: AsyncApp, services: Services, open_figures: OpenForm, open_import: OpenForm) -> None:
    """Listen to `/score` and to the buttons that show something. First of all: Bolt tries listeners in this order."""
    listeners = _Listeners(services, {Figures: open_figures, Import: open_import})
    app.command("/score")(listeners.handle_score)
    app.action(SHOW_ALL)(ack=acknowledge, lazy=[listeners.show_all])
    app.action(re.compile(f"^{SHOW_AREA}(:.*)?$"))(ack=acknowledge, lazy=[listeners.show_area])
    app.action(CHOOSE_AREA)(ack=acknowledge, lazy=[listeners.show_area])
    app.action(CHOOSE_METRIC)(ack=acknowledge, lazy=[listeners.show_why])
    app.action(SHOW_HELP)(ack=acknowledge, lazy=[listeners.show_help])
    app.action(re.compile(f"^{SHOW_SAMPLE}(:.*)?$"))(ack=acknowledge, lazy=[listeners.show_sample])


async def acknowledge(ack: AsyncAck) -> None:
    """Tell Slack at once that the press arrived; the answer follows by itself."""
    await ack()


class _Listeners:
    def __init__(self, services: Services, forms: dict[type[ScoreRequest], OpenForm]) -> None:
        self.services = services
        self.forms = forms
        self.read = lru_cache(maxsize=REMEMBERED)(partial(read_request, services.rulebook))

    async def handle_score(
        self, ack: AsyncAck, body: Body, client: AsyncWebClient, context: AsyncBoltContext, req: AsyncBoltRequest
    ) -> BoltResponse:
        """The answer travels in the acknowledgement: no second call to Slack."""
        request = self.read(str(body.get("text") or "")[:LONGEST_TEXT])
        open_form = self.forms.get(type(request))
        if open_form is not None:  # opening a form is a call to Slack: acknowledge first
            context.listener_runner.lazy_listener_runner.start(function=open_form, request=req)
            return await ack()
        if isinstance(request, Why):  # whole usage reports are read: acknowledge first
            context.listener_runner.lazy_listener_runner.start(function=self.why_by_command, request=req)
            return await ack()
        if isinstance(request, ChooseLanguage):
            await self.services.readers.choose(body, request.language)
        reply = await self.reply(request, body, client)
        return BoltResponse(status=200, body=reply.json)

    async def reply(self, request: ScoreRequest, body: Body, client: AsyncWebClient) -> Reply:
        services = self.services
        language = await services.readers.language(client, body, services.now())
        if isinstance(request, ChooseLanguage):
            key = "language.set" if request.language else "language.auto"
            return notice(services.words, language, services.words.say(key, language))
        facts = await services.worker.facts(team_of(body))
        return services.answers.answer(request, facts, language, today=services.today())

    async def why(self, request: Why, body: Body, client: AsyncWebClient) -> Reply:
        """What stands behind a metric, worked out beside the event loop."""
        services, team = self.services, team_of(body)
        language = await services.readers.language(client, body, services.now())
        facts = await services.worker.facts(team)
        usage = await services.worker.call(lambda store: store.usage(team))
        answer = partial(services.answers.why, request, facts, usage, language, today=services.today())
        return await asyncio.to_thread(answer)

    @replying_anew
    async def why_by_command(self, body: Body, client: AsyncWebClient) -> Reply | None:
        """`/score <area> why <metric>`."""
        request = self.read(str(body.get("text") or "")[:LONGEST_TEXT])
        return await self.why(request, body, client) if isinstance(request, Why) else None

    @replying
    async def show_why(self, body: Body, client: AsyncWebClient) -> Reply:
        """The menu of metrics; its value is area, metric and the day asked, if any."""
        area, metric, *on = _pressed(body).split(" ")
        found, asked = find_metric(metric), _day(" ".join(on))
        if found is None:
            return await self.reply(OneArea(area, asked), body, client)
        return await self.why(Why(area, found, asked), body, client)

    @replying
    async def show_all(self, body: Body, client: AsyncWebClient) -> Reply:
        """The button that leads back to all areas; its value is the day asked, if any."""
        return await self.reply(AllAreas(_day(_pressed(body))), body, client)

    @replying
    async def show_area(self, body: Body, client: AsyncWebClient) -> Reply:
        """A button or menu of areas; its value is the area and the day asked, if any."""
        area, _, on = _pressed(body).partition(" ")
        return await self.reply(OneArea(area, _day(on)), body, client)

    @replying
    async def show_help(self, body: Body, client: AsyncWebClient) -> Reply:
        """The button `Help`."""
        return await self.reply(Help(), body, client)

    @replying
    async def show_sample(self, body: Body, client: AsyncWebClient) -> Reply:
        """The button or menu of the sample; its value is an area, or none of them for all."""
        area = _pressed(body)
        return await self.reply(Sample(area if area in self.services.rulebook.areas else None), body, client)


def _pressed(body: Body) -> str:
    action = body["actions"][0]
    chosen = action.get("selected_option") or {}
    return str(action.get("value") or chosen.get("value") or "")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None  # a button of help or of the empty state carries no day
