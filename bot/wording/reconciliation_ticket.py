"""The text for a ticket to Partner Center support: every metric that differs, with facts and counts, without names."""

from collections.abc import Iterator
from fractions import Fraction

from bot.wording.metric_lines import certifications_said, counted, measured_in, metric_words
from bot.wording.reconciliation_lines import ReconciliationLines, cause_form
from bot.wording.words import Language, Words, listed, short
from scoring.difference import Cause, Shown, points_of
from scoring.facts import WHOLE, Amount
from scoring.metric_rules import GrowthRule, Unit
from scoring.programme import in_force
from scoring.reconciliation import MetricReconciliation, Reconciliation
from scoring.rulebook import Rulebook
from scoring.scorecard import MetricScore

# Causes that a ticket names; the others are for us to mend first.
TOLD = (
    "refresh_lag",
    "rounding",
    "other_track",
    "other_reading",
    "other_edition",
    "people_not_linked",
    "association_missing",
    "rows_missing",
)


def ticket_text(rulebook: Rulebook, words: Words, language: Language, found: Reconciliation) -> str | None:
    """The ticket of an area; None where nothing differs."""
    if not found.differing:
        return None
    return "\n".join(_Ticket(ReconciliationLines(rulebook, words, language, found)).lines())


class _Ticket:
    def __init__(self, lines: ReconciliationLines) -> None:
        self.said = lines
        self.found = lines.found
        self.between = "、" if lines.language == "ja" else "; "

    def lines(self) -> Iterator[str]:
        card = self.found.card
        badges = in_force(self.said.rulebook.programme.badges, card.on)
        designation = badges.names[card.area] if badges else card.name
        yield self.say("ticket.subject", designation=designation, n=str(len(self.found.differing)))
        track = self.say(f"track.{self.found.track}")
        yield self.say("ticket.intro", track=track, edition=card.edition.id, day=card.on)
        for at, one in enumerate(self.found.differing, start=1):
            yield ""
            yield from self._metric(at, one)

    def say(self, key: str, **values: object) -> str:
        return self.said.say(key, **values)

    def _metric(self, at: int, one: MetricReconciliation) -> Iterator[str]:
        assert one.ours is not None and one.shown is not None  # it differs
        yield self.say("ticket.metric", at=str(at), metric=self.say(f"metric.{one.metric}"))
        yield self._shown(one.ours, one.shown)
        score = next(track for track in self.found.card.tracks if track.track == self.found.track)
        said = metric_words(self.said.words, self.said.language, score, one.ours)
        yield self.say("ticket.ours", points=short(points_of(one.ours)), max=said.maximum, detail=said.detail)
        behind = list(self._behind(one.ours))
        if behind:
            yield self.say("ticket.behind", behind=self.between.join(behind))
        yield from self._data(one.ours)
        rule = one.rule
        measures = getattr(rule.measures, self.said.language)
        yield self.say("ticket.rule", measures=measures, title=rule.reference.title, place=rule.reference.place)
        for key, causes in (("ticket.checked", one.checked), ("ticket.fits", _fitting(one))):
            if causes:
                yield self.say(key, checks=self.between.join(self._check(one, cause) for cause in causes))
        yield self.say("ticket.ask_people" if rule.kind == "certified_people" else "ticket.ask_customers")

    def _shown(self, ours: MetricScore, shown: Shown) -> str:
        values = {"points": short(shown.points), "max": short(ours.max_points), "day": shown.on or ""}
        if not shown.by_rule or shown.value is None:
            return self.say("ticket.shown" if shown.on else "ticket.shown_of_no_day", **values)
        values["value"] = self._counted(shown.value, measured_in(ours))
        return self.say("ticket.shown_value" if shown.on else "ticket.shown_value_of_no_day", **values)

    def _behind(self, ours: MetricScore) -> Iterator[str]:
        """How many customers, services or people there are, now and a year ago; amounts where amounts count."""
        for part, amount in ours.inputs.items():
            said = self._amount(ours, part, amount)
            if said:
                name = self.say(f"part.{part}") if part != WHOLE else ""
                yield self.say("evidence.input_of", part=name, amount=said) if name else said
        for gate in ours.gates:
            held = self._counted(Fraction(gate.held), "person")
            needed = str(gate.needed)
            names = certifications_said(gate.certifications)
            yield self.say("ticket.gate", held=held, certifications=names, needed=needed)
        if ours.rule.kind == "certified_people" and ours.value is not None:
            yield self.say("ticket.people", people=self._counted(ours.value, "person"))

    def _amount(self, ours: MetricScore, part: str, amount: Amount) -> str:
        unit: Unit = "usd" if isinstance(ours.rule, GrowthRule) else measured_in(ours, part or None)
        if amount.now is None or amount.year_ago is None:
            return "" if amount.count is None else self._counted(amount.count, unit)
        now, before = self._counted(amount.now, unit), self._counted(amount.year_ago, unit)
        return self.say("evidence.input", now=now, year_ago=before)

    def _data(self, ours: MetricScore) -> Iterator[str]:
        if ours.measured is not None and ours.measured.months:
            months = [f"{self.say(f'report.{name}')} {month:%Y-%m}" for name, month in ours.measured.months.items()]
            yield self.say("ticket.months", months=listed(months, self.said.language, between=self.between))
        elif ours.as_of is not None:
            yield self.say("ticket.data_of", day=ours.as_of)

    def _check(self, one: MetricReconciliation, cause: Cause) -> str:
        form = cause_form(one, cause)
        if cause.kind == "refresh_lag":
            form = "refresh_lag_people" if "people" in cause.values else "refresh_lag"
        elif not form.endswith(("_gate", "_part")):
            form = cause.kind
        return self.say(f"ticket.check.{form}", **self.said.values(one, cause))

    def _counted(self, amount: Fraction, unit: Unit) -> str:
        return counted(self.said.words, self.said.language, amount, unit)


def _fitting(one: MetricReconciliation) -> tuple[Cause, ...]:
    return tuple(cause for cause in one.causes if cause.explains and cause.kind in TOLD)
