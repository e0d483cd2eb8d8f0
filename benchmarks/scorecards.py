"""Scorecards of all six areas from stored facts of a large company: against reading what is kept and parsing its JSON.

Every report is imported once; after that each round opens the database anew, as a command does. The rules are loaded.
"""

import json
import statistics
import tempfile
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from benchmarks.azure_seventy import WORKSPACE, import_into
from benchmarks.exports import DAY, MONTHS, company_files
from benchmarks.timing import Took, met, peak_mib, timed
from bot.company_facts import company_facts
from bot.store.connection import sqlite3
from bot.store.sqlite import SqliteStore
from scoring import Rulebook, load_rulebook, score
from scoring.scorecard import Scorecard

TENANTS, QUICK_TENANTS = 5_000, 1_000
ROUNDS = 200
MOST_MILLISECONDS = 100
FLOOR, SEVENTY = "the kept facts read and parsed as JSON", "six scorecards, in a new connection"


def run(folder: Path, *, quick: bool) -> bool:
    """Print the time of the import and of the scorecards; whether 99 of 100 answers come soon enough."""
    tenants = QUICK_TENANTS if quick else TENANTS
    database = folder / "seventy.db"
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:  # what the import leaves behind in memory is not ours
        rows, took, peak = pool.submit(_imported, database, folder / "reports", tenants).result()
    print(f"{tenants:,} tenants, {MONTHS} months, {rows:,} rows: imported in {took.wall:.1f} s", end=" ")
    print(f"({took.cpu:.1f} s of CPU, at most {peak:.0f} MiB with the making of the files)")
    rulebook = load_rulebook()
    ways: dict[str, Callable[[], Any]] = {FLOOR: partial(_kept, database), SEVENTY: partial(_cards, database, rulebook)}
    milliseconds: dict[str, list[float]] = {name: [] for name in ways}
    for number in range(ROUNDS + 1):
        for name, way in ways.items():
            _, one = timed(way)
            if number:  # the first round warms up
                milliseconds[name].append(one.wall * 1000)
    return _report(milliseconds)


def _imported(database: Path, reports: Path, tenants: int) -> tuple[int, Took, float]:
    """Make the reports and import them: how many rows, how long the import took, the most memory (MiB)."""
    rulebook = load_rulebook()
    rows = company_files(reports, rulebook, tenants)
    store = SqliteStore(database)
    _, took = timed(lambda: import_into(store, rulebook, reports))
    store.close()
    return rows, took, peak_mib()


def _kept(database: Path) -> Any:
    """What anybody has to do who answers from what was worked out before."""
    connection = sqlite3.connect(str(database))
    (content,) = connection.execute("SELECT content FROM measured").fetchone()
    connection.close()
    return json.loads(content)


def _cards(database: Path, rulebook: Rulebook) -> list[Scorecard]:
    store = SqliteStore(database)
    facts = company_facts(store, rulebook, WORKSPACE)
    cards = [score(rulebook, facts, area, DAY) for area in rulebook.areas]
    store.close()
    return cards


def _report(milliseconds: dict[str, list[float]]) -> bool:
    print(f"{'':<44}{'p50 ms':>8}{'p99 ms':>8}{'p50 ratio':>11}{'p99 ratio':>11}")
    base = milliseconds[FLOOR]
    last = {name: _percentile(found, 99) for name, found in milliseconds.items()}
    for name, found in milliseconds.items():
        middle = statistics.median(found)
        ratios = f"{middle / statistics.median(base):>11.1f}{last[name] / last[FLOOR]:>11.1f}"
        print(f"{name:<44}{middle:>8.1f}{last[name]:>8.1f}{ratios}")
    return met(f"  under {MOST_MILLISECONDS} ms in 99 of 100", is_met=last[SEVENTY] < MOST_MILLISECONDS)


def _percentile(values: list[float], percent: int) -> float:
    return statistics.quantiles(values, n=100)[percent - 1]


def main(*, quick: bool = False) -> bool:
    """Run the benchmark; its files are removed afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        return run(Path(folder), quick=quick)
