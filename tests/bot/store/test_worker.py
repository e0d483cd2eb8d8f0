"""The asynchronous app gets the facts at once while nobody writes, and never those of before a write."""

import asyncio
import threading
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.store import LOCAL, NewImport, NothingToUndoError, SqliteStore, Store, StoreError, StoreWorker
from bot.store.worker import COMPANIES_IN_MEMORY
from scoring.facts import Facts, HeldCertification, Origin

T = "T0MIHON"
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


class SlowStore(SqliteStore):
    """Counts how often facts are read, and waits after each read until it may go on."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.reads = 0
        self.has_read = threading.Event()
        self.may_go_on = threading.Event()
        self.may_go_on.set()

    def facts(self, workspace: str) -> Facts:
        self.reads += 1
        found = super().facts(workspace)
        self.has_read.set()
        assert self.may_go_on.wait(timeout=10)
        return found


def person(name: str) -> NewImport:
    held = HeldCertification(person=name, name=name, certification="AZ-500", origin=Origin(source="a.csv"))
    return NewImport(kind="trainings", certifications=(held,), made_by="U0SAM")


def names(facts: Facts) -> list[str]:
    return [one.name for one in facts.certifications or ()]


def opened(worker: StoreWorker) -> SlowStore:
    assert isinstance(worker._store, SlowStore)
    return worker._store


@pytest.fixture
async def worker(path: Path) -> AsyncIterator[StoreWorker]:
    made = await StoreWorker.open(path, SlowStore)
    await made.call(lambda store: store.add_import(T, person("sam"), now=NOW))
    yield made
    await made.close()


@pytest.fixture
def elsewhere(worker: StoreWorker, path: Path) -> SqliteStore:
    """The same database, as another program has it open."""
    return SqliteStore(path)


async def test_the_facts_stay_the_same_object_while_nobody_writes(worker: StoreWorker) -> None:
    first = await worker.facts(T)
    assert names(first) == ["sam"]
    assert await worker.facts(T) is first
    assert opened(worker).reads == 1


async def test_the_app_may_tell_more_than_the_store_holds_and_is_asked_once_for_each_change(path: Path) -> None:
    threads = []

    def with_a_name(store: Store, workspace: str) -> Facts:
        threads.append(threading.get_ident())
        store.keep_measured(workspace, "1", b"kept while reading")
        return store.facts(workspace).model_copy(update={"company": workspace})

    worker = await StoreWorker.open(path, read_facts=with_a_name)
    await worker.call(lambda store: store.add_import(T, person("sam"), now=NOW))
    first = await worker.facts(T)
    assert (first.company, names(first)) == (T, ["sam"])
    assert await worker.facts(T) is first
    assert threads == [await worker.call(lambda store: threading.get_ident())]
    await worker.call(lambda store: store.undo(T, now=NOW, by="U0SAM"))
    assert names(await worker.facts(T)) == []
    assert len(threads) == 2
    await worker.close()


async def test_an_own_write_is_seen_by_the_next_question(worker: StoreWorker) -> None:
    first = await worker.facts(T)
    await worker.call(lambda store: store.add_import(T, person("hanako"), now=NOW))
    assert names(await worker.facts(T)) == ["hanako"]
    await worker.call(lambda store: store.undo(T, now=NOW, by="U0SAM"))
    assert await worker.facts(T) == first


async def test_a_write_of_another_program_is_seen_by_the_next_question(
    worker: StoreWorker, elsewhere: SqliteStore
) -> None:
    await worker.facts(T)
    elsewhere.add_import(T, person("hanako"), now=NOW)
    assert names(await worker.facts(T)) == ["hanako"]
    elsewhere.close()


async def test_a_write_of_something_else_keeps_the_object(worker: StoreWorker, elsewhere: SqliteStore) -> None:
    first = await worker.facts(T)
    await worker.call(lambda store: store.set_language(T, "U0SAM", "ja"))
    assert await worker.facts(T) is first
    elsewhere.add_import("T0OTHER", person("taro"), now=NOW)
    assert await worker.facts(T) is first
    assert opened(worker).reads == 1
    assert names(await worker.facts("T0OTHER")) == ["taro"]
    elsewhere.close()


async def test_a_company_that_moves_to_its_team_is_seen_in_both_places(
    worker: StoreWorker, elsewhere: SqliteStore
) -> None:
    elsewhere.add_import(LOCAL, person("hanako"), now=NOW)
    assert names(await worker.facts(LOCAL)) == ["hanako"]
    assert await worker.facts("T0NEW") == Facts()
    elsewhere.adopt_local("T0NEW")
    assert await worker.facts(LOCAL) == Facts()
    assert names(await worker.facts("T0NEW")) == ["hanako"]
    elsewhere.close()


async def test_several_who_ask_at_once_share_one_read(worker: StoreWorker) -> None:
    found = await asyncio.gather(*(worker.facts(T) for _ in range(20)))
    assert all(facts is found[0] for facts in found)
    assert opened(worker).reads == 1


async def test_who_asks_after_a_write_never_gets_a_read_from_before_it(
    worker: StoreWorker, elsewhere: SqliteStore
) -> None:
    store = opened(worker)
    store.may_go_on.clear()
    before = asyncio.create_task(worker.facts(T))
    assert await asyncio.to_thread(store.has_read.wait, 10)
    elsewhere.add_import(T, person("hanako"), now=NOW)
    after = asyncio.create_task(worker.facts(T))
    await asyncio.sleep(0.01)
    store.may_go_on.set()
    await before
    assert names(await after) == ["hanako"]
    assert names(await worker.facts(T)) == ["hanako"]
    elsewhere.close()


async def test_one_who_gives_up_does_not_take_the_facts_from_the_others(worker: StoreWorker) -> None:
    store = opened(worker)
    store.may_go_on.clear()
    hasty, patient = asyncio.create_task(worker.facts(T)), asyncio.create_task(worker.facts(T))
    await asyncio.sleep(0.01)
    hasty.cancel()
    await asyncio.sleep(0)
    store.may_go_on.set()
    assert names(await patient) == ["sam"]
    assert store.reads == 1


async def test_the_event_loop_goes_on_and_known_facts_are_given_while_the_store_works(
    worker: StoreWorker,
) -> None:
    known = await worker.facts(T)
    go_on = threading.Event()
    work = asyncio.create_task(worker.call(lambda store: go_on.wait(timeout=10)))
    await asyncio.sleep(0)
    assert await asyncio.wait_for(worker.facts(T), timeout=1) is known
    assert not work.done()
    go_on.set()
    assert await work


async def test_a_writer_who_has_the_file_to_itself_is_waited_for_in_the_thread(path: Path) -> None:
    def open_without_wal(path: Path) -> Store:
        return SqliteStore(path, journal_mode="delete")

    worker = await StoreWorker.open(path, open_without_wal)
    elsewhere = SqliteStore(path, journal_mode="delete")
    elsewhere.add_import(T, person("sam"), now=NOW)
    await worker.facts(T)
    elsewhere._connection.db.execute("BEGIN EXCLUSIVE")
    waiting = asyncio.create_task(worker.facts(T))
    await asyncio.sleep(0.05)
    assert not waiting.done()
    elsewhere._connection.db.execute("ROLLBACK")
    assert names(await waiting) == ["sam"]
    elsewhere.close()
    await worker.close()


async def test_what_the_work_returns_or_raises_comes_back(worker: StoreWorker) -> None:
    assert await worker.call(lambda store: store.workspaces()) == (T,)
    with pytest.raises(NothingToUndoError):
        await worker.call(lambda store: store.undo("T0OTHER", now=NOW, by="U0SAM"))


async def test_the_store_is_only_touched_in_its_own_thread(worker: StoreWorker) -> None:
    threads = {await worker.call(lambda store: threading.get_ident()) for _ in range(5)}
    assert len(threads) == 1
    assert threading.get_ident() not in threads


async def test_only_so_many_companies_are_kept_in_memory(worker: StoreWorker) -> None:
    for number in range(COMPANIES_IN_MEMORY + 1):
        await worker.facts(f"T{number}")
    reads = opened(worker).reads
    await worker.facts("T1")
    assert opened(worker).reads == reads
    await worker.facts("T0")
    assert opened(worker).reads == reads + 1


async def test_closing_finishes_what_was_asked_for(path: Path) -> None:
    def slowly(store: Store) -> str:
        time.sleep(0.05)
        return "done"

    worker = await StoreWorker.open(path)
    waiting = asyncio.create_task(worker.call(slowly))
    await asyncio.sleep(0)
    await worker.close()
    assert await waiting == "done"
    assert [file.name for file in path.parent.iterdir()] == [path.name]


async def test_a_store_that_cannot_be_opened_is_told_and_leaves_no_thread(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="is a folder"):
        await StoreWorker.open(tmp_path)
    for thread in threading.enumerate():
        if thread.name.startswith("store"):
            thread.join(timeout=10)
            assert not thread.is_alive()
