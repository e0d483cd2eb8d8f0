"""The sources of the shipped rule files: every dated value has one, and none is from the future."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from scoring import Rulebook
from scoring.rulebook import RULES
from scoring.sources import Reference, read_yaml
from tests.scoring.asking import within

FILES = sorted(RULES.glob("*.yaml"))


def test_every_dated_value_has_a_reference_of_its_own(models: list[tuple[str, BaseModel]]) -> None:
    dated = [(path, model) for path, model in models if re.search(r"\.\d{4}-\d\d-\d\d$", path)]
    assert len(dated) > 100
    assert [path for path, model in dated if not isinstance(getattr(model, "reference", None), Reference)] == []


def test_every_reference_says_which_page_and_where_in_it(models: list[tuple[str, BaseModel]]) -> None:
    references = [(path, model) for path, model in models if isinstance(model, Reference)]
    assert len(references) > 200
    assert [path for path, one in references if not one.title.strip() or not one.place.strip()] == []


def test_nothing_was_read_after_its_file_was_last_verified(rulebook: Rulebook) -> None:
    parts: list[Any] = [*rulebook.areas.values(), rulebook.certifications, rulebook.programme]
    later = [
        path
        for part in parts
        for path, model in within(part, type(part).__name__)
        if isinstance(model, Reference) and model.read_on > part.verified_on
    ]
    assert later == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_source_that_a_file_names_is_used_in_it(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    anchors = re.findall(r"^  \w+: &(\w+) \{title:", text, flags=re.MULTILINE)
    assert anchors
    assert [anchor for anchor in anchors if not re.search(rf"\*{anchor}\b", text)] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_opens_with_a_comment_that_says_what_it_holds(path: Path) -> None:
    assert path.read_text(encoding="utf-8").startswith("# ")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_values_stand_with_no_day_in_the_future_of_the_file(path: Path) -> None:
    document = read_yaml(path)
    verified_on = document.data.get("verified_on", date(2026, 11, 20))
    days = [date.fromisoformat(str(step)) for place in document.lines for step in place if _is_day(step)]
    assert all(day <= verified_on for day in days)


def _is_day(step: str | int) -> bool:
    return re.fullmatch(r"\d{4}-\d\d-\d\d", str(step)) is not None
