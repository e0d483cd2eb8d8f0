"""Lines of a CSV file in which quotation marks are used plainly -> their cells, sooner than by the csv module."""

from collections.abc import Sequence

_QUOTED = "\x00"  # stands for a cell in quotation marks while lines are split; no text that is read has it
_LONG = 10_000  # characters, from which on numpy is worth loading

Row = list[str]


def split_lines(text: str, delimiter: str, *, longest: int) -> list[Row] | None:
    """The cells of each line, exactly as `csv.reader` with `skipinitialspace` gives them; None where that is not sure.

    Sure are lines whose quotation marks are always around a whole cell, which holds neither a line break nor another
    mark. Units: `longest` is the number of characters that the csv module allows in a cell.
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n")
    if "\r" in text or len(text) > longest:
        return None
    outside, *others = text.split('"')
    quoted = others[::2]
    if others:
        outside = _QUOTED.join([outside, *others[1::2]])
    is_plain = len(others) % 2 == 0 and outside.count("\n") == text.count("\n")  # no line break is in a cell
    if not is_plain or _has_space_before_cell(outside, delimiter):
        return None
    lines = outside.split("\n")
    if lines.pop():  # the last line has no end
        return None
    rows = [line.split(delimiter) if line else [] for line in lines]
    return rows if not quoted or _filled_columns(rows, quoted) or _filled_rows(rows, lines, quoted) else None


def _has_space_before_cell(text: str, delimiter: str) -> bool:
    if text.startswith(" "):
        return True
    if len(text) < _LONG:
        return f"{delimiter} " in text or "\n " in text
    import numpy as np

    characters = np.frombuffer(text.encode(), np.uint8)  # a byte of ASCII is always the character itself
    before = characters[:-1]
    is_start = (before == ord(delimiter)) | (before == ord("\n"))
    return bool((is_start & (characters[1:] == ord(" "))).any())


def _filled_columns(rows: Sequence[Row], quoted: Sequence[str]) -> bool:
    """Put the quoted cells where they belong if the same columns have them in every row; whether it is so."""
    places = [place for place, cell in enumerate(rows[0]) if cell == _QUOTED]
    count, shortest = len(places), min(map(len, rows))
    if not places or count * len(rows) != len(quoted) or places[-1] >= shortest:
        return False
    if any([row[place] for row in rows].count(_QUOTED) < len(rows) for place in places):
        return False
    for nth, place in enumerate(places):
        for row, cell in zip(rows, quoted[nth::count], strict=True):
            row[place] = cell
    return True


def _filled_rows(rows: Sequence[Row], lines: Sequence[str], quoted: Sequence[str]) -> bool:
    """Put the quoted cells where they belong; whether each of them is a cell of its own."""
    cells = iter(quoted)
    try:
        for row, line in zip(rows, lines, strict=True):
            place = -1
            for _ in range(line.count(_QUOTED)):
                place = row.index(_QUOTED, place + 1)
                row[place] = next(cells)
    except ValueError:  # something stands beside the quotation marks
        return False
    return True
