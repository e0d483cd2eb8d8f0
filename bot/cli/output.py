"""How values are printed: exact numbers and days as JSON, and columns that also align Japanese text."""

import json
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import click
from pydantic import BaseModel


def print_json(value: object) -> None:
    """Print one JSON document."""
    click.echo(json.dumps(plain(value), ensure_ascii=False, indent=2))


def plain(value: object) -> Any:
    """A value as JSON knows it: fractions as numbers, days as ISO text, models as objects.

    >>> plain({"points": Fraction(12), "on": date(2026, 11, 20), "share": (Fraction(1, 2),)})
    {'points': 12, 'on': '2026-11-20', 'share': [0.5]}
    """
    match value:
        case None | bool() | int() | float() | str():
            return value
        case Fraction() | Decimal():
            return number(Fraction(value))
        case date():
            return value.isoformat()
        case BaseModel():
            return {name: plain(getattr(value, name)) for name in type(value).model_fields}
        case Mapping():
            return {str(plain(key)): plain(item) for key, item in value.items()}
        case Iterable():
            return [plain(item) for item in value]
    return str(value)


def number(value: Fraction | None) -> int | float | None:
    """A JSON number: whole where it is whole, else the nearest one with full precision."""
    if value is None or value.denominator != 1:
        return None if value is None else float(value)
    return int(value)


def exact(value: Fraction | None) -> str | None:
    """The exact number as text.

    >>> exact(Fraction(80, 3)), exact(Fraction(20))
    ('80/3', '20')
    """
    return None if value is None else str(value)


def width(text: str) -> int:
    """The columns that a text takes in a terminal; Japanese signs take two.

    >>> width("Security"), width("中級資格")
    (8, 8)
    """
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def columns(rows: Sequence[Sequence[str]], *, indent: str = "", right: frozenset[int] = frozenset()) -> list[str]:
    """Lines with aligned columns; those in `right` end at the same column."""
    if not rows:
        return []
    widest = [max(width(row[column]) for row in rows) for column in range(len(rows[0]))]
    return [
        indent + "  ".join(_cell(text, widest[at], right=at in right) for at, text in enumerate(row)).rstrip()
        for row in rows
    ]


def _cell(text: str, wide: int, *, right: bool) -> str:
    space = " " * (wide - width(text))
    return space + text if right else text + space
