"""How usage is written as blobs and read back: every column as its raw little-endian numbers, the texts as JSON."""

import json
import zlib
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from scoring.usage import Dataset, Quantity, UsageRows, month_number

Columns = dict[str, NDArray[Any]]

_WORDS = "words"  # the blob that is no column
_TEXTS = ("tenants", "tenant_names", "items", "associations", "segments")
_CODES = ("month", "tenant", "item", "association", "segment", "associated")
_CODE, _INTEGER = np.dtype("<i4"), np.dtype("<i8")


class DamagedUsageError(ValueError):
    """The blobs are not those that were written."""


@dataclass(frozen=True)
class Blob:
    """One column of a `UsageRows`, or its words. `data` is the column's own memory where that can be written."""

    name: str
    checksum: int
    data: bytes | memoryview


def encoded(rows: UsageRows) -> Iterator[Blob]:
    """The blobs of `rows`, which has some, one at a time; of a column that is one value throughout, that value.

    Raises: UnicodeEncodeError when a text is not Unicode.
    """
    words: dict[str, object] = {name: getattr(rows, name) for name in _TEXTS}
    words |= {"fields": sorted(rows.fields), "quantities": sorted(rows.quantities)}
    yield _blob(_WORDS, json.dumps(words, ensure_ascii=False).encode())
    columns: Columns = {name: getattr(rows, name) for name in (*_CODES, "line")}
    columns |= {_quantity(name): column for name, column in rows.quantities.items()}
    for name, column in columns.items():
        assert column.shape == (len(rows),), f"{name} has not {len(rows)} rows but {column.shape}"
        numbers = np.ascontiguousarray(column, _kind(name))
        is_constant = bool((numbers == numbers[0]).all())
        yield _blob(name, (numbers[:1] if is_constant else numbers).data)


def decoded(
    blob: Callable[[str], Blob],
    *,
    dataset: str,
    source: str,
    rows: int,
    import_id: int,
    months: Collection[date] | None = None,
) -> UsageRows:
    """The rows that were written; `blob` gives each blob by its name, one at a time. Only those of `months` if given.

    Some of the arrays are read-only. Texts of other months stay.
    Raises: DamagedUsageError when a blob is missing (`blob` raises KeyError) or they are not those that were written.
    """
    try:
        words = json.loads(bytes(_checked(blob(_WORDS))))
        names = (*_CODES, "line", *map(_quantity, words["quantities"]))
        kept = None if months is None else _rows_of(_column(blob("month"), rows), months)
        columns: dict[str, Any] = {name: _column(blob(name), rows, kept) for name in names}
        quantities = {cast("Quantity", name): columns.pop(_quantity(name)) for name in words["quantities"]}
        texts: dict[str, Any] = {name: tuple(words[name]) for name in _TEXTS}
        return UsageRows(
            dataset=cast("Dataset", dataset),
            source=source,
            fields=frozenset(words["fields"]),
            quantities=quantities,
            import_id=import_id,
            **texts,
            **columns,
        )
    except (ValueError, KeyError, TypeError) as error:
        raise DamagedUsageError(f"{type(error).__name__}: {error}") from error


def _blob(name: str, data: bytes | memoryview) -> Blob:
    return Blob(name, zlib.crc32(data), data)


def _checked(blob: Blob) -> bytes | memoryview:
    if zlib.crc32(blob.data) != blob.checksum:
        raise ValueError(f"{blob.name} was changed")
    return blob.data


def _column(blob: Blob, rows: int, kept: NDArray[np.bool_] | None = None) -> NDArray[Any]:
    numbers = np.frombuffer(_checked(blob), _kind(blob.name))
    if len(numbers) not in (1, rows):
        raise ValueError(f"{blob.name} has not {rows} rows but {len(numbers)}")
    if len(numbers) == 1:
        return np.full(rows if kept is None else np.count_nonzero(kept), numbers[0])
    return numbers if kept is None else numbers[kept]


def _rows_of(month: NDArray[Any], months: Collection[date]) -> NDArray[np.bool_]:
    return np.isin(month, [month_number(day) for day in months])


def _quantity(name: str) -> str:
    return f"quantity {name}"


def _kind(name: str) -> np.dtype[Any]:
    return _CODE if name in _CODES else _INTEGER
