"""Whatever is imported and undone, the usage that counts is what a plain reading of the promise says."""

import tempfile
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.store import NewImport, Store
from scoring.usage import UsageRows

OpenStore = Callable[[Path], Store]
UsageOf = Callable[..., UsageRows]
SaidBy = Callable[[UsageRows], list[tuple[object, ...]]]

T, OTHER = "T0MIHON", "T0OTHER"
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)

Row = tuple[str, str | None, str | None, int | None]
File = tuple[str, list[Row]]

rows = st.tuples(
    st.sampled_from(["2025-12", "2026-01", "2026-02"]),
    st.sampled_from([None, "contoso", "fabrikam"]),
    st.sampled_from([None, "Storage", "Backup"]),
    st.sampled_from([None, 0, 1, 2**62]),
)
files = st.tuples(st.sampled_from(["azure_usage", "office_usage"]), st.lists(rows, max_size=4))
imports = st.lists(files, max_size=3)
histories = st.lists(imports | st.integers(1, 6), max_size=7)  # an import, or the number of one to undo

quick = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


class Model:
    """The promise in plain Python: every import in full, and which were undone."""

    def __init__(self) -> None:
        self.imports: dict[int, list[File]] = {}
        self.undone: set[int] = set()

    def newest(self) -> dict[tuple[str, str], int]:
        """For each dataset and month the import that counts."""
        return {
            (dataset, month): number
            for number, held in self.imports.items()
            if number not in self.undone
            for dataset, found in held
            for month, *_ in found
        }

    def counting(self) -> list[tuple[object, ...]]:
        """Every row that counts: import, dataset, file, line, month, tenant, item, amount."""
        newest = self.newest()
        return [
            (number, dataset, f"{number}-{position}.csv", line, month, tenant, item, acr)
            for number, held in self.imports.items()
            for position, (dataset, found) in enumerate(held)
            for line, (month, tenant, item, acr) in enumerate(found, start=2)
            if newest.get((dataset, month)) == number
        ]

    def holds(self, asked: list[File]) -> bool:
        """Whether the import that counts for each month has just these files' rows of it, file by file."""
        newest = self.newest()
        months = {(dataset, month) for dataset, found in asked for month, *_ in found}
        return all(
            of_month(asked, *month) == of_month(self.imports.get(newest.get(month, 0), []), *month) for month in months
        )


def of_month(held: list[File], dataset: str, month: str) -> Counter[object]:
    parts = ([row for row in found if row[0] == month] for name, found in held if name == dataset)
    return Counter(frozenset(Counter(part).items()) for part in parts if part)


def files_of(usage_of: UsageOf, number: int, held: list[File]) -> tuple[UsageRows, ...]:
    return tuple(
        usage_of(*found, dataset=dataset, source=f"{number}-{position}.csv")
        for position, (dataset, found) in enumerate(held)
    )


@quick
@given(history=histories, asked=imports)
def test_the_newest_import_of_each_month_counts_and_the_version_tells_it(
    open_store: OpenStore, usage_of: UsageOf, said_by: SaidBy, history: list[list[File] | int], asked: list[File]
) -> None:
    model = Model()
    counting_at: dict[str, list[tuple[object, ...]]] = {}
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder) / "seventy.db")
        for step in history:
            if isinstance(step, list):
                number = len(model.imports) + 1
                model.imports[number] = step
                new = NewImport(kind="usage", usage=files_of(usage_of, number, step), made_by="U0SAM")
                store.add_import(T, new, now=NOW)
                store.add_import(OTHER, NewImport(kind="form", made_by="U0SAM"), now=NOW)
            elif step in model.imports and step not in model.undone:
                model.undone.add(step)
                store.undo(T, now=NOW, by="U0SAM", import_id=step)
            said = [row for found in store.usage(T) for row in said_by(found)]
            without_names = [(*row[:6], *row[7:]) for row in said]
            assert sorted(without_names, key=repr) == sorted(model.counting(), key=repr)
            version = store.usage_version(T)
            assert counting_at.setdefault(version, without_names) == without_names
            assert list(counting_at.values()).count(without_names) == 1  # and no other version is the same usage
            assert store.holds_usage(T, files_of(usage_of, 0, asked)) == model.holds(asked)
        assert store.usage(OTHER) == ()
        store.close()


@quick
@given(held=st.lists(imports, max_size=5))
def test_undo_brings_back_exactly_the_usage_before_each_import(
    open_store: OpenStore, usage_of: UsageOf, said_by: SaidBy, held: list[list[File]]
) -> None:
    def seen() -> tuple[object, ...]:
        usage = store.usage(T)
        return store.usage_version(T), store.facts(T), [(said_by(found), found.source) for found in usage]

    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder) / "seventy.db")
        before = []
        for number, step in enumerate(held, start=1):
            before.append(seen())
            usage = files_of(usage_of, number, step)
            new = NewImport(kind="usage", usage=usage, company=f"Company {number}", made_by="U0SAM")
            store.add_import(T, new, now=NOW)
        while before:
            store.undo(T, now=NOW, by="U0SAM")
            assert seen() == before.pop()
        store.close()
