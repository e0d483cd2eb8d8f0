"""People in a facts file: their certifications in any spelling, their names and their day."""

from datetime import date

import pytest

from scoring import Rulebook
from tests.bot.intake.facts_files import facts_in


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("AZ-104", "AZ-104"),
        ("az104", "AZ-104"),
        ("ＡＺ－１０４", "AZ-104"),
        ("Exam AZ-104", "AZ-104"),
        ("Azure Administrator Associate", "AZ-104"),
        ('"Microsoft Certified: Azure Administrator Associate"', "AZ-104"),
        ("{certification: AZ-104}", "AZ-104"),
        ("AZ-800+AZ-801", "AZ-800+AZ-801"),
        ("Windows Server Hybrid Administrator Associate", "AZ-800+AZ-801"),
        ('"GitHub Certified: Agentic AI Developer"', "GH-600"),
        ("AZ-900", "AZ-900"),
    ],
)
def test_a_certification_is_a_code_or_a_name_in_any_spelling(rulebook: Rulebook, written: str, key: str) -> None:
    held = facts_in(rulebook, f"people: [{{name: ann, certifications: [{written}]}}]").certifications
    assert held is not None
    assert [one.certification for one in held] == [key]


def test_two_exams_of_one_certification_side_by_side_are_the_certification(rulebook: Rulebook) -> None:
    held = facts_in(rulebook, "people: [{name: ann, certifications: [AZ-800, AZ-801]}]").certifications
    assert held is not None
    assert {one.certification for one in held} == {"AZ-800+AZ-801"}


def test_entries_of_one_name_are_one_person_and_ids_make_them_two(rulebook: Rulebook) -> None:
    same = "people: [{name: ann, certifications: [SC-100]}, {name: ann, certifications: [SC-300]}]"
    two = "people: [{name: ann, id: a@x, certifications: [SC-100]}, {name: ann, id: b@x, certifications: [SC-300]}]"
    for text, expected in ((same, {"ann"}), (two, {"a@x", "b@x"})):
        held = facts_in(rulebook, text).certifications
        assert held is not None
        assert {one.person for one in held} == expected
        assert {one.name for one in held} == {"ann"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [("people: []", ()), ("people:", ()), ("company: x", None), ("people: [{name: ann}]", ())],
)
def test_an_empty_list_of_people_says_nobody_and_no_list_says_nothing(
    rulebook: Rulebook, text: str, expected: tuple[()] | None
) -> None:
    assert facts_in(rulebook, text).certifications == expected


def test_people_are_of_the_day_of_the_file_where_none_is_given_for_them(rulebook: Rulebook) -> None:
    assert facts_in(rulebook, "as_of: 2026-10-20\npeople: []").people_as_of == date(2026, 10, 20)
