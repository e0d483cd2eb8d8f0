"""A scorecard as sentences: verdict, metrics, ways to 70, what to watch, track, renewal, age and source.

The sentences are in Slack's mark-up (`*bold*`); who shows plain text takes the stars away.
"""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from bot.wording.metric_lines import counted, measured_in
from bot.wording.warning_lines import warning_line
from bot.wording.words import Language, Words, day, gap, hundredths, listed, points
from scoring.data_age import data_age
from scoring.metric_rules import MetricName
from scoring.programme import in_force
from scoring.rulebook import Rulebook
from scoring.scorecard import MetricScore, Scorecard, TrackScore, Way
from scoring.ways import ways_to_qualify
from scoring.windows import renewal_of


class ScoreLines:
    """The sentences of one scorecard in one language."""

    def __init__(self, rulebook: Rulebook, words: Words, language: Language, card: Scorecard) -> None:
        self.rulebook = rulebook
        self.words = words
        self.language = language
        self.card = card
        self.chosen: TrackScore = card.chosen

    def say(self, key: str, **values: object) -> str:
        """One sentence in the language of these lines."""
        return self.words.say(key, self.language, **values)

    def brief(self, metrics: tuple[MetricName, ...]) -> str:
        """The short names of metrics in one line."""
        return listed([self.say(f"brief.{metric}") for metric in metrics], self.language)

    def total(self, value: Fraction) -> str:
        """A total, never rounded up to the line."""
        return points(value, line=self.card.qualifying_score)

    def verdict(self) -> str:
        """The first line: the verdict in words."""
        score, missing = self.chosen, self.chosen.missing
        if score.total is None or missing.points is None:
            counts = {"n": str(len(missing.not_known)), "all": str(len(score.metrics))}
            return self.say("card.not_known", area=self.card.name, **counts)
        values = {
            "area": self.card.name,
            "total": self.total(score.total),
            "gap": gap(missing.points) if missing.points else "",
            "metrics": self.brief(missing.below_minimum),
        }
        if score.qualified:
            return self.say("card.qualified", **values)
        if not missing.below_minimum:
            return self.say("card.short", **values)
        return self.say("card.short_and_blocked" if missing.points else "card.blocked", **values)

    def known_so_far(self) -> list[str]:
        """What is known where there is no total yet."""
        if self.chosen.total is not None:
            return []
        return [self.say("card.known_so_far", points=points(self.chosen.known_points))]

    def ways(self) -> list[str]:
        """Each metric that alone reaches 70."""
        found = ways_to_qualify(self.chosen)
        return [self.say("ways.title"), *(f"• {self.way(way)}" for way in found)] if found else []

    def way(self, way: Way) -> str:
        """One way as a sentence."""
        metric = self.chosen.metric(way.metric)
        line = self.say(
            "ways.line_part" if way.part else "ways.line",
            metric=self.say(f"brief.{way.metric}"),
            part=self.say(f"part.{way.part}") if way.part else "",
            units=counted(self.words, self.language, Fraction(way.units), measured_in(metric, way.part)),
            total=self.total(way.total),
        )
        if way.printed_total < self.card.qualifying_score:
            line += self.say("ways.printed", printed=hundredths(way.printed_total))
        return line

    def warnings(self, most: int | None = None) -> list[str]:
        """What to watch, at most so many sentences; the track's own line says what is not computed there."""
        shown = [one for one in self.card.warnings if one.kind != "track_not_computed"]
        lines = [f"• {warning_line(self.words, self.language, self.card, one)}" for one in shown[:most]]
        if len(lines) < len(shown):
            lines.append(f"• {self.say('warning.more', n=str(len(shown) - len(lines)), area=self.card.area)}")
        return [self.say("warning.title"), *lines] if lines else []

    def tracks(self) -> Iterator[str]:
        """Which track counts and why, and the total of the other one."""
        if self.card.track_reason == "only_one":
            return
        reason = self.say(f"track.reason.{self.card.track_reason}")
        yield self.say("track.this", track=self.say(f"track.{self.card.track}"), reason=reason)
        for score in self.card.tracks:
            name = self.say(f"track.{score.track}")
            if score.track == self.card.track:
                continue
            if score.total is not None:
                yield self.say("track.other", track=name, total=self.total(score.total))
            elif self.card.track_reason != "classified":  # a track that has no say need not be computed
                yield self.say("track.other_not_known", track=name, metrics=self.brief(score.missing.not_known))

    def renewal(self) -> Iterator[str]:
        """The window in which one day must qualify, and when to pay."""
        membership, on = self.card.membership, self.card.on
        if membership is None:
            return
        found = renewal_of(self.rulebook.programme, membership, self.card.area, on)
        window, pay = found.qualifies, found.pays
        if found.anniversary is None:
            if window:
                yield self.say("renewal.not_enrolled", start=window.start, end=window.end)
            return
        if window:
            values = {"start": window.start, "end": window.end, "left": str(window.days_left(on))}
            key = "renewal.line" if window.start <= on else "renewal.line_later"
            yield self.say(key, day=day(found.anniversary, self.language), **values)
        if pay:
            yield self.say("renewal.pay", start=day(pay.start, self.language), end=day(pay.end, self.language))

    def data(self) -> str:
        """How old the figures and the list of people are, and when newer ones come."""
        known = (metric for metric in self.chosen.metrics if metric.as_of is not None)
        dated = sorted(known, key=lambda metric: bool(metric.steps))
        said = dict.fromkeys(self.age(metric) for metric in dated)
        between = "、" if self.language == "ja" else None  # ・ stands inside the entries
        return self.say("foot.data", parts=listed(said, self.language, between=between) or self.say("foot.no_day"))

    def age(self, metric: MetricScore) -> str:
        """How old the data of a metric with a day is, and when newer data comes."""
        age = data_age(self.rulebook, metric, self.card.on)
        assert age is not None  # only metrics with a day are asked
        kind = "people" if metric.steps else "figures"
        if age.days < 0:  # a list of people of a later day tells the day asked too
            return self.say("foot.people_later", day=age.as_of)
        key = f"foot.{kind}_today" if age.days == 0 else f"foot.{kind}"
        said = self.say(key, day=age.as_of, days=str(age.days), next=age.next_refresh)
        return said if age.next_report is None else said + self.say("foot.next_report", day=age.next_report)

    def limits(self) -> list[str]:
        """What the reports behind the score do not tell, in short; the long form is in the evidence of a metric."""
        measured = [metric.measured for metric in self.chosen.metrics if metric.basis == "computed" and metric.measured]
        named = dict.fromkeys(limit for one in measured for limit in one.limits)
        if not named:
            return []
        return [self.say("foot.limits", limits=listed([self.say(f"limit.{name}") for name in named], self.language))]

    def rules(self) -> str:
        """Edition, source and the day the rules were last checked."""
        reference = self.chosen.metrics[0].rule.reference
        return rules_line(self.words, self.language, self.card, reference.title.split(" (")[0], self.card.verified_on)

    def badge(self) -> list[str]:
        """The badge's name as customers see it on that day."""
        badges = in_force(self.rulebook.programme.badges, self.card.on)
        return [self.say("foot.badge", badge=badges.names[self.card.area])] if badges else []


def rules_line(words: Words, language: Language, card: Scorecard, source: str, verified: date) -> str:
    """The small print about the rules: edition, source, last checked."""
    edition = card.edition
    return words.say("foot.rules", language, edition=edition.id, since=edition.since, source=source, verified=verified)
