"""Typed figures as CSV or TSV -> figures, one per area, track and metric."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from bot.intake.figure_values import (
    WrongValueError,
    metric_of,
    part_of,
    read_number,
    read_people,
    read_points,
    track_of,
)
from bot.intake.findings import Note, Rejected, shortened
from bot.intake.report_dates import NEVER, Order, WrongDayError, day_order, read_day
from bot.intake.tables import Row, Table
from scoring.errors import ScoringError
from scoring.facts import WHOLE, Amount, Figure, Origin
from scoring.metric_rules import SKILLING, MetricName, Track

_HEADERS = {
    "area": ("area", "solution area", "分野", "ソリューション分野", "領域"),
    "track": ("track", "path", "トラック", "区分"),
    "metric": ("metric", "指標", "メトリック", "項目"),
    "part": ("part", "side", "association", "内訳"),
    "value": ("value", "figure", "count", "値", "数値"),
    "points": ("points", "score", "点数", "ポイント", "得点"),
    "as_of": ("as of", "date", "時点", "日付", "基準日"),
}

_ONLY_POINTS = "(points)"  # stands beside the parts for a row that gives points and no value


@dataclass(frozen=True, slots=True)
class FiguresReport:
    """What one file says: its figures, and the rows that were not taken."""

    name: str
    rows_read: int
    figures: tuple[Figure, ...]
    rejected: tuple[Rejected, ...]
    notes: tuple[Note, ...]


@dataclass(slots=True)
class _Gathered:
    """The rows of one figure so far, with the line of each part (or of only the points)."""

    area: str
    metric: MetricName
    track: Track | None
    line: int
    parts: dict[str, Amount] = field(default_factory=dict)
    people: Fraction | None = None
    points: Fraction | None = None
    as_of: date | None = None
    lines: dict[str, int] = field(default_factory=dict)


def is_figures(table: Table) -> bool:
    """Whether a table holds figures: it says area, metric, and a value or points."""
    columns = _columns(table)
    return {"area", "metric"} <= columns.keys() and bool({"value", "points"} & columns.keys())


def read_figures(table: Table, find_area: Callable[[str], str]) -> FiguresReport:
    """The figures of a table; `find_area` gives the id of an area by its name, or raises ScoringError.

    Rows of one area, track and metric make one figure: a row per part, or one row without a part for the whole.
    Points are those of the whole figure, in whichever of its rows they stand.
    """
    columns = _columns(table)
    as_of = columns.get("as_of")
    days = ((row.line, row.cells[as_of]) for row in table.rows) if as_of is not None else iter(())
    order = day_order(days)
    reader = _FiguresReader(table, columns, find_area, order.order)
    rejected = [*table.rejected, *(problem for row in table.rows if (problem := reader.read(row)))]
    return FiguresReport(
        name=table.name,
        rows_read=table.rows_read,
        figures=tuple(reader.figures()),
        rejected=tuple(sorted(rejected, key=lambda one: one.line)),
        notes=order.notes(),
    )


def _columns(table: Table) -> dict[str, int]:
    found = {name: table.column(*headers) for name, headers in _HEADERS.items()}
    return {name: index for name, index in found.items() if index is not None}


class _FiguresReader:
    def __init__(self, table: Table, columns: dict[str, int], find_area: Callable[[str], str], order: Order) -> None:
        self.table = table
        self.columns = columns
        self.find_area = find_area
        self.order = order
        self.areas: dict[str, str] = {}
        self.gathered: dict[tuple[str, Track | None, MetricName], _Gathered] = {}

    def read(self, row: Row) -> Rejected | None:
        """Take a row in; what is wrong with it otherwise."""
        try:
            self._take(row)
        except WrongValueError as error:
            index = self.columns.get(error.field)
            column = "" if index is None else shortened(self.table.headers[index])
            value = shortened(self._cell(row, error.field))
            message = f'{error.field} "{value}" {error.reason}' if value else f"{error.field} {error.reason}"
            return Rejected(row.line, column, value, error.kind, message, error.suggestions, error.field)
        return None

    def figures(self) -> Iterator[Figure]:
        """The figures of all rows that were taken."""
        for gathered in self.gathered.values():
            yield Figure(
                area=gathered.area,
                metric=gathered.metric,
                track=gathered.track,
                parts=gathered.parts,
                people=gathered.people,
                points=gathered.points,
                as_of=gathered.as_of,
                origin=Origin(source=self.table.name, line=gathered.line),
            )

    def _take(self, row: Row) -> None:
        area = self._area(self._cell(row, "area"))
        track, metric = track_of(self._cell(row, "track")), metric_of(self._cell(row, "metric"))
        part, as_of = part_of(self._cell(row, "part")), self._as_of(row)
        value, points = self._cell(row, "value"), read_points(self._cell(row, "points"))
        if not value and (part or points is None):
            raise WrongValueError("value", "no_value", "is empty")
        if part and metric in SKILLING:
            raise WrongValueError("part", "part_of_people", "is not possible: people are counted as a whole")
        people = read_people(value) if value and metric in SKILLING else None
        amount = read_number(value, metric) if value and metric not in SKILLING else None
        key = (area, track, metric)
        gathered = self.gathered.get(key) or _Gathered(area, metric, track, row.line)
        slot = part if value else _ONLY_POINTS
        _check(gathered, slot, points, as_of)
        self.gathered[key] = gathered
        gathered.lines[slot] = row.line
        if amount is not None:
            gathered.parts[part] = amount
        gathered.people = gathered.people if people is None else people
        gathered.points = gathered.points if points is None else points
        gathered.as_of = as_of or gathered.as_of

    def _area(self, words: str) -> str:
        if not words:
            raise WrongValueError("area", "no_area", "is empty")
        if words not in self.areas:
            try:
                self.areas[words] = self.find_area(words)
            except ScoringError as error:
                near: Any = error.values.get("suggestions", ())
                reason = f"is not a solution area{_hint(near)}"
                raise WrongValueError("area", "unknown_area", reason, tuple(near)) from error
        return self.areas[words]

    def _as_of(self, row: Row) -> date | None:
        try:
            day = read_day(self._cell(row, "as_of"), self.order)
        except WrongDayError as error:
            raise WrongValueError("as_of", error.kind, error.reason) from error
        if day == NEVER:
            raise WrongValueError("as_of", "impossible_date", "is too far away")
        return day

    def _cell(self, row: Row, name: str) -> str:
        index = self.columns.get(name)
        return "" if index is None else row.cells[index]


def _check(gathered: _Gathered, slot: str, points: Fraction | None, as_of: date | None) -> None:
    """Refuse a row that contradicts the rows of the same figure above it."""
    if slot in gathered.lines:
        reason = f"is given twice for this figure (first on line {gathered.lines[slot]}); keep one"
        raise WrongValueError("metric" if slot in (WHOLE, _ONLY_POINTS) else "part", "given_twice", reason)
    others = gathered.lines.keys() - {_ONLY_POINTS}
    if slot != _ONLY_POINTS and others and WHOLE in (slot, *others):
        reason = f"does not go with line {gathered.line}: give either the whole or its parts"
        raise WrongValueError("part", "whole_and_parts", reason)
    if points is not None and gathered.points not in (None, points):
        raise WrongValueError("points", "points_differ", f"are not those of line {gathered.line}; keep one")
    if as_of is not None and gathered.as_of not in (None, as_of):
        raise WrongValueError("as_of", "days_differ", f"is not the day of line {gathered.line}; keep one")


def _hint(near: tuple[str, ...]) -> str:
    return f" ({' or '.join(near)}?)" if near else ""
