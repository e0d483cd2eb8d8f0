"""A scorecard as the JSON of docs/cli.md: a stable contract."""

from collections.abc import Iterable
from typing import Any

from bot.cli.metric_json import measured_json, metric_json, reference_json, text_json
from bot.cli.output import exact, number, plain
from bot.wording.warning_lines import warning_line
from bot.wording.words import Words
from scoring.data_age import DataAge, data_age
from scoring.metric_rules import METRICS, MetricName
from scoring.programme import in_force
from scoring.rulebook import Rulebook
from scoring.scorecard import MetricScore, Missing, Scorecard, ScoreWarning, TrackScore, Way
from scoring.ways import ways_to_qualify
from scoring.windows import Window, renewal_of

Json = dict[str, Any]


def scorecard_json(rulebook: Rulebook, words: Words, card: Scorecard) -> Json:
    """The whole answer to `seventy score AREA --json`."""
    tracks = {score.track: track_json(rulebook, words, score) for score in card.tracks}
    badges = in_force(rulebook.programme.badges, card.on)
    return {
        "area": card.area,
        "name": card.name,
        "designation": badges.names[card.area] if badges else None,
        "on": plain(card.on),
        "edition": card.edition.id,
        "edition_since": plain(card.edition.since),
        "verified_on": plain(card.verified_on),
        "track_reason": card.track_reason,
        "qualifying_score": number(card.qualifying_score),
        **tracks[card.track],
        "ways": [_way(way) for way in ways_to_qualify(card.chosen)],
        "warnings": [_warning(words, card, warning) for warning in card.warnings],
        "membership": _membership(card),
        "renewal": _renewal(rulebook, card),
        "track_inputs": _track_inputs(card),
        "data": [_age(rulebook, card, metric) for metric in in_standard_order(card.chosen.metrics)],
        "tracks": list(tracks.values()),
    }


def track_json(rulebook: Rulebook, words: Words, score: TrackScore) -> Json:
    """One track: total, verdict, metrics in the standard order, and what is missing."""
    return {
        "track": score.track,
        "total": number(score.total),
        "total_exact": exact(score.total),
        "printed_total": number(score.printed_total),
        "known_points": number(score.known_points),
        "qualified": score.qualified,
        "metrics": [metric_json(words, rulebook.certifications, metric) for metric in in_standard_order(score.metrics)],
        "missing": _missing(score.missing),
    }


def in_standard_order(metrics: Iterable[MetricScore]) -> list[MetricScore]:
    """The metrics in the order in which Microsoft lists them."""
    return sorted(metrics, key=lambda score: METRICS.index(score.metric))


def _missing(missing: Missing) -> Json:
    return {
        "points": number(missing.points),
        "points_exact": exact(missing.points),
        "below_minimum": _ordered(missing.below_minimum),
        "not_known": _ordered(missing.not_known),
    }


def _ordered(metrics: Iterable[MetricName]) -> list[str]:
    return sorted(metrics, key=METRICS.index)


def _way(way: Way) -> Json:
    return {
        "metric": way.metric,
        "part": way.part,
        "units": way.units,
        "total": number(way.total),
        "total_exact": exact(way.total),
        "printed_total": number(way.printed_total),
    }


def _warning(words: Words, card: Scorecard, warning: ScoreWarning) -> Json:
    return {
        "kind": warning.kind,
        "metric": warning.metric,
        "message": warning_line(words, "en", card, warning),
        "values": plain(warning.values),
        "says": text_json(warning.says) if warning.says else None,
        "reference": reference_json(warning.reference) if warning.reference else None,
    }


def _track_inputs(card: Scorecard) -> Json | None:
    """What decides the track of a classified area."""
    given = card.track_inputs
    if given is None:
        return None
    names = ("smb_customers", "customers", "smb_share_percent", "trailing_12_month_acr", "large_workloads")
    return {
        **{name: number(getattr(given, name)) for name in names},
        "as_of": plain(given.as_of),
        "origin": str(given.origin),
        "measured": measured_json(given.measured),
    }


def _age(rulebook: Rulebook, card: Scorecard, metric: MetricScore) -> Json:
    """How old a metric's data is, and when newer data is due."""
    age = data_age(rulebook, metric, card.on)
    return {"metric": metric.metric, **(plain(age) if age else dict.fromkeys(DataAge.model_fields))}


def _membership(card: Scorecard) -> Json | None:
    if card.membership is None:
        return None
    given = card.membership
    return {
        "anniversary": plain(given.anniversary),
        "enrolled": list(given.enrolled),
        "is_enrolled": card.area in given.enrolled,
        "origin": str(given.origin),
    }


def _renewal(rulebook: Rulebook, card: Scorecard) -> Json | None:
    """For an area that is enrolled the windows of its anniversary; for another the window that ends today."""
    if card.membership is None:
        return None
    found = renewal_of(rulebook.programme, card.membership, card.area, card.on)
    return {
        "anniversary": plain(found.anniversary),
        "qualification_window": _window(found.qualifies, card),
        "renewal_window": _window(found.pays, card),
    }


def _window(window: Window | None, card: Scorecard) -> Json | None:
    if window is None:
        return None
    return {"start": plain(window.start), "end": plain(window.end), "days_left": window.days_left(card.on)}
