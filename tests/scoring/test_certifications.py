"""Names and codes of certifications: found in any spelling, suggested when near, never guessed."""

import pytest

from scoring import Rulebook
from scoring.certifications import normalised


@pytest.mark.parametrize(
    "words",
    [
        "AZ-104",
        "az-104",
        "AZ104",
        "AZ 104",
        "ＡＺ－１０４",
        "Exam AZ-104",
        "exam az-104",
        " AZ-104 ",
        "Azure Administrator",
        "Azure Administrator Associate",
        "AZURE ADMINISTRATOR ASSOCIATE",
        "Azure  Administrator   Associate",
        "Microsoft Certified: Azure Administrator Associate",
        "Microsoft Certified Azure Administrator Associate",
        "microsoft certified - azure administrator associate",
    ],
)
def test_a_certification_is_found_in_any_spelling(rulebook: Rulebook, words: str) -> None:
    assert rulebook.certifications.find(words) == "AZ-104"


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("Microsoft 365 Certified: Enterprise Administrator Expert", "MS-102"),
        ("Microsoft 365 Certified: Administrator Expert", "MS-102"),
        ("Microsoft 365 Certified: Teams Administrator Associate", "MS-700"),
        ("Microsoft 365 Certified: Modern Desktop Administrator Associate", "MD-102"),
        ("GitHub Certified: Agentic AI Developer", "GH-600"),
        ("Microsoft Certified: DevOps Engineer Expert", "AZ-400"),
        ("Microsoft Certified: Windows Server Hybrid Administrator Associate", "AZ-800+AZ-801"),
        ("AZ-800/801", "AZ-800+AZ-801"),
        ("AZ-800 and AZ-801", "AZ-800+AZ-801"),
        ("Teams technical assessment", "TEAMS-ASSESSMENT"),
        ("SQL AI Developer Associate", "DP-800"),
        ("SQL AI Developer", "DP-800"),
        ("F&O Apps Developer", "MB-500"),
    ],
)
def test_old_new_long_and_short_names_are_the_same_certification(rulebook: Rulebook, words: str, key: str) -> None:
    assert rulebook.certifications.find(words) == key


def test_every_key_and_name_of_the_file_finds_its_certification_with_and_without_its_prefix(rulebook: Rulebook) -> None:
    certifications = rulebook.certifications
    for key, one in certifications.certifications.items():
        for name in (key, one.name, *one.also_called):
            assert certifications.find(name) == key
            if "Certified" not in name:
                assert certifications.find(f"Microsoft Certified: {name}") == key


@pytest.mark.parametrize(
    "words", ["", " ", "AZ-999", "AZ-800", "Administrator", "Basket Weaving", "Microsoft Certified:", "資格"]
)
def test_what_is_no_certification_is_not_found(rulebook: Rulebook, words: str) -> None:
    assert rulebook.certifications.find(words) is None


@pytest.mark.parametrize(
    ("words", "whole"),
    [("AZ-800", "AZ-800+AZ-801"), ("az801", "AZ-800+AZ-801"), ("AZ-104", None), ("AZ-802", None)],
)
def test_one_exam_of_several_is_known_as_a_half(rulebook: Rulebook, words: str, whole: str | None) -> None:
    assert rulebook.certifications.half_of(words) == whole


@pytest.mark.parametrize(
    ("words", "suggested"),
    [
        ("AZ-5OO", ("AZ-500",)),
        ("AZ-IO4", ("AZ-104",)),
        ("az-l04", ("AZ-104",)),
        ("SC-2OO", ("SC-200",)),
        ("SC-9O9", ()),
    ],
)
def test_letters_that_look_like_digits_suggest_the_code_and_no_other(
    rulebook: Rulebook, words: str, suggested: tuple[str, ...]
) -> None:
    assert rulebook.certifications.find(words) is None
    assert rulebook.certifications.suggest(words) == suggested


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("Azure Adminstrator Associate", "AZ-104"),
        ("Security Operation Analyst", "SC-200"),
        ("Azure Network Enginer Associate", "AZ-700"),
        ("Cybersecurty Architect Expert", "SC-100"),
    ],
)
def test_a_misspelt_name_suggests_the_nearest_first_and_three_at_most(
    rulebook: Rulebook, words: str, first: str
) -> None:
    suggested = rulebook.certifications.suggest(words)
    assert suggested[0] == first
    assert len(suggested) <= 3
    assert len(set(suggested)) == len(suggested)


@pytest.mark.parametrize("words", ["", "Basket Weaving", "資格", "🙂", "x" * 500])
def test_what_is_near_nothing_has_no_suggestion(rulebook: Rulebook, words: str) -> None:
    assert rulebook.certifications.suggest(words) == ()


@pytest.mark.parametrize(
    ("words", "plain"),
    [
        ("Microsoft Certified: Azure  Administrator Associate", "azureadministratorassociate"),
        ("ＡＺ－１０４", "az104"),
        ("exam az 104", "az104"),
        ("AZ-800+AZ-801", "az800+az801"),
        ("data_and_ai", "dataandai"),
        ("", ""),
    ],
)
def test_a_name_is_compared_without_width_case_prefix_spaces_and_punctuation(words: str, plain: str) -> None:
    assert normalised(words) == plain
