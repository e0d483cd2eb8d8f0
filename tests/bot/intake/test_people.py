import pytest

from tests.bot.intake.reports import Read, held, rows


def test_the_mcpid_identifies_whatever_the_address_and_name(read: Read) -> None:
    report = read(
        rows(
            "AZ-104,Certification,7000001,old@example.com,,Hanako,Sample,,2027-01-01",
            "SC-200,Certification,7000001,new@example.com,,Hanako,Mihon,,2027-01-01",
        )
    )
    assert [(one.person, one.name) for one in report.taken] == [("7000001", "Hanako Sample")] * 2


def test_two_mcpids_of_one_name_stay_two_people_and_it_is_said(read: Read) -> None:
    report = read(
        rows(
            "AZ-104,Certification,1,,,一郎,見本,,2027-01-01",
            "AZ-104,Certification,2,,,一郎,見本,,2027-01-01",
        )
    )
    assert held(report) == [("1", "AZ-104"), ("2", "AZ-104")]
    assert [(note.kind, note.values["names"]) for note in report.notes] == [("same_name", ("見本 一郎",))]


@pytest.mark.parametrize(
    ("first", "second", "people"),
    [
        ("7,a@example.com,,", ",A@Example.com,,", ["7"]),
        (",a@example.com,,", "7,a@example.com,,", ["7"]),
        ("7,,a@example.net,", ",,a@example.net,", ["7"]),
        ("7,a@example.com,,", ",b@example.com,,", ["7", "b@example.com"]),
        (",a@example.com,p@example.net,", ",,p@example.net,", ["a@example.com"]),
        (",a@example.com,p@example.net,", ",b@example.com,p@example.net,", ["a@example.com", "b@example.com"]),
        (",,,Hanako", ",,,HANAKO", ["Hanako"]),
        ("7,,,Hanako", ",,,Hanako", ["7", "Hanako"]),
        ("0007,,,", "7,,,", ["7"]),
        ("'0007,,,", "7.0,,,", ["7"]),
        ("0,a@example.com,,", "N/A,a@example.com,,", ["a@example.com"]),
    ],
)
def test_rows_are_joined_by_mcpid_and_address_and_by_nothing_else(
    read: Read, first: str, second: str, people: list[str]
) -> None:
    report = read(rows(f"AZ-104,Certification,{first},,,2027-01-01", f"SC-200,Certification,{second},,,2027-01-01"))
    assert list(dict.fromkeys(one.person for one in report.taken)) == people


def test_an_address_of_two_mcpids_joins_nobody(read: Read) -> None:
    report = read(
        rows(
            "AZ-104,Certification,1,team@example.com,,,,,2027-01-01",
            "AZ-104,Certification,2,team@example.com,,,,,2027-01-01",
            "AZ-104,Certification,,team@example.com,,,,,2027-01-01",
        )
    )
    assert [one.person for one in report.taken] == ["1", "2", "team@example.com"]


def test_an_mcpid_that_a_spreadsheet_rounded_joins_nobody(read: Read) -> None:
    report = read(
        rows(
            "AZ-104,Certification,1.2E+07,a@example.com,,,,,2027-01-01",
            "AZ-104,Certification,1.2E+07,b@example.com,,,,,2027-01-01",
        )
    )
    assert [one.person for one in report.taken] == ["a@example.com", "b@example.com"]
    assert [note.kind for note in report.notes] == ["rounded_mcpid"]


@pytest.mark.parametrize(
    ("first", "last", "shown"),
    [
        ("Hanako", "Sample", "Hanako Sample"),
        ("一郎", "見本", "見本 一郎"),
        ("ハナコ", "ミホン", "ミホン ハナコ"),
        ("Hanako", "見本", "Hanako 見本"),
        ("Hanako", "", "Hanako"),
    ],
)
def test_the_family_name_comes_first_only_in_japanese_script(read: Read, first: str, last: str, shown: str) -> None:
    assert [one.name for one in read(rows(f"AZ-104,Certification,1,,,{first},{last},,2027-01-01")).taken] == [shown]


def test_a_person_without_a_name_is_shown_by_what_identifies(read: Read) -> None:
    report = read(rows("AZ-104,Certification,,a@example.com,,,,,2027-01-01"))
    assert [one.name for one in report.taken] == ["a@example.com"]


def test_a_row_of_nobody_is_rejected(read: Read) -> None:
    (rejected,) = read(rows("AZ-104,Certification,,,,,,,2027-01-01")).rejected
    assert (rejected.reason_kind, rejected.field) == ("no_person", "person")
    (rejected,) = read("資格名,氏名\nAZ-104,\n").rejected
    assert (rejected.column, rejected.message) == ("氏名", "name is empty")
