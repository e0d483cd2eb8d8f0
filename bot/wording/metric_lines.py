"""One metric in the words of the reader: points, maximum, and what was measured."""

from dataclasses import dataclass
from fractions import Fraction

from bot.wording.words import Language, Words, listed, points, short
from scoring.metric_rules import GrowthRule, SumOfSidesRule, Unit, unit_of
from scoring.scorecard import MetricScore, TrackScore


@dataclass(frozen=True)
class MetricWords:
    """One metric in words: name, points (or that they are not known), maximum, a remark, and what was measured."""

    name: str
    points: str
    maximum: str
    remark: str
    detail: str

    @property
    def plain(self) -> str:
        """The whole in one line of plain text."""
        return f"{self.name}  {self.points} / {self.maximum}{self.remark}  {self.detail}"


def metric_words(words: Words, language: Language, score: TrackScore, metric: MetricScore) -> MetricWords:
    """The words of a metric; one under its minimum says so."""
    is_below = metric.metric in score.missing.below_minimum
    return MetricWords(
        name=words.say(f"metric.{metric.metric}", language),
        points=words.say("metric.not_known", language) if metric.points is None else points(metric.points),
        maximum=short(metric.max_points),
        remark=words.say("metric.below", language) if is_below else "",
        detail=_detail(words, language, metric),
    )


def counted(words: Words, language: Language, amount: Fraction, unit: Unit) -> str:
    """An amount with its unit: `6 customers`, `6社`."""
    return words.say(f"unit.{unit}", language, n=short(amount))


def certifications_said(keys: tuple[str, ...]) -> str:
    """The certifications of a gate, any of which counts: `AZ-500/SC-500`."""
    return "/".join(keys)


def _detail(words: Words, language: Language, metric: MetricScore) -> str:
    if metric.basis == "not_known":
        return words.say(f"reason.{metric.reason}", language, **_lacking(words, language, metric))
    if metric.basis == "partner_center":
        return _shown(words, language, metric)
    match metric.rule:
        case GrowthRule():
            return _growth(words, language, metric)
        case SumOfSidesRule():
            return _sides(words, language, metric)
        case _ if metric.parts:
            return _associations(words, language, metric)
        case _ if metric.rule.kind == "certified_people":
            return _people(words, language, metric)
    return _plain(words, language, metric)


def _lacking(words: Words, language: Language, metric: MetricScore) -> dict[str, str]:
    """Which reports, months and columns are not there for what could not be measured."""
    lacking = metric.measured.lacking if metric.measured else None
    if lacking is None:
        return {}
    months = [f"{month:%Y-%m}" for month in lacking.months]
    return {
        "reports": listed([words.say(f"report.{report}", language) for report in lacking.reports], language),
        "months": months[0] if len(months) == 1 else f"{months[0]}–{months[-1]}" if months else "",
        "columns": listed([words.say(f"column.{column}", language) for column in lacking.columns], language),
    }


def measured_in(metric: MetricScore, part: str | None = None) -> Unit:
    """The unit in which the metric, or one side of it, is told; US dollars for a sum of sides as a whole."""
    return unit_of(metric.rule, part) or "usd"


def _shown(words: Words, language: Language, metric: MetricScore) -> str:
    if metric.value is None:
        return words.say("detail.partner_center_points", language)
    return words.say(
        "detail.partner_center", language, value=counted(words, language, metric.value, measured_in(metric))
    )


def _plain(words: Words, language: Language, metric: MetricScore) -> str:
    assert metric.value is not None and metric.threshold is not None
    unit = measured_in(metric)
    return words.say(
        "detail.count",
        language,
        value=counted(words, language, metric.value, unit),
        one=counted(words, language, Fraction(1), unit),
        each=short(metric.max_points / metric.threshold),
        cap=counted(words, language, metric.threshold, unit),
    )


def _growth(words: Words, language: Language, metric: MetricScore) -> str:
    assert metric.value is not None and metric.threshold is not None
    value = counted(words, language, metric.value, "percent")
    if not metric.minimum_met:
        return words.say("detail.growth_under_minimum", language, value=value)
    cap = counted(words, language, metric.threshold, "percent")
    each = short(metric.max_points / metric.threshold)
    return words.say("detail.growth", language, value=value, each=each, cap=cap)


def _associations(words: Words, language: Language, metric: MetricScore) -> str:
    said = []
    for part in sorted(metric.parts, key=lambda one: not one.counts):
        key = "detail.association" if part.counts else "detail.association_beside"
        said.append(
            words.say(
                key,
                language,
                part=_part(words, language, part.name),
                value=counted(words, language, part.value, measured_in(metric)),
                cap=counted(words, language, part.threshold, measured_in(metric)),
                points=points(part.points),
            )
        )
    return listed(said, language)


def _sides(words: Words, language: Language, metric: MetricScore) -> str:
    sides = (
        words.say("detail.side", language, part=_part(words, language, part.name), points=points(part.points))
        for part in metric.parts
    )
    return " + ".join(sides)


def _part(words: Words, language: Language, name: str) -> str:
    return words.say(f"part.{name}", language) if words.has(f"part.{name}") else name


def _people(words: Words, language: Language, metric: MetricScore) -> str:
    assert metric.value is not None and metric.threshold is not None
    people = counted(words, language, metric.value, "person")
    closed = [gate for gate in metric.gates if not gate.is_met]
    if closed:
        said = [
            words.say(
                "detail.gate_open",
                language,
                certifications=certifications_said(gate.certifications),
                held=str(gate.held),
                needed=str(gate.needed),
            )
            for gate in closed
        ]
        gates = listed(said, language)
        return words.say("detail.gate_blocks", language, gates=gates, people=people) if metric.value else gates
    given = sum((gate.points for gate in metric.gates), Fraction(0))
    return words.say(
        "detail.people_with_gates" if given else "detail.people",
        language,
        value=people,
        each=short((metric.max_points - given) / metric.threshold),
        cap=counted(words, language, metric.threshold, "person"),
        gates=short(given),
    )
