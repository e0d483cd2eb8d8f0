"""The cells of a typed figure -> metric, track, part and numbers."""

import re
import unicodedata
from fractions import Fraction

from bot.intake.tables import plain
from bot.metric_names import METRIC_NAMES
from scoring.facts import Amount
from scoring.metric_rules import METRICS, MetricName, Track

_METRICS: dict[str, MetricName] = {
    plain(name): metric for metric in METRICS for name in (metric, *METRIC_NAMES[metric])
}
_TRACKS: dict[str, Track | None] = {
    **dict.fromkeys(("", "single", "both", "all", "共通", "なし"), None),
    **dict.fromkeys(("enterprise", "ent", "エンタープライズ", "大企業"), "enterprise"),
    **dict.fromkeys(("smb", "smallandmediumbusiness", "中小企業", "中堅中小"), "smb"),
}
_PARTS = {
    "m365": "microsoft_365",
    "microsoft365": "microsoft_365",
    "保護ユーザー": "protected_users",
    "保護されたユーザー": "protected_users",
    "アジュール": "azure",
}
_DIGITS = r"(?P<digits>\d{1,15}(?:\.\d{1,9})?|\d{1,3}(?:,\d{3}){1,5}(?:\.\d{1,9})?)"
_PLAIN = re.compile(rf"(?P<sign>[-+▲△]?)(?:(?:us)?[$¥€])?{_DIGITS}(?P<unit>[%名人社件点個]?)", re.ASCII)
_IN_PARENTHESES = re.compile(rf"(?P<sign>\()(?:(?:us)?[$¥€])?{_DIGITS}\)(?P<unit>%?)", re.ASCII)
_MOST_POINTS = 100


class WrongValueError(Exception):
    """A cell of a row has no meaning. `field` says which, `kind` why; the reason goes on after its value."""

    def __init__(self, field: str, kind: str, reason: str, suggestions: tuple[str, ...] = ()) -> None:
        super().__init__(reason)
        self.field = field
        self.kind = kind
        self.reason = reason
        self.suggestions = suggestions


def metric_of(words: str) -> MetricName:
    """The metric of this name, in English or Japanese.

    Raises: WrongValueError.

    >>> metric_of("新規顧客"), metric_of("Usage growth")
    ('net_customer_adds', 'usage_growth')
    """
    metric = _METRICS.get(plain(words))
    if metric is None:
        names = "Net customer adds, Intermediate, Advanced, Usage growth or Deployments"
        raise WrongValueError("metric", "unknown_metric", f"is not a metric; write {names}", METRICS)
    return metric


def track_of(words: str) -> Track | None:
    """The track of this name; None where the figure is the same on every track.

    Raises: WrongValueError.
    """
    key = plain(words)
    if key not in _TRACKS:
        reason = "is not a track; write enterprise or smb, or leave it empty"
        raise WrongValueError("track", "unknown_track", reason, ("enterprise", "smb"))
    return _TRACKS[key]


def part_of(words: str) -> str:
    """The part as the rules name it; whether the metric has such a part is for the rules to say.

    >>> part_of("Microsoft 365"), part_of("CPOR"), part_of("Protected users"), part_of("")
    ('microsoft_365', 'cpor', 'protected_users', '')
    """
    given = unicodedata.normalize("NFKC", words).casefold()
    return _PARTS.get(plain(words)) or re.sub(r"[\W_]+", "_", given[:80]).strip("_")


def read_number(words: str, metric: MetricName) -> Amount:
    """The amount of a metric: a percentage where a percent sign follows, else a count.

    Raises: WrongValueError.
    """
    number, is_percent = number_of(words, "value")
    if not is_percent:
        return Amount(count=number)
    if metric != "usage_growth":
        raise WrongValueError("value", "percent_not_possible", "is a percentage; this metric needs a count")
    return Amount(percent=number)


def read_people(words: str) -> Fraction:
    """A number of people.

    Raises: WrongValueError.
    """
    number, is_percent = number_of(words, "value")
    if is_percent or number < 0 or number.denominator != 1:
        raise WrongValueError("value", "not_people", "is not a number of people; write a whole number such as 4")
    return number


def read_points(words: str) -> Fraction | None:
    """Points; None where none are given.

    Raises: WrongValueError.
    """
    if not words:
        return None
    number, is_percent = number_of(words, "points")
    if is_percent or not 0 <= number <= _MOST_POINTS:
        raise WrongValueError("points", "not_points", f"are not points of a metric: 0 to {_MOST_POINTS}")
    return number


def number_of(words: str, field: str = "value") -> tuple[Fraction, bool]:
    """A typed number, with or without thousands separators, signs of currencies and units; and whether % follows.

    Raises: WrongValueError.

    >>> number_of("１，２３４．５"), number_of("14 %"), number_of("-1")
    ((Fraction(2469, 2), False), (Fraction(14, 1), True), (Fraction(-1, 1), False))
    """
    text = unicodedata.normalize("NFKC", words[:60]).casefold().replace("\u2212", "-")
    text = re.sub(r"\s", "", text)
    found = _PLAIN.fullmatch(text) or _IN_PARENTHESES.fullmatch(text)
    if not found or len(words) > 60:
        raise WrongValueError(field, "not_a_number", "is not a number; write it as 1234.5")
    number = Fraction(found["digits"].replace(",", ""))
    is_negative = found["sign"] not in ("", "+")
    return (-number if is_negative else number), found["unit"] == "%"
