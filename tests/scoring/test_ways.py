"""Each way to qualify, scored again: it reaches the qualifying score, one unit fewer does not, and no unit is idle."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.intake.facts_file import parse_facts
from scoring import Facts, Rulebook, load_rulebook, score
from scoring.facts import WHOLE, Amount, Figure, Origin
from scoring.metric_rules import (
    BestAssociationRule,
    CertifiedPeopleRule,
    ChangeRule,
    GrowthRule,
    MetricName,
    MetricRule,
    SumOfSidesRule,
    Track,
)
from scoring.rulebook import Edition
from scoring.scorecard import TrackScore, Way
from scoring.ways import ways_to_qualify
from tests.scoring.asking import AREAS, TODAY, card_of

LINE = 70
Asked = tuple[str, date, int, list[tuple[Fraction, Fraction]]]  # area, day, number of the track, shares per metric
DAYS = (date(2023, 6, 13), date(2024, 1, 1), date(2026, 6, 1), date(2026, 11, 20))
RICH = Fraction(10**6)  # above every minimum amount

shares = st.fractions(min_value=Fraction(-1, 4), max_value=Fraction(5, 4), max_denominator=40)


def _amounts(rule: MetricRule, share: Fraction, other: Fraction) -> dict[str, Amount]:
    """Amounts that are about this share of the rule's threshold."""
    match rule:
        case GrowthRule():
            return {WHOLE: Amount(percent=Fraction(round(share * rule.threshold * 4), 4), now=RICH, year_ago=RICH)}
        case BestAssociationRule():
            given = zip(rule.thresholds.items(), (share, other), strict=True)
            return {name: Amount(count=Fraction(round(part * threshold))) for (name, threshold), part in given}
        case SumOfSidesRule():
            given = zip(rule.amount_per_point.items(), (share, other), strict=True)
            return {name: Amount(count=part * each * rule.max_points) for (name, each), part in given}
        case ChangeRule(sides=(one, another)):
            halves = (Fraction(round(part * rule.threshold)) for part in (share, other))
            return {name: Amount(count=count) for name, count in zip((one, another), halves, strict=True)}
        case ChangeRule():
            return {WHOLE: Amount(count=Fraction(round(share * rule.threshold)))}
        case _:
            assert rule.kind == "count"
            return {WHOLE: Amount(count=Fraction(max(0, round(share * rule.threshold))))}


def _figure(
    edition: Edition, track: Track, metric: MetricName, rule: MetricRule, share: Fraction, other: Fraction
) -> Figure:
    known = {
        "area": edition.area,
        "metric": metric,
        "track": None if track == "single" else track,
        "origin": Origin(source="generated"),
    }
    if not isinstance(rule, CertifiedPeopleRule):
        return Figure.model_validate({**known, "parts": _amounts(rule, share, other)})
    gates = {edition.lists[gate.certifications].certifications[0]: gate.people for gate in rule.gates}
    if rule.gates and other < 0:
        gates[next(iter(gates))] -= 1
    people = Fraction(max(0, round(share * rule.threshold)))
    return Figure.model_validate({**known, "people": people, "gate_holders": gates})


@st.composite
def questions(draw: st.DrawFn) -> Asked:
    area, on, track = draw(st.sampled_from(AREAS)), draw(st.sampled_from(DAYS)), draw(st.integers(0, 1))
    return area, on, track, draw(st.lists(st.tuples(shares, shares), min_size=5, max_size=5))


@cache
def _rulebook() -> Rulebook:
    """Not the fixture: a failing property would print the whole of it."""
    return load_rulebook()


def _asked(question: Asked) -> tuple[Facts, Track]:
    area, on, number, given = question
    edition = _rulebook().edition(area, on)
    track = edition.tracks[number % len(edition.tracks)]
    rules = edition.metrics[track].items()
    figures = (
        _figure(edition, track, metric, rule, *parts) for (metric, rule), parts in zip(rules, given, strict=False)
    )
    return Facts(figures=tuple(figures)), track


def _scored(rulebook: Rulebook, facts: Facts, area: str, on: date, track: Track) -> TrackScore:
    return score(rulebook, facts, area, on, track=track).chosen


def _with_more(facts: Facts, way: Way, units: int) -> Facts:
    """The same facts with so many units more of the way's metric."""
    return Facts(
        figures=tuple(_more(figure, way, units) if figure.metric == way.metric else figure for figure in facts.figures)
    )


def _more(figure: Figure, way: Way, units: int) -> Figure:
    if figure.people is not None:
        return figure.model_copy(update={"people": figure.people + units})
    part = way.part or next(iter(figure.parts))
    amount = figure.parts[part]
    if amount.percent is not None:
        more = amount.model_copy(update={"percent": amount.percent + units})
    else:
        assert amount.count is not None
        more = amount.model_copy(update={"count": amount.count + units})
    parts: Mapping[str, Amount] = {**figure.parts, part: more}
    return figure.model_copy(update={"parts": parts})


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(question=questions())
def test_every_way_reaches_the_qualifying_score_and_one_unit_fewer_does_not(
    question: Asked,
) -> None:
    facts, track = _asked(question)
    area, on, *_ = question
    before = _scored(_rulebook(), facts, area, on, track)
    for way in ways_to_qualify(before):
        enough = _scored(_rulebook(), _with_more(facts, way, way.units), area, on, track)
        fewer = _scored(_rulebook(), _with_more(facts, way, way.units - 1), area, on, track)
        assert enough.total is not None and fewer.total is not None
        assert fewer.total < LINE <= enough.total
        assert (way.total, way.printed_total) == (enough.total, enough.printed_total)


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(question=questions())
def test_ways_stand_in_order_and_each_unit_of_a_way_has_an_effect(
    question: Asked,
) -> None:
    facts, track = _asked(question)
    before = _scored(_rulebook(), facts, question[0], question[1], track)
    ways = ways_to_qualify(before)
    assert [way.units for way in ways] == sorted(way.units for way in ways)
    assert len({(way.metric, way.part) for way in ways}) == len(ways)
    for way in ways:
        metric = before.metric(way.metric)
        assert way.units > 0
        assert metric.next_unit_points
        assert all(gate.is_met for gate in metric.gates)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(question=questions())
def test_there_is_no_way_where_nothing_is_missing_or_two_metrics_are_below_the_minimum(
    question: Asked,
) -> None:
    facts, track = _asked(question)
    before = _scored(_rulebook(), facts, question[0], question[1], track)
    if before.total is not None and (before.total >= LINE or len(before.missing.below_minimum) > 1):
        assert ways_to_qualify(before) == ()


# By hand


INFRASTRUCTURE = """
areas:
  infrastructure:
    enterprise:
      net_customer_adds: {adds}
      intermediate_certifications: {{people: 3, gates: {{AZ-104: {administrators}}}}}
      advanced_certifications: {{people: 2, gates: {{AZ-305: 2}}}}
      usage_growth: {{percent: {percent}, now: 50000}}
      deployments: {services}
"""


def _infrastructure(
    rulebook: Rulebook, *, adds: int = 2, administrators: int = 2, percent: str = "12", services: int = 4
) -> TrackScore:
    text = INFRASTRUCTURE.format(adds=adds, administrators=administrators, percent=percent, services=services)
    return card_of(rulebook, text, "infrastructure", track="enterprise").chosen


def _told(score: TrackScore) -> list[tuple[str, int, int]]:
    return [(way.metric, way.units, int(way.total)) for way in ways_to_qualify(score)]


def test_ten_points_short_each_metric_with_room_for_them_is_a_way(rulebook: Rulebook) -> None:
    # 20 + 12 + 8 + 12 + 8 = 60; Intermediate and usage growth have room for 8, deployments for 2 points only
    assert _told(_infrastructure(rulebook)) == [
        ("net_customer_adds", 1, 70),
        ("advanced_certifications", 3, 72),
    ]


def test_the_way_with_fewest_units_comes_first(rulebook: Rulebook) -> None:
    # 20 + 12 + 8 + 16 + 8 = 64: six points short
    assert _told(_infrastructure(rulebook, percent="16")) == [
        ("net_customer_adds", 1, 74),
        ("intermediate_certifications", 2, 72),
        ("advanced_certifications", 2, 72),
    ]


def test_lost_customers_must_first_come_back(rulebook: Rulebook) -> None:
    # 0 + 12 + 8 + 20 + 10 = 50 with two customers lost: two come back, two more give 20
    assert _told(_infrastructure(rulebook, adds=-2, percent="20", services=5)) == [("net_customer_adds", 4, 70)]


def test_a_closed_gate_is_no_way_since_more_people_give_nothing(rulebook: Rulebook) -> None:
    # 30 + 0 + 8 + 20 + 10 = 68, Intermediate closed and below the minimum: no single metric qualifies
    assert _told(_infrastructure(rulebook, adds=3, administrators=1, percent="20", services=5)) == []


def test_part_of_a_percent_is_rounded_up_to_a_whole_one(rulebook: Rulebook) -> None:
    # 30 + 12 + 8 + 11.5 + 8 = 69.5
    ways = ways_to_qualify(_infrastructure(rulebook, adds=3, percent="11.5"))
    assert [(way.metric, way.units, way.total) for way in ways if way.metric == "usage_growth"] == [
        ("usage_growth", 1, Fraction("70.5"))
    ]


@pytest.mark.parametrize(("percent", "number"), [("11.99", 4), ("12", 0), ("12.01", 0)])
def test_at_the_line_there_is_nothing_left_to_do(rulebook: Rulebook, percent: str, number: int) -> None:
    # 30 + 12 + 8 + 12 + 8 = 70
    assert len(ways_to_qualify(_infrastructure(rulebook, adds=3, percent=percent))) == number


def test_an_unknown_metric_leaves_no_way(rulebook: Rulebook) -> None:
    facts = parse_facts("areas: {infrastructure: {enterprise: {net_customer_adds: 2}}}", rulebook, name="company.yaml")
    assert ways_to_qualify(_scored(rulebook, facts, "infrastructure", TODAY, "enterprise")) == ()


def test_a_way_by_association_names_the_type_that_counts(rulebook: Rulebook) -> None:
    text = """
areas:
  modern_work:
    enterprise:
      net_customer_adds: 5
      intermediate_certifications: {people: 4}
      advanced_certifications: {people: 2}
      usage_growth: {cpor: 500, dpor: 100}
      deployments: {cpor: 1, dpor: 1}
"""
    # 20 + 10 + 15 + 15 + 5 = 65: one CPOR deployment or 167 CPOR users more
    facts = parse_facts(text, rulebook, name="company.yaml")
    ways = ways_to_qualify(_scored(rulebook, facts, "modern_work", TODAY, "enterprise"))
    assert [(way.metric, way.part, way.units) for way in ways] == [
        ("deployments", "cpor", 1),
        ("usage_growth", "cpor", 167),
    ]


def test_a_way_lifts_its_metric_to_the_minimum_too(rulebook: Rulebook) -> None:
    text = """
areas:
  modern_work:
    enterprise:
      net_customer_adds: {points: 19.3}
      intermediate_certifications: {people: 4}
      advanced_certifications: {people: 2}
      usage_growth: {cpor: 15}
      deployments: {cpor: 5}
"""
    # 19.3 + 10 + 15 + 0.45 + 25 = 69.75: nine users more make 70.02, but only 0.72 in usage growth; 19 make 1.02
    facts = parse_facts(text, rulebook, name="company.yaml")
    ways = ways_to_qualify(_scored(rulebook, facts, "modern_work", TODAY, "enterprise"))
    assert [(way.metric, way.units) for way in ways] == [("usage_growth", 19)]
