"""The table of cases in `cases/*.yaml`: each says facts and day, and what the score must be."""

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from bot.intake.facts_file import facts_of
from scoring import Rulebook, Scorecard, ScoringError, score
from scoring.sources import Document, read_yaml
from tests.scoring.asking import AREAS

CASES = Path(__file__).parent / "cases"
KEYS = {
    "edition", "track", "points", "total", "qualified", "not_known", "missing_points", "below_minimum", "warnings",
    "no_warnings", "error",
}  # fmt: skip


def _cases() -> Iterator[Any]:
    for path in sorted(CASES.glob("*.yaml")):
        document = read_yaml(path)
        for index, case in enumerate(document.data):
            yield pytest.param(document, index, id=f"{path.stem}: {case['name']}")


def _scored(rulebook: Rulebook, document: Document, index: int) -> Scorecard:
    case = document.data[index]
    facts = facts_of(document, rulebook, root=(index, "facts"))
    return score(rulebook, facts, rulebook.find_area(case["area"]), case["on"], track=case.get("track"))


@pytest.mark.parametrize(("document", "index"), list(_cases()))
def test_the_case_scores_as_its_source_says(rulebook: Rulebook, document: Document, index: int) -> None:
    expect = document.data[index]["expect"]
    assert set(expect) <= KEYS
    if "error" in expect:
        with pytest.raises(ScoringError) as error:
            _scored(rulebook, document, index)
        assert error.value.kind == expect["error"]
        return
    card = _scored(rulebook, document, index)
    found = _found(card)
    for key in set(expect) - {"points", "warnings", "no_warnings"}:
        assert found[key] == _wanted(key, expect[key]), key
    assert {name: card.chosen.metric(name).points for name in expect.get("points", {})} == {
        name: _exact(points) for name, points in expect.get("points", {}).items()
    }
    kinds = {warning.kind for warning in card.warnings}
    assert set(expect.get("warnings", ())) <= kinds
    assert not set(expect.get("no_warnings", ())) & kinds


def test_every_area_has_a_file_of_cases() -> None:
    assert set(AREAS) <= {path.stem for path in CASES.glob("*.yaml")}


def _found(card: Scorecard) -> dict[str, Any]:
    return {
        "edition": card.edition.id,
        "track": card.track,
        "total": card.chosen.total,
        "qualified": card.chosen.qualified,
        "missing_points": card.chosen.missing.points,
        "not_known": set(card.chosen.missing.not_known),
        "below_minimum": set(card.chosen.missing.below_minimum),
    }


def _wanted(key: str, value: Any) -> Any:
    if key in ("total", "missing_points"):
        return _exact(value)
    return set(value) if key in ("not_known", "below_minimum") else value


def _exact(value: Any) -> Fraction | None:
    return None if value is None else Fraction(value)


def test_every_case_has_a_name_of_its_own_and_a_source() -> None:
    cases = [case for path in sorted(CASES.glob("*.yaml")) for case in read_yaml(path).data]
    names = [case["name"] for case in cases]
    assert len(names) == len(set(names))
    assert all(case["source"] for case in cases)
