"""Azure: customers by their consumed revenue, the revenue itself, services in use, and the mix of customers."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from scoring.measure_rules import AzureAmount, CustomersMeasured, RowsWanted, ServicesInUse, TenantsByAmount
from scoring.tested import RowsSeen, Tested, above, holds, without
from scoring.usage import BILLION, Field, Integers
from scoring.usage_reports import YEAR, LackingError, UsageReports, month_asked, months_missing, need_columns
from scoring.usage_table import UsageTable

_COUNTED: tuple[Field, ...] = ("month", "association", "acr")


@dataclass(frozen=True)
class CustomerMix:
    """What decides an Azure track. Units: tenants; US dollars, None where the months are not held."""

    month: int
    smb_customers: Fraction | None
    customers: Fraction
    trailing_acr: Fraction | None


class AzureMeasures:
    """Measures of the Azure usage report. `asked` is the month of the day asked.

    Every method may raise LackingError.
    """

    def __init__(self, reports: UsageReports) -> None:
        self.reports = reports

    def tenants(self, setting: TenantsByAmount, asked: int, years_back: int = 0) -> Tested:
        """Tenants by ACR, summed over months or the best of the last months."""
        table = self._table(setting.rows, "tenant")
        needed = setting.over_months + setting.in_one_of_months - 1
        month = month_asked(table, asked, years_back=years_back, months_needed=needed)
        monthly = table.monthly(setting.rows, "acr", "tenant").over(month - needed + 1, month)
        values = monthly.sum(axis=0) if setting.over_months > 1 else monthly.max(axis=0)
        counts = holds(setting.test, values)
        deciding: tuple[RowsSeen, ...] = ()
        if setting.promoted_from and not months_missing(table, month, 2 * needed):
            before = table.monthly(setting.rows, "acr", "tenant").over(month - 2 * needed + 1, month - needed)
            counts = counts | (above(setting.test, values) & holds(setting.promoted_from, before.sum(axis=0)))
            deciding = _seen(table, setting.rows, month - 2 * needed + 1, month - needed)
        size = len(values)
        seen = _seen(table, setting.rows, month - needed + 1, month)
        return Tested(month, np.arange(size), without(size), (), values, counts, seen, deciding)

    def amount(self, setting: AzureAmount, asked: int, years_back: int = 0) -> Tested:
        """The ACR of one month by tenant; those count that pass the setting's test."""
        needs: tuple[Field, ...] = ("tenant",) if setting.tenants else ()
        table = self._table(setting.rows, *needs)
        month = month_asked(table, asked, years_back=years_back)
        values = table.monthly(setting.rows, "acr", "tenant").sums[month - table.months[0]]
        counts = np.ones(len(values), np.bool_)  # rows that name no tenant, the last, are ACR all the same
        deciding: tuple[RowsSeen, ...] = ()
        if setting.tenants:
            passed = self.tenants(setting.tenants, asked, years_back)
            counts = np.append(passed.counts, np.zeros(1, np.bool_))
            deciding = (*passed.seen, *passed.deciding)
        tenants = np.append(np.arange(len(values) - 1), -1)
        seen = _seen(table, setting.rows, month, month)
        return Tested(month, tenants, without(len(values)), (), values, counts, seen, deciding)

    def over_year(self, setting: AzureAmount, asked: int, years_back: int = 0) -> Fraction | None:
        """The ACR of the twelve months ending with the reference month; None where they are not all held."""
        table = self._table(setting.rows)
        try:
            month = month_asked(table, asked, years_back=years_back, months_needed=YEAR)
        except LackingError:
            return None
        return _year(table, setting.rows, month, YEAR)

    def services(self, setting: ServicesInUse, asked: int) -> Tested:
        """Services by their ACR over the months, all tenants together."""
        table = self._table(setting.rows, "item")
        month = month_asked(table, asked, months_needed=setting.over_months)
        first = month - setting.over_months + 1
        values = table.monthly(setting.rows, "acr", "item").over(first, month).sum(axis=0)
        size = len(values)
        seen = _seen(table, setting.rows, first, month)
        counts = holds(setting.test, values)
        return Tested(month, without(size), np.arange(size), table.item_names, values, counts, seen)

    def customers(self, setting: CustomersMeasured, asked: int) -> CustomerMix:
        """Tenants with ACR in the reference month, and those of them with a row in the SMB segment."""
        table = self._table(setting.rows, "tenant")
        month = month_asked(table, asked)
        values = table.monthly(setting.rows, "acr", "tenant").over(month, month)[0]
        customers = values > 0
        year = None
        if not months_missing(table, month, setting.over_months):
            year = _year(table, setting.rows, month, setting.over_months)
        smb = self._smb_tenants(table, setting.rows, month)
        smb_customers = None if smb is None else Fraction(int(np.count_nonzero(customers[smb])))
        return CustomerMix(month, smb_customers, Fraction(int(np.count_nonzero(customers))), year)

    def _smb_tenants(self, table: UsageTable, wanted: RowsWanted, month: int) -> Integers | None:
        """By the report's own segments; without that column by those of Customers and revenue."""
        found = _seen(table, wanted, month, month)[0].rows
        if "segment" not in table.fields:
            other = self.reports.get("customers_and_revenue")
            if other is None or not {"segment", "tenant"} <= other.fields:
                return None
            table, found = other, np.arange(len(other.month))
        return np.unique(table.tenant[found[table.is_smb[found]]]).astype(np.int64)

    def _table(self, wanted: RowsWanted, *fields: Field) -> UsageTable:
        table = self.reports.first_of("azure_usage")
        items: Sequence[Field] = ("item",) if wanted.items or wanted.without else ()
        need_columns(table, (*_COUNTED, *fields, *items))
        return table


def _year(table: UsageTable, wanted: RowsWanted, last: int, months: int) -> Fraction:
    monthly = table.monthly(wanted, "acr", "tenant")
    return Fraction(sum(monthly.total(month) for month in range(last - months + 1, last + 1)), BILLION)


def _seen(table: UsageTable, wanted: RowsWanted, first: int, last: int) -> tuple[RowsSeen]:
    return (RowsSeen(table, wanted, first, last, ("acr",)),)
