"""What stands behind a metric as sentences and rows of words, in plain text: for Slack and for the command line."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from bot.wording.metric_lines import counted, measured_in, metric_words
from bot.wording.score_lines import ScoreLines
from bot.wording.words import Language, Words, day, listed
from scoring.evidence import Evidence, EvidencePerson, EvidenceUnit, Status
from scoring.facts import WHOLE, Amount
from scoring.measure_rules import ActiveUsers, Parts, TenantsBySeats
from scoring.metric_rules import GrowthRule, Unit
from scoring.rulebook import Rulebook

NAME_LIMIT = 60  # signs of a name that are shown
_ORDER: tuple[Status, ...] = ("added", "counts", "lost", "kept")


@dataclass(frozen=True)
class UnitWords:
    """One customer, service or pair: what became of it, who it is, its amounts, its rows, and a remark."""

    status: str
    who: str
    amounts: str
    rows: str
    remark: str


@dataclass(frozen=True)
class PersonWords:
    """One person's certification: in which step, who (nobody where names are not shown), what, until when, its row."""

    step: str
    who: str
    certification: str
    until: str
    row: str
    remark: str


class EvidenceLines:
    """The sentences about the evidence of one metric in one language."""

    def __init__(self, rulebook: Rulebook, words: Words, language: Language, evidence: Evidence) -> None:
        self.rulebook = rulebook
        self.words = words
        self.language = language
        self.evidence = evidence
        self.metric = evidence.metric
        self.said = metric_words(words, language, evidence.card.chosen, evidence.metric)

    def say(self, key: str, **values: object) -> str:
        """One sentence in the language of these lines."""
        return self.words.say(key, self.language, **values)

    def verdict(self) -> str:
        """Area, metric and points."""
        return self.say(
            "evidence.verdict",
            area=self.evidence.card.name,
            metric=self.said.name,
            points=self.said.points,
            max=self.said.maximum,
        )

    def how(self) -> list[str]:
        """How the points come about: what was measured, and the amounts now and a year ago."""
        return [self.say("evidence.how", detail=f"{self.said.detail}{self.said.remark}"), *self._inputs()]

    def _inputs(self) -> Iterator[str]:
        for part, amount in self.metric.inputs.items():
            if amount.now is None or amount.year_ago is None:
                continue
            said = self._amount(part, amount)
            yield said if part == WHOLE else self.say("evidence.input_of", part=self._part(part), amount=said)

    def _amount(self, part: str, amount: Amount) -> str:
        rule = self.metric.rule
        unit: Unit = "usd" if isinstance(rule, GrowthRule) else measured_in(self.metric, part or None)
        now, before = (
            counted(self.words, self.language, value or Fraction(0), unit) for value in (amount.now, amount.year_ago)
        )
        return self.say("evidence.input", now=now, year_ago=before)

    def rule(self) -> str:
        """The clause of the rule."""
        return self.say("evidence.rule", measures=getattr(self.metric.rule.measures, self.language))

    def source(self) -> str:
        """Where the rule is written."""
        reference = self.metric.rule.reference
        return self.say(
            "evidence.source",
            title=reference.title,
            place=reference.place,
            read=reference.read_on,
            confidence=reference.confidence,
        )

    def notes(self) -> list[str]:
        """What the sources of the rule leave open."""
        return [self.say("evidence.note", text=getattr(note, self.language)) for note in self.metric.rule.notes]

    def context(self) -> list[str]:
        """The day, the track, the months of data, and where a typed figure comes from."""
        lines = ScoreLines(self.rulebook, self.words, self.language, self.evidence.card)
        measured = self.metric.measured
        months = [] if measured is None else [self._month(name, f"{at:%Y-%m}") for name, at in measured.months.items()]
        return [
            self.say("card.on_day", day=day(self.evidence.card.on, self.language)),
            *list(lines.tracks())[:1],
            *([self.say("evidence.months", months=self._joined(months))] if months else []),
            *self._figure(),
        ]

    def _month(self, report: str, month: str) -> str:
        return f"{self.say(f'report.{report}')} {month}"

    def _figure(self) -> Iterator[str]:
        origin, as_of = self.metric.origin, self.metric.as_of
        if origin is None or (self.metric.measured is not None and self.evidence.measured):
            return
        key = "evidence.figure" if as_of else "evidence.figure_of_no_day"
        yield self.say(key, origin=_place(origin.source, origin.line), day=day(as_of, self.language) if as_of else "")

    def numbers(self) -> list[str]:
        """How many were added, lost and kept, side by side where there are sides; how many people count."""
        if self.metric.steps:
            return [self._people_numbers()]
        if not self.evidence.measured:
            return []
        if not self.evidence.units:
            return [self.say("evidence.nothing")]
        said = []
        for part in dict.fromkeys(unit.part for unit in self.evidence.units):
            numbers = self.how_many(unit for unit in self.evidence.units if unit.part == part)
            said.append(
                numbers if part == WHOLE else self.say("evidence.number_of", part=self._part(part), numbers=numbers)
            )
        return said

    def how_many(self, units: Iterable[EvidenceUnit]) -> str:
        """How many of each status, and how many of them are beyond the cap."""
        found: Counter[str] = Counter()
        capped: Counter[str] = Counter()
        for unit in units:
            found[unit.status] += 1
            capped[unit.status] += unit.capped
        return self._joined(
            self._with_capped(self.say(f"evidence.number.{key}", n=f"{found[key]:,}"), capped[key])
            for key in _ORDER
            if found[key]
        )

    def _with_capped(self, number: str, capped: int) -> str:
        return self.say("evidence.with_capped", number=number, n=f"{capped:,}") if capped else number

    def _people_numbers(self) -> str:
        people = self.evidence.people
        if not people:
            return self.say("evidence.nobody")
        gates, counting = ([one for one in people if one.is_gate is is_gate] for is_gate in (True, False))
        number = self.say("evidence.people", n=f"{len(counting):,}")
        said = [self._with_capped(number, sum(one.capped for one in counting))]
        said += [self.say("evidence.gate_people", n=str(len({one.held.person for one in gates})))] if gates else []
        return self._joined(said)

    def in_order(self) -> list[EvidenceUnit]:
        """The units that give points first, then what was added, lost, kept; else in the order of their names."""
        return sorted(self.evidence.units, key=lambda unit: (not unit.counts, _ORDER.index(unit.status), unit.capped))

    def unit(self, unit: EvidenceUnit) -> UnitWords:
        """One unit in words."""
        remark = "evidence.capped" if unit.capped else "" if unit.counts else "evidence.not_counted"
        return UnitWords(
            status=self.say(f"evidence.status.{unit.status}"),
            who=self._who(unit),
            amounts=self._amounts(unit),
            rows=self._rows(unit),
            remark=self.say(remark) if remark else "",
        )

    def _who(self, unit: EvidenceUnit) -> str:
        tenant = visible(unit.name or unit.tenant or "")
        if not tenant and unit.item is None:
            tenant = self.say("evidence.no_tenant")
        part = self._part(unit.part) if unit.part != WHOLE else ""
        return " · ".join(filter(None, (part, tenant, visible(unit.item or ""))))

    def _amounts(self, unit: EvidenceUnit) -> str:
        now, before = self._tested(unit, unit.now), unit.year_ago
        return now if before is None else self.say("evidence.change", now=now, year_ago=self._tested(unit, before))

    def _tested(self, unit: EvidenceUnit, amount: Fraction) -> str:
        """An amount with all its decimals: one just under a limit must not look as if it reached it."""
        setting = self.metric.rule.measured
        setting = setting.parts[unit.part] if isinstance(setting, Parts) else setting
        said = decimals(amount)
        match setting:
            case TenantsBySeats(active_share_at_least=None):
                return self.say("evidence.seats", n=said)
            case TenantsBySeats() | ActiveUsers():
                return self.say("unit.active_user", n=said)
        return self.say("unit.usd", n=said)

    def _rows(self, unit: EvidenceUnit) -> str:
        places = ", ".join(_place(one.file, one.line) for one in unit.first_rows)
        more = unit.row_count - len(unit.first_rows)
        return self.say("evidence.more_rows", places=places, n=f"{more:,}") if more > 0 else places

    def person(self, person: EvidencePerson, *, named: bool) -> PersonWords:
        """One person's certification in words, with the name or without."""
        held, ends = person.held, person.credit_ends
        return PersonWords(
            step=self.say("evidence.step.gate" if person.is_gate else "evidence.step.counted"),
            who=visible(held.name) if named else "",
            certification=held.certification,
            until=self.say("evidence.until", day=ends) if ends else self.say("evidence.no_end"),
            row=_place(held.origin.source, held.origin.line),
            remark=self.say("evidence.capped") if person.capped else "",
        )

    def limits(self) -> list[str]:
        """A title and what the reports do not tell of this metric; nothing where nothing was measured."""
        measured = self.metric.measured
        known = self.rulebook.usage_terms.limits
        said = [getattr(known[key], self.language) for key in measured.limits] if measured else []
        return [self.say("evidence.limits"), *said] if said else []

    def command(self) -> str:
        """The command that shows everything."""
        card = self.evidence.card
        track = f" --track {card.track}" if card.track_reason == "asked" else ""
        return f"seventy evidence {card.area} {self.metric.metric} --on {card.on}{track}"

    def _part(self, part: str) -> str:
        return self.say(f"part.{part}")

    def _joined(self, said: Iterable[str]) -> str:
        return listed(said, self.language, between=self.say("evidence.between"))


def visible(text: str) -> str:
    r"""A name from outside in one line: without line breaks and signs that turn or hide text, and not too long.

    >>> visible("Contoso\u202e\nLtd")
    'Contoso Ltd'
    """
    plain = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    return plain if len(plain) <= NAME_LIMIT else plain[: NAME_LIMIT - 1] + "…"


def _place(file: str, line: int | None) -> str:
    """`file:line`; of a long path its end."""
    name = "".join(sign if sign.isprintable() else " " for sign in file)
    name = name if len(name) <= NAME_LIMIT else "…" + name[1 - NAME_LIMIT :]
    return name if line is None else f"{name}:{line}"


def decimals(amount: Fraction) -> str:
    """An amount of whole billionths, with all its decimals.

    >>> decimals(Fraction("999.999")), decimals(Fraction(-1500)), decimals(Fraction(1, 2))
    ('999.999', '-1,500', '0.5')
    """
    billionths = round(abs(amount) * 10**9)
    whole, rest = divmod(billionths, 10**9)
    sign = "-" if amount < 0 else ""
    return f"{sign}{whole:,}.{rest:09d}".rstrip("0").rstrip(".")
