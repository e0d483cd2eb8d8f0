"""Seventy as it runs, against the stand-in for Slack: real HTTP, a real database file, the day given."""

import asyncio
import os
import subprocess
import sys
import time as clock
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from slack_bolt.async_app import AsyncApp

from bot.app import build_app
from bot.playground.api_calls import ApiCall
from bot.playground.delivery import Answer, signature
from bot.playground.server import RunningServer, serve
from bot.playground.standin import SlackStandIn
from bot.playground.workspace import Message, View
from bot.sample import SAMPLE_DAY, sample_facts
from bot.settings import Settings
from bot.slack.reader import Readers
from bot.slack.score_answers import ScoreAnswers
from bot.slack.services import Services, open_worker
from bot.store.errors import StoreError
from bot.store.records import NewImport
from bot.web.asgi import build_asgi
from bot.wording.words import load_words
from scoring import Facts, Rulebook, load_rulebook

SIGNING_SECRET = "a-secret-for-tests"
BOT_TOKEN = "xoxb-for-tests"
HANAKO, SAM = "U0HANAKO", "U0SAM"  # she reads Japanese, he reads English
READERS = {"ja": HANAKO, "en": SAM}
APP_TOKEN = "xapp-for-tests"
FORM = "application/x-www-form-urlencoded"
CHANNEL = "C0PARTNER"
TEAM = "T0PLAYGROUND"
SHOWN = ("response_url", "views.open", "views.update")  # the calls that change what a person sees

Wrap = Callable[[Any], Any]


def noon(day: date) -> datetime:
    """Noon in Tokyo."""
    return datetime.combine(day, time(3), UTC)


@dataclass
class Calendar:
    """The app's clock, which a test can put to another day."""

    day: date = SAMPLE_DAY

    def __call__(self) -> datetime:
        """Tell the moment."""
        return noon(self.day)


@dataclass
class Seventy:
    """The app and the stand-in, with the acts of people that the tests share."""

    slack: SlackStandIn
    app: AsyncApp
    services: Services
    url: str
    calendar: Calendar
    answers: list[Answer] = field(default_factory=list)

    async def score(self, text: str = "", *, user: str = SAM) -> Message:
        """Type `/score` and give the message that appears."""
        answer = await self.slack.slash_command("/score", text, user=user)
        assert (answer.status, answer.failure) == (200, None), answer
        self.answers.append(answer)
        return self.last

    @property
    def last(self) -> Message:
        """The newest message of the channel."""
        return self.slack.messages[CHANNEL][-1]

    @property
    def shown(self) -> list[ApiCall]:
        """The calls so far that changed what a person sees."""
        return [call for call in self.slack.received if call.method in SHOWN]

    async def press(self, source: Message | View, action_id: str, *, user: str = SAM, value: str | None = None) -> Any:
        """Press a button and wait for what the app does then; gives the last call of the app."""
        before = len(self.shown)
        answer = await self.slack.click(source, action_id, user=user, value=value)
        assert answer.failure is None, answer
        return await self._answered(before)

    async def choose(self, source: Message | View, action_id: str, value: str | None, *, user: str = SAM) -> ApiCall:
        """Choose in a menu and wait for what the app does then."""
        before = len(self.shown)
        answer = await self.slack.choose(source, action_id, value, user=user)
        assert answer.failure is None, answer
        return await self._answered(before)

    async def _answered(self, before: int) -> ApiCall:
        await self.slack.until(lambda: len(self.shown) > before)
        call = self.shown[-1]
        assert call.reply["ok"], call
        return call

    async def form(self, text: str = "figures security", *, user: str = SAM) -> View:
        """Open the form by command."""
        before = len(self.shown)
        answer = await self.slack.slash_command("/score", text, user=user)
        assert (answer.status, answer.failure) == (200, None), answer
        await self._answered(before)
        return self.slack.views[user][-1]

    async def submit(self, view: View, values: dict[str, Any], *, user: str = SAM) -> Answer:
        """Fill in the form and save."""
        answer = await self.slack.submit_view(view.id, values, user=user)
        assert answer.failure is None, answer
        return answer

    async def know(self, facts: Facts, *, team: str = TEAM) -> None:
        """Put facts into the database as an import would."""
        new = NewImport(
            kind="figures",
            certifications=facts.certifications,
            figures=facts.figures,
            track_inputs=facts.track_inputs,
            membership=facts.membership,
            as_of=facts.people_as_of,
            made_by="test",
        )
        now = self.services.now()
        await self.services.worker.call(lambda store: store.add_import(team, new, now=now))

    async def know_sample(self) -> None:
        """Put the sample company into the database."""
        await self.know(shipped()[1])


def text_of(source: Message | View) -> str:
    """Everything that can be read in a message or view, block by block."""
    return "\n".join(said(source.blocks))


def said(content: Any) -> list[str]:
    """Every text among blocks."""
    if isinstance(content, list):
        return [text for one in content for text in said(one)]
    if not isinstance(content, dict):
        return []
    own = [content["text"]] if isinstance(content.get("text"), str) else []
    return own + [text for value in content.values() for text in said(value)]


def first_line(message: Message) -> str:
    """The first line of a card."""
    return said(message.blocks[:1])[0].strip("*").split("\n")[0]


@cache
def shipped() -> tuple[Rulebook, Facts]:
    """The rules as shipped and the sample; read once for all tests."""
    rulebook = load_rulebook()
    return rulebook, sample_facts(rulebook)


async def open_house(settings: Settings, calendar: Calendar) -> Services:
    """What `open_services` opens, without reading the rules anew in every test; test_running.py starts the rest."""
    rulebook, sample = shipped()
    words = load_words()
    worker = await open_worker(settings, rulebook)
    answers = ScoreAnswers(rulebook, words, sample, takes_files=settings.takes_files)
    readers = Readers(worker, settings.seventy_language)
    return Services(settings, rulebook, words, worker, answers, readers, calendar)


def without_lifespan(asgi: Any) -> Any:
    """The same application without start and end, so that nothing of it waits when a test is over."""

    async def plain(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            raise NotImplementedError
        await asgi(scope, receive, send)

    return plain


async def close_at_once(server: RunningServer) -> None:
    """Close a server without the tenth of a second that uvicorn leaves to connections: nobody is there any more."""
    closing = asyncio.create_task(server.aclose())
    await asyncio.sleep(0.002)
    closing.cancel()
    await asyncio.wait([closing])


@dataclass
class House:
    """Starts Seventy as often as a test wants, on one database file or several."""

    folder: Path
    stack: AsyncExitStack

    async def start(
        self,
        *,
        database: str = "seventy.db",
        calendar: Calendar | None = None,
        team_id: str = TEAM,
        slack_wrapped: Wrap = lambda asgi: asgi,
        **settings: Any,
    ) -> Seventy:
        """Start one app and one stand-in; `slack_wrapped` puts something between them."""
        calendar = calendar or Calendar()
        slack = SlackStandIn(signing_secret=SIGNING_SECRET, bot_token=BOT_TOKEN, team_id=team_id)
        slack_server = await serve(without_lifespan(slack_wrapped(slack.asgi)), port=0)
        slack.url = slack_server.url
        made = Settings(
            _env_file=None,
            slack_bot_token=SecretStr(BOT_TOKEN),
            slack_signing_secret=SecretStr(SIGNING_SECRET),
            slack_app_token=None,
            slack_api_url=slack.api_url,
            seventy_database=self.folder / database,
            **settings,
        )
        services = await open_house(made, calendar)
        app = build_app(services)
        app_server = await serve(without_lifespan(build_asgi(app)), port=0)
        slack.app_url = app_server.url
        seventy = Seventy(slack, app, services, app_server.url, calendar)

        async def stop() -> None:
            await slack.aclose()
            await asyncio.gather(*map(close_at_once, (app_server, slack_server)))
            with suppress(StoreError):  # a test may have closed the database before
                await services.close()

        self.stack.push_async_callback(stop)
        return seventy


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with AsyncExitStack() as stack:
        yield House(tmp_path, stack)


@pytest.fixture
async def seventy(house: House) -> Seventy:
    """Seventy in an empty workspace."""
    return await house.start()


@pytest.fixture
async def company(seventy: Seventy) -> Seventy:
    """Seventy in a workspace that has imported the sample company."""
    await seventy.know_sample()
    return seventy


def signed(body: str, *, ago: float = 0, secret: str = SIGNING_SECRET, kind: str = FORM) -> dict[str, str]:
    """The headers with which Slack would send a body."""
    timestamp = str(int(clock.time() - ago))
    return {
        "content-type": kind,
        "x-slack-request-timestamp": timestamp,
        "x-slack-signature": signature(secret, timestamp, body),
    }


def environment(values: dict[str, str]) -> dict[str, str]:
    """The environment of the process: nothing of Slack's or Seventy's but what is given."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SLACK_", "SEVENTY_"))}
    return kept | values


def start_and_end(folder: Path, values: dict[str, str], *, seconds: float = 20.0) -> tuple[int, str, float]:
    """Start `python -m bot` and wait until it ends: exit code, what it said, seconds."""
    began = clock.perf_counter()
    options: dict[str, Any] = {"cwd": folder, "env": environment(values), "timeout": seconds, "text": True}
    done = subprocess.run([sys.executable, "-m", "bot"], capture_output=True, check=False, **options)
    return done.returncode, done.stdout + done.stderr, clock.perf_counter() - began


def refused(folder: Path, values: dict[str, str], *, seconds: float = 20.0) -> str:
    """What `python -m bot` says when it does not start."""
    code, said, _ = start_and_end(folder, values, seconds=seconds)
    assert code == 2, said
    assert "Traceback" not in said
    last = said.strip().splitlines()[-1]
    assert last.startswith("Seventy cannot start: ")
    return last
