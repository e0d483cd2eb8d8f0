"""What an import would change, and the import itself: the same for the command line and for Slack."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from bot.company_facts import apart, company_facts, keep_measured, measured, with_measured
from bot.intake.errors import IntakeError
from bot.intake.import_changes import Effect, effects, facts_after, is_same, vanished
from bot.intake.importing import ReadFile, new_import
from bot.store import ImportRecord, NewImport, Store
from scoring import Facts, Rulebook
from scoring.facts import MeasuredFacts

if TYPE_CHECKING:
    from scoring.usage import UsageRows


class NothingTakenError(IntakeError):
    """Of all files nothing can be used: a list without anybody would take everybody's credit away."""

    kind = "nothing_taken"


@dataclass(frozen=True)
class VanishedTenant:
    """A customer of the newest month known before who is in the newest month no more."""

    report: str
    tenant: str
    name: str


@dataclass(frozen=True)
class ImportPlan:
    """An import, worked out and not stored: what it holds and what it changes.

    `revision` is that of the company before, on which `measured` rests; `measured` None where no usage report is in
    it. `people` and `tenants` are those who vanish.
    """

    workspace: str
    files: tuple[ReadFile, ...]
    new: NewImport
    is_change: bool
    people: tuple[str, ...]
    tenants: tuple[VanishedTenant, ...]
    effects: tuple[Effect, ...]
    revision: int
    measured: MeasuredFacts | None


def check_something_taken(files: Sequence[ReadFile]) -> None:
    """Refuse files of which nothing can be used. Raises: NothingTakenError."""
    if any(one.taken for one in files):
        return
    if not files:
        raise NothingTakenError("There is no file in the folder; nothing was changed.", where="")
    first = files[0]
    told = next((one for one in files if one.problem is not None), None)
    if told is not None and told.problem is not None:
        raise NothingTakenError(f"{told.problem} Nothing was changed.", where=told.file.name)
    rejected = next((problem for one in files for problem in one.rejected), None)
    why = f" Line {rejected.line}: {rejected.message}." if rejected else ""
    rows = sum(one.rows_read for one in files)
    said = "there are no rows" if not rows else f"of {rows} row{'s' if rows > 1 else ''} none could be taken"
    where = f"{first.file.name}:{rejected.line}" if rejected else first.file.name
    raise NothingTakenError(f"{first.file.name}: {said}; nothing was changed.{why}", where=where)


def planned(
    store: Store | None,
    rulebook: Rulebook,
    files: tuple[ReadFile, ...],
    *,
    workspace: str,
    as_of: date | None,
    today: date,
    made_by: str,
    adds: bool = False,
) -> ImportPlan:
    """What the files would change; without a store, of a company of which nothing is known.

    `as_of` is the day that was asked for, if any. Look first whether there is something (`check_something_taken`).
    Raises: StoreError.
    """
    revision = 0 if store is None else store.revision(workspace)  # before anything of it is read
    new = new_import(files, as_of=as_of or today, made_by=made_by, adds=adds)
    before = Facts() if store is None else company_facts(store, rulebook, workspace)
    typed_before, measured_before = apart(before)
    typed = facts_after(typed_before, new)
    found: MeasuredFacts | None = None
    tenants: tuple[VanishedTenant, ...] = ()
    if new.usage:
        known = () if store is None else store.usage(workspace)
        found, tenants = _measured_after(rulebook, known, new.usage, _next_id(store, workspace))
    after = with_measured(typed, measured_before if found is None else found)
    return ImportPlan(
        workspace=workspace,
        files=files,
        new=new,
        is_change=not (
            is_same(typed_before, typed, assumed_day=None if as_of else today) and _holds(store, workspace, new)
        ),
        people=vanished(before, after),
        tenants=tenants,
        effects=effects(rulebook, before, after, max(today, new.as_of or today)),
        revision=revision,
        measured=found,
    )


def _holds(store: Store | None, workspace: str, new: NewImport) -> bool:
    """Whether the usage of the import is known already."""
    return not new.usage or (store is not None and store.holds_usage(workspace, new.usage))


def applied(store: Store, rulebook: Rulebook, plan: ImportPlan, *, now: datetime) -> ImportRecord:
    """Store the import, wholly or not at all. Raises: StoreError."""
    record = store.add_import(plan.workspace, plan.new, now=now)
    if plan.measured is not None:
        keep_measured(store, rulebook, plan.workspace, plan.measured, revision=plan.revision + 1)
    return record


def _next_id(store: Store | None, workspace: str) -> int:
    """The number that the import will have, unless another program imports in between."""
    records = () if store is None else store.imports(workspace)
    return records[0].id + 1 if records else 1


def _measured_after(
    rulebook: Rulebook, known: Sequence["UsageRows"], new: Sequence["UsageRows"], import_id: int
) -> tuple[MeasuredFacts, tuple[VanishedTenant, ...]]:
    from scoring.usage_versions import numbered, replaced, vanished_tenants

    after = [*replaced(known, new), *numbered(new, import_id)]
    gone = tuple(VanishedTenant(*one) for one in vanished_tenants(known, after))
    return measured(rulebook, after), gone
