"""Answers whether a value in a Block Kit payload has the right form: checks yield what is wrong and where."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Check = Callable[[Any, str], Iterator[str]]


def anything(_value: Any, _place: str) -> Iterator[str]:
    """Accept every value."""
    yield from ()


@dataclass(frozen=True)
class Shape:
    """The fields an object may have; `rule` looks at several of them, `is_open` allows others too."""

    fields: Mapping[str, Check]
    required: tuple[str, ...] = ()
    rule: Check = anything
    is_open: bool = False

    def __call__(self, value: Any, place: str) -> Iterator[str]:
        """Check an object against this shape."""
        if not isinstance(value, Mapping):
            yield f"{place}: must be an object"
            return
        yield from (f"{place}/{name}: missing" for name in self.required if value.get(name) in (None, ""))
        for name, content in value.items():
            if name in self.fields and content is not None:
                yield from self.fields[name](content, f"{place}/{name}")
            elif name not in self.fields and name != "type" and not self.is_open:
                yield f"{place}/{name}: no such field here"
        yield from self.rule(value, place)


def listed(value: Any) -> Sequence[Any]:
    """Give the items of a list, and none for anything else."""
    return value if isinstance(value, Sequence) and not isinstance(value, str) else ()


def objects(value: Any) -> list[Mapping[str, Any]]:
    """Give the objects among the items of a list."""
    return [item for item in listed(value) if isinstance(item, Mapping)]


def string(most: int, least: int = 1) -> Check:
    """Check a string's length. Units: characters."""

    def check(value: Any, place: str) -> Iterator[str]:
        if not isinstance(value, str):
            yield f"{place}: must be a string"
        elif len(value) > most:
            yield f"{place}: {len(value)} characters, at most {most} are allowed"
        elif len(value) < least:
            yield f"{place}: empty"

    return check


def text(most: int, *, plain: bool = False) -> Check:
    """Check a text object, which some places want as plain_text. Units: characters."""
    kinds = ("plain_text",) if plain else ("plain_text", "mrkdwn")

    def check(value: Any, place: str) -> Iterator[str]:
        if not isinstance(value, Mapping) or value.get("type") not in kinds:
            yield f"{place}: must be a text object of type {' or '.join(kinds)}"
            return
        option = "emoji" if value["type"] == "plain_text" else "verbatim"
        yield from Shape({"text": string(most), option: anything}, required=("text",))(value, place)

    return check


def many(check: Check, *, most: int, least: int = 1) -> Check:
    """Check a list's length and each of its items."""

    def check_all(value: Any, place: str) -> Iterator[str]:
        if not isinstance(value, Sequence) or isinstance(value, str):
            yield f"{place}: must be a list"
            return
        if not least <= len(value) <= most:
            yield f"{place}: {len(value)} items, {least} to {most} are allowed"
        for index, item in enumerate(value):
            yield from check(item, f"{place}/{index}")

    return check_all


def typed(checks: Mapping[str, Check]) -> Check:
    """Check an object by the shape that belongs to its type."""

    def check(value: Any, place: str) -> Iterator[str]:
        kind = value.get("type") if isinstance(value, Mapping) else None
        if isinstance(kind, str) and kind in checks:
            yield from checks[kind](value, place)
        else:
            yield f"{place}: type {kind!r} is not allowed here"

    return check


def unique(names: Iterable[Any], label: str, place: str) -> Iterator[str]:
    """Check that no name is given twice; missing names do not count."""
    counts = Counter(name for name in names if name)
    yield from (f"{place}: {label} '{name}' is given {count} times" for name, count in counts.items() if count > 1)
