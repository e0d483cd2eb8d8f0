"""Which rows are equal in every cell: a hash per row, the same whatever the order of the columns."""

from collections.abc import Mapping, Sequence
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

from bot.intake.report_kinds import ReportKind, load_report_kinds
from bot.intake.tables import plain
from scoring.usage import Integers

Flags = NDArray[np.bool_]
_BETWEEN = "\x1f"  # cells; no export has it in a cell


class RowHashes:
    """The hashes of the rows of one file. They are good for one run of the program."""

    def __init__(self, headers: Sequence[str], kind: ReportKind) -> None:
        places = load_report_kinds().columns[kind.key]
        names = [_name(header, places) for header in headers]
        order = sorted(range(len(names)), key=lambda index: (names[index], plain(headers[index])))
        self._in_order = None if order == list(range(len(names))) else itemgetter(*order)
        self._seed = np.int64(hash((kind.key, tuple(sorted(names)))))
        self._taken = bytearray()

    def take(self, rows: Sequence[Sequence[str]]) -> None:
        """Read some rows."""
        ordered = rows if self._in_order is None else map(self._in_order, rows)
        self._taken += np.fromiter(map(hash, map(_BETWEEN.join, ordered)), np.int64, len(rows)).data

    def finish(self) -> Integers:
        """One hash for each row that was taken; the last call."""
        found: Integers = np.frombuffer(self._taken, np.int64)
        self._taken = bytearray()
        found ^= self._seed
        return found


def _name(header: str, places: Mapping[str, int]) -> tuple[int, str]:
    """What a column is called in every file: its place in the report, or its own header where it has none."""
    known = places.get(plain(header))
    return (len(places), plain(header) or header) if known is None else (known, "")


def repeats(hashes: Integers) -> Flags:
    """Which rows are equal to one before them."""
    found = np.zeros(len(hashes), np.bool_)
    ordered = np.sort(hashes)
    equal = ordered[1:][ordered[1:] == ordered[:-1]]
    if len(equal):
        places = np.flatnonzero(np.isin(hashes, equal))
        _, first = np.unique(hashes[places], return_index=True)
        found[places] = True
        found[places[first]] = False
    return found
