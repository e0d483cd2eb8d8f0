"""A day as reports and spreadsheets write it -> a date."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from bot.intake.findings import Note

Order = Literal["month_first", "day_first"]
NEVER = date.max  # stands for 9999-12-31 and its like: there is no end

_LONGEST = 40
_FIRST_YEAR = 1901  # 0001-01-01 and 1/1/1900 are how systems write "not given"
_LAST_YEAR = 2098  # 2099-12-31 and 9999-12-31 are how systems write "no end"
_NOTHING = {"", "-", "--", "n/a", "na", "null", "none", "not applicable"}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_TIME = r"(?:(?:t|\s+)\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:am|pm)?\s*(?:z|utc|[+-]\d{2}:?\d{2})?)?"
_NUMBERS = re.compile(rf"(\d{{1,2}})([/-])(\d{{1,2}})\2(\d{{4}}){_TIME}")
_SHAPES = tuple(
    re.compile(shape + _TIME)
    for shape in (
        r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})",
        r"(?P<year>\d{4})/(?P<month>\d{1,2})/(?P<day>\d{1,2})",
        r"(?P<year>\d{4})\.(?P<month>\d{1,2})\.(?P<day>\d{1,2})",
        r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})",
        r"(?P<year>\d{4})年\s*(?P<month>\d{1,2})月\s*(?P<day>\d{1,2})日",
        r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})",
        rf"(?P<day>\d{{1,2}})[\s-]{_MONTH}\.?,?[\s-](?P<year>\d{{4}}|\d{{2}})",
        rf"{_MONTH}\.?[\s-](?P<day>\d{{1,2}}),?[\s-]+(?P<year>\d{{4}})",
    )
)
_SERIAL = re.compile(r"\d{5}(\.\d+)?")


class WrongDayError(Exception):
    """A text is no day. `kind`: impossible_date, spreadsheet_date or unreadable_date; the text says why."""

    def __init__(self, kind: str, reason: str) -> None:
        super().__init__(reason)
        self.kind = kind
        self.reason = reason


@dataclass(frozen=True, slots=True)
class DayOrder:
    """How days such as 10/1/2026 are read in one file, and what decided it.

    `line` is that of a row which allows only this order; None where there is none. `is_mixed`: other rows allow
    only the other order.
    """

    order: Order
    line: int | None = None
    is_used: bool = False
    is_mixed: bool = False

    def notes(self) -> tuple[Note, ...]:
        """What to say about it: nothing where no day is written this way."""
        if not self.is_used:
            return ()
        words = "month/day/year" if self.order == "month_first" else "day/month/year"
        if self.is_mixed:
            kind, why = "day_order_mixed", "although some rows allow only the other order: those are rejected"
        elif self.line is None:
            kind, why = "day_order_assumed", "the US order, because no row shows which is meant: please check"
        else:
            kind, why = "day_order", f"as line {self.line} allows nothing else"
        message = f"days such as 10/1/2026 were read as {words}, {why}"
        return (Note(kind, message, {"order": self.order, "line": self.line}),)


def day_order(numbered: Iterable[tuple[int, str]]) -> DayOrder:
    """The order of day and month in a file, from all its days with their lines; the US order unless a row decides."""
    month_first: int | None = None
    day_first: int | None = None
    is_used = False
    for line, text in numbered:
        found = _NUMBERS.match(text) if text[:1].isdigit() else None
        if not found:
            continue
        is_used = True
        if int(found[1]) > 12 >= int(found[3]):
            day_first = day_first or line
        elif int(found[3]) > 12 >= int(found[1]):
            month_first = month_first or line
    if day_first and not month_first:
        return DayOrder("day_first", day_first, is_used)
    return DayOrder("month_first", month_first, is_used, bool(day_first))


@lru_cache(maxsize=65536)
def read_day(words: str, order: Order) -> date | None:
    """The day that is meant; None where none is given, NEVER for a day so far away that it stands for no end.

    Raises: WrongDayError.

    >>> read_day("2026年10月1日", "month_first") == read_day("1-Oct-2026", "month_first") == date(2026, 10, 1)
    True
    >>> read_day("10/1/2026", "day_first"), read_day("9999-12-31T00:00:00", "day_first") == NEVER
    (datetime.date(2026, 1, 10), True)
    """
    text = unicodedata.normalize("NFKC", words).casefold().strip() if len(words) <= _LONGEST else "?"
    if text in _NOTHING:
        return None
    year, month, day = _parts(text, order)
    if year > _LAST_YEAR:
        return NEVER
    try:
        found = date(year, month, day)
    except ValueError as error:
        raise WrongDayError("impossible_date", "is not a date") from error
    return found if found.year >= _FIRST_YEAR else None


def _parts(text: str, order: Order) -> tuple[int, int, int]:
    numbers = _NUMBERS.fullmatch(text)
    if numbers:
        first, second, year = int(numbers[1]), int(numbers[3]), int(numbers[4])
        return (year, first, second) if order == "month_first" else (year, second, first)
    for shape in _SHAPES:
        found = shape.fullmatch(text)
        if found:
            parts = found.groupdict()
            year = int(parts["year"]) + (2000 if len(parts["year"]) == 2 else 0)
            name = parts.get("name")
            month = _MONTHS.index(name[:3]) + 1 if name else int(parts["month"])
            return year, month, int(parts["day"])
    if _SERIAL.fullmatch(text):
        reason = "is a spreadsheet's number for a day; format the column as a date, or send the report as downloaded"
        raise WrongDayError("spreadsheet_date", reason)
    raise WrongDayError("unreadable_date", "is not a date; write it as 2027-03-31")
