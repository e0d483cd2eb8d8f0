"""The programme as it is shipped: badges, old competencies, key dates and status words."""

from datetime import date

import pytest

from scoring import Rulebook
from scoring.programme import in_force
from tests.scoring.asking import AREAS

BADGES_SINCE_2026_08 = {
    "infrastructure": "Solutions Partner for Cloud & AI Platforms",
    "data_and_ai": "Solutions Partner for Cloud & AI Platforms",
    "digital_and_app_innovation": "Solutions Partner for Cloud & AI Platforms",
    "modern_work": "Solutions Partner for AI Business Solutions",
    "security": "Solutions Partner for Security",
    "business_applications": "Solutions Partner for AI Business Solutions",
}
LEGACY_COMPETENCIES = {
    "infrastructure": {"Cloud Platform", "Data Center"},
    "data_and_ai": {"App Integration", "Data Analytics", "Data Platform"},
    "digital_and_app_innovation": {"Application Development", "App Integration", "DevOps"},
    "modern_work": {
        "Cloud Productivity",
        "Collaboration and Content",
        "Communications",
        "Messaging",
        "Small and Midmarket Cloud Solutions",
        "Windows and Devices",
    },
    "security": {"Enterprise Mobility Management", "Security"},
    "business_applications": {
        "Cloud Business Applications",
        "Enterprise Resource Planning (ERP)",
        "Project Portfolio Management",
    },
}


@pytest.mark.parametrize("on", [date(2026, 8, 5), date(2026, 11, 20)], ids=str)
def test_since_august_2026_customers_see_three_badge_names(rulebook: Rulebook, on: date) -> None:
    badges = in_force(rulebook.programme.badges, on)
    assert badges is not None and badges.names == BADGES_SINCE_2026_08


def test_before_august_2026_every_area_has_a_badge_of_its_own(rulebook: Rulebook) -> None:
    badges = in_force(rulebook.programme.badges, date(2026, 8, 4))
    assert badges is not None
    for area, name in badges.names.items():
        assert name == f"Solutions Partner for {rulebook.area(area).full_name}"


def test_every_edition_of_the_badges_names_every_area(rulebook: Rulebook) -> None:
    assert all(set(badges.names) == set(AREAS) for badges in rulebook.programme.badges.values())


def test_old_competencies_belong_to_the_areas_of_the_fact_base(rulebook: Rulebook) -> None:
    found = {area: set(listed.items) for area, listed in rulebook.programme.legacy_competencies.items()}
    assert found == LEGACY_COMPETENCIES


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2022, 3, 16), "announced"),
        (date(2022, 9, 30), "Last day to renew a legacy competency"),
        (date(2022, 10, 3), "Designations can be attained"),
        (date(2023, 7, 18), "Microsoft AI Cloud Partner Program"),
        (date(2023, 9, 19), "six calendar months"),
        (date(2023, 12, 1), "two people per gate"),
        (date(2025, 1, 21), "Last day to buy or renew legacy benefits"),
        (date(2026, 7, 1), "ACR limit"),
        (date(2026, 8, 5), "Three customer-facing badge names"),
    ],
    ids=str,
)
def test_a_key_date_stands_on_its_day(rulebook: Rulebook, day: date, words: str) -> None:
    assert [key_date for key_date in rulebook.programme.key_dates if key_date.day == day and words in key_date.event.en]


def test_key_dates_are_in_order(rulebook: Rulebook) -> None:
    days = [key_date.day for key_date in rulebook.programme.key_dates]
    assert days == sorted(days)


def test_the_microsoft_cloud_badge_needs_all_six_areas(rulebook: Rulebook) -> None:
    assert rulebook.programme.microsoft_cloud_badge.items == AREAS
    assert tuple(rulebook.areas) == AREAS


def test_the_four_status_words_are_those_of_partner_center(rulebook: Rulebook) -> None:
    words = ("In progress", "Qualified", "Enrolled", "Enrolled (Renewal due)")
    assert rulebook.programme.status_words.items == words
