from datetime import date

import pytest

from bot.intake.errors import MissingColumnError
from bot.intake.tables import read_table
from bot.intake.trainings import TrainingsReport, is_trainings, read_trainings
from scoring.facts import HeldCertification, Origin
from scoring.rulebook import Rulebook
from tests.bot.intake.reports import Read, held, ignored, rows

FULL = (
    "PGAMpnId,TrainingActivityId,TrainingTitle,TrainingType,IndividualFirstName,IndividualLastName,Email,CorpEmail,"
    "TrainingCompletionDate,ExpirationDate,ActivationStatus,Month,IcMCP,MCPID,MpnId,PartnerName,"
    "PartnerCityLocation,PartnerCountryLocation"
)


def problems(report: TrainingsReport) -> list[tuple[int, str]]:
    return [(one.line, one.reason_kind) for one in report.rejected]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp932"])
@pytest.mark.parametrize("delimiter", [",", "\t"])
def test_a_report_as_partner_center_writes_it_is_read(read: Read, encoding: str, delimiter: str) -> None:
    row = (
        "1000001,501,Microsoft Certified: Azure Administrator Associate,Certification,一郎,見本,ichiro@example.net,"
        "ichiro@example.com,2025-12-01T00:00:00,2026-12-01T00:00:00,Active,2026-10-01,1,7000001,1000002,"
        "Mihon Trading (sample),Tokyo,Japan"
    )
    report = read(f"{FULL}\r\n{row}\r\n".replace(",", delimiter), encoding=encoding)
    assert report.taken == (
        HeldCertification(
            person="7000001",
            name="見本 一郎",
            certification="AZ-104",
            earned=date(2025, 12, 1),
            expires=date(2026, 12, 1),
            origin=Origin(source="trainings.csv", line=2),
        ),
    )
    assert (report.rows_read, report.rejected, report.notes) == (1, (), ())


def test_columns_may_come_in_any_order_case_and_subset(read: Read) -> None:
    report = read("corp email;TRAINING TITLE\nhanako@example.com;GitHub Certified: GitHub Copilot\n")
    assert held(report) == [("hanako@example.com", "GH-300")]
    assert report.taken[0].earned is None


def test_a_report_of_japanese_headers_is_read(read: Read) -> None:
    report = read("氏名,資格名,取得日,有効期限\n見本 花子,SC-200,2026年2月10日,2027年2月10日\n")
    assert [(one.person, one.name, one.expires) for one in report.taken] == [
        ("見本 花子", "見本 花子", date(2027, 2, 10))
    ]


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("TrainingTitle,MCPID", True),
        ("Training Title,Email", True),
        ("area,metric,value", False),
        ("TrainingName,UserName,CompletionDate", False),
    ],
)
def test_the_report_is_known_by_its_headers(header: str, expected: bool) -> None:
    assert is_trainings(read_table(header.encode(), name="x.csv")) is expected


@pytest.mark.parametrize(("header", "missing"), [("TrainingTitle,IcMCP,Month", "person"), ("MCPID,Email", "title")])
def test_a_report_without_title_or_person_is_an_error(rulebook: Rulebook, header: str, missing: str) -> None:
    table = read_table(header.encode(), name="x.csv")
    with pytest.raises(MissingColumnError) as caught:
        read_trainings(table, rulebook.certifications)
    assert caught.value.values["missing"] == missing


# Titles and types


@pytest.mark.parametrize(
    ("title", "kind", "expected"),
    [
        ("Exam AZ-104: Microsoft Azure Administrator", "Exam", "exam"),
        ("AZ-104", "Exam", "exam"),
        ("", "exam", "exam"),
        ("Introduction to Azure", "Learning path", "other_training"),
        ("AZ-104", "Course", "other_training"),
        ("Microsoft Certified: Azure Fundamentals", "Certification", "counts_nowhere"),
        ("Exam AZ-104", "", "exam"),
        ("AZ-800", "", "exam"),
        ("Welcome to the company", "", "other_training"),
    ],
)
def test_what_earns_nothing_is_ignored_with_its_reason(read: Read, title: str, kind: str, expected: str) -> None:
    report = read(rows(f"{title},{kind},7000001,,,,,,2027-01-01"))
    assert (report.taken, report.rejected, ignored(report)) == ((), (), {expected: 1})


@pytest.mark.parametrize("kind", ["Certification", "Exam", "Assessment", "Training", ""])
def test_the_teams_assessment_counts_whatever_its_type(read: Read, kind: str) -> None:
    report = read(rows(f"Teams Meetings and Meeting Rooms Technical Assessment,{kind},7000001,,,,,2026-01-05,"))
    assert held(report) == [("7000001", "TEAMS-ASSESSMENT")]


def test_without_a_type_column_a_title_of_a_certification_is_taken(read: Read) -> None:
    text = "TrainingTitle,MCPID\nAZ-104,1\nMicrosoft Certified: Azure Administrator Associate (AZ-104),2\n"
    assert held(read(text)) == [("1", "AZ-104"), ("2", "AZ-104")]


def test_a_misspelled_code_is_rejected_with_what_may_be_meant(read: Read) -> None:
    for kind in ("Certification", ""):
        (rejected,) = read(rows(f"AZ-5OO,{kind},7000001,,,,,,2027-01-01")).rejected
        assert (rejected.reason_kind, rejected.suggestions) == ("unknown_certification", ("AZ-500",))
        assert (rejected.line, rejected.column, rejected.field) == (2, "TrainingTitle", "title")
        assert rejected.message.endswith('"AZ-5OO" is not in the list of certifications that count (AZ-500?)')


def test_one_exam_of_several_is_no_certification(read: Read) -> None:
    (rejected,) = read(rows("AZ-800,Certification,7000001,,,,,,2027-01-01")).rejected
    assert (rejected.reason_kind, rejected.suggestions) == ("half_certification", ("AZ-800+AZ-801",))


def test_unknown_titles_keep_every_line_and_are_grouped(read: Read) -> None:
    unknown = "Quantum Basket Weaving,Certification"
    report = read(
        rows(f"{unknown},1,,,,,,", f"{unknown},2,,,,,,", f"{unknown},3,,,,,,", "AZ-5OO,Certification,1,,,,,,")
    )
    assert [one.line for one in report.rejected] == [2, 3, 4, 5]
    assert [(one.title, one.rows, one.first_line) for one in report.unknown_titles] == [
        ("AZ-5OO", 1, 5),
        ("Quantum Basket Weaving", 3, 2),
    ]
    assert report.rejected[0].message.endswith("nothing to do unless you expected it to count")


def test_a_certification_without_a_title_is_rejected(read: Read) -> None:
    assert problems(read(rows(",Certification,7000001,,,,,,"))) == [(2, "no_title")]


# Days


@pytest.mark.parametrize(
    ("expires", "kind", "message"),
    [
        ("2027/2/30", "impossible_date", 'expiry "2027/2/30" is not a date'),
        ("46388", "spreadsheet_date", 'expiry "46388" is a spreadsheet\'s number for a day'),
        ("next year", "unreadable_date", 'expiry "next year" is not a date; write it as 2027-03-31'),
        ("2025-11-30", "expires_before_completion", 'expiry "2025-11-30" is before the completion date 2025-12-01'),
    ],
)
def test_a_row_with_a_wrong_expiry_is_rejected_and_says_why(read: Read, expires: str, kind: str, message: str) -> None:
    (rejected,) = read(rows(f"AZ-104,Certification,7000001,,,,,2025-12-01,{expires}")).rejected
    assert (rejected.line, rejected.column, rejected.value) == (2, "ExpirationDate", expires)
    assert rejected.reason_kind == kind
    assert rejected.message.startswith(message)


def test_a_certification_may_expire_on_the_day_it_was_earned(read: Read) -> None:
    assert read(rows("AZ-104,Certification,1,,,,,2025-12-01,2025-12-01")).rejected == ()


def test_a_wrong_completion_date_is_rejected(read: Read) -> None:
    report = read(rows("AZ-104,Certification,1,,,,,2026-02-30,", "AZ-104,Certification,2,,,,,9999-12-31,"))
    assert [(one.line, one.field) for one in report.rejected] == [(2, "completed"), (3, "completed")]


def test_one_unambiguous_row_decides_the_order_of_all_days(read: Read) -> None:
    report = read(
        rows("AZ-104,Certification,1,,,,,3/4/2026,3/4/2027", "AZ-104,Certification,2,,,,,13/4/2026,13/4/2027")
    )
    assert report.taken[0].expires == date(2027, 4, 3)
    assert [(note.kind, note.values["line"]) for note in report.notes] == [("day_order", 3)]


def test_the_us_order_is_assumed_and_said(read: Read) -> None:
    report = read(rows("AZ-104,Certification,1,,,,,3/4/2026,3/4/2027"))
    assert report.taken[0].expires == date(2027, 3, 4)
    assert [note.kind for note in report.notes] == ["day_order_assumed"]


def test_a_far_future_expiry_does_not_expire(read: Read) -> None:
    report = read(rows("AZ-104,Certification,1,,,,,2026-01-01,9999-12-31", "AZ-104,Certification,1,,,,,,2027-01-01"))
    assert [(one.expires, one.origin.line) for one in report.taken] == [(None, 2)]


def test_a_missing_expiry_of_what_expires_is_said(read: Read) -> None:
    report = read(rows("AZ-104,Certification,1,,,,,2026-01-01,", "MS-900,Certification,1,,,,,2026-01-01,"))
    assert [(note.kind, note.values["certifications"]) for note in report.notes] == [("no_expiry", 1)]


def test_a_row_with_too_many_cells_is_among_the_rejected_in_order(read: Read) -> None:
    report = read("TrainingTitle,MCPID\nAZ-5OO,1\nAZ-104,1,x\nAZ-104,1\n")
    assert problems(report) == [(2, "unknown_certification"), (3, "too_many_cells")]
    assert report.rows_read == 3
