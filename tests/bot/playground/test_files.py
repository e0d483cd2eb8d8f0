"""Files in the stand-in: put into a form, described to the app, and given to whoever shows the bot's token."""

from typing import Any

import httpx
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.block_limits import problems
from bot.playground.elements import state, with_ids
from bot.playground.input_rules import input_errors
from bot.playground.server import serve
from bot.playground.standin import SlackStandIn
from tests.bot.playground.conftest import BOT_TOKEN, SIGNING_SECRET, plain

TOKEN = {"Authorization": f"Bearer {BOT_TOKEN}"}


def file_input(**fields: Any) -> list[dict[str, Any]]:
    element = {"type": "file_input", "action_id": "files", **fields}
    return with_ids([{"type": "input", "block_id": "files", "label": plain("Files"), "element": element}], str)


async def test_a_file_is_described_to_the_app_with_the_address_of_its_bytes(
    slack: SlackStandIn, client: AsyncWebClient
) -> None:
    file_id = slack.upload("azure.csv", b"Month\n", user="U0SAM")
    about = (await client.files_info(file=file_id))["file"]
    assert (about["id"], about["name"], about["size"], about["user"]) == (file_id, "azure.csv", 6, "U0SAM")
    async with httpx.AsyncClient() as browser:
        assert (await browser.get(about["url_private_download"], headers=TOKEN)).content == b"Month\n"


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer xoxb-wrong"}])
async def test_without_the_bots_token_the_bytes_are_not_given(slack: SlackStandIn, headers: dict[str, str]) -> None:
    file_id = slack.upload("azure.csv", b"secret", user="U0SAM")
    async with httpx.AsyncClient() as browser:
        address = f"{slack.url}/files-pri/T0PLAYGROUND-{file_id}/download"
        answer = await browser.get(address, headers=headers)
    assert (answer.status_code, b"secret" in answer.content) == (302, False)


async def test_a_file_that_is_not_there_is_told_with_slacks_word(client: AsyncWebClient) -> None:
    with pytest.raises(SlackApiError) as caught:
        await client.files_info(file="F0NOWHERE")
    assert caught.value.response["error"] == "file_not_found"


async def test_a_token_without_the_scope_is_refused() -> None:
    stand_in = SlackStandIn(signing_secret=SIGNING_SECRET, bot_token=BOT_TOKEN, scopes="commands,users:read")
    server = await serve(stand_in.asgi, port=0)
    stand_in.url = server.url
    client = AsyncWebClient(token=BOT_TOKEN, base_url=stand_in.api_url)
    with pytest.raises(SlackApiError) as caught:
        await client.files_info(file=stand_in.upload("x.csv", b"", user="U0SAM"))
    assert caught.value.response["error"] == "missing_scope"
    assert (await client.auth_test()).headers["x-oauth-scopes"] == "commands,users:read"
    await stand_in.aclose()
    await server.aclose()


def test_a_form_sends_its_files_as_slack_describes_them() -> None:
    file = {"id": "F1", "name": "azure.csv"}
    assert state(file_input(), {("files", "files"): [file]}) == {
        "files": {"files": {"type": "file_input", "files": [file]}}
    }
    assert state(file_input(), {})["files"]["files"]["files"] == []


def test_slack_keeps_a_form_with_none_too_many_or_other_files() -> None:
    blocks = file_input(max_files=1, filetypes=["csv"])
    csv, pdf = {"name": "a.CSV"}, {"name": "b.pdf"}
    said = [input_errors(blocks, {("files", "files"): files}, locale="en") for files in ([], [csv, csv], [pdf], [csv])]
    assert said == [
        {"files": "Please complete this required field."},
        {"files": "Choose no more files than 1."},
        {"files": "b.pdf is not a type of file that can be chosen here."},
        {},
    ]
    assert "選択できない種類" in input_errors(blocks, {("files", "files"): [pdf]}, locale="ja-JP")["files"]


def test_a_file_input_has_the_fields_that_slack_knows() -> None:
    good, bad = file_input(max_files=3, filetypes=["csv"]), file_input(placeholder="x")
    assert not problems({"type": "modal", "title": plain("T"), "submit": plain("S"), "blocks": good})
    assert problems({"type": "modal", "title": plain("T"), "submit": plain("S"), "blocks": bad})


async def test_only_the_page_of_the_stand_in_uploads(slack: SlackStandIn) -> None:
    async with httpx.AsyncClient(base_url=str(slack.url)) as browser:
        address = "/page/upload?as=U0SAM&name=a.csv"
        foreign = await browser.post(address, content=b"x", headers={"Origin": "https://attacker.example"})
        own = await browser.post(address, content=b"x", headers={"Origin": str(slack.url)})
        nobody = await browser.post("/page/upload", content=b"x", headers={"Origin": str(slack.url)})
    assert [answer.status_code for answer in (foreign, own, nobody)] == [403, 200, 409]
    assert slack.workspace.files[own.json()["id"]].content == b"x"
