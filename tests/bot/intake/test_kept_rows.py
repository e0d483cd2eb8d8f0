from datetime import date

import pytest

from bot.intake.trainings import merge
from tests.bot.intake.reports import Read, ignored, rows


def test_the_latest_expiry_is_kept_and_the_other_rows_are_duplicates_of_it(read: Read) -> None:
    report = read(
        rows(
            "AZ-104,Certification,1,,,,,2024-12-01,2025-12-01",
            "AZ-104,Certification,1,,,,,2025-11-01,2026-12-01",
            "Azure Administrator Associate,Certification,1,,,,,2025-11-01,2026-12-01",
        )
    )
    assert [(one.expires, one.origin.line) for one in report.taken] == [(date(2026, 12, 1), 3)]
    assert report.duplicates == ((2, 3), (4, 3))


def test_a_row_without_expiry_is_the_latest_only_of_what_does_not_expire(read: Read) -> None:
    report = read(
        rows(
            "AZ-104,Certification,1,,,,,,",
            "AZ-104,Certification,1,,,,,,2026-12-01",
            "MS-900,Certification,1,,,,,,2026-12-01",
            "MS-900,Certification,1,,,,,,",
        )
    )
    assert [(one.certification, one.expires) for one in report.taken] == [
        ("AZ-104", date(2026, 12, 1)),
        ("MS-900", None),
    ]


def test_a_renewed_certification_is_earned_on_its_first_day(read: Read) -> None:
    report = read(
        rows(
            "AZ-104,Certification,1,,,,,2025-11-01,2026-12-01",
            "AZ-104,Certification,1,,,,,2024-11-20,2025-12-01",
            "AZ-104,Certification,1,,,,,2023-12-01,2024-11-19",
        )
    )
    assert [one.earned for one in report.taken] == [date(2023, 12, 1)]


def test_a_certification_earned_again_after_a_gap_begins_anew(read: Read) -> None:
    report = read(
        rows("AZ-104,Certification,1,,,,,2026-01-01,2027-01-01", "AZ-104,Certification,1,,,,,2024-01-01,2025-12-30")
    )
    assert [one.earned for one in report.taken] == [date(2026, 1, 1)]


@pytest.mark.parametrize(
    ("status", "expires", "expected"),
    [
        ("Active", "2027-01-01", "taken"),
        ("", "2027-01-01", "taken"),
        ("Inactive", "2027-01-01", "taken"),
        ("Expired", "2026-01-01", "taken"),
        ("Inactive", "", "ignored"),
        ("Revoked", "2027-01-01", "ignored"),
    ],
)
def test_a_status_ignores_only_what_is_withdrawn_or_over_without_a_date(
    read: Read, status: str, expires: str, expected: str
) -> None:
    report = read(f"TrainingTitle,MCPID,ActivationStatus,ExpirationDate\nAZ-104,1,{status},{expires}\n")
    assert len(report.taken) == (expected == "taken")
    assert ignored(report) == ({} if expected == "taken" else {"inactive": 1})
    assert [note.kind for note in report.notes] == (
        ["inactive_with_expiry"] if expected == "taken" and status in ("Inactive", "Expired") else []
    )


def test_an_unknown_status_is_taken_and_said(read: Read) -> None:
    report = read("TrainingTitle,MCPID,ActivationStatus,ExpirationDate\nAZ-104,1,Purple,2027-01-01\n")
    assert len(report.taken) == 1
    assert [(note.kind, note.values["statuses"]) for note in report.notes] == [("unclear_status", ("Purple",))]


def test_merging_keeps_the_latest_expiry_of_all_files(read: Read) -> None:
    old = read(rows("AZ-104,Certification,1,,,,,2025-01-01,2026-01-01"), name="old.csv")
    new = read(rows("AZ-104,Certification,1,,,,,2025-12-01,2027-01-01"), name="new.csv")
    for reports in ([old, new], [new, old]):
        (one,) = merge(reports)
        assert (one.expires, one.earned, str(one.origin)) == (date(2027, 1, 1), date(2025, 1, 1), "new.csv:2")


def test_merging_joins_people_across_files_by_their_address(read: Read) -> None:
    first = read(rows("AZ-104,Certification,,a@example.com,,,,,2026-01-01"))
    second = read(rows("AZ-104,Certification,7,a@example.com,,,,,2027-01-01"))
    assert [(one.person, one.expires) for one in merge([first, second])] == [("7", date(2027, 1, 1))]


def test_merging_one_report_gives_what_it_took_and_merging_none_gives_nothing(read: Read) -> None:
    report = read(rows("AZ-104,Certification,1,,,,,,2027-01-01", "MS-900,Certification,,a@example.com,,,,,"))
    assert merge([report]) == report.taken
    assert merge([]) == ()


def test_a_large_report_is_read_without_quadratic_work(read: Read) -> None:
    lines = (f"AZ-104,Certification,,p{n}@example.com,s@example.net,,,1/2/2026,1/2/2027" for n in range(1, 20_001))
    assert len(read(rows(*lines)).taken) == 20_000
