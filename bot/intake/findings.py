"""What reading a file found beside its facts: rows that were rejected, and notes on how it was read."""

import string
from collections.abc import Mapping
from dataclasses import dataclass, field

_LONGEST = 80
EDGES = string.whitespace + "\u00a0\u3000\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"  # that belong to no cell


@dataclass(frozen=True, slots=True)
class Rejected:
    """One row that was not taken, and why.

    `line` counts from 1; `column` is the header as the file writes it, `field` what it means here (`expires`,
    `title`); `message` is the sentence in English without its line; `suggestions` may stand for `value`.
    """

    line: int
    column: str
    value: str
    reason_kind: str
    message: str
    suggestions: tuple[str, ...] = ()
    field: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """Something about the whole file that a reader should know. `values` are the words of the sentence."""

    kind: str
    message: str
    values: Mapping[str, object] = field(default_factory=dict)


def printable(name: str) -> str:
    r"""A name as it can be printed and stored, whatever bytes somebody put into it.

    >>> printable("azure\n\udcff.csv")
    'azure??.csv'
    """
    return "".join(sign if sign.isprintable() else "?" for sign in name)


def shortened(value: str) -> str:
    """A value on one line, as a message quotes it.

    >>> shortened("AZ-5OO"), len(shortened("x" * 1000))
    ('AZ-5OO', 80)
    """
    flat = " ".join(value[: _LONGEST * 2].split())
    return flat if len(flat) <= _LONGEST else flat[: _LONGEST - 1] + "…"
