"""Paths that somebody hands in -> the sources in them: files, members of archives, sheets of workbooks."""

import io
import stat
from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from pathlib import Path

from bot.intake.archives import gzip_member, nested, spooled, zip_members
from bot.intake.byte_streams import BLOCK, MOST_BYTES, Meter, Opener, too_large
from bot.intake.csv_rows import CsvRows
from bot.intake.errors import FileNotReadableError, IntakeError, TooLargeError
from bot.intake.file_formats import format_of
from bot.intake.findings import printable
from bot.intake.table_stream import Rows, TableStream
from bot.intake.text_files import TextFile, inspect, without_signs
from bot.intake.workbooks import is_workbook, sheets

MOST_TEXT = 16 * 1024**2  # bytes of a facts file, which is read as a whole
_SNIFFED = 64 * 1024


class SourceFile:
    """One table or text that was handed in. Its bytes are read when they are asked for, never all at once.

    `name` is what origins print (`azure.csv`, `reports.zip/azure.csv`, `book.xlsx/Sheet1`); `is_found` tells a file
    that was found in a folder from one that was named. What is wrong with it is raised by whatever reads it.
    """

    def __init__(
        self,
        name: str,
        open_bytes: Opener,
        *,
        is_found: bool = False,
        open_rows: Callable[[], Rows] | None = None,
        problem: IntakeError | None = None,
    ) -> None:
        """`open_rows` opens the rows of a sheet; `problem` says why there is nothing to read."""
        self.name = name
        self.is_found = is_found
        self.problem = problem
        self._open_bytes = open_bytes
        self._open_rows = open_rows
        self._text: TextFile | None = None
        self._digest: tuple[int, str] | None = None

    @classmethod
    def of_bytes(cls, content: bytes, *, name: str) -> "SourceFile":
        """A file that came as bytes; `expanded` finds what is in an archive."""
        name = printable(name)
        return cls(name, lambda: Meter(io.BytesIO(content), name=name))

    @property
    def size(self) -> int:
        """Bytes of the file or member; of the workbook for a sheet. Raises: IntakeError kinds."""
        return self._measured()[0]

    @property
    def sha256(self) -> str:
        """SHA-256 of those bytes in hexadecimal. Raises: IntakeError kinds."""
        return self._measured()[1]

    def open_bytes(self) -> Meter:
        """The bytes from their beginning. Raises: IntakeError kinds."""
        return self._open_bytes()

    def inspected(self) -> TextFile:
        """How to decode it, after one reading of all bytes. Raises: IntakeError kinds where it is no text."""
        self.check()
        if self._text is None:
            self._text = inspect(self._open_bytes, name=self.name)
        return self._text

    def beginning(self) -> str:
        """The first 100,000 characters of a text, "" for a sheet. Raises: IntakeError kinds where it is no text."""
        return "" if self._open_rows else self.inspected().start

    def text(self) -> str:
        """The whole text of a small file. Raises: IntakeError kinds."""
        found = self.inspected()
        if found.size > MOST_TEXT:
            message = f"{self.name}: has more than {MOST_TEXT // 1024**2} MiB, so it is no facts file."
            raise TooLargeError(message, where=self.name, limit=MOST_TEXT)
        with self._open_bytes() as stream:
            content = stream.readall()
        return without_signs(content.removeprefix(found.mark).decode(found.encoding))

    def open_rows(self) -> Rows:
        """Its rows from the beginning. Raises: IntakeError kinds."""
        self.check()
        if self._open_rows is not None:
            return self._open_rows()
        return CsvRows(self._open_bytes, self.inspected(), name=self.name)

    def check(self) -> None:
        """Raises: the IntakeError that stands for this source, if it could not be found out what is in it."""
        if self.problem is not None:
            raise self.problem

    def _measured(self) -> tuple[int, str]:
        if self._text is not None:
            return self._text.size, self._text.sha256
        if self._digest is None:
            self._digest = _digest(self._open_bytes)
        return self._digest


def open_table(source: SourceFile) -> TableStream:
    """The table in a source, its headers read.

    Raises: IntakeError kinds when it is no table.
    """
    return TableStream(source.open_rows(), name=source.name)


def source_files(paths: Iterable[Path | str]) -> Iterator[SourceFile]:
    """All sources in these files and folders, in order. Nothing is raised here: a source says what is wrong with it."""
    for path in map(Path, paths):
        if _is_folder(path):
            yield from _in_folder(path)
        else:
            yield from expanded(_file(path, path.name, is_found=False))


def expanded(source: SourceFile) -> Iterator[SourceFile]:
    """The sources inside an archive or workbook; the source itself where it is neither."""
    try:
        with io.BufferedReader(source.open_bytes(), _SNIFFED) as stream:
            looks_like = format_of(stream.read(_SNIFFED))
        if looks_like not in ("zip", "xlsx", "gzip"):
            yield source
            return
        inside = list(_inside(source, looks_like))
    except IntakeError as error:
        yield SourceFile(source.name, source.open_bytes, is_found=source.is_found, problem=error)
        return
    yield from inside


def _inside(source: SourceFile, looks_like: str) -> Iterator[SourceFile]:
    is_found = source.is_found
    if looks_like == "gzip":
        member = SourceFile(source.name, gzip_member(source.open_bytes, name=source.name), is_found=is_found)
        yield from _of_member(member)
        return
    if is_workbook(source.open_bytes, name=source.name):
        yield from _sheets(source)
        return
    for found in zip_members(source.open_bytes, name=source.name):
        member = SourceFile(found.name, found.open_bytes, is_found=is_found, problem=found.problem)
        yield from _of_member(member)


def _of_member(member: SourceFile) -> Iterator[SourceFile]:
    """A member as it is; the sheets of a workbook; an error in the place of an archive."""
    if member.problem is not None:
        yield member
        return
    try:
        with io.BufferedReader(member.open_bytes(), _SNIFFED) as stream:
            looks_like = format_of(stream.read(_SNIFFED))
        if looks_like in ("zip", "xlsx") and is_workbook(kept := spooled(member.open_bytes), name=member.name):
            workbook = SourceFile(member.name, kept, is_found=member.is_found)
            inside = list(_sheets(workbook))
        elif looks_like in ("zip", "xlsx", "gzip"):
            raise nested(member.name)
        else:
            inside = [member]
    except IntakeError as error:
        inside = [SourceFile(member.name, member.open_bytes, is_found=member.is_found, problem=error)]
    yield from inside


def _sheets(workbook: SourceFile) -> Iterator[SourceFile]:
    for sheet in sheets(workbook.open_bytes, name=workbook.name):
        yield SourceFile(sheet.name, workbook.open_bytes, is_found=workbook.is_found, open_rows=sheet.open_rows)


def _in_folder(top: Path) -> Iterator[SourceFile]:
    """The files of a folder and of those below it, in the order of their names.

    Links to folders are not followed, nor links to files elsewhere: a folder that somebody sent shows only itself.
    """
    left, inside_of = [top], top.resolve()
    while left:
        path = left.pop()
        name = path.relative_to(top).as_posix() if path != top else path.name
        try:
            if path != top and _is_link_to_file(path) and not path.resolve().is_relative_to(inside_of):
                yield _refused(printable(name), not_readable(name, "it is a link to a file outside of the folder"))
            elif not _is_folder(path):
                yield from expanded(_file(path, name, is_found=True))
            elif path == top or not path.is_symlink():
                inside = sorted(path.iterdir(), key=lambda one: one.name, reverse=True)
                left += [one for one in inside if not one.name.startswith(".") and one.name != "__MACOSX"]
        except OSError as error:
            yield _unreadable(printable(name), error, is_found=path != top)


def _is_folder(path: Path) -> bool:
    """Whether it is one, as far as the system says."""
    try:
        return path.is_dir()
    except OSError:
        return False  # opening it as a file then says why it cannot be read


def _is_link_to_file(path: Path) -> bool:
    return path.is_symlink() and path.is_file()


def _unreadable(name: str, error: OSError, *, is_found: bool) -> SourceFile:
    return _refused(name, not_readable(name, error.strerror or "unreadable"), is_found=is_found)


def _refused(name: str, problem: IntakeError, *, is_found: bool = True) -> SourceFile:
    """A source that only says why it is not read."""

    def refuse() -> Meter:
        raise problem

    return SourceFile(name, refuse, is_found=is_found, problem=problem)


def _file(path: Path, name: str, *, is_found: bool) -> SourceFile:
    name = printable(name)
    return SourceFile(name, lambda: _opened(path, name), is_found=is_found)


def _opened(path: Path, name: str) -> Meter:
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise not_readable(name, "it is no file")
        if found.st_size > MOST_BYTES:
            raise too_large(name)
        return Meter(path.open("rb", buffering=0), name=name)
    except (OSError, ValueError) as error:
        raise not_readable(name, getattr(error, "strerror", None) or "no such path") from error


def not_readable(name: str, reason: str) -> FileNotReadableError:
    """The error for what the system does not let us read."""
    message = f"{name}: cannot be read ({reason}); check the path and who may read it."
    return FileNotReadableError(message, where=name, reason=reason)


def _digest(open_bytes: Opener) -> tuple[int, str]:
    digest, size = sha256(), 0
    with open_bytes() as stream:
        while block := stream.read(BLOCK):
            digest.update(block)
            size += len(block)
    return size, digest.hexdigest()
