"""Writes the reports into a folder: all of them or none, as CSV or TSV."""

import csv
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from bot.sample_exports.reports import SampleReport

Format = Literal["csv", "tsv"]

_DELIMITERS: dict[Format, str] = {"csv": ",", "tsv": "\t"}


class FolderError(Exception):
    """The folder cannot take the reports. The text is shown to the user."""

    kind = "folder_not_usable"

    def __init__(self, path: Path, message: str) -> None:
        super().__init__(message)
        self.message = message
        self.where = str(path)


@dataclass(frozen=True)
class WrittenFile:
    """A file that was written: its path, the report in it, and its rows without the header."""

    path: Path
    report: str
    rows: int


def write_reports(reports: Iterable[SampleReport], folder: Path, form: Format) -> list[WrittenFile]:
    """Write every report into a folder, which is made; an empty one may be there already.

    Raises: FolderError when the folder holds something, or cannot be written; then nothing is left behind.
    """
    _check_free(folder)
    made = [one for one in (folder, *folder.parents) if not one.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".unfinished-", dir=folder) as unfinished:
            written = [_write(report, Path(unfinished), form) for report in reports]
            moved = [replace(one, path=one.path.rename(folder / one.path.name)) for one in written]
        made = []
    except OSError as error:
        raise _refused(folder, error) from error
    finally:
        for one in made:  # the innermost first; empty unless all is done
            with suppress(OSError):
                one.rmdir()
    return moved


def _check_free(folder: Path) -> None:
    try:
        if folder.is_dir():
            names = sorted(path.name for path in folder.iterdir())
            if names:
                message = f"{folder} is not empty (it holds {names[0]}); name a new folder, or empty this one."
                raise FolderError(folder, message)
        elif folder.exists() or folder.is_symlink():
            raise FolderError(folder, f"{folder} is a file; name a folder that is empty or not there yet.")
    except OSError as error:
        raise _refused(folder, error) from error


def _refused(folder: Path, error: OSError) -> FolderError:
    why = error.strerror or str(error)
    return FolderError(folder, f"{folder} cannot be written ({why}); nothing was written. Name another folder.")


def _write(report: SampleReport, folder: Path, form: Format) -> WrittenFile:
    path = folder / f"{report.title}.{form}"
    count = 0
    with path.open("x", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=_DELIMITERS[form], lineterminator="\n")
        writer.writerow(report.columns)
        for count, row in enumerate(report.rows(), start=1):
            assert count > 1 or tuple(row) == report.columns, f"{report.title}: the rows have other columns"
            writer.writerow(row.values())
    return WrittenFile(path, report.title, count)
