"""The ways in which one figure can be written (docs/facts-file.md) -> amounts."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from bot.intake.yaml_place import YamlPlace
from scoring.facts import WHOLE, Amount
from scoring.sources import Path_

AMOUNT_KEYS = ("now", "year_ago", "difference", "count", "value", "percent")
FIGURE_KEYS = (*AMOUNT_KEYS, "points", "as_of", "trailing_12_months")


def read_parts(place: YamlPlace, data: Mapping[str, Any], path: Path_) -> dict[str, Amount]:
    """The amounts of a figure: one without a name, or one per side or association type.

    Raises: WrongFactError when both are given, or the numbers of one amount disagree.
    """
    named = [key for key in data if key not in FIGURE_KEYS]
    if not named:
        whole = {key: value for key, value in data.items() if key in AMOUNT_KEYS}
        return {WHOLE: read_amount(place, whole, path)} if whole else {}
    for key in data:
        if key in AMOUNT_KEYS:
            raise place.wrong((*path, key), str(data[key]), f"give either {key} or parts ({', '.join(named)})")
    return {key: read_amount(place, data[key], (*path, key)) for key in named}


def read_amount(place: YamlPlace, data: Any, path: Path_) -> Amount:
    """One amount: a plain number, or a mapping of its keys.

    Raises: WrongFactError when the numbers disagree.
    """
    if not isinstance(data, Mapping):
        return Amount(count=place.number(data, path))
    keys = place.mapping(data, path, AMOUNT_KEYS)
    given = {key: place.number(value, (*path, key)) for key, value in keys.items()}
    for key in ("now", "year_ago"):
        place.not_negative(given.get(key), (*path, key))
    counts = {given[key] for key in ("difference", "count", "value") if key in given}
    if len(counts) > 1:
        both = " and ".join(f"{float(count):g}" for count in sorted(counts))
        raise place.wrong(path, both, "one number is meant; give one")
    now, year_ago = given.get("now"), given.get("year_ago")
    count = next(iter(counts), None)
    if now is not None and year_ago is not None:
        _check_difference(place, count, now - year_ago, path)
        _check_percent(place, given.get("percent"), now, year_ago, path)
        return Amount(now=now, year_ago=year_ago)
    if count is not None and "percent" in given:
        raise place.wrong(path, f"{float(count):g}", "a count and a percentage are given; give one")
    return Amount(count=count, now=now, year_ago=year_ago, percent=given.get("percent"))


def _check_difference(place: YamlPlace, count: Fraction | None, difference: Fraction, path: Path_) -> None:
    if count is not None and count != difference:
        raise place.wrong(path, f"{float(count):g}", f"now - year_ago is {float(difference):g}; correct one of them")


def _check_percent(place: YamlPlace, percent: Fraction | None, now: Fraction, year_ago: Fraction, path: Path_) -> None:
    """A percentage beside its two amounts may be rounded, but not be another one."""
    if percent is None:
        return
    computed = (now - year_ago) / year_ago * 100 if year_ago else Fraction(0)
    if abs(percent - computed) >= 1:
        reason = f"now and year_ago give {float(computed):.1f} percent; correct one of them"
        raise place.wrong(path, f"{float(percent):g}", reason)
