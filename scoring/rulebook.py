"""Which rules are in force on a day: every rule file, read once and checked as a whole."""

from collections.abc import Iterable
from datetime import date
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

from pydantic import Field
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from scoring.certifications import Certifications, normalised
from scoring.errors import NoEditionError, NoTrackError, UnknownSolutionAreaError
from scoring.metric_rules import METRICS, MetricName, MetricRule, Track, TrackRule, tracks_of
from scoring.programme import EditionName, Programme, in_force
from scoring.sources import Frozen, Reference
from scoring.usage_terms import UsageTerms

RULES = Path(__file__).parent / "rules"


class CertificationList(Frozen):
    """Certifications that count in one step of a metric, by their keys."""

    certifications: tuple[str, ...] = Field(min_length=1)
    reference: Reference


class MetricHistory(Frozen):
    """One metric of one area: its rules by track and start day."""

    single: dict[date, MetricRule] = Field(default_factory=dict)
    enterprise: dict[date, MetricRule] = Field(default_factory=dict)
    smb: dict[date, MetricRule] = Field(default_factory=dict)

    def of(self, track: Track) -> dict[date, MetricRule]:
        """The rules of one track by start day."""
        values: dict[date, MetricRule] = getattr(self, track)
        return values


class SharedRules(Frozen):
    """What several areas have in common: how their track is chosen, and some of their metrics."""

    verified_on: date
    tracks: dict[date, TrackRule] = Field(min_length=1)
    metrics: dict[MetricName, MetricHistory] = Field(min_length=1)


class AreaRules(Frozen):
    """One solution area: its names and, by day, its tracks, metrics and certification lists.

    `group` names the figures that several areas share: one `azure` figure of a metric in `shared_metrics` serves the
    three Azure areas.
    """

    area: str
    name: str
    full_name: str
    group: str | None = None
    shared_metrics: tuple[MetricName, ...] = ()
    also_called: tuple[str, ...]
    verified_on: date
    tracks: dict[date, TrackRule]
    metrics: dict[MetricName, MetricHistory]
    certification_lists: dict[str, dict[date, CertificationList]] = Field(default_factory=dict)


class Edition(Frozen):
    """The rules of one area in force on one day."""

    area: str
    name: EditionName
    track_rule: TrackRule
    metrics: dict[Track, dict[MetricName, MetricRule]]
    lists: dict[str, CertificationList]
    verified_on: date

    @property
    def tracks(self) -> tuple[Track, ...]:
        """The tracks of this edition, Enterprise first."""
        return tracks_of(self.track_rule)


class Rulebook(Frozen):
    """Everything the rule files say; immutable, made by `load_rulebook`."""

    editions: tuple[EditionName, ...]
    areas: dict[str, AreaRules]
    certifications: Certifications
    programme: Programme
    usage_terms: UsageTerms

    def edition_name(self, on: date) -> EditionName:
        """The edition in force on a day.

        Raises: NoEditionError before the first edition.
        """
        started = [edition for edition in self.editions if edition.since <= on]
        if not started:
            raise self._no_edition("Solutions Partner", on, self.editions[0].since)
        return started[-1]

    def edition(self, area: str, on: date) -> Edition:
        """The rules of an area on a day.

        Raises: UnknownSolutionAreaError; NoEditionError before the area's first rules.
        """
        rules = self.area(area)
        return _resolve(rules, self.edition_name(on), on) or self._raise_no_edition(rules, on)

    def area(self, area: str) -> AreaRules:
        """The rules of an area by its id.

        Raises: UnknownSolutionAreaError.
        """
        if area not in self.areas:
            raise self.unknown_area(area)
        return self.areas[area]

    def find_area(self, words: str) -> str:
        """The id of the area with this name or short form, in any width, case and language.

        Raises: UnknownSolutionAreaError with the near matches.
        """
        found = self._areas_by_name.get(normalised(words))
        if found is None:
            raise self.unknown_area(words)
        return found

    def unknown_area(self, words: str) -> UnknownSolutionAreaError:
        """The error for a name that no area has, with up to two near matches."""
        near = process.extract(
            normalised(words),
            self._areas_by_name.keys(),
            scorer=DamerauLevenshtein.normalized_similarity,
            score_cutoff=0.6,
            limit=4,
        )
        suggestions = tuple(dict.fromkeys(self._areas_by_name[name] for name, _, _ in near))[:2]
        hint = f"did you mean {' or '.join(suggestions)}?" if suggestions else f"use one of {', '.join(self.areas)}."
        message = f"No solution area is called '{words}'; {hint}"
        return UnknownSolutionAreaError(message, where=words, given=words, suggestions=suggestions)

    @cached_property
    def measures_key(self) -> str:
        """Differs when any rule differs by which usage reports are measured: then they are measured again."""
        rules = [(area.tracks, area.metrics) for area in self.areas.values()]
        return sha256(repr((rules, self.usage_terms, self.programme.refresh)).encode()).hexdigest()[:16]

    @cached_property
    def _areas_by_name(self) -> dict[str, str]:
        named = ((name, rules.area) for rules in self.areas.values() for name in _names(rules))
        return {normalised(name): area for name, area in named}

    def _raise_no_edition(self, rules: AreaRules, on: date) -> Edition:
        raise self._no_edition(rules.name, on, min(rules.tracks))

    def _no_edition(self, name: str, on: date, first: date) -> NoEditionError:
        message = f"No rules for {name} before {first}; ask for that day or a later one."
        return NoEditionError(message, where=on.isoformat(), area=name, on=on, first=first)


def _names(rules: AreaRules) -> Iterable[str]:
    yield rules.area
    yield rules.name
    yield rules.full_name
    yield from rules.also_called


def _resolve(rules: AreaRules, name: EditionName, on: date) -> Edition | None:
    track_rule = in_force(rules.tracks, on)
    if track_rule is None:
        return None
    lists = {key: in_force(values, on) for key, values in rules.certification_lists.items()}
    return Edition(
        area=rules.area,
        name=name,
        track_rule=track_rule,
        metrics={track: _metrics(rules, track, on) for track in tracks_of(track_rule)},
        lists={key: value for key, value in lists.items() if value is not None},
        verified_on=rules.verified_on,
    )


def _metrics(rules: AreaRules, track: Track, on: date) -> dict[MetricName, MetricRule]:
    known = ((metric, in_force(rules.metrics[metric].of(track), on)) for metric in METRICS if metric in rules.metrics)
    return {metric: rule for metric, rule in known if rule is not None}


def track_asked(edition: Edition, track: Track) -> Track:
    """The track of an edition that a caller asks for; Enterprise is the one path where there is only one.

    Raises: NoTrackError naming the tracks it has.
    """
    if track in edition.tracks:
        return track
    if track == "enterprise":
        return edition.tracks[0]
    has = " and ".join(edition.tracks)
    message = (
        f"{edition.area} has no {track} track in edition {edition.name.id} (in force since {edition.name.since}); "
        f"it has: {has}. Leave the track out or ask for another day."
    )
    raise NoTrackError(message, where=track, area=edition.area, edition=edition.name.id, track=track, tracks=has)


Rule = TypeVar("Rule", bound=Frozen)


def with_changes(rule: Rule, changes: dict[str, Any]) -> Rule:
    """The same rule under another reading."""
    return type(rule).model_validate(dict(rule) | changes)
