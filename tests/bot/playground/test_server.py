import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.playground.server import PortTakenError, serve


async def say_hello(request: Request) -> Response:
    return PlainTextResponse("hello")


APP = Starlette(routes=[Route("/", say_hello)])


async def test_port_0_takes_a_free_port_and_closing_frees_it() -> None:
    server = await serve(APP, port=0)
    async with httpx.AsyncClient() as client:
        assert (await client.get(server.url)).text == "hello"
        await server.aclose()
        with pytest.raises(httpx.ConnectError):
            await client.get(server.url)


async def test_a_taken_port_is_told_in_plain_words() -> None:
    first = await serve(APP, port=0)
    port = int(first.url.rsplit(":", 1)[1])
    with pytest.raises(PortTakenError, match=f"Port {port} on 127.0.0.1 is taken by another program"):
        await serve(APP, port=port)
    await first.aclose()
