"""All areas as sentences, the one that needs attention first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from bot.wording.score_lines import ScoreLines, rules_line
from bot.wording.words import Language, Words, day, gap, listed, points
from scoring.rulebook import Rulebook
from scoring.scorecard import Scorecard
from scoring.ways import ways_to_qualify
from scoring.windows import Window, next_anniversary, qualification_window

AT_RISK, WILL_DROP, BELOW, NOT_KNOWN, FINE, NO_FIGURES = range(6)


@dataclass(frozen=True)
class Standing:
    """Where one area stands. `rank` is the order of attention; `until` the last day on which it still qualifies."""

    card: Scorecard
    rank: int
    window: Window | None = None
    until: date | None = None

    @property
    def order(self) -> tuple[int, Fraction]:
        """Attention first; of equal rank the smaller gap, because it is the cheaper one to close."""
        missing = self.card.chosen.missing.points
        return (self.rank, Fraction(1000) if missing is None else missing)


def standings_of(rulebook: Rulebook, cards: Iterable[Scorecard]) -> list[Standing]:
    """Where the areas stand, the one that needs attention first."""
    return sorted((_standing(rulebook, card) for card in cards), key=lambda one: one.order)


def _standing(rulebook: Rulebook, card: Scorecard) -> Standing:
    score = card.chosen
    if score.total is None:
        known = any(metric.basis != "not_known" for metric in score.metrics)
        return Standing(card, NOT_KNOWN if known else NO_FIGURES)
    window = _window(rulebook, card)
    if not score.qualified:
        return Standing(card, AT_RISK if window else BELOW, window)
    ends = [
        warning.values["on"]
        for warning in card.warnings
        if warning.kind == "certification_lapses" and warning.values["qualified_after"] is False
    ]
    return Standing(card, WILL_DROP, window, min(ends)) if ends else Standing(card, FINE, window)


def _window(rulebook: Rulebook, card: Scorecard) -> Window | None:
    """The window in which an enrolled area must qualify; None for one that is not enrolled."""
    membership = card.membership
    if membership is None or card.area not in membership.enrolled:
        return None
    anniversary = next_anniversary(rulebook.programme, membership.anniversary, card.on)
    return qualification_window(rulebook.programme, card.on, anniversary)


@dataclass(frozen=True)
class Row:
    """One area in the list: its name, its total or a dash, and where it stands."""

    name: str
    total: str
    status: str


class OverviewLines:
    """The sentences of all areas in one language."""

    def __init__(self, rulebook: Rulebook, words: Words, language: Language, standings: list[Standing]) -> None:
        self.rulebook = rulebook
        self.words = words
        self.language = language
        self.standings = standings

    def say(self, key: str, **values: object) -> str:
        """One sentence in the language of these lines."""
        return self.words.say(key, self.language, **values)

    def brief(self, metrics: Iterable[str]) -> str:
        """The short names of metrics in one line."""
        return listed([self.say(f"brief.{metric}") for metric in metrics], self.language)

    def verdict(self) -> str:
        """The first line: the area that needs attention, and what it needs."""
        one = self.standings[0]
        values, missing = self._values(one), one.card.chosen.missing
        match one.rank:
            case _ if one.rank == AT_RISK and one.window:
                key = "all.at_risk" if missing.points else "all.at_risk_blocked"
                return self.say(key, **values, day=day(one.window.end, self.language))
            case _ if one.rank == WILL_DROP and one.until:
                return self.say("all.will_drop", **values, day=day(one.until, self.language))
            case _ if one.rank == BELOW:
                return self.say("all.nearest" if missing.points else "all.blocked", **values)
            case _ if one.rank == NOT_KNOWN:
                return self.say("all.not_known", area=values["area"], metrics=self.brief(missing.not_known))
            case _ if one.rank == NO_FIGURES:
                return self.say("all.nothing", day=day(one.card.on, self.language))
        everything = all(other.rank == FINE for other in self.standings)
        return self.say("all.fine" if everything else "all.fine_known")

    def rows(self) -> list[Row]:
        """Every area, in the order of attention."""
        return [self._row(one) for one in self.standings]

    def _row(self, one: Standing) -> Row:
        total = one.card.chosen.total
        shown = "–" if total is None else points(total, line=one.card.qualifying_score)
        return Row(one.card.name, shown, self._status(one))

    def _values(self, one: Standing) -> dict[str, object]:
        missing = one.card.chosen.missing
        return {
            "area": one.card.name,
            "gap": gap(missing.points) if missing.points else "",
            "metrics": self.brief(missing.below_minimum),
        }

    def _status(self, one: Standing) -> str:
        missing = one.card.chosen.missing
        if one.rank == NO_FIGURES:
            return self.say("all.status.nothing")
        if one.rank == NOT_KNOWN:
            return self.say("all.status.not_known", metrics=self.brief(missing.not_known))
        if one.until:
            return self.say("all.status.met_until", day=day(one.until, self.language))
        if one.card.chosen.qualified:
            return self.say("all.status.met")
        return listed(self._shortcomings(one), self.language, between="・" if self.language == "ja" else " · ")

    def _shortcomings(self, one: Standing) -> list[str]:
        missing, values = one.card.chosen.missing, self._values(one)
        said = [self.say("all.status.at_risk" if one.rank == AT_RISK else "all.status.below")]
        if missing.points:
            said.append(self.say("all.status.short", **values))
        if missing.below_minimum:
            said.append(self.say("all.status.blocked", **values))
        if one.window and one.window.start <= one.card.on:
            said.append(self.say("all.status.window", left=str(one.window.days_left(one.card.on))))
        elif one.window:
            said.append(self.say("all.status.window_later", start=one.window.start))
        return said

    def next_step(self) -> list[str]:
        """The smallest step of one metric that takes the first area to 70."""
        card = self.standings[0].card
        ways = ways_to_qualify(card.chosen)
        if not ways:
            return []
        way = ScoreLines(self.rulebook, self.words, self.language, card).way(ways[0])
        return [self.say("all.next_step", area=card.name, way=way)]

    def cloud_badge(self) -> list[str]:
        """The badge for all six, where every area qualifies."""
        qualified = {one.card.area for one in self.standings if one.card.chosen.qualified}
        needed = set(self.rulebook.programme.microsoft_cloud_badge.items)
        return [self.say("all.cloud_badge")] if needed <= qualified else []

    def data(self) -> str:
        """How old the figures and the list of people are, and when newer ones come; by area where areas differ."""
        figures, people = self._ages(of_people=False), self._ages(of_people=True)
        between = "、" if self.language == "ja" else "; " if len(figures) > 1 else ", "
        said = [*self._by_area(figures), *self._by_area(people)]
        return self.say("foot.data", parts=listed(said, self.language, between=between) or self.say("foot.no_day"))

    def _ages(self, *, of_people: bool) -> dict[str, list[str]]:
        """The names of the areas by the age of their figures, or of their list of people, in words."""
        found: dict[str, list[str]] = {}
        for one in sorted(self.standings, key=lambda standing: list(self.rulebook.areas).index(standing.card.area)):
            lines = ScoreLines(self.rulebook, self.words, self.language, one.card)
            dated = [metric for metric in one.card.chosen.metrics if metric.as_of is not None]
            ages = dict.fromkeys(lines.age(metric) for metric in dated if bool(metric.steps) is of_people)
            for age in ages:
                found.setdefault(age, []).append(one.card.name)
        return found

    def _by_area(self, ages: dict[str, list[str]]) -> list[str]:
        """Each age once; with the names of its areas where there are several."""
        if len(ages) < 2:
            return list(ages)
        return [self.say("foot.of_areas", areas=listed(names, self.language), age=age) for age, names in ages.items()]

    def rules(self) -> str:
        """Edition, source and the day the rules were last checked."""
        first = self.standings[0].card
        source = first.chosen.metrics[0].rule.reference.title.split(",")[0]
        verified = min(one.card.verified_on for one in self.standings)
        return rules_line(self.words, self.language, first, source, verified)
