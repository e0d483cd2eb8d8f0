"""What the warnings of lapses and gates say: days, people and points, worked out by hand."""

from datetime import date

import pytest

from scoring import Rulebook, Scorecard
from tests.scoring.asking import card_of, warned

# Lapses and gates. Net adds 30, usage growth 12, deployments 10; Intermediate and Advanced by people.

INFRASTRUCTURE = """
areas:
  infrastructure:
    enterprise:
      net_customer_adds: 3
      usage_growth: {{percent: 12, now: 50000}}
      deployments: 5
people:
  - {{name: ann, certifications: [{administrator}, AZ-305, AZ-700, AZ-140]}}
  - {{name: bob, certifications: [AZ-104, AZ-305, AZ-700]}}
  - {{name: cid, certifications: [{points_step}]}}
"""
ANN = "AZ-104"
CID = "AZ-700"


def _infrastructure(rulebook: Rulebook, *, administrator: str = ANN, points_step: str = CID) -> Scorecard:
    text = INFRASTRUCTURE.format(administrator=administrator, points_step=points_step)
    return card_of(rulebook, text, "infrastructure", track="enterprise")


def test_the_lapse_of_a_gate_holder_takes_every_point_of_the_metric(rulebook: Rulebook) -> None:
    card = _infrastructure(rulebook, administrator="{certification: AZ-104, expires: 2027-01-31}")
    # 30 + 12 (three people) + 4 (one) + 12 + 10 = 68
    assert card.chosen.total == 68
    assert warned(card, "certification_lapses") == [
        (
            "intermediate_certifications",
            {
                "on": date(2027, 1, 31),
                "certifications": ("AZ-104",),
                "people": 1,
                "points": 12,
                "points_after": 0,
                "total_after": 56,
                "qualified_after": False,
            },
        )
    ]


def test_the_lapse_of_a_counted_person_takes_that_persons_points(rulebook: Rulebook) -> None:
    card = _infrastructure(rulebook, points_step="{certification: AZ-700, expires: 2027-01-31}")
    ((metric, values),) = warned(card, "certification_lapses")
    assert metric == "intermediate_certifications"
    assert (values["points"], values["points_after"], values["total_after"]) == (12, 8, 64)


def test_another_certification_of_the_person_keeps_the_points(rulebook: Rulebook) -> None:
    lapsing = "{certification: AZ-700, expires: 2027-01-31}, {certification: AZ-800+AZ-801, earned: 2025-01-01}"
    assert warned(_infrastructure(rulebook, points_step=lapsing), "certification_lapses") == []


def test_certifications_that_end_on_one_day_are_one_warning(rulebook: Rulebook) -> None:
    card = _infrastructure(
        rulebook,
        administrator="{certification: AZ-104, expires: 2027-01-31}",
        points_step="{certification: AZ-700, expires: 2027-01-31}",
    )
    ((_, values),) = warned(card, "certification_lapses")
    assert (values["certifications"], values["people"]) == (("AZ-104", "AZ-700"), 2)
    assert (values["points_after"], values["total_after"]) == (0, 56)


@pytest.mark.parametrize(
    ("expires", "is_warned"),
    [("2026-11-20", True), ("2027-05-19", True), ("2027-05-20", False)],
)
def test_a_lapse_is_warned_of_up_to_180_days_ahead(rulebook: Rulebook, expires: str, is_warned: bool) -> None:
    card = _infrastructure(rulebook, points_step=f"{{certification: AZ-700, expires: {expires}}}")
    assert bool(warned(card, "certification_lapses")) is is_warned


def test_the_end_of_the_year_of_a_retired_certification_is_a_lapse(rulebook: Rulebook) -> None:
    text = "people: [{name: ann, certifications: [MS-900]}]"
    card = card_of(rulebook, text, "modern_work", on=date(2026, 12, 1), track="smb")
    ((metric, values),) = warned(card, "certification_lapses")
    assert metric == "intermediate_certifications"
    assert (values["on"], values["points"], values["points_after"]) == (date(2027, 3, 31), 5, 0)


def test_the_successor_of_a_gate_certification_keeps_the_gate_open(rulebook: Rulebook) -> None:
    text = """
people:
  - {name: ann, certifications: [{certification: AZ-500, earned: 2026-02-11}, SC-500, SC-200, SC-300]}
  - {name: bob, certifications: [SC-500, SC-200]}
"""
    card = card_of(rulebook, text, "security", on=date(2027, 8, 1), track="enterprise")
    assert warned(card, "certification_lapses") == []


def test_credit_beyond_a_persons_own_expiry_says_for_how_many_people(rulebook: Rulebook) -> None:
    card = _infrastructure(
        rulebook, points_step="{certification: AZ-800+AZ-801, earned: 2025-09-01, expires: 2026-10-31}"
    )
    assert warned(card, "credit_after_expiry") == [("intermediate_certifications", {"people": 1})]


def test_a_gate_held_by_exactly_enough_people_says_what_hangs_on_it(rulebook: Rulebook) -> None:
    assert warned(_infrastructure(rulebook), "gate_exact") == [
        ("intermediate_certifications", {"certifications": ("AZ-104",), "held": 2, "points": 12}),
        ("advanced_certifications", {"certifications": ("AZ-305",), "held": 2, "points": 4}),
    ]


def test_a_spare_holder_of_a_gate_ends_its_warning(rulebook: Rulebook) -> None:
    card = _infrastructure(rulebook, points_step="AZ-700, AZ-104")
    assert [metric for metric, _ in warned(card, "gate_exact")] == ["advanced_certifications"]


def test_certifications_of_two_metrics_that_end_on_one_day_are_lost_together(rulebook: Rulebook) -> None:
    text = """
areas: {infrastructure: {enterprise: {net_customer_adds: 3, usage_growth: {percent: 20, now: 50000}, deployments: 5}}}
people:
  - name: ann
    certifications:
      - AZ-104
      - AZ-305
      - {certification: AZ-700, expires: 2027-01-31}
      - {certification: AZ-140, expires: 2027-01-31}
  - {name: bob, certifications: [AZ-104, AZ-305, AZ-700, AZ-120]}
"""
    # 30 + 8 + 8 + 20 + 10 = 76; on 2027-02-01 both metrics have one person: 30 + 4 + 4 + 20 + 10 = 68
    card = card_of(rulebook, text, "infrastructure", track="enterprise")
    assert {values["total_after"] for _, values in warned(card, "certification_lapses")} == {68}
    assert {values["qualified_after"] for _, values in warned(card, "certification_lapses")} == {False}
