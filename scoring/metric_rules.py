"""How a metric turns what was measured into points: the closed set of rule kinds.

Source: the rule files in `scoring/rules/`; every number comes from there.
"""

from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from scoring.measure_rules import CustomersMeasured, Measure, WorkloadsMeasured
from scoring.sources import Exact, Frozen, Reference, Text

Track = Literal["single", "enterprise", "smb"]
MetricName = Literal[
    "net_customer_adds",
    "intermediate_certifications",
    "advanced_certifications",
    "usage_growth",
    "deployments",
]
METRICS: tuple[MetricName, ...] = (
    "net_customer_adds",
    "intermediate_certifications",
    "advanced_certifications",
    "usage_growth",
    "deployments",
)
SKILLING: tuple[MetricName, ...] = ("intermediate_certifications", "advanced_certifications")
Unit = Literal["customer", "service", "tenant", "workload", "person", "percent", "active_user", "usd"]


class OtherReading(Frozen):
    """What another source, or another reading of the same one, says; kept because it may change a verdict.

    `changes` are the fields of the rule that it reads differently; `uses` the other amount that it takes.
    """

    says: Text
    reference: Reference
    changes: dict[str, Any] = Field(default_factory=dict)
    uses: Literal["trailing_12_months"] | None = None


Positive = Annotated[Exact, Field(gt=0)]


class RuleBase(Frozen):
    """What every kind of metric rule carries.

    Units: `max_points` in points; `printed_points_per_unit` is the rounded figure that the page prints for one unit.
    `measured` is how the metric is measured from usage reports; None where it has to be typed in.
    """

    max_points: Exact = Field(gt=0)
    measures: Text
    measured: Measure | None = None
    reference: Reference
    printed_points_per_unit: Exact | None = None
    notes: tuple[Text, ...] = ()
    other_readings: tuple[OtherReading, ...] = ()


class CountRule(RuleBase):
    """A number of things: `threshold` of them give all the points."""

    kind: Literal["count"]
    unit: Unit
    threshold: Exact = Field(gt=0)


class ChangeRule(RuleBase):
    """A difference of two counts, now minus a year ago; with `sides`, the sum of their differences."""

    kind: Literal["change"]
    unit: Unit
    threshold: Exact = Field(gt=0)
    sides: tuple[str, ...] = ()


class GrowthRule(RuleBase):
    """Growth in percent against a year ago; below a minimum amount there are no points.

    Units: `threshold` in percent; the minimums in US dollars.
    """

    kind: Literal["growth"]
    unit: Literal["percent"] = "percent"
    threshold: Exact = Field(gt=0)
    minimum_now: Exact | None = None
    minimum_year_ago: Exact | None = None


class BestAssociationRule(RuleBase):
    """A difference per association type, each with its own threshold; only the better type counts."""

    kind: Literal["best_association"]
    unit: Unit
    thresholds: dict[str, Positive] = Field(min_length=1)


class SumOfSidesRule(RuleBase):
    """Growth on several sides, each side from zero up to the maximum, added up.

    Units: `amount_per_point` in the side's own unit (US dollars, users). `sides_may_offset` is a reading that no
    source decides: whether a shrinking side takes points from the other.
    """

    kind: Literal["sum_of_sides"]
    amount_per_point: dict[str, Positive] = Field(min_length=1)
    side_units: dict[str, Unit]
    sides_may_offset: bool = False

    @model_validator(mode="after")
    def _every_side_has_a_unit(self) -> Self:
        odd = set(self.side_units) ^ set(self.amount_per_point)
        if odd:
            raise ValueError(
                f"side_units and amount_per_point must name the same sides, unlike {', '.join(sorted(odd))}"
            )
        return self


class Gate(Frozen):
    """A step that must be met before the points step counts: so many people with one certification of a list.

    Units: `points` are given once when the gate is met (0 on the Enterprise track).
    """

    certifications: str
    people: int = Field(gt=0)
    points: Exact = Field(ge=0)


class CertifiedPeopleRule(RuleBase):
    """People with a certification of the list `counted`, each once; `threshold` people give all the points.

    Every gate must be met before a person counts. Points of the gates come off the maximum, so the last person
    reaches it exactly.
    """

    kind: Literal["certified_people"]
    unit: Literal["person"] = "person"
    threshold: Exact = Field(gt=0)
    counted: str
    gates: tuple[Gate, ...] = ()

    @model_validator(mode="after")
    def _gates_leave_points(self) -> Self:
        if sum(gate.points for gate in self.gates) >= self.max_points:
            raise ValueError("the gates' points must be less than max_points")
        return self


class WeightRule(RuleBase):
    """Only the weight of the metric is known, not how it is reached: nothing can be scored."""

    kind: Literal["weight"]


MetricRule = Annotated[
    CountRule | ChangeRule | GrowthRule | BestAssociationRule | SumOfSidesRule | CertifiedPeopleRule | WeightRule,
    Field(discriminator="kind"),
]


class SingleTrack(Frozen):
    """The edition has one path for everybody."""

    kind: Literal["single"]
    reference: Reference
    notes: tuple[Text, ...] = ()


class HigherTotal(Frozen):
    """Both tracks are scored and the higher total of the area counts, never the best metric by metric."""

    kind: Literal["higher_total"]
    reference: Reference
    notes: tuple[Text, ...] = ()


class ByCustomers(Frozen):
    """SMB when enough customers are in the SMB segment, and trailing ACR is low enough where the edition asks that.

    Units: percent of customers; US dollars of Azure consumed revenue in the last twelve months.
    """

    kind: Literal["by_customers"]
    smb_share_at_least: Exact | None = None
    smb_share_more_than: Exact | None = None
    trailing_acr_below: Exact | None = None
    measured: CustomersMeasured | None = None
    reference: Reference
    notes: tuple[Text, ...] = ()

    @model_validator(mode="after")
    def _one_share(self) -> Self:
        if (self.smb_share_at_least is None) == (self.smb_share_more_than is None):
            raise ValueError("give either smb_share_at_least or smb_share_more_than")
        return self


class ByWorkloads(Frozen):
    """Enterprise when enough workloads are large in both months, else SMB.

    Units: number of unique workloads above `large_workload_usd` (US dollars a month).
    """

    kind: Literal["by_workloads"]
    enterprise_at_least: Exact
    large_workload_usd: Exact
    measured: WorkloadsMeasured | None = None
    reference: Reference
    notes: tuple[Text, ...] = ()


TrackRule = Annotated[SingleTrack | HigherTotal | ByCustomers | ByWorkloads, Field(discriminator="kind")]


def unit_of(rule: MetricRule, part: str | None = None) -> Unit | None:
    """The unit of a rule, or of one side of it; None for a sum of sides as a whole, and for a mere weight."""
    match rule:
        case WeightRule():
            return None
        case SumOfSidesRule():
            return rule.side_units.get(part) if part else None
    return rule.unit


def tracks_of(rule: TrackRule) -> tuple[Track, ...]:
    """The tracks that an edition with this rule has."""
    return ("single",) if rule.kind == "single" else ("enterprise", "smb")
