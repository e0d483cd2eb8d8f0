"""Who holds what on a day: gate holders and counted people, each person once per step."""

from collections.abc import Iterable
from datetime import date

from scoring.certifications import Certification
from scoring.facts import HeldCertification
from scoring.metric_rules import CertifiedPeopleRule
from scoring.programme import CreditRule, in_force
from scoring.rulebook import Edition, Rulebook
from scoring.sources import Frozen


class Credit(Frozen):
    """The days on which a held certification gives credit; `end` None where it has none.

    `after_expiry` says that the credit goes on after the person's own expiry date, because the certification retired
    while it was valid; no source decides that case.
    """

    start: date
    end: date | None
    after_expiry: bool = False

    def covers(self, on: date) -> bool:
        """Whether the certification counts on a day; first and last day included."""
        return self.start <= on and (self.end is None or on <= self.end)


class Holder(Frozen):
    """One person in one step of a metric, with the certification that counts longest."""

    held: HeldCertification
    credit: Credit


class Step(Frozen):
    """The people of one step of a metric, in the order of their names."""

    certifications: tuple[str, ...]
    holders: tuple[Holder, ...]


class CertifiedPeople(Frozen):
    """The steps of one metric on one day: a step per gate, and the step that gives points."""

    gates: tuple[Step, ...]
    counted: Step


def credit_of(held: HeldCertification, certification: Certification, years: int) -> Credit | None:
    """The days on which a held certification counts; None when it never does.

    Source: notes on retired certifications; one that was valid on its retirement day counts for some years more, one
    earned after it or expired before it does not.
    """
    start, retired = held.earned or date.min, certification.retired_on
    if retired is None:
        return Credit(start=start, end=held.expires)
    if start > retired:
        return None
    if held.expires is not None and held.expires < retired:
        return Credit(start=start, end=held.expires)
    end = years_later(retired, certification.credit_years or years)
    return Credit(start=start, end=end, after_expiry=held.expires is not None and held.expires < end)


def years_later(day: date, years: int) -> date:
    """The same day of a later year; 28 February for a leap day.

    >>> years_later(date(2024, 2, 29), 1)
    datetime.date(2025, 2, 28)
    """
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def certified_people(
    rulebook: Rulebook,
    edition: Edition,
    rule: CertifiedPeopleRule,
    certifications: Iterable[HeldCertification],
    on: date,
) -> CertifiedPeople:
    """The people of each step of a metric on a day."""
    known = tuple(certifications)
    return CertifiedPeople(
        gates=tuple(_step(rulebook, edition, gate.certifications, known, on) for gate in rule.gates),
        counted=_step(rulebook, edition, rule.counted, known, on),
    )


def _step(rulebook: Rulebook, edition: Edition, list_name: str, held: tuple[HeldCertification, ...], on: date) -> Step:
    listed = edition.lists[list_name].certifications
    years = _credit_rule(rulebook, on).years
    best: dict[str, Holder] = {}
    for one in held:
        if one.certification not in listed:
            continue
        credit = credit_of(one, rulebook.certifications[one.certification], years)
        if credit is None or not credit.covers(on):
            continue
        holder = Holder(held=one, credit=credit)
        if one.person not in best or _end(holder) > _end(best[one.person]):
            best[one.person] = holder
    ordered = sorted(best.values(), key=lambda holder: (holder.held.name, holder.held.person))
    return Step(certifications=listed, holders=tuple(ordered))


def _end(holder: Holder) -> date:
    return holder.credit.end or date.max


def _credit_rule(rulebook: Rulebook, on: date) -> CreditRule:
    rules = rulebook.programme.retired_credit
    rule = in_force(rules, on)
    return rule if rule is not None else rules[min(rules)]
