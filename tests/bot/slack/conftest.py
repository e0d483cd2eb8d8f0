"""Ways in which the database and Slack fail, and how a failure is told."""

import asyncio
import logging
import re
from typing import Any

import pytest

from bot.slack.reader import LOCALE_WAIT
from tests.bot.conftest import TEAM, Seventy

REFERENCE = re.compile(r"E-[0-9A-F]{4}")
SENTENCE = {
    "ja": "こちらの不具合で失敗しました(あなたの操作は原因ではありません)。",
    "en": "Something failed on our side",
}


def reference_in(text: str, caplog: pytest.LogCaptureFixture) -> str:
    """The reference of a failure, which the log holds with its traceback and the answer without."""
    found = REFERENCE.search(text)
    assert found, text
    logged = [record for record in caplog.records if found[0] in record.getMessage()]
    assert len(logged) == 1 and logged[0].levelno == logging.ERROR and logged[0].exc_info
    assert "Traceback" not in text and "Error" not in text and "sqlite" not in text.casefold()
    return found[0]


async def break_database(seventy: Seventy) -> None:
    """Take the database away from under the running app; what it remembers is out of date from now on."""
    await seventy.services.worker.call(lambda store: store.set_language(TEAM, "U0NOBODY", "ja"))
    await seventy.services.worker.call(lambda store: store.close())


class Faults:
    """Stands between the app and Slack, and spoils what one method answers."""

    def __init__(self, kind: str, method: str = "users.info") -> None:
        self.kind = kind
        self.method = method
        self.asked = 0

    def __call__(self, asgi: Any) -> Any:
        async def spoiled(scope: Any, receive: Any, send: Any) -> None:
            if scope["type"] != "http" or not scope["path"].endswith(f"/{self.method}"):
                await asgi(scope, receive, send)
                return
            self.asked += 1
            await self.spoil(send)

        return spoiled

    async def spoil(self, send: Any) -> None:
        if self.kind == "slow":
            await asyncio.sleep(LOCALE_WAIT + 1)
        status = {"server error": 503, "rate limit": 429}.get(self.kind, 200)
        body = {"refused": b'{"ok": false, "error": "missing_scope"}', "no locale": b'{"ok": true, "user": {}}'}
        headers = [(b"content-type", b"text/html" if self.kind == "no json" else b"application/json")]
        if self.kind == "rate limit":
            headers.append((b"retry-after", b"30"))
        if self.kind == "cut off":
            headers.append((b"content-length", b"1000"))
        await send({"type": "http.response.start", "status": status, "headers": headers})
        if self.kind == "cut off":
            await send({"type": "http.response.body", "body": b'{"ok": ', "more_body": True})
            raise ConnectionAbortedError
        content = body.get(self.kind, b"<html>busy</html>" if self.kind == "no json" else b'{"ok": false}')
        await send({"type": "http.response.body", "body": content})
