"""Files of a test as sources, and everything that is in them."""

import io
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pytest

from bot.intake.errors import IntakeError
from bot.intake.source_files import SourceFile, open_table, source_files

REPORT = b"Month,Tenant\n2026-10,contoso\n"


def zipped(*members: tuple[str, bytes]) -> bytes:
    """A ZIP archive of these members."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, member in members:
            archive.writestr(name, member)
    return content.getvalue()


def sources(path: Path, content: bytes) -> list[SourceFile]:
    """The sources in a file with this content."""
    path.write_bytes(content)
    return list(source_files([path]))


def rows(source: SourceFile) -> list[tuple[int, list[str]]]:
    """All rows of a source with their lines."""
    return [numbered for chunk in open_table(source).chunks() for numbered in zip(chunk.lines, chunk.rows, strict=True)]


def error(found: Iterable[SourceFile]) -> IntakeError:
    """What is wrong with the only source, whose name its sentence begins with."""
    (source,) = found
    with pytest.raises(IntakeError) as caught:
        rows(source)
    assert caught.value.message.startswith(source.name)
    assert caught.value.message.endswith(".")
    return caught.value
