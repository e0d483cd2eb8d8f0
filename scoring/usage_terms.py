"""The words of usage reports and what they mean: association types, services and workloads, segments, limits."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from functools import cached_property

from pydantic import Field

from scoring.measure_rules import Report
from scoring.sources import Frozen, Reference, Text

_MAKERS = re.compile(r"^(microsoft|azure|dynamics365)(?=.)")


def plain(words: str) -> str:
    """A name without what differs from report to report: case, width, spaces, punctuation.

    >>> plain("Partner Admin link") == plain("PARTNER  ADMIN-LINK")
    True
    """
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", words).casefold())


class ReportLatency(Frozen):
    """How long after a month has ended a report of it is complete. Units: days, and full months before them."""

    days: int
    months: int = 0


class UsageTerms(Frozen):
    """What the texts in usage reports mean. Source: `scoring/rules/usage_terms.yaml`."""

    verified_on: date
    associations: dict[str, tuple[str, ...]]
    includes: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    other_associations: tuple[str, ...]
    same_items: dict[str, tuple[str, ...]]
    smb_segments: tuple[str, ...]
    smb_begins: tuple[str, ...]
    limits: dict[str, Text] = Field(min_length=1)
    report_latency: dict[Report, ReportLatency]
    reference: Reference

    def association(self, name: str) -> str | None:
        """The key of an association type (`pal`, `csp` ...); `""` for a known one that counts nowhere, else None."""
        return self._association_keys.get(plain(name))

    def included(self, associations: Iterable[str]) -> frozenset[str]:
        """The association types that a rule names, and those that they include."""
        named = tuple(associations)
        return frozenset((*named, *(one for key in named for one in self.includes.get(key, ()))))

    def item(self, name: str) -> str:
        """One name for all names of a service or workload, good for comparing only."""
        made = _without_maker(plain(name))
        return self._item_names.get(made, made)

    def is_smb(self, segment: str) -> bool:
        """Whether a customer segment is small and medium business."""
        given = plain(segment)
        return given in self._smb or given.startswith(self._smb_starts)

    @cached_property
    def _association_keys(self) -> dict[str, str]:
        keys = {plain(name): key for key, names in self.associations.items() for name in names}
        return keys | {plain(name): "" for name in self.other_associations}

    @cached_property
    def _item_names(self) -> dict[str, str]:
        return {
            _without_maker(plain(name)): _without_maker(plain(key))
            for key, names in self.same_items.items()
            for name in (key, *names)
        }

    @cached_property
    def _smb(self) -> frozenset[str]:
        return frozenset(map(plain, self.smb_segments))

    @cached_property
    def _smb_starts(self) -> tuple[str, ...]:
        return tuple(map(plain, self.smb_begins))


def _without_maker(name: str) -> str:
    return _MAKERS.sub("", name)
