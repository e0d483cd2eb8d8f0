"""Nothing of one workspace is ever seen, or changed, from another."""

import inspect
from collections.abc import Callable
from datetime import UTC, date, datetime
from fractions import Fraction

import numpy as np

from bot.store import ImportedFile, NewImport, Store
from scoring.facts import Figure, HeldCertification, Membership, Origin, TrackInputs
from scoring.usage import UsageRows

MINE, THEIRS = "T0MIHON", "T0OTHER"
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


def everything(marked: str) -> NewImport:
    """An import with every kind of fact, each carrying the mark."""
    read = Origin(source=marked, line=1)
    return NewImport(
        kind="form",
        files=(ImportedFile(name=marked, sha256=marked, size=1),),
        certifications=(HeldCertification(person=marked, name=marked, certification=marked, origin=read),),
        figures=(Figure(area="security", metric="deployments", points=Fraction(1), origin=read),),
        track_inputs=(TrackInputs(area="security", customers=Fraction(1), origin=read),),
        membership=Membership(anniversary=date(2027, 3, 15), enrolled=(marked,), origin=read),
        usage=(usage(marked),),
        company=marked,
        made_by=marked,
    )


def usage(marked: str) -> UsageRows:
    one, code = np.array([24_000], np.int64), np.array([0], np.int32)
    texts = (marked,)
    return UsageRows(
        dataset="azure_usage",
        source=marked,
        fields=frozenset({"month", "acr"}),
        tenants=texts,
        tenant_names=texts,
        items=texts,
        associations=texts,
        segments=texts,
        line=one,
        month=one.astype(np.int32),
        tenant=code,
        item=code,
        association=code,
        segment=code,
        associated=code,
        quantities={"acr": one},
    )


def fill(store: Store, workspace: str) -> None:
    store.add_import(workspace, everything(workspace), now=NOW)
    store.add_import(workspace, everything(workspace), now=NOW)
    store.set_language(workspace, "U0SAME", f"language of {workspace}")
    store.keep_measured(workspace, "2", f"measured for {workspace}".encode())


READS: dict[str, Callable[[Store, str], object]] = {
    "facts": lambda store, workspace: store.facts(workspace),
    "usage": lambda store, workspace: [(rows.source, rows.tenants, len(rows)) for rows in store.usage(workspace)],
    "usage_version": lambda store, workspace: store.usage_version(workspace),
    "holds_usage": lambda store, workspace: store.holds_usage(workspace, [usage(MINE)]),
    "measured": lambda store, workspace: store.measured(workspace, "2"),
    "revision": lambda store, workspace: store.revision(workspace),
    "imports": lambda store, workspace: store.imports(workspace),
    "language": lambda store, workspace: store.language(workspace, "U0SAME"),
}
WRITES: dict[str, Callable[[Store, str], object]] = {
    "add_import": lambda store, workspace: store.add_import(workspace, everything("new"), now=NOW),
    "undo": lambda store, workspace: store.undo(workspace, now=NOW, by="new"),
    "adopt_local": lambda store, workspace: store.adopt_local(workspace),
    "set_language": lambda store, workspace: store.set_language(workspace, "U0SAME", "new"),
    "keep_measured": lambda store, workspace: store.keep_measured(workspace, "3", b"new"),
}
OF_ALL_WORKSPACES = {"workspaces", "backup", "close"}


def test_every_method_of_a_store_is_tried_here() -> None:
    methods = {name for name, _ in inspect.getmembers(Store, inspect.isfunction) if not name.startswith("_")}
    assert methods == READS.keys() | WRITES.keys() | OF_ALL_WORKSPACES


def test_what_is_read_of_one_workspace_has_nothing_of_another(store: Store) -> None:
    fill(store, MINE)
    fill(store, THEIRS)
    for read in READS.values():
        assert THEIRS not in repr(read(store, MINE))
        assert MINE not in repr(read(store, THEIRS))


def test_a_write_to_one_workspace_changes_nothing_of_another(store: Store) -> None:
    fill(store, MINE)
    fill(store, THEIRS)
    before = {name: read(store, THEIRS) for name, read in READS.items()}
    for write in WRITES.values():
        write(store, MINE)
        assert {name: read(store, THEIRS) for name, read in READS.items()} == before
    assert "new" in repr([read(store, MINE) for read in READS.values()])


def test_the_same_number_is_another_import_in_another_workspace(store: Store) -> None:
    fill(store, MINE)
    fill(store, THEIRS)
    store.undo(MINE, now=NOW, by="U0SAM", import_id=1)
    assert [made.is_undone for made in store.imports(MINE)] == [False, True]
    assert [made.is_undone for made in store.imports(THEIRS)] == [False, False]
    assert store.workspaces() == (MINE, THEIRS)
