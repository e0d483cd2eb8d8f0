"""Answers what the app asked for in one request to Slack's Web API."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request

Arguments = Mapping[str, Any]
Reply = dict[str, Any]

# Form-encoded calls carry these as JSON text.
_JSON_ARGUMENTS = ("blocks", "attachments", "view", "metadata")


@dataclass(frozen=True)
class ApiCall:
    """One call the app made, and the answer it got; the method is `response_url` for posts to such a URL."""

    method: str
    arguments: Arguments
    reply: Reply


class ApiRefusedError(Exception):
    """Slack's answer to a call it refuses: an error code, and messages that name the place."""

    def __init__(self, code: str, messages: list[str] | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.messages = messages or []

    def reply(self) -> Reply:
        """Build the body of the answer."""
        said = {"response_metadata": {"messages": [f"[ERROR] {message}" for message in self.messages]}}
        return {"ok": False, "error": self.code} | (said if self.messages else {})


async def arguments_of(request: Request) -> dict[str, Any]:
    """Read a call's arguments from the query and from a JSON or form-encoded body.

    Raises: ApiRefusedError.
    """
    arguments: dict[str, Any] = dict(request.query_params)
    body = (await request.body()).decode()
    if "json" in request.headers.get("content-type", ""):
        arguments |= _parse(body, "invalid_json")
    else:
        arguments |= parse_qsl(body, keep_blank_values=True)
    for name in _JSON_ARGUMENTS:
        if isinstance(arguments.get(name), str):
            arguments[name] = _parse(arguments[name], "invalid_arguments")
    return arguments


def is_true(value: Any) -> bool:
    """Read a boolean argument, which a form carries as a word or a digit."""
    return str(value).lower() in ("true", "1")


def _parse(text: str, code: str) -> Any:
    try:
        return json.loads(text or "{}")
    except ValueError as error:
        raise ApiRefusedError(code, [str(error)]) from error
