"""The rules of an area on a day as the JSON of docs/cli.md."""

from datetime import date
from typing import Any

from bot.cli.metric_json import metric_label, reference_json, rule_sources, text_json
from bot.cli.output import number, plain
from bot.wording.words import Words
from scoring.metric_rules import METRICS, CertifiedPeopleRule, MetricName, MetricRule, SumOfSidesRule, Track, unit_of
from scoring.programme import in_force
from scoring.rulebook import Edition, Rulebook
from scoring.skilling import years_later
from scoring.track_score import pass_rule_on

Json = dict[str, Any]

_SAID_ELSEWHERE = frozenset({"kind", "measured", "reference", "notes"})


def edition_json(rulebook: Rulebook, words: Words, edition: Edition, on: date) -> Json:
    """The whole answer to `seventy rules show AREA --json`."""
    rules, pass_rule = rulebook.area(edition.area), pass_rule_on(rulebook, on)
    badges = in_force(rulebook.programme.badges, on)
    return {
        "area": edition.area,
        "name": rules.name,
        "designation": badges.names[edition.area] if badges else None,
        "also_called": list(rules.also_called),
        "legacy_competencies": list(_legacy(rulebook, edition.area)),
        "on": plain(on),
        "edition": edition.name.id,
        "edition_since": plain(edition.name.since),
        "edition_start_is_known": edition.name.start_is_known,
        "edition_summary": text_json(edition.name.summary),
        "verified_on": plain(edition.verified_on),
        "qualifying_score": number(pass_rule.qualifying_score),
        "minimum_per_metric": number(pass_rule.minimum_per_metric),
        "track_rule": _track_rule(edition),
        "tracks": [_track(rulebook, words, edition, track, on) for track in edition.tracks],
    }


def dates_json(rulebook: Rulebook) -> Json:
    """The whole answer to `seventy rules dates --json`: the days of the programme, oldest first."""
    return {
        "verified_on": plain(rulebook.programme.verified_on),
        "dates": [
            {"day": plain(one.day), "event": text_json(one.event), "reference": reference_json(one.reference)}
            for one in sorted(rulebook.programme.key_dates, key=lambda one: one.day)
        ],
    }


def _legacy(rulebook: Rulebook, area: str) -> tuple[str, ...]:
    listed = rulebook.programme.legacy_competencies.get(area)
    return listed.items if listed else ()


def _track_rule(edition: Edition) -> Json:
    rule = edition.track_rule
    conditions = {name: plain(getattr(rule, name)) for name in type(rule).model_fields if name not in _SAID_ELSEWHERE}
    return {
        "kind": rule.kind,
        "measured": plain(getattr(rule, "measured", None)),
        "conditions": {name: value for name, value in conditions.items() if value is not None},
        "reference": reference_json(rule.reference),
        "notes": [text_json(note) for note in rule.notes],
    }


def _track(rulebook: Rulebook, words: Words, edition: Edition, track: Track, on: date) -> Json:
    metrics = edition.metrics[track]
    return {
        "track": track,
        "metrics": [_metric(rulebook, words, edition, name, metrics[name], on) for name in METRICS if name in metrics],
    }


def _metric(rulebook: Rulebook, words: Words, edition: Edition, name: MetricName, rule: MetricRule, on: date) -> Json:
    return {
        "metric": name,
        "label": metric_label(words, name),
        "kind": rule.kind,
        "measures": text_json(rule.measures),
        "measured": plain(rule.measured),
        "threshold": number(getattr(rule, "threshold", None)),
        "unit": unit_of(rule),
        "max_points": number(rule.max_points),
        "printed_points_per_unit": number(rule.printed_points_per_unit),
        "minimum_now": number(getattr(rule, "minimum_now", None)),
        "minimum_year_ago": number(getattr(rule, "minimum_year_ago", None)),
        "parts": _parts(rule),
        "gates": _gates(rulebook, edition, rule, on),
        "counted": _counted(rulebook, edition, rule, on),
        **rule_sources(rule),
    }


def _parts(rule: MetricRule) -> list[Json]:
    """The sides or association types of a rule: each with its threshold, or none where they are summed."""
    if isinstance(rule, SumOfSidesRule):
        return [
            {
                "part": name,
                "unit": rule.side_units.get(name),
                "amount_per_point": number(amount),
                "threshold": None,
            }
            for name, amount in rule.amount_per_point.items()
        ]
    unit, thresholds = (
        unit_of(rule),
        getattr(rule, "thresholds", None) or dict.fromkeys(getattr(rule, "sides", ())),
    )
    return [
        {"part": name, "unit": unit, "amount_per_point": None, "threshold": number(threshold)}
        for name, threshold in thresholds.items()
    ]


def _gates(rulebook: Rulebook, edition: Edition, rule: MetricRule, on: date) -> list[Json]:
    if not isinstance(rule, CertifiedPeopleRule):
        return []
    return [
        {
            "people": gate.people,
            "points": number(gate.points),
            "certifications": certification_list(rulebook, edition, gate.certifications, on),
        }
        for gate in rule.gates
    ]


def _counted(rulebook: Rulebook, edition: Edition, rule: MetricRule, on: date) -> list[Json]:
    if not isinstance(rule, CertifiedPeopleRule):
        return []
    return certification_list(rulebook, edition, rule.counted, on)


def certification_list(rulebook: Rulebook, edition: Edition, name: str, on: date) -> list[Json]:
    """The certifications of one list of an edition, each with its retirement and its last day of credit."""
    found = []
    for key in edition.lists[name].certifications:
        one = rulebook.certifications[key]
        found.append(
            {
                "certification": key,
                "name": one.name,
                "level": one.level,
                "code_is_certain": one.code_is_certain,
                "retired_on": plain(one.retired_on),
                "last_day_of_credit": plain(last_day_of_credit(rulebook, key, on)),
            }
        )
    return found


def last_day_of_credit(rulebook: Rulebook, key: str, on: date) -> date | None:
    """Until when a retired certification counts; None for one that is not retired."""
    one = rulebook.certifications[key]
    if one.retired_on is None:
        return None
    rules = rulebook.programme.retired_credit
    rule = in_force(rules, on) or rules[min(rules)]
    return years_later(one.retired_on, one.credit_years or rule.years)
