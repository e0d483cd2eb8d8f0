import json
from collections.abc import Callable

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.playground.delivery import signature
from bot.playground.input_rules import InputRefusedError
from bot.playground.standin import SlackStandIn
from bot.playground.workspace import Message, View


async def shown_card(slack: SlackStandIn) -> Message:
    await slack.slash_command("/score", "security", user="U0SAM")
    return slack.messages["C0PARTNER"][-1]


async def opened_form(slack: SlackStandIn) -> View:
    await slack.click(await shown_card(slack), "update_figures", user="U0SAM")
    return slack.views["U0SAM"][-1]


def test_the_signature_is_the_one_in_slacks_own_example() -> None:
    # Source: https://docs.slack.dev/authentication/verifying-requests-from-slack
    body = (
        "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V"
        "&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text="
        "&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
        "&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"
    )
    expected = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"
    assert signature("8f742231b10e8888abcd99yyyzzz85a5", "1531420618", body) == expected


async def test_the_reply_to_a_command_becomes_a_message_only_the_typist_sees(slack: SlackStandIn) -> None:
    answer = await slack.slash_command("/score", "security", user="U0HANAKO")
    assert (answer.status, answer.failure) == (200, None)
    message = slack.messages["C0PARTNER"][-1]
    assert (message.text, message.visible_to) == ("Security: 58", "U0HANAKO")
    assert message.blocks[0]["text"]["text"].startswith("セキュリティ")


async def test_a_reply_marked_in_channel_is_seen_by_all(slack: SlackStandIn) -> None:
    await slack.slash_command("/raw", json.dumps({"text": "all", "response_type": "in_channel"}), user="U0SAM")
    assert slack.messages["C0PARTNER"][-1].visible_to is None


async def test_a_command_reply_with_invalid_blocks_is_refused_and_slack_says_so(slack: SlackStandIn) -> None:
    blocks = [{"type": "divider"}] * 51
    answer = await slack.slash_command("/raw", json.dumps({"text": "x", "blocks": blocks}), user="U0SAM")
    assert answer.refused == ("/blocks: 51 items, 0 to 50 are allowed",)
    assert [message.text for message in slack.messages["C0PARTNER"]] == [
        "`/raw` failed with the error “invalid_blocks”."
    ]


async def test_an_unknown_command_is_told_in_the_typists_language(slack: SlackStandIn) -> None:
    await slack.slash_command("/nope", user="U0HANAKO")
    assert "有効なコマンドではありません" in slack.messages["C0PARTNER"][-1].text


async def test_the_app_refuses_a_request_signed_with_another_secret(slack: SlackStandIn) -> None:
    impostor = SlackStandIn(signing_secret="another-secret", bot_token="xoxb-for-tests")
    impostor.url, impostor.app_url = "http://127.0.0.1:1", str(slack.app_url)
    answer = await impostor.slash_command("/score", user="U0SAM")
    await impostor.aclose()
    assert answer.status == 401
    assert slack.received == []


async def test_respond_can_replace_the_message_whose_button_was_pressed(slack: SlackStandIn) -> None:
    card = await shown_card(slack)
    await slack.click(card, "show_plan", user="U0SAM")
    assert [message.text for message in slack.messages["C0PARTNER"]] == ["Two more certifications."]
    assert slack.messages["C0PARTNER"][0].visible_to == "U0SAM"


async def test_a_response_url_works_five_times_and_not_six(slack: SlackStandIn) -> None:
    answer = await slack.slash_command("/score", user="U0SAM")
    webhook = AsyncWebhookClient(answer.request["response_url"])
    assert [(await webhook.send(text=str(use))).status_code for use in range(5)] == [200] * 5
    sixth = await webhook.send(text="one too many")
    assert (sixth.status_code, json.loads(sixth.body)["error"]) == (404, "used_url")
    assert slack.messages["C0PARTNER"][-1].text == "4"
    assert slack.messages["C0PARTNER"][-1].visible_to == "U0SAM"


async def test_a_response_url_ends_after_half_an_hour(
    slack: SlackStandIn, put_forward: Callable[[float], None]
) -> None:
    answer = await slack.slash_command("/score", user="U0SAM")
    put_forward(30 * 60 + 1)
    late = await AsyncWebhookClient(answer.request["response_url"]).send(text="late")
    assert json.loads(late.body)["error"] == "expired_url"


async def test_a_choice_in_a_select_reaches_the_app_with_its_option(slack: SlackStandIn) -> None:
    card = await shown_card(slack)
    answer = await slack.choose(card, "choose_area", "security", user="U0SAM")
    assert answer.request["actions"][0]["selected_option"]["value"] == "security"
    assert answer.request["container"]["is_ephemeral"]
    assert "message" not in answer.request
    assert slack.messages["C0PARTNER"][-1].text == "chosen: security"


async def test_pressing_what_is_not_there_says_what_is(slack: SlackStandIn) -> None:
    card = await shown_card(slack)
    with pytest.raises(LookupError, match="next_steps/show_plan"):
        await slack.click(card, "levitate", user="U0SAM")


async def test_a_button_opens_a_modal_and_its_submission_closes_it(slack: SlackStandIn) -> None:
    form = await opened_form(slack)
    answer = await slack.submit_view(form.id, {"customers": "12", "note": "by phone"}, user="U0SAM")
    sent = answer.request["view"]["state"]["values"]
    assert sent["customers"]["value"] == {"type": "number_input", "value": "12"}
    assert sent["day"]["value"] == {"type": "datepicker", "selected_date": "2026-11-21"}
    assert slack.views["U0SAM"] == []
    assert slack.direct_messages("U0SAM")[-1].text == "Saved: 12 (by phone)"


async def test_a_missing_required_input_is_not_even_sent(slack: SlackStandIn) -> None:
    form = await opened_form(slack)
    with pytest.raises(InputRefusedError):
        await slack.submit_view(form.id, {}, user="U0SAM")
    assert form.errors == {"customers": "Please complete this required field."}


async def test_errors_from_the_app_stay_beside_the_inputs(slack: SlackStandIn) -> None:
    form = await opened_form(slack)
    await slack.submit_view(form.id, {"customers": "1001"}, user="U0SAM")
    assert slack.views["U0SAM"] == [form]
    assert form.errors == {"customers": "At most 1000."}


async def test_a_submission_may_update_the_modal(slack: SlackStandIn) -> None:
    form = await opened_form(slack)
    await slack.submit_view(form.id, {"customers": "0"}, user="U0SAM")
    assert slack.views["U0SAM"] == [form]
    assert form.content["title"]["text"] == "Really?"


async def test_views_update_needs_the_current_hash_and_keeps_what_was_filled_in(
    slack: SlackStandIn, client: AsyncWebClient
) -> None:
    form = await opened_form(slack)
    old_hash, content = form.hash, form.content
    form.held[("customers", "value")] = "7"
    await client.views_update(view_id=form.id, hash=old_hash, view=content)
    assert form.held == {("customers", "value"): "7"}
    with pytest.raises(SlackApiError, match="hash_conflict"):
        await client.views_update(view_id=form.id, hash=old_hash, view=content)


async def test_a_trigger_opens_one_modal_within_three_seconds(
    slack: SlackStandIn, client: AsyncWebClient, put_forward: Callable[[float], None]
) -> None:
    view = {"type": "modal", "title": {"type": "plain_text", "text": "T"}, "blocks": []}
    first = await slack.slash_command("/score", user="U0SAM")
    await client.views_open(trigger_id=first.request["trigger_id"], view=view)
    with pytest.raises(SlackApiError, match="exchanged_trigger_id"):
        await client.views_open(trigger_id=first.request["trigger_id"], view=view)
    second = await slack.slash_command("/score", user="U0SAM")
    put_forward(3.1)
    with pytest.raises(SlackApiError, match="expired_trigger_id"):
        await client.views_open(trigger_id=second.request["trigger_id"], view=view)


async def test_closing_a_modal_takes_it_away_without_word_to_the_app(slack: SlackStandIn) -> None:
    form = await opened_form(slack)
    assert await slack.close_view(form.id, user="U0SAM") is None
    assert slack.views["U0SAM"] == []


async def test_a_mention_is_answered_in_its_thread(slack: SlackStandIn) -> None:
    answer = await slack.mention("hello", user="U0SAM")
    assert answer.request["event"]["type"] == "app_mention"
    question, reply = slack.messages["C0PARTNER"]
    assert (reply.text, reply.thread_ts) == ("Yes?", question.ts)


async def test_waiting_ends_when_the_condition_holds(slack: SlackStandIn) -> None:
    await slack.mention("hello", user="U0SAM")
    assert await slack.until(lambda: slack.messages["C0PARTNER"][1:])
    with pytest.raises(TimeoutError):
        await slack.until(lambda: False, seconds=0.01)


async def test_nobody_presses_a_button_in_a_message_for_somebody_else(slack: SlackStandIn) -> None:
    card = await shown_card(slack)
    with pytest.raises(LookupError, match="does not see this message"):
        await slack.click(card, "show_plan", user="U0HANAKO")


async def test_an_app_that_is_not_there_is_told_as_slack_tells_it(slack: SlackStandIn) -> None:
    slack.app_url = "http://127.0.0.1:1"
    answer = await slack.slash_command("/score", user="U0SAM")
    assert (answer.status, answer.failure) == (0, "dispatch_failed")
    assert "dispatch_failed" in slack.messages["C0PARTNER"][-1].text
