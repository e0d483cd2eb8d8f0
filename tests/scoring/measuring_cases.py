"""Cases of measuring as tables: rows of usage reports as a person writes them, and what must be measured from them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import groupby
from typing import Any, get_args

import numpy as np

from bot.intake.report_kinds import recognised
from bot.intake.source_files import SourceFile, open_table
from bot.intake.usage_reading import read_usage
from scoring import Facts, Rulebook, Scorecard, score
from scoring.measured_figures import measured_facts
from scoring.scorecard import MetricScore
from scoring.usage import BILLION, NO_CODE, NOT_GIVEN, Field, Quantity, UsageRows, month_number

REPORTS: dict[str, Any] = {
    "Azure usage": "azure_usage",
    "Customers and revenue": "customers_and_revenue",
    "Subscription details": "subscription_details",
    "Office 365 license usage": "office_usage",
    "CPOR-M365 usage": "cpor_usage",
    "Enterprise Mobility license usage": "enterprise_mobility_usage",
    "Business applications revenue": "business_applications_revenue",
    "Business applications usage": "business_applications_usage",
    "Dynamics 365 license usage": "dynamics_usage",
    "Power BI license usage": "power_bi_usage",
}
QUANTITIES: dict[str, Quantity] = {
    "acr": "acr",
    "revenue": "revenue",
    "seats": "paid_seats",
    "users": "active_users",
    "active customers": "active_customers",
}
MARK_DUPLICATES = {"Azure usage", "Customers and revenue", "Subscription details", "Office 365 license usage"}
ITEMS = ("service", "workload", "product")
ROW_KEYS = {"tenant", "tenants", *ITEMS, "association", "segment", "associated", "file", *QUANTITIES}
NOBODY = {"tenant": "No one's", "association": "Transacting Partner of Record"}  # counted nowhere: only holds a month


@dataclass(frozen=True)
class Answer:
    """What a case asked for: the card and the metric's score on the track asked (or chosen)."""

    card: Scorecard
    metric: MetricScore


def answer(rulebook: Rulebook, case: Mapping[str, Any], usual: Mapping[str, Any]) -> Answer:
    """What is measured from the rows of a case."""
    asked = {**usual.get("ask", {}), **case.get("ask", {})}
    measured = measured_facts(rulebook, [*_written(case, usual), *_exported(case.get("exports", {}))])
    facts = Facts(figures=measured.figures, track_inputs=measured.track_inputs, certifications=())
    card = score(rulebook, facts, rulebook.find_area(asked["area"]), asked["on"])
    tracks = {one.track: one for one in card.tracks}
    return Answer(card, tracks[asked.get("track", card.track)].metric(asked["metric"]))


def months(text: str) -> range:
    """The numbers of the months of "2025-10..2026-10", or of one month."""
    first, _, last = text.partition("..")
    return range(_month(first), _month(last or first) + 1)


def first_of_month(text: str) -> date:
    """The first day of "2026-10"."""
    return date.fromisoformat(f"{text}-01")


def _month(text: str) -> int:
    return month_number(first_of_month(text))


def _exported(exports: Mapping[str, str]) -> Iterator[UsageRows]:
    for name, text in exports.items():
        table = open_table(SourceFile.of_bytes(text.encode(), name=name))
        kind = recognised(table.headers, name=name)
        assert kind is not None
        yield read_usage(table, kind).rows


def _written(case: Mapping[str, Any], usual: Mapping[str, Any]) -> Iterator[UsageRows]:
    for title, written in {**usual.get("usage", {}), **case.get("usage", {})}.items():
        if written is None:
            continue
        report = written if isinstance(written, dict) else {"rows": written}
        held = report.get("months", case.get("months", usual.get("months")))
        rows = [{**usual.get("rows", {}).get(title, {}), **row} for row in report["rows"]]
        filler = [{**NOBODY, quantity: {held: 0}} for quantity in _quantities(title)[:1] if held]
        everything = sorted([*rows, *filler], key=lambda row: row.get("file", ""))
        for file, of_file in groupby(everything, key=lambda row: row.get("file", "")):
            yield _report(title, list(of_file), report, source=file or "report.csv")


def _quantities(title: str) -> list[str]:
    named = {
        "Azure usage": ["acr"],
        "Customers and revenue": ["acr"],
        "Subscription details": ["revenue", "seats"],
        "Business applications revenue": ["revenue"],
        "Business applications usage": ["users", "active customers"],
    }
    return named.get(title, ["users", "seats"])


def _report(title: str, rows: list[dict[str, Any]], report: Mapping[str, Any], *, source: str) -> UsageRows:
    lines = [line for row in rows for line in _lines(row)]
    tenants, tenant = _codes(line["tenant"] for line in lines)
    items, item = _codes(line["item"] for line in lines)
    associations, association = _codes(line.get("association") for line in lines)
    segments, segment = _codes(line.get("segment") for line in lines)
    return UsageRows(
        dataset=REPORTS[title],
        source=source,
        fields=_fields(title, report),
        tenants=tenants,
        tenant_names=tenants,
        items=items,
        associations=associations,
        segments=segments,
        line=np.arange(2, len(lines) + 2, dtype=np.int64),
        month=np.array([line["month"] for line in lines], np.int32),
        tenant=tenant,
        item=item,
        association=association,
        segment=segment,
        associated=np.array([_day(line.get("associated")) for line in lines], np.int32),
        quantities={
            QUANTITIES[name]: np.array([_billionths(line["amounts"].get(name)) for line in lines], np.int64)
            for name in _quantities(title)
            if QUANTITIES[name] not in report.get("without", ())
        },
    )


def _fields(title: str, report: Mapping[str, Any]) -> frozenset[Field]:
    marks = report.get("marks duplicates", title in MARK_DUPLICATES)
    left_out = {*report.get("without", ()), *(() if marks else ("duplicate",))}
    left_out |= set(QUANTITIES.values()) - {QUANTITIES[name] for name in _quantities(title)}
    left_out |= set() if title == "CPOR-M365 usage" else {"associated"}
    return frozenset(field for field in get_args(Field) if field not in left_out)


def _lines(row: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """One line per tenant and month of a row."""
    assert set(row) <= ROW_KEYS, set(row) - ROW_KEYS
    amounts: dict[int, dict[str, Any]] = {}
    for quantity in set(row) & set(QUANTITIES):
        for text, amount in row[quantity].items():
            for month in months(text):
                amounts.setdefault(month, {})[quantity] = amount
    for tenant, item in _tenants(row):
        for month, of_month in sorted(amounts.items()):
            yield {**row, "tenant": tenant, "item": item, "month": month, "amounts": of_month}


def _tenants(row: Mapping[str, Any]) -> list[tuple[str, str | None]]:
    """The tenants of a row with their service or workload: "tenants: 8" is eight alike, a list of services one each."""
    tenant, item = row["tenant"], next((row[key] for key in ITEMS if key in row), None)
    if isinstance(item, (list, tuple)):
        return [(f"{tenant} of {one}", one) for one in item]
    return (
        [(f"{tenant} {number}", item) for number in range(1, row["tenants"] + 1)]
        if "tenants" in row
        else [(tenant, item)]
    )


def _codes(texts: Iterable[str | None]) -> tuple[tuple[str, ...], Any]:
    given = list(texts)
    names = tuple(dict.fromkeys(text for text in given if text is not None))
    places = {name: place for place, name in enumerate(names)}
    return names, np.array([NO_CODE if text is None else places[text] for text in given], np.int32)


def _day(day: date | None) -> int:
    return day.toordinal() if day else 0


def _billionths(amount: Any) -> int:
    return NOT_GIVEN if amount is None else int(Fraction(str(amount)) * BILLION)
