"""Which of Partner Center's reports a file is, from its headers (`reports.yaml`), and which column says what."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import Literal, get_args

from pydantic import Field as Setting
from pydantic import ValidationInfo, field_validator

from bot.intake.errors import IntakeError, MissingColumnError
from bot.intake.findings import shortened
from bot.intake.tables import Table, plain
from bot.intake.trainings import is_trainings
from scoring.errors import DataFileError
from scoring.sources import Document, Frozen, Reference, read_yaml, validate
from scoring.usage import Dataset, Field, Quantity

REPORTS = Path(__file__).with_name("reports.yaml")
Headers = tuple[str, ...]

_MOST_NAMED = 3  # columns that an error proposes for one report
_LEAST_LEAD = 1  # by how much one report must explain more than any other; a column that only it has weighs 1
_FIELDS: tuple[Field, ...] = get_args(Field)
_QUANTITIES: tuple[Quantity, ...] = get_args(Quantity)


class UnclearReportError(IntakeError):
    """The columns fit several reports. `values`: reports (their titles), columns (each decides), found."""

    kind = "unclear_report"


class Kept(Frozen):
    """Only rows with this value in the column count; `otherwise` is the reason why others are left out."""

    headers: Headers
    value: str
    otherwise: str


class ReportKind(Frozen):
    """One of Partner Center's reports. `key` is its dataset where `role` is usage."""

    key: str
    title: str
    role: Literal["usage", "trainings", "profile", "no_points"]
    reference: Reference
    columns: Headers
    also: Headers = ()
    needs: tuple[Headers, ...] = ()
    tenant_name: Headers = ()
    keeps: Kept | None = None
    item_is: str | None = None
    reads: dict[Field, Headers] = Setting(default_factory=dict)
    workloads: dict[str, dict[Quantity, Headers]] = Setting(default_factory=dict)

    @field_validator("role")
    @classmethod
    def _check_dataset(cls, role: str, info: ValidationInfo) -> str:
        if role == "usage" and info.data.get("key") not in get_args(Dataset):
            raise ValueError("is of no dataset that is measured")
        return role

    @property
    def dataset(self) -> Dataset:
        """The dataset of a report of usage."""
        return next(dataset for dataset in get_args(Dataset) if dataset == self.key)

    @property
    def fields(self) -> tuple[Field, ...]:
        """What a file of this report can say."""
        said: set[Field] = {*self.reads, *(field for columns in self.workloads.values() for field in columns)}
        if self.workloads or self.item_is:
            said.add("item")
        return tuple(field for field in _FIELDS if field in said)

    @property
    def quantities(self) -> dict[Quantity, Headers]:
        """The headers of each amount that stands in a column of its own, whatever the workload."""
        return {quantity: self.reads[quantity] for quantity in _QUANTITIES if quantity in self.reads}

    def headers_of(self, field: Field) -> Headers:
        """The headers that say this, the preferred one first; of columns by workload the first of each."""
        by_workload = [columns[named] for columns in self.workloads.values() for named in columns if named == field]
        return self.reads.get(field) or tuple(headers[0] for headers in by_workload)


class ReportKinds(Frozen):
    """All reports, and the columns that have several names."""

    verified_on: date
    sources: dict[str, Reference]
    same_columns: tuple[Headers, ...]
    reports: dict[str, ReportKind]

    @cached_property
    def columns(self) -> dict[str, dict[str, int]]:
        """By report: the place of each column among its columns, by every header that it goes under, in plain."""
        return {key: self._columns(report) for key, report in self.reports.items()}

    @cached_property
    def weights(self) -> dict[str, float]:
        """What a column says about which report it is: 1 when only one report has it, less the more have it."""
        counts = Counter(header for columns in self.columns.values() for header in columns)
        return {header: 1 / count for header, count in counts.items()}

    def _columns(self, report: ReportKind) -> dict[str, int]:
        places: dict[str, int] = {}
        for place, column in enumerate((*report.columns, *report.also)):
            same = next((group for group in self._same if plain(column) in group), (plain(column),))
            for header in same:
                places.setdefault(header, place)
        return places

    @cached_property
    def _same(self) -> tuple[Headers, ...]:
        return tuple(tuple(plain(header) for header in group) for group in self.same_columns)


@dataclass(frozen=True, slots=True)
class FoundColumns:
    """Where the columns of a file are that a report reads."""

    headers: Headers

    def first(self, names: Iterable[str]) -> int | None:
        """The index of the first of these headers that is there."""
        places = {plain(header): index for index, header in enumerate(self.headers) if header}
        return next((places[plain(name)] for name in names if plain(name) in places), None)


def load_report_kinds() -> ReportKinds:
    """The reports of `reports.yaml`, read once.

    Raises: DataFileError with the line of the first mistake.
    """
    return _load(REPORTS)


@cache
def _load(path: Path) -> ReportKinds:
    document = read_yaml(path)
    reports = document.data.get("reports") if isinstance(document.data, dict) else None
    if not isinstance(reports, dict):
        raise DataFileError(f"{document.where(())}: 'reports' is missing; add it.")
    loaded = {key: _report(document, key, data) for key, data in reports.items()}
    return validate(ReportKinds, document, (), {**document.data, "reports": loaded})


def _report(document: Document, key: str, data: object) -> ReportKind:
    if not isinstance(data, dict):
        raise DataFileError(
            f"{document.where(('reports', key))}: '{key}' needs keys of its own; write it as a mapping."
        )
    return validate(ReportKind, document, ("reports", key), {"key": key, **data})


def recognised(headers: Sequence[str], *, name: str) -> ReportKind | None:
    """The report that has these columns, in any order and spelling; None for a file that is none of them.

    `name` is the file's, for errors.

    Raises: UnclearReportError when several reports have them all; MissingColumnError when it is clear which report it
    is, but without a month or without anything measured it says nothing.
    """
    kinds = load_report_kinds()
    if is_trainings(Table(name, tuple(headers), ())):
        return kinds.reports["trainings"]
    found = frozenset(plain(header) for header in headers if header) & kinds.weights.keys()
    possible = [report for key, report in kinds.reports.items() if found <= kinds.columns[key].keys()]
    fitting = [report for report in possible if _has_needed(report, headers)] or _nearest(kinds, found, headers)
    is_clear = len(fitting) == 1 and len(found) > 1
    if is_clear and _lacks(fitting[0], headers) is None:
        return fitting[0]
    given = [header for header in headers if header]
    if len(found) < 2 or len(found) * 2 < len(given) or not fitting:
        return None
    if len(possible) > 1 or not is_clear:
        raise _unclear(kinds, possible or fitting, headers, name)
    raise _missing(fitting[0], headers, name)


def _has_needed(report: ReportKind, headers: Sequence[str]) -> bool:
    columns = FoundColumns(tuple(headers))
    return all(columns.first(names) is not None for names in report.needs)


def _nearest(kinds: ReportKinds, found: frozenset[str], headers: Sequence[str]) -> list[ReportKind]:
    """Where no report has all columns: the one that explains clearly more than any other, and most of them."""
    explained = {
        key: sum(kinds.weights[header] for header in found & kinds.columns[key].keys())
        for key, report in kinds.reports.items()
        if _has_needed(report, headers)
    }
    best = max(explained.values(), default=0)
    most = sum(kinds.weights[header] for header in found)
    if best * 2 <= most:
        return []
    return [kinds.reports[key] for key, weight in explained.items() if best - weight < _LEAST_LEAD]


def _lacks(report: ReportKind, headers: Sequence[str]) -> Literal["month", "quantity"] | None:
    """What a report of usage cannot do without, and has no column for."""
    if report.role != "usage":
        return None
    columns = FoundColumns(tuple(headers))
    if columns.first(report.reads["month"]) is None:
        return "month"
    return None if columns.first(_quantity_headers(report)) is not None else "quantity"


def _quantity_headers(report: ReportKind) -> Headers:
    of_workloads = [one for columns in report.workloads.values() for headers in columns.values() for one in headers]
    return (*(one for names in report.quantities.values() for one in names), *of_workloads)


def _missing(report: ReportKind, headers: Sequence[str], name: str) -> MissingColumnError:
    lacking = _lacks(report, headers) or "quantity"
    columns = report.reads["month"][:1] if lacking == "month" else _quantity_headers(report)
    message = (
        f"{name}: looks like the report '{report.title}', but has no column {' or '.join(columns)}; "
        "download the report again with it."
    )
    found = tuple(header for header in headers if header)
    return MissingColumnError(message, where=name, missing=lacking, columns=columns, found=found, report=report.title)


def _unclear(
    kinds: ReportKinds, candidates: Sequence[ReportKind], headers: Sequence[str], name: str
) -> UnclearReportError:
    titles = tuple(report.title for report in candidates)
    deciding = tuple(column for report in candidates for column in _only_of(kinds, report, candidates, headers))
    given = ", ".join(shortened(header) for header in headers[:4] if header)
    message = (
        f"{name}: its columns ({given}) fit several reports: {', '.join(titles)}; download it again with a column "
        f"that only one of them has, such as {', '.join(deciding) or 'the quantities'}."
    )
    found = tuple(header for header in headers if header)
    return UnclearReportError(message, where=name, reports=titles, columns=deciding, found=found)


def _only_of(
    kinds: ReportKinds, report: ReportKind, candidates: Sequence[ReportKind], headers: Sequence[str]
) -> Headers:
    """A few columns by which a report is told from the other candidates, what is measured first."""
    others = [kinds.columns[other.key].keys() for other in candidates if other.key != report.key]
    given = {plain(header) for header in headers}
    read = [header for headers in report.reads.values() for header in headers[:1]]
    columns = dict.fromkeys((*_quantity_headers(report), *read, *report.columns))
    own = [one for one in columns if plain(one) in kinds.columns[report.key]]
    only = [one for one in own if plain(one) not in given and not any(plain(one) in other for other in others)]
    return tuple(only[:_MOST_NAMED])
