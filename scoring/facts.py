"""What is true of a company: figures, people with certifications, what decides the track, membership."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Literal

from pydantic import Field

from scoring.measure_rules import Report
from scoring.metric_rules import MetricName, Track
from scoring.sources import Exact, Frozen

WHOLE = ""  # the name of the only part of a figure that has no parts


class Origin(Frozen):
    """Where a fact was read: file (or form), line from 1, and the import that brought it."""

    source: str
    line: int | None = None
    import_id: int | None = None

    def __str__(self) -> str:
        """`file:line`, as error messages and evidence print it."""
        return f"{self.source}:{self.line}" if self.line else self.source


class Amount(Frozen):
    """One measured amount: a count or difference, the two amounts it comes from, or a percentage.

    Units: those of the metric (customers, tenants, services, users, US dollars); `percent` in percent.
    """

    count: Exact | None = None
    now: Exact | None = None
    year_ago: Exact | None = None
    percent: Exact | None = None


class Lacking(Frozen):
    """What usage reports do not hold that a rule needs: one of `reports`, or months or columns of them.

    `months` are first days; `columns` are meanings (see `usage.Field`).
    """

    reason: Literal["report_missing", "months_missing", "column_missing"]
    reports: tuple[Report, ...]
    months: tuple[date, ...] = ()
    columns: tuple[str, ...] = ()


class Measured(Frozen):
    """How a figure was measured from usage reports.

    `setting` is the key of the rule's measure; `months` the first day of the reference month of each report;
    `stands_until` the last day on which Partner Center shows nothing newer; `limits` name what the reports do not
    tell (texts in `usage_terms.yaml`). With `lacking` nothing could be measured.
    """

    setting: str
    months: Mapping[Report, date] = Field(default_factory=dict)
    stands_until: date
    limits: tuple[str, ...] = ()
    lacking: Lacking | None = None


class Figure(Frozen):
    """One figure of one metric, as typed in or computed from a report.

    `parts` holds the amounts by side or association type; `WHOLE` where the metric has no parts. `people` and
    `gate_holders` (people per gate certification) are typed counts of skilling. `points` are those that Partner
    Center shows. `track` is None where the figure is the same on every track.
    """

    area: str
    metric: MetricName
    track: Track | None = None
    parts: Mapping[str, Amount] = Field(default_factory=dict)
    trailing_12_months: Amount | None = None
    people: Exact | None = None
    gate_holders: Mapping[str, int] = Field(default_factory=dict)
    points: Exact | None = None
    as_of: date | None = None
    origin: Origin
    measured: Measured | None = None

    @property
    def stands_until(self) -> date:
        """The day by which its age is compared with that of other figures."""
        return self.measured.stands_until if self.measured else self.as_of or date.min

    @property
    def is_told(self) -> bool:
        """Whether it says anything: what reports could not tell only says why."""
        return self.measured is None or self.measured.lacking is None


class HeldCertification(Frozen):
    """One person holds one certification, from the day earned to the day it expires, both included.

    `person` identifies (an MCID, a work address, or the name); `name` is shown to those who may see names.
    """

    person: str
    name: str
    certification: str
    earned: date | None = None
    expires: date | None = None
    origin: Origin


class TrackInputs(Frozen):
    """What decides the track of a classified area.

    Units: customers; percent; US dollars of Azure consumed revenue in twelve months; unique large workloads that
    are above the amount in both months; pairs of a tenant and a workload that are (another reading).
    """

    area: str
    smb_customers: Exact | None = None
    customers: Exact | None = None
    smb_share_percent: Exact | None = None
    trailing_12_month_acr: Exact | None = None
    large_workloads: Exact | None = None
    large_workload_pairs: Exact | None = None
    as_of: date | None = None
    origin: Origin
    measured: Measured | None = None

    @property
    def stands_until(self) -> date:
        """The day by which their age is compared with that of other inputs."""
        return self.measured.stands_until if self.measured else self.as_of or date.min

    @property
    def is_told(self) -> bool:
        """Whether they say anything: what reports could not tell only says why."""
        return self.measured is None or self.measured.lacking is None


class Membership(Frozen):
    """The shared anniversary date of the company's designations, and the areas that are enrolled."""

    anniversary: date
    enrolled: tuple[str, ...] = ()
    origin: Origin


class MeasuredFacts(Frozen):
    """What usage reports tell: figures, and what decides the tracks."""

    figures: tuple[Figure, ...] = ()
    track_inputs: tuple[TrackInputs, ...] = ()


class Facts(Frozen):
    """Everything known of one company; what is not here is not known.

    `certifications` is None where no list of people was given: skilling is then not known, which is not zero.
    """

    company: str | None = None
    figures: tuple[Figure, ...] = ()
    certifications: tuple[HeldCertification, ...] | None = None
    people_as_of: date | None = None
    track_inputs: tuple[TrackInputs, ...] = ()
    membership: Membership | None = None

    @cached_property
    def figures_by_metric(self) -> Mapping[MetricName, tuple[Figure, ...]]:
        """The figures of each metric, of all areas."""
        found: dict[MetricName, list[Figure]] = {}
        for figure in self.figures:
            found.setdefault(figure.metric, []).append(figure)
        return {metric: tuple(figures) for metric, figures in found.items()}

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is known."""
        return not self.figures and self.certifications is None
