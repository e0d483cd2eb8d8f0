"""What holds for the whole programme: editions, the pass rule, renewal and window rules, badges, legacy names.

Source: `scoring/rules/programme.yaml`, `scoring/rules/editions.yaml`.
"""

from datetime import date
from typing import Literal, Self, TypeVar

from pydantic import Field, model_validator

from scoring.metric_rules import OtherReading
from scoring.sources import Exact, Frozen, Reference, Text


class EditionName(Frozen):
    """One edition of the rules: in force from `since` until the next one starts.

    With `start_is_known` false, `since` is the first day on which a source shows the edition and `not_before` the
    last day on which a source still showed the one before.
    """

    id: str
    since: date
    start_is_known: bool = True
    not_before: date | None = None
    summary: Text
    reference: Reference


class PassRule(Frozen):
    """When an area qualifies: the total, and the least points in every metric that the area has. Units: points."""

    qualifying_score: Exact
    minimum_per_metric: Exact
    reference: Reference
    other_readings: tuple[OtherReading, ...] = ()


class CreditRule(Frozen):
    """How long a retired certification counts after its retirement day. Units: years."""

    years: int
    reference: Reference
    notes: tuple[Text, ...] = ()


class WindowRule(Frozen):
    """The days of which one must qualify. Units: whole calendar months, or days before the anniversary."""

    kind: Literal["months_before", "days_before"]
    months_before: int = Field(default=0, ge=0)
    days_before: int = Field(default=0, ge=0)
    reference: Reference
    notes: tuple[Text, ...] = ()

    @model_validator(mode="after")
    def _says_how_long(self) -> Self:
        if not (self.months_before if self.kind == "months_before" else self.days_before):
            raise ValueError(f"{self.kind} needs its number")
        return self


class RenewalRule(Frozen):
    """When the yearly fee can be paid. Units: days after the anniversary date."""

    opens_days_after: int
    closes_days_after: int
    reference: Reference
    notes: tuple[Text, ...] = ()


class RefreshRule(Frozen):
    """When Partner Center shows new figures: a day of the month, or days after the event."""

    day_of_month: int = Field(ge=1, le=28)
    skilling_days: int = Field(gt=0)
    reference: Reference


class Badges(Frozen):
    """The name that customers see for each solution area's designation."""

    names: dict[str, str]
    reference: Reference


class Listed(Frozen):
    """A plain list with its source: the areas of the Microsoft Cloud badge, the competencies of an area."""

    items: tuple[str, ...]
    reference: Reference
    notes: tuple[Text, ...] = ()


class KeyDate(Frozen):
    """A day on which something of the programme starts or ends."""

    day: date
    event: Text
    reference: Reference


class Programme(Frozen):
    """The programme-wide rules, each by the day it starts."""

    verified_on: date
    pass_rule: dict[date, PassRule]
    retired_credit: dict[date, CreditRule]
    qualification_window: dict[date, WindowRule]
    renewal_window: dict[date, RenewalRule]
    refresh: dict[date, RefreshRule]
    badges: dict[date, Badges]
    microsoft_cloud_badge: Listed
    legacy_competencies: dict[str, Listed]
    status_words: Listed
    lapse_warning_days: int = Field(gt=0)
    key_dates: tuple[KeyDate, ...]


Value = TypeVar("Value")


def in_force(values: dict[date, Value], on: date) -> Value | None:
    """The newest value that has started by the day; None before the first one."""
    started = [since for since in values if since <= on]
    return values[max(started)] if started else None
