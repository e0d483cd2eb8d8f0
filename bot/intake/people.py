"""Which rows of reports are about the same person, and which certification of a person lasts longest."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from scoring.facts import HeldCertification, Origin

_JAPANESE = (
    ("\u3005", "\u3007"),
    ("\u3040", "\u30ff"),
    ("\u3400", "\u9fff"),
    ("\uf900", "\ufaff"),
    ("\uff66", "\uff9f"),
    ("\U00020000", "\U0003ffff"),
)


@dataclass(frozen=True, slots=True)
class Holder:
    """Who a row is about, as far as it says; `other_accounts` are a private address or an account id."""

    mcpid: str = ""
    work_address: str = ""
    other_accounts: tuple[str, ...] = ()
    name: str = ""

    @property
    def accounts(self) -> tuple[str, ...]:
        """All that identifies the person, apart from the MCPID."""
        return (self.work_address, *self.other_accounts) if self.work_address else self.other_accounts

    @property
    def is_known(self) -> bool:
        """Whether anything identifies the person."""
        return bool(self.mcpid or self.accounts or self.name)

    @property
    def name_key(self) -> str:
        """The name without differences of width, case and spacing."""
        return " ".join(unicodedata.normalize("NFKC", self.name).casefold().split())


@dataclass(frozen=True, slots=True)
class Held:
    """One row that says: this person holds this certification. `without_end`: it does not expire."""

    holder: Holder
    certification: str
    earned: date | None
    expires: date | None
    without_end: bool
    origin: Origin


class Duplicate(NamedTuple):
    """A row that says nothing more than another row of the same person and certification, which was kept."""

    line: int
    kept_line: int


def full_name(first: str, last: str) -> str:
    """The name as it is said: given name first, but family name first where both are in Japanese script.

    >>> full_name("Hanako", "Sample"), full_name("一郎", "見本"), full_name("", "Sample")
    ('Hanako Sample', '見本 一郎', 'Sample')
    """
    parts = (last, first) if _is_japanese(first) and _is_japanese(last) else (first, last)
    return " ".join(" ".join(parts).split())


def _is_japanese(words: str) -> bool:
    letters = [sign for sign in words if not sign.isspace() and sign != "・"]
    return bool(letters) and all(any(low <= sign <= high for low, high in _JAPANESE) for sign in letters)


def identify(holders: Iterable[Holder]) -> dict[Holder, str]:
    """The identity of each holder: the MCPID, else the work address, else another account, else the name.

    A holder without MCPID is the one person with an MCPID who has the same account. An account of several MCPIDs
    joins nobody, and a name joins only holders that have nothing else.
    """
    distinct = tuple(dict.fromkeys(holders))
    owners: dict[str, set[str]] = defaultdict(set)
    workplaces: dict[str, set[str]] = defaultdict(set)
    names: dict[str, str] = {}
    for holder in distinct:
        names.setdefault(holder.name_key, holder.name)
        for account in holder.accounts:
            if holder.work_address:
                workplaces[account].add(holder.work_address)
            if holder.mcpid:
                owners[account].add(holder.mcpid)
    return {holder: _identity(holder, owners, workplaces) or names[holder.name_key] for holder in distinct}


def _identity(holder: Holder, owners: dict[str, set[str]], workplaces: dict[str, set[str]]) -> str | None:
    if holder.mcpid or not holder.accounts:
        return holder.mcpid or None
    first = holder.accounts[0]
    address = holder.work_address or _only(workplaces.get(first, set())) or first
    found = (_only(owners.get(account, set())) for account in (*holder.accounts, address))
    return next((owner for owner in found if owner), address)


def _only(names: set[str]) -> str | None:
    return next(iter(names)) if len(names) == 1 else None


def hold(rows: Sequence[Held]) -> tuple[tuple[HeldCertification, ...], tuple[Duplicate, ...]]:
    """Each certification of each person once, with the latest expiry; and the rows that were left out for it.

    No expiry is the latest where the certification does not expire, and the earliest where it does. The day earned
    is that of the first row from which the certification was held without a gap.
    """
    people = identify(row.holder for row in rows)
    names: dict[str, str] = {}
    groups: dict[tuple[str, str], list[Held]] = defaultdict(list)
    for row in rows:
        person = people[row.holder]
        groups[person, row.certification].append(row)
        if row.holder.name:
            names.setdefault(person, row.holder.name)
    taken: list[HeldCertification] = []
    duplicates: list[Duplicate] = []
    for (person, certification), group in groups.items():
        kept = max(group, key=_lasting)
        known = {"person": person, "name": names.get(person, person), "certification": certification}
        earned = _earned(kept, group)
        taken.append(HeldCertification(**known, earned=earned, expires=kept.expires, origin=kept.origin))
        duplicates += (Duplicate(row.origin.line or 0, kept.origin.line or 0) for row in group if row is not kept)
    return tuple(taken), tuple(sorted(duplicates))


def _lasting(row: Held) -> tuple[int, date]:
    if row.without_end:
        return 2, date.max
    return (1, row.expires) if row.expires else (0, date.min)


def _earned(kept: Held, group: Iterable[Held]) -> date | None:
    """The first day of the unbroken time that ends with the kept row."""
    earned = kept.earned
    for row in sorted(group, key=_lasting, reverse=True):
        if row is kept or row.earned is None:
            continue
        if earned is None:
            earned = row.earned
        elif row.without_end or (row.expires and row.expires + timedelta(days=1) >= earned):
            earned = min(earned, row.earned)
    return earned


def same_names(rows: Sequence[Held]) -> tuple[str, ...]:
    """Names under which several people are kept apart."""
    people: dict[str, set[str]] = defaultdict(set)
    shown: dict[str, str] = {}
    for holder, person in identify(row.holder for row in rows).items():
        if holder.name:
            people[holder.name_key].add(person)
            shown.setdefault(holder.name_key, holder.name)
    return tuple(sorted(shown[key] for key, found in people.items() if len(found) > 1))
