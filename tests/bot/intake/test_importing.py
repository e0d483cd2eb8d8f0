"""Files are recognised by what is in them, and what an import would change is what the store then says."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path

import pytest

from bot.intake.errors import IntakeError
from bot.intake.import_changes import effects, facts_after, is_same, vanished
from bot.intake.importing import ReadFile, new_import, read_file
from bot.intake.source_files import SourceFile
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
        return read_file(SourceFile.of_bytes(text.encode(), name=name), rulebook, as_of=TODAY)

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


def test_all_files_of_a_call_are_one_import(read: Read) -> None:
    other = TRAININGS.replace("SC-300,b", "SC-100,c").replace("Ben", "Chika")
    files = [read(TRAININGS, "1.csv"), read(FIGURES, "2.csv"), read(other, "3.csv"), read(FACTS, "4.yaml")]
    new = new_import(files, as_of=TODAY, made_by="admin")
    assert ([file.name for file in new.files], new.kind) == (["1.csv", "2.csv", "3.csv", "4.yaml"], "several")
    assert len({held.person for held in new.certifications or ()}) == 4
    assert (len(new.figures), new.membership is not None, new.adds) == (3, True, False)


def test_what_has_no_day_gets_the_day_of_the_import(read: Read) -> None:
    new = new_import([read(FIGURES)], as_of=TODAY, made_by="admin")
    assert [figure.as_of for figure in new.figures] == [TODAY, date(2026, 10, 20)]


def test_the_facts_foretold_are_those_that_the_store_tells(read: Read, tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "seventy.db")
    foretold = Facts()
    calls = [[read(TRAININGS)], [read(FIGURES), read(FACTS)], [read(TRAININGS.replace("Ben", "Dai"))]]
    for adds, files in zip((False, True, False), calls, strict=True):
        new = new_import(files, as_of=TODAY, made_by="admin", adds=adds)
        foretold = facts_after(foretold, new)
        store.add_import("local", new, now=datetime(2026, 11, 20, tzinfo=UTC))
        told = store.facts("local")
        assert is_same(told, foretold)
        assert is_same(foretold, told)
    store.close()


def test_the_same_import_again_is_nothing_new_even_on_another_day(read: Read) -> None:
    files = [read(TRAININGS), read(FIGURES)]
    before = facts_after(Facts(), new_import(files, as_of=TODAY, made_by="admin"))
    later = date(2026, 11, 25)
    after = facts_after(before, new_import(files, as_of=later, made_by="somebody else"))
    assert is_same(before, after, assumed_day=later)
    assert not is_same(before, after)  # where the day was asked for, it is news


@pytest.mark.parametrize(("old", "new"), [("SC-300", "SC-100"), ("b@", "c@"), ("2027-02-10", "2027-02-11")])
def test_a_changed_certification_person_or_day_is_a_change(read: Read, old: str, new: str) -> None:
    first = new_import([read(TRAININGS)], as_of=TODAY, made_by="admin")
    second = new_import([read(TRAININGS.replace(old, new))], as_of=TODAY, made_by="admin")
    before = facts_after(Facts(), first)
    assert not is_same(before, facts_after(before, second))


def test_people_vanish_by_identity_and_not_when_their_name_is_still_there(read: Read) -> None:
    first = new_import([read(TRAININGS)], as_of=TODAY, made_by="admin")
    before = facts_after(Facts(), first)
    fewer = new_import([read("\n".join(TRAININGS.splitlines()[:3]))], as_of=TODAY, made_by="admin")
    assert vanished(before, facts_after(before, fewer)) == ("Ben Sample",)
    moved = new_import([read(TRAININGS.replace("b@", "ben@"))], as_of=TODAY, made_by="admin")
    assert vanished(before, facts_after(before, moved)) == ()


def test_an_effect_is_told_for_every_area(read: Read, rulebook: Rulebook) -> None:
    new = new_import([read(FIGURES)], as_of=TODAY, made_by="admin")
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


USAGE = "Month,CustomerTenantId,ServiceLevel2,PartnerAttributionType,ACR_USD\n2026-10,t1,Storage,PAL,5\n"


@pytest.mark.parametrize("cut", ["2026-10,t2,Sto", "2026-10,t2,Storage,PAL"])
def test_a_report_that_ends_in_the_middle_of_a_row_rejects_that_row(read: Read, cut: str) -> None:
    found = read(USAGE + cut)
    assert [(one.line, one.reason_kind) for one in found.rejected] == [(3, "cut_off")]
    assert (found.rows_read, found.taken, found.rejected_rows) == (2, 1, 1)


def test_a_row_without_the_cells_that_count_is_rejected(read: Read) -> None:
    found = read(USAGE + "2026-10,t2,Storage,PAL\n2026-10,t3,Storage,PAL,5\n")
    assert [(one.line, one.reason_kind) for one in found.rejected] == [(3, "too_few_cells")]


def test_a_row_without_cells_that_nothing_needs_is_taken(read: Read) -> None:
    text = USAGE.replace("ACR_USD\n", "ACR_USD,EOU\n").replace("PAL,5\n", "PAL,5,x\n")
    assert read(text + "2026-10,t2,Storage,PAL,5\n").taken == 2
    typed = "area,track,metric,part,value,as_of\nsecurity,enterprise,deployments,,4"
    assert read(typed).taken == 1  # typed by hand, the last cell and the last line end left out


def test_many_wrong_rows_are_counted_and_the_first_of_them_told(read: Read) -> None:
    rows = 50_010
    found = read(USAGE + "x,t1,Storage,PAL,5\n" * rows)
    assert (len(found.rejected), found.rejected_rows, found.taken) == (50_000, rows, 1)
    assert (found.rejected[0].line, found.rejected[-1].line) == (3, 50_002)


def test_a_column_that_holds_no_months_at_all_is_refused(read: Read) -> None:
    text = USAGE + "".join(f"x{number},t1,Storage,PAL,5\n" for number in range(100_500))
    with pytest.raises(IntakeError, match="'Month' has more than 100000 different values") as error:
        read(text, "azure.csv")
    assert error.value.kind == "too_many_misfits"
