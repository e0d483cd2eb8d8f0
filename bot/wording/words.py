"""Every sentence that Seventy says, in both languages side by side (the `*.yaml` here), written by hand."""

import re
from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Literal

from scoring.errors import DataFileError
from scoring.sources import Frozen, Text, read_yaml, validate

Language = Literal["ja", "en"]
LANGUAGES: tuple[Language, ...] = ("ja", "en")
WORDS = Path(__file__).parent

_WEEKDAYS = {"ja": "月火水木金土日", "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")}
_PLURAL = re.compile(r"\{(\w+)#([^|}]*)\|([^}]*)\}")


class Words(Frozen):
    """The sentences by key; `{name}` is filled in, `{n#one|many}` picks a form by the number n."""

    sentences: dict[str, Text]

    def say(self, key: str, language: Language, **values: object) -> str:
        """The sentence of a key in a language.

        Raises: KeyError for a key or value that is not there: a mistake in the program, not of the user.

        >>> load_words().say("unit.person", "en", n="1"), load_words().say("unit.person", "ja", n="4")
        ('1 person', '4名')
        """
        text = getattr(self.sentences[key], language)
        text = _PLURAL.sub(lambda found: found[2] if str(values[found[1]]) == "1" else found[3], text)
        return str(text.format(**values))

    def has(self, key: str) -> bool:
        """Whether there is such a sentence."""
        return key in self.sentences


@cache
def load_words() -> Words:
    """The sentences of all files in the folder.

    Raises: DataFileError with the line of the first mistake.
    """
    sentences: dict[str, Text] = {}
    for path in sorted(WORDS.glob("*.yaml")):
        document = read_yaml(path)
        found = validate(Words, document, ("sentences",), {"sentences": document.data}).sentences
        twice = sentences.keys() & found.keys()
        if twice:
            key = min(twice)
            raise DataFileError(f"{document.where((key,))}: '{key}' is in another file of the folder too; keep one.")
        sentences |= found
    return Words(sentences=sentences)


def points(value: Fraction, *, line: Fraction | None = None) -> str:
    """Points with one decimal; never rounded up to a line that they do not reach.

    >>> points(Fraction(80, 3)), points(Fraction(64))
    ('26.7', '64.0')
    >>> points(Fraction(6996, 100), line=Fraction(70)), points(Fraction(69999, 1000), line=Fraction(70))
    ('69.96', '69.99')
    """
    text = f"{float(round(value, 1)):.1f}"
    if line is not None and value < line <= Fraction(text):
        return hundredths(value)
    return text


def gap(value: Fraction) -> str:
    """Points that are missing; a gap too small for one decimal is rounded up to a hundredth, never to nothing.

    >>> gap(Fraction(6)), gap(Fraction(5, 100)), gap(Fraction(1, 1000))
    ('6.0', '0.05', '0.01')
    """
    if value >= Fraction(1, 10):
        return points(value)
    hundredths = -(-value * 100 // 1)
    return f"0.{hundredths:02d}"


def hundredths(value: Fraction) -> str:
    """A total with two decimals, never rounded up to a line: for what decides in the second decimal.

    >>> hundredths(Fraction(6988, 100)), hundredths(Fraction(69999, 1000))
    ('69.88', '69.99')
    """
    whole = value * 100 // 1
    return f"{whole // 100}.{whole % 100:02d}"


def short(value: Fraction) -> str:
    """A number with up to two decimals and thousands separators, without needless zeros.

    >>> short(Fraction(20, 3)), short(Fraction(5)), short(Fraction(25000)), short(Fraction(25, 2))
    ('6.67', '5', '25,000', '12.5')
    """
    text = f"{float(round(value, 2)):,.2f}"
    return text.rstrip("0").rstrip(".")


def day(value: date, language: Language) -> str:
    """A date as a date, with its weekday.

    >>> day(date(2027, 3, 15), "ja"), day(date(2027, 3, 15), "en")
    ('2027-03-15(月)', 'Mon 2027-03-15')
    """
    weekday = _WEEKDAYS[language][value.weekday()]
    return f"{value}({weekday})" if language == "ja" else f"{weekday} {value}"


def listed(items: Iterable[str], language: Language, *, between: str | None = None) -> str:
    """Several names in one line."""
    return (between or ("・" if language == "ja" else ", ")).join(items)
