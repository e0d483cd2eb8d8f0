"""Stores to test: every adapter and way of keeping it joins by one line in `ADAPTERS`."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from bot.store import SqliteStore, Store

OpenStore = Callable[[Path], Store]

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
