"""Stores to test: every adapter and way of keeping it joins by one line in `ADAPTERS`."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from bot.store import SqliteStore, Store
from scoring.usage import NO_CODE, NOT_GIVEN, Dataset, UsageRows, first_day, month_number

OpenStore = Callable[[Path], Store]
Row = tuple[str, str | None, str | None, int | None]  # month, tenant, item, billionths of US dollars

ADAPTERS: dict[str, OpenStore] = {
    "sqlite": partial(SqliteStore, journal_mode="wal"),
    "sqlite-without-wal": partial(SqliteStore, journal_mode="delete"),
}


@pytest.fixture(scope="session", params=ADAPTERS)
def open_store(request: pytest.FixtureRequest) -> OpenStore:
    return ADAPTERS[request.param]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "seventy.db"


@pytest.fixture
def store(open_store: OpenStore, path: Path) -> Iterator[Store]:
    opened = open_store(path)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def usage_of() -> Callable[..., UsageRows]:
    return _usage_of


@pytest.fixture(scope="session")
def said_by() -> Callable[[UsageRows], list[tuple[object, ...]]]:
    return _said_by


def _usage_of(
    *rows: Row, dataset: Dataset = "azure_usage", source: str = "azure.csv", first_line: int = 2
) -> UsageRows:
    """A file of these rows, from that line on; its texts are in the order in which they come."""
    tenants = tuple(dict.fromkeys(tenant for _, tenant, _, _ in rows if tenant))
    items = tuple(dict.fromkeys(item for _, _, item, _ in rows if item))
    no_codes = np.full(len(rows), NO_CODE, np.int32)
    amounts = [NOT_GIVEN if acr is None else acr for *_, acr in rows]
    return UsageRows(
        dataset=dataset,
        source=source,
        fields=frozenset({"month", "tenant", "item", "acr"}),
        tenants=tenants,
        tenant_names=tuple(f"{tenant} 株式会社" for tenant in tenants),
        items=items,
        associations=(),
        segments=(),
        line=np.arange(first_line, first_line + len(rows), dtype=np.int64),
        month=np.array([month_number(date.fromisoformat(f"{month}-01")) for month, *_ in rows], np.int32),
        tenant=_codes([tenant for _, tenant, _, _ in rows], tenants),
        item=_codes([item for _, _, item, _ in rows], items),
        association=no_codes,
        segment=no_codes,
        associated=np.zeros(len(rows), np.int32),
        quantities={"acr": np.array(amounts, np.int64)},
    )


def _codes(cells: Sequence[str | None], texts: Sequence[str]) -> np.ndarray[tuple[int], np.dtype[np.int32]]:
    return np.array([texts.index(cell) if cell else NO_CODE for cell in cells], np.int32)


def _said_by(rows: UsageRows) -> list[tuple[object, ...]]:
    """What each row says, in plain Python: import, dataset, file, line, month, tenant and its name, item, amount."""
    names = dict(zip(rows.tenants, rows.tenant_names, strict=True))
    said: list[tuple[object, ...]] = []
    for place in range(len(rows)):
        tenant = rows.tenants[rows.tenant[place]] if rows.tenant[place] != NO_CODE else None
        item = rows.items[rows.item[place]] if rows.item[place] != NO_CODE else None
        month = first_day(int(rows.month[place])).isoformat()[:7]
        acr = int(rows.quantities["acr"][place])
        where = (rows.import_id, rows.dataset, rows.source, int(rows.line[place]))
        said.append((*where, month, tenant, tenant and names[tenant], item, None if acr == NOT_GIVEN else acr))
    return said
