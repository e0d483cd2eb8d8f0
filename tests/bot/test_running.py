"""`python -m bot` as a process of its own: what stops it says so in a sentence; else it answers, both ways."""

import asyncio
import contextlib
import json
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from aiohttp import WSMsgType, web

from bot.playground.server import serve
from bot.playground.standin import SlackStandIn
from bot.sample import SAMPLE_DAY
from bot.store.connection import sqlite3
from bot.store.records import NewImport
from bot.store.sqlite import SqliteStore
from bot.store.store import LOCAL
from tests.bot.conftest import (
    APP_TOKEN,
    BOT_TOKEN,
    HANAKO,
    SAM,
    SIGNING_SECRET,
    TEAM,
    House,
    environment,
    first_line,
    noon,
    refused,
    shipped,
    start_and_end,
)
from tests.bot.slack.conftest import Faults

HTTP = {"SLACK_BOT_TOKEN": BOT_TOKEN, "SLACK_SIGNING_SECRET": SIGNING_SECRET}


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, "SLACK_BOT_TOKEN is not set."),
        ({"SLACK_BOT_TOKEN": "xoxp-1", "SLACK_SIGNING_SECRET": "s"}, "SLACK_BOT_TOKEN starts with 'xoxp-'"),
        ({"SLACK_BOT_TOKEN": BOT_TOKEN}, "SLACK_SIGNING_SECRET is not set."),
        ({"SLACK_BOT_TOKEN": BOT_TOKEN, "SLACK_APP_TOKEN": BOT_TOKEN}, "SLACK_APP_TOKEN starts with 'xoxb-'"),
        (HTTP | {"SEVENTY_TIME_ZONE": "Asia/Tokio"}, "SEVENTY_TIME_ZONE is 'Asia/Tokio'"),
    ],
)
def test_a_wrong_setting_ends_it_with_a_sentence_that_names_the_setting(
    tmp_path: Path, values: dict[str, str], said: str
) -> None:
    assert said in refused(tmp_path, values)
    assert list(tmp_path.iterdir()) == []  # no database was made


def test_a_wrong_setting_is_told_within_a_second(tmp_path: Path) -> None:
    assert min(start_and_end(tmp_path, {})[2] for _ in range(3)) < 1.0


def test_a_database_that_is_none_is_told(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("These are notes, not a database. " * 50, "utf-8")
    said = refused(tmp_path, HTTP | {"SEVENTY_DATABASE": str(path)})
    assert f"{path}: is not a SQLite database" in said
    assert path.read_text("utf-8").startswith("These are notes")


def test_a_database_of_a_newer_version_is_told_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "newer.db"
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE _sqlite_migrations (migration_set TEXT, name TEXT, applied_at TEXT)")
        db.execute("INSERT INTO _sqlite_migrations VALUES ('seventy', 'm999_future', '2030-01-01')")
    db.close()
    assert "was made by a newer Seventy" in refused(tmp_path, HTTP | {"SEVENTY_DATABASE": str(path)})


def test_a_folder_that_is_missing_is_told(tmp_path: Path) -> None:
    said = refused(tmp_path, HTTP | {"SEVENTY_DATABASE": str(tmp_path / "gone" / "seventy.db")})
    assert "does not exist; make it, or set another path" in said


def test_slack_that_cannot_be_reached_is_told(tmp_path: Path) -> None:
    address = f"http://127.0.0.1:{free_port()}/api/"
    said = refused(tmp_path, HTTP | {"SLACK_API_URL": address})
    assert f"Slack cannot be reached at {address}" in said
    assert "Check the network, the proxy and SLACK_API_URL." in said


@pytest.fixture
async def slack() -> AsyncIterator[SlackStandIn]:
    stand_in = SlackStandIn(signing_secret=SIGNING_SECRET, bot_token=BOT_TOKEN)
    server = await serve(stand_in.asgi, port=0)
    stand_in.url = server.url
    yield stand_in
    await stand_in.aclose()
    await server.aclose()


async def test_a_token_that_slack_refuses_is_told(slack: SlackStandIn, tmp_path: Path) -> None:
    values = HTTP | {"SLACK_BOT_TOKEN": "xoxb-revoked", "SLACK_API_URL": slack.api_url}
    said = await asyncio.to_thread(refused, tmp_path, values)
    assert "Slack refuses SLACK_BOT_TOKEN (invalid_auth)." in said
    assert "revoked" not in said.replace("(invalid_auth)", "")


@asynccontextmanager
async def running(folder: Path, values: dict[str, str]) -> AsyncIterator[asyncio.subprocess.Process]:
    """`python -m bot` until the test is over; it must end without a traceback."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bot"),
        cwd=folder,
        env=environment(values),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGINT)
        async with asyncio.timeout(10):
            said, _ = await process.communicate()
        assert b"Traceback" not in said, said.decode()


async def until_healthy(url: str | None, *, seconds: float = 10.0) -> None:
    """Wait until `GET /health` is answered."""
    async with asyncio.timeout(seconds), httpx.AsyncClient() as client:
        for _ in range(int(seconds / 0.05)):
            with contextlib.suppress(httpx.TransportError):
                assert (await client.get(f"{url}/health")).text == "ok"
                return
            await asyncio.sleep(0.05)


async def test_over_http_it_answers_a_signed_command(slack: SlackStandIn, tmp_path: Path) -> None:
    port = free_port()
    slack.app_url = f"http://127.0.0.1:{port}"
    async with running(tmp_path, HTTP | {"SLACK_API_URL": slack.api_url, "SEVENTY_PORT": str(port)}) as process:
        await until_healthy(slack.app_url)
        answer = await slack.slash_command("/score", user=HANAKO)
        assert (answer.status, answer.failure) == (200, None)
        assert first_line(slack.messages["C0PARTNER"][-1]) == "まだデータがありません"
        assert process.returncode is None
    assert process.returncode == 0
    assert (tmp_path / "seventy.db").exists()
    assert (tmp_path / "seventy.db").stat().st_mode & 0o077 == 0


async def test_what_was_imported_on_the_command_line_belongs_to_the_workspace_at_the_start(
    slack: SlackStandIn, tmp_path: Path
) -> None:
    store = SqliteStore(tmp_path / "seventy.db")
    sample = shipped()[1]
    new = NewImport(kind="figures", figures=sample.figures, certifications=sample.certifications, made_by="cli")
    store.add_import(LOCAL, new, now=noon(SAMPLE_DAY))
    store.close()
    port = free_port()
    slack.app_url = f"http://127.0.0.1:{port}"
    async with running(tmp_path, HTTP | {"SLACK_API_URL": slack.api_url, "SEVENTY_PORT": str(port)}):
        await until_healthy(slack.app_url)
        await slack.slash_command("/score", "security", user=SAM)
        assert first_line(slack.messages["C0PARTNER"][-1]).startswith("Security: ")


class FakeSocketMode:
    """Slack's side of Socket Mode: apps.connections.open, and a WebSocket that delivers envelopes."""

    def __init__(self, slack: SlackStandIn) -> None:
        self.slack = slack
        self.opened: list[str] = []
        self.answers: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.connected = asyncio.Event()
        self.url = ""
        self._socket: web.WebSocketResponse | None = None

    @asynccontextmanager
    async def served(self) -> AsyncIterator["FakeSocketMode"]:
        """Listen on a free port."""
        app = web.Application()
        app.router.add_post("/api/apps.connections.open", self.open)
        app.router.add_get("/link", self.link)
        app.router.add_route("*", "/api/{method}", self.pass_on)
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        try:
            yield self
        finally:
            await runner.cleanup()

    async def open(self, request: web.Request) -> web.Response:
        """Give the address of the WebSocket, once per connection."""
        self.opened.append(request.headers.get("Authorization", ""))
        return web.json_response({"ok": True, "url": self.url.replace("http", "ws") + "/link"})

    async def link(self, request: web.Request) -> web.WebSocketResponse:
        """Keep one connection, and take what the app sends."""
        self._socket = web.WebSocketResponse()
        await self._socket.prepare(request)
        await self._socket.send_json({"type": "hello", "num_connections": 1, "connection_info": {"app_id": "A0"}})
        self.connected.set()
        async for message in self._socket:
            if message.type == WSMsgType.TEXT and message.data.startswith("{"):
                await self.answers.put(json.loads(message.data))
        return self._socket

    async def pass_on(self, request: web.Request) -> web.Response:
        """Let the stand-in answer all other methods."""
        async with httpx.AsyncClient() as client:
            response = await client.post(
                f"{self.slack.api_url}{request.match_info['method']}",
                content=await request.read(),
                headers={name: request.headers[name] for name in ("Authorization", "Content-Type")},
            )
        return web.json_response(response.json())

    async def command(self, text: str, *, user: str, envelope: str) -> dict[str, Any]:
        """Deliver a slash command and give the app's acknowledgement."""
        payload = {
            "command": "/score",
            "text": text,
            "team_id": TEAM,
            "user_id": user,
            "channel_id": "C0PARTNER",
            "response_url": f"{self.slack.url}/response/none",
            "trigger_id": "1.2.3",
        }
        assert self._socket is not None
        await self._socket.send_json(
            {"envelope_id": envelope, "type": "slash_commands", "accepts_response_payload": True, "payload": payload}
        )
        return await asyncio.wait_for(self.answers.get(), 3)


async def test_in_socket_mode_the_answer_travels_in_the_acknowledgement(slack: SlackStandIn, tmp_path: Path) -> None:
    async with FakeSocketMode(slack).served() as fake:
        values = {"SLACK_BOT_TOKEN": BOT_TOKEN, "SLACK_APP_TOKEN": APP_TOKEN, "SLACK_API_URL": f"{fake.url}/api/"}
        async with running(tmp_path, values) as process:
            await asyncio.wait_for(fake.connected.wait(), 10)
            assert set(fake.opened) == {f"Bearer {APP_TOKEN}"}
            answer = await fake.command("help", user=HANAKO, envelope="E-1")
            assert answer["envelope_id"] == "E-1"
            assert answer["payload"]["response_type"] == "ephemeral"
            assert answer["payload"]["text"].startswith("使い方")
            answer = await fake.command("lang en", user=HANAKO, envelope="E-2")
            assert (answer["envelope_id"], answer["payload"]["text"]) == ("E-2", "Answers are now in English.")
        assert process.returncode == 0


async def test_an_app_token_that_slack_refuses_is_told(house: House) -> None:
    """It tries again for ever, without a word to whoever started it but the log."""
    slack = (await house.start(slack_wrapped=Faults("refused", "apps.connections.open"))).slack
    values = {"SLACK_BOT_TOKEN": BOT_TOKEN, "SLACK_APP_TOKEN": APP_TOKEN, "SLACK_API_URL": slack.api_url}
    said_there = await asyncio.to_thread(refused, house.folder, values, seconds=4.0)
    assert "Slack refuses SLACK_APP_TOKEN (missing_scope)." in said_there
    assert "connections:write" in said_there
