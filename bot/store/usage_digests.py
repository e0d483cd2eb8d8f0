"""What identifies the usage of a month, however the file orders its rows and texts: the same usage, the same digest."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from itertools import zip_longest
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scoring.usage import UsageRows, first_day

Marks = NDArray[np.uint64]

# Steps of splitmix64, which maps 64 bits to 64 bits one to one. Source: https://prng.di.unimi.it/splitmix64.c
_STEP = np.uint64(0x9E3779B97F4A7C15)
_ROUNDS = (
    (np.uint64(30), np.uint64(0xBF58476D1CE4E5B9)),
    (np.uint64(27), np.uint64(0x94D049BB133111EB)),
)
_LAST = np.uint64(31)


@dataclass(frozen=True)
class MonthDigest:
    """The rows of one month, named by its first day."""

    month: date
    rows: int
    digest: bytes


def month_digests(rows: UsageRows) -> tuple[MonthDigest, ...]:
    """One digest for each month of `rows`, oldest first: of all that they say but not of where they say it.

    Two with equal digests have the same rows (each as often), the same columns and the same texts, whatever the
    file, its lines and their order.
    Raises: UnicodeEncodeError when a text is not Unicode.
    """
    columns = json.dumps([sorted(rows.fields), sorted(rows.quantities)]).encode()
    marks = _row_marks(rows)
    found = []
    for month in np.unique(rows.month).tolist():
        of_month = np.sort(marks[rows.month == month])
        digest = blake2b(columns, digest_size=16)
        digest.update(of_month.astype("<u8", copy=False).data)
        found.append(MonthDigest(first_day(month), len(of_month), digest.digest()))
    return tuple(found)


def _row_marks(rows: UsageRows) -> Marks:
    """A number for each row that tells it from every different one."""
    tenants = [f"{tenant}\0{name}" for tenant, name in zip_longest(rows.tenants, rows.tenant_names, fillvalue="")]
    marks = np.zeros(len(rows), np.uint64)
    for codes, texts in (
        (rows.tenant, tenants),
        (rows.item, rows.items),
        (rows.association, rows.associations),
        (rows.segment, rows.segments),
    ):
        _mix_in(marks, _text_marks(texts)[codes])
    _mix_in(marks, rows.associated.astype(np.int64).view(np.uint64))
    for name in sorted(rows.quantities):
        _mix_in(marks, rows.quantities[name].astype(np.int64, copy=False).view(np.uint64))
    return marks


def _text_marks(texts: Sequence[str]) -> Marks:
    """A number for each text, and at the end, where `NO_CODE` points, one for none."""
    digests = b"".join(blake2b(text.encode(), digest_size=8).digest() for text in texts)
    return np.append(np.frombuffer(digests, "<u8"), np.uint64(0)).astype(np.uint64, copy=False)


def _mix_in(marks: Marks, values: NDArray[Any]) -> None:
    marks ^= values
    marks += _STEP
    for shift, factor in _ROUNDS:
        marks ^= marks >> shift
        marks *= factor
    marks ^= marks >> _LAST
