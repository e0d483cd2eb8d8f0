"""Facts are read from a file, a part of a document, and a file that says nothing."""

from pathlib import Path

import pytest

from bot.intake.facts_file import facts_of, read_facts_file
from scoring import DataFileError, Rulebook
from scoring.errors import WrongFactError
from scoring.sources import parse_yaml
from tests.bot.intake.facts_files import facts_in


@pytest.mark.parametrize(
    "text", ["", "# nothing\n", "{}", "areas:\n", "areas: {security: }", "areas: {security: {metrics: }}"]
)
def test_an_empty_file_knows_nothing(rulebook: Rulebook, text: str) -> None:
    assert facts_in(rulebook, text).is_empty


def test_a_file_is_read_as_its_text_is(rulebook: Rulebook, tmp_path: Path) -> None:
    path = tmp_path / "company.yaml"
    path.write_text("areas: {セキュリティ: {metrics: {deployments: 5}}}", encoding="utf-8")
    (figure,) = read_facts_file(path, rulebook).figures
    assert (figure.area, str(figure.origin)) == ("security", f"{path}:1")


def test_a_missing_file_is_an_error_that_names_it(rulebook: Rulebook, tmp_path: Path) -> None:
    with pytest.raises(DataFileError, match=r"nobody.yaml: cannot be read"):
        read_facts_file(tmp_path / "nobody.yaml", rulebook)


def test_a_part_of_a_document_keeps_the_lines_of_the_document(rulebook: Rulebook) -> None:
    document = parse_yaml(
        "- name: first\n- facts:\n    areas: {security: {metrics: {\n      deployments: x}}}\n", name="cases.yaml"
    )
    with pytest.raises(WrongFactError, match=r"^cases.yaml:4: "):
        facts_of(document, rulebook, root=(1, "facts"))
