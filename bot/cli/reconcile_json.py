"""A reconciliation as the JSON of docs/cli.md: a stable contract."""

from typing import Any

from bot.cli.metric_json import measured_json, metric_label, reference_json, text_json
from bot.cli.output import exact, number, plain
from bot.wording.reconciliation_lines import ReconciliationLines
from bot.wording.reconciliation_ticket import ticket_text
from bot.wording.words import Words
from scoring.difference import Cause, Shown
from scoring.metric_rules import unit_of
from scoring.programme import in_force
from scoring.reconciliation import MetricReconciliation, Reconciliation
from scoring.rulebook import Rulebook
from scoring.scorecard import MetricScore

Json = dict[str, Any]


def reconciliation_json(rulebook: Rulebook, words: Words, found: Reconciliation) -> Json:
    """The answer to `seventy reconcile AREA --json`."""
    card = found.card
    lines = ReconciliationLines(rulebook, words, "en", found)
    badges = in_force(rulebook.programme.badges, card.on)
    tickets = {language: ticket_text(rulebook, words, language, found) for language in ("en", "ja")}
    return {
        "area": card.area,
        "name": card.name,
        "designation": badges.names[card.area] if badges else None,
        "on": plain(card.on),
        "edition": card.edition.id,
        "track": found.track,
        "track_that_counts": card.track,
        "differs": bool(found.differing),
        "compared": found.compared,
        "metrics": [_metric(lines, one) for one in found.metrics],
        "ticket": tickets if found.differing else None,
    }


def _metric(lines: ReconciliationLines, one: MetricReconciliation) -> Json:
    return {
        "metric": one.metric,
        "label": metric_label(lines.words, one.metric),
        "status": one.status,
        "unit": unit_of(one.rule),
        "max_points": number(one.rule.max_points),
        "ours": _ours(one.ours) if one.ours else None,
        "partner_center": _shown(one.shown) if one.shown else None,
        "difference": number(one.difference),
        "difference_exact": exact(one.difference),
        "causes": [_cause(lines, one, cause) for cause in one.causes],
        "checked": [_cause(lines, one, cause) for cause in one.checked],
        "reference": reference_json(one.rule.reference),
    }


def _ours(ours: MetricScore) -> Json:
    return {
        "points": number(ours.points),
        "points_exact": exact(ours.points),
        "value": number(ours.value),
        "value_exact": exact(ours.value),
        "as_of": plain(ours.as_of),
        "measured": measured_json(ours.measured),
    }


def _shown(shown: Shown) -> Json:
    return {
        "points": number(shown.points),
        "points_exact": exact(shown.points),
        "value": number(shown.value),
        "value_exact": exact(shown.value),
        "by_rule": shown.by_rule,
        "as_of": plain(shown.on),
        "origin": str(shown.origin),
    }


def _cause(lines: ReconciliationLines, one: MetricReconciliation, cause: Cause) -> Json:
    return {
        "kind": cause.kind,
        "explains": cause.explains,
        "message": lines.cause(one, cause),
        "values": plain(cause.values),
        "says": text_json(cause.says) if cause.says else None,
        "reference": reference_json(cause.reference) if cause.reference else None,
    }
