"""What `seventy import` did as the JSON of docs/cli.md."""

from typing import Any

from bot.cli.errors import described
from bot.cli.history_command import import_json
from bot.cli.output import exact, number, plain
from bot.import_plan import ImportPlan
from bot.intake.import_changes import Effect
from bot.intake.importing import ReadFile
from bot.store import ImportRecord
from scoring import Rulebook, Scorecard, ScoringError

Json = dict[str, Any]


def result_json(rulebook: Rulebook, plan: ImportPlan, record: ImportRecord | None, *, is_dry_run: bool) -> Json:
    """The whole answer to `seventy import --json`; `record` is the import that was made."""
    return {
        "workspace": plan.workspace,
        "as_of": plain(plan.new.as_of),
        "dry_run": is_dry_run,
        "applied": record is not None,
        "nothing_to_change": not plan.is_change,
        "files": [_file(one) for one in plan.files],
        "vanished": {
            "count": len(plan.people),
            "people": list(plan.people),
            "tenants": [{"report": one.report, "tenant": one.tenant, "name": one.name} for one in plan.tenants],
        },
        "scores": [_effect(rulebook, one) for one in plan.effects],
        "imports": [] if record is None else [import_json(record)],
    }


def _file(one: ReadFile) -> Json:
    return {
        "file": one.file.name,
        "kind": one.kind,
        "report": one.report,
        "dataset": one.usage.rows.dataset if one.usage else None,
        "months": _months(one),
        "sha256": one.file.sha256 or None,
        "size": one.file.size,
        "rows_read": one.rows_read,
        "taken": one.taken,
        "duplicates": one.duplicates,
        "duplicates_by_reason": dict(one.usage.duplicates) if one.usage else {},
        "ignored": sum(rows for _, rows in one.ignored),
        "ignored_by_reason": dict(one.ignored),
        "rejected_rows": one.rejected_rows,
        "rejected": [
            {
                "line": problem.line,
                "column": problem.column,
                "field": problem.field,
                "value": problem.value,
                "reason": problem.reason_kind,
                "message": problem.message,
                "suggestions": list(problem.suggestions),
            }
            for problem in one.rejected
        ],
        "notes": [{"kind": note.kind, "message": note.message, "values": plain(note.values)} for note in one.notes],
        "error": described(one.problem).as_json() if one.problem else None,
    }


def _months(one: ReadFile) -> list[str]:
    """The months that a usage report holds."""
    if one.usage is None:
        return []
    from scoring.usage import first_day

    return [f"{first_day(month):%Y-%m}" for month in sorted(set(one.usage.rows.month.tolist()))]


def _effect(rulebook: Rulebook, effect: Effect) -> Json:
    return {
        "area": effect.area,
        "name": rulebook.area(effect.area).name,
        "changed": effect.is_change,
        "before": _score(effect.before),
        "after": _score(effect.after),
    }


def _score(result: Scorecard | ScoringError) -> Json:
    if isinstance(result, ScoringError):
        return {"error": described(result).as_json()}
    chosen = result.chosen
    return {
        "track": result.track,
        "total": number(chosen.total),
        "total_exact": exact(chosen.total),
        "known_points": number(chosen.known_points),
        "qualified": chosen.qualified,
    }
