"""Files are recognised by what is in them, and what an import would change is what the store then says."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path

import pytest

from bot.intake.errors import IntakeError
from bot.intake.import_changes import effects, facts_after, is_same, vanished
from bot.intake.importing import ReadFile, new_imports, read_file
from bot.store import SqliteStore
from scoring import DataFileError, Facts, Rulebook, ScoringError

TODAY = date(2026, 11, 20)
TRAININGS = """TrainingTitle,CorpEmail,IndividualLastName,IndividualFirstName,ExpirationDate
AZ-500,a@example.com,Sample,Aiko,2027-02-10
SC-200,a@example.com,Sample,Aiko,2027-02-10
SC-300,b@example.com,Sample,Ben,2027-02-10
"""
FIGURES = """area,track,metric,part,value,as_of
security,enterprise,deployments,,4,
azure,,usage growth,,14%,2026-10-20
"""
FACTS = """
areas: {security: {enterprise: {deployments: 4}}}
people: [{name: Sample Chika, certifications: [SC-300]}]
membership: {anniversary: 2027-03-15, enrolled: [security]}
"""

Read = Callable[..., ReadFile]


@pytest.fixture
def read(rulebook: Rulebook) -> Read:
    def read_text(text: str, name: str = "file.txt") -> ReadFile:
        return read_file(text.encode(), rulebook, name=name, as_of=TODAY)

    return read_text


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (TRAININGS, "trainings"),
        (TRAININGS.replace(",", "\t"), "trainings"),
        ("\ufeff" + TRAININGS, "trainings"),
        (FIGURES, "figures"),
        ("分野,項目,値\nセキュリティ,導入数,4\n", "figures"),
        (FACTS, "facts"),
        ("# a comment\n" + FACTS, "facts"),
        ('{"people": []}', "facts"),
    ],
)
def test_a_file_is_recognised_by_its_content(read: Read, text: str, kind: str) -> None:
    assert read(text, "anything.dat").kind == kind


def test_a_table_of_something_else_is_refused_with_its_columns(read: Read) -> None:
    with pytest.raises(IntakeError, match="its columns: Customer, Seats") as error:
        read("Customer,Seats\nA,5\n", "seats.csv")
    assert (error.value.kind, error.value.where) == ("unknown_file", "seats.csv")


def test_a_facts_file_with_a_wrong_key_says_which(read: Read) -> None:
    with pytest.raises(ScoringError, match=r"company\.yaml:1: 'arreas' is not a key"):
        read("arreas: {}\n", "company.yaml")


def test_a_facts_file_that_is_no_yaml_says_the_line(read: Read) -> None:
    with pytest.raises(DataFileError, match=r"company\.yaml:2"):
        read("areas:\n\tsecurity: 1\n", "company.yaml")


def test_a_figure_that_no_rule_can_use_is_rejected_with_its_line(read: Read) -> None:
    text = FIGURES + "security,enterprise,net customer adds,cpor,3,\n"
    result = read(text)
    assert [(one.line, one.reason_kind) for one in result.rejected] == [(4, "unneeded_fact")]
    assert (result.rows_read, result.taken, len(result.facts.figures)) == (3, 2, 2)


def test_a_facts_file_that_no_rule_can_use_is_refused(read: Read) -> None:
    with pytest.raises(ScoringError, match="no rule of Security needs 'track_choice'"):
        read("areas: {security: {track_choice: {smb_customers: 1}}}\n")


def test_all_files_of_a_kind_are_one_import(read: Read) -> None:
    other = TRAININGS.replace("SC-300,b", "SC-100,c").replace("Ben", "Chika")
    files = [read(TRAININGS, "1.csv"), read(FIGURES, "2.csv"), read(other, "3.csv"), read(FACTS, "4.yaml")]
    trainings, figures = new_imports(files, as_of=TODAY, made_by="admin")
    assert ([file.name for file in trainings.files], trainings.kind) == (["1.csv", "3.csv"], "trainings")
    assert ([file.name for file in figures.files], figures.kind) == (["2.csv", "4.yaml"], "figures")
    assert len({held.person for held in trainings.certifications or ()}) == 3
    assert (trainings.adds, figures.adds) == (False, True)  # the people of the facts file come on top


def test_what_has_no_day_gets_the_day_of_the_import(read: Read) -> None:
    (new,) = new_imports([read(FIGURES)], as_of=TODAY, made_by="admin")
    assert [figure.as_of for figure in new.figures] == [TODAY, date(2026, 10, 20)]


def test_the_facts_foretold_are_those_that_the_store_tells(read: Read, tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "seventy.db")
    foretold = Facts()
    calls = [[read(TRAININGS)], [read(FIGURES), read(FACTS)], [read(TRAININGS.replace("Ben", "Dai"))]]
    for adds, files in zip((False, True, False), calls, strict=True):
        for new in new_imports(files, as_of=TODAY, made_by="admin", adds=adds):
            foretold = facts_after(foretold, new)
            store.add_import("local", new, now=datetime(2026, 11, 20, tzinfo=UTC))
            told = store.facts("local")
            assert is_same(told, foretold)
            assert is_same(foretold, told)
    store.close()


def test_the_same_import_again_is_nothing_new_even_on_another_day(read: Read) -> None:
    files = [read(TRAININGS), read(FIGURES)]
    before = Facts()
    for new in new_imports(files, as_of=TODAY, made_by="admin"):
        before = facts_after(before, new)
    later = date(2026, 11, 25)
    after = before
    for new in new_imports(files, as_of=later, made_by="somebody else"):
        after = facts_after(after, new)
    assert is_same(before, after, assumed_day=later)
    assert not is_same(before, after)  # where the day was asked for, it is news


@pytest.mark.parametrize(("old", "new"), [("SC-300", "SC-100"), ("b@", "c@"), ("2027-02-10", "2027-02-11")])
def test_a_changed_certification_person_or_day_is_a_change(read: Read, old: str, new: str) -> None:
    (first,) = new_imports([read(TRAININGS)], as_of=TODAY, made_by="admin")
    (second,) = new_imports([read(TRAININGS.replace(old, new))], as_of=TODAY, made_by="admin")
    before = facts_after(Facts(), first)
    assert not is_same(before, facts_after(before, second))


def test_people_vanish_by_identity_and_not_when_their_name_is_still_there(read: Read) -> None:
    (first,) = new_imports([read(TRAININGS)], as_of=TODAY, made_by="admin")
    before = facts_after(Facts(), first)
    (fewer,) = new_imports([read("\n".join(TRAININGS.splitlines()[:3]))], as_of=TODAY, made_by="admin")
    assert vanished(before, facts_after(before, fewer)) == ("Ben Sample",)
    (moved,) = new_imports([read(TRAININGS.replace("b@", "ben@"))], as_of=TODAY, made_by="admin")
    assert vanished(before, facts_after(before, moved)) == ()


def test_an_effect_is_told_for_every_area(read: Read, rulebook: Rulebook) -> None:
    (new,) = new_imports([read(FIGURES)], as_of=TODAY, made_by="admin")
    found = {one.area: one for one in effects(rulebook, Facts(), facts_after(Facts(), new), TODAY)}
    assert {area for area, one in found.items() if one.is_change} == {
        "infrastructure",
        "data_and_ai",
        "digital_and_app_innovation",
        "security",
    }
    after = found["security"].after
    assert not isinstance(after, ScoringError)
    assert after.chosen.metric("deployments").points == Fraction(40, 3)
