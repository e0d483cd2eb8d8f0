"""One metric as the JSON of docs/cli.md: figures, points, steps, evidence, and the rule behind them."""

from collections.abc import Iterator
from typing import Any

from bot.cli.output import exact, number, plain
from bot.wording.words import Words
from scoring.certifications import Certifications
from scoring.facts import Amount, Measured, Origin
from scoring.metric_rules import MetricName, MetricRule, OtherReading, unit_of
from scoring.scorecard import GateState, MetricScore, PartScore
from scoring.skilling import Holder
from scoring.sources import Reference, Text

Json = dict[str, Any]


def metric_json(words: Words, certifications: Certifications, metric: MetricScore) -> Json:
    """A metric of a scorecard."""
    return {
        "metric": metric.metric,
        "label": metric_label(words, metric.metric),
        "value": number(metric.value),
        "value_exact": exact(metric.value),
        "threshold": number(metric.threshold),
        "unit": unit_of(metric.rule),
        "points": number(metric.points),
        "points_exact": exact(metric.points),
        "max_points": number(metric.max_points),
        "next_unit_points": number(metric.next_unit_points),
        "printed_points": number(metric.printed_points),
        "partner_center_points": number(metric.shown_points),
        "basis": metric.basis,
        "reason": metric.reason,
        "as_of": plain(metric.as_of),
        "parts": [_part(metric.rule, part) for part in metric.parts],
        "inputs": [_input(name, amount) for name, amount in metric.inputs.items()],
        "measured": measured_json(metric.measured),
        "partner_center_as_of": plain(metric.shown_on),
        "gates": [_gate(certifications, gate) for gate in metric.gates],
        "evidence": list(_evidence(metric)),
        **rule_sources(metric.rule),
    }


def measured_json(measured: Measured | None) -> Json | None:
    """How a metric was measured from usage reports, or what was lacking."""
    if measured is None:
        return None
    lacking = measured.lacking
    return {
        "months": {report: f"{month:%Y-%m}" for report, month in measured.months.items()},
        "limits": list(measured.limits),
        "lacking": None
        if lacking is None
        else {
            "reason": lacking.reason,
            "reports": list(lacking.reports),
            "months": [f"{month:%Y-%m}" for month in lacking.months],
            "columns": list(lacking.columns),
        },
    }


def _input(name: str, amount: Amount) -> Json:
    given = {key: getattr(amount, key) for key in ("count", "now", "year_ago", "percent")}
    exactly = {f"{key}_exact": exact(value) for key, value in given.items()}
    return {"part": name or None, **{key: number(value) for key, value in given.items()}, **exactly}


def rule_sources(rule: MetricRule) -> Json:
    """What a rule says of itself: reference, notes and other readings."""
    return {
        "reference": reference_json(rule.reference),
        "notes": [text_json(note) for note in rule.notes],
        "other_readings": [_reading(reading) for reading in rule.other_readings],
    }


def metric_label(words: Words, metric: MetricName) -> str:
    """The English name of a metric."""
    return words.say(f"metric.{metric}", "en")


def reference_json(reference: Reference) -> Json:
    """Where a value comes from."""
    found: Json = plain(reference)
    return found


def text_json(text: Text) -> Json:
    """A sentence in both languages."""
    return {"en": text.en, "ja": text.ja}


def _reading(reading: OtherReading) -> Json:
    return {
        "says": text_json(reading.says),
        "changes": plain(reading.changes),
        "uses": reading.uses,
        "reference": reference_json(reading.reference),
    }


def _part(rule: MetricRule, part: PartScore) -> Json:
    unit = unit_of(rule, part.name)
    return {
        "part": part.name,
        "value": number(part.value),
        "threshold": number(part.threshold),
        "unit": unit,
        "points": number(part.points),
        "points_exact": exact(part.points),
        "counts": part.counts,
    }


def _gate(certifications: Certifications, gate: GateState) -> Json:
    return {
        "certifications": list(gate.certifications),
        "names": [certifications[key].name for key in gate.certifications],
        "held": gate.held,
        "needed": gate.needed,
        "met": gate.is_met,
        "points": number(gate.points),
    }


def _evidence(metric: MetricScore) -> Iterator[Json]:
    if metric.origin is not None:
        yield {"kind": "figure", **_origin(metric.origin), "as_of": plain(metric.as_of)}
    for index, step in enumerate(metric.steps, start=1):
        name = f"gate_{index}" if index <= len(metric.gates) else "counted"
        yield from (_holder(name, holder, metric) for holder in step.holders)


def _holder(step: str, holder: Holder, metric: MetricScore) -> Json:
    held = holder.held
    return {
        "kind": "certification",
        "person": held.name,
        "person_id": held.person,
        "certification": held.certification,
        "step": step,
        "earned": plain(held.earned),
        "expires": plain(held.expires),
        "counts_until": plain(holder.credit.end),
        **_origin(held.origin),
        "as_of": plain(metric.as_of),
    }


def _origin(origin: Origin) -> Json:
    return {
        "origin": str(origin),
        "source": origin.source,
        "line": origin.line,
        "import_id": origin.import_id,
    }
