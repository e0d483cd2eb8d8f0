"""`seventy check` tells whether the token may read files, where files are taken from Slack."""

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.playground.server import serve
from bot.playground.standin import SlackStandIn
from tests.bot.conftest import BOT_TOKEN, SAM, SIGNING_SECRET, environment

ON = {"SEVENTY_FILE_INTAKE": "on", "SEVENTY_IMPORTERS": SAM}


async def found(folder: Path, *, scopes: str, **settings: str) -> dict[str, Any]:
    """What the check says of each subject."""
    stand_in = SlackStandIn(signing_secret=SIGNING_SECRET, bot_token=BOT_TOKEN, scopes=scopes)
    server = await serve(stand_in.asgi, port=0)
    stand_in.url = server.url
    known = {"SLACK_BOT_TOKEN": BOT_TOKEN, "SLACK_SIGNING_SECRET": SIGNING_SECRET, "SLACK_API_URL": stand_in.api_url}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", "from bot.cli import main; main()", "check", "--json"),
        cwd=folder,
        env=environment(known | settings),
        stdout=asyncio.subprocess.PIPE,
    )
    said, _ = await process.communicate()
    await stand_in.aclose()
    await server.aclose()
    return {one["subject"]: one for one in json.loads(said)["checks"]}


@pytest.mark.parametrize(
    ("scopes", "settings", "is_right"),
    [
        ("commands,users:read", {}, True),
        ("commands,users:read", ON, False),
        ("commands,users:read,files:read", ON, True),
    ],
)
async def test_the_scope_for_files_is_needed_only_where_they_are_taken(
    tmp_path: Path, scopes: str, settings: dict[str, str], is_right: bool
) -> None:
    checks = await found(tmp_path, scopes=scopes, **settings)
    assert checks["slack"]["ok"] is is_right
    assert ("manifest-files.yml" in checks["slack"]["message"]) is not is_right
    assert ("files from Slack by 1 importer" in checks["settings"]["message"]) is bool(settings)
