"""How data files are read: strictly, with the line of every mistake, and with exact decimals."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from scoring.errors import DataFileError

Confidence = Literal["high", "medium", "low"]
Path_ = tuple[str | int, ...]


def exact(value: object) -> object:
    """A whole or decimal number as an exact fraction; anything else is refused, truth values and floats too."""
    if isinstance(value, Fraction):
        return value
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise ValueError("must be a number")
    return Fraction(value)


Exact = Annotated[Fraction, BeforeValidator(exact)]


class Frozen(BaseModel):
    """A value that never changes and has no unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Text(Frozen):
    """The same sentence in both languages, each written by hand."""

    en: str
    ja: str


class Reference(Frozen):
    """Where a value comes from: the page or deck, the place in it, and the day somebody read it."""

    title: str
    place: str
    read_on: date
    confidence: Confidence
    note: str | None = None


Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True)
class Document:
    """A YAML file as plain data, with the line (from 1) of every value by its path."""

    name: str
    data: Any
    lines: dict[Path_, int]

    def line(self, path: Sequence[str | int]) -> int:
        """The line of the value at `path`, or of its nearest parent that has one."""
        parts = tuple(path)
        while parts and parts not in self.lines:
            parts = parts[:-1]
        return self.lines.get(parts, 1)

    def where(self, path: Sequence[str | int]) -> str:
        """`file:line` of the value at `path`, as error messages print it."""
        return f"{self.name}:{self.line(path)}"


def read_yaml(path: Path) -> Document:
    """Read one YAML file.

    Raises: DataFileError when it is missing, not UTF-8, not YAML, or has a key twice.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise DataFileError(f"{path}: cannot be read ({error.strerror}); check the path.") from error
    except UnicodeDecodeError as error:
        raise DataFileError(f"{path}: is not UTF-8 text (byte {error.start}); save it as UTF-8.") from error
    return parse_yaml(text, name=str(path))


def parse_yaml(text: str, *, name: str) -> Document:
    """YAML text as plain data: exact decimals, dates, no duplicate keys, no `yes`/`on` as truth values.

    Raises: DataFileError when it is not YAML or has a key twice.
    """
    try:
        root = yaml.compose(text, Loader=yaml.CSafeLoader)
    except RecursionError as error:
        raise DataFileError(f"{name}: is nested without end; write its values out.") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        problem = getattr(error, "problem", None) or "unexpected characters"
        raise DataFileError(f"{name}:{line}: is not YAML ({problem}); check the indentation and quotes.") from error
    lines: dict[Path_, int] = {}
    try:
        data = _build(root, (), lines, name) if root is not None else None
    except RecursionError as error:
        raise DataFileError(f"{name}: is nested without end or holds itself; write its values out.") from error
    return Document(name=name, data=data, lines=lines)


def validate(model: type[Model], document: Document, path: Sequence[str | int] = (), data: Any = None) -> Model:
    """The part of a document at `path` (or `data` standing for it) as a model.

    Raises: DataFileError with the line of the first field that does not fit.
    """
    value = data if data is not None else document.data
    try:
        return model.model_validate(value)
    except ValidationError as error:
        first = error.errors()[0]
        place = _place(document, tuple(path), first["loc"])
        named = (*place, first["loc"][-1]) if first["type"] == "missing" else place
        field = ".".join(str(part) for part in named) or "the file"
        raise DataFileError(f"{document.where(place)}: '{field}': {_reason(first)}") from error


_DATE_KEY = re.compile(r"datetime\.date\((\d+), (\d+), (\d+)\)")


def _place(document: Document, path: Path_, loc: tuple[str | int, ...]) -> Path_:
    """The path of a mistake in the file: pydantic also names the kind of a rule, and writes dates in its own way."""
    for part in loc:
        found = _DATE_KEY.fullmatch(part) if isinstance(part, str) else None
        step = date(*map(int, found.groups())).isoformat() if found else part
        for candidate in ((*path, step), (*path, "<<", step)):
            if candidate in document.lines:
                path = candidate
                break
    return path


def _reason(error: Any) -> str:
    match error["type"]:
        case "extra_forbidden":
            return "is not a known key; remove it or correct its spelling."
        case "missing":
            return "is missing; add it."
        case "model_type" | "dict_type" | "model_attributes_type":
            return f"needs keys of its own; write it as a mapping{_given(error)}."
        case "tuple_type":
            return f"needs a list{_given(error)}; write it as [..., ...]."
    return f"{error['msg'].removeprefix('Value error, ')}{_given(error)}; correct it."


def _given(error: Any) -> str:
    value = error.get("input")
    if isinstance(value, dict | tuple):
        return ""
    return f" (given: {'nothing' if value is None else repr(value) if isinstance(value, str) else value})"


def _build(node: yaml.Node, path: Path_, lines: dict[Path_, int], name: str) -> Any:
    lines[path] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, path, lines, name)
    if isinstance(node, yaml.SequenceNode):
        return tuple(_build(item, (*path, index), lines, name) for index, item in enumerate(node.value))
    return _scalar(node)


def _mapping(node: yaml.MappingNode, path: Path_, lines: dict[Path_, int], name: str) -> dict[Any, Any]:
    merged: dict[Any, Any] = {}
    own: dict[Any, Any] = {}
    first_lines: dict[Any, int] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        if key_node.tag == "tag:yaml.org,2002:merge":
            above = _build(value_node, (*path, "<<"), lines, name)
            if not isinstance(above, dict):
                raise DataFileError(f"{name}:{line}: '<<' needs one mapping, such as '<<: *name'; correct it.")
            merged |= above
            continue
        key = _scalar(key_node)
        if isinstance(key, bool) or not isinstance(key, str | int | date):
            raise DataFileError(f"{name}:{line}: a key must be a word, a number or a date.")
        if key in own:
            raise DataFileError(f"{name}:{line}: '{key}' is given twice (first on line {first_lines[key]}); keep one.")
        first_lines[key] = line
        step = key if isinstance(key, str | int) else key.isoformat()
        own[key] = _build(value_node, (*path, step), lines, name)
        lines[(*path, step)] = line
    return merged | own


LONGEST_NUMBER = 30  # digits; a longer one is no figure of anything, and stays text
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def _scalar(node: yaml.Node) -> Any:
    text: str = node.value
    kind = node.tag.rsplit(":", 1)[-1]
    if kind == "null":
        return None
    if kind == "bool" and text.lower() in ("true", "false"):
        return text.lower() == "true"
    if kind in ("int", "float") and re.fullmatch(r"[-+]?\d[\d_]*(\.\d+)?", text):
        return _number(text)
    if kind == "timestamp" and _DATE.fullmatch(text):
        return _date(text)
    return text


def _number(text: str) -> int | Decimal | str:
    plain = text.replace("_", "")
    if len(plain) > LONGEST_NUMBER:
        return text
    try:
        return Decimal(plain) if "." in plain else int(plain)
    except (InvalidOperation, ValueError):
        return text


def _date(text: str) -> date | str:
    try:
        return date.fromisoformat(text)
    except ValueError:  # 2027-02-30 stays text: the model that wants a date says so with the line
        return text
