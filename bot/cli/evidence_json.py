"""The evidence of a metric as the JSON of docs/cli.md: enough to work out its value and points again."""

from typing import Any

from bot.cli.metric_json import metric_json, reference_json, text_json
from bot.cli.output import exact, number, plain
from bot.wording.words import Words
from scoring.evidence import Evidence, EvidencePerson, EvidenceUnit
from scoring.evidence_rows import EvidenceRow
from scoring.facts import Measured
from scoring.metric_rules import MetricRule, RuleBase
from scoring.rulebook import Rulebook

Json = dict[str, Any]

# What `seventy score --json` says of a metric and stands here the same way.
_SAME = (
    "label",
    "value",
    "value_exact",
    "threshold",
    "unit",
    "points",
    "points_exact",
    "max_points",
    "basis",
    "reason",
    "as_of",
    "parts",
    "inputs",
    "gates",
)


def evidence_json(rulebook: Rulebook, words: Words, evidence: Evidence) -> Json:
    """The whole answer to `seventy evidence AREA METRIC --json`."""
    card, metric = evidence.card, evidence.metric
    known = metric_json(words, rulebook.certifications, metric)
    combining = evidence.combining
    return {
        "area": card.area,
        "metric": metric.metric,
        "on": plain(card.on),
        "edition": card.edition.id,
        "track": card.track,
        **{name: known[name] for name in _SAME},
        "measured": known["measured"],
        "limits": _limits(rulebook, metric.measured),
        "combining": [{"report": report, "rows": how} for report, how in combining.items()],
        "rule": _rule(metric.rule),
        "figure": _figure(known),
        "units": [_unit(unit) for unit in evidence.units],
        "people": [_person(person) for person in evidence.people],
        "rows": [_row(row) for row in evidence.rows],
    }


def _limits(rulebook: Rulebook, measured: Measured | None) -> list[Json]:
    """What the reports do not tell, in both languages."""
    texts = rulebook.usage_terms.limits
    return [{"limit": key, **text_json(texts[key])} for key in measured.limits] if measured else []


def _rule(rule: MetricRule) -> Json:
    own = type(rule).model_fields.keys() - RuleBase.model_fields.keys() - {"kind", "unit"}
    return {
        "kind": rule.kind,
        "measures": text_json(rule.measures),
        "reference": reference_json(rule.reference),
        "notes": [text_json(note) for note in rule.notes],
        "setting": plain(rule.measured),
        "terms": plain({name: getattr(rule, name) for name in sorted(own)}),
    }


def _figure(known: Json) -> Json | None:
    """Where the figure comes from; null where it was worked out from rows or people listed here."""
    if known["measured"] is not None:
        return None
    return next((one for one in known["evidence"] if one["kind"] == "figure"), None)


def _unit(unit: EvidenceUnit) -> Json:
    return {
        "part": unit.part or None,
        "tenant": unit.tenant,
        "name": unit.name,
        "item": unit.item,
        "status": unit.status,
        "now": number(unit.now),
        "now_exact": exact(unit.now),
        "year_ago": number(unit.year_ago),
        "year_ago_exact": exact(unit.year_ago),
        "counts": unit.counts,
        "capped": unit.capped,
        "row_count": unit.row_count,
    }


def _person(person: EvidencePerson) -> Json:
    held = person.held
    return {
        "person": held.name,
        "person_id": held.person,
        "certification": held.certification,
        "step": "gate" if person.is_gate else "counted",
        "earned": plain(held.earned),
        "expires": plain(held.expires),
        "counts_until": plain(person.credit_ends),
        "file": held.origin.source,
        "line": held.origin.line,
        "import_id": held.origin.import_id,
        "capped": person.capped,
    }


def _row(row: EvidenceRow) -> Json:
    return {
        "part": row.part or None,
        "period": row.period,
        "report": row.report,
        "file": row.file,
        "line": row.line,
        "import_id": row.import_id,
        "month": f"{row.month:%Y-%m}",
        "tenant": row.tenant,
        "item": row.item,
        "association": row.association,
        "amounts": {name: number(amount) for name, amount in row.amounts.items()},
        "amounts_exact": {name: exact(amount) for name, amount in row.amounts.items()},
        "decides_only": row.decides_only,
    }
