"""Each warning of a scorecard as one sentence."""

from fractions import Fraction
from typing import Any

from bot.wording.metric_lines import counted
from bot.wording.words import Language, Words, day, hundredths, listed, points
from scoring.scorecard import Scorecard, ScoreWarning, TrackReason


def warning_line(words: Words, language: Language, card: Scorecard, warning: ScoreWarning) -> str:
    """The sentence of a warning, in plain text."""
    key, values = _key(warning, card.track_reason), warning.values
    said = {name: _said(words, language, card, name, value) for name, value in values.items()}
    if warning.metric is not None:
        said["metric"] = words.say(f"brief.{warning.metric}", language)
    if warning.says is not None:
        said["says"] = getattr(warning.says, language)
    return words.say(key, language, **_named(words, language, card, warning, said))


def _key(warning: ScoreWarning, reason: TrackReason) -> str:
    """The sentence of a warning; some have another one where a value is missing or nothing changes."""
    key, values = f"warning.{warning.kind}", warning.values
    match warning.kind:
        case "certification_lapses" if values["points_after"] == values["points"]:
            return f"{key}_unchanged"
        case "certification_lapses" if values["total_after"] is None:
            return f"{key}_unknown"
        case "gate_exact" if not values["points"]:
            return f"{key}_only"
        case "track_assumed" if reason == "undecided":
            return "warning.track_undecided"
        case "track_assumed" | "track_reading" if values["total"] is None:
            return f"{key}_only"
    return key


def _said(words: Words, language: Language, card: Scorecard, name: str, value: Any) -> str:
    """One value in words: points, days, names of metrics, parts and tracks."""
    match name, value:
        case "other", _:
            return words.say(f"track.{value}", language)
        case "metrics" | "not_known", _:
            return listed([words.say(f"brief.{metric}", language) for metric in value], language)
        case "parts", _:
            return listed([words.say(f"part.{part}", language) for part in value], language)
        case "certifications", _:
            return listed(value, language)
        case "held" | "people", int():
            return counted(words, language, Fraction(value), "person")
        case (("exact" | "printed" | "shown" | "computed"), Fraction()):
            return hundredths(value)
        case _, Fraction():
            return points(value, line=card.qualifying_score)
        case (("on" | "due" | "as_of" | "not_before" | "since"), _) if value is not None:
            return day(value, language)
    return "?" if value is None else str(value)


def _named(
    words: Words, language: Language, card: Scorecard, warning: ScoreWarning, said: dict[str, str]
) -> dict[str, str]:
    """The values under the names that the sentences use."""
    match warning.kind:
        case "source_conflict":
            return said | {"verdict": _verdict(words, language, qualified=warning.values["qualified"])}
        case "certification_lapses":
            loses = bool(card.chosen.qualified) and warning.values["qualified_after"] is False
            verdict = words.say("verdict.loses", language) if loses else ""
            names = {"day": said["on"], "after": said["points_after"], "total": said["total_after"]}
            return said | names | {"verdict": verdict}
        case "credit_after_expiry":
            return said
        case "data_stale" | "people_listed_later":
            return said | {"day": said["as_of"]}
        case "track_not_computed":
            return said | {"metrics": said["not_known"]}
    return said


def _verdict(words: Words, language: Language, *, qualified: bool) -> str:
    return words.say("verdict.qualified" if qualified else "verdict.not_qualified", language)
