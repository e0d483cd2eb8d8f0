"""What the warnings of verdicts and tracks in doubt say: the other totals, worked out by hand."""

from datetime import date
from fractions import Fraction

import pytest

from scoring import Rulebook
from tests.scoring.asking import card_of, warned

# Verdicts in doubt

SECURITY = """
areas:
  security:
    enterprise:
      net_customer_adds: 10
      intermediate_certifications: {people: 3, gates: {SC-500: 2, SC-200: 2}}
      usage_growth: {azure: 25000, protected_users: 0}
      deployments: 3
    smb:
      net_customer_adds: 5
      intermediate_certifications: {people: 3, gates: {SC-500: 1, SC-200: 1}}
      usage_growth: {azure: 7500, protected_users: 0}
      deployments: 3
"""


def test_a_line_case_gives_both_totals(rulebook: Rulebook) -> None:
    # exact: 20 + 20 + 20 + 10; printed: 20 + 3 x 6.67 + 20 + 3 x 3.3
    card = card_of(rulebook, SECURITY, "security", track="enterprise")
    assert warned(card, "line_case") == [(None, {"exact": Fraction(70), "printed": Fraction("69.91")})]


def test_a_conflict_of_sources_gives_the_total_and_verdict_of_the_other_reading(rulebook: Rulebook) -> None:
    # 20 + (4 + 4 + 24) + 10 + 10 = 72; with ten customers for everybody 62
    card = card_of(rulebook, SECURITY, "security", track="smb")
    assert card.chosen.total == 72
    assert warned(card, "source_conflict") == [("net_customer_adds", {"total": 62, "qualified": False})]


def test_a_conflict_of_sources_says_which_source(rulebook: Rulebook) -> None:
    card = card_of(rulebook, SECURITY, "security", track="smb")
    (warning,) = [warning for warning in card.warnings if warning.kind == "source_conflict"]
    assert warning.says is not None and "ten customers for everybody" in warning.says.en
    assert warning.reference is not None and warning.reference.place == "Net customer adds, threshold paragraph"


def test_less_than_a_point_in_one_metric_conflicts_with_the_page_that_asks_for_more_than_zero(
    rulebook: Rulebook,
) -> None:
    text = SECURITY.replace("deployments: 3", "deployments: 6").replace("azure: 25000", "azure: 625")
    text = text.replace("people: 3, gates: {SC-500: 2", "people: 6, gates: {SC-500: 2")
    # 20 + 40 + 0.5 + 20 = 80.5
    card = card_of(rulebook, text, "security", track="enterprise")
    assert card.chosen.qualified is False
    assert (None, {"total": Fraction("80.5"), "qualified": True}) in warned(card, "source_conflict")


@pytest.mark.parametrize(
    ("on", "is_warned"),
    [(date(2024, 7, 3), False), (date(2024, 7, 4), True), (date(2026, 5, 7), True), (date(2026, 5, 8), False)],
    ids=str,
)
def test_between_the_two_pages_nobody_knows_whether_the_next_edition_had_started(
    rulebook: Rulebook, on: date, is_warned: bool
) -> None:
    card = card_of(rulebook, "people: []", "infrastructure", on=on)
    values = {"edition": "C1", "not_before": date(2024, 7, 3), "since": date(2026, 5, 8)}
    assert warned(card, "edition_uncertain") == ([(None, values)] if is_warned else [])


# Tracks


def test_a_track_that_qualifies_needs_no_word_about_the_other(rulebook: Rulebook) -> None:
    # Enterprise 70, SMB 72
    card = card_of(rulebook, SECURITY, "security")
    assert (card.track, card.chosen.qualified) == ("smb", True)
    assert warned(card, "other_track_qualifies") == []


def test_a_higher_total_below_the_minimum_of_a_metric_names_the_lower_total_that_qualifies(rulebook: Rulebook) -> None:
    text = SECURITY.replace("people: 3, gates: {SC-500: 2", "people: 6, gates: {SC-500: 2")
    text = text.replace("azure: 25000", "azure: 0").replace("deployments: 3", "deployments: 6", 1)
    # Enterprise 20 + 40 + 0 + 20 = 80 does not qualify; SMB 72 does
    card = card_of(rulebook, text, "security")
    assert (card.track, card.chosen.total, card.chosen.qualified) == ("enterprise", Fraction(80), False)
    assert warned(card, "other_track_qualifies") == [(None, {"other": "smb", "total": 72})]


def test_a_track_that_cannot_be_computed_says_what_is_not_known(rulebook: Rulebook) -> None:
    text = SECURITY[: SECURITY.index("    smb:")] + "    smb: {net_customer_adds: 5}\n"
    assert warned(card_of(rulebook, text, "security"), "track_not_computed") == [
        (None, {"other": "smb", "not_known": ("intermediate_certifications", "usage_growth", "deployments")})
    ]


def test_a_track_that_nothing_decides_is_assumed_and_the_other_ones_result_is_told(rulebook: Rulebook) -> None:
    text = """
areas:
  infrastructure:
    enterprise:
      net_customer_adds: 3
      intermediate_certifications: {people: 5, gates: {AZ-104: 2}}
      advanced_certifications: {people: 5, gates: {AZ-305: 2}}
      usage_growth: {percent: 12, now: 50000}
      deployments: 5
"""
    card = card_of(rulebook, text, "infrastructure")
    assert card.track == "enterprise"
    assert warned(card, "track_assumed") == [(None, {"other": "smb", "total": None, "qualified": None})]


def test_the_customer_mix_ends_the_assumption(rulebook: Rulebook) -> None:
    text = "areas: {infrastructure: {track_choice: {smb_share_percent: 80}, metrics: {deployments: 5}}}"
    card = card_of(rulebook, text, "infrastructure")
    assert card.track == "smb"
    assert warned(card, "track_assumed") == []
