"""Newer reports of a month in the place of older ones."""

from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from typing import Any

import numpy as np

from scoring.measure_rules import Report
from scoring.usage import NO_CODE, UsageRows
from scoring.usage_table import Mask


def replaced(known: Sequence[UsageRows], new: Sequence[UsageRows]) -> Iterator[UsageRows]:
    """What is known without the months that newer reports of the same kind hold."""
    months: dict[Report, set[int]] = {}
    for rows in new:
        months.setdefault(rows.dataset, set()).update(np.unique(rows.month).tolist())
    for rows in known:
        kept = ~np.isin(rows.month, list(months.get(rows.dataset, ())))
        if kept.all():
            yield rows
        elif kept.any():
            yield _only(rows, kept)


def numbered(rows: Sequence[UsageRows], import_id: int) -> Iterator[UsageRows]:
    """The rows as of an import of that number."""
    yield from (replace(one, import_id=import_id) for one in rows)


def vanished_tenants(before: Sequence[UsageRows], after: Sequence[UsageRows]) -> Iterator[tuple[Report, str, str]]:
    """Report, id and name of customers in the newest month before who are in the newest month after no more."""
    then, now = _newest(before), _newest(after)
    for report, tenants in then.items():
        left = now.get(report, {})
        gone = {key: told for key, told in tenants.items() if key not in left}
        yield from ((report, tenant, name) for tenant, name in sorted(gone.values(), key=lambda one: (one[1], one[0])))


def _newest(usage: Sequence[UsageRows]) -> dict[Report, dict[str, tuple[str, str]]]:
    """By report: the tenants of its newest month, by what their ids compare by."""
    newest: dict[Report, int] = {}
    for rows in usage:
        if len(rows):
            newest[rows.dataset] = max(newest.get(rows.dataset, 0), int(rows.month.max()))
    found: dict[Report, dict[str, tuple[str, str]]] = {report: {} for report in newest}
    for rows in usage:
        codes = np.unique(rows.tenant[rows.month == newest.get(rows.dataset, 0)]).tolist()
        for code in codes:
            if code != NO_CODE:
                tenant = rows.tenants[code]
                found[rows.dataset][tenant.strip().casefold()] = (tenant, rows.tenant_names[code])
    return found


def _only(rows: UsageRows, kept: Mask) -> UsageRows:
    columns = ((one.name, getattr(rows, one.name)) for one in fields(rows))
    chosen: dict[str, Any] = {name: column[kept] for name, column in columns if isinstance(column, np.ndarray)}
    return replace(rows, **chosen, quantities={name: values[kept] for name, values in rows.quantities.items()})
