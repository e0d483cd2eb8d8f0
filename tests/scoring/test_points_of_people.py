"""Points of certified people: exact at the threshold, and nothing but gate points at a closed gate."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring import Rulebook
from scoring.metric_rules import CertifiedPeopleRule
from scoring.points import points_of_people, proportional
from scoring.scorecard import GateState
from tests.scoring.asking import ABOUT


def _people_rule(*gate_points: int) -> CertifiedPeopleRule:
    gates = [
        {"certifications": f"gate_{number}", "people": 2, "points": value} for number, value in enumerate(gate_points)
    ]
    return CertifiedPeopleRule.model_validate(
        {
            "kind": "certified_people",
            "threshold": 4,
            "max_points": 40,
            "counted": "counted",
            "gates": tuple(gates),
            **ABOUT,
        }
    )


def _states(rule: CertifiedPeopleRule, held: list[int]) -> tuple[GateState, ...]:
    return tuple(
        GateState(certifications=("XX-000",), held=people, needed=gate.people, points=gate.points)
        for gate, people in zip(rule.gates, held, strict=True)
    )


@given(
    held=st.lists(st.integers(0, 4), min_size=2, max_size=2),
    people=st.integers(0, 12),
    gate_points=st.tuples(st.integers(0, 19), st.integers(0, 20)),
)
def test_a_closed_gate_leaves_the_points_of_the_met_gates_and_no_others(
    held: list[int], people: int, gate_points: tuple[int, int]
) -> None:
    rule = _people_rule(*gate_points)
    found = points_of_people(rule, Fraction(people), _states(rule, held))
    met = sum(points for points, holders in zip(gate_points, held, strict=True) if holders >= 2)
    if min(held) < 2:
        assert (found.points, found.printed, found.per_unit) == (Fraction(met), Fraction(met), Fraction(0))
    else:
        assert found.points == met + proportional(Fraction(people), Fraction(4), Fraction(40 - met))
    assert 0 <= found.points <= 40


@given(gate_points=st.tuples(st.integers(0, 19), st.integers(0, 20)), above=st.integers(0, 10))
def test_the_last_person_of_the_threshold_reaches_the_maximum_exactly(gate_points: tuple[int, int], above: int) -> None:
    rule = _people_rule(*gate_points)
    assert points_of_people(rule, Fraction(4 + above), _states(rule, [2, 2])).points == 40
    assert points_of_people(rule, Fraction(3), _states(rule, [2, 2])).points < 40


def test_without_gates_the_first_person_already_counts() -> None:
    assert points_of_people(_people_rule(), Fraction(1), ()).points == 10


@pytest.mark.parametrize(
    ("administrators", "architects", "people", "expected"),
    [
        (1, 1, 3, 20),
        (1, 0, 2, 4),
        (0, 1, 2, 4),
        (0, 0, 8, 0),
        (1, 1, 0, 8),
        (1, 1, 7, 36),
        (1, 1, 8, 40),
        (1, 1, 9, 40),
    ],
)
def test_data_and_ai_smb_gives_four_points_per_gate_and_four_per_person(
    rulebook: Rulebook, administrators: int, architects: int, people: int, expected: int
) -> None:
    newest = max(rulebook.area("data_and_ai").metrics["intermediate_certifications"].smb.items())[1]
    assert isinstance(newest, CertifiedPeopleRule)
    states = _states(newest, [administrators, architects])
    assert points_of_people(newest, Fraction(people), states).points == expected
