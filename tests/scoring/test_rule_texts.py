"""The texts of the shipped rule files: written in both languages, with the same facts in them."""

import re
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

from pydantic import BaseModel

from scoring.sources import Text


def _texts(models: list[tuple[str, BaseModel]]) -> Iterator[tuple[str, Text]]:
    yield from ((path, model) for path, model in models if isinstance(model, Text))


def test_every_text_is_written_in_both_languages(models: list[tuple[str, BaseModel]]) -> None:
    for path, text in _texts(models):
        assert text.en.strip() and text.ja.strip(), path
        assert re.search(r"[ぁ-んァ-ヶ一-龠]", text.ja), path
        assert not re.search(r"[ぁ-んァ-ヶ一-龠]", text.en), path


WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
PHRASES = {"once": {1}, "first": {1}, "twice": {2}, "both": {2}, "second": {2}, "year": {1, 12}, "Azure areas": {3}}
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August")
NUMBER = re.compile(r"(?<![A-Za-z])\d[\d,]*(?:\.\d+)?")


def _numbers(text: str) -> Counter[Fraction]:
    plain = re.sub(r"(\d+)万", r"\g<1>0000", text).replace(" million", "000000")
    return Counter(Fraction(number.replace(",", "")) for number in NUMBER.findall(plain))


def _worded(text: str) -> set[Fraction]:
    """The small numbers that an English sentence writes as words or months."""
    words = re.findall(r"[a-z]+", text.lower())
    phrases = {number for phrase, numbers in PHRASES.items() if phrase in text for number in numbers}
    months = {MONTHS.index(word.title()) + 1 for word in words if word.title() in MONTHS}
    return {Fraction(number) for number in {WORDS.index(word) for word in words if word in WORDS} | phrases | months}


def test_a_text_has_the_same_large_numbers_in_both_languages(models: list[tuple[str, BaseModel]]) -> None:
    for path, text in _texts(models):
        english, japanese = (Counter({n: k for n, k in _numbers(one).items() if n > 12}) for one in (text.en, text.ja))
        assert english == japanese, path


def test_a_small_number_in_japanese_stands_in_english_too(models: list[tuple[str, BaseModel]]) -> None:
    for path, text in _texts(models):
        small = {number for number in _numbers(text.ja) if number <= 12}
        assert small <= set(_numbers(text.en)) | _worded(text.en), path


def test_a_small_number_in_english_digits_stands_in_japanese_too(models: list[tuple[str, BaseModel]]) -> None:
    for path, text in _texts(models):
        small = {number for number in _numbers(text.en) if number <= 12}
        assert small <= set(_numbers(text.ja)), path
