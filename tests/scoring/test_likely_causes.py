"""Causes of a difference that no computation can prove: what is likely, in which order, and that nothing is claimed."""

from datetime import date
from fractions import Fraction

import pytest

from scoring import Facts, Rulebook
from scoring.facts import HeldCertification
from scoring.metric_rules import MetricName
from scoring.reconciliation import MetricReconciliation
from tests.scoring.comparing import compared, held, kinds, measured, shown

INFRA = "infrastructure"
ADDS: MetricName = "net_customer_adds"
SKILL: MetricName = "intermediate_certifications"
# Infrastructure, Enterprise: two AZ-104 open the gate, each AZ-700 gives 4 points; 3 customers added give all 30.
GATES = (*held("A", "AZ-104"), *held("B", "AZ-104"))
THREE = (*held("C", "AZ-700"), *held("D", "AZ-700"), *held("E", "AZ-700"))


def skilling(
    rulebook: Rulebook, points: str, people: tuple[HeldCertification, ...], *, list_of: str = "2026-11-24"
) -> MetricReconciliation:
    facts = Facts(
        figures=(shown(INFRA, SKILL, points),), certifications=people, people_as_of=date.fromisoformat(list_of)
    )
    return compared(rulebook, facts, INFRA, SKILL)


def adds(rulebook: Rulebook, points: str, net: int, month: str = "2026-10") -> MetricReconciliation:
    figures = (measured(rulebook, INFRA, ADDS, month, (10 + net, 10)), shown(INFRA, ADDS, points))
    return compared(rulebook, Facts(figures=figures), INFRA, ADDS)


# People


def test_so_many_people_fewer_give_what_is_shown(rulebook: Rulebook) -> None:
    found = skilling(rulebook, "4", (*GATES, *THREE))
    assert kinds(found.causes) == [("people_not_linked", True)]
    assert found.causes[0].values == {"people": 2, "gate": None, "at_least": False}


def test_a_gate_holder_who_is_not_linked_is_named_first_where_nothing_is_shown(rulebook: Rulebook) -> None:
    found = skilling(rulebook, "0", (*GATES, *THREE))
    assert kinds(found.causes) == [("people_not_linked", True), ("people_not_linked", True)]
    assert (found.causes[0].values["gate"], found.causes[0].values["people"]) == (("AZ-104",), 1)


def test_of_three_gate_holders_two_must_be_missing(rulebook: Rulebook) -> None:
    found = skilling(rulebook, "0", (*GATES, *held("F", "AZ-104"), *THREE))
    assert found.causes[0].values["people"] == 2


def test_an_older_list_comes_before_people_who_may_be_missing(rulebook: Rulebook) -> None:
    found = skilling(rulebook, "20", (*GATES, *THREE), list_of="2026-10-01")
    assert kinds(found.causes) == [("list_older", False), ("rows_missing", True)]
    assert found.causes[0].values == {"as_of": date(2026, 10, 1), "shown_on": date(2026, 11, 21)}
    assert (found.causes[1].values["missing"], found.causes[1].values["at_least"]) == (2, True)


def test_an_older_list_comes_after_people_who_may_not_be_linked(rulebook: Rulebook) -> None:
    found = skilling(rulebook, "4", (*GATES, *THREE), list_of="2026-10-01")
    assert kinds(found.causes) == [("people_not_linked", True), ("list_older", False)]


def test_points_that_no_number_of_people_gives_are_a_slip_first(rulebook: Rulebook) -> None:
    found = skilling(rulebook, "6", (*GATES, *THREE))
    assert kinds(found.causes) == [("typed_wrong", False), ("people_not_linked", False)]
    assert (found.causes[0].values["below"], found.causes[0].values["above"]) == (4, 8)
    assert found.fitting == 0


# Customers and amounts


def test_so_many_customers_fewer_give_what_is_shown(rulebook: Rulebook) -> None:
    found = adds(rulebook, "10", 2)
    assert kinds(found.causes) == [("association_missing", True)]
    assert (found.causes[0].values["missing"], found.causes[0].values["at_least"]) == (1, False)


def test_customers_beyond_the_cap_are_missing_too(rulebook: Rulebook) -> None:
    # 5 added, 3 are enough for 30 points; 20 points are 2
    assert adds(rulebook, "20", 5).causes[0].values["missing"] == 3


def test_nothing_shown_may_be_any_number_below(rulebook: Rulebook) -> None:
    values = adds(rulebook, "0", 2).causes[0].values
    assert (values["missing"], values["at_least"]) == (2, True)


def test_rows_that_are_missing_here_are_counted(rulebook: Rulebook) -> None:
    found = adds(rulebook, "20", 1)
    assert kinds(found.causes) == [("rows_missing", True)]
    assert (found.causes[0].values["missing"], found.causes[0].values["unit"]) == (1, "customer")


def test_reports_that_are_older_than_what_is_shown_come_first(rulebook: Rulebook) -> None:
    # August is here; since 20 November Partner Center shows October
    found = adds(rulebook, "20", 1, "2026-08")
    assert kinds(found.causes) == [("report_older", False), ("rows_missing", True)]
    assert found.causes[0].values["since"] == date(2026, 11, 20)


def test_a_report_that_does_not_exist_yet_is_not_asked_for(rulebook: Rulebook) -> None:
    # Azure usage of September can be imported from 4 October on; licence usage of October only from 3 December
    early = adds(rulebook, "20", 1, "2026-09").causes[0]
    assert (early.kind, early.values["next_report"]) == ("report_older", None)
    figure = measured(rulebook, "modern_work", ADDS, "2026-09", (11, 10))
    assert figure.measured is not None
    months = {"office_usage": date(2026, 9, 1)}
    lagging = figure.model_copy(update={"measured": figure.measured.model_copy(update={"months": months})})
    facts = Facts(figures=(lagging, shown("modern_work", ADDS, "8")))
    late = compared(rulebook, facts, "modern_work", ADDS).causes[0]
    assert (late.kind, late.values["next_report"]) == ("report_older", date(2026, 12, 3))


@pytest.mark.parametrize(("points", "below", "above"), [("15", 10, 20), ("29.5", 20, 30)])
def test_points_between_two_customers_are_a_slip_first(rulebook: Rulebook, points: str, below: int, above: int) -> None:
    found = adds(rulebook, points, 1)
    assert kinds(found.causes) == [("typed_wrong", False), ("rows_missing", False)]
    assert (found.causes[0].values["below"], found.causes[0].values["above"]) == (below, above)


def test_an_amount_that_would_make_the_difference_is_told_but_proves_nothing(rulebook: Rulebook) -> None:
    # 14 % of growth are 14 points; 12 points are USD 2,000 less this month
    figure = measured(rulebook, INFRA, "usage_growth", "2026-10", (114_000, 100_000))
    facts = Facts(figures=(figure, shown(INFRA, "usage_growth", "12")))
    found = compared(rulebook, facts, INFRA, "usage_growth")
    assert kinds(found.causes) == [("association_missing", False)]
    assert (found.causes[0].values["missing"], found.causes[0].values["unit"]) == (Fraction(2000), "usd")


def test_a_side_without_a_report_is_told_first(rulebook: Rulebook) -> None:
    figure = measured(rulebook, "modern_work", "deployments", "2026-10", {"dpor": 4})
    facts = Facts(figures=(figure, shown("modern_work", "deployments", "15")))
    found = compared(rulebook, facts, "modern_work", "deployments")
    assert (found.causes[0].kind, found.causes[0].values["parts"]) == ("rows_missing", ("cpor",))


@pytest.mark.parametrize(
    ("points", "limits"),
    [("6", ("offer_type", "no_duplicate_column")), ("10", ("no_duplicate_column", "cpor_report_missing"))],
)
def test_what_reports_do_not_tell_is_named_on_the_side_where_it_can_be_wrong(
    rulebook: Rulebook, points: str, limits: tuple[str, ...]
) -> None:
    # 4 services are 8 points
    every = ("offer_type", "no_duplicate_column", "cpor_report_missing")
    figure = measured(rulebook, INFRA, "deployments", "2026-10", 4, limits=every)
    found = compared(rulebook, Facts(figures=(figure, shown(INFRA, "deployments", points))), INFRA, "deployments")
    assert found.causes[-1].kind == "report_limits" and not found.causes[-1].explains
    assert found.causes[-1].values["limits"] == limits
