"""What `/score security` costs over HTTP, in process: against a Bolt command that does nothing.

Both take the same way: a signed request into the ASGI application, Bolt's middleware, the reply in the HTTP response.
Three kinds of asking: again (nothing changed since the last time), another day each time (every answer is computed),
and all six areas computed.
"""

import asyncio
import hashlib
import hmac
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode

from pydantic import SecretStr
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette

from bot.app import build_app
from bot.playground.__main__ import fill_with_sample
from bot.playground.server import serve
from bot.playground.standin import SlackStandIn
from bot.sample import SAMPLE_DAY
from bot.settings import Settings
from bot.slack.services import open_services
from bot.web.asgi import build_asgi

SECRET, TOKEN = "benchmark-secret", "xoxb-benchmark"
REQUESTS, ROUNDS, QUICK_ROUNDS = 400, 15, 5
LIMIT = 1.5

Text = Callable[[int], str]


def _signed(text: str, team: str) -> tuple[bytes, list[tuple[bytes, bytes]]]:
    body = urlencode(
        {
            "token": "unused",
            "team_id": team,
            "channel_id": "C0PARTNER",
            "user_id": "U0HANAKO",
            "command": "/score",
            "text": text,
            "response_url": "http://127.0.0.1/unused",
            "trigger_id": "1.2.3",
        }
    ).encode()
    now = str(int(time.time()))
    digest = hmac.new(SECRET.encode(), f"v0:{now}:".encode() + body, hashlib.sha256).hexdigest()
    headers = [
        (b"content-type", b"application/x-www-form-urlencoded"),
        (b"content-length", str(len(body)).encode()),
        (b"x-slack-request-timestamp", now.encode()),
        (b"x-slack-signature", f"v0={digest}".encode()),
    ]
    return body, headers


async def _post(asgi: Starlette, body: bytes, headers: list[tuple[bytes, bytes]]) -> int:
    status = 0

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: object) -> None:
        nonlocal status
        assert isinstance(message, dict)
        if message["type"] == "http.response.start":
            status = message["status"]

    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": "/slack/events",
        "raw_path": b"/slack/events",
        "query_string": b"",
        "root_path": "",
        "headers": headers,
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 2),
    }
    await asgi(scope, receive, send)
    return status


async def _cpu(asgi: Starlette, team: str, text: Text, first: int) -> float:
    """CPU seconds of one request, mean of a round."""
    requests = [_signed(text(first + index), team) for index in range(REQUESTS)]
    before = time.process_time()
    for body, headers in requests:
        assert await _post(asgi, body, headers) == 200
    return (time.process_time() - before) / REQUESTS


def _does_nothing(api_url: str) -> Starlette:
    client = AsyncWebClient(token=TOKEN, base_url=api_url, retry_handlers=[])
    app = AsyncApp(client=client, signing_secret=SECRET, process_before_response=True)

    @app.command("/score")
    async def nothing(ack: AsyncAck) -> None:
        await ack()

    return build_asgi(app)


def _another_day(round_first: int) -> str:
    return f"security on {SAMPLE_DAY + timedelta(days=round_first % 3650)}"


def _all_another_day(round_first: int) -> str:
    return f"on {SAMPLE_DAY + timedelta(days=round_first % 3650)}"


async def run(rounds: int) -> bool:
    """Print the ratios; whether the asking-again ratio is within its limit."""
    slack = SlackStandIn(signing_secret=SECRET, bot_token=TOKEN)
    server = await serve(slack.asgi, port=0)
    slack.url = server.url
    noon = datetime.combine(date(2026, 11, 20), datetime.min.time(), UTC)
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(
            slack_bot_token=SecretStr(TOKEN),
            slack_signing_secret=SecretStr(SECRET),
            slack_api_url=slack.api_url,
            seventy_database=Path(folder) / "benchmark.db",
        )
        services = await open_services(settings, now=lambda: noon)
        team = slack.workspace.team_id
        await fill_with_sample(services, team)
        real, floor = build_asgi(build_app(services)), _does_nothing(slack.api_url)
        kinds: dict[str, tuple[Starlette, Text]] = {
            "a Bolt command that does nothing": (floor, lambda _: "security"),
            "/score security, asked again": (real, lambda _: "security"),
            "/score security, another day each time": (real, _another_day),
            "/score, all six areas, another day each time": (real, _all_another_day),
        }
        seconds: dict[str, list[float]] = {name: [] for name in kinds}
        for index in range(rounds + 1):
            for name, (asgi, text) in kinds.items():
                found = await _cpu(asgi, team, text, index * REQUESTS)
                if index:  # the first round warms up
                    seconds[name].append(found)
        await services.close()
    await slack.aclose()
    await server.aclose()
    return _report(seconds)


def _report(seconds: dict[str, list[float]]) -> bool:
    names = list(seconds)
    base = seconds[names[0]]
    print(f"{'CPU of one request':<48}{'median us':>10}{'ratio':>8}{'min':>7}{'max':>7}")
    within = True
    for name in names:
        ratios = [mine / floor for mine, floor in zip(seconds[name], base, strict=True)]
        middle = statistics.median(ratios)
        row = f"{statistics.median(seconds[name]) * 1e6:>10.0f}{middle:>8.2f}{min(ratios):>7.2f}{max(ratios):>7.2f}"
        print(f"{name:<48}{row}")
        if name == names[1]:
            within = middle <= LIMIT
    print(f"asked again: at most {LIMIT} times the floor: {'yes' if within else 'NO'}")
    return within


def main(*, quick: bool = False) -> bool:
    """Run the benchmark."""
    return asyncio.run(run(QUICK_ROUNDS if quick else ROUNDS))
