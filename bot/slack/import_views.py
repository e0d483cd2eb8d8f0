"""What is shown while files are read, checked, applied and undone; within Slack's limits whatever is in the files."""

from collections.abc import Iterable, Iterator, Sequence

from bot.import_plan import ImportPlan
from bot.intake.import_changes import Effect
from bot.intake.importing import ReadFile
from bot.slack import blocks
from bot.slack.action_ids import IMPORT_CHECK, IMPORT_FILES, IMPORT_SHOWN, UNDO_FILES
from bot.slack.blocks import Block
from bot.slack.import_form import ImportRequest
from bot.wording.import_lines import ImportLines
from bot.wording.words import day

MOST_FILES = 20  # files, members and sheets that are told one by one
MOST_BLOCKS = 60  # that tell of files; Slack takes 100 in a view
MOST_ROWS = 5  # rejected rows of one file that are told one by one
MOST_NOTES = 5
_LONGEST = 400  # characters of one line, before it is escaped
_LONGEST_SENTENCE = 1200


class ImportViews:
    """The views of one import, for readers of one language."""

    def __init__(self, lines: ImportLines) -> None:
        self.lines = lines

    def waiting(self, request: ImportRequest, *, applies: bool) -> Block:
        """What stands there while the files are read, and while they are applied."""
        if applies:
            said = [self._say("import.applying"), self._say("import.applying_hint")]
        else:
            said = [self._say("import.reading", n=str(len(request.files))), self._say("import.reading_hint")]
        return self._view([blocks.section(said[0]), blocks.context(said[1:])])

    def check(self, plan: ImportPlan, request: ImportRequest) -> Block:
        """What the import would change, to be applied or not."""
        if not plan.is_change:
            return self._view([blocks.header(self._say("import.known")), *self._files(plan.files), self._again()])
        view = self._view(
            [
                blocks.header(self._say("import.checked")),
                *self._files(plan.files),
                *self._changes(plan, request),
                *self._effects(plan.effects),
                blocks.context([self._say("import.reversible")]),
            ]
        )
        return view | {
            "callback_id": IMPORT_CHECK,
            "private_metadata": request.to_metadata(),
            "submit": blocks.plain(self._say("import.apply_now")),
            "close": blocks.plain(self._say("form.cancel")),
        }

    def result(self, plan: ImportPlan, import_id: int | None) -> Block:
        """What was imported, with the way back."""
        title = "import.applied" if plan.is_change else "import.known"
        undo = [blocks.actions(blocks.button(self._say("button.undo"), UNDO_FILES, str(import_id)))]
        effects = self._effects(plan.effects) if plan.is_change else []
        return self._view(
            [
                blocks.header(self._say(title)),
                *(undo if import_id is not None else []),
                *self._files(plan.files),
                *effects,
                blocks.context([self._say("foot.private")]),
            ]
        )

    def undone(self, effects: Sequence[Effect], *, is_first: bool) -> Block:
        """What is shown after an import was taken back, also where it was before."""
        if not is_first:
            return self._view([blocks.section(self._say("form.undone_already"))])
        return self._view([blocks.section(self._say("import.undone")), *self._effects(effects)])

    def nothing_taken(self, files: Sequence[ReadFile]) -> Block:
        """What is shown where no row of any file can be used."""
        return self._view([blocks.header(self._say("import.nothing_taken")), *self._files(files), self._again()])

    def failure(self, sentence: str) -> Block:
        """What is shown where a file cannot be had or read: why, and a way to choose others."""
        return self._view(
            [blocks.header(self._say("import.failed")), *blocks.sections([self._line(sentence)]), self._again()]
        )

    def refused(self, sentence: str) -> Block:
        """What is shown to those who may not import; the sentence is in Slack's mark-up."""
        return self._view([blocks.section(sentence)])

    def _say(self, key: str, **values: object) -> str:
        return self.lines.say(key, **values)

    def _line(self, text: str, most: int = _LONGEST) -> str:
        """A line with what came from outside, on one line, not too long, and without mark-up."""
        return blocks.escaped(blocks.cut(" ".join(text.split()), most))

    def _view(self, content: list[Block]) -> Block:
        return {
            "type": "modal",
            "callback_id": IMPORT_SHOWN,
            "title": blocks.plain(self._say("import.title")),
            "close": blocks.plain(self._say("form.close")),
            "blocks": content,
        }

    def _again(self) -> Block:
        return blocks.actions(blocks.button(self._say("button.choose_files"), IMPORT_FILES, "again"))

    def _files(self, files: Sequence[ReadFile]) -> list[Block]:
        """As many files as there is room for."""
        found: list[Block] = []
        for place, one in enumerate(files):
            made = blocks.sections(self._file(one))
            if place == MOST_FILES or len(found) + len(made) > MOST_BLOCKS:
                return [*found, blocks.section(self._say("import.more_files", n=str(len(files) - place)))]
            found += made
        return found

    def _file(self, one: ReadFile) -> Iterator[str]:
        name = blocks.cut(one.file.name, blocks.HEADER_LIMIT)
        if one.problem is not None:
            yield self._line(self._say("import.left_out", name=name, why=self.lines.problem(one.problem)))
            return
        counts = {
            "read": one.rows_read,
            "taken": one.taken,
            "duplicate": one.duplicates,
            "ignored": sum(rows for _, rows in one.ignored),
            "rejected": one.rejected_rows,
        }
        said = {key: str(count) for key, count in counts.items()}
        yield self._line(self._say("import.rows", name=name, kind=self.lines.kind(one.kind, one.report), **said))
        for row in one.rejected[:MOST_ROWS]:
            yield f"• {self._say('import.line', line=row.line)}: {self._line(self.lines.row(row))}"
        yield from self._more("import.more_rejected", one.rejected_rows - MOST_ROWS)
        for note in one.notes[:MOST_NOTES]:
            yield f"• {self._line(self._say('import.note', text=self.lines.note(note)))}"
        yield from self._more("import.more_notes", len(one.notes) - MOST_NOTES)

    def _more(self, key: str, count: int) -> Iterator[str]:
        if count > 0:
            yield f"• {self._say(key, n=str(count))}"

    def _changes(self, plan: ImportPlan, request: ImportRequest) -> list[Block]:
        """The day, and who would be gone: people who were known, and customers of the newest month."""
        said = [self._say("import.as_of_day", day=day(request.as_of, self.lines.language))]
        if plan.new.adds:
            said.append(self._say("import.added"))
        gone = list(dict.fromkeys(one.name or one.tenant for one in plan.tenants))
        for key, names in (("import.vanished", list(plan.people)), ("import.vanished_tenants", gone)):
            if names:
                said.append(self._say(key, n=str(len(names)), names=self.lines.names(self._shortened(names))))
        return blocks.sections(self._line(one) for one in said)

    def _shortened(self, names: Iterable[str]) -> list[str]:
        # Of each name so much that the line is not cut in the middle of its last words.
        return [blocks.cut(" ".join(name.split()), 30) for name in names]

    def _effects(self, effects: Sequence[Effect]) -> list[Block]:
        """The score of every area that changes, before and after."""
        changed = [effect for effect in effects if effect.is_change]
        if not changed:
            return [blocks.section(self._say("import.no_effect"))]
        rows = [
            f"*{self._line(self.lines.rulebook.area(one.area).name)}*  "
            f"{self._line(self.lines.score(one.before))} → {self._line(self.lines.score(one.after))}"
            for one in changed
        ]
        rest = [self._say("import.same")] if len(changed) < len(effects) else []
        return [blocks.section(f"*{self._say('import.effect')}*"), *blocks.sections([*rows, *rest])]
