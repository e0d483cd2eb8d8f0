"""What a person sees when something failed on our side: a sentence and a reference, never a traceback."""

import logging
import secrets
from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.async_app import AsyncApp, AsyncRespond
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack import blocks
from bot.slack.blocks import Reply
from bot.slack.notices import notice
from bot.slack.services import Services
from bot.wording.words import Language

Body = dict[str, Any]
Listener = Callable[..., Awaitable[None]]

log = logging.getLogger(__name__)


def register(app: AsyncApp, services: Services) -> None:
    """The one handler of errors: logs under a reference and tells the person that reference."""

    @app.error
    async def handle_error(error: Exception, body: Body, client: AsyncWebClient) -> BoltResponse | None:
        language, text = await _told(services, client, body, error)
        if "command" in body:
            return BoltResponse(status=200, body=notice(services.words, language, text).body())
        if body.get("type") == "view_submission":
            view = _failure_view(services, language, text, body)
            return BoltResponse(status=200, body={"response_action": "update", "view": view})
        return None


def replying(listener: Callable[..., Awaitable[Reply | None]]) -> Listener:
    """A lazy listener whose reply takes the place of the card that was pressed, so that the channel stays short.

    When it fails, the person is told: Bolt's own handler does not hear of lazy listeners.
    """
    return _replying(listener, in_place=True)


def replying_anew(listener: Callable[..., Awaitable[Reply | None]]) -> Listener:
    """A lazy listener that answers a command: there is no card whose place to take; else as `replying`."""
    return _replying(listener, in_place=False)


def _replying(listener: Callable[..., Awaitable[Reply | None]], *, in_place: bool) -> Listener:
    async def wrapped(self: Any, body: Body, client: AsyncWebClient, respond: AsyncRespond) -> None:
        try:
            reply = await listener(self, body, client)
        except Exception as error:  # noqa: BLE001 - the last place where a failure can still be told
            services: Services = self.services
            language, text = await _told(services, client, body, error)
            if body.get("view"):
                view = _failure_view(services, language, text, body)
                await client.views_update(view_id=body["view"]["id"], view=view)
                return
            told = notice(services.words, language, text)
            await respond(text=told.text, blocks=told.blocks, replace_original=False, response_type="ephemeral")
            return
        if reply is not None:
            await respond(text=reply.text, blocks=reply.blocks, replace_original=in_place, response_type="ephemeral")

    # Not functools.wraps: Bolt looks through it, and would not give this function what only it asks for.
    wrapped.__name__, wrapped.__doc__ = listener.__name__, listener.__doc__
    return wrapped


async def _told(services: Services, client: AsyncWebClient, body: Body, error: Exception) -> tuple[Language, str]:
    """Log the failure under a short name, and say that name in the person's language."""
    reference = f"E-{secrets.token_hex(2).upper()}"
    log.error("%s: a listener failed", reference, exc_info=error)
    language = await services.readers.language(client, body, services.now())
    return language, services.words.say("error.program", language, reference=reference)


def _failure_view(services: Services, language: Language, text: str, body: Body) -> Body:
    return {
        "type": "modal",
        "title": body["view"]["title"],
        "close": blocks.plain(services.words.say("form.close", language)),
        "blocks": [blocks.section(text)],
    }
