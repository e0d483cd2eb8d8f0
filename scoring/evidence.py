"""What stands behind the points of a metric: every customer, service or person, and the rows they come from."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Literal

import numpy as np

from scoring.capability import score
from scoring.evidence_rows import EvidenceRow, RowPlace, RowsOfUnit, rows_behind, rows_of_units
from scoring.facts import Facts, HeldCertification
from scoring.measure_rules import Report
from scoring.measuring import Measuring, PartMeasured
from scoring.metric_rules import BestAssociationRule, MetricName, Track
from scoring.rulebook import Rulebook
from scoring.scorecard import MetricScore, Scorecard
from scoring.seat_values import CLAIMS
from scoring.skilling import Holder
from scoring.tested import Tested
from scoring.usage import BILLION, NO_CODE, Integers, UsageRows, month_number
from scoring.usage_reports import UsageReports

Status = Literal["added", "kept", "lost", "counts"]
Combining = Literal["sum", "highest_association", "highest_row"]
ZERO = Fraction(0)


@dataclass(frozen=True)
class EvidenceUnit:
    """A customer, a service or a pair of both behind a metric.

    `status` compares now with a year ago (`counts` where nothing is subtracted). `capped` says that it gives no points,
    because the metric is at its maximum without it; `part` that does not count (the lesser association type) has
    `counts` false. Units: `now` and `year_ago` are the amounts tested (US dollars, seats, users), also where they were
    not enough; of a metric that adds up amounts, those that were added up. `first_rows` are some of the `row_count`
    lines of files behind it.
    """

    part: str
    tenant: str | None
    name: str | None
    item: str | None
    status: Status
    now: Fraction
    year_ago: Fraction | None
    counts: bool = True
    capped: bool = False
    row_count: int = 0
    first_rows: tuple[RowPlace, ...] = ()


@dataclass(frozen=True)
class EvidencePerson:
    """One person's certification in a step of a skilling metric. `is_gate`: the step only opens the way."""

    held: HeldCertification
    credit_ends: date | None
    is_gate: bool
    capped: bool = False


@dataclass(frozen=True)
class Evidence:
    """Everything behind one metric of a scorecard. Figures typed in have no units: `metric.origin` says where from."""

    card: Scorecard
    metric: MetricScore
    units: tuple[EvidenceUnit, ...] = ()
    people: tuple[EvidencePerson, ...] = ()
    measured: Mapping[str, PartMeasured] = field(default_factory=dict)

    @cached_property
    def rows(self) -> tuple[EvidenceRow, ...]:
        """The rows of all units that count; there may be hundreds of thousands."""
        return tuple(row for part, one in self.measured.items() for row in rows_behind(part, one))

    @property
    def combining(self) -> dict[Report, Combining]:
        """How the rows of one tenant, item and month of a report become one amount.

        They are added up; or those of each association type are, and the highest sum counts; or the highest row does.
        """
        tested = [one for part in self.measured.values() for one in (part.now, part.year_ago) if one]
        tables = {seen.table.report: seen.table for one in tested for seen in (*one.seen, *one.deciding)}
        return {report: _combining(report, marked=table.marks_duplicates) for report, table in tables.items()}


def _combining(report: Report, *, marked: bool) -> Combining:
    if report == CLAIMS:
        return "highest_row"
    return "sum" if marked else "highest_association"


def evidence(
    rulebook: Rulebook,
    facts: Facts,
    usage: Iterable[UsageRows],
    area: str,
    metric: MetricName,
    on: date,
    *,
    track: Track | None = None,
) -> Evidence:
    """What stands behind a metric on a day, on the track that counts or on the one asked for.

    Raises: those of `score`; KeyError for a metric that the area does not have.
    """
    card = score(rulebook, facts, area, on, track=track)
    found = next((one for one in card.chosen.metrics if one.metric == metric), None)
    if found is None:
        raise KeyError(metric)
    if found.steps:
        return Evidence(card, found, people=tuple(_people(found)))
    if found.measured is None or found.basis != "computed" or found.rule.measured is None:
        return Evidence(card, found)
    measuring = Measuring(UsageReports(usage, rulebook.usage_terms))
    asked = max(month_number(month) for month in found.measured.months.values()) + 1
    measurement = measuring.measure(found.rule.measured, asked)
    units = [unit for part, one in measurement.parts.items() for unit in _units(part, one, found, measuring)]
    return Evidence(card, found, units=tuple(_capped(units, found)), measured=measurement.parts)


def _people(metric: MetricScore) -> Iterator[EvidencePerson]:
    *gates, counted = metric.steps
    for step in gates:
        yield from (_person(holder, is_gate=True) for holder in step.holders)
    limit = metric.threshold or ZERO
    for place, holder in enumerate(counted.holders):
        yield _person(holder, is_gate=False, capped=place >= limit)


def _person(holder: Holder, *, is_gate: bool, capped: bool = False) -> EvidencePerson:
    return EvidencePerson(holder.held, holder.credit.end, is_gate=is_gate, capped=capped)


def _units(part: str, found: PartMeasured, metric: MetricScore, measuring: Measuring) -> Iterator[EvidenceUnit]:
    """Units that count now or counted a year ago, in the order of their names."""
    now = _PeriodUnits(found.now, found.adds_up)
    before = _PeriodUnits(found.year_ago, found.adds_up) if found.year_ago else None
    counts = not isinstance(metric.rule, BestAssociationRule) or any(
        one.counts for one in metric.parts if one.name == part
    )
    tenants = measuring.reports.tenants
    made = []
    for key in now.counting | (before.counting if before else set()):
        tenant, item = key
        rows = [one.rows[key] for one in (now, before) if one and key in one.rows]
        made.append(
            EvidenceUnit(
                part=part,
                tenant=None if tenant == NO_CODE else tenants.ids[tenant],
                name=None if tenant == NO_CODE else tenants.names[tenant],
                item=item,
                status=_status(key in now.counting, key in before.counting) if before else "counts",
                now=now.amount(key),
                year_ago=before.amount(key) if before else None,
                counts=counts,
                row_count=sum(one.count for one in rows),
                first_rows=rows[0].first if rows else (),
            )
        )
    yield from sorted(made, key=lambda unit: (unit.name or "", unit.tenant or "", unit.item or ""))


class _PeriodUnits:
    """The units of one period by tenant and item: which count, their amounts, their rows."""

    def __init__(self, tested: Tested, adds_up: bool) -> None:  # noqa: FBT001  what is tested goes with it
        self._tested = tested
        mask = tested.counts & (tested.values != 0) if adds_up else tested.counts
        self.counting = set(self._keys(np.flatnonzero(mask)))
        known = np.flatnonzero(mask if adds_up else np.ones(len(mask), np.bool_))
        self._values = dict(zip(self._keys(known), tested.values[known].tolist(), strict=True))
        self.rows: dict[tuple[int, str | None], RowsOfUnit] = {
            (tenant, self._item(item)): rows for (tenant, item), rows in rows_of_units(tested).items()
        }

    def amount(self, key: tuple[int, str | None]) -> Fraction:
        return Fraction(self._values.get(key, 0), BILLION)

    def _keys(self, chosen: Integers) -> list[tuple[int, str | None]]:
        columns = zip(self._tested.tenant[chosen].tolist(), self._tested.item[chosen].tolist(), strict=True)
        return [(tenant, self._item(item)) for tenant, item in columns]

    def _item(self, place: int) -> str | None:
        return None if place == NO_CODE else self._tested.items[place]


def _status(is_now: bool, was_before: bool) -> Status:  # noqa: FBT001  both are what the status is made of
    return "kept" if is_now and was_before else "added" if is_now else "lost"


def _capped(units: list[EvidenceUnit], metric: MetricScore) -> Iterator[EvidenceUnit]:
    """The units, those beyond the cap marked: the last ones that were added, as many as there are too many."""
    excess = _beyond_cap(metric)
    gaining = [at for at, unit in enumerate(units) if unit.counts and unit.status in ("added", "counts")]
    beyond = set(gaining[len(gaining) - min(excess, len(gaining)) :])
    yield from (replace(unit, capped=at in beyond) for at, unit in enumerate(units))


def _beyond_cap(metric: MetricScore) -> int:
    """How many units the metric has more than it takes for all its points; 0 where it adds up amounts."""
    if metric.rule.kind not in ("count", "change", "best_association") or metric.rule.unit == "active_user":
        return 0
    if metric.value is None or metric.threshold is None:
        return 0
    return max(0, int(metric.value - metric.threshold))
