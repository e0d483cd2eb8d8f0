"""What every store promises of usage: which of it counts, and how one knows that it changed."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pytest
from pydantic import ValidationError

from bot.store import LOCAL, NewImport, Store
from scoring.usage import NO_CODE, NOT_GIVEN, UsageRows, month_number

UsageOf = Callable[..., UsageRows]
SaidBy = Callable[[UsageRows], list[tuple[object, ...]]]

T, OTHER = "T0MIHON", "T0OTHER"
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
SEPTEMBER = ("2026-09", "contoso", "Storage", 5)
OCTOBER = ("2026-10", "contoso", "Storage", 7)


def add(store: Store, *usage: UsageRows, company: str | None = None) -> None:
    store.add_import(T, NewImport(kind="usage", usage=usage, company=company, made_by="U0SAM"), now=NOW)


def counting(store: Store) -> list[tuple[int | None, str, list[int]]]:
    """The import, file and lines of all that counts."""
    return [(rows.import_id, rows.source, rows.line.tolist()) for rows in store.usage(T)]


def test_of_a_company_without_usage_nothing_is_told(store: Store) -> None:
    add(store)
    assert store.usage(T) == ()
    assert store.usage_version(T) == ""
    assert store.holds_usage(T, ())


def test_every_column_comes_back_to_the_last_digit(store: Store) -> None:
    months = [month_number(day) for day in (date(1, 1, 1), date(2026, 10, 1), date(9999, 12, 1))]
    given = UsageRows(
        dataset="cpor_usage",
        source="利用状況.zip/cpor.csv",
        fields=frozenset({"month", "tenant", "associated", "paid_seats", "active_users"}),
        tenants=("A", "b\0\n"),
        tenant_names=("", "株式会社 🏢"),
        items=("Teams",),
        associations=(),
        segments=("SMB", "Enterprise"),
        line=np.array([2, 3, 2**40], np.int64),
        month=np.array(months, np.int32),
        tenant=np.array([1, 0, 1], np.int32),
        item=np.array([0, NO_CODE, 0], np.int32),
        association=np.full(3, NO_CODE, np.int32),
        segment=np.array([1, 0, NO_CODE], np.int32),
        associated=np.array([0, date.max.toordinal(), 1], np.int32),
        quantities={
            "paid_seats": np.array([NOT_GIVEN, 0, 2**63 - 1], np.int64),
            "active_users": np.full(3, NOT_GIVEN, np.int64),
        },
    )
    add(store, given)
    (found,) = store.usage(T)
    texts = ("dataset", "source", "fields", "tenants", "tenant_names", "items", "associations", "segments")
    columns = ("line", "month", "tenant", "item", "association", "segment", "associated")
    assert [getattr(found, name) for name in texts] == [getattr(given, name) for name in texts]
    for name in columns:
        np.testing.assert_array_equal(getattr(found, name), getattr(given, name), strict=True)
    assert found.quantities.keys() == given.quantities.keys()
    for quantity, column in given.quantities.items():
        np.testing.assert_array_equal(found.quantities[quantity], column, strict=True)
    assert found.import_id == 1


def test_a_newer_import_replaces_its_months_and_no_others(store: Store, usage_of: UsageOf, said_by: SaidBy) -> None:
    add(store, usage_of(OCTOBER, SEPTEMBER, ("2026-10", "fabrikam", None, None)))
    add(store, usage_of(("2026-10", "northwind", "Backup", 0), source="new.csv"))
    older, newer = store.usage(T)
    assert said_by(older) == [
        (1, "azure_usage", "azure.csv", 3, "2026-09", "contoso", "contoso 株式会社", "Storage", 5)
    ]
    assert said_by(newer) == [
        (2, "azure_usage", "new.csv", 2, "2026-10", "northwind", "northwind 株式会社", "Backup", 0)
    ]


def test_files_of_one_import_are_put_together(store: Store, usage_of: UsageOf) -> None:
    add(store, usage_of(OCTOBER, source="a.csv"), usage_of(SEPTEMBER, OCTOBER, source="b.csv"))
    assert counting(store) == [(1, "a.csv", [2]), (1, "b.csv", [2, 3])]
    add(store, usage_of(OCTOBER, source="c.csv"))
    assert counting(store) == [(1, "b.csv", [2]), (2, "c.csv", [2])]


def test_datasets_do_not_replace_each_other_and_can_be_asked_for(store: Store, usage_of: UsageOf) -> None:
    add(store, usage_of(OCTOBER, dataset="office_usage", source="o.csv"), usage_of(OCTOBER, source="a.csv"))
    add(store, usage_of(OCTOBER, dataset="cpor_usage", source="c.csv"))
    assert counting(store) == [(1, "a.csv", [2]), (2, "c.csv", [2]), (1, "o.csv", [2])]
    assert [rows.source for rows in store.usage(T, {"office_usage", "cpor_usage"})] == ["c.csv", "o.csv"]
    assert store.usage(T, ()) == ()


def test_an_import_remembers_what_usage_it_held_even_when_that_counts_no_more(store: Store, usage_of: UsageOf) -> None:
    office = usage_of(("2025-12", "contoso", "Teams", 1), dataset="office_usage")
    add(store, usage_of(OCTOBER, OCTOBER, SEPTEMBER), office, usage_of(dataset="cpor_usage"))
    add(store, usage_of(OCTOBER, SEPTEMBER))
    store.undo(T, now=NOW, by="U0SAM")
    second, first = store.imports(T)
    assert (first.usage_rows, first.datasets) == (4, ("azure_usage", "office_usage"))
    assert first.months == (date(2025, 12, 1), date(2026, 10, 1))
    assert (second.usage_rows, second.datasets) == (2, ("azure_usage",))
    assert second.months == (date(2026, 9, 1), date(2026, 10, 1))


def test_the_newest_name_that_an_import_gives_is_the_companys(store: Store) -> None:
    names = []
    for company in ("Mihon", None, "Mihon 株式会社", ""):
        add(store, company=company)
        names.append(store.facts(T).company)
    assert names == ["Mihon", "Mihon", "Mihon 株式会社", "Mihon 株式会社"]
    store.undo(T, now=NOW, by="U0SAM", import_id=3)
    assert store.facts(T).company == "Mihon"


@pytest.mark.parametrize("is_undone", [True, False])
def test_the_version_tells_whether_other_usage_counts(store: Store, usage_of: UsageOf, is_undone: bool) -> None:
    add(store, usage_of(OCTOBER, SEPTEMBER))
    before = store.usage_version(T)
    add(store)
    store.set_language(T, "U0SAM", "ja")
    assert store.usage_version(T) == before
    add(store, usage_of(OCTOBER))
    assert store.usage_version(T) not in (before, "")
    if is_undone:
        store.undo(T, now=NOW, by="U0SAM")
        assert store.usage_version(T) == before


def test_undoing_an_import_whose_months_are_all_replaced_changes_no_usage(store: Store, usage_of: UsageOf) -> None:
    add(store, usage_of(OCTOBER))
    add(store, usage_of(OCTOBER, source="new.csv"))
    before = store.usage_version(T)
    store.undo(T, now=NOW, by="U0SAM", import_id=1)
    assert store.usage_version(T) == before
    assert counting(store) == [(2, "new.csv", [2])]


def test_the_same_content_is_known_wherever_and_in_whatever_order_it_was_read(store: Store, usage_of: UsageOf) -> None:
    other = ("2026-10", "fabrikam", None, None)
    add(store, usage_of(SEPTEMBER, OCTOBER, other, OCTOBER))
    assert store.holds_usage(T, [usage_of(other, OCTOBER, OCTOBER, source="again.csv", first_line=90)])
    assert store.holds_usage(T, [usage_of(SEPTEMBER, other, OCTOBER, OCTOBER), usage_of()])
    assert not store.holds_usage(OTHER, [usage_of(SEPTEMBER)])


def test_other_content_is_never_taken_for_known(store: Store, usage_of: UsageOf) -> None:
    add(store, usage_of(SEPTEMBER, OCTOBER))
    month, tenant, item, acr = OCTOBER
    for changed in (
        ("2026-08", tenant, item, acr),
        (month, "fabrikam", item, acr),
        (month, None, item, acr),
        (month, tenant, "Backup", acr),
        (month, tenant, None, acr),
        (month, item, tenant, acr),
        (month, tenant, item, acr + 1),
        (month, tenant, item, 0),
        (month, tenant, item, None),
    ):
        assert not store.holds_usage(T, [usage_of(SEPTEMBER, changed)]), changed
    assert not store.holds_usage(T, [usage_of(OCTOBER, OCTOBER)])
    assert not store.holds_usage(T, [usage_of(OCTOBER), usage_of(OCTOBER)])
    assert not store.holds_usage(T, [usage_of(OCTOBER, dataset="office_usage")])


def test_content_that_counts_no_more_is_not_known(store: Store, usage_of: UsageOf) -> None:
    add(store, usage_of(OCTOBER))
    add(store, usage_of(("2026-10", "fabrikam", "Backup", 1)))
    assert not store.holds_usage(T, [usage_of(OCTOBER)])
    store.undo(T, now=NOW, by="U0SAM")
    assert store.holds_usage(T, [usage_of(OCTOBER)])


def test_what_was_measured_is_kept_for_one_version_and_changes_no_facts(store: Store) -> None:
    add(store)
    before = store.revision(T)
    assert store.measured(T, "") is None
    store.keep_measured(T, "", b"nothing")
    store.keep_measured(T, "1", b"\0one")
    assert store.measured(T, "1") == b"\0one"
    assert store.measured(T, "") is None
    assert store.revision(T) == before


def test_usage_and_what_was_measured_move_to_the_team(
    store: Store, open_store: Callable[[Path], Store], tmp_path: Path, usage_of: UsageOf
) -> None:
    new = NewImport(kind="several", usage=(usage_of(OCTOBER),), company="Mihon", made_by="cli")
    store.add_import(LOCAL, new, now=NOW)
    store.keep_measured(T, "", b"of the team before")
    store.keep_measured(LOCAL, "1", b"measured")
    assert store.adopt_local(T)
    store.backup(tmp_path / "backup.db")
    restored = open_store(tmp_path / "backup.db")
    for one in (store, restored):
        assert counting(one) == [(1, "azure.csv", [2])]
        assert one.measured(T, "1") == b"measured"
        assert (one.usage(LOCAL), one.measured(LOCAL, "1")) == ((), None)
    restored.close()


def test_only_usage_rows_are_usage() -> None:
    with pytest.raises(ValidationError, match="must be UsageRows"):
        NewImport(kind="usage", usage=({"dataset": "azure_usage"},), made_by="cli")  # type: ignore[arg-type]
