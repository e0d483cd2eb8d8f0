"""Starts the app and keeps it running: token checked, database opened, then Socket Mode or HTTP."""

import asyncio
import logging

import uvicorn
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError

from bot.app import build_app
from bot.settings import Settings
from bot.slack.services import Services, open_services
from bot.store.errors import StoreError
from bot.web.asgi import build_asgi
from scoring import DataFileError

log = logging.getLogger(__name__)


class StartError(Exception):
    """The app cannot start. The text says what is wrong and what to do."""


async def run(settings: Settings) -> None:
    """Run until stopped.

    Raises: StartError when the token is refused, Slack cannot be reached, or data or database cannot be read.
    """
    try:
        services = await open_services(settings)
    except (StoreError, DataFileError) as error:
        raise StartError(str(error)) from error
    try:
        app = build_app(services)
        await _greet(app, services)
        await (_socket_mode(app, settings) if settings.uses_socket_mode else _http(app, settings))
    finally:
        await services.close()


async def _greet(app: AsyncApp, services: Services) -> None:
    """Check the token, and give what was imported on the command line to the workspace it belongs to."""
    team = await check_token(app)
    if await services.worker.call(lambda store: store.adopt_local(team)):
        log.info("the data imported on the command line now belongs to workspace %s", team)


async def check_token(app: AsyncApp) -> str:
    """The workspace of the bot token.

    Raises: StartError when Slack refuses it or cannot be reached.
    """
    try:
        answer = await app.client.auth_test()
    except SlackApiError as error:
        reason = error.response.get("error", "no reason given")
        raise StartError(
            f"Slack refuses SLACK_BOT_TOKEN ({reason}). Copy it anew from api.slack.com/apps > your app > "
            "OAuth & Permissions, or install the app again."
        ) from error
    except (OSError, TimeoutError) as error:
        raise StartError(
            f"Slack cannot be reached at {app.client.base_url} ({type(error).__name__}). Check the network, the proxy "
            "and SLACK_API_URL."
        ) from error
    log.info("connected to workspace %s as %s", answer.get("team"), answer.get("user"))
    return str(answer["team_id"])


async def _socket_mode(app: AsyncApp, settings: Settings) -> None:
    assert settings.slack_app_token is not None
    token = settings.slack_app_token.get_secret_value()
    try:  # the handler would try a refused token again and again, without a word
        await app.client.apps_connections_open(app_token=token)
    except SlackApiError as error:
        reason = error.response.get("error", "no reason given")
        raise StartError(
            f"Slack refuses SLACK_APP_TOKEN ({reason}). Make one with the scope connections:write under "
            "api.slack.com/apps > your app > Basic Information > App-Level Tokens."
        ) from error
    handler = AsyncSocketModeHandler(app, token)
    try:
        await handler.connect_async()  # type: ignore[no-untyped-call]
        log.info("listening in Socket Mode")
        await asyncio.Event().wait()
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call]


async def _http(app: AsyncApp, settings: Settings) -> None:
    config = uvicorn.Config(
        build_asgi(app),
        host=settings.seventy_host,
        port=settings.seventy_port,
        log_level=settings.seventy_log_level.lower(),
        access_log=False,
    )
    log.info("listening on http://%s:%s/slack/events", settings.seventy_host, settings.seventy_port)
    await uvicorn.Server(config).serve()
