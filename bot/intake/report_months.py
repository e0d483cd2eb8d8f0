"""A month as reports and spreadsheets write it -> its number."""

import re
import unicodedata

from bot.intake.findings import EDGES
from bot.intake.report_dates import NEVER, Order, WrongDayError, read_day
from scoring.usage import month_number

_LONGEST = 40
_FIRST_YEAR, _LAST_YEAR = 1990, 2098
_FISCAL_START = 7  # Microsoft's fiscal year 2027 begins in July 2026
_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_NAMES = {name: number for number, long in enumerate(_MONTHS, start=1) for name in (long, long[:3])} | {"sept": 9}
_NAME = r"(?P<name>[a-z]{3,9})\.?"
_GAP = r"[\s\-/_.,:']*"
_FISCAL = r"fy\s?'?(?P<fiscal>\d{4}|\d{2})"
_SHAPES = tuple(
    re.compile(shape)
    for shape in (
        r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})",
        r"(?P<year>\d{4})(?P<month>\d{2})",
        r"(?P<month>\d{1,2})[-/.](?P<year>\d{4})",
        r"(?P<year>\d{4})年\s*(?P<month>\d{1,2})月[度分]?",
        rf"{_NAME}{_GAP}(?P<year>\d{{4}}|\d{{2}})",
        rf"(?P<year>\d{{4}}){_GAP}{_NAME}",
        rf"{_FISCAL}{_GAP}(?:q[1-4]{_GAP})?{_NAME}",
        rf"{_NAME}{_GAP}\(?{_FISCAL}\)?",
    )
)


def read_month(words: str, order: Order) -> int:
    """The number of the month that is meant: of the day, where a day is given.

    Raises: WrongDayError (no_month, not_a_month, spreadsheet_date).

    >>> read_month("October 2026", "month_first") == read_month("FY27-Oct", "month_first") == 2026 * 12 + 9
    True
    """
    text = normal(words)
    if not text:
        raise WrongDayError("no_month", "is empty")
    month = _month(text)
    if month is None:
        month = _month_of_day(text, order)
    if month is None or not _FIRST_YEAR <= month // 12 <= _LAST_YEAR:
        raise WrongDayError("not_a_month", "is not a month; write it as 2026-10")
    return month


def normal(words: str) -> str:
    """A month or day as it is compared: the same text for what differs only in case, width and outer spaces."""
    return unicodedata.normalize("NFKC", words[: _LONGEST * 2]).casefold().strip(EDGES)


def _month(text: str) -> int | None:
    for shape in _SHAPES:
        found = shape.fullmatch(text) if len(text) <= _LONGEST else None
        if not found:
            continue
        parts = found.groupdict()
        name = parts.get("name")
        month = _NAMES.get(name, 0) if name else int(parts["month"])
        if not 1 <= month <= 12:
            return None
        year = int(parts.get("fiscal") or parts["year"])
        year += 2000 if year < 100 else 0
        if parts.get("fiscal") and month >= _FISCAL_START:
            year -= 1
        return year * 12 + month - 1
    return None


def _month_of_day(text: str, order: Order) -> int | None:
    try:
        day = read_day(text, order)
    except WrongDayError as error:
        if error.kind == "spreadsheet_date":
            raise
        return None
    return None if day is None or day == NEVER else month_number(day)
