"""Answers the page in the browser: its files, what a person sees, and what a person does there."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any

from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from bot.playground.acts import People
from bot.playground.input_rules import InputRefusedError
from bot.playground.page_state import page_state
from bot.playground.workspace import Message, View

STATIC = Path(__file__).parent / "static"
HOSTS = ("127.0.0.1", "localhost")
_KEEP_ALIVE_SECONDS = 15.0
_SAFETY_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
Act = Callable[[People, str, Mapping[str, Any]], Awaitable[None]]


def only_this_machine() -> Middleware:
    """Serve requests for this machine's own names only: no foreign site reaches the page under its name."""
    return Middleware(TrustedHostMiddleware, allowed_hosts=list(HOSTS), www_redirect=False)


def page_routes(people: People) -> list[BaseRoute]:
    """Give the routes of the page."""

    async def show_page(_request: Request) -> Response:
        return FileResponse(STATIC / "index.html", headers=_SAFETY_HEADERS)

    async def stream_state(request: Request) -> Response:
        user = request.query_params.get("as", "")
        if user not in people.workspace.people:
            user = next(iter(people.workspace.people))
        return StreamingResponse(_states(people, user), media_type="text/event-stream", headers=_SAFETY_HEADERS)

    async def act(request: Request) -> Response:
        if not _is_from_page(request):
            return JSONResponse({"error": "wrong_origin"}, status_code=403)
        return await _perform(people, request.path_params["name"], await request.json())

    async def upload(request: Request) -> Response:
        if request.headers.get("origin") != _own_origin(request):
            return JSONResponse({"error": "wrong_origin"}, status_code=403)
        try:
            file_id = people.upload(request.query_params["name"], await request.body(), user=request.query_params["as"])
        except LookupError as error:
            return JSONResponse({"error": str(error)}, status_code=409)
        return JSONResponse({"id": file_id})

    return [
        Route("/", show_page),
        Route("/page/state", stream_state),
        Route("/page/act/{name}", act, methods=["POST"]),
        Route("/page/upload", upload, methods=["POST"]),
        Mount("/static", StaticFiles(directory=STATIC, check_dir=False)),
    ]


def _is_from_page(request: Request) -> bool:
    # A page of another site could send a form here, but neither with this Origin nor as JSON.
    is_json = request.headers.get("content-type", "").startswith("application/json")
    return is_json and request.headers.get("origin") == _own_origin(request)


def _own_origin(request: Request) -> str:
    return f"{request.url.scheme}://{request.headers.get('host')}"


async def _perform(people: People, name: str, body: Mapping[str, Any]) -> Response:
    if name not in _ACTS:
        return JSONResponse({"error": "unknown_act"}, status_code=404)
    try:
        await _ACTS[name](people, body["as"], body)
    except InputRefusedError:
        pass  # the errors stand on the view, and the page draws them there
    except LookupError as error:
        return JSONResponse({"error": str(error)}, status_code=409)
    return JSONResponse({"ok": True})


async def _states(people: People, user: str) -> AsyncIterator[str]:
    workspace = people.workspace
    while not workspace.is_closed:
        version = workspace.version
        yield f"data: {json.dumps(page_state(workspace, workspace.people[user]))}\n\n"
        while not await workspace.changed_since(version, seconds=_KEEP_ALIVE_SECONDS):
            yield ": still here\n\n"


async def _say(people: People, user: str, body: Mapping[str, Any]) -> None:
    text = str(body["text"]).strip()
    if text.startswith("/"):
        command, _, rest = text.partition(" ")
        await people.slash_command(command, rest.strip(), user=user, channel=body["channel"])
    elif text:
        people.say(text, user=user, channel=body["channel"])


async def _click(people: People, user: str, body: Mapping[str, Any]) -> None:
    names = {"block_id": body["block_id"], "filled": body.get("filled")}
    await people.click(_source(people, body), body["action_id"], user=user, value=body.get("value"), **names)


async def _choose(people: People, user: str, body: Mapping[str, Any]) -> None:
    names = {"block_id": body["block_id"], "filled": body.get("filled")}
    await people.choose(_source(people, body), body["action_id"], body.get("value"), user=user, **names)


async def _submit(people: People, user: str, body: Mapping[str, Any]) -> None:
    await people.submit_view(body["view"], body.get("filled"), user=user)


async def _close(people: People, user: str, body: Mapping[str, Any]) -> None:
    await people.close_view(body["view"], user=user)


async def _open_home(people: People, user: str, _body: Mapping[str, Any]) -> None:
    await people.open_home(user=user)


def _source(people: People, body: Mapping[str, Any]) -> Message | View:
    view, channel, ts = body.get("view"), str(body.get("channel")), str(body.get("ts"))
    source = people.workspace.view(view) if view else people.workspace.find(channel, ts)
    if source is None:
        raise LookupError("This message or window is gone.")
    return source


_ACTS: dict[str, Act] = {
    "say": _say,
    "click": _click,
    "choose": _choose,
    "submit": _submit,
    "close": _close,
    "home": _open_home,
}
