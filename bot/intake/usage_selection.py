"""Rows that were read and checked -> `UsageRows`: only those that count, with only the texts that they use."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

import numpy as np

from bot.intake.column_reading import ReadColumns
from bot.intake.repeated_rows import Flags
from bot.intake.usage_checks import CheckedRows
from bot.intake.usage_columns import CodedColumn, QuantityColumn
from scoring.usage import NO_CODE, NOT_GIVEN, Codes, Integers, Quantity, UsageRows

_WORKLOAD_BITS = np.int64(1 << 60)  # of a hash: tell the rows that one row of the file becomes from each other
Texts = tuple[str, ...]
Column = TypeVar("Column", Codes, Integers)


def usage_rows(
    columns: ReadColumns, check: CheckedRows, keep: Flags, hashes: Integers, *, source: str
) -> tuple[UsageRows, Integers]:
    """The rows to keep and their hashes; one for each workload that a row says something of.

    The columns forget what they hold, one after the other: there is never a second copy of them all.
    """
    names = tuple(columns.names.names(len(columns.tenant_codes.texts)))
    tenants, tenant, used = _used(columns.tenant_codes.texts, _kept_codes(columns.tenant, keep))
    items, item, _ = _used(columns.item_codes.texts, _kept_codes(columns.item, keep))
    associations, association, _ = _used(columns.association_codes.texts, _kept_codes(columns.association, keep))
    segments, segment, _ = _used(columns.segment_codes.texts, _kept_codes(columns.segment, keep))
    own = columns.kind.item_is
    rows = UsageRows(
        dataset=columns.kind.dataset,
        source=source,
        fields=columns.fields,
        tenants=tenants,
        tenant_names=tuple(names[code] for code in used),
        items=(own,) if own and len(item) else items,
        associations=associations,
        segments=segments,
        line=_kept(columns.lines(), keep),
        month=_kept(check.month, keep),
        tenant=tenant,
        item=np.zeros_like(item) if own else item,
        association=association,
        segment=segment,
        associated=_kept(check.associated, keep),
        quantities={name: _kept_amounts(column, keep) for name, column in columns.workloads.get("", {}).items()},
    )
    if columns.kind.workloads:
        return _by_workload(rows, _kept(hashes, keep), columns, keep)
    return rows, _kept(hashes, keep)


def selected(rows: UsageRows, keep: Flags) -> UsageRows:
    """Some of the rows, with only the texts that they use."""
    some = _arranged(rows, np.flatnonzero(keep))
    tenants, tenant, used = _used(some.tenants, some.tenant)
    items, item, _ = _used(some.items, some.item)
    associations, association, _ = _used(some.associations, some.association)
    segments, segment, _ = _used(some.segments, some.segment)
    return replace(
        some,
        tenants=tenants,
        tenant_names=tuple(some.tenant_names[code] for code in used),
        tenant=tenant,
        items=items,
        item=item,
        associations=associations,
        association=association,
        segments=segments,
        segment=segment,
    )


def _kept(column: Column, keep: Flags) -> Column:
    return column if keep.all() else column[keep]


def _kept_codes(column: CodedColumn, keep: Flags) -> Codes:
    codes = _kept(column.codes(len(keep)), keep)
    column.forget()
    return codes


def _kept_amounts(column: QuantityColumn, keep: Flags) -> Integers:
    amounts = _kept(column.amounts(), keep)
    column.forget()
    return amounts


def _used(texts: Sequence[str], codes: Codes) -> tuple[Texts, Codes, list[int]]:
    """The texts in use, sorted: the same whatever the order of rows; the codes for them; which they were before."""
    is_used = np.zeros(len(texts) + 1, np.bool_)
    is_used[codes] = True  # NO_CODE marks the last, which is no text
    used = sorted(np.flatnonzero(is_used[:-1]).tolist(), key=texts.__getitem__)
    new = np.full(len(texts) + 1, NO_CODE, np.int32)
    new[used] = np.arange(len(used), dtype=np.int32)
    return tuple(texts[code] for code in used), new[codes], used


def _arranged(rows: UsageRows, places: Integers) -> UsageRows:
    return replace(
        rows,
        line=rows.line[places],
        month=rows.month[places],
        tenant=rows.tenant[places],
        item=rows.item[places],
        association=rows.association[places],
        segment=rows.segment[places],
        associated=rows.associated[places],
        quantities={quantity: amounts[places] for quantity, amounts in rows.quantities.items()},
    )


def _by_workload(rows: UsageRows, hashes: Integers, columns: ReadColumns, keep: Flags) -> tuple[UsageRows, Integers]:
    """A row for each workload whose amounts are not all empty; one without item where a row has no amounts at all."""
    names = list(columns.workloads)
    amounts = [
        {quantity: _kept_amounts(column, keep) for quantity, column in columns.workloads[name].items()}
        for name in names
    ]
    given = [np.zeros(len(rows), np.bool_) for _ in names]
    for mask, found in zip(given, amounts, strict=True):
        for one in found.values():
            mask |= one != NOT_GIVEN
    none = ~np.any(given, axis=0)
    places = [np.flatnonzero(mask) for mask in (*given, none)]
    order = np.argsort(np.concatenate(places), kind="stable")
    taken = np.concatenate(places)[order]
    workload = np.repeat(np.arange(len(places), dtype=np.int64), [len(one) for one in places])[order]
    quantities: dict[Quantity, Integers] = {
        quantity: _amounts([found.get(quantity) for found in amounts], places, order)
        for quantity in sorted({one for found in amounts for one in found})
    }
    items, item, _ = _used(names, np.where(workload < len(names), workload, NO_CODE).astype(np.int32))
    expanded = replace(_arranged(rows, taken), items=items, item=item, quantities=quantities)
    return expanded, hashes[taken] ^ (workload * _WORKLOAD_BITS)


def _amounts(by_workload: Sequence[Integers | None], places: Sequence[Integers], order: Integers) -> Integers:
    """The amounts of all workloads in the order of the expanded rows."""
    parts = [
        np.full(len(rows), NOT_GIVEN) if amounts is None else amounts[rows]
        for amounts, rows in zip((*by_workload, None), places, strict=True)
    ]
    return np.concatenate(parts)[order]
