"""Bytes of a file or member, counted while they are read: whatever was handed in, there is an end to it."""

import gzip
import io
import lzma
import zipfile
import zlib
from collections.abc import Callable
from typing import IO, TYPE_CHECKING

from bot.intake.errors import DamagedFileError, TooLargeError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

MOST_BYTES = 2 * 1024**3  # of one file or member, unpacked
BLOCK = 1024**2  # bytes that are looked at together
UNREADABLE = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, gzip.BadGzipFile, EOFError, NotImplementedError)


Stream = io.IOBase | IO[bytes]


class TooMuchAtOnceError(Exception):
    """More bytes were read than `Meter.allow` allowed."""


class Meter(io.RawIOBase):
    """A binary stream that counts what is read from it.

    Reading raises TooLargeError beyond `MOST_BYTES`, DamagedFileError where it cannot be unpacked, and
    TooMuchAtOnceError beyond what `allow` allowed last.
    """

    def __init__(self, stream: Stream, *, name: str, below: Stream | None = None) -> None:
        """`below` is what is to be closed together with the stream."""
        self.name = name
        self.count = 0
        self._stream = stream
        self._below = below
        self._most = MOST_BYTES

    def allow(self, count: int) -> None:
        """Let so many bytes be read from here on."""
        self._most = self.count + count

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        """Fill the buffer as far as there are bytes; 0 at the end."""
        try:
            read: int = self._stream.readinto(buffer)  # type: ignore[union-attr]
        except UNREADABLE as error:
            raise damaged(self.name) from error
        self.count += read
        if self.count > MOST_BYTES:
            raise too_large(self.name)
        if self.count > self._most:
            raise TooMuchAtOnceError
        return read

    def readable(self) -> bool:
        """Always."""
        return True

    def seekable(self) -> bool:
        """Whether the stream below is; for archives, whose list of members is at their end."""
        return self._stream.seekable()

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Go to a place in the stream below."""
        return self._stream.seek(offset, whence)

    def close(self) -> None:
        """Close the stream and what is below it."""
        self._stream.close()
        if self._below is not None:
            self._below.close()
        super().close()


Opener = Callable[[], Meter]  # opens the same bytes from their beginning, each time


def too_large(name: str) -> TooLargeError:
    """The error for a file or archive with more than `MOST_BYTES` in it."""
    message = f"{name}: has more than {MOST_BYTES // 1024**3} GiB in it; download the report for a shorter period."
    return TooLargeError(message, where=name, limit=MOST_BYTES)


def damaged(name: str) -> DamagedFileError:
    """The error for what cannot be unpacked."""
    message = f"{name}: is damaged and cannot be unpacked; download it again, or send the CSV or TSV file itself."
    return DamagedFileError(message, where=name)
