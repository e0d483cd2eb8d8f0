"""Answers on a local port for an ASGI application, within the running event loop."""

import asyncio
import contextlib
import errno
import socket
from collections.abc import Iterator
from typing import Any

import uvicorn


class PortTakenError(OSError):
    """Another program answers on this port."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(
            errno.EADDRINUSE,
            f"Port {port} on {host} is taken by another program; stop that program or choose another port.",
        )


class _EmbeddedServer(uvicorn.Server):
    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.closing = asyncio.Event()

    async def main_loop(self) -> None:
        # uvicorn looks ten times a second whether to stop; tests close many servers and need not wait.
        await self.closing.wait()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        # Ctrl-C belongs to the program this server runs in, which closes the server itself.
        yield


class RunningServer:
    """A server that answers on `url` until it is closed."""

    def __init__(self, server: _EmbeddedServer, task: asyncio.Task[None], url: str) -> None:
        self.url = url
        self._server = server
        self._task = task

    async def aclose(self) -> None:
        """Stop answering, and wait until it has stopped."""
        self._server.closing.set()
        await self._task

    async def until_closed(self) -> None:
        """Wait until the server stops."""
        await asyncio.shield(self._task)


async def serve(asgi: Any, *, port: int, host: str = "127.0.0.1") -> RunningServer:
    """Serve an application in this event loop; port 0 takes a free one.

    Raises: PortTakenError.
    """
    listening = _listen(host, port)
    config = uvicorn.Config(asgi, log_level="warning", access_log=False, date_header=False, timeout_graceful_shutdown=1)
    server = _EmbeddedServer(config)
    task = asyncio.create_task(server.serve(sockets=[listening]))
    while not server.started:
        if task.done():
            await task
            raise RuntimeError("the application did not start; its log says why")
        await asyncio.sleep(0.005)
    return RunningServer(server, task, f"http://{host}:{listening.getsockname()[1]}")


def _listen(host: str, port: int) -> socket.socket:
    listening = socket.socket(
        socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP
    )  # so that asyncio sets TCP_NODELAY
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        if error.errno == errno.EADDRINUSE:
            raise PortTakenError(host, port) from error
        raise
    return listening
