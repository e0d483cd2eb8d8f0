"""The rows of one report from all its files as one table, with what the report's words mean."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from scoring.measure_rules import Report, RowsWanted
from scoring.usage import BILLION, NO_CODE, NOT_GIVEN, Codes, Field, Integers, Quantity, UsageRows
from scoring.usage_terms import UsageTerms

Mask = NDArray[np.bool_]
# Every row is a CPOR claim, and several claims of a tenant's workload say the same usage again.
_CLAIMS: frozenset[Report] = frozenset({"cpor_usage"})


class Tenants:
    """The tenants of all reports of a company, each with one code: ids compare without case and outer spaces."""

    def __init__(self) -> None:
        self.ids: list[str] = []
        self.names: list[str] = []
        self._codes: dict[str, int] = {}

    def codes(self, rows: UsageRows) -> Codes:
        """The code of each of the rows' tenants; `NO_CODE` comes last, for rows without a tenant."""
        found = [self._code(one, name) for one, name in zip(rows.tenants, rows.tenant_names, strict=True)]
        return np.array([*found, NO_CODE], np.int32)

    def _code(self, tenant: str, name: str) -> int:
        code = self._codes.setdefault(tenant.strip().casefold(), len(self.ids))
        if code == len(self.ids):
            self.ids.append(tenant)
            self.names.append(name)
        elif name and not self.names[code]:
            self.names[code] = name
        return code


Unit = Literal["tenant", "item"]
_NOTHING = np.empty(0, np.int64)


@dataclass(frozen=True, eq=False)
class Monthly:
    """Amounts by month (rows, from the month `first` on) and tenant or item (columns). Units: billionths."""

    first: int
    sums: Integers

    def over(self, first: int, last: int) -> Integers:
        """The rows of the months from `first` to `last`, both included."""
        return self.sums[first - self.first : last - self.first + 1, :-1]

    def total(self, month: int) -> int:
        """Everything in a month, rows without a tenant or item too."""
        return exact_sum(self.sums[month - self.first])


def exact_sum(values: Integers) -> int:
    """The sum of many amounts, also where it does not fit into 64 bits."""
    high, low = np.divmod(values, BILLION)
    return int(high.sum()) * BILLION + int(low.sum())


@dataclass(frozen=True, eq=False)
class Amounts:
    """Amounts by key, each key once and in order. Units: billionths."""

    keys: Integers
    values: Integers


class UsageTable:
    """All rows of one report. Columns as in `UsageRows`, sorted by month; `source` is the place in `files`.

    `item` is a code of `items`, canonical names of services or workloads; `association` one of `associations`, keys of
    `UsageTerms`; `is_smb` says whether the row's segment is small and medium business.
    """

    def __init__(self, parts: Sequence[UsageRows], tenants: Tenants, terms: UsageTerms) -> None:
        self.report: Report = parts[0].dataset
        self.terms = terms
        self.tenants = tenants
        self.files = tuple(parts)
        self.fields: frozenset[Field] = frozenset.intersection(*(part.fields for part in parts))
        self.items: list[str] = []
        self.item_names: list[str] = []
        order = np.argsort(np.concatenate([part.month for part in parts]), kind="stable")
        self.month = _joined([part.month for part in parts], order)
        self.line = _joined([part.line for part in parts], order)
        self.source = _joined([np.full(len(part), at, np.int32) for at, part in enumerate(parts)], order)
        self.tenant = _joined([tenants.codes(part)[part.tenant] for part in parts], order)
        self.item = _joined([self._item_codes(part)[part.item] for part in parts], order)
        self.associations = list(terms.associations)
        self.association = _joined([self._association_codes(part)[part.association] for part in parts], order)
        self.is_smb = _joined([self._smb(part)[part.segment] for part in parts], order)
        self.associated = _joined([part.associated for part in parts], order)
        named = sorted({name for part in parts for name in part.quantities})
        self.quantities = {name: _joined([_quantity(part, name) for part in parts], order) for name in named}
        self._chosen: dict[RowsWanted, Mask] = {}
        self._monthly: dict[tuple[RowsWanted, Quantity, Unit], Monthly] = {}
        self._places: dict[tuple[str, ...], Integers] = {}

    def _item_codes(self, part: UsageRows) -> Codes:
        codes = []
        for name in part.items:
            key = self.terms.item(name)
            if key not in self.items:
                self.items.append(key)
                self.item_names.append(name)
            codes.append(self.items.index(key))
        return np.array([*codes, NO_CODE], np.int32)

    def _association_codes(self, part: UsageRows) -> NDArray[np.int8]:
        keys = [self.terms.association(name) for name in part.associations]
        codes = [self.associations.index(key) if key else NO_CODE for key in keys]
        without = self.associations.index("cpor") if part.dataset in _CLAIMS else NO_CODE
        return np.array([*codes, without], np.int8)

    def _smb(self, part: UsageRows) -> Mask:
        return np.array([*map(self.terms.is_smb, part.segments), False], np.bool_)

    @cached_property
    def months(self) -> tuple[int, ...]:
        """The months held, oldest first."""
        return tuple(int(month) for month in np.unique(self.month))

    def reference_month(self, asked: int) -> int | None:
        """The newest month held before the month asked. Source: the last full calendar month that the report holds."""
        return max((month for month in self.months if month < asked), default=None)

    def rows_of(self, first: int, last: int) -> slice:
        """The rows of the months from `first` to `last`, both included."""
        begin, end = np.searchsorted(self.month, [first, last + 1])
        return slice(int(begin), int(end))

    def chosen(self, wanted: RowsWanted) -> Mask:
        """Which rows are under one of the association types, and of one of the services or workloads."""
        if wanted not in self._chosen:
            self._chosen[wanted] = self._choose(wanted)
        return self._chosen[wanted]

    def _choose(self, wanted: RowsWanted) -> Mask:
        counted = self.terms.included(wanted.associations)
        types = np.array([key in counted for key in self.associations] + [False])
        mask: Mask = types[self.association]
        if wanted.items is not None or wanted.without:
            inside = None if wanted.items is None else set(map(self.terms.item, wanted.items))
            outside = set(map(self.terms.item, wanted.without))
            fits = [(inside is None or item in inside) and item not in outside for item in self.items]
            mask = mask & np.array([*fits, inside is None])[self.item]
        return mask

    @cached_property
    def marks_duplicates(self) -> bool:
        """Whether a column marked rows that repeat another association's; those are gone already."""
        return "duplicate" in self.fields

    def given(self, rows: Integers, quantity: Quantity) -> Integers:
        """Those of the rows that say the quantity."""
        kept: Integers = rows[self.quantities[quantity][rows] != NOT_GIVEN]
        return kept

    def pairs(self, rows: Integers) -> Integers:
        """A key for the tenant and item of each row; `tenant_of` and `item_of` take it apart."""
        keys: Integers = (self.tenant[rows].astype(np.int64) + 1) * self._size + (self.item[rows] + 1)
        return keys

    def tenant_of(self, pairs: Integers) -> Integers:
        """The code of the tenant of each pair."""
        return pairs // self._size - 1

    def item_of(self, pairs: Integers) -> Integers:
        """The code of the service or workload of each pair."""
        return pairs % self._size - 1

    def places_of(self, names: Sequence[str]) -> Integers:
        """The place in a list of names of each of `items`; -1 for those that are not in it, and for no item."""
        key = tuple(names)
        if key not in self._places:
            canonical = {self.terms.item(name): at for at, name in reversed(list(enumerate(key)))}
            places = [*(canonical.get(item, NO_CODE) for item in self.items), NO_CODE]
            self._places[key] = np.array(places, np.int64)
        return self._places[key]

    @property
    def _size(self) -> int:
        return len(self.items) + 1

    def amounts(self, rows: Integers, quantity: Quantity, keys: Integers) -> Amounts:
        """The quantity of the rows by key, which is a pair of tenant and item (of one month) or finer.

        Where no column marks duplicates, the rows of one association type are added up and the highest type counts.
        Source: duplicates are marked for the whole partner; else a tenant's service counts once, with the highest.
        """
        values = self.quantities[quantity][rows]
        if self.report in _CLAIMS:
            return greatest(keys, values)
        if self.marks_duplicates:
            return summed(keys, values)
        return highest([summed(keys[of], values[of]) for of in self._types(rows)])

    def monthly(self, wanted: RowsWanted, quantity: Quantity, unit: Unit) -> Monthly:
        """The quantity of every month by tenant or by item."""
        key = (wanted, quantity, unit)
        if key not in self._monthly:
            self._monthly[key] = self._add_up(wanted, quantity, unit)
        return self._monthly[key]

    def _add_up(self, wanted: RowsWanted, quantity: Quantity, unit: Unit) -> Monthly:
        first, last = self.months[0], self.months[-1]
        size = len(self.tenants.ids if unit == "tenant" else self.items)
        sums = np.zeros((last - first + 1, size + 1), np.int64)  # the last column: rows that name none
        for month in self.months:  # one at a time: columns of a large report, once more for all months, are much memory
            span = self.rows_of(month, month)
            rows = self.given(np.flatnonzero(self.chosen(wanted)[span]) + span.start, quantity)
            if self.marks_duplicates:
                units, values = (self.tenant if unit == "tenant" else self.item)[rows], self.quantities[quantity][rows]
            else:
                found = self.amounts(rows, quantity, self.pairs(rows))
                units = self.tenant_of(found.keys) if unit == "tenant" else self.item_of(found.keys)
                values = found.values
            np.add.at(sums[month - first], units, values)
        return Monthly(first, sums)

    def _types(self, rows: Integers) -> list[Mask]:
        types = self.association[rows]
        return [types == code for code in np.unique(types)]


def highest(several: Sequence[Amounts]) -> Amounts:
    """The highest amount of each key."""
    given = [one for one in several if len(one.keys)]
    if len(given) == 1:
        return given[0]
    keys = np.concatenate([_NOTHING, *(one.keys for one in given)])
    return greatest(keys, np.concatenate([_NOTHING, *(one.values for one in given)]))


def greatest(keys: Integers, values: Integers) -> Amounts:
    """The greatest of each key's values."""
    found, places = distinct(keys)
    most = np.full(len(found), NOT_GIVEN)
    np.maximum.at(most, places, values)
    return Amounts(found, most)


def summed(keys: Integers, values: Integers) -> Amounts:
    """The sum of each key's values."""
    found, places = distinct(keys)
    sums = np.zeros(len(found), np.int64)
    np.add.at(sums, places, values)
    return Amounts(found, sums)


def distinct(keys: Integers) -> tuple[Integers, Integers]:
    """The keys, each once and in order, and the place of each key among them.

    Keys made of codes lie close together: they are ticked off, which is many times faster than sorting.
    """
    first = int(keys.min(initial=0))
    span = int(keys.max(initial=0)) - first + 1
    if span > len(keys) * len(keys).bit_length():  # about as many steps as sorting takes
        found, places = np.unique(keys, return_inverse=True)
        return found, places
    is_there = np.zeros(span, np.bool_)
    is_there[keys - first] = True
    return np.flatnonzero(is_there) + first, (np.cumsum(is_there) - 1)[keys - first]


def _quantity(part: UsageRows, name: Quantity) -> Integers:
    given = part.quantities.get(name)
    return np.full(len(part), NOT_GIVEN) if given is None else given


def _joined(columns: Sequence[NDArray[Any]], order: NDArray[np.intp]) -> NDArray[Any]:
    joined: NDArray[Any] = np.concatenate(columns)[order]
    return joined
