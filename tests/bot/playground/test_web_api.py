import aiohttp
import httpx
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.standin import SlackStandIn

CHANNEL = "#partner-designations"


async def error_of(client: AsyncWebClient, method: str, **arguments: object) -> str:
    with pytest.raises(SlackApiError) as caught:
        await client.api_call(method, json=arguments)
    return str(caught.value.response["error"])


async def test_users_info_tells_the_locale_only_on_demand(client: AsyncWebClient) -> None:
    with_locale = await client.users_info(user="U0HANAKO", include_locale=True)
    assert with_locale["user"]["locale"] == "ja-JP"
    assert "locale" not in (await client.users_info(user="U0HANAKO"))["user"]


async def test_a_posted_message_can_be_changed_and_deleted(slack: SlackStandIn, client: AsyncWebClient) -> None:
    posted = await client.chat_postMessage(channel=CHANNEL, text="one")
    await client.chat_update(channel=posted["channel"], ts=posted["ts"], text="two")
    assert [message.text for message in slack.messages["C0PARTNER"]] == ["two"]
    await client.chat_delete(channel=posted["channel"], ts=posted["ts"])
    assert slack.messages["C0PARTNER"] == []


async def test_a_message_to_a_person_lands_in_their_direct_messages(
    slack: SlackStandIn, client: AsyncWebClient
) -> None:
    opened = await client.conversations_open(users=["U0SAM"])
    posted = await client.chat_postMessage(channel="U0SAM", text="psst")
    assert posted["channel"] == opened["channel"]["id"]
    assert [message.text for message in slack.direct_messages("U0SAM")] == ["psst"]


async def test_an_ephemeral_message_has_one_reader_and_cannot_be_updated(
    slack: SlackStandIn, client: AsyncWebClient
) -> None:
    posted = await client.chat_postEphemeral(channel="C0PARTNER", user="U0SAM", text="for you")
    assert slack.messages["C0PARTNER"][0].visible_to == "U0SAM"
    ts = posted["message_ts"]
    assert await error_of(client, "chat.update", channel="C0PARTNER", ts=ts, text="x") == "message_not_found"


async def test_a_message_without_text_and_blocks_is_refused(client: AsyncWebClient) -> None:
    assert await error_of(client, "chat.postMessage", channel=CHANNEL) == "no_text"


async def test_invalid_blocks_are_refused_with_the_place(slack: SlackStandIn, client: AsyncWebClient) -> None:
    blocks = [{"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}]
    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel=CHANNEL, text="x", blocks=blocks)
    reply = caught.value.response
    assert reply["error"] == "invalid_blocks"
    assert reply["response_metadata"]["messages"] == [
        "[ERROR] /blocks/0/text/text: 151 characters, at most 150 are allowed"
    ]
    assert slack.messages["C0PARTNER"] == []


async def test_an_unknown_channel_method_or_token_is_refused_with_slacks_words(
    slack: SlackStandIn, client: AsyncWebClient
) -> None:
    assert await error_of(client, "chat.postMessage", channel="C1", text="x") == "channel_not_found"
    assert await error_of(client, "chat.levitate") == "unknown_method"
    stranger = AsyncWebClient(token="xoxb-wrong", base_url=slack.api_url)
    assert await error_of(stranger, "auth.test") == "invalid_auth"


async def test_form_encoded_calls_may_carry_blocks_as_json_text(slack: SlackStandIn) -> None:
    form = {"token": "xoxb-for-tests", "channel": "C0PARTNER", "text": "x", "blocks": '[{"type": "divider"}]'}
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{slack.api_url}chat.postMessage", data=form) as reply,
    ):
        assert (await reply.json())["ok"]
    assert slack.messages["C0PARTNER"][0].blocks[0]["type"] == "divider"


async def test_calls_are_kept_in_order_with_their_arguments(slack: SlackStandIn, client: AsyncWebClient) -> None:
    await client.auth_test()
    await client.chat_postMessage(channel=CHANNEL, text="x")
    assert [call.method for call in slack.received] == ["auth.test", "chat.postMessage"]
    assert slack.received[1].arguments["text"] == "x"
    assert slack.received[1].reply["ok"]


async def test_a_home_tab_is_published_for_one_person(slack: SlackStandIn) -> None:
    answer = await slack.open_home(user="U0HANAKO")
    assert answer.is_ok
    assert slack.homes["U0HANAKO"].blocks[0]["text"]["text"] == "*Home*"
    assert "U0SAM" not in slack.homes


async def test_only_this_machine_reaches_the_stand_in_and_only_its_page_acts(slack: SlackStandIn) -> None:
    act = {"as": "U0SAM", "channel": "C0PARTNER", "text": "hello"}
    async with httpx.AsyncClient(base_url=str(slack.url)) as browser:
        foreign_host = await browser.get("/", headers={"Host": "attacker.example"})
        foreign_page = await browser.post("/page/act/say", json=act, headers={"Origin": "https://attacker.example"})
        no_origin = await browser.post("/page/act/say", json=act)
        own_page = await browser.post("/page/act/say", json=act, headers={"Origin": str(slack.url)})
    statuses = [reply.status_code for reply in (foreign_host, foreign_page, no_origin, own_page)]
    assert statuses == [400, 403, 403, 200]
    assert [message.text for message in slack.messages["C0PARTNER"]] == ["hello"]
