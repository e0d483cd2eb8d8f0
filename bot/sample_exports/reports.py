"""Which reports are written, under which file names, and of how many customers so many rows are."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.intake.report_kinds import load_report_kinds
from bot.sample_exports.azure_usage import azure_rows, invent_azure
from bot.sample_exports.business import invent_business
from bot.sample_exports.business_reports import dynamics_rows, power_bi_rows, revenue_rows, usage_rows
from bot.sample_exports.company import Company, invent_company
from bot.sample_exports.customer_reports import Products, customer_rows, subscription_rows
from bot.sample_exports.licence_reports import cpor_rows, mobility_rows, office_rows
from bot.sample_exports.partner import profile_rows
from bot.sample_exports.people import training_rows
from bot.sample_exports.rows import Row
from bot.sample_exports.seats import invent_seats
from scoring import Rulebook

_TENANTS_TRIED = 600  # enough for a mean number of rows a tenant


@dataclass(frozen=True)
class SampleReport:
    """One report: its file name without an ending, its columns in their order, and its rows."""

    title: str
    columns: tuple[str, ...]
    rows: Callable[[], Iterator[Row]]


def sample_reports(company: Company, rulebook: Rulebook) -> list[SampleReport]:
    """Every report of the company.

    Raises: DataFileError when the list of the reports' columns has a mistake.
    """
    products = Products(tuple(invent_azure(company)), tuple(invent_seats(company)), tuple(invent_business(company)))
    azure, seats, business = products.azure, products.seats, products.business
    rows: dict[str, Callable[[], Iterator[Row]]] = {
        "azure_usage": lambda: azure_rows(company, azure),
        "customers_and_revenue": lambda: customer_rows(company, products),
        "subscription_details": lambda: subscription_rows(company, products),
        "office_usage": lambda: office_rows(company, seats),
        "cpor_usage": lambda: cpor_rows(company, seats),
        "enterprise_mobility_usage": lambda: mobility_rows(company, seats),
        "business_applications_revenue": lambda: revenue_rows(company, business),
        "business_applications_usage": lambda: usage_rows(company, business),
        "dynamics_usage": lambda: dynamics_rows(company, business),
        "power_bi_usage": lambda: power_bi_rows(company, business),
        "trainings": lambda: training_rows(company, rulebook),
        "partner_profile": profile_rows,
    }
    return [_report(key, made) for key, made in rows.items()]


def azure_report(company: Company) -> SampleReport:
    """The Azure usage report alone."""
    return _report("azure_usage", lambda: azure_rows(company, invent_azure(company)))


def company_of_rows(seed: int, rows: int, newest: int, months: int) -> Company:
    """A company of as many tenants as give about so many rows of Azure usage."""
    tried = invent_company(seed, _TENANTS_TRIED, newest, months)
    found = sum(use.rows(tried.months) for use in invent_azure(tried))
    return invent_company(seed, max(1, round(rows * _TENANTS_TRIED / max(1, found))), newest, months)


def _report(key: str, rows: Callable[[], Iterator[Row]]) -> SampleReport:
    kind = load_report_kinds().reports[key]
    return SampleReport(kind.title, kind.columns, rows)
