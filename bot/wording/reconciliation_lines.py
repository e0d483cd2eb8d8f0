"""Our figures beside those of Partner Center as sentences, in plain text: for Slack and for the command line."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from bot.wording.metric_lines import certifications_said, counted, measured_in
from bot.wording.words import Language, Words, day, listed, short
from scoring.difference import Cause, points_of
from scoring.reconciliation import MetricReconciliation, Reconciliation, Status
from scoring.rulebook import Rulebook


@dataclass(frozen=True)
class DifferenceWords:
    """One metric that differs: its name, points on both sides, the causes in order, and how many of them fit."""

    name: str
    line: str
    causes: tuple[str, ...]
    fitting: str


class ReconciliationLines:
    """The sentences of one reconciliation in one language."""

    def __init__(self, rulebook: Rulebook, words: Words, language: Language, found: Reconciliation) -> None:
        self.rulebook = rulebook
        self.words = words
        self.language = language
        self.found = found

    def say(self, key: str, **values: object) -> str:
        """One sentence in the language of these lines."""
        return self.words.say(key, self.language, **values)

    def verdict(self) -> str:
        """The first line: how many metrics differ."""
        found = self.found
        values = {"area": found.card.name, "all": str(found.compared)}
        if found.differing:
            return self.say("reconciliation.differs", **values, n=str(len(found.differing)))
        if found.compared:
            return self.say("reconciliation.equal", **values)
        typed = any(one.shown for one in found.metrics)
        return self.say("reconciliation.none_computed" if typed else "reconciliation.none_typed", area=found.card.name)

    def how_to_start(self) -> list[str]:
        """What to do while there is nothing to compare."""
        if self.found.compared:
            return []
        ours, shown = any(one.ours for one in self.found.metrics), any(one.shown for one in self.found.metrics)
        said = [self.say("reconciliation.how_typed", area=self.found.card.area)] if ours or not shown else []
        return [*said, self.say("reconciliation.how_computed")] if shown or not ours else said

    def differences(self) -> list[DifferenceWords]:
        """Every metric that differs; those that agree are not mentioned."""
        return [self._difference(one) for one in self.found.differing]

    def _difference(self, one: MetricReconciliation) -> DifferenceWords:
        n = one.fitting
        fitting = "none" if not n else "one" if n == 1 else "several"
        return DifferenceWords(
            name=self.say(f"metric.{one.metric}"),
            line=self._line(one),
            causes=tuple(self.cause(one, cause) for cause in one.causes),
            fitting=self.say(f"reconciliation.fitting.{fitting}", n=str(n)),
        )

    def _line(self, one: MetricReconciliation) -> str:
        assert one.ours is not None and one.shown is not None  # it differs
        on = one.shown.on
        line = self.say(
            "reconciliation.line" if on else "reconciliation.line_of_no_day",
            ours=short(points_of(one.ours)),
            shown=short(one.shown.points),
            day=on or "",
        )
        if one.shown.by_rule and one.shown.value is not None:
            value = counted(self.words, self.language, one.shown.value, measured_in(one.ours))
            return self.say("reconciliation.by_rule", line=line, value=value)
        return line

    def cause(self, one: MetricReconciliation, cause: Cause) -> str:
        """A cause as a sentence; one that fits says so."""
        said = self.say(f"reconciliation.cause.{cause_form(one, cause)}", **self.values(one, cause))
        return self.say("reconciliation.fits", cause=said) if cause.explains else said

    def values(self, one: MetricReconciliation, cause: Cause) -> dict[str, str]:
        """The values of a cause in words."""
        assert one.ours is not None and one.shown is not None  # it differs
        unit = cause.values.get("unit")
        known = {
            name: counted(self.words, self.language, value, unit)
            if unit and name in ("missing", "figure", "typed") and value is not None
            else self._value(one, name, value)
            for name, value in cause.values.items()
        }
        says = getattr(cause.says, self.language).rstrip(".。") if cause.says else ""
        shown = {"points": short(one.shown.points), "shown_on": str(one.shown.on or "")}
        return {**shown, **known, "says": says}

    def _value(self, one: MetricReconciliation, name: str, value: Any) -> str:
        match name, value:
            case _, None:
                return ""
            case (("month" | "ours"), date()):
                measured = one.ours is not None and one.ours.measured is not None
                return f"{value:%Y-%m}" if measured else str(value)
            case (("people" | "lapsed"), int()):
                return counted(self.words, self.language, Fraction(value), "person")
            case "gate", _:
                return certifications_said(value)
            case "track", _:
                return self.say(f"track.{value}")
            case "part", _:
                return self.say(f"part.{value}")
            case "parts", _:
                return listed([self.say(f"part.{part}") for part in value], self.language)
            case "limits", _:
                known = self.rulebook.usage_terms.limits
                between = "、" if self.language == "ja" else "; "
                return listed([getattr(known[key], self.language) for key in value], self.language, between=between)
        return short(value) if isinstance(value, Fraction) else str(value)

    def track(self) -> list[str]:
        """The track that was compared, where there is more than one."""
        card, track = self.found.card, self.say(f"track.{self.found.track}")
        if len(card.tracks) == 1:
            return []
        if self.found.track == card.track:
            return [self.say("reconciliation.track", track=track)]
        counts = self.say(f"track.{card.track}")
        return [self.say("reconciliation.other_track_counts", track=track, counts=counts)]

    def not_compared(self) -> list[str]:
        """The metrics that are known on one side only."""
        if not self.found.compared:
            return []
        sides: tuple[tuple[str, Status], ...] = (("not_typed", "only_ours"), ("not_computed", "only_shown"))
        return [
            self.say(f"reconciliation.{key}", metrics=self._brief(status))
            for key, status in sides
            if self._brief(status)
        ]

    def _brief(self, status: Status) -> str:
        names: Iterable[str] = (one.metric for one in self.found.metrics if one.status == status)
        return listed([self.say(f"brief.{name}") for name in names], self.language)

    def on_day(self) -> str:
        """The day, and that the rules are those of that day."""
        return self.say("card.on_day", day=day(self.found.card.on, self.language))


def cause_form(one: MetricReconciliation, cause: Cause) -> str:
    """Which sentence of its kind tells a cause."""
    kind, values = cause.kind, cause.values
    match kind:
        case "refresh_lag":
            return f"{kind}{_lag_form(one, cause)}"
        case "typed_wrong" if values["figure"] is not None:
            return f"{kind}_figure"
        case "report_older" if values["next_report"] is not None:
            return f"{kind}_wait"
        case "people_not_linked":
            form = "_gate" if values["gate"] else "" if values["people"] is not None else "_unknown"
            return f"{kind}{form}"
        case "association_missing" if values["part"] is not None:
            return f"{kind}_part"
        case "rows_missing" if values["parts"]:
            return f"{kind}_parts"
        case "rows_missing" if one.rule.kind == "certified_people":
            return f"{kind}_people" if values["missing"] is not None else f"{kind}_people_unknown"
        case "association_missing" | "rows_missing" if values["missing"] is None:
            return f"{kind}_unknown"
        case "association_missing" | "rows_missing" if not cause.explains:
            return f"{kind}_amount"
        case "association_missing" | "rows_missing" if values["at_least"]:
            return f"{kind}_at_least"
    return kind


def _lag_form(one: MetricReconciliation, cause: Cause) -> str:
    values = cause.values
    if "people" in values:
        return "_list" if values["lapsed"] else "_people"
    if values["late"]:
        return "_late"
    if one.shown is None or one.shown.on is None:
        return "_no_day"
    if values["month"] is None:
        return "_not_held"
    return "" if cause.explains else "_part"
