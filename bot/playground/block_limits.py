"""Answers which limits of Slack's Block Kit a message or a view breaks, and where.

Source: https://docs.slack.dev/reference/block-kit/ and, for the newer blocks, the types in Slack's own SDKs.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.playground.block_checks import (
    Check,
    Shape,
    anything,
    listed,
    many,
    objects,
    string,
    text,
    typed,
    unique,
)
from bot.playground.block_reading import unreadable

MOST_BLOCKS_IN_MESSAGE = 50
MOST_BLOCKS_IN_VIEW = 100
MOST_MARKDOWN = 12_000  # characters, in all markdown blocks of a payload together


def problems(payload: Mapping[str, Any] | Sequence[Any]) -> list[str]:
    """List all that is wrong with a message, view or list of blocks: refusals, and what some cannot read.

    >>> problems([{"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}])
    ['/blocks/0/text/text: 151 characters, at most 150 are allowed']
    """
    return refusals(payload) + unreadable(payload)


def refusals(payload: Mapping[str, Any] | Sequence[Any]) -> list[str]:
    """List why Slack would refuse a message, view or list of blocks; each line begins with the place."""
    if not isinstance(payload, Mapping):
        payload = {"blocks": payload}
    if "type" in payload:
        return list(typed({"modal": _MODAL, "home": _HOME})(payload, ""))
    return list(_message_blocks(payload.get("blocks") or [], "/blocks"))


def _message_blocks(blocks: Any, place: str) -> Iterator[str]:
    yield from many(_block, most=MOST_BLOCKS_IN_MESSAGE, least=0)(blocks, place)
    yield from _together(blocks, place)
    for index, block in enumerate(objects(blocks)):
        if block.get("type") == "alert":
            yield f"{place}/{index}: an alert block may stand in a modal only"


def _view_blocks(blocks: Any, place: str) -> Iterator[str]:
    yield from many(_block, most=MOST_BLOCKS_IN_VIEW, least=0)(blocks, place)
    yield from _together(blocks, place)


def _together(blocks: Any, place: str) -> Iterator[str]:
    yield from unique((block.get("block_id") for block in objects(blocks)), "block_id", place)
    if sum(len(str(b.get("text"))) for b in objects(blocks) if b.get("type") == "markdown") > MOST_MARKDOWN:
        yield f"{place}: more than {MOST_MARKDOWN} characters in all markdown blocks together"


def _block(block: Any, place: str) -> Iterator[str]:
    yield from typed(BLOCKS)(block, place)
    if isinstance(block, Mapping):
        elements = objects([*listed(block.get("elements")), block.get("accessory"), block.get("element")])
        yield from unique((element.get("action_id") for element in elements), "action_id", place)


def _context_element(value: Any, place: str) -> Iterator[str]:
    is_image = isinstance(value, Mapping) and value.get("type") == "image"
    yield from (_IMAGE if is_image else text(3000))(value, place)


# Rules that look at more than one field.


def _modal_rule(view: Any, place: str) -> Iterator[str]:
    if not view.get("submit") and any(block.get("type") == "input" for block in objects(view.get("blocks"))):
        yield f"{place}/submit: missing; a modal with inputs needs it"


def _section_rule(block: Any, place: str) -> Iterator[str]:
    if not block.get("text") and not block.get("fields"):
        yield f"{place}: a section needs text or fields"


def _data_table_rule(block: Any, place: str) -> Iterator[str]:
    rows = [listed(row) for row in listed(block.get("rows"))]
    if len({len(row) for row in rows}) > 1:
        yield f"{place}/rows: rows of different lengths"
    if any(cell.get("type") == "rich_text" for cell in objects(rows[0] if rows else [])):
        yield f"{place}/rows/0: a header cell cannot be rich_text"


def _card_rule(block: Any, place: str) -> Iterator[str]:
    if not any(block.get(name) for name in ("hero_image", "title", "actions", "body")):
        yield f"{place}: a card needs hero_image, title, actions or body"


def _image_rule(block: Any, place: str) -> Iterator[str]:
    if not block.get("image_url") and not block.get("slack_file"):
        yield f"{place}: an image needs image_url or slack_file"


def _select_rule(element: Any, place: str) -> Iterator[str]:
    groups = objects(element.get("option_groups"))
    options = list(listed(element.get("options")))
    if bool(groups) == bool(options):
        yield f"{place}: needs either options or option_groups"
    for group in groups:
        options += listed(group.get("options"))
    initial = element.get("initial_option")
    for chosen in [initial] if initial else listed(element.get("initial_options")):
        if chosen not in options:
            yield f"{place}: the initial option is not one of the options"


# The shapes: which fields an object may have, and how long they may be.


def _fields(*names: str) -> dict[str, Check]:
    return dict.fromkeys(names, anything)


_OPEN = Shape({}, is_open=True)  # newer or rarer things, whose inside is not checked here
_OPTION = Shape(
    {"text": text(75), "value": string(150), "description": text(75), "url": string(3000)},
    required=("text", "value"),
)
_OPTIONS = many(_OPTION, most=100)
_FEW_OPTIONS = many(_OPTION, most=10)
_GROUP = Shape({"label": text(75, plain=True), "options": _OPTIONS}, required=("label", "options"))
_CONFIRM = Shape(
    {
        "title": text(100, plain=True),
        "text": text(300),
        "confirm": text(30, plain=True),
        "deny": text(30, plain=True),
        "style": anything,
    },
    required=("title", "text", "confirm", "deny"),
)
_IMAGE = Shape(
    {"image_url": string(3000), "slack_file": anything, "alt_text": string(2000)},
    required=("alt_text",),
    rule=_image_rule,
)
_ACTION: dict[str, Check] = {"action_id": string(255), "confirm": _CONFIRM, "focus_on_load": anything}
_FILLED_IN: dict[str, Check] = _ACTION | {
    "placeholder": text(150, plain=True),
    "dispatch_action_config": anything,
}
_TYPED_IN = Shape(_FILLED_IN | _fields("initial_value", "multiline", "min_length", "max_length"))
_SELECT: dict[str, Check] = _FILLED_IN | {"options": _OPTIONS, "option_groups": many(_GROUP, most=100)}
_PICKER = Shape(_FILLED_IN, is_open=True)
_BUTTON_FIELDS: dict[str, Check] = _ACTION | {
    "text": text(75, plain=True),
    "value": string(2000, least=0),
    "url": string(3000),
    "style": anything,
    "accessibility_label": string(75),
}
_BUTTON = Shape(_BUTTON_FIELDS, required=("text",))
_NUMBER_FIELDS = _fields("is_decimal_allowed", "initial_value", "min_value", "max_value")

# What may stand in an actions block or beside a section.
_PRESSED: dict[str, Check] = {
    "button": _BUTTON,
    "workflow_button": Shape(_BUTTON_FIELDS | _fields("workflow"), required=("text",)),
    "overflow": Shape(_ACTION | {"options": many(_OPTION, most=5)}, required=("options",)),
    "static_select": Shape(_SELECT | {"initial_option": _OPTION}, rule=_select_rule),
    "multi_static_select": Shape(
        _SELECT | {"initial_options": _OPTIONS} | _fields("max_selected_items"), rule=_select_rule
    ),
    "radio_buttons": Shape(_ACTION | {"options": _FEW_OPTIONS, "initial_option": _OPTION}, rule=_select_rule),
    "checkboxes": Shape(_ACTION | {"options": _FEW_OPTIONS, "initial_options": _FEW_OPTIONS}, rule=_select_rule),
    **dict.fromkeys(("datepicker", "timepicker", "datetimepicker", "rich_text_input"), _PICKER),
    **{
        f"{several}{kind}_select": _PICKER
        for several in ("", "multi_")
        for kind in ("users", "channels", "conversations", "external")
    },
}
# What may stand in an input block.
_INPUTS: dict[str, Check] = {
    **{kind: check for kind, check in _PRESSED.items() if kind not in ("button", "workflow_button", "overflow")},
    **dict.fromkeys(("plain_text_input", "email_text_input", "url_text_input"), _TYPED_IN),
    "number_input": Shape(_FILLED_IN | _NUMBER_FIELDS, required=("is_decimal_allowed",)),
    "file_input": Shape({"action_id": string(255), "filetypes": many(string(20), most=100), "max_files": anything}),
}
_CELL = typed(dict.fromkeys(("raw_text", "raw_number", "rich_text"), _OPEN))
_RICH_TEXT = typed(dict.fromkeys((f"rich_text_{kind}" for kind in ("section", "list", "preformatted", "quote")), _OPEN))
_ROW = many(_CELL, most=20)
_CARD = Shape(
    {
        "block_id": string(255),
        "hero_image": _IMAGE,
        "icon": _IMAGE,
        "title": text(150),
        "subtitle": text(150),
        "body": text(200),
        "actions": many(typed({"button": _BUTTON}), most=25),
    },
    rule=_card_rule,
)


def _named(fields: Mapping[str, Check], *required: str, rule: Check = anything, is_open: bool = False) -> Shape:
    return Shape({"block_id": string(255), **fields}, required, rule, is_open)


BLOCKS: dict[str, Check] = {
    "section": _named(
        {
            "text": text(3000),
            "fields": many(text(2000), most=10),
            "accessory": typed(_PRESSED | {"image": _IMAGE}),
            "expand": anything,
        },
        rule=_section_rule,
    ),
    "header": _named({"text": text(150, plain=True), "level": anything}, "text"),
    "divider": _named({}),
    "context": _named({"elements": many(_context_element, most=10)}, "elements"),
    "actions": _named({"elements": many(typed(_PRESSED), most=25)}, "elements"),
    "context_actions": _named(
        {"elements": many(typed({"feedback_buttons": _OPEN, "icon_button": _OPEN}), most=5)}, "elements"
    ),
    "input": _named(
        {
            "label": text(2000, plain=True),
            "hint": text(2000, plain=True),
            "element": typed(_INPUTS),
            **_fields("optional", "dispatch_action"),
        },
        *("label", "element"),
    ),
    "image": _named({**_IMAGE.fields, "title": text(2000, plain=True)}, "alt_text", rule=_image_rule),
    "rich_text": _named({"elements": many(_RICH_TEXT, most=1000)}, "elements"),
    "markdown": _named({"text": string(MOST_MARKDOWN)}, "text"),
    "table": _named({"rows": many(_ROW, most=100), "column_settings": many(anything, most=20)}, "rows"),
    "data_table": _named(
        {"rows": many(_ROW, least=2, most=101), "caption": string(3000)}
        | _fields("page_size", "row_header_column_index"),
        *("rows", "caption"),
        rule=_data_table_rule,
    ),
    "alert": _named({"text": text(3000), "level": anything}, "text"),
    "card": _CARD,
    "carousel": _named({"elements": many(typed({"card": _CARD}), most=10)}, "elements"),
    "container": _named(
        {"title": text(150, plain=True), "subtitle": text(150), "child_blocks": many(_block, most=10)},
        "child_blocks",
        is_open=True,
    ),
    "data_visualization": _named({"title": string(50)}, is_open=True),
    **dict.fromkeys(("task_card", "plan", "video", "file"), _named({}, is_open=True)),
}
_VIEW_FIELDS: dict[str, Check] = {
    "blocks": _view_blocks,
    "private_metadata": string(3000, least=0),
    **dict.fromkeys(("callback_id", "external_id"), string(255, least=0)),
}
_HOME = Shape(_VIEW_FIELDS, required=("blocks",))
_MODAL = Shape(
    _VIEW_FIELDS
    | dict.fromkeys(("title", "submit", "close"), text(24, plain=True))
    | _fields("clear_on_close", "notify_on_close", "submit_disabled"),
    required=("title", "blocks"),
    rule=_modal_rule,
)
