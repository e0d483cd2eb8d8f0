"""Files that somebody hands in -> what each says, and the import to store."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING, Literal, TypeVar

from bot.intake.errors import IntakeError
from bot.intake.facts_file import parse_facts
from bot.intake.figures_csv import FiguresReport, is_figures, read_figures
from bot.intake.findings import Note, Rejected
from bot.intake.report_kinds import ReportKind, recognised
from bot.intake.source_files import SourceFile, open_table
from bot.intake.table_stream import TableStream
from bot.intake.tables import Table, table_of
from bot.intake.trainings import TrainingsReport, merge, read_trainings
from bot.store.reading import latest_of_each
from bot.store.records import ImportedFile, ImportKind, NewImport
from scoring.capability import score
from scoring.errors import DataFileError, ScoringError, UnneededFactError, WrongFactError
from scoring.facts import Facts, Figure, TrackInputs
from scoring.rulebook import Rulebook

if TYPE_CHECKING:
    from bot.intake.usage_reading import UsageReport

FileKind = Literal["trainings", "figures", "facts", "usage", "profile", "no_points", "unknown"]

_FACTS = re.compile(
    r"(?:^|\A\s*\{\s*)[\"']?(company|as_of|areas|people|people_as_of|membership)[\"']?[ \t]*:", re.MULTILINE
)
Fact = TypeVar("Fact", Figure, TrackInputs)
NOTHING = Facts()


class UnknownFileError(IntakeError):
    """A text file is none of those that can be imported. `values`: found (its first columns)."""

    kind = "unknown_file"


@dataclass(frozen=True)
class ReadFile:
    """One file, read: how many of its rows were taken, and why the others were not.

    `report` is the title that Partner Center gives it; `ignored` counts rows by reason; `facts` is what a facts or
    figures file says; `trainings` and `usage` are what a report says; `company` the name that it gives. `problem` is
    why a file found in a folder was left out.
    """

    file: ImportedFile
    kind: FileKind
    rows_read: int = 0
    taken: int = 0
    duplicates: int = 0
    ignored: tuple[tuple[str, int], ...] = ()
    rejected: tuple[Rejected, ...] = ()
    notes: tuple[Note, ...] = ()
    facts: Facts = NOTHING
    report: str | None = None
    trainings: TrainingsReport | None = None
    usage: "UsageReport | None" = None
    company: str | None = None
    problem: IntakeError | DataFileError | ScoringError | None = None

    @property
    def rejected_rows(self) -> int:
        """How many rows were rejected; `rejected` has the first of very many only."""
        others = self.taken + self.duplicates + sum(rows for _, rows in self.ignored)
        return max(len(self.rejected), self.rows_read - others)


def read_files(sources: Iterable[SourceFile], rulebook: Rulebook, *, as_of: date) -> tuple[ReadFile, ...]:
    """What each file says, whatever its name: its headers or keys tell what it is. `as_of` is the day of the import.

    Rows that several files share are duplicates. A file that is found in a folder and cannot be imported is left out
    and says why; one that was named raises.
    Raises: IntakeError kinds; DataFileError and ScoringError for what is wrong in a facts file.
    """
    read = tuple(_read_or_left_out(source, rulebook, as_of) for source in sources)
    usage = [one.usage for one in read if one.usage is not None]
    if len(usage) < 2:
        return read
    from bot.intake.usage_reading import without_repeats

    told = iter(without_repeats(usage))
    return tuple(one if one.usage is None else _with_usage(one, next(told)) for one in read)


def _read_or_left_out(source: SourceFile, rulebook: Rulebook, as_of: date) -> ReadFile:
    try:
        return read_file(source, rulebook, as_of=as_of)
    except (IntakeError, DataFileError, ScoringError) as error:
        if not source.is_found:
            raise
        return ReadFile(ImportedFile(name=source.name, sha256="", size=0), "unknown", problem=error)


def read_file(source: SourceFile, rulebook: Rulebook, *, as_of: date) -> ReadFile:
    """What one file says. Raises: see `read_files`."""
    if _FACTS.search(source.beginning()):
        return _read_facts(source, rulebook, as_of)
    stream = open_table(source)
    headers = Table(name=source.name, headers=stream.headers, rows=())
    if is_figures(headers):
        report = read_figures(table_of(stream), _area_finder(rulebook))
        return _read_figures(_file(source), report, rulebook, as_of)
    kind = recognised(stream.headers, name=source.name)
    if kind is not None:
        return _read_report(source, stream, kind, rulebook)
    stream.close()
    if source.name.lower().endswith((".yaml", ".yml")):  # its own error says more: which key is wrong, on which line
        return _read_facts(source, rulebook, as_of)
    raise _unknown(headers)


def _file(source: SourceFile) -> ImportedFile:
    return ImportedFile(name=source.name, sha256=source.sha256, size=source.size)


def _unknown(table: Table) -> UnknownFileError:
    found = ", ".join(header for header in table.headers[:4] if header)
    message = (
        f"{table.name}: is no file that can be imported (its columns: {found}). It can be a report of Partner Center "
        "Insights with its own column names, a figures file with the columns area and metric, or a facts file with "
        "the keys areas or people."
    )
    return UnknownFileError(message, where=table.name, found=found)


def _read_report(source: SourceFile, stream: TableStream, kind: ReportKind, rulebook: Rulebook) -> ReadFile:
    if kind.role == "usage":
        from bot.intake.usage_reading import read_usage

        return _with_usage(ReadFile(_file(source), "usage", report=kind.title), read_usage(stream, kind), rulebook)
    table = table_of(stream)
    if kind.role == "trainings":
        return _read_trainings(_file(source), read_trainings(table, rulebook.certifications), kind.title)
    rows = table.rows_read
    if kind.role == "profile":
        from bot.intake.partner_profile import read_profile

        profile = read_profile(table)
        return ReadFile(_file(source), "profile", rows, len(table.rows), report=kind.title, company=profile.company)
    return ReadFile(_file(source), "no_points", rows, ignored=(("no_points", rows),), report=kind.title)


def _with_usage(one: ReadFile, usage: "UsageReport", rulebook: Rulebook | None = None) -> ReadFile:
    """A file with what its report says; with a rulebook, also what no rule knows of it."""
    notes = usage.notes
    if rulebook is not None:
        from bot.intake.usage_notes import notes_on

        notes = (*notes, *notes_on(rulebook, usage))
    return replace(
        one,
        rows_read=usage.rows_read,
        taken=usage.taken,
        duplicates=sum(usage.duplicates.values()),
        ignored=tuple(usage.ignored.items()),
        rejected=usage.rejected,
        notes=notes if rulebook is not None else one.notes,
        usage=usage,
    )


def _area_finder(rulebook: Rulebook) -> Callable[[str], str]:
    """Finds areas, and groups of areas that share figures."""
    groups = {rules.group for rules in rulebook.areas.values() if rules.group}
    return lambda words: words.lower() if words.lower() in groups else rulebook.find_area(words)


def _read_figures(file: ImportedFile, report: FiguresReport, rulebook: Rulebook, as_of: date) -> ReadFile:
    """The figures that the rules of the day can use; each of the others is rejected with its reason."""
    checked = [(figure, _refusal(rulebook, Facts(figures=(figure,)), as_of)) for figure in report.figures]
    refused = [(figure, error) for figure, error in checked if error is not None]
    rejected = [
        Rejected(figure.origin.line or 0, "", figure.metric, error.kind, _without_place(error), field="metric")
        for figure, error in refused
    ]
    rows = sum(max(1, len(figure.parts)) for figure, _ in refused)
    return ReadFile(
        file,
        "figures",
        rows_read=report.rows_read,
        taken=report.rows_read - len(report.rejected) - rows,
        rejected=tuple(sorted((*report.rejected, *rejected), key=lambda one: one.line)),
        notes=report.notes,
        facts=Facts(figures=tuple(figure for figure, error in checked if error is None)),
    )


def _refusal(rulebook: Rulebook, facts: Facts, as_of: date) -> ScoringError | None:
    """Why the rules cannot use these facts, which would otherwise stop every score of their area."""
    days = [one.as_of for one in facts.figures] + [one.as_of for one in facts.track_inputs]
    on = max(as_of, *(day or as_of for day in days), as_of)
    for area in rulebook.areas:
        try:
            score(rulebook, facts, area, on)
        except (UnneededFactError, WrongFactError) as error:
            return error
        except ScoringError:
            continue  # no rules on that day: nothing can be said of the facts
    return None


def _without_place(error: ScoringError) -> str:
    return error.message.removeprefix(f"{error.where}: ")


def _read_facts(source: SourceFile, rulebook: Rulebook, as_of: date) -> ReadFile:
    facts = parse_facts(source.text(), rulebook, name=source.name)
    error = _refusal(rulebook, facts, as_of)
    if error is not None:
        raise error
    entries = len(facts.figures) + len(facts.certifications or ()) + len(facts.track_inputs)
    entries += facts.membership is not None
    return ReadFile(_file(source), "facts", entries, entries, facts=facts, company=facts.company)


def _read_trainings(file: ImportedFile, report: TrainingsReport, title: str) -> ReadFile:
    return ReadFile(
        file,
        "trainings",
        rows_read=report.rows_read,
        taken=len(report.taken),
        duplicates=len(report.duplicates),
        ignored=tuple((one.reason, one.rows) for one in report.ignored),
        rejected=report.rejected,
        notes=report.notes,
        facts=Facts(certifications=report.taken),
        report=title,
        trainings=report,
    )


def new_import(files: Sequence[ReadFile], *, as_of: date, made_by: str, adds: bool = False) -> NewImport:
    """One import of everything that the files say; what has no day gets `as_of`.

    People: Trainings reports and facts files together are everybody, or come on top with `adds`.
    """
    used = [one for one in files if one.kind not in ("unknown", "no_points")]
    trainings = [one.trainings for one in used if one.trainings is not None]
    facts = [one.facts for one in used if one.trainings is None]
    listed = [merge(trainings)] if trainings else []
    listed += [one.certifications for one in facts if one.certifications is not None]
    days = [one.people_as_of for one in facts if one.people_as_of is not None]
    figures = chain.from_iterable(one.figures for one in facts)
    inputs = chain.from_iterable(one.track_inputs for one in facts)
    return NewImport(
        kind=_kind(used),
        files=tuple(one.file for one in used),
        certifications=latest_of_each(chain.from_iterable(listed)) if listed else None,
        figures=tuple(_dated(one, as_of) for one in figures),
        track_inputs=tuple(_dated(one, as_of) for one in inputs),
        membership=next((one.membership for one in reversed(facts) if one.membership is not None), None),
        usage=tuple(one.usage.rows for one in used if one.usage is not None),
        company=next((one.company for one in used if one.company), None),
        as_of=max(days, default=as_of) if listed and not trainings else as_of,
        made_by=made_by,
        adds=adds and bool(listed),
    )


def _kind(used: Sequence[ReadFile]) -> ImportKind:
    kinds: dict[FileKind, ImportKind] = {"trainings": "trainings", "facts": "figures", "figures": "figures"}
    found = {kinds.get(one.kind, "usage") for one in used}
    return found.pop() if len(found) == 1 else "several"


def _dated(fact: Fact, as_of: date) -> Fact:
    return fact if fact.as_of is not None else fact.model_copy(update={"as_of": as_of})
