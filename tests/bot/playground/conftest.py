"""A tiny Bolt app for trying the stand-in, and both of them running: a card, a button, a select, a modal."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.playground.server import serve
from bot.playground.standin import SlackStandIn

SIGNING_SECRET = "a-secret-for-tests"
BOT_TOKEN = "xoxb-for-tests"
Body = dict[str, Any]


def plain(text: str) -> Body:
    """Make a plain text object."""
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Body:
    """Make a formatted text object."""
    return {"type": "mrkdwn", "text": text}


def button(action_id: str, label: str, **fields: Any) -> Body:
    """Make a button."""
    return {"type": "button", "action_id": action_id, "text": plain(label), **fields}


def option(value: str, label: str) -> Body:
    """Make an option of a select."""
    return {"text": plain(label), "value": value}


def score_card(locale: str) -> list[Body]:
    """Make a card with most of what a real one has."""
    ja = locale.startswith("ja")
    fields = [
        "*必要な点数*\n70 点" if ja else "*Needed*\n70 points",
        "*期限*\n2026-12-31" if ja else "*By*\n2026-12-31",
        "*トラック*\nエンタープライズ" if ja else "*Track*\nEnterprise",
        "*不足*\n12 点" if ja else "*Missing*\n12 points",
    ]
    rows = [
        ["指標" if ja else "Metric", "値" if ja else "Value", "点数" if ja else "Points"],
        ["正味の顧客追加数" if ja else "Net customer adds", "3", "15 / 20"],
        ["中級認定資格" if ja else "Intermediate certifications", "4", "13 / 20"],
        ["使用量の伸び" if ja else "Usage growth", "18 %", "30 / 40"],
    ]
    cells = [[{"type": "raw_text", "text": text} for text in row] for row in rows]
    areas = [option("security", "セキュリティ" if ja else "Security"), option("data_ai", "Data & AI")]
    return [
        {
            "type": "header",
            "text": plain("セキュリティ: 58 / 100 点" if ja else "Security: 58 of 100 points"),
        },
        {
            "type": "section",
            "text": mrkdwn("あと *12 点* で合格です。" if ja else "*12 points* to go until you qualify."),
            "accessory": {
                "type": "static_select",
                "action_id": "choose_area",
                "placeholder": plain("分野" if ja else "Solution area"),
                "options": areas,
            },
        },
        {"type": "section", "fields": [mrkdwn(text) for text in fields]},
        {"type": "table", "rows": cells, "column_settings": [{}, {"align": "right"}, {"align": "right"}]},
        {"type": "data_table", "rows": cells[:3], "caption": "内訳" if ja else "Details"},
        {
            "type": "rich_text",
            "elements": [
                {
                    "type": "rich_text_preformatted",
                    "elements": [{"type": "text", "text": "Performance  15 ███████▌··\nSkilling     13 ██████▌···"}],
                }
            ],
        },
        {"type": "divider"},
        {
            "type": "actions",
            "block_id": "next_steps",
            "elements": [
                button("update_figures", "数値を更新" if ja else "Update figures", style="primary"),
                button("show_plan", "計画を見る" if ja else "Show the plan", value="security"),
                {"type": "datepicker", "action_id": "choose_day", "initial_date": "2026-11-21"},
                {
                    "type": "overflow",
                    "action_id": "more",
                    "options": [option("csv", "CSV"), option("hide", "Hide")],
                },
            ],
        },
        {
            "type": "context",
            "elements": [mrkdwn("security@2025-01-22 · <https://example.com/rules|example.com>")],
        },
    ]


def figures_form(locale: str) -> Body:
    """Make a modal with most kinds of inputs."""
    ja = locale.startswith("ja")
    tracks = [option("enterprise", "エンタープライズ" if ja else "Enterprise"), option("smb", "SMB")]
    return {
        "type": "modal",
        "callback_id": "figures",
        "title": plain("数値を更新" if ja else "Update figures"),
        "submit": plain("保存" if ja else "Save"),
        "close": plain("キャンセル" if ja else "Cancel"),
        "blocks": [
            {
                "type": "section",
                "text": mrkdwn("*Partner Center* の数値を入力します。" if ja else "From *Partner Center*."),
            },
            _input(
                "customers",
                "顧客数" if ja else "Customers",
                {"type": "number_input", "is_decimal_allowed": False},
            ),
            _input(
                "note",
                "メモ" if ja else "Note",
                {"type": "plain_text_input", "multiline": True},
                optional=True,
            )
            | {"hint": plain("任意です。" if ja else "Who gave the figures, for instance.")},
            _input("day", "基準日" if ja else "As of", {"type": "datepicker", "initial_date": "2026-11-21"}),
            _input(
                "track",
                "トラック" if ja else "Track",
                {"type": "static_select", "options": tracks},
                optional=True,
            ),
            _input("kind", "種類" if ja else "Kind", {"type": "radio_buttons", "options": tracks}, optional=True),
            _input(
                "boxes",
                "対象" if ja else "Applies to",
                {"type": "checkboxes", "options": tracks},
                optional=True,
            ),
            {"type": "divider"},
            {
                "type": "context",
                "elements": [mrkdwn("いつでも変更できます。" if ja else "You can change this at any time.")],
            },
        ],
    }


def _input(name: str, label: str, element: Body, **fields: Any) -> Body:
    return {
        "type": "input",
        "block_id": name,
        "label": plain(label),
        "element": {"action_id": "value"} | element,
    } | fields


def build_app(api_url: str) -> Starlette:
    """Build the app against a Slack that answers at this address."""
    app = AsyncApp(
        client=AsyncWebClient(token=BOT_TOKEN, base_url=api_url),
        signing_secret=SIGNING_SECRET,
        process_before_response=True,
    )
    _listen(app)
    handler = AsyncSlackRequestHandler(app)

    async def handle(request: Request) -> Response:
        return await handler.handle(request)

    return Starlette(routes=[Route("/slack/events", handle, methods=["POST"])])


def _listen(app: AsyncApp) -> None:
    app.command("/score")(_show_card)
    app.command("/raw")(_reply_raw)
    app.action("update_figures")(_open_form)
    app.action("show_plan")(_show_plan)
    app.action("choose_area")(_note_choice)
    app.action("choose_day")(_note_choice)
    app.view("figures")(_take_figures)
    app.event("app_mention")(_answer_mention)
    app.event("app_home_opened")(_show_home)


async def _show_card(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
    who = await client.users_info(user=body["user_id"], include_locale=True)
    await ack(text="Security: 58", blocks=score_card(who["user"]["locale"]))


async def _reply_raw(ack: AsyncAck, command: Body) -> None:
    """Reply with whatever the test typed behind the command."""
    await ack(json.loads(command["text"]))


async def _open_form(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
    await ack()
    who = await client.users_info(user=body["user"]["id"], include_locale=True)
    await client.views_open(trigger_id=body["trigger_id"], view=figures_form(who["user"]["locale"]))


async def _show_plan(ack: AsyncAck, respond: AsyncRespond) -> None:
    await ack()
    await respond(text="Two more certifications.", replace_original=True)


async def _note_choice(ack: AsyncAck, respond: AsyncRespond, action: Body) -> None:
    await ack()
    option = action.get("selected_option") or {}
    await respond(text=f"chosen: {option.get('value') or action.get('selected_date')}")


async def _take_figures(ack: AsyncAck, view: Body, body: Body, client: AsyncWebClient) -> None:
    values = view["state"]["values"]
    customers = int(values["customers"]["value"]["value"])
    if customers > 1000:
        await ack(response_action="errors", errors={"customers": "At most 1000."})
    elif customers == 0:
        title = {
            "type": "modal",
            "title": plain("Really?"),
            "blocks": [{"type": "section", "text": plain("Zero?")}],
        }
        await ack(response_action="update", view=title)
    else:
        await ack()
        note = values["note"]["value"]["value"]
        await client.chat_postMessage(channel=body["user"]["id"], text=f"Saved: {customers} ({note})")


async def _answer_mention(event: Body, client: AsyncWebClient) -> None:
    await client.chat_postMessage(channel=event["channel"], thread_ts=event["ts"], text="Yes?")


async def _show_home(event: Body, client: AsyncWebClient) -> None:
    blocks = [{"type": "section", "text": mrkdwn("*Home*")}]
    await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks})


class Clock:
    """The time of day, which a test can put forward."""

    def __init__(self) -> None:
        self.ahead = 0.0

    def __call__(self) -> float:
        """Tell the time."""
        return time.time() + self.ahead


@pytest.fixture
def clock() -> Clock:
    """The stand-in's clock."""
    return Clock()


@pytest.fixture
def put_forward(clock: Clock) -> Callable[[float], None]:
    """Put the stand-in's clock forward by some seconds; the app's clock stays."""

    def put(seconds: float) -> None:
        clock.ahead += seconds

    return put


@pytest.fixture
async def slack(clock: Clock) -> AsyncIterator[SlackStandIn]:
    """A stand-in that is served, with the tiny app running against it."""
    stand_in = SlackStandIn(signing_secret=SIGNING_SECRET, bot_token=BOT_TOKEN, now=clock)
    slack_server = await serve(stand_in.asgi, port=0)
    stand_in.url = slack_server.url
    app_server = await serve(build_app(stand_in.api_url), port=0)
    stand_in.app_url = app_server.url
    yield stand_in
    await stand_in.aclose()
    await asyncio.gather(app_server.aclose(), slack_server.aclose())


@pytest.fixture
def client(slack: SlackStandIn) -> AsyncWebClient:
    """The SDK's own client, calling the stand-in."""
    return AsyncWebClient(token=BOT_TOKEN, base_url=slack.api_url)
