"""The words after `/score` -> what is asked. Any width and case, Japanese and English."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from bot.metric_names import find_metric, near_metrics
from scoring.errors import UnknownSolutionAreaError
from scoring.metric_rules import MetricName
from scoring.rulebook import Rulebook

_HELP = {"help", "?", "ヘルプ", "使い方"}
_FIGURES = {"figures", "enter", "数字", "入力", "数字を入力"}
_SAMPLE = {"sample", "サンプル", "見本"}
_WHY = {"why", "evidence", "根拠", "なぜ", "理由", "証拠"}
_CHECK = {"check", "reconcile", "compare", "照合", "突合", "突き合わせ", "比較"}
_IMPORT = {"import", "取り込み", "取込み", "取込", "インポート"}
_LANGUAGE = {"lang", "language", "言語"}
_LANGUAGES = {
    "ja": "ja",
    "jp": "ja",
    "日本語": "ja",
    "en": "en",
    "英語": "en",
    "english": "en",
    "auto": "auto",
}
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(時点)?")
_LOOKS_LIKE_A_DAY = re.compile(r"\d{2,4}[-/.年]\d")


@dataclass(frozen=True)
class AllAreas:
    """`/score`: all six areas."""

    on: date | None = None


@dataclass(frozen=True)
class OneArea:
    """`/score security`: one area."""

    area: str
    on: date | None = None


@dataclass(frozen=True)
class Help:
    """`/score help`."""


@dataclass(frozen=True)
class Figures:
    """`/score figures security`: the form for typed figures. It writes, so nothing is guessed."""

    area: str | None = None


@dataclass(frozen=True)
class Sample:
    """`/score sample`: the invented company."""

    area: str | None = None


@dataclass(frozen=True)
class Why:
    """`/score security why net customer adds`: what stands behind the points of a metric."""

    area: str
    metric: MetricName
    on: date | None = None


@dataclass(frozen=True)
class WhichMetric:
    """The evidence of no metric, or of one that the area does not have; `near` are those with a similar name."""

    area: str
    given: str = ""
    near: tuple[MetricName, ...] = ()
    on: date | None = None


@dataclass(frozen=True)
class Check:
    """`/score security check`: the figures of Partner Center beside ours."""

    area: str
    on: date | None = None


@dataclass(frozen=True)
class Import:
    """`/score import`: the form that takes files."""


@dataclass(frozen=True)
class ChooseLanguage:
    """`/score lang ja`: the reader's language; None follows Slack."""

    language: str | None


@dataclass(frozen=True)
class NotUnderstood:
    """Words that mean nothing here: the key of the sentence that says so, and its values."""

    key: str
    given: str = ""
    area: str = "security"


@dataclass(frozen=True)
class NoSuchArea:
    """Words that name no area, with the error that holds the near matches."""

    error: UnknownSolutionAreaError
    on: date | None = None


ScoreRequest = (
    AllAreas
    | OneArea
    | Help
    | Figures
    | Import
    | Sample
    | Why
    | WhichMetric
    | Check
    | ChooseLanguage
    | NotUnderstood
    | NoSuchArea
)


def read_request(rulebook: Rulebook, text: str) -> ScoreRequest:
    """What the words ask for; every text has an answer, a wrong one a way on."""
    words = unicodedata.normalize("NFKC", text).strip().split()
    first = words[0].casefold() if words else ""
    if first in _HELP:
        return Help()
    if first in _LANGUAGE:
        return _language(words[1:])
    if first in _FIGURES:
        return _about(rulebook, words[1:], Figures)
    if first in _IMPORT:
        return Import()
    if first in _SAMPLE:
        return _about(rulebook, words[1:], Sample)
    return _area_on_day(rulebook, words)


def _about(rulebook: Rulebook, words: list[str], kind: type[Figures] | type[Sample]) -> ScoreRequest:
    if not words:
        return kind()
    try:
        return kind(rulebook.find_area(" ".join(words)))
    except UnknownSolutionAreaError as error:
        return NoSuchArea(error)


def _language(words: list[str]) -> ScoreRequest:
    given = " ".join(words).casefold()
    if not given:
        return NotUnderstood("error.language_missing")
    if given not in _LANGUAGES:
        return NotUnderstood("error.unknown_language", given)
    language = _LANGUAGES[given]
    return ChooseLanguage(None if language == "auto" else language)


def _area_on_day(rulebook: Rulebook, words: list[str]) -> ScoreRequest:
    rest, on, problem = _split_day(words)
    if problem is not None:
        return problem
    for asked, read in ((_WHY, _why), (_CHECK, _check)):
        at = next((at for at, word in enumerate(rest) if word.casefold().strip("?") in asked), None)
        if at is not None:
            return read(rulebook, [*rest[:at], *rest[at + 1 :]], rest[at], on)
    if not rest:
        return AllAreas(on)
    try:
        return OneArea(rulebook.find_area(" ".join(rest)), on)
    except UnknownSolutionAreaError as error:
        return NoSuchArea(error, on)


def _why(rulebook: Rulebook, words: list[str], asked: str, on: date | None) -> ScoreRequest:
    """The area comes first or last, all other words are the metric; `why` stood anywhere."""
    words = [_without_particle(word) for word in words]
    if not words:
        return NotUnderstood("error.area_missing", asked)
    ways = [(words[:at], words[at:]) for at in range(len(words), 0, -1)]
    ways += [(words[at:], words[:at]) for at in range(1, len(words))]
    for named, rest in ways:
        area = _area(rulebook, " ".join(named))
        if area is not None:
            return _of_metric(rulebook, area, " ".join(rest), on)
    return NoSuchArea(rulebook.unknown_area(words[0]), on)


def _of_metric(rulebook: Rulebook, area: str, given: str, on: date | None) -> ScoreRequest:
    metric = find_metric(given)
    if metric is None or metric not in rulebook.area(area).metrics:
        return WhichMetric(area, given, near_metrics(given) if given else (), on)
    return Why(area, metric, on)


def _check(rulebook: Rulebook, words: list[str], asked: str, on: date | None) -> ScoreRequest:
    if not words:
        return NotUnderstood("error.area_missing", asked)
    try:
        return Check(rulebook.find_area(" ".join(map(_without_particle, words))), on)
    except UnknownSolutionAreaError as error:
        return NoSuchArea(error, on)


def _area(rulebook: Rulebook, words: str) -> str | None:
    try:
        return rulebook.find_area(words)
    except UnknownSolutionAreaError:
        return None


def _without_particle(word: str) -> str:
    """A Japanese word without the particle that joins it to the next one: セキュリティの 新規顧客の 根拠."""
    return word[:-1] if len(word) > 1 and word[-1] in "のはを" else word


def _split_day(words: list[str]) -> tuple[list[str], date | None, NotUnderstood | None]:
    """The words without `on DAY`, the day, and what is wrong with it."""
    if not words:
        return [], None, None
    last = words[-1]
    before = words[:-1]
    if last.casefold() == "on":
        return before, None, NotUnderstood("error.date_missing", area=" ".join(before) or "security")
    asked = bool(before) and before[-1].casefold() == "on"
    if not asked and not _LOOKS_LIKE_A_DAY.match(last):
        return words, None, None
    found = _day(last)
    if found is None:
        return words, None, NotUnderstood("error.wrong_date", last)
    return before[:-1] if asked else before, found, None


def _day(text: str) -> date | None:
    found = _DAY.fullmatch(text)
    if not found:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None
