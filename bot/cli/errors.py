"""How every error is told: a kind for programs, a sentence for people, and the place it is about."""

import re
import traceback
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import click

_PLACE = re.compile(r"^(?P<place>.+?): ")


class CommandError(Exception):
    """A command cannot do what it was asked. The text is shown to the user."""

    def __init__(self, kind: str, message: str, *, where: str = "") -> None:
        super().__init__(message)
        self.kind = kind
        self.message = message
        self.where = where


@dataclass(frozen=True)
class ErrorReport:
    """An error as it is shown."""

    kind: str
    message: str
    where: str
    hint: str = ""
    help: str = ""

    def as_json(self) -> dict[str, str]:
        """The object under `error`."""
        return {"kind": self.kind, "message": self.message, "where": self.where}

    @property
    def text(self) -> str:
        """The lines for stderr."""
        return self.help or f"Error: {self.message}" + (f"\n{self.hint}" if self.hint else "")


@runtime_checkable
class _Told(Protocol):
    """Errors that name their own kind: those of scoring and of the store, and `CommandError`."""

    kind: str
    message: str


def described(error: Exception) -> ErrorReport:
    """The report of any error; one that nobody expected names the line of the program it comes from."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        return ErrorReport("usage", "Name a command.", "", help=error.format_message())
    if isinstance(error, click.ClickException):
        return _usage(error)
    if isinstance(error, click.Abort):
        return ErrorReport("aborted", "Stopped before the end; nothing more was done.", "")
    if isinstance(error, _Told):
        return ErrorReport(error.kind, error.message, getattr(error, "where", "") or _path(error))
    if isinstance(error, RecursionError):
        return ErrorReport("data_file", "The file is nested too deeply, or refers to itself; write it out.", "")
    if isinstance(error, OverflowError):
        return ErrorReport("wrong_fact", "A day or a number is too far out of range; correct it.", "")
    match type(error).__name__:
        case "DataFileError":
            return ErrorReport("data_file", str(error), _place(str(error)))
        case "SettingsError":
            return ErrorReport("settings", str(error), str(error).split(" ", 1)[0])
    return _unexpected(error)


def _usage(error: click.ClickException) -> ErrorReport:
    context = getattr(error, "ctx", None)
    parameter = getattr(error, "param", None)
    where = parameter.opts[0] if parameter is not None and parameter.param_type_name == "option" else ""
    where = where or (parameter.human_readable_name if parameter is not None else "")
    hint = f"See: {context.command_path} --help" if context is not None else ""
    message = error.format_message()
    message += "" if message.endswith((".", "?")) else "."
    return ErrorReport("usage", message, where or getattr(error, "option_name", "") or "", hint)


def _path(error: _Told) -> str:
    values = getattr(error, "values", {})
    return str(values.get("path") or values.get("import_id") or values.get("workspace") or "")


def _place(message: str) -> str:
    found = _PLACE.match(message)
    return found["place"] if found else ""


def _unexpected(error: Exception) -> ErrorReport:
    frames = traceback.extract_tb(error.__traceback__)
    line = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else ""
    what = f"{type(error).__name__}: {error}"
    message = f"Something unexpected went wrong ({what}); please report it with this place: {line}"
    return ErrorReport("internal", message, line)
