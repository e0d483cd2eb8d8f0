"""The HTTP side: what Slack signs is answered; all else is turned away with a 4xx and without a traceback."""

import logging
from collections.abc import AsyncIterator, Iterator
from urllib.parse import urlencode

import httpx
import pytest

from bot.web.asgi import LARGEST_BODY
from tests.bot.conftest import (
    FORM,
    SIGNING_SECRET,
    Seventy,
    signed,
)

EVENTS = "/slack/events"
COMMAND = {
    "command": "/score",
    "text": "help",
    "team_id": "T0PLAYGROUND",
    "user_id": "U0SAM",
    "channel_id": "C0PARTNER",
}
BODY = urlencode(COMMAND)


@pytest.fixture
async def web(seventy: Seventy) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=seventy.url) as client:
        yield client


async def test_a_signed_command_is_answered_in_the_response(web: httpx.AsyncClient) -> None:
    response = await web.post(EVENTS, content=BODY, headers=signed(BODY))
    assert response.status_code == 200
    assert response.json()["response_type"] == "ephemeral"
    assert response.json()["text"].startswith("What you can ask")


async def test_health_says_ok_without_a_signature(web: httpx.AsyncClient) -> None:
    response = await web.get("/health")
    assert (response.status_code, response.text) == (200, "ok")


BAD: dict[str, tuple[dict[str, str | bytes | None], bytes]] = {
    "no headers at all": ({"x-slack-request-timestamp": None, "x-slack-signature": None}, BODY.encode()),
    "no timestamp": ({"x-slack-request-timestamp": None}, BODY.encode()),
    "an empty timestamp": ({"x-slack-request-timestamp": ""}, BODY.encode()),
    "a timestamp in words": ({"x-slack-request-timestamp": "yesterday"}, BODY.encode()),
    "a negative timestamp": ({"x-slack-request-timestamp": "-1"}, BODY.encode()),
    "a timestamp with a fraction": ({"x-slack-request-timestamp": "1.5"}, BODY.encode()),
    "a timestamp in superscript": ({"x-slack-request-timestamp": b"\xb2"}, BODY.encode()),
    "no signature": ({"x-slack-signature": None}, BODY.encode()),
    "an empty signature": ({"x-slack-signature": ""}, BODY.encode()),
    "a wrong signature": ({"x-slack-signature": "v0=" + "0" * 64}, BODY.encode()),
    "a signature that is not ASCII": ({"x-slack-signature": "v0=é".encode()}, BODY.encode()),
    "a body that is not UTF-8": ({}, b"text=\xff\xfe\x80"),
    "a body of 2 MB": ({}, b"x" * 2_000_000),
    "an empty body": ({}, b""),
    "another body than the signed one": ({}, BODY.encode() + b"&text=security"),
    "no content type": ({"content-type": None}, BODY.encode()),
}


def encoded(value: str | bytes) -> bytes:
    return value if isinstance(value, bytes) else value.encode()


@pytest.mark.parametrize("name", BAD)
async def test_a_malformed_or_unsigned_request_is_turned_away(
    web: httpx.AsyncClient, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    changes, body = BAD[name]
    given: dict[str, str | bytes | None] = {**signed(BODY), **changes}
    headers = [(name.encode(), encoded(value)) for name, value in given.items() if value is not None]
    request = web.build_request("POST", EVENTS, content=body, headers=headers)
    response = await web.send(request)
    if name == "no content type":
        assert response.status_code < 500
    else:
        assert 400 <= response.status_code < 500
    assert "Traceback" not in response.text
    assert not [record for record in caplog.records if record.exc_info]


@pytest.mark.parametrize(("ago", "status"), [(0, 200), (290, 200), (310, 401), (-310, 401), (10**9, 401)])
async def test_a_signature_is_good_for_five_minutes(web: httpx.AsyncClient, ago: float, status: int) -> None:
    assert (await web.post(EVENTS, content=BODY, headers=signed(BODY, ago=ago))).status_code == status


async def test_a_signature_of_another_secret_is_refused_and_nothing_is_asked_of_slack(
    web: httpx.AsyncClient, seventy: Seventy
) -> None:
    response = await web.post(EVENTS, content=BODY, headers=signed(BODY, secret="another"))
    assert response.status_code == 401
    assert seventy.slack.received == []


async def test_a_body_of_2_mb_sent_in_pieces_is_refused_too(web: httpx.AsyncClient) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(20):
            yield b"x" * 100_000

    response = await web.post(EVENTS, content=pieces(), headers=signed(BODY))
    assert response.status_code == 400


async def test_the_largest_body_that_is_let_in_is_still_checked_for_its_signature(web: httpx.AsyncClient) -> None:
    body = "x" * LARGEST_BODY
    assert (await web.post(EVENTS, content=body, headers=signed(body, secret="another"))).status_code == 401


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", EVENTS, 405), ("PUT", EVENTS, 405), ("GET", "/", 404), ("POST", "/health", 405), ("GET", "/docs", 404)],
)
async def test_other_methods_and_paths_lead_nowhere(
    web: httpx.AsyncClient, method: str, path: str, status: int
) -> None:
    assert (await web.request(method, path)).status_code == status


async def test_an_unknown_command_is_refused_and_the_app_goes_on(web: httpx.AsyncClient) -> None:
    body = urlencode({**COMMAND, "command": "/other"})
    assert (await web.post(EVENTS, content=body, headers=signed(body))).status_code == 404
    assert (await web.post(EVENTS, content=BODY, headers=signed(BODY))).status_code == 200


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    logging.getLogger("slack_bolt").setLevel(logging.CRITICAL)
    yield
    logging.getLogger("slack_bolt").setLevel(logging.NOTSET)


MEANINGLESS = [("payload=nothing", FORM), ('{"type": "event_call', "application/json"), ("payload=%5B%5D", FORM)]


@pytest.mark.parametrize(("body", "kind"), MEANINGLESS)
@pytest.mark.parametrize("secret", [SIGNING_SECRET, "another"])
async def test_a_body_that_means_nothing_is_no_error_of_the_server(
    seventy: Seventy, body: str, kind: str, secret: str
) -> None:
    async with httpx.AsyncClient(base_url=seventy.url) as web:
        response = await web.post("/slack/events", content=body, headers=signed(body, kind=kind, secret=secret))
    assert 400 <= response.status_code < 500


@pytest.mark.parametrize("digits", [20, 400, 5000])
async def test_a_timestamp_of_very_many_digits_is_turned_away(seventy: Seventy, digits: int) -> None:
    headers = signed("text=help") | {"x-slack-request-timestamp": "1" * digits}
    async with httpx.AsyncClient(base_url=seventy.url) as web:
        response = await web.post("/slack/events", content="text=help", headers=headers)
    assert 400 <= response.status_code < 500
