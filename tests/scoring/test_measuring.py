"""The cases of `measuring/*.yaml`: each says rows of reports and a day, and what must be measured from them."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from scoring import Rulebook
from scoring.facts import WHOLE, Amount
from scoring.sources import read_yaml
from tests.scoring.measuring_cases import REPORTS, Answer, answer, first_of_month

CASES = Path(__file__).parent / "measuring"
CASE_KEYS = {"name", "ask", "months", "usage", "exports", "expect"}
NOTHING = Amount(now=Fraction(0), year_ago=Fraction(0))  # a part that a case does not name
AMOUNTS = ("count", "now", "year_ago")
KEYS = {*AMOUNTS, "parts", "points", "not_known", "report", "months", "columns", "parts_not_given", "track",
        "track_inputs", "reference", "limits", "no_limits"}  # fmt: skip


def _cases() -> Iterator[Any]:
    for path in sorted(CASES.glob("*.yaml")):
        data = read_yaml(path).data
        for case in data["cases"]:
            yield pytest.param(case, data.get("usual", {}), id=f"{path.stem}: {case['name']}")


@pytest.mark.parametrize(("case", "usual"), list(_cases()))
def test_the_rows_of_the_case_measure_as_the_rules_say(
    rulebook: Rulebook, case: dict[str, Any], usual: dict[str, Any]
) -> None:
    assert set(case) <= CASE_KEYS
    assert case["expect"] and set(case["expect"]) <= KEYS
    expect, found = case["expect"], answer(rulebook, case, usual)
    if expect.get("points") is not None:
        assert found.metric.points == _exact(expect["points"])
    if "not_known" in expect:
        assert _lacking(found) == _lack(expect)
        return
    wanted = {part: _amount(amounts) for part, amounts in (expect.get("parts") or {WHOLE: expect}).items()}
    if any(amount != Amount() for amount in wanted.values()):
        assert dict(found.metric.inputs) == {**dict.fromkeys(found.metric.inputs, NOTHING), **wanted}
        assert set(found.metric.parts_not_given) == set(expect.get("parts_not_given", ()))
    for key in set(expect) & {"track", "track_inputs", "reference"}:
        assert _found(found, key, expect) == expect[key], key
    limits = found.metric.measured.limits if found.metric.measured else ()
    assert set(expect.get("limits", ())) <= set(limits)
    assert not set(expect.get("no_limits", ())) & set(limits)


def test_every_case_has_a_name_of_its_own() -> None:
    names = [case["name"] for path in sorted(CASES.glob("*.yaml")) for case in read_yaml(path).data["cases"]]
    assert len(names) == len(set(names))


def _exact(number: Any) -> Fraction:
    """A number, or a quotient such as "250/3"."""
    dividend, _, divisor = str(number).partition("/")
    return Fraction(dividend) / Fraction(divisor or 1)


def _amount(amounts: Mapping[str, Any]) -> Amount:
    given = {key: _exact(amounts[key]) for key in AMOUNTS if key in amounts}
    return Amount(**given)


def _found(found: Answer, key: str, expect: Mapping[str, Any]) -> Any:
    if key == "track":
        return found.card.track
    if key == "reference":
        titles = {report: title for title, report in REPORTS.items()}
        assert found.metric.measured is not None
        return {titles[report]: f"{month:%Y-%m}" for report, month in found.metric.measured.months.items()}
    inputs = found.card.track_inputs
    assert inputs is not None
    return {name: getattr(inputs, name) for name in expect[key]}


def _lacking(found: Answer) -> tuple[Any, ...]:
    assert found.metric.basis == "not_known"
    lacking = found.metric.measured.lacking if found.metric.measured else None
    if lacking is None:
        return found.metric.reason, set(), set(), set()
    return found.metric.reason, set(lacking.reports), set(lacking.months), set(lacking.columns)


def _lack(expect: Mapping[str, Any]) -> tuple[Any, ...]:
    reports = {REPORTS[title] for title in expect.get("report", ())}
    return (
        expect["not_known"],
        reports,
        {first_of_month(text) for text in expect.get("months", ())},
        set(expect.get("columns", ())),
    )
