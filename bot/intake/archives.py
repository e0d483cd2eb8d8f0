"""ZIP and gzip files -> their members, unpacked while they are read."""

import gzip
import io
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from bot.intake.byte_streams import BLOCK, MOST_BYTES, UNREADABLE, Meter, Opener, damaged, too_large
from bot.intake.errors import (
    DamagedFileError,
    EmptyFileError,
    EncryptedFileError,
    IntakeError,
    NestedArchiveError,
    TooManyMembersError,
)
from bot.intake.findings import printable

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

MOST_MEMBERS = 1_000
_MOST_DIRECTORY = BLOCK  # bytes of the list of members, which is read as a whole
_BUFFER = 64 * 1024
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # the others unpack without a bound on what is in memory
_ENCRYPTED = 0x1
_UTF_8 = 0x800


@dataclass(frozen=True, slots=True)
class Member:
    """A file inside an archive. `name` begins with that of the archive; `problem` says why it cannot be read."""

    name: str
    open_bytes: Opener
    problem: IntakeError | None = None


class Bounded(io.BufferedReader):
    """A file that is never read in one piece, as zipfile would do with a list of members of any length."""

    def read(self, size: int | None = -1, /) -> bytes:
        """Some bytes. Raises: BadZipFile when too many are asked for."""
        if size is not None and size > _MOST_DIRECTORY:
            raise zipfile.BadZipFile
        return super().read(size)


@contextmanager
def opened_zip(open_bytes: Opener, *, name: str) -> Iterator[zipfile.ZipFile]:
    """The archive; members that were opened in it outlive it.

    Raises: DamagedFileError when it cannot be read.
    """
    below = Bounded(open_bytes(), _BUFFER)
    try:
        with zipfile.ZipFile(below) as archive:
            yield archive
    except (*UNREADABLE, ValueError, IndexError, OSError) as error:
        raise damaged(name) from error


def zip_members(open_bytes: Opener, *, name: str) -> list[Member]:
    """The files in an archive in the order of their names, without hidden ones.

    Raises: IntakeError kinds when it is damaged or empty, or holds too much.
    """
    with opened_zip(open_bytes, name=name) as archive:
        found = [one for one in archive.infolist() if not one.is_dir() and not _is_hidden(one.filename)]
    if len(found) > MOST_MEMBERS:
        message = f"{name}: has more than {MOST_MEMBERS} files in it; send the reports alone."
        raise TooManyMembersError(message, where=name, limit=MOST_MEMBERS)
    if not found:
        raise EmptyFileError(f"{name}: has no files in it; download the report again.", where=name)
    if sum(one.file_size for one in found) > MOST_BYTES:  # more than it says of itself is never unpacked
        raise too_large(name)
    members = [_member(open_bytes, one, name) for one in found]
    return sorted(members, key=lambda one: one.name)


def gzip_member(open_bytes: Opener, *, name: str) -> Opener:
    """Opens what is in a gzip file."""

    def open_member() -> Meter:
        below = io.BufferedReader(open_bytes(), BLOCK)
        return Meter(gzip.GzipFile(fileobj=below), name=name, below=below)

    return open_member


def spooled(open_bytes: Opener) -> Opener:
    """Opens the same bytes from a temporary file, for what cannot be read from its beginning to its end only.

    The file has no name and goes as soon as nobody needs it.
    """
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the opener keeps it
    with open_bytes() as stream:
        name = stream.name
        shutil.copyfileobj(stream, file, BLOCK)
    return lambda: Meter(_Reading(file), name=name)


class _Reading(io.RawIOBase):
    """One reading of a file that several read at the same time."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._place = 0

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        self._file.seek(self._place)
        read: int = self._file.readinto(buffer)  # type: ignore[attr-defined]
        self._place += read
        return read

    def seekable(self) -> bool:
        return True

    def readable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        if whence == io.SEEK_CUR:
            offset, whence = self._place + offset, io.SEEK_SET
        self._place = self._file.seek(offset, whence)
        return self._place


def nested(name: str) -> NestedArchiveError:
    """The error for an archive inside an archive."""
    message = f"{name}: is an archive inside an archive; unpack it and send the CSV or TSV file inside."
    return NestedArchiveError(message, where=name)


def _member(open_bytes: Opener, info: zipfile.ZipInfo, archive_name: str) -> Member:
    name = f"{archive_name}/{_printed(info)}"

    def open_member() -> Meter:
        with opened_zip(open_bytes, name=name) as archive:
            return Meter(archive.open(info), name=name, below=archive.fp)

    problem: IntakeError | None = None
    if info.flag_bits & _ENCRYPTED:
        problem = encrypted(name)
    elif info.compress_type not in _METHODS:
        message = f"{name}: is packed in a way that is not read here; pack it as an ordinary ZIP, or send it unpacked."
        problem = DamagedFileError(message, where=name)
    return Member(name, open_member, problem)


def encrypted(name: str) -> EncryptedFileError:
    """The error for what needs a password."""
    return EncryptedFileError(f"{name}: needs a password; unpack it and send the file inside.", where=name)


def _is_hidden(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return "__MACOSX" in parts or any(part.startswith(".") and part not in (".", "..") for part in parts)


def _printed(info: zipfile.ZipInfo) -> str:
    """The name of a member: Windows in Japan writes CP932 where the format says code page 437."""
    name = info.filename
    if not info.flag_bits & _UTF_8 and not name.isascii():
        written = name.encode("cp437", errors="replace")
        for encoding in ("utf-8", "cp932"):
            try:
                name = written.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    return printable(name)
