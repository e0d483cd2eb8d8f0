"""What a reply is made of: text that always stands alone, and Block Kit blocks within Slack's limits."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

Block = dict[str, Any]

SECTION_LIMIT = 3000
HEADER_LIMIT = 150
BUTTON_LIMIT = 75
CONTEXT_LIMIT = 2000


@dataclass(frozen=True)
class Reply:
    """An answer in Slack: `text` is the notification and what a screen reader says; `blocks` are the card."""

    text: str
    blocks: list[Block] = field(default_factory=list)

    def body(self) -> dict[str, Any]:
        """The reply as Slack takes it: visible to the asker alone."""
        return {"response_type": "ephemeral", "text": self.text, "blocks": self.blocks}

    @cached_property
    def json(self) -> str:
        """The reply as it travels; made once, since the same answer is asked for again and again."""
        return json.dumps(self.body())


def escaped(text: str) -> str:
    """Text that came from outside, without the three signs that Slack reads as mark-up."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def cut(text: str, limit: int) -> str:
    """Text within a limit of Slack, with an ellipsis where something was cut.

    >>> cut("abcdef", 4)
    'abc…'
    """
    return text if len(text) <= limit else text[: limit - 1] + "…"


def header(text: str) -> Block:
    """The verdict, in large letters; a longer one becomes a bold section, so that no word is lost."""
    if len(text) > HEADER_LIMIT:
        return section(f"*{text}*")
    return {"type": "header", "text": {"type": "plain_text", "text": text, "emoji": True}}


def section(text: str) -> Block:
    """A paragraph in Slack's mark-up."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": cut(text, SECTION_LIMIT)}}


def sections(lines: Iterable[str]) -> list[Block]:
    """Lines as one paragraph, or as several where they do not fit into one."""
    found: list[Block] = []
    held = ""
    for line in lines:
        whole = f"{held}\n{line}" if held else line
        if len(whole) > SECTION_LIMIT and held:
            found.append(section(held))
            whole = line
        held = whole
    return [*found, section(held)] if held else found


def context(lines: Iterable[str]) -> Block:
    """Small print: data, rules, who can see it."""
    elements = [{"type": "mrkdwn", "text": cut(line, CONTEXT_LIMIT)} for line in lines if line]
    return {"type": "context", "elements": elements[:10]}


def actions(*elements: Block) -> Block:
    """A row of buttons and menus."""
    return {"type": "actions", "elements": list(elements)}


def button(label: str, action_id: str, value: str, *, primary: bool = False) -> Block:
    """A button whose label makes sense alone."""
    text = {"type": "plain_text", "text": cut(label, BUTTON_LIMIT), "emoji": True}
    made: Block = {"type": "button", "text": text, "action_id": action_id, "value": value}
    return made | {"style": "primary"} if primary else made


def menu(placeholder: str, action_id: str, options: dict[str, str], *, chosen: str | None = None) -> Block:
    """A menu of labels by value."""
    made = {value: {"text": plain(label), "value": value} for value, label in options.items()}
    found: Block = {
        "type": "static_select",
        "action_id": action_id,
        "placeholder": plain(placeholder),
        "options": list(made.values()),
    }
    return found | {"initial_option": made[chosen]} if chosen in made else found


def plain(text: str) -> Block:
    """A text without mark-up, such as a label."""
    return {"type": "plain_text", "text": cut(text, BUTTON_LIMIT)}
