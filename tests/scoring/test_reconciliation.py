"""What Partner Center shows beside ours: which metrics differ, and the causes that another computation can find."""

from datetime import date
from fractions import Fraction

import pytest

from scoring import Facts, Rulebook
from scoring.facts import Amount, Figure, HeldCertification
from scoring.metric_rules import MetricName
from scoring.reconciliation import reconcile
from tests.scoring.comparing import LACKING, TODAY, compared, held, kinds, measured, shown

INFRA = "infrastructure"
# Infrastructure, Enterprise: 10 points for each customer added, 3 give all 30.
ADDS: MetricName = "net_customer_adds"
SKILL: MetricName = "intermediate_certifications"


def adds(rulebook: Rulebook, points: str, day: str | None = "2026-11-21", **months: int) -> Facts:
    """Net customer adds measured by month (`october=2`), and the points that Partner Center shows."""
    numbers = {"august": "2026-08", "september": "2026-09", "october": "2026-10"}
    figures = [measured(rulebook, INFRA, ADDS, numbers[name], (10 + n, 10)) for name, n in months.items()]
    return Facts(figures=(*figures, shown(INFRA, ADDS, points, day)))


# Equal, different, known on one side only


def test_equal_points_say_nothing(rulebook: Rulebook) -> None:
    found = reconcile(rulebook, adds(rulebook, "20", september=1, october=2), INFRA, TODAY, "enterprise")
    assert (found.differing, found.compared) == ((), 1)
    assert all(one.causes == one.checked == () for one in found.metrics)


@pytest.mark.parametrize("points", ["13.33", "13.3", "13.2"])
def test_points_as_partner_center_rounds_or_prints_them_are_equal(rulebook: Rulebook, points: str) -> None:
    # 4 of 6 tenants are 13.333 points; the page prints 3.3 for one
    figure = measured(rulebook, "security", "deployments", "2026-10", {"azure": 4, "microsoft_365": 0})
    facts = Facts(figures=(figure, shown("security", "deployments", points)))
    assert compared(rulebook, facts, "security", "deployments").status == "equal"


def test_each_metric_says_on_which_side_it_is_known(rulebook: Rulebook) -> None:
    figures = (measured(rulebook, INFRA, ADDS, "2026-10", (12, 10)), shown(INFRA, "deployments", "8"))
    found = reconcile(rulebook, Facts(figures=figures), INFRA, TODAY, "enterprise")
    assert [(one.metric, one.status) for one in found.metrics] == [
        ("net_customer_adds", "only_ours"),
        ("intermediate_certifications", "not_known"),
        ("advanced_certifications", "not_known"),
        ("usage_growth", "not_known"),
        ("deployments", "only_shown"),
    ]


def test_a_figure_typed_in_without_points_is_scored_by_the_same_rule(rulebook: Rulebook) -> None:
    typed = shown(INFRA, ADDS, None, parts={"": Amount(count=Fraction(1))})
    facts = Facts(figures=(measured(rulebook, INFRA, ADDS, "2026-10", (12, 10)), typed))
    found = compared(rulebook, facts, INFRA, ADDS)
    assert found.shown is not None
    assert (found.shown.points, found.shown.value, found.shown.by_rule) == (Fraction(10), Fraction(1), True)
    assert (found.status, found.difference) == ("differs", Fraction(10))


def test_typed_figures_are_ours_where_no_report_tells_the_metric(rulebook: Rulebook) -> None:
    lacking = measured(rulebook, INFRA, ADDS, "2026-10", {}, lacking=LACKING)
    typed = shown(INFRA, ADDS, "10", parts={"": Amount(count=Fraction(2))})
    found = compared(rulebook, Facts(figures=(lacking, typed)), INFRA, ADDS)
    assert found.ours is not None and found.ours.points == 20
    assert kinds(found.causes) == [("association_missing", True), ("typed_wrong", True)]
    assert found.causes[1].values["figure"] == 1


def test_the_track_that_was_typed_in_is_compared(rulebook: Rulebook) -> None:
    mix = shown(INFRA, ADDS, "10", track="smb")
    figure = measured(rulebook, INFRA, ADDS, "2026-10", (12, 10), track="smb")
    found = reconcile(rulebook, Facts(figures=(figure, mix)), INFRA, TODAY)
    assert (found.track, [one.metric for one in found.differing]) == ("smb", [ADDS])


# Refresh lag


def test_the_month_that_partner_center_showed_on_the_day_typed_is_named_first(rulebook: Rulebook) -> None:
    # typed on 18 November, two days before October came: September is 1 customer, 10 points
    found = compared(rulebook, adds(rulebook, "10", "2026-11-18", september=1, october=2), INFRA, ADDS)
    assert kinds(found.causes) == [("refresh_lag", True), ("association_missing", True)]
    assert found.causes[0].values == {
        "month": date(2026, 9, 30),
        "ours": date(2026, 10, 31),
        "since": date(2026, 11, 20),
        "points": 10,
        "late": False,
    }


def test_two_causes_that_fit_are_both_told(rulebook: Rulebook) -> None:
    found = compared(rulebook, adds(rulebook, "10", "2026-11-18", september=1, october=2), INFRA, ADDS)
    assert found.fitting == 2


def test_a_refresh_that_is_late_is_found_by_the_month_before(rulebook: Rulebook) -> None:
    found = compared(rulebook, adds(rulebook, "10", "2026-11-22", september=1, october=2), INFRA, ADDS)
    assert found.causes[0].kind == "refresh_lag" and found.causes[0].explains
    assert (found.causes[0].values["month"], found.causes[0].values["late"]) == (date(2026, 9, 30), True)


def test_a_month_before_that_gives_other_points_is_only_checked(rulebook: Rulebook) -> None:
    found = compared(rulebook, adds(rulebook, "10", "2026-11-22", september=3, october=2), INFRA, ADDS)
    assert kinds(found.causes) == [("association_missing", True)]
    assert [(one.kind, one.values["points"]) for one in found.checked] == [("refresh_lag", 30)]


def test_an_older_month_that_is_not_here_is_told_before_anything_is_guessed(rulebook: Rulebook) -> None:
    found = compared(rulebook, adds(rulebook, "10", "2026-11-18", october=2), INFRA, ADDS)
    assert kinds(found.causes) == [("refresh_lag", False), ("association_missing", True)]
    assert found.causes[0].values["month"] is None


def test_without_a_day_the_month_before_is_still_tried(rulebook: Rulebook) -> None:
    found = compared(rulebook, adds(rulebook, "10", None, september=1, october=2), INFRA, ADDS)
    assert kinds(found.causes)[0] == ("refresh_lag", True)


# Infrastructure, Enterprise: two AZ-104 open the gate, each AZ-700 gives 4 points.
GATES = (*held("A", "AZ-104"), *held("B", "AZ-104"))


def skilling(
    points: str, *people: tuple[HeldCertification, ...], day: str = "2026-11-21", list_of: str = "2026-11-24"
) -> Facts:
    certifications = tuple(one for some in people for one in some)
    figure = shown(INFRA, SKILL, points, day)
    return Facts(figures=(figure,), certifications=certifications, people_as_of=date.fromisoformat(list_of))


def test_a_certificate_earned_within_ten_days_may_not_be_shown_yet(rulebook: Rulebook) -> None:
    new = held("E", "AZ-700", earned="2026-11-15")
    facts = skilling("8", GATES, held("C", "AZ-700"), held("D", "AZ-700"), new)
    found = compared(rulebook, facts, INFRA, SKILL)
    assert kinds(found.causes) == [("refresh_lag", True), ("people_not_linked", True)]
    values = found.causes[0].values
    assert (values["people"], values["since"], values["points"]) == (1, date(2026, 11, 15), 8)


def test_a_certificate_earned_after_the_day_typed_cannot_be_shown(rulebook: Rulebook) -> None:
    facts = skilling("4", GATES, held("C", "AZ-700"), held("E", "AZ-700", earned="2026-11-23"))
    found = compared(rulebook, facts, INFRA, SKILL)
    assert kinds(found.causes)[0] == ("refresh_lag", True)


def test_a_certificate_earned_eleven_days_before_should_be_shown(rulebook: Rulebook) -> None:
    facts = skilling("4", GATES, held("C", "AZ-700"), held("E", "AZ-700", earned="2026-11-10"))
    found = compared(rulebook, facts, INFRA, SKILL)
    assert kinds(found.causes) == [("people_not_linked", True)]


# Rounding, tracks, readings, editions, parts

# Security, Enterprise: 6.67 points each (26.67 for four); SMB: 4 for each gate and 8 each (40 for four).
SECURITY = (*held("A", "SC-500", "SC-200", "SC-300"), *held("B", "SC-500", "SC-200", "SC-300"))
FOUR = (*SECURITY, *held("C", "SC-401"), *held("D", "SC-401"))


def security_skilling(rulebook: Rulebook, points: str) -> list[tuple[str, bool]]:
    facts = Facts(figures=(shown("security", SKILL, points),), certifications=FOUR, people_as_of=date(2026, 11, 24))
    return kinds(compared(rulebook, facts, "security", SKILL).causes)


@pytest.mark.parametrize("points", ["26", "27"])
def test_whole_points_are_rounding(rulebook: Rulebook, points: str) -> None:
    assert security_skilling(rulebook, points)[0] == ("rounding", True)


def test_the_points_of_the_other_track_are_named_first(rulebook: Rulebook) -> None:
    assert security_skilling(rulebook, "40")[0] == ("other_track", True)


def test_another_documented_threshold_is_named_first(rulebook: Rulebook) -> None:
    # SMB: 4 of 5 customers are 16 points; of 10, as the page's threshold paragraph says, 8
    figure = measured(rulebook, "security", ADDS, "2026-10", {"azure": 4, "microsoft_365": 0}, track="smb")
    facts = Facts(figures=(figure, shown("security", ADDS, "8", track="smb")))
    found = compared(rulebook, facts, "security", ADDS, "smb")
    assert found.causes[0].kind == "other_reading" and found.causes[0].explains
    assert found.causes[0].says is not None and "ten customers for everybody" in found.causes[0].says.en


def test_growth_of_twelve_months_is_another_reading(rulebook: Rulebook) -> None:
    # the month grew by 14 %, the twelve months by 9 %
    over_year = Amount(now=Fraction(1_090_000), year_ago=Fraction(1_000_000))
    figure = measured(rulebook, INFRA, "usage_growth", "2026-10", (114_000, 100_000), trailing_12_months=over_year)
    facts = Facts(figures=(figure, shown(INFRA, "usage_growth", "9")))
    assert kinds(compared(rulebook, facts, INFRA, "usage_growth").causes)[0] == ("other_reading", True)


def test_the_rules_of_another_edition_are_named_first(rulebook: Rulebook) -> None:
    # AI-103 counts since July 2026: 3 people are 12 points, by the edition before 1 person is 4
    both = ("AZ-104", "AZ-305")
    people = (*held("A", *both), *held("B", *both), *held("C", "DP-300"), *held("D", "AI-103"), *held("E", "AI-103"))
    facts = Facts(figures=(shown("data_and_ai", SKILL, "4"),), certifications=people, people_as_of=date(2026, 11, 24))
    cause = compared(rulebook, facts, "data_and_ai", SKILL).causes[0]
    assert (cause.kind, cause.explains, cause.values["edition"]) == ("other_edition", True, "C1")


def test_an_association_type_that_is_not_counted_is_named_first(rulebook: Rulebook) -> None:
    # Modern Work, Enterprise: 3 of 5 by CPOR are 15 points, 4 of 10 by DPOR are 10
    figure = measured(rulebook, "modern_work", "deployments", "2026-10", {"cpor": 3, "dpor": 4})
    facts = Facts(figures=(figure, shown("modern_work", "deployments", "10")))
    cause = compared(rulebook, facts, "modern_work", "deployments").causes[0]
    assert (cause.kind, cause.explains, cause.values["part"]) == ("association_missing", True, "cpor")


def test_points_of_a_later_day_are_left_alone(rulebook: Rulebook) -> None:
    later: Figure = shown(INFRA, ADDS, "10", "2026-11-26")
    facts = Facts(figures=(measured(rulebook, INFRA, ADDS, "2026-10", (12, 10)), later))
    assert compared(rulebook, facts, INFRA, ADDS).status == "only_ours"
