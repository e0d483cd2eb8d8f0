"""Runs the program as people do, and compares what it says with the oracle."""

import json
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from bot.cli import main
from tests.exports.answers import Answer
from tests.exports.oracle import METRICS, Answers

UNSET = ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "SEVENTY_DATABASE", "LC_ALL")
Said = tuple[str, ...]  # one line per difference


def seventy(*words: str | Path) -> Any:
    """Calls the program with --json and gives what it prints."""
    environment = {**dict.fromkeys(UNSET), "LANG": "C.UTF-8"}
    result = CliRunner(env=environment).invoke(main, [*map(str, words), "--json"])
    assert "Traceback" not in result.output, result.output
    return json.loads(result.stdout)


def imported(db: Path, *files: Path) -> Any:
    """Imports files or folders in one call; nothing may go wrong."""
    said = seventy("import", *files, "--db", db)
    assert "error" not in said, said["error"]
    return said


def scored(db: Path, on: date) -> dict[str, Any]:
    """The scorecard of every area."""
    said = seventy("score", "--db", db, "--on", on.isoformat())
    return {area["area"]: area for area in said["areas"]}


def metrics_of(cards: dict[str, Any]) -> dict[tuple[str, str, str], Any]:
    """Each metric of performance and customer success, by area, track and name."""
    return {
        (name, track["track"], metric["metric"]): metric
        for name, card in cards.items()
        for track in card["tracks"]
        for metric in track["metrics"]
        if metric["metric"] in METRICS
    }


def differences(cards: dict[str, Any], expected: Answers) -> list[str]:
    """Every number on which the program and the oracle differ."""
    shown = metrics_of(cards)
    assert set(shown) == set(expected)
    return [f"{'/'.join(key)}: {said}" for key, answer in expected.items() for said in _unlike(shown[key], answer)]


def _unlike(metric: Any, answer: Answer) -> Iterator[str]:
    points = _exact(metric["points_exact"])
    if points != answer.points:
        yield f"points {points}, expected {answer.points} (missing: {', '.join(answer.missing) or 'nothing'})"
    value = _exact(metric["value_exact"])
    if value is not None and answer.value is not None and value != answer.value:
        yield f"value {value}, expected {answer.value}"
    for part in metric["parts"]:
        known = answer.parts.get(part["part"])
        if known is not None and part["value"] is not None and part["value"] != float(known):
            yield f"{part['part']} {part['value']}, expected {float(known)}"
        if known is None and part["value"] is not None:
            yield f"{part['part']} {part['value']}, expected not known"


def _exact(text: str | None) -> Fraction | None:
    return None if text is None else Fraction(text)
