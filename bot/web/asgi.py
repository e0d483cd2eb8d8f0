"""The HTTP side: Slack's requests, and a health check. Everything unsigned or malformed is turned away early."""

import json
from urllib.parse import parse_qs

from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import Message

LARGEST_BODY = 1_000_000  # bytes; Slack's largest payloads are a tenth of it
LONGEST_TIMESTAMP = 12  # digits of seconds since 1970


def build_asgi(app: AsyncApp) -> Starlette:
    """The web application around a Slack app: `POST /slack/events` and `GET /health`."""
    handler = AsyncSlackRequestHandler(app)

    async def slack_events(request: Request) -> Response:
        body = await _read(request)
        problem = "the body is too large" if body is None else malformed(request.headers, body)
        if body is None or problem:
            return PlainTextResponse(str(problem), status_code=400)
        return await handler.handle(_with_body(request, body))

    async def health(_: Request) -> Response:
        return PlainTextResponse("ok")

    return Starlette(
        routes=[
            Route("/slack/events", slack_events, methods=["POST"]),
            Route("/health", health, methods=["GET"]),
        ]
    )


async def _read(request: Request) -> bytes | None:
    """The body; None where it is larger than any of Slack's, so that nobody can fill the memory."""
    chunks: list[bytes] = []
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > LARGEST_BODY:
            return None
        chunks.append(chunk)
    return b"".join(chunks)


def _with_body(request: Request, body: bytes) -> Request:
    """The same request, whose body can be read again."""

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    return Request(request.scope, receive)


def malformed(headers: Headers, body: bytes) -> str | None:
    """What is wrong with a request that Slack would never send; Bolt answers some of these with an error of its own.

    The signature itself is checked by Bolt.
    """
    timestamp = headers.get("x-slack-request-timestamp", "")
    if not timestamp.isdecimal() or len(timestamp) > LONGEST_TIMESTAMP:
        return "the header x-slack-request-timestamp is missing or no time"
    if not headers.get("x-slack-signature", "").isascii():
        return "the header x-slack-signature is not ASCII"
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        return "the body is not UTF-8"
    return None if _has_meaning(text, headers.get("content-type", "")) else "the body means nothing"


def _has_meaning(body: str, content_type: str) -> bool:
    """Whether a JSON body, or the JSON in a form's `payload`, is an object. A command is a form without one."""
    if content_type.startswith("application/json"):
        text = body
    elif "payload=" in body:
        text = parse_qs(body).get("payload", [""])[0]
    else:
        return True
    try:
        return isinstance(json.loads(text), dict)
    except ValueError:
        return False
