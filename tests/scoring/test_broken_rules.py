"""One mistake per file in `broken/`: the rules as shipped with that mistake, and what the error must say.

`file` is the rule file with the mistake. It is the shipped one with `replace` written as `by`, or it holds `text`, or
it is `saved_as` another encoding, or it is `removed`. `error` are the words of the message. `at` is the text on the
line that the message must name; without it the message names the file alone. `in` is the file that the message must
name, where that is another one.
"""

import shutil
from pathlib import Path
from typing import Any

import pytest

from scoring import DataFileError, load_rulebook
from scoring.rulebook import RULES
from scoring.sources import read_yaml

BROKEN = sorted((Path(__file__).parent / "broken").glob("*.yaml"))
KEYS = {"file", "replace", "by", "text", "saved_as", "removed", "in", "at", "error"}
WAYS = {"replace", "text", "saved_as", "removed"}
OF_PYTHON = ("datetime.", "Fraction(", "Decimal(", "{'", "NoneType")


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    return Path(shutil.copytree(RULES, tmp_path / "rules"))


def _break(rules: Path, mistake: dict[str, Any]) -> None:
    path = rules / mistake["file"]
    if "removed" in mistake:
        path.unlink()
    elif "saved_as" in mistake:
        path.write_bytes(path.read_text(encoding="utf-8").encode(mistake["saved_as"]))
    elif "text" in mistake:
        path.write_text(mistake["text"], encoding="utf-8")
    else:
        path.write_text(_replaced(path.read_text(encoding="utf-8"), mistake), encoding="utf-8")


def _replaced(shipped: str, mistake: dict[str, Any]) -> str:
    assert shipped.count(mistake["replace"]) == 1, "'replace' must stand exactly once in the shipped file"
    return shipped.replace(mistake["replace"], mistake["by"])


def _where(rules: Path, mistake: dict[str, Any]) -> str:
    path = rules / mistake.get("in", mistake["file"])
    if "at" not in mistake:
        return f"{path}: "
    text = path.read_text(encoding="utf-8")
    assert text.count(mistake["at"]) == 1, "'at' must stand exactly once in the broken file"
    return f"{path}:{text[: text.index(mistake['at'])].count(chr(10)) + 1}: "


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_the_mistake_stops_the_start_and_the_message_says_what_and_where(path: Path, rules: Path) -> None:
    mistake = read_yaml(path).data
    _break(rules, mistake)
    with pytest.raises(DataFileError) as error:
        load_rulebook(rules)
    message = str(error.value)
    assert message.startswith(_where(rules, mistake))
    assert [words for words in mistake["error"] if words not in message] == []
    assert [words for words in OF_PYTHON if words in message] == []


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_a_broken_file_makes_one_mistake_in_one_way(path: Path) -> None:
    mistake = read_yaml(path).data
    assert set(mistake) <= KEYS
    assert len(WAYS & set(mistake)) == 1
    assert ("by" in mistake) == ("replace" in mistake)
    assert mistake["error"]


def test_the_rules_as_shipped_have_no_mistake(rules: Path) -> None:
    assert load_rulebook(rules) == load_rulebook()
