"""Other ways to write the same exports: none of them may change what is measured."""

import random
from calendar import month_abbr, month_name
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from tests.exports.sheets import (
    Sheet,
    Sheets,
    parts_at_random,
    parts_by_month,
    write_csv,
    write_delimited,
    write_encoded,
    write_gz,
    write_one_workbook,
    write_quoted,
    write_workbooks,
    write_zip,
)

MONTHS = ("Month", "FiscalMonthName", "Date")
AMOUNTS = ("ACR_USD", "AdjustedRevenueAmtCD", "PaidAvailableUnits", "MonthlyActiveUsers", "MAU", "MAC")
TYPES = ("PartnerAttributionType", "PartnerAssociationType", "PartnerAttachType")
SYNONYMS = {  # each header with the other ways in which reports spell the same column
    "PGAMpnID": ("PGAMpnId", "PGA_MPNID", "PGAPartnerID", "GlobalPartnerID"),
    "GlobalPartnerID": ("PGAMpnID",),
    "MPNID": ("MPNId", "MpnId", "PartnerID"),
    "PartnerLocation": ("PartnerLocationID",),
    "ACR_USD": ("TotalACR", "AzureConsumedRevenueUSD"),
    "PartnerAttributionType": ("PartnerAttachType", "PartnerAssociationType"),
    "PartnerAssociationType": ("PartnerAttributionType", "PartnerAttachType"),
    "Workload": ("Workloads", "WorkloadName"),
    "Workloads": ("Workload", "WorkloadName"),
    "WorkloadName": ("Workload", "Workloads"),
    "CustomerTenantId": ("CustomerTenantID",),
    "CustomerTenantID": ("CustomerTenantId",),
    "Month": ("FiscalMonthName", "Date"),
    "FiscalMonthName": ("Month", "Date"),
    "Date": ("Month", "FiscalMonthName"),
}
SPELLINGS = {
    "Partner Admin Link": ("PAL", "Partner admin link", "partner admin link "),
    "PAL": ("Partner Admin Link", "Partner admin link"),
    "Digital Partner of Record": ("DPOR", "Partner of record", "Digital partner of record"),
    "DPOR": ("Digital Partner of Record", "Partner of record"),
    "CSP Tier 1": ("CSP T1", "CSP tier 1"),
    "CSP Tier 2": ("CSP T2", "csp tier 2"),
    "Claiming Partner of Record (CPOR)": ("CPOR", "claiming partner of record (CPOR)"),
    "CPOR": ("Claiming Partner of Record (CPOR)",),
}
Change = Callable[[str, random.Random], str]


def shuffled_columns(sheet: Sheet, chance: random.Random) -> Sheet:
    """The columns in any order."""
    order = list(range(len(sheet.headers)))
    chance.shuffle(order)
    rows = tuple(tuple(row[at] for at in order) for row in sheet.rows)
    return replace(sheet, headers=tuple(sheet.headers[at] for at in order), rows=rows)


def shuffled_rows(sheet: Sheet, chance: random.Random) -> Sheet:
    """The rows in any order."""
    return sheet.with_rows(chance.sample(sheet.rows, len(sheet.rows)))


def without(sheet: Sheet, *columns: str) -> Sheet:
    """Some columns left out."""
    kept = [at for at, name in enumerate(sheet.headers) if name not in columns]
    rows = tuple(tuple(row[at] for at in kept) for row in sheet.rows)
    return replace(sheet, headers=tuple(sheet.headers[at] for at in kept), rows=rows)


def renamed(sheet: Sheet, chance: random.Random) -> Sheet:
    """Every header that has a synonym under another name, no name twice."""
    taken = set(sheet.headers)
    headers = []
    for name in sheet.headers:
        free = [other for other in SYNONYMS.get(name, ()) if other not in taken]
        headers.append(chance.choice(free) if free else name)
        taken.add(headers[-1])
    return replace(sheet, headers=tuple(headers))


def changed(sheet: Sheet, columns: tuple[str, ...], change: Change, chance: random.Random) -> Sheet:
    """Cells of some columns written another way."""
    places = {at for at, name in enumerate(sheet.headers) if name in columns}
    rows = [[change(text, chance) if at in places else text for at, text in enumerate(row)] for row in sheet.rows]
    return sheet.with_rows(rows)


def with_doubled_rows(sheet: Sheet, chance: random.Random) -> Sheet:
    """Some rows twice, equal in every cell."""
    again = chance.sample(sheet.rows, len(sheet.rows) // 4)
    return sheet.with_rows(chance.sample((*sheet.rows, *again), len(sheet.rows) + len(again)))


def another_spelling(text: str, chance: random.Random) -> str:
    """The association type under another name."""
    return chance.choice(SPELLINGS.get(text, (text,)))


def another_amount(text: str, chance: random.Random) -> str:
    """The same number with separators, a currency sign, parentheses."""
    if not text:
        return text
    whole, _, part = text.lstrip("-").partition(".")
    digits = f"{int(whole):,}" + (f".{part}" if part else "")
    written = chance.choice((text.lstrip("-"), digits, f"${digits}", f"$ {digits}", f" {digits} "))
    if not text.startswith("-"):
        return written
    return chance.choice((f"-{written.strip()}", f"({written.strip()})"))


def another_count(text: str, chance: random.Random) -> str:
    """The same count of seats or users with separators."""
    return chance.choice((text, f"{int(text):,}", f"{text}.0")) if text else text


def month_style(style: Callable[[int, int], str]) -> Change:
    """A change of months from 2026-10 to another style."""

    def change(text: str, chance: random.Random) -> str:
        year, month = text.split("-")[:2]
        return style(int(year), int(month))

    return change


MONTH_STYLES: Mapping[str, Callable[[int, int], str]] = {
    "a day": lambda year, month: f"{year}-{month:02}-01",
    "a moment": lambda year, month: f"{year}-{month:02}-01T00:00:00",
    "US order": lambda year, month: f"{month}/1/{year}",
    "short name": lambda year, month: f"{month_abbr[month]}-{year}",
    "long name": lambda year, month: f"{month_name[month]} {year}",
}


def on_every(change: Callable[[Sheet, random.Random], Sheet]) -> Callable[[Path, Sheets, random.Random], Path]:
    """A change of tables, written as plain files."""
    return lambda folder, sheets, chance: write_csv(folder, [change(sheet, chance) for sheet in sheets])


Variation = Callable[[Path, Sheets, random.Random], Path]

FILES: Mapping[str, Variation] = {  # the same tables in other files
    "UTF-8 with a mark": lambda to, sheets, _: write_encoded(to, sheets, "utf-8-sig"),
    "UTF-16 little endian": lambda to, sheets, _: write_encoded(to, sheets, "utf-16-le", mark=b"\xff\xfe"),
    "UTF-16 big endian": lambda to, sheets, _: write_encoded(to, sheets, "utf-16-be", mark=b"\xfe\xff"),
    "CP932": lambda to, sheets, _: write_encoded(to, sheets, "cp932"),
    "TSV": lambda to, sheets, _: write_delimited(to, sheets, "\t", ending="tsv"),
    "semicolons": lambda to, sheets, _: write_delimited(to, sheets, ";"),
    "CRLF": lambda to, sheets, _: write_delimited(to, sheets, ",", end="\r\n"),
    "all quoted": lambda to, sheets, _: write_quoted(to, sheets),
    "zip": lambda to, sheets, _: write_zip(to, sheets),
    "gz": lambda to, sheets, _: write_gz(to, sheets),
    "workbooks": lambda to, sheets, _: write_workbooks(to, sheets),
    "one workbook": lambda to, sheets, _: write_one_workbook(to, sheets),
    "a file per month": lambda to, sheets, _: write_csv(to, parts_by_month(sheets)),
    "rows dealt out": lambda to, sheets, chance: write_csv(to, parts_at_random(sheets, chance)),
}
TABLES: Mapping[str, Variation] = {  # the same facts in other tables
    "columns shuffled": on_every(shuffled_columns),
    "rows shuffled": on_every(shuffled_rows),
    "headers by synonyms": on_every(renamed),
    "rows doubled": on_every(with_doubled_rows),
    "types spelled otherwise": on_every(lambda sheet, chance: changed(sheet, TYPES, another_spelling, chance)),
    "amounts written otherwise": on_every(
        lambda sheet, chance: changed(
            changed(sheet, AMOUNTS[:2], another_amount, chance), AMOUNTS[2:], another_count, chance
        )
    ),
    **{
        f"months as {name}": on_every(
            lambda sheet, chance, style=style: changed(sheet, MONTHS, month_style(style), chance)  # type: ignore[misc]
        )
        for name, style in MONTH_STYLES.items()
    },
}
VARIATIONS = {**FILES, **TABLES}
