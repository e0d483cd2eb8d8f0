"""How facts are written as rows and read back, to the last digit."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any

from bot.store.records import ImportedFile, ImportRecord, NewImport
from scoring.facts import Amount, Figure, HeldCertification, Membership, Origin, TrackInputs

Row = dict[str, Any]

_AMOUNTS = ("count", "now", "year_ago", "percent")
_TRACK_NUMBERS = (
    "smb_customers",
    "customers",
    "smb_share_percent",
    "trailing_12_month_acr",
    "large_workloads",
)


def moment_text(moment: datetime) -> str:
    """A moment in UTC as text that sorts by time.

    Raises: ValueError when the moment has no time zone.
    """
    if moment.tzinfo is None:
        raise ValueError(f"{moment.isoformat()} has no time zone")
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def placed(rows: Iterable[Row], workspace: str, import_id: int) -> Iterator[Row]:
    """Rows with the workspace and import they belong to, and their place in it from 0."""
    for position, row in enumerate(rows):
        yield {"workspace": workspace, "import_id": import_id, "position": position, **row}


def import_row(new: NewImport, workspace: str, import_id: int, now: datetime) -> Row:
    """The row of an import that still counts."""
    held = new.certifications or ()
    return {
        "workspace": workspace,
        "id": import_id,
        "kind": new.kind,
        "as_of": _day_text(new.as_of),
        "made_at": moment_text(now),
        "made_by": new.made_by,
        "adds": int(new.adds),
        "lists_people": int(new.certifications is not None),
        "people": len({one.person for one in held}),
        "certifications": len(held),
        "figures": len(new.figures),
        "undone_at": None,
        "undone_by": None,
        "company": new.company or None,
    }


def record(row: Row, files: Iterable[Row], usage: Sequence[Row]) -> ImportRecord:
    """What is remembered of an import; `usage` has a row for each of its datasets, in alphabetical order."""
    months = [date.fromisoformat(one[end]) for one in usage for end in ("first_month", "last_month")]
    return ImportRecord(
        id=row["id"],
        workspace=row["workspace"],
        kind=row["kind"],
        files=tuple(ImportedFile(name=one["name"], sha256=one["sha256"], size=one["size"]) for one in files),
        as_of=day(row["as_of"]),
        made_at=datetime.fromisoformat(row["made_at"]),
        made_by=row["made_by"],
        adds=bool(row["adds"]),
        undone_at=datetime.fromisoformat(row["undone_at"]) if row["undone_at"] else None,
        undone_by=row["undone_by"],
        people=row["people"],
        certifications=row["certifications"],
        figures=row["figures"],
        usage_rows=sum(one["rows"] for one in usage),
        datasets=tuple(one["dataset"] for one in usage),
        months=(min(months), max(months)) if months else None,
    )


def certification_row(held: HeldCertification) -> Row:
    """One person's certification as a row."""
    return {
        "person": held.person,
        "name": held.name,
        "certification": held.certification,
        "earned": _day_text(held.earned),
        "expires": _day_text(held.expires),
        **_origin_row(held.origin),
    }


def certification(row: Row) -> HeldCertification:
    """One person's certification, read back."""
    return HeldCertification(
        person=row["person"],
        name=row["name"],
        certification=row["certification"],
        earned=day(row["earned"]),
        expires=day(row["expires"]),
        origin=_origin(row),
    )


def figure_row(figure: Figure) -> Row:
    """A figure as a row; its amounts are JSON text of exact numbers."""
    trailing = figure.trailing_12_months
    amounts = {
        "parts": {part: _amount_json(amount) for part, amount in figure.parts.items()},
        "trailing_12_months": None if trailing is None else _amount_json(trailing),
        "people": _number_text(figure.people),
        "gate_holders": dict(figure.gate_holders),
        "points": _number_text(figure.points),
    }
    return {
        "area": figure.area,
        "metric": figure.metric,
        "track": figure.track,
        "as_of": _day_text(figure.as_of),
        "amounts": json.dumps(amounts),
        **_origin_row(figure.origin),
    }


def figure(row: Row) -> Figure:
    """A figure, read back."""
    amounts = json.loads(row["amounts"])
    trailing = amounts["trailing_12_months"]
    return Figure(
        area=row["area"],
        metric=row["metric"],
        track=row["track"],
        parts={part: _amount(given) for part, given in amounts["parts"].items()},
        trailing_12_months=None if trailing is None else _amount(trailing),
        people=_number(amounts["people"]),
        gate_holders=amounts["gate_holders"],
        points=_number(amounts["points"]),
        as_of=day(row["as_of"]),
        origin=_origin(row),
    )


def track_inputs_row(inputs: TrackInputs) -> Row:
    """What decides a track as a row."""
    numbers = {name: _number_text(getattr(inputs, name)) for name in _TRACK_NUMBERS}
    return {"area": inputs.area, "as_of": _day_text(inputs.as_of), **numbers, **_origin_row(inputs.origin)}


def track_inputs(row: Row) -> TrackInputs:
    """What decides a track, read back."""
    numbers: dict[str, Any] = {name: _number(row[name]) for name in _TRACK_NUMBERS}
    return TrackInputs(area=row["area"], as_of=day(row["as_of"]), origin=_origin(row), **numbers)


def membership_rows(membership: Membership | None) -> Sequence[Row]:
    """A membership as one row; none as no row."""
    if membership is None:
        return ()
    row = {"anniversary": membership.anniversary.isoformat(), "enrolled": json.dumps(membership.enrolled)}
    return ({**row, **_origin_row(membership.origin)},)


def membership(row: Row) -> Membership:
    """A membership, read back."""
    return Membership(
        anniversary=date.fromisoformat(row["anniversary"]),
        enrolled=tuple(json.loads(row["enrolled"])),
        origin=_origin(row),
    )


def day(text: str | None) -> date | None:
    """A day, read back."""
    return None if text is None else date.fromisoformat(text)


def _day_text(on: date | None) -> str | None:
    return None if on is None else on.isoformat()


def _number(text: str | None) -> Fraction | None:
    return None if text is None else Fraction(text)


def _number_text(number: Fraction | None) -> str | None:
    return None if number is None else str(number)


def _amount(given: Mapping[str, str]) -> Amount:
    return Amount(**{name: Fraction(text) for name, text in given.items()})


def _amount_json(amount: Amount) -> dict[str, str]:
    given = ((name, getattr(amount, name)) for name in _AMOUNTS)
    return {name: str(number) for name, number in given if number is not None}


def _origin(row: Row) -> Origin:
    return Origin(source=row["source"], line=row["line"], import_id=row["import_id"])


def _origin_row(origin: Origin) -> Row:
    return {"source": origin.source, "line": origin.line}
