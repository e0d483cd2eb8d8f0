"""What several tests of the scoring share: the areas and editions, and small ways to ask the rules and the score."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st
from pydantic import BaseModel

from bot.intake.facts_file import parse_facts
from scoring import Rulebook, Scorecard, score
from scoring.metric_rules import MetricRule, Track
from scoring.sources import parse_yaml

TODAY = date(2026, 11, 20)
AREAS = (
    "infrastructure",
    "data_and_ai",
    "digital_and_app_innovation",
    "modern_work",
    "security",
    "business_applications",
)
EDITIONS = {
    "A-2022-03": date(2022, 3, 16),
    "B-2023-06": date(2023, 6, 13),
    "B1-2023-09": date(2023, 9, 19),
    "B2-2023-12": date(2023, 12, 1),
    "C1": date(2026, 5, 8),
    "C2-2026-07": date(2026, 7, 1),
    "C3-2026-08": date(2026, 8, 5),
}
TRACKS: tuple[Track, ...] = ("single", "enterprise", "smb")
ABOUT: dict[str, Any] = {
    "measures": {"en": "things", "ja": "件数"},
    "reference": {"title": "A page", "place": "a line", "read_on": date(2026, 11, 20), "confidence": "high"},
}

amounts = st.fractions(min_value=-1000, max_value=1000, max_denominator=100)
positive = st.fractions(min_value=Fraction(1, 100), max_value=1000, max_denominator=100)


def data_of(text: str) -> object:
    """What a data file of this text holds."""
    return parse_yaml(text, name="data.yaml").data


def within(value: object, path: str) -> Iterator[tuple[str, BaseModel]]:
    """Every model inside a value, with its place."""
    if isinstance(value, BaseModel):
        yield path, value
        for name, inner in value:
            yield from within(inner, f"{path}.{name}")
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from within(inner, f"{path}.{key}")
    elif isinstance(value, tuple):
        for index, inner in enumerate(value):
            yield from within(inner, f"{path}.{index}")


def rules_of(rulebook: Rulebook, area: str) -> Iterator[tuple[Track, MetricRule]]:
    """Every metric rule of an area, with its track."""
    for history in rulebook.area(area).metrics.values():
        for track in TRACKS:
            yield from ((track, rule) for rule in history.of(track).values())


def card_of(rulebook: Rulebook, text: str, area: str, *, on: date = TODAY, track: Track | None = None) -> Scorecard:
    """The score of an area by the facts that a test writes as text."""
    return score(rulebook, parse_facts(text, rulebook, name="company.yaml"), area, on, track=track)


def warned(card: Scorecard, kind: str) -> list[tuple[str | None, dict[str, Any]]]:
    """The metric and the values of each warning of a kind."""
    return [(warning.metric, warning.values) for warning in card.warnings if warning.kind == kind]
