"""Files in Slack -> files on disk. The bot's token is shown to Slack alone, and a file has an end."""

import asyncio
import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from bot.intake.byte_streams import BLOCK, Meter
from bot.intake.findings import printable
from bot.intake.source_files import SourceFile
from bot.settings import Settings

MIB = 1024**2
_WAIT = aiohttp.ClientTimeout(total=900, sock_connect=10, sock_read=30)
_GONE = ("file_not_found", "file_deleted", "not_visible", "not_authorized", "access_denied")

log = logging.getLogger(__name__)


class FetchError(Exception):
    """A file cannot be had from Slack. `kind` ends the key of the sentence `import.fetch.*`, `values` are its words."""

    def __init__(self, kind: str, **values: str) -> None:
        super().__init__(kind)
        self.kind = kind
        self.values = values


@dataclass(frozen=True)
class FetchedFile:
    """A file as it lies on disk. `name` is Slack's, in signs that can be printed."""

    name: str
    path: Path
    sha256: str

    def source(self) -> SourceFile:
        """The file for the intake, which finds out what it is."""
        return SourceFile(self.name, lambda: Meter(self.path.open("rb", buffering=0), name=self.name))


def digest_of(files: Iterable[FetchedFile]) -> str:
    """Equal for the same files in the same order."""
    return sha256("".join(file.sha256 for file in files).encode()).hexdigest()


async def fetched(
    client: AsyncWebClient, settings: Settings, files: Mapping[str, str], folder: Path
) -> tuple[FetchedFile, ...]:
    """The files of these ids, downloaded into a folder one after the other; `files` tells their names.

    Raises: FetchError for the first that cannot be had.
    """
    async with aiohttp.ClientSession(timeout=_WAIT) as session:
        download = _Download(client, settings, session)
        asked = enumerate(files.items())
        return tuple([await download.file(file_id, name, folder / str(place)) for place, (file_id, name) in asked])


def is_of_slack(address: str, api_url: str) -> bool:
    """Whether the token may be shown there: Slack's own hosts over https, or where the API itself is.

    >>> is_of_slack("https://files.slack.com/x", "https://slack.com/api/")
    True
    >>> is_of_slack("https://slack.com.example/x", "https://slack.com/api/")
    False
    """
    try:
        asked, api = urlsplit(address), urlsplit(api_url)
        if (asked.scheme, asked.hostname, asked.port) == (api.scheme, api.hostname, api.port):
            return True
        if asked.scheme != "https" or asked.port not in (None, 443) or asked.username is not None:
            return False
    except ValueError:
        return False
    hosts = {"slack.com", api.hostname} if api.scheme == "https" else {"slack.com"}
    return any(asked.hostname == host or str(asked.hostname).endswith(f".{host}") for host in hosts)


class _Download:
    def __init__(self, client: AsyncWebClient, settings: Settings, session: aiohttp.ClientSession) -> None:
        self.client = client
        self.settings = settings
        self.session = session

    async def file(self, file_id: str, name: str, path: Path) -> FetchedFile:
        about = await self.described(file_id, name)
        name = printable(str(about.get("name") or name))
        size, address = int(about.get("size") or 0), str(about.get("url_private_download") or "")
        if about.get("is_external") or (address and not is_of_slack(address, self.settings.slack_api_url)):
            raise FetchError("foreign", name=name)
        if not address:
            raise FetchError("gone", name=name, reason=str(about.get("mode") or "no address"))
        if size > self.most:
            raise self.too_large(name)
        try:
            return await self.downloaded(address, name, size, path)
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            log.warning("file %s could not be downloaded: %s", file_id, type(error).__name__)
            raise FetchError("cut_off", name=name) from error

    @property
    def most(self) -> int:
        """Bytes that a file may have."""
        return self.settings.seventy_file_limit * MIB

    def too_large(self, name: str) -> FetchError:
        return FetchError("too_large", name=name, limit=str(self.settings.seventy_file_limit))

    async def described(self, file_id: str, name: str) -> dict[str, Any]:
        try:
            answer = await self.client.files_info(file=file_id)
        except SlackApiError as error:
            reason = str(error.response.get("error") or "no reason given")
            if reason == "missing_scope":
                raise FetchError("no_scope") from error
            raise FetchError("gone" if reason in _GONE else "refused", name=name, reason=reason) from error
        except (SlackClientError, aiohttp.ClientError, OSError, TimeoutError, ValueError) as error:
            raise FetchError("refused", name=name, reason=type(error).__name__) from error
        about: dict[str, Any] = answer["file"]
        return about

    async def downloaded(self, address: str, name: str, size: int, path: Path) -> FetchedFile:
        """The file on disk. Raises: FetchError; aiohttp.ClientError, OSError and TimeoutError when it breaks off.

        A redirection is refused: Slack sends who lacks the scope to a page for signing in, and the token goes nowhere
        that was not looked at.
        """
        assert self.settings.slack_bot_token is not None  # without it there is no app
        headers = {
            "Authorization": f"Bearer {self.settings.slack_bot_token.get_secret_value()}",
            "Accept-Encoding": "identity",
        }
        options: dict[str, Any] = {"headers": headers, "allow_redirects": False, "proxy": self.client.proxy}
        async with self.session.get(address, **options) as response:
            if response.status != 200:
                raise FetchError("refused", name=name, reason=f"HTTP {response.status}")
            return await self.written(response, name, size, path)

    async def written(self, response: aiohttp.ClientResponse, name: str, size: int, path: Path) -> FetchedFile:
        digest, count = sha256(), 0

        def keep(block: bytes) -> None:
            digest.update(block)
            file.write(block)

        with path.open("wb", buffering=0) as file:
            async for block in response.content.iter_chunked(BLOCK):
                count += len(block)
                if count > self.most:  # whatever Slack said of its size
                    raise self.too_large(name)
                await asyncio.to_thread(keep, block)
        if count < size:
            raise FetchError("cut_off", name=name)
        return FetchedFile(name, path, digest.hexdigest())
