"""The report "Trainings, exams and certifications" -> who holds which certification, and what was not taken."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from bot.intake.errors import MissingColumnError
from bot.intake.findings import Note, Rejected
from bot.intake.people import Duplicate, Held, hold, same_names
from bot.intake.report_dates import day_order
from bot.intake.tables import Table
from bot.intake.training_columns import TrainingColumns, find_columns
from bot.intake.training_rows import IgnoredReason, TrainingRows
from scoring.certifications import Certifications
from scoring.facts import HeldCertification

IGNORED_REASONS: tuple[IgnoredReason, ...] = ("exam", "other_training", "counts_nowhere", "inactive")


@dataclass(frozen=True, slots=True)
class Ignored:
    """How many rows earn nothing for a reason.

    `exam`: only certifications count. `other_training`: neither certification nor exam. `counts_nowhere`: a
    certification that is in no list of any designation. `inactive`: the report says that it is not held any more.
    """

    reason: IgnoredReason
    rows: int


@dataclass(frozen=True, slots=True)
class UnknownTitle:
    """A title of rejected rows that is in no list of certifications, once, with what may be meant."""

    title: str
    rows: int
    first_line: int
    suggestions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TrainingsReport:
    """What one file says. Every row read is in exactly one of taken, duplicates, rejected and ignored.

    `accepted` are the rows behind `taken` and `duplicates`, which `merge` needs.
    """

    name: str
    rows_read: int
    taken: tuple[HeldCertification, ...]
    duplicates: tuple[Duplicate, ...]
    rejected: tuple[Rejected, ...]
    ignored: tuple[Ignored, ...]
    notes: tuple[Note, ...]
    accepted: tuple[Held, ...]

    @property
    def unknown_titles(self) -> tuple[UnknownTitle, ...]:
        """The unknown titles, those with suggestions first, then by how often they occur."""
        found: dict[str, list[Rejected]] = {}
        for rejected in self.rejected:
            if rejected.reason_kind == "unknown_certification":
                found.setdefault(rejected.value, []).append(rejected)
        titles = (UnknownTitle(title, len(rows), rows[0].line, rows[0].suggestions) for title, rows in found.items())
        return tuple(sorted(titles, key=lambda one: (not one.suggestions, -one.rows, one.first_line)))


def is_trainings(table: Table) -> bool:
    """Whether a table is this report: it has a column of training titles."""
    return find_columns(table).title is not None


def read_trainings(table: Table, certifications: Certifications) -> TrainingsReport:
    """What the report says of certifications.

    Raises: MissingColumnError without a title, or without anything that identifies a person.
    """
    columns = find_columns(table)
    _check(columns, table)
    order = day_order(
        (row.line, row.cells[index])
        for row in table.rows
        for index in (columns.completed, columns.expires)
        if index is not None
    )
    rows = TrainingRows(table, columns, certifications, order.order)
    accepted, rejected, ignored = _sort_out(table, rows)
    taken, duplicates = hold(accepted)
    return TrainingsReport(
        name=table.name,
        rows_read=table.rows_read,
        taken=taken,
        duplicates=duplicates,
        rejected=tuple(sorted(rejected, key=lambda one: one.line)),
        ignored=tuple(Ignored(reason, ignored[reason]) for reason in IGNORED_REASONS if ignored[reason]),
        notes=(*order.notes(), *rows.notes(), *_people_notes(accepted, taken, certifications)),
        accepted=tuple(accepted),
    )


def merge(reports: Iterable[TrainingsReport]) -> tuple[HeldCertification, ...]:
    """What several files say together: each certification of each person once, with the latest expiry.

    People are joined across files as within one: by MCPID, and by an account that they share.
    """
    taken, _ = hold([held for report in reports for held in report.accepted])
    return taken


def _sort_out(table: Table, rows: TrainingRows) -> tuple[list[Held], list[Rejected], Counter[IgnoredReason]]:
    accepted: list[Held] = []
    rejected = list(table.rejected)
    ignored: Counter[IgnoredReason] = Counter()
    for row in table.rows:
        match rows.read(row):
            case Held() as held:
                accepted.append(held)
            case Rejected() as problem:
                rejected.append(problem)
            case reason:
                ignored[reason] += 1
    return accepted, rejected, ignored


def _check(columns: TrainingColumns, table: Table) -> None:
    missing: tuple[tuple[Literal["title", "person"], tuple[str, ...]], ...] = ()
    if columns.title is None:
        missing = (("title", ("TrainingTitle",)),)
    elif not (columns.accounts or columns.names):
        missing = (("person", ("MCPID", "CorpEmail", "Email", "IndividualLastName")),)
    for what, names in missing:
        needed = " or ".join(names)
        message = f"{table.name}: has no column {needed}; download the report again with it."
        found = tuple(header for header in table.headers if header)
        raise MissingColumnError(message, where=table.name, missing=what, columns=names, found=found)


def _people_notes(
    accepted: list[Held], taken: tuple[HeldCertification, ...], certifications: Certifications
) -> Iterable[Note]:
    names = same_names(accepted)
    if names:
        message = f"several people have the same name and stay separate: {', '.join(names)}"
        yield Note("same_name", message, {"names": names})
    unending = sum(1 for held in taken if held.expires is None and certifications[held.certification].lapses)
    if unending:
        message = f"{unending} certifications that expire have no expiry date: they count without an end"
        yield Note("no_expiry", message, {"certifications": unending})
