"""The files that benchmarks read: reports of an invented company, the same in every run."""

from datetime import date
from pathlib import Path

from bot.sample_exports import azure_report, company_of_rows, invent_company, sample_reports, write_reports
from scoring import Rulebook
from scoring.usage import month_number

DAY = date(2026, 11, 20)  # on which everything is asked
MONTHS = 25
_SEED = 70
_NEWEST = month_number(DAY) - 1


def azure_file(folder: Path, rows: int) -> tuple[Path, int]:
    """The Azure usage report alone, of about so many rows, in a new folder; and how many rows it has."""
    company = company_of_rows(_SEED, rows, _NEWEST, MONTHS)
    written = write_reports([azure_report(company)], folder, "csv")[0]
    return written.path, written.rows


def company_files(folder: Path, rulebook: Rulebook, tenants: int) -> int:
    """Every report of a company of so many tenants, in a new folder; gives how many rows they have together."""
    company = invent_company(_SEED, tenants, _NEWEST, MONTHS)
    return sum(one.rows for one in write_reports(sample_reports(company, rulebook), folder, "csv"))
