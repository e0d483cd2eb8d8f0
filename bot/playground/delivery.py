"""Answers what the app replied to one signed request, sent as Slack sends it."""

import hashlib
import hmac
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import aiohttp

ACK_SECONDS = 3.0


@dataclass(frozen=True)
class Answer:
    """The app's reply; status 0: none came, or too late. `refused` is why Slack would not show it."""

    status: int
    body: str
    seconds: float
    request: Mapping[str, Any]
    refused: tuple[str, ...] = ()

    @property
    def json(self) -> dict[str, Any]:
        """The reply's body as an object; empty when the body is empty or plain text."""
        try:
            content = json.loads(self.body or "{}")
        except ValueError:
            return {}
        return content if isinstance(content, dict) else {}

    @property
    def is_ok(self) -> bool:
        """Whether the app accepted the request in time."""
        return self.status == 200

    @property
    def failure(self) -> str | None:
        """Slack's word for what went wrong, if anything did."""
        if self.is_ok:
            return "invalid_blocks" if self.refused else None
        return "dispatch_failed" if self.status or self.body else "operation_timeout"


def signature(secret: str, timestamp: str, body: str) -> str:
    """Sign a request body by Slack's v0 scheme.

    Source: https://docs.slack.dev/authentication/verifying-requests-from-slack
    """
    signed = hmac.new(secret.encode(), f"v0:{timestamp}:{body}".encode(), hashlib.sha256)
    return f"v0={signed.hexdigest()}"


class Delivery:
    """Sends signed requests to the app's request URL."""

    def __init__(self, signing_secret: str, now: Callable[[], float]) -> None:
        self.app_url: str | None = None
        self._secret = signing_secret
        self._now = now
        self._session: aiohttp.ClientSession | None = None

    async def send_form(self, fields: Mapping[str, str], request: Mapping[str, Any]) -> Answer:
        """Send a slash command or an interaction; `request` is kept in the answer for whoever inspects it."""
        return await self._send(urlencode(fields), "application/x-www-form-urlencoded", request, {})

    async def send_json(self, request: Mapping[str, Any], headers: Mapping[str, str]) -> Answer:
        """Send an event."""
        return await self._send(json.dumps(request), "application/json", request, headers)

    async def aclose(self) -> None:
        """Close the connections to the app."""
        if self._session:
            await self._session.close()
            self._session = None

    async def _send(
        self, body: str, content_type: str, request: Mapping[str, Any], headers: Mapping[str, str]
    ) -> Answer:
        if self.app_url is None:
            raise RuntimeError("The stand-in does not know the app: set app_url, for instance http://127.0.0.1:3000.")
        timestamp = str(int(self._now()))
        signed = {
            "Content-Type": content_type,
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": signature(self._secret, timestamp, body),
            **headers,
        }
        return await self._post(f"{self.app_url.rstrip('/')}/slack/events", body, signed, request)

    async def _post(self, url: str, body: str, headers: Mapping[str, str], request: Mapping[str, Any]) -> Answer:
        started = time.perf_counter()
        limit = aiohttp.ClientTimeout(total=ACK_SECONDS)
        try:
            async with self._opened().post(url, data=body.encode(), headers=headers, timeout=limit) as response:
                text = await response.text()
                return Answer(response.status, text, time.perf_counter() - started, request)
        except TimeoutError:
            return Answer(0, "", time.perf_counter() - started, request)
        except aiohttp.ClientConnectionError as error:
            return Answer(0, str(error), time.perf_counter() - started, request)

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession()
        return self._session
