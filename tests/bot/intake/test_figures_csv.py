from collections.abc import Callable
from datetime import date
from fractions import Fraction

import pytest

from bot.intake.figures_csv import FiguresReport, is_figures, read_figures
from bot.intake.tables import read_table
from scoring.facts import Amount, Figure, Origin
from scoring.rulebook import Rulebook

HEADER = "area,track,metric,part,value,points,as_of\n"
Read = Callable[[str], FiguresReport]


@pytest.fixture
def read(rulebook: Rulebook) -> Read:
    def read_text(text: str) -> FiguresReport:
        return read_figures(read_table(text.encode(), name="figures.csv"), rulebook.find_area)

    return read_text


def problems(report: FiguresReport) -> list[tuple[int, str, str]]:
    return [(one.line, one.column, one.reason_kind) for one in report.rejected]


def test_a_plain_value_is_the_whole_figure(read: Read) -> None:
    report = read(HEADER + "security,enterprise,Net customer adds,,6,12,2026-10-20\n")
    assert report.figures == (
        Figure(
            area="security",
            metric="net_customer_adds",
            track="enterprise",
            parts={"": Amount(count=Fraction(6))},
            points=Fraction(12),
            as_of=date(2026, 10, 20),
            origin=Origin(source="figures.csv", line=2),
        ),
    )
    assert report.rejected == ()


def test_japanese_headers_and_names_are_read(read: Read) -> None:
    text = (
        "分野\tトラック\t指標\t内訳\t値\t点数\t時点\nセキュリティ\t\t新規顧客\t\t１，２３４\t１２．５\t2026年10月20日\n"
    )
    (figure,) = read(text).figures
    assert (figure.area, figure.track, figure.metric) == ("security", None, "net_customer_adds")
    assert (figure.parts[""].count, figure.points) == (Fraction(1234), Fraction(25, 2))


@pytest.mark.parametrize(
    ("words", "metric"),
    [
        ("Net customer adds", "net_customer_adds"),
        ("net_customer_adds", "net_customer_adds"),
        ("新規顧客", "net_customer_adds"),
        ("Usage Growth", "usage_growth"),
        ("使用量の伸び", "usage_growth"),
        ("Deployments", "deployments"),
        ("導入数", "deployments"),
    ],
)
def test_metrics_are_known_in_both_languages(read: Read, words: str, metric: str) -> None:
    assert [figure.metric for figure in read(HEADER + f"security,smb,{words},,1,,\n").figures] == [metric]


@pytest.mark.parametrize("words", ["Intermediate", "中級資格", "Advanced", "上級資格"])
def test_skilling_is_a_number_of_people(read: Read, words: str) -> None:
    (figure,) = read(HEADER + f"security,,{words},,4名,,\n").figures
    assert figure.people == 4
    assert not figure.parts


def test_parts_of_one_figure_come_together(read: Read) -> None:
    rows = (
        "modern work,enterprise,Deployments,CPOR,3,,\nMW,Enterprise,導入数,dpor,2,,\n"
        "sec,,Deployments,Microsoft 365,1,,\n"
    )
    first, second = read(HEADER + rows).figures
    assert first.parts == {"cpor": Amount(count=Fraction(3)), "dpor": Amount(count=Fraction(2))}
    assert second.parts == {"microsoft_365": Amount(count=Fraction(1))}


def test_points_of_the_figure_may_stand_in_a_row_of_their_own(read: Read) -> None:
    rows = "security,,Deployments,azure,3,,\nsecurity,,Deployments,microsoft_365,1,,\nsecurity,,Deployments,,,13.33,\n"
    report = read(HEADER + rows)
    assert report.rejected == ()
    assert [(set(one.parts), one.points) for one in report.figures] == [
        ({"azure", "microsoft_365"}, Fraction(1333, 100))
    ]


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ('"1,234,567.5"', Fraction(2469135, 2)),
        ("1 234", Fraction(1234)),
        ("１２", Fraction(12)),
        ("-3", Fraction(-3)),
        ("▲3", Fraction(-3)),
        ('"(1,000)"', Fraction(-1000)),
        ('"$1,000"', Fraction(1000)),
        ("5社", Fraction(5)),
    ],
)
def test_numbers_are_read_as_people_write_them(read: Read, words: str, number: Fraction) -> None:
    (figure,) = read(HEADER + f"security,,net adds,,{words},,\n").figures
    assert figure.parts[""].count == number


@pytest.mark.parametrize("words", ["14%", "14 ％"])
def test_a_percent_sign_makes_a_percentage_of_growth(read: Read, words: str) -> None:
    (figure,) = read(HEADER + f"infrastructure,,Usage growth,,{words},,\n").figures
    assert figure.parts == {"": Amount(percent=Fraction(14))}


@pytest.mark.parametrize(
    ("row", "column", "kind"),
    [
        ("securty,,Deployments,,1,,", "area", "unknown_area"),
        (",,Deployments,,1,,", "area", "no_area"),
        ("security,medium,Deployments,,1,,", "track", "unknown_track"),
        ("security,,Customers,,1,,", "metric", "unknown_metric"),
        ("security,,Deployments,,many,,", "value", "not_a_number"),
        ('security,,Deployments,,"1,5",,', "value", "not_a_number"),
        ("security,,Deployments,,--5,,", "value", "not_a_number"),
        ("security,,Deployments,," + "9" * 5000 + ",,", "value", "not_a_number"),
        ("security,,Deployments,,14%,,", "value", "percent_not_possible"),
        ("security,,Deployments,,,,", "value", "no_value"),
        ("security,,Deployments,azure,,5,", "value", "no_value"),
        ("security,,Intermediate,,2.5,,", "value", "not_people"),
        ("security,,Intermediate,,-1,,", "value", "not_people"),
        ("security,,Intermediate,azure,1,,", "part", "part_of_people"),
        ("security,,Deployments,,1,101,", "points", "not_points"),
        ("security,,Deployments,,1,-1,", "points", "not_points"),
        ("security,,Deployments,,1,,2027/2/30", "as_of", "impossible_date"),
        ("security,,Deployments,,1,,,x", "", "too_many_cells"),
    ],
)
def test_a_wrong_row_is_rejected_with_its_column_and_the_next_is_read(
    read: Read, row: str, column: str, kind: str
) -> None:
    report = read(HEADER + row + "\nsecurity,,Deployments,,7,,\n")
    assert problems(report) == [(2, column, kind)]
    assert [figure.origin.line for figure in report.figures] == [3]
    assert report.rows_read == 2


@pytest.mark.parametrize(
    ("first", "second", "kind"),
    [
        (",1,,", ",2,,", "given_twice"),
        ("azure,1,,", "Azure,2,,", "given_twice"),
        (",1,,", "azure,2,,", "whole_and_parts"),
        ("azure,1,,", ",2,,", "whole_and_parts"),
        ("azure,1,5,", "cpor,2,6,", "points_differ"),
        ("azure,1,,2026-10-01", "cpor,2,,2026-10-02", "days_differ"),
    ],
)
def test_a_row_that_contradicts_the_one_above_is_rejected(read: Read, first: str, second: str, kind: str) -> None:
    report = read(HEADER + f"security,,Deployments,{first}\nsecurity,,Deployments,{second}\n")
    assert [(one.line, one.reason_kind) for one in report.rejected] == [(3, kind)]
    assert len(report.figures) == 1


def test_an_unknown_area_comes_with_what_may_be_meant(read: Read) -> None:
    (rejected,) = read(HEADER + "securty,,Deployments,,1,,\n").rejected
    assert "security" in rejected.suggestions
    assert rejected.message.startswith('area "securty" is not a solution area (security')


def test_the_order_of_days_is_said(read: Read) -> None:
    report = read(HEADER + "security,,Deployments,,1,,20/10/2026\n")
    assert report.figures[0].as_of == date(2026, 10, 20)
    assert [note.kind for note in report.notes] == ["day_order"]


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("metric,area,value", True),
        ("分野,指標,点数", True),
        ("area,metric", False),
        ("TrainingTitle,MCPID", False),
    ],
)
def test_a_figures_file_is_known_by_its_headers(header: str, expected: bool) -> None:
    assert is_figures(read_table(header.encode(), name="x.csv")) is expected
