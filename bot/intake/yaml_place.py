"""Reads numbers, days and keys out of a YAML document; what does not fit is an error with file and line."""

import re
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from scoring.errors import UnneededFactError, WrongFactError
from scoring.facts import Origin
from scoring.sources import Document, Path_, exact

LAST_DAY = date(2199, 12, 31)  # later days mean "never", and leave no room to count on from
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_NUMBER = re.compile(r"[-+]?\d{1,30}(\.\d{1,30}|/\d{1,30})?")


def _day_of(text: str) -> date | str:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text


def _fraction(text: str) -> Fraction:
    if not _NUMBER.fullmatch(text):  # no exponents: a number of a million digits is no figure
        raise ValueError(text)
    return Fraction(text)


class YamlPlace:
    """A document, or the part of one under `root`, whose values are asked for by path."""

    def __init__(self, document: Document, root: Path_ = ()) -> None:
        self.document = document
        self.root = root

    def mapping(self, data: Any, path: Path_, known: tuple[str, ...] | None) -> dict[Any, Any]:
        """A mapping with none but the known keys (any, where `known` is None).

        Raises: WrongFactError, UnneededFactError.
        """
        if not isinstance(data, Mapping):
            raise self.wrong(
                path, str(data)[:40] if path else "", f"keys are needed here: {', '.join(known or ('...',))}"
            )
        for key in data:
            if known is not None and key not in known:
                where = self.where((*path, key))
                message = f"{where}: '{key}' is not a key here; use {', '.join(known)}."
                area = ".".join(map(str, path))
                raise UnneededFactError(message, where=where, area=area, fact=key, needed=", ".join(known))
        return dict(data)

    def number(self, data: Any, path: Path_) -> Fraction:
        """A whole or decimal number, exact; text such as `14 %` or `80/3` too.

        Raises: WrongFactError.
        """
        text = data.removesuffix("%").strip() if isinstance(data, str) else data
        try:
            value = exact(_fraction(text) if isinstance(text, str) else text)
        except (ValueError, ZeroDivisionError) as error:
            raise self.wrong(path, str(data)[:40], "a number is needed, such as 12 or 13.5") from error
        assert isinstance(value, Fraction)
        return value

    def not_negative(self, value: Fraction | None, path: Path_) -> None:
        """Make sure that a count or an amount of money is not below zero; only a difference may be.

        Raises: WrongFactError.
        """
        if value is not None and value < 0:
            raise self.wrong(path, f"{float(value):g}", "a count or amount is not below zero; only a difference may be")

    def day(self, data: Mapping[str, Any], key: str, path: Path_) -> date | None:
        """The day under a key; None where it is not given.

        Raises: WrongFactError.
        """
        value = data.get(key)
        if isinstance(value, str) and _DAY.fullmatch(value):  # programs that write YAML put days in quotes
            value = _day_of(value)
        if value is None or (isinstance(value, date) and value <= LAST_DAY):
            return value
        if isinstance(value, date):
            raise self.wrong((*path, key), str(value), f"a day up to {LAST_DAY} is needed; leave out what has no end")
        raise self.wrong((*path, key), str(value), "a day is needed, such as 2026-11-20")

    def where(self, path: Path_) -> str:
        """`file:line` of a path."""
        return self.document.where((*self.root, *path))

    def origin(self, path: Path_) -> Origin:
        """File and line of a path, as facts keep them."""
        return Origin(source=self.document.name, line=self.document.line((*self.root, *path)))

    def wrong(self, path: Path_, value: str, reason: str) -> WrongFactError:
        """The error for a value that has no meaning at its place."""
        where, fact = self.where(path), ".".join(str(part) for part in path)
        given = (f" is '{value}':" if value else ":") if fact else ""
        return WrongFactError(f"{where}: {fact}{given} {reason}.", where=where, fact=fact, value=value, reason=reason)
