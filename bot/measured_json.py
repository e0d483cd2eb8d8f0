"""Figures measured from usage reports as JSON and back, exact to the last digit."""

import json
from datetime import date
from fractions import Fraction
from typing import Any

from scoring.facts import Amount, Figure, Lacking, Measured, MeasuredFacts, Origin, TrackInputs

FORMAT = 2  # another number wherever what is written changes: what was kept in the old form is measured again
_AMOUNTS = ("count", "now", "year_ago", "percent")
_INPUTS = ("smb_customers", "customers", "trailing_12_month_acr", "large_workloads", "large_workload_pairs")


def measured_json(facts: MeasuredFacts) -> bytes:
    """What `measured_facts` takes back."""
    figures = [_figure(one) for one in facts.figures]
    return json.dumps({"figures": figures, "track_inputs": [_inputs(one) for one in facts.track_inputs]}).encode()


def measured_of(content: bytes) -> MeasuredFacts:
    """What `measured_json` wrote. It was checked when it was made, so it is not checked again: there is much of it."""
    data = json.loads(content)
    figures = (_read_figure(one) for one in data["figures"])
    inputs = (_read_inputs(one) for one in data["track_inputs"])
    return MeasuredFacts.model_construct(figures=tuple(figures), track_inputs=tuple(inputs))


def _figure(one: Figure) -> dict[str, Any]:
    return {
        "area": one.area,
        "metric": one.metric,
        "parts": {name: _amount(amount) for name, amount in one.parts.items()},
        "trailing": one.trailing_12_months and _amount(one.trailing_12_months),
        "as_of": str(one.as_of),
        "origin": [one.origin.source, one.origin.import_id],
        "measured": _measured(one.measured),
    }


def _amount(amount: Amount) -> list[str | None]:
    return [None if (value := getattr(amount, name)) is None else str(value) for name in _AMOUNTS]


def _inputs(one: TrackInputs) -> dict[str, Any]:
    return {
        "area": one.area,
        "amounts": [None if (value := getattr(one, name)) is None else str(value) for name in _INPUTS],
        "as_of": str(one.as_of),
        "origin": [one.origin.source, one.origin.import_id],
        "measured": _measured(one.measured),
    }


def _measured(measured: Measured | None) -> dict[str, Any] | None:
    if measured is None:
        return None
    lacking = measured.lacking
    return {
        "setting": measured.setting,
        "months": {report: str(month) for report, month in measured.months.items()},
        "stands_until": str(measured.stands_until),
        "limits": measured.limits,
        "lacking": lacking and [lacking.reason, lacking.reports, [*map(str, lacking.months)], lacking.columns],
    }


def _read_figure(one: dict[str, Any]) -> Figure:
    return Figure.model_construct(
        area=one["area"],
        metric=one["metric"],
        parts={name: _read_amount(amount) for name, amount in one["parts"].items()},
        trailing_12_months=one["trailing"] and _read_amount(one["trailing"]),
        as_of=date.fromisoformat(one["as_of"]),
        origin=_read_origin(one["origin"]),
        measured=_read_measured(one["measured"]),
    )


def _read_amount(amount: list[str | None]) -> Amount:
    values: dict[str, Any] = dict(zip(_AMOUNTS, map(_read_number, amount), strict=True))
    return Amount.model_construct(**values)


def _read_number(text: str | None) -> Fraction | None:
    return None if text is None else Fraction(text)


def _read_inputs(one: dict[str, Any]) -> TrackInputs:
    amounts: dict[str, Any] = dict(zip(_INPUTS, map(_read_number, one["amounts"]), strict=True))
    return TrackInputs.model_construct(
        area=one["area"],
        as_of=date.fromisoformat(one["as_of"]),
        origin=_read_origin(one["origin"]),
        measured=_read_measured(one["measured"]),
        **amounts,
    )


def _read_origin(origin: list[Any]) -> Origin:
    return Origin.model_construct(source=origin[0], import_id=origin[1])


def _read_measured(measured: dict[str, Any]) -> Measured:
    lacking = measured["lacking"]
    return Measured.model_construct(
        setting=measured["setting"],
        months={report: date.fromisoformat(month) for report, month in measured["months"].items()},
        stands_until=date.fromisoformat(measured["stands_until"]),
        limits=tuple(measured["limits"]),
        lacking=lacking and _read_lacking(*lacking),
    )


def _read_lacking(reason: Any, reports: list[Any], months: list[str], columns: list[str]) -> Lacking:
    return Lacking(
        reason=reason, reports=tuple(reports), months=tuple(map(date.fromisoformat, months)), columns=tuple(columns)
    )
