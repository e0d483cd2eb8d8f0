"""Files that somebody hands in -> what each says, and the imports to store."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from itertools import chain
from typing import Literal, TypeVar

from bot.intake.errors import IntakeError
from bot.intake.facts_file import parse_facts
from bot.intake.figures_csv import FiguresReport, is_figures, read_figures
from bot.intake.findings import Note, Rejected
from bot.intake.tables import Table, read_table
from bot.intake.text_files import decode
from bot.intake.trainings import TrainingsReport, is_trainings, merge, read_trainings
from bot.store.reading import latest_of_each
from bot.store.records import ImportedFile, NewImport
from scoring.capability import score
from scoring.errors import ScoringError, UnneededFactError, WrongFactError
from scoring.facts import Facts, Figure, TrackInputs
from scoring.rulebook import Rulebook

FileKind = Literal["trainings", "figures", "facts"]

_FACTS = re.compile(
    r"(?:^|\A\s*\{\s*)[\"']?(company|as_of|areas|people|people_as_of|membership)[\"']?[ \t]*:", re.MULTILINE
)
Fact = TypeVar("Fact", Figure, TrackInputs)


class UnknownFileError(IntakeError):
    """A text file is none of those that can be imported. `values`: found (its first columns)."""

    kind = "unknown_file"


@dataclass(frozen=True)
class ReadFile:
    """One file, read: how many of its rows were taken, and why the others were not.

    `ignored` counts rows by reason; `facts` is what the file says, None for a Trainings report (see `trainings`).
    """

    file: ImportedFile
    kind: FileKind
    rows_read: int
    taken: int
    duplicates: int
    ignored: tuple[tuple[str, int], ...]
    rejected: tuple[Rejected, ...]
    notes: tuple[Note, ...]
    facts: Facts
    trainings: TrainingsReport | None = None


def read_file(content: bytes, rulebook: Rulebook, *, name: str, as_of: date) -> ReadFile:
    """What a file says, whatever its name: its headers or keys tell what it is. `as_of` is the day of the import.

    Raises: IntakeError kinds; DataFileError and ScoringError kinds for what is wrong in a facts file.
    """
    file = ImportedFile(name=name, sha256=sha256(content).hexdigest(), size=len(content))
    text = decode(content, name=name)
    if _FACTS.search(text):
        return _read_facts(file, parse_facts(text, rulebook, name=name), rulebook, as_of)
    table = read_table(content, name=name)
    if is_trainings(table):
        return _read_trainings(file, read_trainings(table, rulebook.certifications))
    if is_figures(table):
        return _read_figures(file, read_figures(table, _area_finder(rulebook)), rulebook, as_of)
    if name.lower().endswith((".yaml", ".yml")):  # its own error says more: which key is wrong, on which line
        return _read_facts(file, parse_facts(text, rulebook, name=name), rulebook, as_of)
    raise _unknown(table)


def _unknown(table: Table) -> UnknownFileError:
    found = ", ".join(header for header in table.headers[:4] if header)
    message = (
        f"{table.name}: is no file that can be imported (its columns: {found}). A Trainings report has the column "
        "TrainingTitle, a figures file area and metric, a facts file the keys areas or people."
    )
    return UnknownFileError(message, where=table.name, found=found)


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
        duplicates=0,
        ignored=(),
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


def _read_facts(file: ImportedFile, facts: Facts, rulebook: Rulebook, as_of: date) -> ReadFile:
    error = _refusal(rulebook, facts, as_of)
    if error is not None:
        raise error
    entries = len(facts.figures) + len(facts.certifications or ()) + len(facts.track_inputs)
    entries += facts.membership is not None
    return ReadFile(file, "facts", entries, entries, 0, (), (), (), facts)


def _read_trainings(file: ImportedFile, report: TrainingsReport) -> ReadFile:
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
        trainings=report,
    )


def new_imports(files: Sequence[ReadFile], *, as_of: date, made_by: str, adds: bool = False) -> tuple[NewImport, ...]:
    """One import of all Trainings reports, and one of all figures and facts; what has no day gets `as_of`."""
    trainings = [one.trainings for one in files if one.trainings is not None]
    others = [one for one in files if one.trainings is None]
    made: list[NewImport] = []
    if trainings:
        reports = tuple(one.file for one in files if one.trainings is not None)
        made.append(
            NewImport(
                kind="trainings",
                files=reports,
                certifications=merge(trainings),
                as_of=as_of,
                made_by=made_by,
                adds=adds,
            )
        )
    if others:
        made.append(_figures_import(others, as_of=as_of, made_by=made_by, adds=adds or bool(trainings)))
    return tuple(made)


def _figures_import(files: list[ReadFile], *, as_of: date, made_by: str, adds: bool) -> NewImport:
    facts = [one.facts for one in files]
    people = [one.certifications for one in facts if one.certifications is not None]
    days = [one.people_as_of for one in facts if one.people_as_of is not None]
    figures = chain.from_iterable(one.figures for one in facts)
    inputs = chain.from_iterable(one.track_inputs for one in facts)
    return NewImport(
        kind="figures",
        files=tuple(one.file for one in files),
        certifications=latest_of_each(chain.from_iterable(people)) if people else None,
        figures=tuple(_dated(one, as_of) for one in figures),
        track_inputs=tuple(_dated(one, as_of) for one in inputs),
        membership=next((one.membership for one in reversed(facts) if one.membership is not None), None),
        as_of=max(days, default=as_of) if people else as_of,
        made_by=made_by,
        adds=adds and bool(people),
    )


def _dated(fact: Fact, as_of: date) -> Fact:
    return fact if fact.as_of is not None else fact.model_copy(update={"as_of": as_of})
