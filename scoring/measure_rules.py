"""How a metric is measured from the rows of usage reports: the closed set of measures, with their settings.

Source: the fields `measured` of the rule files; every number comes from there.
"""

from collections.abc import Iterator, Mapping
from functools import cached_property
from hashlib import sha256
from typing import Annotated, Literal, Self

from pydantic import BaseModel, Field, model_validator

from scoring.sources import Exact, Frozen

Report = Literal[
    "azure_usage",
    "customers_and_revenue",
    "subscription_details",
    "office_usage",
    "cpor_usage",
    "enterprise_mobility_usage",
    "business_applications_revenue",
    "business_applications_usage",
    "dynamics_usage",
    "power_bi_usage",
]
Names = Annotated[tuple[str, ...], Field(min_length=1)]


class Range(Frozen):
    """A test on an amount. Units: those of what is tested (US dollars, seats)."""

    at_least: Exact | None = None
    more_than: Exact | None = None
    at_most: Exact | None = None

    @model_validator(mode="after")
    def _has_one_lower_end(self) -> Self:
        if (self.at_least is None) == (self.more_than is None):
            raise ValueError("give either at_least or more_than")
        return self


class RowsWanted(Frozen):
    """Which rows count: those under one of the association types, of the services or workloads named (None: all)."""

    associations: Names
    items: Names | None = None
    without: tuple[str, ...] = ()


class Setting(Frozen):
    """What every measure has. `limits` name what the reports cannot tell of it (see `usage_terms.yaml`)."""

    limits: tuple[str, ...] = ()

    @cached_property
    def key(self) -> str:
        """The same for the same settings: which figures were measured by this rule."""
        return sha256(repr(self).encode()).hexdigest()[:16]


class TenantsByAmount(Setting):
    """Azure: tenants whose ACR is in a range, as a sum over months or in at least one of the last months.

    Units: US dollars. `promoted_from`: a tenant above the range stays when it was in this one in the months before.
    """

    kind: Literal["tenants_by_amount"]
    rows: RowsWanted
    test: Range
    over_months: int = Field(default=1, gt=0)
    in_one_of_months: int = Field(default=1, gt=0)
    promoted_from: Range | None = None


class AzureAmount(Setting):
    """Azure: the ACR of a month, of all tenants or of those that pass a test. Units: US dollars."""

    kind: Literal["amount"]
    rows: RowsWanted
    tenants: TenantsByAmount | None = None


class ServicesInUse(Setting):
    """Azure: distinct services whose ACR over the months passes the test. Units: US dollars; months."""

    kind: Literal["services"]
    rows: RowsWanted
    test: Range
    over_months: int = Field(gt=0)


class Seats(Frozen):
    """Microsoft 365: which tenants are in question, by the paid seats of one workload at least; without a test all.

    `promoted`: a tenant above the range stays when it was in it twelve months before. `only_in` names workloads that
    one report tells and other licence reports do not.
    """

    reports: tuple[Report, ...] = Field(min_length=1)
    only_in: dict[Report, Names] = Field(default_factory=dict)
    rows: RowsWanted
    test: Range | None = None
    promoted: bool = False

    @model_validator(mode="after")
    def _names_workloads(self) -> Self:
        if self.rows.items is None:
            raise ValueError("rows must name the workloads in 'items'")
        return self


class TenantsBySeats(Setting):
    """Microsoft 365: tenants in question, with enough of a workload's seats in use where that is asked.

    Units: percent of paid seats. `of` are the association types whose workloads are looked at (None: all of the path).
    `claims_above` leaves out a young claim that was above that percentage at its first row.
    """

    kind: Literal["tenants_by_seats"]
    seats: Seats
    of: Names | None = None
    active_share_at_least: Exact | None = None
    claims_above: Exact | None = None


class ActiveUsers(Setting):
    """Microsoft 365: monthly active users of the tenants in question, added up over their workloads.

    `from_claim`: of a young claim only the users that came since its first row.
    """

    kind: Literal["active_users"]
    seats: Seats
    of: Names | None = None
    from_claim: bool = False


class PairsByRevenue(Setting):
    """Business Applications: pairs of tenant and workload by the month's revenue. Units: US dollars."""

    kind: Literal["pairs_by_revenue"]
    rows: RowsWanted
    test: Range


class Rate(Frozen):
    """What one user (or profile) of a workload adds to the monthly consumption value. Units: US dollars a month."""

    workloads: Names
    usd: Exact
    associations: Names
    of: Literal["active_users", "active_customers"] = "active_users"


class ConsumptionValue(Setting):
    """Business Applications: the monthly consumption value (MCV); with a test, the pairs that pass it."""

    kind: Literal["consumption_value"]
    rates: tuple[Rate, ...] = Field(min_length=1)
    test: Range | None = None


PartMeasure = Annotated[
    TenantsByAmount | AzureAmount | ServicesInUse | TenantsBySeats | ActiveUsers | PairsByRevenue | ConsumptionValue,
    Field(discriminator="kind"),
]


class Parts(Setting):
    """A measure for each side or association type of the metric.

    `each_alone`: a part that cannot be measured is left out, since the others count by themselves.
    """

    kind: Literal["parts"]
    each_alone: bool = False
    parts: dict[str, PartMeasure] = Field(min_length=1)


Measure = Annotated[
    TenantsByAmount
    | AzureAmount
    | ServicesInUse
    | TenantsBySeats
    | ActiveUsers
    | PairsByRevenue
    | ConsumptionValue
    | Parts,
    Field(discriminator="kind"),
]


class CustomersMeasured(Setting):
    """What decides a track by customers: tenants with ACR in the month, those in the SMB segment, ACR of a year."""

    rows: RowsWanted
    over_months: int = Field(gt=0)


class WorkloadsMeasured(Setting):
    """What decides a track by workloads: which rows of the revenue report count."""

    rows: RowsWanted


def associations_of(setting: BaseModel) -> Iterator[str]:
    """Every association type that a measure names."""
    for name, value in setting:
        if name in ("associations", "of") and isinstance(value, tuple):
            yield from value
        elif isinstance(value, BaseModel):
            yield from associations_of(value)
        elif isinstance(value, Mapping | tuple):
            inside = value.values() if isinstance(value, Mapping) else value
            yield from (found for one in inside if isinstance(one, BaseModel) for found in associations_of(one))
