"""The import of an Azure usage report against `csv.DictReader` computing the three Azure metrics from the same file."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from benchmarks.azure_arithmetic import by_dict_reader, by_duckdb, by_polars
from benchmarks.azure_metrics import AzureMetrics
from benchmarks.azure_seventy import by_seventy
from benchmarks.exports import azure_file
from benchmarks.timing import Took, met, print_ratios, timed
from scoring import load_rulebook

ROWS, MANY_ROWS, QUICK_MANY_ROWS = 200_000, 2_000_000, 600_000
ROUNDS, QUICK_ROUNDS = 9, 3
MOST_MIB = 300
MOST_OF_LINEAR = 1.1  # of the time that so many times the rows take
FLOOR, SEVENTY = "csv.DictReader: arithmetic alone", "Seventy: checked, stored, scored"


def run(folder: Path, *, quick: bool) -> bool:
    """Print ratios, memory and how time grows with the rows; whether the goals are met."""
    path, rows = azure_file(folder / "azure", ROWS)
    is_fast = _against_the_floor(path, rows, QUICK_ROUNDS if quick else ROUNDS)
    many, many_rows = azure_file(folder / "many", QUICK_MANY_ROWS if quick else MANY_ROWS)
    found = [(count, _alone(one)) for one, count in ((path, rows), (many, many_rows))]
    for count, one in found:
        print(f"{f'{count:,} rows in a new process':<44}{one['wall']:>8.3f} s{one['peak_mib']:>8.0f} MiB at most")
    times, size = found[1][1]["wall"] / found[0][1]["wall"], many_rows / rows
    is_small = max(one["peak_mib"] for _, one in found) < MOST_MIB
    goals = [
        met("  no more time than the floor", is_met=is_fast),
        met(f"  under {MOST_MIB} MiB", is_met=is_small),
        met(
            f"  {size:.1f} times the rows take {times:.1f} times as long: linear", is_met=times <= size * MOST_OF_LINEAR
        ),
    ]
    return all(goals)


def _against_the_floor(path: Path, rows: int, rounds: int) -> bool:
    rulebook = load_rulebook()
    ways: dict[str, Callable[[Path], AzureMetrics]] = {
        FLOOR: by_dict_reader,
        SEVENTY: partial(by_seventy, rulebook=rulebook),
        "polars: arithmetic alone": by_polars,
        "DuckDB: arithmetic alone": by_duckdb,
    }
    expected = by_dict_reader(path)
    took: dict[str, list[Took]] = {name: [] for name in ways}
    for number in range(rounds + 1):
        for name, way in ways.items():
            found, one = timed(partial(way, path))
            assert found.is_like(expected), f"{name} computes {found}, not {expected}"
            if number:  # the first round warms up
                took[name].append(one)
    return print_ratios(f"Azure usage, {rows:,} rows", took)[SEVENTY].median <= 1.0


def _alone(path: Path) -> dict[str, float]:
    """Seconds and the highest memory of the import in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.azure_seventy", str(path)]
    found: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return found


def main(*, quick: bool = False) -> bool:
    """Run the benchmark; its files are removed afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        return run(Path(folder), quick=quick)
