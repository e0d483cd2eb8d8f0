"""What `seventy import` did, or would do, as plain text."""

from collections.abc import Iterator

from bot.cli.errors import described
from bot.cli.output import columns
from bot.import_plan import ImportPlan
from bot.intake.importing import ReadFile
from bot.store import ImportRecord
from bot.wording.import_lines import ImportLines
from bot.wording.words import Language, Words
from scoring import Rulebook


def result_text(
    rulebook: Rulebook,
    words: Words,
    language: Language,
    plan: ImportPlan,
    record: ImportRecord | None,
    *,
    is_dry_run: bool,
) -> list[str]:
    """The lines of `seventy import`; `record` is the import that was made."""
    return list(_Text(ImportLines(rulebook, words, language)).lines(plan, record, is_dry_run=is_dry_run))


class _Text:
    def __init__(self, said: ImportLines) -> None:
        self.said = said

    def say(self, key: str, **values: object) -> str:
        return self.said.say(f"import.{key}", **values)

    def lines(self, plan: ImportPlan, record: ImportRecord | None, *, is_dry_run: bool) -> Iterator[str]:
        title = "check" if is_dry_run else "done"
        names = self.said.names([one.file.name for one in plan.files])
        yield self.say(title if plan.is_change else "nothing", names=names)
        for file in plan.files:
            yield from self.file(file)
        if plan.people:
            yield self.say("vanished", n=str(len(plan.people)), names=self.said.names(plan.people))
        if plan.tenants:
            gone = list(dict.fromkeys(one.name or one.tenant for one in plan.tenants))
            yield self.say("vanished_tenants", n=str(len(gone)), names=self.said.names(gone))
        if plan.is_change:
            yield from self.effects(plan)
            yield self.say("apply") if record is None else self.say("undo", command=f"seventy undo {record.id}")

    def file(self, one: ReadFile) -> Iterator[str]:
        if one.problem is not None:
            yield self.say("left_out", name=one.file.name, why=described(one.problem).message)
            return
        yield self.say(
            "rows",
            name=one.file.name,
            kind=self.said.kind(one.kind, one.report),
            read=str(one.rows_read),
            taken=str(one.taken),
            duplicate=str(one.duplicates),
            ignored=str(sum(rows for _, rows in one.ignored)),
            rejected=str(one.rejected_rows),
        )
        rows = [(self.say("line", line=problem.line), self.said.row(problem)) for problem in one.rejected]
        yield from columns(rows, indent="  ")
        if one.rejected_rows > len(one.rejected):
            yield "  " + self.say("and_more_lines", n=str(one.rejected_rows - len(one.rejected)))
        for note in one.notes:
            yield f"  {self.say('note', text=self.said.note(note))}"

    def effects(self, plan: ImportPlan) -> Iterator[str]:
        changed = [effect for effect in plan.effects if effect.is_change]
        if not changed:
            yield self.say("no_effect")
            return
        yield self.say("effect")
        rows = [
            (self.said.rulebook.area(one.area).name, f"{self.said.score(one.before)} → {self.said.score(one.after)}")
            for one in changed
        ]
        yield from columns(rows, indent="  ")
        if len(changed) < len(plan.effects):
            yield f"  {self.say('same')}"
