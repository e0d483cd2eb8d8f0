"""What `seventy import` did, or would do, as plain text."""

from collections.abc import Iterator

from bot.cli.import_result import ImportResult
from bot.cli.output import columns
from bot.intake.findings import Rejected
from bot.intake.importing import ReadFile
from bot.wording.words import Language, Words, listed, points
from scoring import Rulebook, Scorecard, ScoringError


def result_text(rulebook: Rulebook, words: Words, language: Language, result: ImportResult) -> list[str]:
    """The lines of `seventy import`."""
    return list(_Text(rulebook, words, language).lines(result))


class _Text:
    def __init__(self, rulebook: Rulebook, words: Words, language: Language) -> None:
        self.rulebook = rulebook
        self.words = words
        self.language = language

    def say(self, key: str, **values: object) -> str:
        return self.words.say(f"import.{key}", self.language, **values)

    def lines(self, result: ImportResult) -> Iterator[str]:
        title = "check" if result.is_dry_run else "done"
        names = listed([one.file.name for one in result.files], self.language)
        yield self.say(title if result.is_change else "nothing", names=names)
        for file in result.files:
            yield from self.file(file)
        if result.vanished:
            people = listed(list(result.vanished), self.language)
            yield self.say("vanished", n=str(len(result.vanished)), names=people)
        if result.is_change:
            yield from self.effects(result)
            yield self.say("apply") if result.is_dry_run else self.undo(result)

    def undo(self, result: ImportResult) -> str:
        """How to take the import back, the newest part first."""
        commands = [f"seventy undo {record.id}" for record in reversed(result.records)]
        return self.say("undo", commands=listed(commands, self.language))

    def file(self, one: ReadFile) -> Iterator[str]:
        yield self.say(
            "rows",
            name=one.file.name,
            kind=self.say(f"kind.{one.kind}"),
            read=str(one.rows_read),
            taken=str(one.taken),
            duplicate=str(one.duplicates),
            ignored=str(sum(rows for _, rows in one.ignored)),
            rejected=str(len(one.rejected)),
        )
        rows = [(self.say("line", line=problem.line), self.reason(problem)) for problem in one.rejected]
        yield from columns(rows, indent="  ")
        for note in one.notes:
            yield f"  {self.say('note', text=note.message)}"

    def reason(self, problem: Rejected) -> str:
        """Why a row was left out; what has no sentence of its own is said as the intake or the rules say it."""
        key, field = f"rejected.{problem.reason_kind}", f"field.{problem.field}"
        if not self.words.has(key):
            return problem.message
        name = self.words.say(field, self.language) if self.words.has(field) else problem.column
        said = self.words.say(key, self.language, field=name, value=problem.value)
        if not problem.suggestions:
            return said
        near = listed(list(problem.suggestions), self.language)
        return said + self.words.say("rejected.near", self.language, near=near)

    def effects(self, result: ImportResult) -> Iterator[str]:
        changed = [effect for effect in result.effects if effect.is_change]
        if not changed:
            yield self.say("no_effect")
            return
        yield self.say("effect")
        rows = [
            (self.rulebook.area(one.area).name, f"{self.score(one.before)} → {self.score(one.after)}")
            for one in changed
        ]
        yield from columns(rows, indent="  ")
        if len(changed) < len(result.effects):
            yield f"  {self.say('same')}"

    def score(self, result: Scorecard | ScoringError) -> str:
        if isinstance(result, ScoringError):
            return result.message
        chosen = result.chosen
        if chosen.total is None:
            return self.say("not_known", points=points(chosen.known_points))
        return points(chosen.total, line=result.qualifying_score)
