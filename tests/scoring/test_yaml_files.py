"""Files that cannot be read, and texts that are not YAML: refused with file and line."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring import DataFileError
from scoring.sources import read_yaml
from tests.scoring.asking import data_of


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    path = tmp_path / "data.yaml"
    path.write_bytes("\ufeffname: セキュリティ\n".encode())
    assert read_yaml(path).data == {"name": "セキュリティ"}


def test_a_missing_file_says_which_and_to_check_the_path(tmp_path: Path) -> None:
    with pytest.raises(DataFileError, match=r"missing.yaml: cannot be read \(.+\); check the path"):
        read_yaml(tmp_path / "missing.yaml")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(DataFileError, match="cannot be read"):
        read_yaml(tmp_path)


def test_another_encoding_says_the_byte_and_to_save_as_utf_8(tmp_path: Path) -> None:
    path = tmp_path / "data.yaml"
    path.write_bytes("key: あ\n".encode("cp932"))
    with pytest.raises(DataFileError, match=r"data.yaml: is not UTF-8 text \(byte 5\); save it as UTF-8"):
        read_yaml(path)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: [1, 2\nb: 3\n", 2),
        ("a: 1\n\tb: 2\n", 2),
        ('a: "open\n', 2),
        ("a: 1\n---\nb: 2\n", 2),
        ("a: *nobody\n", 1),
        ("a: b: c\n", 1),
    ],
)
def test_what_is_not_yaml_is_an_error_with_its_line(text: str, line: int) -> None:
    with pytest.raises(
        DataFileError, match=rf"^data.yaml:{line}: is not YAML \(.+\); check the indentation and quotes"
    ):
        data_of(text)


@pytest.mark.parametrize("text", ["\x00", "a: \x07\n", "\x1b[0m"])
def test_control_characters_are_not_yaml(text: str) -> None:
    with pytest.raises(DataFileError, match="is not YAML"):
        data_of(text)


@given(text=st.text(max_size=40))
def test_any_text_is_read_or_refused_with_file_and_line(text: str) -> None:
    refused = ""
    try:
        data_of(text)
    except DataFileError as error:
        refused = str(error)
    assert not refused or refused.startswith("data.yaml:")
