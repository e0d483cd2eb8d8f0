"""Every cause of a difference can be said in both languages, with its values, in the list and in the ticket."""

import re
from collections.abc import Iterator
from datetime import date
from fractions import Fraction

import pytest

from bot.wording.reconciliation_lines import ReconciliationLines, cause_form
from bot.wording.reconciliation_ticket import ticket_text
from bot.wording.words import Language, load_words
from scoring import Facts, Rulebook
from scoring.facts import Amount, Figure, HeldCertification
from scoring.metric_rules import MetricName, Track
from scoring.reconciliation import Reconciliation, reconcile
from tests.scoring.comparing import LACKING, TODAY, held, measured, shown

INFRA, SECURITY, WORK = "infrastructure", "security", "modern_work"
ADDS: MetricName = "net_customer_adds"
SKILL: MetricName = "intermediate_certifications"
GATES = (*held("A", "AZ-104"), *held("B", "AZ-104"))
TWO = (*held("C", "AZ-700"), *held("D", "AZ-700"))
Known = tuple[HeldCertification, ...]


def people(
    points: str, known: Known, *, on: str = "2026-11-21", list_of: str = "2026-11-24", area: str = INFRA
) -> Facts:
    figures = (shown(area, SKILL, points, on),)
    return Facts(figures=figures, certifications=known, people_as_of=date.fromisoformat(list_of))


def months(rulebook: Rulebook, points: str, day: str | None, **figures: int) -> Facts:
    numbers = {"august": "2026-08", "september": "2026-09", "october": "2026-10"}
    told = [measured(rulebook, INFRA, ADDS, numbers[name], (10 + n, 10)) for name, n in figures.items()]
    return Facts(figures=(*told, shown(INFRA, ADDS, points, day)))


def one(
    rulebook: Rulebook, metric: MetricName, points: str, figure: Figure, area: str = INFRA, **typed: object
) -> Facts:
    return Facts(figures=(figure, shown(area, metric, points, **typed)))  # type: ignore[arg-type]


def of_months(rulebook: Rulebook) -> Iterator[tuple[str, Facts, Track]]:
    """Lag, older reports, customers fewer and more."""
    yield INFRA, months(rulebook, "10", "2026-11-18", september=1, october=2), "enterprise"
    yield INFRA, months(rulebook, "10", "2026-11-18", september=0, october=2), "enterprise"
    yield INFRA, months(rulebook, "10", "2026-11-22", september=1, october=2), "enterprise"
    yield INFRA, months(rulebook, "10", None, september=1, october=2), "enterprise"
    yield INFRA, months(rulebook, "10", "2026-11-18", october=2), "enterprise"
    yield INFRA, months(rulebook, "20", "2026-11-21", august=1), "enterprise"
    yield INFRA, months(rulebook, "0", "2026-11-21", october=2), "enterprise"
    yield INFRA, months(rulebook, "30", "2026-11-21", october=2), "enterprise"
    yield INFRA, months(rulebook, "15", "2026-11-21", october=2), "enterprise"
    yield INFRA, months(rulebook, "15", "2026-11-21", october=1), "enterprise"
    late = measured(rulebook, WORK, ADDS, "2026-09", (11, 10))
    assert late.measured is not None
    lagging = late.measured.model_copy(update={"months": {"office_usage": date(2026, 9, 1)}})
    yield WORK, one(rulebook, ADDS, "8", late.model_copy(update={"measured": lagging}), WORK), "enterprise"


def of_rules(rulebook: Rulebook) -> Iterator[tuple[str, Facts, Track]]:
    """Readings, sides, amounts, limits, figures typed in."""
    smb = measured(rulebook, SECURITY, ADDS, "2026-10", {"azure": 4, "microsoft_365": 0}, track="smb")
    yield SECURITY, one(rulebook, ADDS, "8", smb, SECURITY, track="smb"), "smb"
    growth = measured(rulebook, INFRA, "usage_growth", "2026-10", (114_000, 100_000))
    yield INFRA, one(rulebook, "usage_growth", "12", growth), "enterprise"
    yield INFRA, one(rulebook, "usage_growth", "16", growth), "enterprise"
    both = measured(rulebook, WORK, "deployments", "2026-10", {"cpor": 3, "dpor": 4})
    yield WORK, one(rulebook, "deployments", "10", both, WORK), "enterprise"
    dpor = measured(rulebook, WORK, "deployments", "2026-10", {"dpor": 4})
    yield WORK, one(rulebook, "deployments", "15", dpor, WORK), "enterprise"
    services = measured(rulebook, INFRA, "deployments", "2026-10", 4, limits=("offer_type",))
    yield INFRA, one(rulebook, "deployments", "6", services), "enterprise"
    lacking = measured(rulebook, INFRA, ADDS, "2026-10", {}, lacking=LACKING)
    yield INFRA, one(rulebook, ADDS, "10", lacking, parts={"": Amount(count=Fraction(2))}), "enterprise"
    typed = shown(INFRA, ADDS, None, parts={"": Amount(count=Fraction(1))})
    yield INFRA, Facts(figures=(measured(rulebook, INFRA, ADDS, "2026-10", (12, 10)), typed)), "enterprise"


def of_people() -> Iterator[tuple[str, Facts, Track]]:
    """Links, lists, gates, new certificates, other tracks and editions."""
    yield INFRA, people("4", (*GATES, *TWO)), "enterprise"
    yield INFRA, people("0", (*GATES, *TWO)), "enterprise"
    yield INFRA, people("6", (*GATES, *TWO)), "enterprise"
    yield INFRA, people("20", (*GATES, *TWO), list_of="2026-10-01"), "enterprise"
    yield INFRA, people("9", (*GATES, *TWO)), "enterprise"
    yield INFRA, people("4", (*GATES, *held("C", "AZ-700"), *held("E", "AZ-700", earned="2026-11-15"))), "enterprise"
    lapsed = held("C", "AZ-700")[0].model_copy(update={"expires": date(2026, 11, 22)})
    yield INFRA, people("8", (*GATES, lapsed, *held("D", "AZ-700"))), "enterprise"
    steps = ("SC-500", "SC-200", "SC-300")
    four = (*held("A", *steps), *held("B", *steps), *held("C", "SC-401"), *held("D", "SC-401"))
    yield SECURITY, people("27", four, area=SECURITY), "enterprise"
    yield SECURITY, people("40", four, area=SECURITY), "enterprise"
    gates = ("AZ-104", "AZ-305")
    ai = (*held("A", *gates), *held("B", *gates), *held("C", "DP-300"), *held("D", "AI-103"), *held("E", "AI-103"))
    yield "data_and_ai", people("4", ai, area="data_and_ai"), "enterprise"


@pytest.fixture(scope="module")
def differences(rulebook: Rulebook) -> list[Reconciliation]:
    cases = (*of_months(rulebook), *of_rules(rulebook), *of_people())
    return [reconcile(rulebook, facts, area, TODAY, track) for area, facts, track in cases]


def test_every_sentence_about_a_cause_is_said_of_some_difference(differences: list[Reconciliation]) -> None:
    said = {
        f"reconciliation.cause.{cause_form(metric, cause)}"
        for found in differences
        for metric in found.differing
        for cause in metric.causes
    }
    known = {key for key in load_words().sentences if key.startswith("reconciliation.cause.")}
    assert said == known


@pytest.mark.parametrize("language", ["en", "ja"])
def test_every_difference_can_be_said_and_asked_about(
    rulebook: Rulebook, differences: list[Reconciliation], language: Language
) -> None:
    for found in differences:
        (words,) = ReconciliationLines(rulebook, load_words(), language, found).differences()
        ticket = ticket_text(rulebook, load_words(), language, found)
        assert ticket is not None
        for text in (words.line, *words.causes, words.fitting, *ticket.splitlines()[:2]):
            assert text.strip() and "{" not in text and "  " not in text
        assert "()" not in ticket and not re.search("None(?! of)", "".join(words.causes) + ticket)
