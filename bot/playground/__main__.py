"""`make try`: the real app on sample data, with a page in the browser in Slack's place."""

import asyncio
import secrets
import sys
import tempfile
from datetime import UTC, datetime, time
from pathlib import Path

from pydantic import SecretStr

from bot.app import build_app
from bot.playground.server import PortTakenError, RunningServer, serve
from bot.playground.standin import SlackStandIn
from bot.sample import SAMPLE_DAY, sample_facts
from bot.settings import Settings
from bot.slack.services import Services, open_services
from bot.store.records import NewImport
from bot.web.asgi import build_asgi

FIRST_PORT = 8070
NOON = datetime.combine(SAMPLE_DAY, time(3), UTC)  # noon in Tokyo on the sample's day


async def fill_with_sample(services: Services, team: str) -> None:
    """Put the sample company into the database, as an import would."""
    facts = sample_facts(services.rulebook)
    new = NewImport(
        kind="figures",
        files=(),
        certifications=facts.certifications,
        figures=facts.figures,
        track_inputs=facts.track_inputs,
        membership=facts.membership,
        as_of=facts.people_as_of,
        made_by="playground",
    )
    now = services.now()
    await services.worker.call(lambda store: store.add_import(team, new, now=now))


async def run() -> None:
    """Start the stand-in and the app, print the address, and stay until Ctrl-C."""
    secret, token = secrets.token_hex(16), f"xoxb-{secrets.token_hex(8)}"
    slack = SlackStandIn(signing_secret=secret, bot_token=token)
    page = await _serve_page(slack)
    slack.url = page.url
    with tempfile.TemporaryDirectory(prefix="seventy-") as folder:
        settings = Settings(
            slack_bot_token=SecretStr(token),
            slack_signing_secret=SecretStr(secret),
            slack_app_token=None,
            slack_api_url=slack.api_url,
            seventy_database=Path(folder) / "playground.db",
            seventy_file_intake="on",
            seventy_importers=",".join(slack.workspace.people),
        )
        services = await open_services(settings, now=lambda: NOON)
        await fill_with_sample(services, slack.workspace.team_id)
        app = await serve(build_asgi(build_app(services)), port=0)
        slack.app_url = app.url
        _say(page)
        try:
            await page.until_closed()
        finally:
            await slack.aclose()
            await asyncio.gather(app.aclose(), page.aclose())
            await services.close()


async def _serve_page(slack: SlackStandIn) -> RunningServer:
    for port in (*range(FIRST_PORT, FIRST_PORT + 10), 0):
        try:
            return await serve(slack.asgi, port=port)
        except PortTakenError:
            continue
    raise AssertionError("port 0 is never taken")


def _say(page: RunningServer) -> None:
    lines = (
        "",
        f"  Seventy is running on sample data:  {page.url}",
        "",
        f"  Open it in a browser and type  /score  or  /score security . In there it is {SAMPLE_DAY}.",
        "  The company is invented; nothing leaves this machine. Stop with Ctrl-C.",
        "",
    )
    print("\n".join(lines), flush=True)  # noqa: T201 - this is what the person came for


if __name__ == "__main__":
    try:
        asyncio.run(run())
    except KeyboardInterrupt:
        sys.exit(0)
