"""The shipped rules of every edition and track: their kinds, days and published weights."""

from datetime import date
from fractions import Fraction
from typing import Any, get_args

import pytest

from scoring import Rulebook
from scoring.metric_rules import METRICS, MetricName, MetricRule, TrackRule
from tests.scoring.asking import AREAS, EDITIONS, rules_of

# Points per metric, the same in every edition and on every track (0: the area has no such metric).
WEIGHTS: dict[str, tuple[int, int, int, int, int]] = {
    # net customer adds, intermediate, advanced, usage growth, deployments
    "infrastructure": (30, 20, 20, 20, 10),
    "data_and_ai": (30, 40, 0, 20, 10),
    "digital_and_app_innovation": (30, 20, 20, 20, 10),
    "modern_work": (20, 10, 15, 30, 25),
    "security": (20, 40, 0, 20, 20),
    "business_applications": (15, 20, 15, 30, 20),
}


def _kinds(union: Any) -> set[str]:
    models = get_args(get_args(union)[0])
    return {get_args(model.model_fields["kind"].annotation)[0] for model in models}


def test_every_kind_of_metric_rule_is_used(rulebook: Rulebook) -> None:
    assert {rule.kind for area in rulebook.areas for _, rule in rules_of(rulebook, area)} == _kinds(MetricRule)


def test_every_kind_of_track_rule_is_used(rulebook: Rulebook) -> None:
    used = {rule.kind for rules in rulebook.areas.values() for rule in rules.tracks.values()}
    assert used == _kinds(TrackRule)


def test_the_editions_are_those_of_the_fact_base(rulebook: Rulebook) -> None:
    assert {edition.id: edition.since for edition in rulebook.editions} == EDITIONS
    assert [edition.id for edition in rulebook.editions] == list(EDITIONS)


def test_only_the_start_of_the_smb_tracks_is_not_known(rulebook: Rulebook) -> None:
    unknown = [edition for edition in rulebook.editions if not edition.start_is_known]
    assert [(edition.id, edition.not_before) for edition in unknown] == [("C1", date(2024, 7, 3))]


@pytest.mark.parametrize("on", [day for day in EDITIONS.values() if day >= date(2023, 6, 13)], ids=str)
@pytest.mark.parametrize("area", AREAS)
def test_the_metrics_of_every_track_have_the_published_weights(rulebook: Rulebook, area: str, on: date) -> None:
    published = {metric: points for metric, points in zip(METRICS, WEIGHTS[area], strict=True) if points}
    edition = rulebook.edition(area, on)
    for track in edition.tracks:
        assert {metric: rule.max_points for metric, rule in edition.metrics[track].items()} == published


@pytest.mark.parametrize("area", AREAS)
def test_the_announcement_has_the_same_weights_wherever_it_gives_them(rulebook: Rulebook, area: str) -> None:
    edition = rulebook.edition(area, date(2022, 3, 16))
    published: dict[MetricName, int] = dict(zip(METRICS, WEIGHTS[area], strict=True))
    for metrics in edition.metrics.values():
        assert {metric: int(rule.max_points) for metric, rule in metrics.items()} == {
            metric: points for metric, points in published.items() if points
        }


def test_only_infrastructure_has_thresholds_in_the_announcement(rulebook: Rulebook) -> None:
    first = date(2022, 3, 16)
    complete = [
        area
        for area in rulebook.areas
        if all(
            rule.kind != "weight" for rules in rulebook.edition(area, first).metrics.values() for rule in rules.values()
        )
    ]
    assert complete == ["infrastructure"]


TRACKS_OF_EDITIONS = {
    # before C1 and from C1 on
    "infrastructure": (("single",), ("enterprise", "smb")),
    "data_and_ai": (("single",), ("enterprise", "smb")),
    "digital_and_app_innovation": (("single",), ("enterprise", "smb")),
    "modern_work": (("enterprise", "smb"), ("enterprise", "smb")),
    "security": (("single",), ("enterprise", "smb")),
    "business_applications": (("enterprise", "smb"), ("enterprise", "smb")),
}


@pytest.mark.parametrize("area", AREAS)
def test_every_edition_has_its_tracks(rulebook: Rulebook, area: str) -> None:
    before, after = TRACKS_OF_EDITIONS[area]
    for name, since in list(EDITIONS.items())[1:]:
        assert rulebook.edition(area, since).tracks == (after if name.startswith("C") else before), name


def test_printed_points_per_unit_are_the_exact_ones_rounded(rulebook: Rulebook) -> None:
    for area in rulebook.areas:
        for _, rule in rules_of(rulebook, area):
            if rule.printed_points_per_unit is not None:
                assert rule.kind in ("change", "count", "certified_people")
                exact = rule.max_points / rule.threshold
                assert abs(exact - rule.printed_points_per_unit) < Fraction(1, 20)
