"""Answers what Slack itself would say about a form before it sends it to the app."""

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from bot.playground.block_checks import objects
from bot.playground.elements import Blocks, Filled, Held, initial, placed

MOST_FILES = 10

_WORDS = {
    "required": ("Please complete this required field.", "この必須フィールドに入力してください。"),
    "number": ("Enter a number.", "数値を入力してください。"),
    "whole": ("Enter a whole number.", "整数を入力してください。"),
    "low": ("Enter {limit} or more.", "{limit} 以上の値を入力してください。"),
    "high": ("Enter {limit} or less.", "{limit} 以下の値を入力してください。"),
    "short": ("Enter at least {limit} characters.", "{limit} 文字以上で入力してください。"),
    "long": ("Enter at most {limit} characters.", "{limit} 文字以下で入力してください。"),
    "files": ("Choose no more files than {limit}.", "ファイルは {limit} 個まで選択できます。"),
    "kind": ("{limit} is not a type of file that can be chosen here.", "{limit} は選択できない種類のファイルです。"),
}


class InputRefusedError(ValueError):
    """Slack would keep this form and show a message beside the inputs named here, by block_id."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__(f"Slack would not send this form: {errors}")
        self.errors = errors


def input_errors(blocks: Blocks, held: Held, *, locale: str) -> dict[str, str]:
    """Find what Slack refuses in a form, by block_id, in the person's language."""
    errors = {}
    for candidate in placed(blocks):
        if candidate.block["type"] == "input" and candidate.is_input:
            value = held[candidate.key] if candidate.key in held else initial(candidate.element)
            for word, limit in _faults(candidate.block, candidate.element, value):
                errors[candidate.key[0]] = _WORDS[word][locale.startswith("ja")].format(limit=limit)
    return errors


def _faults(block: Mapping[str, Any], element: Mapping[str, Any], value: Filled) -> Iterator[tuple[str, Any]]:
    if value in (None, "", []):
        if not block.get("optional"):
            yield "required", None
    elif element["type"] == "number_input":
        yield from _number_faults(element, str(value))
    elif element["type"] == "plain_text_input":
        yield from _length_faults(element, str(value))
    elif element["type"] == "file_input":
        yield from _file_faults(element, value)


def _number_faults(element: Mapping[str, Any], value: str) -> Iterator[tuple[str, Any]]:
    try:
        number = Decimal(value)
    except InvalidOperation:
        yield "number", None
        return
    if not number.is_finite():
        yield "number", None
    elif not element.get("is_decimal_allowed") and number != number.to_integral_value():
        yield "whole", None
    elif "min_value" in element and number < Decimal(element["min_value"]):
        yield "low", element["min_value"]
    elif "max_value" in element and number > Decimal(element["max_value"]):
        yield "high", element["max_value"]


def _length_faults(element: Mapping[str, Any], value: str) -> Iterator[tuple[str, Any]]:
    if len(value) < element.get("min_length", 0):
        yield "short", element["min_length"]
    elif len(value) > element.get("max_length", 3000):
        yield "long", element.get("max_length", 3000)


def _file_faults(element: Mapping[str, Any], value: Filled) -> Iterator[tuple[str, Any]]:
    names = [str(file["name"]) for file in objects(value)]
    most, kinds = element.get("max_files", MOST_FILES), element.get("filetypes")
    if len(names) > most:
        yield "files", most
    for name in names:
        if kinds and name.rpartition(".")[2].lower() not in kinds:
            yield "kind", name
