"""Bytes of an export -> text, in the encodings that Partner Center and spreadsheets write."""

import codecs
import io
import re
from dataclasses import dataclass, field
from hashlib import sha256

from bot.intake.byte_streams import BLOCK, Meter, Opener
from bot.intake.errors import (
    EmptyFileError,
    IntakeError,
    NulBytesError,
    RowTooLongError,
    TooManyColumnsError,
    UnknownEncodingError,
)
from bot.intake.file_formats import check_is_text

DELIMITERS = "\t,;"
START = 100_000  # characters in which the header line stands
LONGEST_ROW = 3 * 1024**2  # characters
MOST_COLUMNS = 2_000

_MARKED = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_INVISIBLE = re.compile("[\ufeff\u200b\u2060]")
_SIGNS = "\ufeff\u2060\u200b\u200c\u200d\u200e\u200f"  # that a spreadsheet or a copied cell leaves behind
# Python's CP932 gives these for bytes that CP932 does not define.
_NOT_CP932 = re.compile("[\x80-\x9f\xa0\uf8f0-\uf8f3]")
_UTF_16_START = 512  # bytes that show whether a file is UTF-16: the header line is ASCII


@dataclass(frozen=True, slots=True)
class TextFile:
    """What a first reading of all bytes found: how to decode them, and that this gives text without an error.

    `mark` is the byte order mark; `has_signs` says that zero-width signs are in the text; `start` are its first
    characters, without signs.
    """

    encoding: str
    mark: bytes
    size: int
    sha256: str
    has_signs: bool
    start: str


class _WrongEncodingError(Exception):
    """The bytes are not of the encoding; `offset` is where that was seen."""

    def __init__(self, offset: int, *, is_cut_off: bool = False) -> None:
        self.offset = offset
        self.is_cut_off = is_cut_off


def inspect(open_bytes: Opener, *, name: str) -> TextFile:
    """Read all bytes once, in bounded memory.

    Raises: IntakeError kinds for an empty file, one of another format, or of an unknown encoding.
    """
    with io.BufferedReader(open_bytes(), BLOCK) as stream:
        beginning = stream.read(BLOCK)
    check_is_text(beginning, name)
    mark, encodings = _encodings(beginning[:_UTF_16_START])
    first: _WrongEncodingError | None = None
    for encoding in encodings:
        try:
            return _Inspection(open_bytes, encoding, mark, name).run()
        except _WrongEncodingError as error:
            first = first or error
            if error.is_cut_off:
                break
    raise _unknown(open_bytes, first, encodings, name)


def without_signs(text: str) -> str:
    """Text without byte order marks and zero-width spaces, wherever they are."""
    return _INVISIBLE.sub("", text)


def decode(content: bytes, *, name: str) -> str:
    """The text of a file, without byte order marks and zero-width spaces.

    Raises: IntakeError kinds for an empty file, one of another format, or of an unknown encoding.
    """
    found = inspect(lambda: Meter(io.BytesIO(content), name=name), name=name)
    return without_signs(content.removeprefix(found.mark).decode(found.encoding))


@dataclass(slots=True)
class _Inspection:
    """One reading of all bytes in one encoding."""

    open_bytes: Opener
    encoding: str
    mark: bytes
    name: str
    offset: int = 0  # of the block that is looked at
    is_filled: bool = False
    has_signs: bool = False
    is_ascii: bool = True
    line_from: int = 0  # the end of the last block with a line break
    unbroken: int = 0  # characters since the last block with a line break
    start: list[str] = field(default_factory=list)
    start_length: int = 0

    def run(self) -> TextFile:
        decoder = codecs.getincrementaldecoder(self.encoding)()
        digest = sha256(self.mark)
        with io.BufferedReader(self.open_bytes(), BLOCK) as stream:
            self.offset = len(stream.read(len(self.mark)))
            block = b"?"
            while block:
                block = stream.read(BLOCK)
                digest.update(block)
                try:
                    text = decoder.decode(block, not block)
                except UnicodeDecodeError as error:
                    self._check_nul_bytes(block, "\x00" if b"\x00" in block else "")
                    raise self._wrong(error, block) from error
                self._look_at(text, block)
                self.offset += len(block)
        start = without_signs("".join(self.start))
        if not self.is_filled:
            message = f"{self.name}: is empty; download the report again, for a longer period."
            raise EmptyFileError(message, where=self.name)
        return TextFile(self.encoding, self.mark, self.offset, digest.hexdigest(), self.has_signs, start)

    def _look_at(self, text: str, block: bytes) -> None:
        self._check_nul_bytes(block, text)
        if not text.isascii():
            if self.encoding == "cp932" and _NOT_CP932.search(text):
                raise _WrongEncodingError(self.offset)
            self.is_ascii = False
            self.has_signs = self.has_signs or any(sign in text for sign in _SIGNS)
        self.is_filled = self.is_filled or bool(without_signs(text).strip())
        if self.start_length < START:
            self.start.append(text[: START - self.start_length])
            self.start_length += len(text)
        if "\n" in text or "\r" in text:
            self.unbroken, self.line_from = 0, self.offset + len(block)
            return
        self.unbroken += len(text)
        if self.unbroken > LONGEST_ROW:
            raise self._too_long()

    def _wrong(self, error: UnicodeDecodeError, block: bytes) -> _WrongEncodingError:
        """A cut-off file may as CP932 give other characters everywhere; it is not tried."""
        pending = len(error.object) - len(block)
        is_ascii = self.is_ascii and error.object[: error.start].isascii()
        is_cut_off = error.reason == "unexpected end of data" and self.encoding == "utf-8" and not is_ascii
        return _WrongEncodingError(self.offset - pending + error.start, is_cut_off=is_cut_off)

    def _check_nul_bytes(self, block: bytes, text: str) -> None:
        if "\x00" not in text:
            return
        place = block.find(b"\x00") if not self.encoding.startswith("utf-16") else len(block[: 2 * text.index("\x00")])
        line = _line_at(self.open_bytes, self.offset + max(0, place))
        where = f"{self.name}:{line}"
        message = f"{where}: there are NUL bytes in it, so it is damaged or not text; download the report again."
        raise NulBytesError(message, where=where, line=line)

    def _too_long(self) -> IntakeError:
        line = _line_at(self.open_bytes, self.line_from)
        start = "".join(self.start)
        if line == 1 and max(start.count(delimiter) for delimiter in DELIMITERS) > MOST_COLUMNS:
            return too_many_columns(self.name, line)
        return too_long(self.name, line)


def too_long(name: str, line: int) -> RowTooLongError:
    """The error for a row that does not end."""
    where = f"{name}:{line}"
    message = (
        f"{where}: the row here has more than {LONGEST_ROW} characters, so this is no report; look for a quotation "
        "mark that is not closed, or download the report again."
    )
    return RowTooLongError(message, where=where, line=line, characters=LONGEST_ROW)


def too_many_columns(name: str, line: int) -> TooManyColumnsError:
    """The error for a line with more columns than any report."""
    where = f"{name}:{line}"
    message = f"{where}: has more than {MOST_COLUMNS} columns, so this is no report; download the report again."
    return TooManyColumnsError(message, where=where, line=line, limit=MOST_COLUMNS)


def _encodings(start: bytes) -> tuple[bytes, tuple[str, ...]]:
    """The byte order mark, and the encodings to try."""
    for mark, marked in _MARKED:
        if start.startswith(mark):
            return mark, (marked,)
    encoding = _unmarked_utf_16(start) if b"\x00" in start else None
    return b"", (encoding,) if encoding else ("utf-8", "cp932")


def _unmarked_utf_16(start: bytes) -> str | None:
    """The UTF-16 whose ASCII header has a NUL in every other byte; None where that is not evident."""
    odd, even = start[1::2].count(0), start[0::2].count(0)
    enough = len(start) // 2 // 3
    if odd > enough and odd > 10 * even:
        return "utf-16-le"
    if even > enough and even > 10 * odd:
        return "utf-16-be"
    return None


def _unknown(
    open_bytes: Opener, error: _WrongEncodingError | None, encodings: tuple[str, ...], name: str
) -> UnknownEncodingError:
    line = _line_at(open_bytes, error.offset if error else 0)
    is_cut_off = error is not None and error.is_cut_off
    what = "the file ends inside a character" if is_cut_off else "the characters are of another encoding"
    tried = ", ".join(encoding.upper() for encoding in encodings)
    message = f"{name}:{line}: {what} (tried {tried}); save it as UTF-8, or download the report again."
    return UnknownEncodingError(message, where=f"{name}:{line}", line=line, tried=tried)


def _line_at(open_bytes: Opener, offset: int) -> int:
    """The line, from 1, in which a byte stands."""
    line = 1
    with io.BufferedReader(open_bytes(), BLOCK) as stream:
        while offset > 0 and (block := stream.read(min(BLOCK, offset))):
            line += block.count(b"\n")
            offset -= len(block)
    return line
