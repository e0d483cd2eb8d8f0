"""The first bytes of a file -> what it is, where it is not text."""

import codecs
import re
from typing import Literal

from bot.intake.errors import NotATextFileError

Format = Literal["xlsx", "xls", "zip", "gzip", "packed", "pdf", "html", "xml"]

_MAGIC: tuple[tuple[bytes, Format], ...] = (
    (b"%PDF", "pdf"),
    (b"\x1f\x8b", "gzip"),
    (b"\xd0\xcf\x11\xe0", "xls"),
    (b"PK\x05\x06", "zip"),
    (b"7z\xbc\xaf\x27\x1c", "packed"),
    (b"Rar!\x1a\x07", "packed"),
    (b"\xfd7zXZ\x00", "packed"),
    (b"BZh", "packed"),
)
_WHAT_TO_DO: dict[Format, tuple[str, str]] = {
    "xlsx": ("an Excel workbook", 'save it as "CSV UTF-8", or download the report again as CSV or TSV'),
    "xls": (
        "an old Excel workbook, or one with a password",
        'save it as "CSV UTF-8", or download the report again as CSV or TSV',
    ),
    "zip": ("a ZIP archive", "unpack it and send the CSV or TSV file inside"),
    "gzip": ("a compressed file", "unpack it and send the CSV or TSV file inside"),
    "packed": ("a compressed file", "unpack it and send the CSV or TSV file inside"),
    "pdf": ("a PDF document", "download the report from Partner Center as CSV or TSV"),
    "html": (
        "a web page",
        "the download may have been a sign-in page: download the report again as CSV or TSV",
    ),
    "xml": ("an XML file", 'save it as "CSV UTF-8", or download the report again as CSV or TSV'),
}
_HTML = re.compile(rb"<(!doctype\s+html|html|head|body|table|meta)\b", re.IGNORECASE)
_START = 512


def format_of(beginning: bytes) -> Format | None:
    """The format that the first bytes show; None for what may be text.

    >>> format_of(b"%PDF-1.7"), format_of(b"Month,Tenant")
    ('pdf', None)
    """
    if beginning.startswith(b"PK\x03\x04"):
        return "xlsx" if b"xl/" in beginning or b"[Content_Types].xml" in beginning[:200] else "zip"
    for magic, looks_like in _MAGIC:
        if beginning.startswith(magic):
            return looks_like
    start = beginning[:_START].replace(b"\x00", b"").removeprefix(codecs.BOM_UTF8).lstrip()
    start = start.removeprefix(codecs.BOM_UTF16_LE).removeprefix(codecs.BOM_UTF16_BE).lstrip()
    if _HTML.match(start):
        return "html"
    if start.startswith(b"<?xml"):
        return "html" if _HTML.search(start) else "xml"
    return None


def check_is_text(beginning: bytes, name: str) -> None:
    """Raises: NotATextFileError for the formats that are known not to be text."""
    looks_like = format_of(beginning)
    if looks_like:
        what, to_do = _WHAT_TO_DO[looks_like]
        raise NotATextFileError(f"{name}: is {what}, not text; {to_do}.", where=name, looks_like=looks_like)
