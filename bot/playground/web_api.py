"""Answers the app's calls to Slack: the Web API under /api/ and the response_urls under /response/."""

import json
from collections.abc import Callable
from functools import partial
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from bot.playground import chat_methods, file_methods, view_methods
from bot.playground.api_calls import ApiCall, ApiRefusedError, Arguments, Reply, arguments_of, is_true
from bot.playground.tickets import ResponseUrl, TicketRefusedError, Tickets
from bot.playground.workspace import BOT_USER_ID, Message, Workspace

SCOPES = "commands,chat:write,users:read,im:write,im:history,app_mentions:read,files:read"


class WebApi:
    """Slack's side of the app's calls; `received` keeps all of them in order."""

    def __init__(self, workspace: Workspace, tickets: Tickets, bot_token: str, scopes: str = SCOPES) -> None:
        self.received: list[ApiCall] = []
        self._scopes = scopes
        self._workspace = workspace
        self._tickets = tickets
        self._bot_token = bot_token
        self._methods: dict[str, Callable[[Arguments], Reply]] = {
            "auth.test": partial(chat_methods.auth_test, workspace),
            "users.info": partial(chat_methods.users_info, workspace),
            "chat.postMessage": partial(chat_methods.post_message, workspace),
            "chat.postEphemeral": partial(chat_methods.post_ephemeral, workspace),
            "chat.update": partial(chat_methods.update, workspace),
            "chat.delete": partial(chat_methods.delete, workspace),
            "conversations.open": partial(chat_methods.open_conversation, workspace),
            "views.open": partial(view_methods.open_view, workspace, tickets),
            "views.push": partial(view_methods.push_view, workspace, tickets),
            "views.update": partial(view_methods.update_view, workspace),
            "views.publish": partial(view_methods.publish_view, workspace),
            "files.info": partial(file_methods.files_info, workspace, scopes),
        }

    def routes(self) -> list[Route]:
        """Give the routes the app calls."""
        return [
            Route("/api/{method}", self._handle_call, methods=["GET", "POST"]),
            Route("/response/{name}", self._handle_response_url, methods=["POST"]),
            Route("/files-pri/{team}-{file}/download", self._send_file),
        ]

    async def _handle_call(self, request: Request) -> Response:
        method = request.path_params["method"]
        arguments: dict[str, Any] = {}
        try:
            arguments = await arguments_of(request)
            self._workspace.latest = None
            self._check_token(request, arguments.pop("token", None))
            reply = self._answer(method, arguments)
        except ApiRefusedError as refused:
            reply = refused.reply()
        self._record(method, arguments, reply)
        return JSONResponse(reply, headers={"x-oauth-scopes": self._scopes})

    async def _handle_response_url(self, request: Request) -> Response:
        payload: dict[str, Any] = {}
        reply: Reply = {"ok": True}
        status = 200
        try:
            payload = await arguments_of(request)
            self._workspace.latest = None
            ticket = self._tickets.use_response_url(request.path_params["name"])
            self._respond(ticket, payload)
        except TicketRefusedError as refused:
            reply, status = {"ok": False, "error": str(refused)}, 404
        except ApiRefusedError as refused:
            reply, status = refused.reply(), 400
        self._record("response_url", payload, reply)
        return JSONResponse(reply, status_code=status)

    async def _send_file(self, request: Request) -> Response:
        """The bytes of a file; who shows no token is sent to the page for signing in, as Slack does."""
        if request.headers.get("authorization") != f"Bearer {self._bot_token}":
            return RedirectResponse("/?redir=file", status_code=302)
        file = self._workspace.files.get(request.path_params["file"])
        if file is None:
            return Response(status_code=404)
        return Response(file.content, media_type="application/octet-stream")

    def _answer(self, method: str, arguments: Arguments) -> Reply:
        if method not in self._methods:
            raise ApiRefusedError("unknown_method")
        return {"ok": True, **self._methods[method](arguments)}

    def _respond(self, ticket: ResponseUrl, payload: dict[str, Any]) -> None:
        original = self._workspace.find(ticket.channel, ticket.message_ts) if ticket.message_ts else None
        if is_true(payload.get("delete_original")) and original:
            self._workspace.remove(original)
            return
        text, blocks = chat_methods.checked_content(payload)
        # A slash command's response_url has no original: Slack posts anew, even when asked to replace.
        if is_true(payload.get("replace_original")) and original:
            self._workspace.edit(original, text=text, blocks=blocks)
            return
        seen_by = None if payload.get("response_type") == "in_channel" else ticket.user
        ts = self._workspace.new_ts()
        self._workspace.post(Message(ticket.channel, ts, BOT_USER_ID, text, blocks, visible_to=seen_by))

    def _check_token(self, request: Request, in_body: str | None) -> None:
        given = request.headers.get("authorization", "").removeprefix("Bearer ") or in_body
        if not given:
            raise ApiRefusedError("not_authed")
        if given != self._bot_token:
            raise ApiRefusedError("invalid_auth")

    def _record(self, method: str, arguments: Arguments, reply: Reply) -> None:
        # A copy: what tests look at must not change when the stand-in goes on working with the payload.
        call = ApiCall(method, json.loads(json.dumps(arguments)), json.loads(json.dumps(reply)))
        self.received.append(call)
        if self._workspace.latest:
            exchange = {"request": {"method": method, **call.arguments}, "reply": call.reply}
            self._workspace.latest.exchange = exchange
        self._workspace.touch()
