"""Which certifications there are, under which names and codes, and until when each gives credit."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import Literal

from pydantic import Field
from rapidfuzz import fuzz, process

from scoring.sources import Frozen, Reference

_PREFIXES = re.compile(
    r"^(microsoft( 365| dynamics 365)? certified|microsoft 365 certified|github certified|certification)\s*[:\-]?\s*"
)
# Short forms that people and price lists use; the pages print the long ones.
_SHORT_FORMS = {
    r"\bd365\b": "dynamics 365",
    r"\bf&o\b": "finance and operations",
    r"\bfc\b": "functional consultant",
    r"\bpp\b": "power platform",
    r"\bscm\b": "supply chain management",
}
_CODE = re.compile(r"^(?:exam\s+)?([a-z]{2})[\s\-]?(\d{3})$")
_SUGGESTIONS = 3
_NEAR_ENOUGH = 75  # of 100
# A code typed with the letters O, I or L for digits: AZ-5OO.
_LOOK_ALIKE = re.compile(r"^([a-z]{2})([0-9oil]{3})$")
_DIGITS = str.maketrans("oil", "011")


class Certification(Frozen):
    """One certification (or partner assessment) as the pages name it; `exams` only where it takes several.

    `counts` is false for one that is known and in no list of any area. `lapses` is false for a certification that does
    not expire (Fundamentals). `retired_on` is the last day on which it could be earned; `credit_years` is how long
    the retired certification still counts, where that differs from the programme's rule.
    """

    name: str
    level: Literal["fundamentals", "associate", "expert", "specialty", "assessment", "unknown"]
    exams: tuple[str, ...] = ()
    also_called: tuple[str, ...] = ()
    lapses: bool = True
    counts: bool = True
    retired_on: date | None = None
    credit_years: int | None = None
    code_is_certain: bool = True
    reference: Reference
    note: str | None = None


class Certifications(Frozen):
    """All certifications by their key: the exam code where there is one.

    Source: `scoring/rules/certifications.yaml`.
    """

    verified_on: date
    certifications: dict[str, Certification] = Field(min_length=1)

    def __getitem__(self, key: str) -> Certification:
        return self.certifications[key]

    def find(self, words: str) -> str | None:
        """The key of the certification with this name, title or code; None when there is none."""
        return self._keys_by_name.get(normalised(words))

    def half_of(self, words: str) -> str | None:
        """The key of the certification of which this code is only one of several exams; None otherwise."""
        return self._keys_by_part.get(normalised(words))

    def suggest(self, words: str) -> tuple[str, ...]:
        """Keys of certifications with a name or code near the words, nearest first; empty when none is near."""
        look_alike = _LOOK_ALIKE.match(normalised(words))
        if look_alike:
            key = self.find(look_alike[1] + look_alike[2].translate(_DIGITS))
            return (key,) if key else ()
        found = process.extract(
            normalised(words),
            self._keys_by_name.keys(),
            scorer=fuzz.ratio,
            score_cutoff=_NEAR_ENOUGH,
            limit=8,
        )
        keys = (self._keys_by_name[name] for name, _, _ in found)
        return tuple(dict.fromkeys(keys))[:_SUGGESTIONS]

    @cached_property
    def _keys_by_name(self) -> dict[str, str]:
        names: dict[str, str] = {}
        for key, certification in self.certifications.items():
            for name in _names(key, certification):
                names.setdefault(normalised(name), key)
        return names

    @cached_property
    def _keys_by_part(self) -> dict[str, str]:
        return {normalised(exam): key for key, item in self.certifications.items() for exam in item.exams}


def _names(key: str, certification: Certification) -> Iterable[str]:
    yield key
    yield certification.name
    yield from certification.also_called
    if certification.level == "unknown":  # the pages print these without their level; a report may add it
        yield from (f"{certification.name} {level}" for level in ("Associate", "Expert", "Specialty"))


def normalised(words: str) -> str:
    """A name or code without what differs from file to file: width, case, prefixes, spaces and punctuation.

    >>> normalised("Microsoft Certified: Azure  Administrator Associate")
    'azureadministratorassociate'
    >>> normalised("ＡＺ－１０４") == normalised("az104") == "az104"
    True
    """
    text = unicodedata.normalize("NFKC", words).casefold().strip()
    text = _PREFIXES.sub("", text)
    code = _CODE.match(text)
    if code:
        return code[1] + code[2]
    for short, long in _SHORT_FORMS.items():
        text = re.sub(short, long, text)
    return re.sub(r"[^\w+/]|_", "", text)
