"""The three Azure metrics of one month by nothing but arithmetic: no cell is checked, nothing is stored.

Three ways of reading the same file: `csv.DictReader`, polars and DuckDB. All of them know the months beforehand.
"""

import csv
from collections import defaultdict
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from benchmarks.azure_metrics import AzureMetrics
from benchmarks.exports import DAY
from bot.sample_exports.partner import CSP_1, CSP_2, DPOR, PAL
from scoring.usage import first_day, month_number

LEAST_ACR = 1000.0  # US dollars of a customer, in one of two months
COUNTED = (PAL, DPOR, CSP_1, CSP_2)
NOT_COUNTED = ("Virtual Machines", "Virtual Machines Licenses")

_LAST = month_number(DAY) - 1
_MONTH = {back: first_day(_LAST - back).isoformat() for back in range(14)}
NOW, BEFORE = (_MONTH[0], _MONTH[1]), (_MONTH[12], _MONTH[13])
YEAR = tuple(_MONTH[back] for back in range(12))


def by_dict_reader(path: Path) -> AzureMetrics:
    """What somebody would write first."""
    by_tenant: dict[str, dict[str, float]] = {month: defaultdict(float) for month in (*NOW, *BEFORE)}
    by_service: dict[str, float] = defaultdict(float)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["IsACRDuplicateAtPGALevel"] != "0" or row["AssociationType"] not in COUNTED:
                continue
            month, acr = row["Month"], float(row["ACR_USD"])
            if month in by_tenant:
                by_tenant[month][row["CustomerTenantId"]] += acr
            if month in YEAR:
                by_service[row["ServiceLevel2"]] += acr
    customers = [
        len({tenant for month in months for tenant, acr in by_tenant[month].items() if acr >= LEAST_ACR})
        for months in (NOW, BEFORE)
    ]
    services = sum(acr > 0 and service not in NOT_COUNTED for service, acr in by_service.items())
    acr_of = [sum(by_tenant[months[0]].values()) for months in (NOW, BEFORE)]
    return AzureMetrics((customers[0], customers[1]), (acr_of[0], acr_of[1]), services)


def by_polars(path: Path) -> AzureMetrics:
    """The same in polars, reading lazily."""
    rows = pl.scan_csv(path, schema_overrides={"Month": pl.String}).filter(
        (pl.col("IsACRDuplicateAtPGALevel") == 0) & pl.col("AssociationType").is_in(COUNTED)
    )
    tested = (
        rows.filter(pl.col("Month").is_in((*NOW, *BEFORE))).group_by("Month", "CustomerTenantId").agg(_acr_of_group())
    )
    used = rows.filter(pl.col("Month").is_in(YEAR) & ~pl.col("ServiceLevel2").is_in(NOT_COUNTED))
    services, by_tenant = pl.collect_all(
        [used.group_by("ServiceLevel2").agg(_acr_of_group()).filter(pl.col("acr") > 0), tested]
    )
    large = by_tenant.filter(pl.col("acr") >= LEAST_ACR)
    customers = [large.filter(pl.col("Month").is_in(months))["CustomerTenantId"].n_unique() for months in (NOW, BEFORE)]
    acr_of = [float(by_tenant.filter(pl.col("Month") == months[0])["acr"].sum()) for months in (NOW, BEFORE)]
    return AzureMetrics((customers[0], customers[1]), (acr_of[0], acr_of[1]), len(services))


def _acr_of_group() -> pl.Expr:
    return pl.col("ACR_USD").sum().alias("acr")


_ROWS = """
    CREATE TABLE counted AS
    SELECT CAST(Month AS VARCHAR) AS month, CustomerTenantId AS tenant, ServiceLevel2 AS service, ACR_USD AS acr
    FROM read_csv(?) WHERE IsACRDuplicateAtPGALevel = 0 AND AssociationType IN ?
"""
_CUSTOMERS = """
    SELECT count(DISTINCT tenant) FROM
    (SELECT tenant FROM counted WHERE month IN ? GROUP BY month, tenant HAVING sum(acr) >= ?)
"""
_SUM = "SELECT sum(acr) FROM counted WHERE month = ?"
_SERVICES = """
    SELECT count(*) FROM
    (SELECT service FROM counted WHERE month IN ? AND service NOT IN ? GROUP BY service HAVING sum(acr) > 0)
"""


def by_duckdb(path: Path) -> AzureMetrics:
    """The same in DuckDB."""
    with duckdb.connect() as db:

        def one(query: str, *values: Any) -> Any:
            found = db.execute(query, list(values)).fetchone()
            assert found is not None  # it is a sum or a count
            return found[0]

        db.execute(_ROWS, [str(path), list(COUNTED)])
        customers = [one(_CUSTOMERS, list(months), LEAST_ACR) for months in (NOW, BEFORE)]
        acr_of = [one(_SUM, months[0]) for months in (NOW, BEFORE)]
        return AzureMetrics(
            (customers[0], customers[1]), (acr_of[0], acr_of[1]), one(_SERVICES, list(YEAR), list(NOT_COUNTED))
        )
