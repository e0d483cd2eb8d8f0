"""What `seventy import` did as the JSON of docs/cli.md."""

from typing import Any

from bot.cli.errors import described
from bot.cli.history_command import import_json
from bot.cli.import_result import ImportResult
from bot.cli.output import exact, number, plain
from bot.intake.import_changes import Effect
from bot.intake.importing import ReadFile
from scoring import Rulebook, Scorecard, ScoringError

Json = dict[str, Any]


def result_json(rulebook: Rulebook, result: ImportResult) -> Json:
    """The whole answer to `seventy import --json`."""
    return {
        "workspace": result.workspace,
        "as_of": plain(result.as_of),
        "dry_run": result.is_dry_run,
        "applied": bool(result.records),
        "nothing_to_change": not result.is_change,
        "files": [_file(one) for one in result.files],
        "vanished": {"count": len(result.vanished), "people": list(result.vanished)},
        "scores": [_effect(rulebook, one) for one in result.effects],
        "imports": [import_json(record) for record in result.records],
    }


def _file(one: ReadFile) -> Json:
    return {
        "file": one.file.name,
        "kind": one.kind,
        "sha256": one.file.sha256,
        "size": one.file.size,
        "rows_read": one.rows_read,
        "taken": one.taken,
        "duplicates": one.duplicates,
        "ignored": sum(rows for _, rows in one.ignored),
        "ignored_by_reason": dict(one.ignored),
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
        "notes": [{"kind": note.kind, "message": note.message} for note in one.notes],
    }


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
