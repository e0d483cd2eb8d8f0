from typing import Any

import pytest

from bot.playground.block_limits import problems, refusals

PLAIN = {"type": "plain_text", "text": "x"}
OPTION = {"text": PLAIN, "value": "v"}


def mrkdwn(length: int) -> dict[str, Any]:
    return {"type": "mrkdwn", "text": "x" * length}


def plain(length: int) -> dict[str, Any]:
    return {"type": "plain_text", "text": "x" * length}


def button(**fields: Any) -> dict[str, Any]:
    return {"type": "button", "text": PLAIN} | fields


def actions(*elements: Any) -> dict[str, Any]:
    return {"type": "actions", "elements": list(elements)}


def text_input(**fields: Any) -> dict[str, Any]:
    return {"type": "input", "label": PLAIN, "element": {"type": "plain_text_input"}} | fields


def select(count: int) -> dict[str, Any]:
    return {"type": "static_select", "options": [OPTION] * count}


# One thing at its limit, the same thing one above, and the place the message must name.
EDGES = [
    (
        {"type": "section", "text": mrkdwn(3000)},
        {"type": "section", "text": mrkdwn(3001)},
        "/blocks/0/text/text",
    ),
    ({"type": "header", "text": plain(150)}, {"type": "header", "text": plain(151)}, "/blocks/0/text/text"),
    (
        {"type": "section", "fields": [mrkdwn(2000)] * 10},
        {"type": "section", "fields": [mrkdwn(2000)] * 11},
        "/blocks/0/fields",
    ),
    (
        {"type": "section", "fields": [mrkdwn(2000)]},
        {"type": "section", "fields": [mrkdwn(2001)]},
        "/blocks/0/fields/0/text",
    ),
    (actions(button(text=plain(75))), actions(button(text=plain(76))), "/blocks/0/elements/0/text/text"),
    (actions(button(value="x" * 2000)), actions(button(value="x" * 2001)), "/blocks/0/elements/0/value"),
    (actions(*[button()] * 25), actions(*[button()] * 26), "/blocks/0/elements"),
    (actions(select(100)), actions(select(101)), "/blocks/0/elements/0/options"),
    (
        {"type": "context", "elements": [mrkdwn(1)] * 10},
        {"type": "context", "elements": [mrkdwn(1)] * 11},
        "/blocks/0/elements",
    ),
    (
        {"type": "divider", "block_id": "x" * 255},
        {"type": "divider", "block_id": "x" * 256},
        "/blocks/0/block_id",
    ),
    ({"type": "markdown", "text": "x" * 12000}, {"type": "markdown", "text": "x" * 12001}, "/blocks/0/text"),
    (
        {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}] * 20] * 100},
        {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}] * 21] * 100},
        "/blocks/0/rows/0",
    ),
    (text_input(hint=plain(2000)), text_input(hint=plain(2001)), "/blocks/0/hint/text"),
]


@pytest.mark.parametrize(("at_limit", "above", "place"), EDGES)
def test_a_block_at_its_limit_is_accepted_and_one_above_is_refused_with_its_place(
    at_limit: dict[str, Any], above: dict[str, Any], place: str
) -> None:
    assert refusals([at_limit]) == []
    assert any(problem.startswith(f"{place}: ") for problem in refusals([above]))


BROKEN = [
    ({"type": "sektion", "text": PLAIN}, "/blocks/0: type 'sektion' is not allowed here"),
    ({"type": "section", "text": PLAIN, "accesory": button()}, "/blocks/0/accesory: no such field here"),
    ({"type": "section"}, "/blocks/0: a section needs text or fields"),
    ({"type": "header", "text": mrkdwn(1)}, "/blocks/0/text: must be a text object of type plain_text"),
    ({"type": "header"}, "/blocks/0/text: missing"),
    ({"type": "image", "image_url": "https://example.com/a.png"}, "/blocks/0/alt_text: missing"),
    ({"type": "alert", "text": PLAIN}, "/blocks/0: an alert block may stand in a modal only"),
    (actions(button(action_id="a"), button(action_id="a")), "/blocks/0: action_id 'a' is given 2 times"),
    (actions(select(0)), "/blocks/0/elements/0: needs either options or option_groups"),
    (
        actions(select(1) | {"initial_option": OPTION | {"value": "w"}}),
        "/blocks/0/elements/0: the initial option is not one of the options",
    ),
    (
        actions({"type": "plain_text_input"}),
        "/blocks/0/elements/0: type 'plain_text_input' is not allowed here",
    ),
    (
        {"type": "data_table", "caption": "c", "rows": [[{"type": "rich_text"}], [{"type": "raw_text"}]]},
        "/blocks/0/rows/0: a header cell cannot be rich_text",
    ),
]


@pytest.mark.parametrize(("block", "problem"), BROKEN)
def test_a_broken_block_is_refused_in_words_that_name_the_mistake(block: dict[str, Any], problem: str) -> None:
    assert problem in refusals([block])


def test_a_message_may_have_50_blocks_and_not_51() -> None:
    assert refusals({"blocks": [{"type": "divider"}] * 50}) == []
    assert refusals({"blocks": [{"type": "divider"}] * 51}) == ["/blocks: 51 items, 0 to 50 are allowed"]


def test_a_modal_may_have_100_blocks_and_a_title_of_24_characters() -> None:
    view = {"type": "modal", "title": plain(24), "blocks": [{"type": "divider"}] * 100}
    assert refusals(view) == []
    assert refusals(view | {"title": plain(25)}) == ["/title/text: 25 characters, at most 24 are allowed"]
    assert refusals(view | {"blocks": [{"type": "divider"}] * 101}) == ["/blocks: 101 items, 0 to 100 are allowed"]


def test_a_modal_with_inputs_needs_a_submit_button() -> None:
    view = {"type": "modal", "title": PLAIN, "blocks": [text_input()]}
    assert refusals(view) == ["/submit: missing; a modal with inputs needs it"]
    assert refusals(view | {"submit": PLAIN}) == []


def test_blocks_without_a_text_beside_them_are_sendable_but_unreadable() -> None:
    message = {"blocks": [{"type": "divider"}]}
    assert refusals(message) == []
    assert problems(message) == ["/text: missing; notifications and screen readers read it instead of the blocks"]
    assert problems(message | {"text": "hello"}) == []


def test_a_button_of_signs_alone_needs_an_accessibility_label() -> None:
    arrow = button(text={"type": "plain_text", "text": "→"})
    assert problems([actions(arrow)]) == ["/blocks/0/elements/0: a button without a word needs an accessibility_label"]
    assert problems([actions(arrow | {"accessibility_label": "Next"})]) == []
