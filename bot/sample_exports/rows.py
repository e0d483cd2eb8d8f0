"""How a report's row is built here, and how its amounts and days are written."""

from collections.abc import Mapping

from scoring.usage import first_day

Row = Mapping[str, str]  # cells by column, in the order of the report's columns

MILLION = 1_000_000  # amounts of money are counted in whole millionths of a US dollar


def usd(millionths: int, places: int = 6) -> str:
    """An amount as decimals, halves rounded away from zero.

    >>> usd(1_234_500_000), usd(-20_000, 2), usd(19_995_000, 2)
    ('1234.500000', '-0.02', '20.00')
    """
    unit = 10 ** (6 - places)
    whole, part = divmod((abs(millionths) + unit // 2) // unit, 10**places)
    return f"{'-' if millionths < 0 else ''}{whole}.{part:0{places}d}"


def day_text(month: int, day: int = 1) -> str:
    """A day of a month of that number (see `scoring.usage.month_number`), as reports write it.

    >>> day_text(2026 * 12 + 9)
    '2026-10-01'
    """
    return first_day(month).replace(day=day).isoformat()
