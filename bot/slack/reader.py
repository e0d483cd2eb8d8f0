"""Who reads an answer, and in which language: the person's own choice, else Slack's locale, else the default."""

import asyncio
import logging
from datetime import datetime, timedelta
from typing import Any

import aiohttp
from slack_sdk.errors import SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from bot.store.errors import StoreError
from bot.store.worker import StoreWorker
from bot.wording.words import LANGUAGES, Language

LOCALE_WAIT = 1.0  # seconds; an answer in the default language beats one that comes too late
KEPT = timedelta(hours=12)
PEOPLE_IN_MEMORY = 10_000

log = logging.getLogger(__name__)


def team_of(body: dict[str, Any]) -> str:
    """The workspace of a request."""
    team = body.get("team_id") or (body.get("team") or {}).get("id") or (body.get("user") or {}).get("team_id")
    return str(team)


def user_of(body: dict[str, Any]) -> str:
    """The person who asked."""
    return str(body.get("user_id") or (body.get("user") or {}).get("id"))


class Readers:
    """Knows in which language each person reads, and remembers it for a while."""

    def __init__(self, worker: StoreWorker, default: Language) -> None:
        self._worker = worker
        self._default = default
        self._known: dict[tuple[str, str], tuple[datetime, Language]] = {}

    async def language(self, client: AsyncWebClient, body: dict[str, Any], now: datetime) -> Language:
        """The language of the person of a request. A failing Slack or database gives the default, never an error."""
        team, user = team_of(body), user_of(body)
        known = self._known.get((team, user))
        if known is not None and known[0] > now:
            return known[1]
        language = await self._chosen(team, user) or await self._slack_language(client, user)
        if language is None:
            return self._default
        if len(self._known) >= PEOPLE_IN_MEMORY:
            self._known.clear()
        self._known[team, user] = (now + KEPT, language)
        return language

    async def choose(self, body: dict[str, Any], language: str | None) -> None:
        """Remember the person's own choice; None follows Slack again."""
        team, user = team_of(body), user_of(body)
        await self._worker.call(lambda store: store.set_language(team, user, language))
        self._known.pop((team, user), None)

    async def _chosen(self, team: str, user: str) -> Language | None:
        try:
            chosen = await self._worker.call(lambda store: store.language(team, user))
        except StoreError as error:
            log.warning("the language of a person could not be read: %s", error)
            return None
        return next((language for language in LANGUAGES if language == chosen), None)

    async def _slack_language(self, client: AsyncWebClient, user: str) -> Language | None:
        try:
            async with asyncio.timeout(LOCALE_WAIT):
                answer = await client.users_info(user=user, include_locale=True)
        except (SlackClientError, aiohttp.ClientError, OSError, TimeoutError, ValueError) as error:
            log.warning("the locale of a person could not be read: %s", type(error).__name__)
            return None
        locale = str((answer.get("user") or {}).get("locale") or "")
        if not locale:
            return None
        return "ja" if locale.lower().startswith("ja") else "en"
