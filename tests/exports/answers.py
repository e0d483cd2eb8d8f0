"""What the oracle says of a metric: the measured value, its parts, its points, or what the data lacks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction


@dataclass(frozen=True)
class Answer:
    """A metric of a track; `points` is none where it is not computable."""

    points: Fraction | None
    value: Fraction | None = None
    parts: Mapping[str, Fraction | None] = field(default_factory=dict)
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Inputs:
    """What classifies a partner; none where the data does not say."""

    smb_customers: int | None = None
    customers: int | None = None
    trailing_12_month_acr: Fraction | None = None
    large_workloads: int | None = None


@dataclass(frozen=True)
class Measured:
    """A number, or what is missing for it."""

    value: Fraction | None
    missing: tuple[str, ...] = ()


def unless(missing: list[str], value: Fraction | int) -> Measured:
    """The value, unless something is missing for it."""
    return Measured(None, tuple(missing)) if missing else Measured(Fraction(value))


def limited(points: Fraction | int, most: int) -> Fraction:
    """Points between none and the most."""
    return min(Fraction(most), max(Fraction(0), Fraction(points)))


def counted(measured: Measured, each: Fraction, most: int) -> Answer:
    """So many points for each one."""
    if measured.value is None:
        return Answer(None, missing=measured.missing)
    return Answer(limited(measured.value * each, most), measured.value)


def two_sides(sides: Mapping[str, Measured], each: Fraction, most: int) -> Answer:
    """Two counts summed, which may offset each other; not known without both."""
    missing = tuple(name for side in sides.values() for name in side.missing)
    values = {name: side.value for name, side in sides.items()}
    known = [side.value for side in sides.values() if side.value is not None]
    if len(known) < len(sides):
        return Answer(None, None, values, missing)
    return Answer(limited(sum(known) * each, most), sum(known, Fraction(0)), values)


def best_part(parts: Mapping[str, Measured], thresholds: Mapping[str, int], most: int) -> Answer:
    """The association type that gives more points; those that are known decide."""
    points = [
        limited(part.value / thresholds[name] * most, most) for name, part in parts.items() if part.value is not None
    ]
    missing = tuple(name for part in parts.values() for name in part.missing)
    return Answer(max(points, default=None), None, {name: part.value for name, part in parts.items()}, missing)


def growth_in_percent(now: Fraction, year_ago: Fraction) -> Fraction | None:
    """Growth against a year ago; none against nothing."""
    return (now - year_ago) / year_ago * 100 if year_ago > 0 else None
