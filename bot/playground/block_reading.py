"""Answers what in a message or view Slack accepts and some people cannot read."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.playground.block_checks import listed


def unreadable(payload: Mapping[str, Any] | Sequence[Any]) -> list[str]:
    """List what a screen reader or a notification has no words for; each line begins with the place."""
    is_message = isinstance(payload, Mapping) and "type" not in payload
    found = list(_unlabelled(payload, "" if isinstance(payload, Mapping) else "/blocks"))
    if isinstance(payload, Mapping) and is_message and payload.get("blocks") and not payload.get("text"):
        found.append("/text: missing; notifications and screen readers read it instead of the blocks")
    return found


def _unlabelled(value: Any, place: str) -> Iterator[str]:
    if isinstance(value, Mapping):
        if value.get("type") == "button" and not value.get("accessibility_label") and not _has_word(value):
            yield f"{place}: a button without a word needs an accessibility_label"
        for name, child in value.items():
            yield from _unlabelled(child, f"{place}/{name}")
    for index, child in enumerate(listed(value)):
        yield from _unlabelled(child, f"{place}/{index}")


def _has_word(button: Mapping[str, Any]) -> bool:
    return any(sign.isalnum() for sign in str((button.get("text") or {}).get("text", "")))
