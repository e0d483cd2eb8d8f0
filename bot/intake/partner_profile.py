"""The Partner profile report -> the company's name, and how many locations it has."""

from dataclasses import dataclass

from bot.intake.report_kinds import FoundColumns
from bot.intake.tables import Table, plain

_TOP = ("global", "hq", "headquarters", "pga")


@dataclass(frozen=True, slots=True)
class PartnerProfile:
    """`company` is None where the report names none; `locations` counts its location accounts."""

    company: str | None
    locations: int


def read_profile(table: Table) -> PartnerProfile:
    """What the report says: the name of the global account, else that of the account on the highest level."""
    columns = FoundColumns(table.headers)
    level = columns.first(("AccountType", "HierarchyLevel"))
    global_name = columns.first(("PGA_PartnerName",))
    name = columns.first(("PartnerName",))
    is_top = [level is not None and _is_top(row.cells[level]) for row in table.rows]
    top_first = [row for _, row in sorted(zip(is_top, table.rows, strict=True), key=lambda pair: not pair[0])]
    names = [row.cells[global_name] for row in table.rows] if global_name is not None else []
    names += [row.cells[name] for row in top_first] if name is not None else []
    return PartnerProfile(next((one for one in names if one), None), len(table.rows) - sum(is_top))


def _is_top(words: str) -> bool:
    """Whether an account is the company's global one, not one of its locations.

    >>> _is_top("Global ID"), _is_top("Location ID")
    (True, False)
    """
    return plain(words).startswith(_TOP)
