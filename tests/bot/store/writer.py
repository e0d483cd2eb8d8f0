"""Another program that has the database open: it writes in its own process, and may be killed at it.

Run as `python -P writer.py TASK PATH [NUMBER]`; `die` kills a child of its own for every line of its input.
"""

import json
import os
import resource
import signal
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from bot.store import NewImport, SqliteStore
from scoring.facts import HeldCertification, Origin
from scoring.usage import UsageRows, month_number

T = "T0MIHON"
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


def list_of(size: int) -> NewImport:
    held = (
        HeldCertification(
            person=f"person{number}@example.com",
            name=f"Person {number}",
            certification="AZ-500",
            origin=Origin(source="people.csv", line=number),
        )
        for number in range(1, size + 1)
    )
    return NewImport(kind="trainings", certifications=tuple(held), made_by="U0WRITER")


def usage_of(size: int) -> UsageRows:
    """Rows of 25 months, each with an amount of its own."""
    codes, numbers = np.zeros(size, np.int32), np.arange(size, dtype=np.int64)
    return UsageRows(
        dataset="azure_usage",
        source="azure.csv",
        fields=frozenset({"month", "tenant", "item", "acr"}),
        tenants=tuple(f"tenant {number}" for number in range(2000)),
        tenant_names=tuple(f"Customer {number}" for number in range(2000)),
        items=tuple(f"Service {number}" for number in range(60)),
        associations=("PAL",),
        segments=(),
        line=numbers + 2,
        month=(month_number(NOW) - numbers % 25).astype(np.int32),
        tenant=(numbers % 2000).astype(np.int32),
        item=(numbers % 59).astype(np.int32),
        association=codes,
        segment=codes - 1,
        associated=codes,
        quantities={"acr": numbers * 10**6},
    )


def start(path: Path, number: int) -> None:
    """So many times, start four programs at the same moment on a database that is not there yet."""
    for attempt in range(number):
        moment = time.monotonic() + 0.005
        children = [start_at(moment, path.with_suffix(f".{attempt}")) for _ in range(4)]
        statuses = [os.waitpid(child, 0)[1] for child in children]
        assert statuses == [0, 0, 0, 0]


def start_at(moment: float, path: Path) -> int:
    child = os.fork()
    if child:
        return child
    while time.monotonic() < moment:
        pass
    try:
        SqliteStore(path).close()
        os._exit(0)
    finally:
        os._exit(1)


def add(path: Path, number: int) -> None:
    store = SqliteStore(path)
    for _ in range(number):
        store.add_import(T, list_of(3), now=NOW)


def measure(path: Path, number: int) -> None:
    """Say how long one import of so many certifications took, and how much memory it needed at most."""
    imported(path, list_of(number))


def measure_usage(path: Path, number: int) -> None:
    """The same of one import of so many rows of usage, where a small one was made before."""
    store = SqliteStore(path)
    store.add_import(T, NewImport(kind="usage", usage=(usage_of(100),), made_by="U0WRITER"), now=NOW)
    imported(path, NewImport(kind="usage", usage=(usage_of(number),), made_by="U0WRITER"))


def imported(path: Path, new: NewImport) -> None:
    store = SqliteStore(path)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun = time.perf_counter()
    store.add_import(T, new, now=NOW)
    took = time.perf_counter() - begun
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    print(json.dumps({"seconds": took, "mib": grown / 1024}))  # noqa: T201


def die(path: Path, number: int) -> None:
    """For each line `seconds S` or `steps N`: kill a child there that imports; say whether it was done.

    It imports so many certifications, and ten times as many rows of usage.
    """
    new = list_of(number).model_copy(update={"usage": (usage_of(10 * number),)})
    for line in sys.stdin:
        unit, amount = line.split()
        print(json.dumps(one_life(path, new, unit, float(amount))), flush=True)  # noqa: T201


def one_life(path: Path, new: NewImport, unit: str, amount: float) -> dict[str, float]:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        live(path, new, writing, steps=amount if unit == "steps" else None)
    os.close(writing)
    os.read(reading, 1)  # the import begins
    begun = time.perf_counter()
    if unit == "seconds":
        time.sleep(amount)
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    told = os.read(reading, 100)
    os.close(reading)
    return {"ended": bool(told), "steps": float(told or 0), "seconds": time.perf_counter() - begun}


def live(path: Path, new: NewImport, writing: int, *, steps: float | None) -> None:
    try:
        store = SqliteStore(path)
        taken = count_steps(store, steps)
        os.write(writing, b".")
        store.add_import(T, new, now=NOW)
        os.write(writing, str(taken()).encode())
    finally:
        os._exit(0)


def count_steps(store: SqliteStore, last: float | None) -> Callable[[], int]:
    """Count SQLite's steps by the thousand; at the last one this process kills itself."""
    taken = 0

    def step() -> int:
        nonlocal taken
        taken += 1
        if last is not None and taken >= last:
            os.kill(os.getpid(), signal.SIGKILL)
        return 0

    store._connection.db.conn.set_progress_handler(step, 1000)
    return lambda: taken


if __name__ == "__main__":
    tasks = {"start": start, "add": add, "measure": measure, "measure-usage": measure_usage, "die": die}
    tasks[sys.argv[1]](Path(sys.argv[2]), int(sys.argv[3]))
