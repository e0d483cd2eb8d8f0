"""Several programs on one database, and programs that die while they write."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import bot
from bot.store import SqliteStore
from bot.store.connection import sqlite3

T = "T0MIHON"
WRITER = Path(__file__).with_name("writer.py")
ROOT = Path(bot.__file__).parents[1]
BIG = 15_000


def writer(task: str, path: Path, number: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-P", str(WRITER), task, str(path), str(number)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        text=True,
    )


def finish(*programs: subprocess.Popen[str]) -> list[str]:
    results = [program.communicate(timeout=60) for program in programs]
    assert [program.returncode for program in programs] == [0] * len(programs), results
    return [out for out, _ in results]


def killed(program: subprocess.Popen[str], unit: str, amount: float) -> dict[str, Any]:
    """Have the writer kill one child at that moment."""
    assert program.stdin is not None
    assert program.stdout is not None
    program.stdin.write(f"{unit} {amount}\n")
    program.stdin.flush()
    said: dict[str, Any] = json.loads(program.stdout.readline())
    return said


def certifications_by_import(path: Path) -> dict[int, int]:
    connection = sqlite3.connect(str(path))
    try:
        assert connection.execute("PRAGMA quick_check").fetchone() == ("ok",)
        query = "SELECT import_id, count(*) FROM certifications GROUP BY import_id"
        return dict(connection.execute(query).fetchall())
    finally:
        connection.close()


def usage_is_whole(path: Path, imports: int) -> bool:
    """Whether each of so many imports has all its rows, and the database nothing else."""
    connection = sqlite3.connect(str(path))
    try:
        query = "SELECT import_id, sum(rows), count(*) FROM usage_months GROUP BY import_id"
        months = connection.execute(query).fetchall()
        (blobs,) = connection.execute("SELECT count(*) FROM usage_blobs").fetchone()
    finally:
        connection.close()
    return months == [(one, 10 * BIG, 25) for one in range(1, imports + 1)] and blobs == 9 * imports


def test_programs_that_start_at_once_on_a_new_database_all_succeed(path: Path) -> None:
    finish(writer("start", path, 25))


def test_two_programs_writing_at_once_lose_nothing(path: Path) -> None:
    finish(writer("add", path, 30), writer("add", path, 30))
    store = SqliteStore(path)
    assert [made.id for made in store.imports(T)] == list(range(60, 0, -1))
    assert store.revision(T) == 60
    store.close()
    assert certifications_by_import(path) == dict.fromkeys(range(1, 61), 3)


@pytest.mark.parametrize("unit", ["steps", "seconds"])
def test_an_import_whose_program_is_killed_is_there_wholly_or_not_at_all(path: Path, unit: str) -> None:
    program = writer("die", path, BIG)
    whole = killed(program, "steps", float("inf"))
    assert whole["ended"]
    made, moments = 1, 20
    for moment in range(1, moments + 1):
        life = killed(program, unit, whole[unit] * moment / (moments - 2))  # the last two may come too late
        store = SqliteStore(path)
        imports = store.imports(T)
        store.close()
        assert len(imports) in ((made + 1,) if life["ended"] else (made, made + 1))
        made = len(imports)
        assert certifications_by_import(path) == dict.fromkeys(range(1, made + 1), BIG)
        assert usage_is_whole(path, made)
    finish(program)
    assert made < moments  # most were killed before they were done


def test_a_hundred_thousand_certifications_are_imported_in_seconds_and_little_memory(path: Path) -> None:
    (said,) = finish(writer("measure", path, 100_000))
    measured = json.loads(said)
    assert measured["seconds"] < 10
    assert measured["mib"] < 32


def test_two_million_rows_of_usage_are_imported_in_seconds_with_one_copy_in_memory(path: Path) -> None:
    (said,) = finish(writer("measure-usage", path, 2_000_000))
    measured = json.loads(said)
    assert measured["seconds"] < 10
    assert measured["mib"] < 2_000_000 * 44 / 2**20 * 1.5  # of 44 bytes a row


def test_nothing_but_usage_loads_numpy(path: Path) -> None:
    program = (
        "import sys\nfrom datetime import UTC, datetime\nfrom pathlib import Path\n"
        "from bot.store import NewImport, SqliteStore\n"
        f"store, now = SqliteStore(Path({str(path)!r})), datetime(2026, 11, 20, tzinfo=UTC)\n"
        "store.add_import('T', NewImport(kind='form', made_by='cli'), now=now)\n"
        "print(store.facts('T').company, store.usage('T'), store.usage_version('T'), store.imports('T')[0].datasets)\n"
        "assert 'numpy' not in sys.modules\nimport numpy"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "None ()  ()\n"
