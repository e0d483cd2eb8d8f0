"""Measures pieces of work: their time, as a ratio to a floor in the same run, and their memory."""

import re
import resource
import statistics
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

Result = TypeVar("Result")


@dataclass(frozen=True)
class Took:
    """Seconds by the clock on the wall, and of all processors together."""

    wall: float
    cpu: float


def timed(work: Callable[[], Result]) -> tuple[Result, Took]:
    """What the work gives, and how long it took."""
    wall, cpu = time.perf_counter(), time.process_time()
    result = work()
    return result, Took(time.perf_counter() - wall, time.process_time() - cpu)


def peak_mib() -> float:
    """The most memory that this process has held.

    Linux counts for `getrusage` what the program that started this one held, hence the other source there.
    """
    status = Path("/proc/self/status")
    if status.exists():
        return int(re.findall(r"VmHWM:\s*(\d+) kB", status.read_text())[0]) / 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024**2 if sys.platform == "darwin" else 1024)


@dataclass(frozen=True)
class Ratio:
    """Of several rounds: the median, the least and the most."""

    median: float
    least: float
    most: float

    @classmethod
    def of(cls, values: list[float]) -> "Ratio":
        """The ratio of these rounds."""
        return cls(statistics.median(values), min(values), max(values))

    def __str__(self) -> str:
        """As the tables print it."""
        return f"{self.median:>7.2f}{f'{self.least:.2f}-{self.most:.2f}':>12}"


def print_ratios(title: str, rounds: Mapping[str, list[Took]]) -> dict[str, Ratio]:
    """Print one line for each kind of work, against the first in the same round; gives the ratios of wall time."""
    floor = next(iter(rounds.values()))
    print(f"{title:<44}{'wall s':>8}{'ratio':>7}{'min-max':>12}{'CPU s':>8}{'ratio':>7}{'min-max':>12}")
    found = {}
    for name, took in rounds.items():
        wall = Ratio.of([mine.wall / base.wall for mine, base in zip(took, floor, strict=True)])
        cpu = Ratio.of([mine.cpu / base.cpu for mine, base in zip(took, floor, strict=True)])
        seconds = [statistics.median(one.wall for one in took), statistics.median(one.cpu for one in took)]
        print(f"{name:<44}{seconds[0]:>8.3f}{wall}{seconds[1]:>8.3f}{cpu}")
        found[name] = wall
    return found


def met(goal: str, *, is_met: bool) -> bool:
    """Print whether a goal is met, and give it back."""
    print(f"{goal}: {'yes' if is_met else 'NO'}")
    return is_met
