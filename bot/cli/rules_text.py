"""The rules of an area as plain text, from the same values as its JSON."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from bot.wording.metric_lines import counted
from bot.wording.words import Language, Words, listed, short

Json = dict[str, Any]


def edition_text(words: Words, language: Language, shown: Json) -> list[str]:
    """The lines of `seventy rules show AREA`."""
    return list(_Text(words, language).edition(shown))


def dates_text(words: Words, language: Language, shown: Json) -> list[str]:
    """The lines of `seventy rules dates`."""
    text = _Text(words, language)
    found = []
    for one in shown["dates"]:
        found += [f"{one['day']}  {one['event'][language]}", f"            {text.reference(one['reference'])}"]
    return found


class _Text:
    def __init__(self, words: Words, language: Language) -> None:
        self.words = words
        self.language = language
        self.on = ""  # the day asked, as ISO text

    def say(self, key: str, **values: object) -> str:
        return self.words.say(f"rules.{key}", self.language, **values)

    def edition(self, shown: Json) -> Iterator[str]:
        self.on = shown["on"]
        since = shown["edition_since"]
        yield self.say("title", name=shown["name"], day=shown["on"], edition=shown["edition"], since=since)
        yield shown["edition_summary"][self.language]
        if not shown["edition_start_is_known"]:
            yield self.say("start_not_known", since=since)
        if shown["designation"]:
            yield self.say("badge", badge=shown["designation"])
        yield self.say("pass", score=shown["qualifying_score"], minimum=shown["minimum_per_metric"])
        yield self.say("names", names=listed(shown["also_called"], self.language))
        if shown["legacy_competencies"]:
            yield self.say("legacy", names=listed(shown["legacy_competencies"], self.language))
        yield from self.track_rule(shown["track_rule"])
        for track in shown["tracks"]:
            yield ""
            if track["track"] != "single":
                name = self.words.say(f"track.{track['track']}", self.language)
                yield self.say("track_title", track=name)
            for metric in track["metrics"]:
                yield from self.metric(metric)

    def track_rule(self, rule: Json) -> Iterator[str]:
        yield self.say(f"track.{rule['kind']}")
        for name, value in rule["conditions"].items():
            yield f"  {self.say(f'condition.{name}', n=_short(value))}"
        for line in self.sources(rule):
            yield f"  {line}"

    def metric(self, metric: Json) -> Iterator[str]:
        name = self.words.say(f"metric.{metric['metric']}", self.language)
        yield f"{name}: {self.points(metric)}"
        for line in self.details(metric):
            yield f"    {line}"

    def points(self, metric: Json) -> str:
        most = _short(metric["max_points"])
        if metric["threshold"] is None:
            return self.say("max_only", max=most)
        threshold = self.amount(metric["threshold"], metric["unit"])
        return self.say("threshold", threshold=threshold, max=most)

    def details(self, metric: Json) -> Iterator[str]:
        if metric["kind"] == "weight":
            yield self.say("weight")
        else:
            yield self.say("measures", text=metric["measures"][self.language])
        for minimum in ("minimum_now", "minimum_year_ago"):
            if metric[minimum] is not None:
                yield self.say(minimum, n=self.amount(metric[minimum], "usd"))
        if metric["printed_points_per_unit"] is not None:
            yield self.say("printed", n=_short(metric["printed_points_per_unit"]))
        yield from map(self.part, metric["parts"])
        yield from self.certifications(metric)
        yield from self.sources(metric)

    def part(self, part: Json) -> str:
        name = self.words.say(f"part.{part['part']}", self.language)
        if part["amount_per_point"] is not None:
            return self.say("part_per_point", part=name, amount=self.amount(part["amount_per_point"], part["unit"]))
        if part["threshold"] is not None:
            return self.say("part_threshold", part=name, amount=self.amount(part["threshold"], part["unit"]))
        return self.say("part", part=name)

    def certifications(self, metric: Json) -> Iterator[str]:
        for index, gate in enumerate(metric["gates"], start=1):
            key = "gate_points" if gate["points"] else "gate"
            people = self.amount(gate["people"], "person")
            yield self.say(key, index=index, people=people, points=_short(gate["points"])) + ":"
            yield from map(self.certification, gate["certifications"])
        if metric["counted"]:
            yield self.say("counted") + ":"
            yield from map(self.certification, metric["counted"])

    def certification(self, one: Json) -> str:
        name = one["name"]
        if one["retired_on"]:
            key = "retired" if one["retired_on"] < self.on else "retires"
            name = self.say(key, name=name, retired=one["retired_on"], until=one["last_day_of_credit"])
        code = one["certification"]
        return f"  {code}  {name}" if code != one["name"] else f"  {name}"

    def sources(self, rule: Json) -> Iterator[str]:
        for note in rule["notes"]:
            yield self.say("note", text=note[self.language])
        for reading in rule.get("other_readings", ()):
            yield self.say("reading", text=reading["says"][self.language])
        yield self.reference(rule["reference"])

    def reference(self, said: Json) -> str:
        return self.say(
            "reference",
            title=said["title"],
            place=said["place"],
            read=said["read_on"],
            confidence=said["confidence"],
        )

    def amount(self, value: float, unit: Any) -> str:
        return counted(self.words, self.language, Fraction(value).limit_denominator(10**6), unit)


def _short(value: float) -> str:
    return short(Fraction(value).limit_denominator(10**6))
