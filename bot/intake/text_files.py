"""Bytes of an export -> text, in the encodings that Partner Center and spreadsheets write."""

import codecs
import re

from bot.intake.errors import (
    EmptyFileError,
    NotATextFileError,
    NulBytesError,
    UnknownEncodingError,
)

_MAGIC = (
    (b"%PDF", "pdf"),
    (b"\x1f\x8b", "gzip"),
    (b"\xd0\xcf\x11\xe0", "xls"),
    (b"PK\x05\x06", "zip"),
)
_WHAT_TO_DO = {
    "xlsx": ("an Excel workbook", 'save it as "CSV UTF-8", or download the report again as CSV or TSV'),
    "xls": ("an old Excel workbook", 'save it as "CSV UTF-8", or download the report again as CSV or TSV'),
    "zip": ("a ZIP archive", "unpack it and send the CSV or TSV file inside"),
    "gzip": ("a compressed file", "unpack it and send the CSV or TSV file inside"),
    "pdf": ("a PDF document", "download the report from Partner Center as CSV or TSV"),
    "html": (
        "a web page",
        "the download may have been a sign-in page: download the report again as CSV or TSV",
    ),
    "xml": ("an XML file", 'save it as "CSV UTF-8", or download the report again as CSV or TSV'),
}
_MARKED = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_HTML = re.compile(rb"<(!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_INVISIBLE = re.compile("[\ufeff\u200b\u2060]")
# Python's CP932 gives these for bytes that CP932 does not define.
_NOT_CP932 = re.compile("[\x80-\x9f\xa0\uf8f0-\uf8f3]")
_START = 512  # bytes that show whether a file is UTF-16: the header line is ASCII


def decode(content: bytes, *, name: str) -> str:
    """The text of a file, without byte order marks and zero-width spaces.

    Raises: IntakeError kinds for an empty file, one of another format, or of an unknown encoding.
    """
    _check_format(content, name)
    text = _INVISIBLE.sub("", _text(content, name))
    if not text.strip():
        raise EmptyFileError(f"{name}: is empty; download the report again, for a longer period.", where=name)
    if "\x00" in text:
        raise _nul_bytes(name, text.count("\n", 0, text.index("\x00")) + 1)
    return text


def _text(content: bytes, name: str) -> str:
    for mark, marked in _MARKED:
        if content.startswith(mark):
            return _decoded(content.removeprefix(mark), (marked,), name)
    if b"\x00" not in content:
        return _decoded(content, ("utf-8", "cp932"), name)
    encoding = _unmarked_utf_16(content[:_START])
    if encoding is None:
        raise _nul_bytes(name, content.count(b"\n", 0, content.index(b"\x00")) + 1)
    return _decoded(content, (encoding,), name)


def _decoded(content: bytes, encodings: tuple[str, ...], name: str) -> str:
    first: UnicodeDecodeError | None = None
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError as error:
            first = first or error
            if _is_cut_off(content, error):
                raise _unknown(name, content, error, encodings, "the file ends inside a character") from error
            continue
        if encoding != "cp932" or not _NOT_CP932.search(text):
            return text
    raise _unknown(name, content, first, encodings, "the characters are of another encoding")


def _unknown(
    name: str, content: bytes, error: UnicodeDecodeError | None, encodings: tuple[str, ...], what: str
) -> UnknownEncodingError:
    line = content.count(b"\n", 0, error.start if error else 0) + 1
    tried = ", ".join(encoding.upper() for encoding in encodings)
    message = f"{name}:{line}: {what} (tried {tried}); save it as UTF-8, or download the report again."
    return UnknownEncodingError(message, where=f"{name}:{line}", line=line, tried=tried)


def _is_cut_off(content: bytes, error: UnicodeDecodeError) -> bool:
    """Whether it is UTF-8 that ends inside a character: as CP932 it might give other characters everywhere."""
    if error.reason != "unexpected end of data" or error.encoding != "utf-8":
        return False
    return not content[: error.start].isascii()


def _unmarked_utf_16(start: bytes) -> str | None:
    """The UTF-16 whose ASCII header has a NUL in every other byte; None where that is not evident."""
    odd, even = start[1::2].count(0), start[0::2].count(0)
    enough = len(start) // 2 // 3
    if odd > enough and odd > 10 * even:
        return "utf-16-le"
    if even > enough and even > 10 * odd:
        return "utf-16-be"
    return None


def _check_format(content: bytes, name: str) -> None:
    looks_like = _format(content)
    if looks_like:
        what, to_do = _WHAT_TO_DO[looks_like]
        raise NotATextFileError(f"{name}: is {what}, not text; {to_do}.", where=name, looks_like=looks_like)


def _format(content: bytes) -> str | None:
    if content.startswith(b"PK\x03\x04"):
        return "xlsx" if b"xl/" in content or b"[Content_Types].xml" in content[:200] else "zip"
    for magic, looks_like in _MAGIC:
        if content.startswith(magic):
            return looks_like
    start = content[:_START].replace(b"\x00", b"").removeprefix(codecs.BOM_UTF8).lstrip()
    start = start.removeprefix(codecs.BOM_UTF16_LE).removeprefix(codecs.BOM_UTF16_BE).lstrip()
    if _HTML.match(start):
        return "html"
    if start.startswith(b"<?xml"):
        return "html" if _HTML.search(start) else "xml"
    return None


def _nul_bytes(name: str, line: int) -> NulBytesError:
    message = f"{name}:{line}: there are NUL bytes in it, so it is damaged or not text; download the report again."
    return NulBytesError(message, where=f"{name}:{line}", line=line)
