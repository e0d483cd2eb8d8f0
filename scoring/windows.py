"""Which days decide a designation: the qualification window and the renewal window. Dates are calendar days."""

from calendar import monthrange
from datetime import date, timedelta

from scoring.facts import Membership
from scoring.programme import Programme, RenewalRule, WindowRule, in_force
from scoring.skilling import years_later
from scoring.sources import Frozen


class Window(Frozen):
    """First and last day, both included."""

    start: date
    end: date

    def days_left(self, on: date) -> int:
        """Days from the day after `on` to the last one; 0 when the window has ended.

        >>> Window(start=date(2026, 10, 1), end=date(2027, 3, 31)).days_left(date(2026, 11, 20))
        131
        """
        return max(0, (self.end - on).days)


class Renewal(Frozen):
    """What a membership means for an area on a day; `anniversary` and `pays` only for one that is enrolled."""

    anniversary: date | None
    qualifies: Window | None
    pays: Window | None = None


def renewal_of(programme: Programme, membership: Membership, area: str, on: date) -> Renewal:
    """The windows of an enrolled area's anniversary that matters; for another area the window that ends on the day."""
    if area not in membership.enrolled:
        return Renewal(anniversary=None, qualifies=qualification_window(programme, on))
    anniversary = next_anniversary(programme, membership.anniversary, on)
    return Renewal(
        anniversary=anniversary,
        qualifies=qualification_window(programme, on, anniversary),
        pays=renewal_window(programme, on, anniversary),
    )


def qualification_window(programme: Programme, on: date, anniversary: date | None = None) -> Window | None:
    """The days of which one must qualify; None before the first rule.

    With an anniversary: for an area that is enrolled. Without: for one that is not, ending on the day itself.
    Source: `qualification_window` in programme.yaml, with both of Microsoft's examples as tests.
    """
    rule = in_force(programme.qualification_window, on)
    if rule is None:
        return None
    if anniversary is None:
        return Window(start=_months_before(on, rule) if rule.kind == "months_before" else on, end=on)
    if rule.kind == "days_before":
        return Window(start=anniversary - timedelta(days=rule.days_before), end=anniversary)
    last = monthrange(anniversary.year, anniversary.month)[1]
    return Window(start=_months_before(anniversary, rule), end=anniversary.replace(day=last))


def renewal_window(programme: Programme, on: date, anniversary: date) -> Window | None:
    """The days on which the yearly fee can be paid; None before the first rule."""
    rule: RenewalRule | None = in_force(programme.renewal_window, on)
    if rule is None:
        return None
    opens = anniversary + timedelta(days=rule.opens_days_after)
    return Window(start=opens, end=anniversary + timedelta(days=rule.closes_days_after))


def next_anniversary(programme: Programme, anniversary: date, on: date) -> date:
    """The anniversary that matters on a day: the given one until its windows have ended, then a year later."""
    year = 0
    while True:
        day = years_later(anniversary, year)
        qualifies, pays = qualification_window(programme, on, day), renewal_window(programme, on, day)
        if max(day, qualifies.end if qualifies else day, pays.end if pays else day) >= on:
            return day
        year += 1


def _months_before(day: date, rule: WindowRule) -> date:
    months = day.year * 12 + day.month - 1 - rule.months_before
    return date(months // 12, months % 12 + 1, 1)
