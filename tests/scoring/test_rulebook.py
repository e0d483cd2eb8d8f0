"""Which edition is in force on a day, and which area somebody means."""

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest

from scoring import Rulebook
from scoring.errors import NoEditionError, NoTrackError, UnknownSolutionAreaError
from scoring.metric_rules import ByCustomers
from scoring.rulebook import track_asked, with_changes
from tests.scoring.asking import AREAS, EDITIONS

DAY = timedelta(days=1)


# Editions


@pytest.mark.parametrize(("name", "since"), EDITIONS.items())
def test_an_edition_is_in_force_on_its_first_day(rulebook: Rulebook, name: str, since: date) -> None:
    assert rulebook.edition_name(since).id == name


@pytest.mark.parametrize(("before", "after"), list(pairwise(EDITIONS.items())))
def test_an_edition_is_in_force_until_the_day_before_the_next(
    rulebook: Rulebook, before: tuple[str, date], after: tuple[str, date]
) -> None:
    assert rulebook.edition_name(after[1] - DAY).id == before[0]


@pytest.mark.parametrize("on", [date(2026, 11, 20), date(2030, 1, 1), date.max], ids=str)
def test_the_newest_edition_has_no_end(rulebook: Rulebook, on: date) -> None:
    assert rulebook.edition_name(on).id == "C3-2026-08"


@pytest.mark.parametrize("on", [date(2022, 3, 15), date(2021, 1, 1), date.min], ids=str)
def test_before_the_announcement_there_is_no_edition_and_the_error_names_the_first_day(
    rulebook: Rulebook, on: date
) -> None:
    with pytest.raises(NoEditionError, match="before 2022-03-16; ask for that day or a later one") as error:
        rulebook.edition("security", on)
    assert error.value.values["first"] == date(2022, 3, 16)


@pytest.mark.parametrize("area", AREAS)
@pytest.mark.parametrize(("name", "since"), EDITIONS.items())
def test_the_edition_of_an_area_carries_the_name_of_the_day(
    rulebook: Rulebook, area: str, name: str, since: date
) -> None:
    edition = rulebook.edition(area, since)
    assert (edition.area, edition.name.id, edition.name.since) == (area, name, since)


@pytest.mark.parametrize(
    ("on", "people"),
    [(date(2023, 11, 30), 1), (date(2023, 12, 1), 2), (date(2023, 12, 2), 2)],
    ids=str,
)
def test_security_asks_for_two_people_per_gate_from_the_first_of_december_2023(
    rulebook: Rulebook, on: date, people: int
) -> None:
    rule = rulebook.edition("security", on).metrics["single"]["intermediate_certifications"]
    assert rule.kind == "certified_people"
    assert [gate.people for gate in rule.gates] == [people, people]


@pytest.mark.parametrize(
    ("area", "list_name", "certification", "last_before", "is_listed_before"),
    [
        ("security", "intermediate", "SC-200", date(2023, 11, 30), True),
        ("business_applications", "intermediate", "PL-100", date(2023, 11, 30), True),
        ("security", "gate_1", "SC-500", date(2026, 6, 30), False),
        ("data_and_ai", "intermediate", "DP-800", date(2026, 6, 30), False),
        ("data_and_ai", "intermediate", "DP-203", date(2026, 5, 7), True),
        ("digital_and_app_innovation", "advanced", "AZ-220", date(2026, 5, 7), True),
        ("digital_and_app_innovation", "intermediate", "GH-600", date(2026, 6, 30), False),
        ("modern_work", "intermediate", "MS-600", date(2026, 5, 7), True),
        ("infrastructure", "intermediate", "AZ-600", date(2026, 5, 7), True),
    ],
)
def test_a_certification_enters_or_leaves_its_list_with_the_edition(
    rulebook: Rulebook, area: str, list_name: str, certification: str, last_before: date, is_listed_before: bool
) -> None:
    before = rulebook.edition(area, last_before).lists[list_name].certifications
    after = rulebook.edition(area, last_before + DAY).lists[list_name].certifications
    assert (certification in before, certification in after) == (is_listed_before, not is_listed_before)


@pytest.mark.parametrize("area", AREAS[:3])
def test_the_azure_smb_test_loses_its_acr_limit_on_the_first_of_july_2026(rulebook: Rulebook, area: str) -> None:
    before, after = (rulebook.edition(area, day).track_rule for day in (date(2026, 6, 30), date(2026, 7, 1)))
    assert isinstance(before, ByCustomers) and isinstance(after, ByCustomers)
    assert (before.smb_share_more_than, before.trailing_acr_below) == (Fraction(80), Fraction(1_000_000))
    assert (after.smb_share_at_least, after.trailing_acr_below) == (Fraction(80), None)


def test_a_track_that_the_edition_has_can_be_asked_for(rulebook: Rulebook) -> None:
    assert track_asked(rulebook.edition("security", date(2026, 11, 20)), "smb") == "smb"


def test_where_there_is_only_one_path_it_is_the_one_for_enterprise(rulebook: Rulebook) -> None:
    assert track_asked(rulebook.edition("security", date(2024, 1, 1)), "enterprise") == "single"


def test_a_track_that_the_edition_does_not_have_is_an_error_that_names_those_it_has(rulebook: Rulebook) -> None:
    with pytest.raises(NoTrackError, match=r"no smb track in edition B2-2023-12.*it has: single") as error:
        track_asked(rulebook.edition("security", date(2024, 1, 1)), "smb")
    assert error.value.values["tracks"] == "single"


def test_another_reading_changes_a_copy_and_leaves_the_rule_alone(rulebook: Rulebook) -> None:
    rule = rulebook.edition("security", date(2026, 11, 20)).metrics["smb"]["net_customer_adds"]
    assert rule.kind == "change" and rule.threshold == 5
    other = with_changes(rule, rule.other_readings[0].changes)
    assert other.kind == "change" and other.threshold == 10
    assert rule.threshold == 5


# Areas by name


@pytest.mark.parametrize(
    ("words", "area"),
    [
        ("security", "security"),
        ("Security", "security"),
        ("SECURITY", "security"),
        ("  security ", "security"),
        ("SEC", "security"),
        ("ＳＥＣ", "security"),
        ("ｓｅｃｕｒｉｔｙ", "security"),
        ("セキュリティ", "security"),
        ("セキュリティー", "security"),
        ("ｾｷｭﾘﾃｨ", "security"),
        ("infra", "infrastructure"),
        ("INFRA", "infrastructure"),
        ("インフラ", "infrastructure"),
        ("ｲﾝﾌﾗ", "infrastructure"),
        ("インフラストラクチャ", "infrastructure"),
        ("Infrastructure", "infrastructure"),
        ("Infrastructure (Azure)", "infrastructure"),
        ("infrastructure azure", "infrastructure"),
        ("Azure Infrastructure", "infrastructure"),
        ("azure-infra", "infrastructure"),
        ("mw", "modern_work"),
        ("MW", "modern_work"),
        ("ＭＷ", "modern_work"),
        ("modern work", "modern_work"),
        ("modern-work", "modern_work"),
        ("modern_work", "modern_work"),
        ("ModernWork", "modern_work"),
        ("モダンワーク", "modern_work"),
        ("モダン ワーク", "modern_work"),
        ("モダン・ワーク", "modern_work"),
        ("ﾓﾀﾞﾝﾜｰｸ", "modern_work"),
        ("data", "data_and_ai"),
        ("dataai", "data_and_ai"),
        ("data ai", "data_and_ai"),
        ("data-ai", "data_and_ai"),
        ("Data & AI", "data_and_ai"),
        ("Data&AI", "data_and_ai"),
        ("Data ＆ AI", "data_and_ai"),
        ("data and ai", "data_and_ai"),
        ("data-and-ai", "data_and_ai"),
        ("data_and_ai", "data_and_ai"),
        ("Data & AI (Azure)", "data_and_ai"),
        ("データAI", "data_and_ai"),
        ("データ＆AI", "data_and_ai"),
        ("データ & AI", "data_and_ai"),
        ("データとAI", "data_and_ai"),
        ("ビズアプ", "business_applications"),
        ("ビズアプリ", "business_applications"),
        ("bizapps", "business_applications"),
        ("BizApps", "business_applications"),
        ("biz apps", "business_applications"),
        ("biz-apps", "business_applications"),
        ("business apps", "business_applications"),
        ("Business Applications", "business_applications"),
        ("business-applications", "business_applications"),
        ("ビジネスアプリ", "business_applications"),
        ("ビジネス アプリケーション", "business_applications"),
        ("ビジネス・アプリケーション", "business_applications"),
        ("Digital & App Innovation", "digital_and_app_innovation"),
        ("Digital & App Innovation (Azure)", "digital_and_app_innovation"),
        ("digital and app innovation", "digital_and_app_innovation"),
        ("digital-app-innovation", "digital_and_app_innovation"),
        ("digital app", "digital_and_app_innovation"),
        ("app innovation", "digital_and_app_innovation"),
        ("デジタル", "digital_and_app_innovation"),
        ("デジタル＆アプリ", "digital_and_app_innovation"),
        ("デジタル & アプリ イノベーション", "digital_and_app_innovation"),
    ],
)
def test_an_area_is_found_by_any_of_its_names_in_any_width_case_and_spelling(
    rulebook: Rulebook, words: str, area: str
) -> None:
    assert rulebook.find_area(words) == area


@pytest.mark.parametrize("area", AREAS)
def test_every_name_in_a_rule_file_finds_its_area(rulebook: Rulebook, area: str) -> None:
    rules = rulebook.area(area)
    for name in (rules.area, rules.name, rules.full_name, *rules.also_called):
        assert rulebook.find_area(name) == area
        assert rulebook.find_area(name.upper()) == area
        assert rulebook.find_area(f"  {name}  ") == area


@pytest.mark.parametrize(
    ("words", "area"),
    [
        ("securty", "security"),
        ("secuirty", "security"),
        ("securitty", "security"),
        ("セキュリテイ", "security"),
        ("infrastucture", "infrastructure"),
        ("infrastrcuture", "infrastructure"),
        ("modernwrok", "modern_work"),
        ("modren work", "modern_work"),
        ("bizaps", "business_applications"),
        ("busines applications", "business_applications"),
        ("data & al", "data_and_ai"),
        ("digital app inovation", "digital_and_app_innovation"),
    ],
)
def test_a_slip_of_the_keyboard_is_an_error_that_suggests_the_area_first(
    rulebook: Rulebook, words: str, area: str
) -> None:
    with pytest.raises(UnknownSolutionAreaError, match=f"did you mean {area}") as error:
        rulebook.find_area(words)
    assert error.value.values["given"] == words
    suggestions = error.value.values["suggestions"]
    assert isinstance(suggestions, tuple) and suggestions[0] == area and len(suggestions) <= 2


@pytest.mark.parametrize("words", ["xyzzy", "水曜日", "12345", "quarterly revenue", "", " ", "&", "🙂"])
def test_words_that_are_near_no_area_get_no_suggestion_but_the_list(rulebook: Rulebook, words: str) -> None:
    with pytest.raises(UnknownSolutionAreaError) as error:
        rulebook.find_area(words)
    assert error.value.values["suggestions"] == ()
    assert all(area in error.value.message for area in AREAS)


def test_azure_alone_is_no_area_since_three_areas_are_of_azure(rulebook: Rulebook) -> None:
    with pytest.raises(UnknownSolutionAreaError):
        rulebook.find_area("azure")


@pytest.mark.parametrize("words", ["Security", "sec", ""])
def test_an_id_is_exact_where_names_are_not(rulebook: Rulebook, words: str) -> None:
    with pytest.raises(UnknownSolutionAreaError):
        rulebook.edition(words, date(2026, 11, 20))
