"""How data files are read: no key twice, exact decimals, words that stay words, and the line of everything."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring import DataFileError
from scoring.sources import parse_yaml
from tests.scoring.asking import data_of

# Values


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("6.67", Decimal("6.67")),
        ("0.1", Decimal("0.1")),
        ("-2.50", Decimal("-2.50")),
        ("12", 12),
        ("-3", -3),
        ("+4", 4),
        ("1_000_000", 1_000_000),
        ("1_000.5", Decimal("1000.5")),
        ("0", 0),
        ("007", 7),
        ("true", True),
        ("False", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("2026-11-20", date(2026, 11, 20)),
        ("2024-02-29", date(2024, 2, 29)),
        ('"2026-11-20"', "2026-11-20"),
        ('"12"', "12"),
        ("'true'", "true"),
        ("セキュリティ", "セキュリティ"),
    ],
)
def test_a_value_is_read_as_what_it_is(written: str, read: object) -> None:
    value = data_of(f"key: {written}\n")
    assert value == {"key": read}
    assert isinstance(value, dict) and type(value["key"]) is type(read)


@pytest.mark.parametrize(
    "written",
    [
        "on", "off", "yes", "no", "Yes", "NO", "y",  # words, not truth values
        "1e3", "6.67e0", ".5", "5.", ".inf", ".nan", "0x10", "0o17", "1:30", "12%", "80/3",  # not plain numbers
        "2026-02-30", "2026-13-01", "2026-1-5", "2026-11-20T10:00:00", "2026-11-20 10:00:00",  # not plain days
    ],
)  # fmt: skip
def test_what_is_no_plain_number_day_or_truth_value_stays_text(written: str) -> None:
    assert data_of(f"key: {written}\n") == {"key": written}


def test_words_that_yaml_takes_for_truth_values_can_be_keys() -> None:
    assert data_of("on: 2026-11-20\nno: 1\noff: 2\n") == {"on": date(2026, 11, 20), "no": 1, "off": 2}


def test_days_and_numbers_can_be_keys() -> None:
    assert data_of("2026-11-20: new\n7: seven\n") == {date(2026, 11, 20): "new", 7: "seven"}


def test_a_day_that_does_not_exist_stays_a_text_key() -> None:
    assert data_of("2026-02-30: never\n") == {"2026-02-30": "never"}


@given(number=st.decimals(min_value=-(10**9), max_value=10**9, places=4))
def test_a_decimal_is_read_exactly_as_it_is_written(number: Decimal) -> None:
    assert data_of(f"key: {number:f}\n") == {"key": number}


def test_an_empty_text_or_one_of_comments_holds_nothing() -> None:
    assert data_of("") is None
    assert data_of("# only a comment\n") is None


def test_lists_cannot_change() -> None:
    assert data_of("[1, [2, 3]]\n") == (1, (2, 3))


# Merge keys


def test_a_merged_mapping_gives_what_the_own_one_does_not_say() -> None:
    text = "base: &base {a: 1, b: 2}\nown:\n  <<: *base\n  b: 3\n"
    assert data_of(text) == {"base": {"a": 1, "b": 2}, "own": {"a": 1, "b": 3}}


def test_the_own_value_wins_wherever_the_merge_stands() -> None:
    text = "base: &base {a: 1}\nfirst: {<<: *base, a: 2}\nlast: {a: 2, <<: *base}\n"
    assert data_of(text) == {"base": {"a": 1}, "first": {"a": 2}, "last": {"a": 2}}


def test_a_merge_of_a_merge_gives_all_of_them() -> None:
    text = "a: &a {x: 1}\nb: &b {<<: *a, y: 2}\nc: {<<: *b, z: 3}\n"
    assert data_of(text) == {"a": {"x": 1}, "b": {"x": 1, "y": 2}, "c": {"x": 1, "y": 2, "z": 3}}


def test_a_merge_leaves_its_original_alone() -> None:
    data = data_of("base: &base {list: [1]}\nown: {<<: *base, list: [2]}\n")
    assert data == {"base": {"list": (1,)}, "own": {"list": (2,)}}


# Keys given twice


@pytest.mark.parametrize(
    ("text", "where", "first"),
    [
        ("a: 1\nb: 2\na: 3\n", "data.yaml:3: 'a'", "line 1"),
        ("deep:\n  a: 1\n  a: 1\n", "data.yaml:3: 'a'", "line 2"),
        ("- {a: 1, a: 2}\n", "data.yaml:1: 'a'", "line 1"),
        ("2026-01-01: x\n2026-01-01: y\n", "data.yaml:2: '2026-01-01'", "line 1"),
        ("on: 1\n'on': 2\n", "data.yaml:2: 'on'", "line 1"),
        ("base: &b {a: 1}\nown:\n  <<: *b\n  c: 1\n  c: 2\n", "data.yaml:5: 'c'", "line 4"),
    ],
)
def test_a_key_given_twice_is_an_error_with_both_lines(text: str, where: str, first: str) -> None:
    with pytest.raises(DataFileError) as error:
        data_of(text)
    assert str(error.value).startswith(f"{where} is given twice (first on {first})")
    assert str(error.value).endswith("; keep one.")


def test_one_key_in_two_mappings_is_no_mistake() -> None:
    assert data_of("a: {x: 1}\nb: {x: 2}\n") == {"a": {"x": 1}, "b": {"x": 2}}


@pytest.mark.parametrize("text", ["? [a, b]\n: c\n", "? {a: b}\n: c\n", "null: a\n", "1.5: a\n"])
def test_a_key_that_is_no_word_number_or_day_is_an_error(text: str) -> None:
    with pytest.raises(DataFileError, match=r"data.yaml:1: a key must be a word, a number or a date"):
        data_of(text)


# Lines

TEXT = """\
# a comment
area: security

metrics:
  adds:
    2026-11-20: {threshold: 5}
  list:
    - one
    - name: two
      more: |
        several
        lines
last: 1
"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ((), 2),
        (("area",), 2),
        (("metrics",), 4),
        (("metrics", "adds", "2026-11-20"), 6),
        (("metrics", "adds", "2026-11-20", "threshold"), 6),
        (("metrics", "list"), 7),
        (("metrics", "list", 0), 8),
        (("metrics", "list", 1, "name"), 9),
        (("metrics", "list", 1, "more"), 10),
        (("last",), 13),
        # what is not there has the line of the nearest that is
        (("metrics", "adds", "2020-01-01"), 5),
        (("metrics", "adds", "2026-11-20", "unit", "deep"), 6),
        (("nothing", "here"), 2),
    ],
    ids=str,
)
def test_every_value_has_the_line_of_its_key(path: tuple[str | int, ...], line: int) -> None:
    document = parse_yaml(TEXT, name="data.yaml")
    assert document.line(path) == line
    assert document.where(path) == f"data.yaml:{line}"


def test_windows_line_ends_do_not_move_the_lines() -> None:
    document = parse_yaml(TEXT.replace("\n", "\r\n"), name="data.yaml")
    assert document.line(("last",)) == 13
