"""Answers what the inputs among blocks hold, in the form that Slack sends to an app."""

import copy
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.playground.block_checks import listed, objects

# What a person typed, the value of what was chosen, or the files that were put in.
Filled = str | int | Sequence[str] | Sequence[Mapping[str, Any]] | None
Blocks = Sequence[Mapping[str, Any]]
Held = Mapping[tuple[str, str], Filled]  # by block_id and action_id

# The key under which Slack sends what an element holds, and the key of its first value.
_SIMPLE = {
    **dict.fromkeys(
        ("plain_text_input", "number_input", "email_text_input", "url_text_input"), ("value", "initial_value")
    ),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "users_select": ("selected_user", "initial_user"),
    "channels_select": ("selected_channel", "initial_channel"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "multi_users_select": ("selected_users", "initial_users"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
}
_FILES = "file_input"
_ONE_OF = ("static_select", "radio_buttons", "overflow", "external_select")
_SOME_OF = ("multi_static_select", "checkboxes", "multi_external_select")


@dataclass(frozen=True)
class Placed:
    """An element and the block it stands in."""

    block: Mapping[str, Any]
    element: Mapping[str, Any]

    @property
    def key(self) -> tuple[str, str]:
        """The names under which Slack files what the element holds."""
        return str(self.block.get("block_id")), str(self.element.get("action_id"))

    @property
    def is_input(self) -> bool:
        """Whether the element keeps a value; buttons and overflow menus do not."""
        kind = self.element.get("type")
        return kind in _SIMPLE or kind in _SOME_OF or kind == _FILES or (kind in _ONE_OF and kind != "overflow")

    @property
    def takes_files(self) -> bool:
        """Whether the element is one that files are put into."""
        return self.element.get("type") == _FILES


def with_ids(blocks: Blocks, new_id: Callable[[], str]) -> list[dict[str, Any]]:
    """Copy blocks and name those without a name, as Slack does when a message is posted."""
    named = [dict(copy.deepcopy(block)) for block in blocks]
    for block in _nested(named):
        block.setdefault("block_id", new_id())
        for element in _elements(block):
            if element.get("type") not in ("image", "mrkdwn", "plain_text"):
                element.setdefault("action_id", new_id())
    return named


def placed(blocks: Blocks) -> Iterator[Placed]:
    """Go through all elements a person can press or fill in."""
    for block in _nested(blocks):
        for element in _elements(block):
            if "action_id" in element:
                yield Placed(block, element)


def find(blocks: Blocks, action_id: str, *, block_id: str | None = None, value: Filled = None) -> Placed:
    """Find the one element with this action_id; block_id and a button's value narrow the search.

    Raises: LookupError, naming the elements that are there.
    """
    for candidate in placed(blocks):
        is_named = candidate.element["action_id"] == action_id and block_id in (
            None,
            candidate.block["block_id"],
        )
        if is_named and value in (None, *_pressed_values(candidate.element)):
            return candidate
    there = ", ".join("/".join(candidate.key) for candidate in placed(blocks))
    raise LookupError(
        f"nothing to press is called {action_id!r} (block {block_id!r}, value {value!r}); there is: {there}"
    )


def resolve(blocks: Blocks, given: Mapping[str, Filled]) -> dict[tuple[str, str], Filled]:
    """File what was filled in under block_id and action_id; a key is one of them, or 'block_id/action_id'.

    Raises: LookupError, naming the inputs that are there.
    """
    inputs = [candidate.key for candidate in placed(blocks) if candidate.is_input]
    filed = {}
    for name, value in given.items():
        matches = [key for key in inputs if name in (*key, "/".join(key))]
        if len(matches) != 1:
            raise LookupError(f"{name!r} names {len(matches)} inputs; there is: {['/'.join(key) for key in inputs]}")
        filed[matches[0]] = value
    return filed


def state(blocks: Blocks, held: Held) -> dict[str, dict[str, Any]]:
    """Build `state.values`: what every input holds, by block_id and action_id."""
    values: dict[str, dict[str, Any]] = {}
    for candidate in placed(blocks):
        if candidate.is_input:
            block_id, action_id = candidate.key
            value = held[candidate.key] if candidate.key in held else initial(candidate.element)
            values.setdefault(block_id, {})[action_id] = {"type": candidate.element["type"]} | holding(
                candidate.element, value
            )
    return values


def initial(element: Mapping[str, Any]) -> Filled:
    """Give what an input holds before anybody touches it."""
    kind = element["type"]
    if kind in _ONE_OF:
        value: Filled = (element.get("initial_option") or {}).get("value")
    elif kind in _SOME_OF:
        value = [option["value"] for option in element.get("initial_options", [])]
    elif kind == _FILES:
        value = []
    else:
        value = element.get(_SIMPLE[kind][1])
    return value


def holding(element: Mapping[str, Any], value: Filled) -> dict[str, Any]:
    """Give the part of a payload that says what an element holds.

    Raises: LookupError when an option is not offered.
    """
    kind = element["type"]
    if kind in _ONE_OF:
        return {"selected_option": None if value in (None, "") else _option(element, str(value))}
    if kind in _SOME_OF:
        return {"selected_options": [_option(element, str(item)) for item in listed(value)]}
    if kind == _FILES:
        return {"files": list(listed(value))}
    if kind in _SIMPLE:
        return {_SIMPLE[kind][0]: None if value == "" else value}
    if kind == "feedback_buttons":
        return {"value": value}
    return {"value": element["value"]} if "value" in element else {}


def _pressed_values(element: Mapping[str, Any]) -> list[Any]:
    # Feedback buttons are two in one element; the value says which was pressed.
    both = [element, element.get("positive_button"), element.get("negative_button")]
    return [button["value"] for button in objects(both) if "value" in button]


def _option(element: Mapping[str, Any], value: str) -> Mapping[str, Any]:
    options = [*objects(element.get("options"))]
    for group in objects(element.get("option_groups")):
        options += objects(group.get("options"))
    for option in options:
        if option["value"] == value:
            return option
    raise LookupError(f"{value!r} is not offered by {element['action_id']!r}: {[o['value'] for o in options]}")


def _nested(blocks: Blocks) -> Iterator[Any]:
    for block in blocks:
        yield block
        yield from _nested(objects(block.get("child_blocks")))
        if block.get("type") == "carousel":
            yield from _nested(objects(block.get("elements")))


def _elements(block: Mapping[str, Any]) -> list[Any]:
    if block.get("type") in ("rich_text", "carousel"):
        return []
    return objects(
        [
            *listed(block.get("elements")),
            *listed(block.get("actions")),
            block.get("accessory"),
            block.get("element"),
        ]
    )
