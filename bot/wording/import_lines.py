"""What an import says of rows, files and scores, line by line, in one language. Pure; no mark-up."""

from collections.abc import Sequence
from typing import Any

from bot.intake.errors import IntakeError
from bot.intake.findings import Note, Rejected, shortened
from bot.wording.words import Language, Words, listed, points
from scoring import DataFileError, Rulebook, Scorecard, ScoringError

MOST_NAMED = 10  # names in one line


class ImportLines:
    """The sentences of an import for readers of one language."""

    def __init__(self, rulebook: Rulebook, words: Words, language: Language) -> None:
        self.rulebook = rulebook
        self.words = words
        self.language = language

    def say(self, key: str, **values: object) -> str:
        """The sentence of a key."""
        return self.words.say(key, self.language, **values)

    def names(self, names: Sequence[str]) -> str:
        """Some of many names."""
        said = listed(names[:MOST_NAMED], self.language)
        return said if len(names) <= MOST_NAMED else said + self.say("import.and_more", n=str(len(names) - MOST_NAMED))

    def kind(self, kind: str, report: str | None) -> str:
        """What a file is: the title that Partner Center gives a report, else its kind."""
        return report or self.say(f"import.kind.{kind}")

    def row(self, problem: Rejected) -> str:
        """Why a row was left out; without a sentence of its own, as intake or rules say it."""
        key, field = f"rejected.{problem.reason_kind}", f"field.{problem.field}"
        if not self.words.has(key):
            return problem.message
        name = self.say(field) if self.words.has(field) else shortened(problem.column)
        said = self.say(key, field=name, value=shortened(problem.value))
        if not problem.suggestions:
            return said
        return said + self.say("rejected.near", near=listed(list(problem.suggestions), self.language))

    def note(self, note: Note) -> str:
        """A note; one without words of its own is said as the intake says it."""
        key = f"import.note.{note.kind}"
        if not self.words.has(key):
            return note.message
        given: dict[str, Any] = dict(note.values)
        values = {name: self._value(value) for name, value in given.items()}
        if note.kind == "column_missing":
            values["column"] = self.say(f"column.{given['column']}")
            values["metrics"] = listed(dict.fromkeys(map(self._untold, given["metrics"])), self.language)
        if "order" in given:
            values["order"] = self.say(f"import.order.{given['order']}")
        return self.say(key, **values)

    def problem(self, error: IntakeError | DataFileError | ScoringError) -> str:
        """Why a whole file cannot be read; without a sentence of its own, as intake or rules say it."""
        if isinstance(error, DataFileError):
            return str(error)
        kind = "web_page" if error.values.get("looks_like") == "html" else error.kind
        key = f"error.{kind}" if isinstance(error, ScoringError) else f"import.problem.{kind}"
        if not self.words.has(key):
            return error.message
        values = {name: self._value(value) for name, value in error.values.items()}
        return self.say(key, **(values | {"where": error.where}))

    def score(self, result: Scorecard | ScoringError) -> str:
        """The total of an area, or what is known of it."""
        if isinstance(result, ScoringError):
            return result.message
        chosen = result.chosen
        if chosen.total is None:
            return self.say("import.not_known", points=points(chosen.known_points))
        return points(chosen.total, line=result.qualifying_score)

    def _untold(self, one: tuple[str, str | None]) -> str:
        """A metric of an area, or its track, that cannot be computed."""
        area, metric = one
        name = self.say("import.track") if metric is None else self.say(f"brief.{metric}")
        return f"{self.rulebook.area(area).name} {name}"

    def _value(self, value: object) -> str:
        if isinstance(value, tuple | list):
            return self.names([shortened(str(one)) for one in value])
        return str(value)
