"""What no single value can show: the parts of the rule files against each other."""

from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction
from typing import Any

from pydantic import ValidationError

from scoring.certifications import Certifications, normalised
from scoring.errors import DataFileError
from scoring.measure_rules import Setting, associations_of
from scoring.metric_rules import CertifiedPeopleRule, MetricRule, Track, tracks_of
from scoring.programme import EditionName, Programme, in_force
from scoring.rulebook import AreaRules, Rulebook, with_changes
from scoring.sources import Document, Frozen, Path_

_TRACKS: tuple[Track, ...] = ("single", "enterprise", "smb")
_ALL_POINTS = 100  # the maxima of an area's metrics add up to the whole score


def check_editions(editions: tuple[EditionName, ...], file: Document) -> None:
    """Every edition starts after the one before and has a name of its own. Raises: DataFileError."""
    if not editions:
        raise DataFileError(f"{file.where(('editions',))}: 'editions' is empty; give at least one edition.")
    seen: dict[str, EditionName] = {}
    for index, edition in enumerate(editions):
        path: Path_ = ("editions", index, "since")
        if edition.id in seen:
            where = file.where(("editions", index, "id"))
            raise DataFileError(f"{where}: edition '{edition.id}' is given twice; rename one.")
        if index and edition.since <= editions[index - 1].since:
            before = editions[index - 1].id
            raise DataFileError(
                f"{file.where(path)}: edition {edition.id} does not start after {before}; put them in order."
            )
        seen[edition.id] = edition


def check_certifications(certifications: Certifications, file: Document) -> None:
    """No two certifications share a name. Raises: DataFileError."""
    owners: dict[str, str] = {}
    for key, certification in certifications.certifications.items():
        for name in (key, certification.name, *certification.also_called):
            other = owners.setdefault(normalised(name), key)
            if other != key:
                where = file.where(("certifications", key))
                raise DataFileError(f"{where}: '{name}' also names {other}; keep it in one of them.")


def check_programme(
    programme: Programme, areas: Iterable[str], editions: tuple[EditionName, ...], file: Document
) -> None:
    """Every area is named where all are, and the pass rule is there from the first day. Raises: DataFileError."""
    known, badge = set(areas), programme.microsoft_cloud_badge.items
    places: list[tuple[Path_, Iterable[str]]] = [
        (("microsoft_cloud_badge", "items"), badge),
        (("legacy_competencies",), programme.legacy_competencies),
        *((("badges", since.isoformat()), badges.names) for since, badges in programme.badges.items()),
    ]
    for path, named in places:
        names = set(named)
        if names - known:
            wrong = min(names - known)
            where = file.where((*path, "names", wrong) if path[0] == "badges" else (*path, wrong))
            raise DataFileError(f"{where}: '{wrong}' has no rule file; add {wrong}.yaml or correct it.")
        if known - names:
            missing, inside = min(known - names), ".".join(str(part) for part in path)
            raise DataFileError(f"{file.where(path)}: '{missing}' is missing in {inside}; add it.")
    first = editions[0].since
    for name in ("pass_rule", "retired_credit"):
        if min(getattr(programme, name)) > first:
            raise DataFileError(
                f"{file.where((name,))}: '{name}' starts after the first edition ({first}); date it back."
            )
    for since, rule in programme.pass_rule.items():
        for index, reading in enumerate(rule.other_readings):
            path = ("pass_rule", since.isoformat(), "other_readings", index, "changes")
            _check_changes(rule, reading.changes, file.where(path))


def check_names(rulebook: Rulebook, files: dict[str, Document]) -> None:
    """No name or short form means two areas, and none is the name of a group. Raises: DataFileError."""
    owners = {normalised(rules.group): rules.group for rules in rulebook.areas.values() if rules.group}
    for rules in rulebook.areas.values():
        for name in {*rules.also_called, rules.name, rules.full_name, rules.area}:
            other = owners.setdefault(normalised(name), rules.area)
            if other != rules.area:
                where = files[rules.area].where(("also_called",))
                raise DataFileError(f"{where}: '{name}' names both {other} and {rules.area}; keep it in one file.")


def _check_changes(rule: Frozen, changes: dict[str, Any], where: str) -> Any:
    try:
        return with_changes(rule, changes)
    except ValidationError as error:
        first = error.errors()[0]
        named = ".".join(str(part) for part in first["loc"])
        raise DataFileError(
            f"{where}: 'other_readings' changes '{named}', which does not fit the rule ({first['msg']}); correct it."
        ) from error


def check_area(rulebook: Rulebook, rules: AreaRules, files: list[Document]) -> None:
    """One area against the editions, the certifications and itself. `files`: its own file first, then the shared one.

    Raises: DataFileError for the first mistake.
    """
    _AreaCheck(rulebook, rules, files).run()


class _AreaCheck:
    def __init__(self, rulebook: Rulebook, rules: AreaRules, files: list[Document]) -> None:
        self.rulebook = rulebook
        self.rules = rules
        self.files = files

    def run(self) -> None:
        days = list(self._days())
        starts = {edition.since for edition in self.rulebook.editions}
        for path, since in days:
            if since not in starts:
                self._stop(
                    path, f"starts on {since}, the first day of no edition; add one in editions.yaml or correct it"
                )
        for name, values in self.rules.certification_lists.items():
            for since, listed in values.items():
                self._check_keys(("certification_lists", name, since.isoformat()), listed.certifications)
        for since, track_rule in self.rules.tracks.items():
            setting = getattr(track_rule, "measured", None)
            if setting is not None:
                self._check_measure(("tracks", since.isoformat(), "measured"), setting)
        for path, since, rule in self._metric_rules():
            self._check_rule(path, since, rule)
        for since in sorted({since for _, since in days}):
            self._check_maxima(since)

    def _check_keys(self, path: Path_, keys: tuple[str, ...]) -> None:
        for key in keys:
            if key not in self.rulebook.certifications.certifications:
                self._stop(path, f"names '{key}', which is not in certifications.yaml; add it there or correct it")

    def _check_rule(self, path: Path_, since: date, rule: MetricRule) -> None:
        self._check_lists(path, since, rule)
        if rule.measured is not None:
            self._check_measure((*path, "measured"), rule.measured)
        for index, reading in enumerate(rule.other_readings):
            place = (*path, "other_readings", index, "changes")
            self._check_lists(place, since, _check_changes(rule, reading.changes, self._where(place)))

    def _check_measure(self, path: Path_, setting: Setting) -> None:
        """Every association type and limit that a measure names has its words in usage_terms.yaml."""
        terms = self.rulebook.usage_terms
        for name in setting.limits:
            if name not in terms.limits:
                self._stop(
                    path, f"has the limit '{name}', which is not in usage_terms.yaml; add it there or correct it"
                )
        for name in associations_of(setting):
            if name not in terms.associations:
                text = f"counts the association type '{name}', which is not in usage_terms.yaml"
                self._stop(path, f"{text}; add it there or correct it")

    def _check_lists(self, path: Path_, since: date, rule: MetricRule) -> None:
        if not isinstance(rule, CertifiedPeopleRule):
            return
        for name in (rule.counted, *(gate.certifications for gate in rule.gates)):
            values = self.rules.certification_lists.get(name)
            if values is None:
                self._stop(
                    path, f"needs the certification list '{name}', which is not in this file; add it or correct it"
                )
            elif in_force(values, since) is None:
                self._stop(path, f"needs the certification list '{name}' on {since}, before it starts; date it back")

    def _check_maxima(self, since: date) -> None:
        track_rule = in_force(self.rules.tracks, since)
        for track in tracks_of(track_rule) if track_rule else ():
            rules = {name: in_force(history.of(track), since) for name, history in self.rules.metrics.items()}
            maxima = {name: rule.max_points for name, rule in rules.items() if rule is not None}
            total = sum(maxima.values(), Fraction(0))
            if total != _ALL_POINTS:
                given = ", ".join(f"{name} {points}" for name, points in maxima.items()) or "nothing"
                text = f"has maxima that add up to {total} instead of {_ALL_POINTS} on {since}, {track} track ({given})"
                self._stop(("metrics",), f"{text}; correct them")

    def _days(self) -> Iterator[tuple[Path_, date]]:
        for since in self.rules.tracks:
            yield ("tracks", since.isoformat()), since
        for name, values in self.rules.certification_lists.items():
            for since in values:
                yield ("certification_lists", name, since.isoformat()), since
        for path, since, _ in self._metric_rules():
            yield path, since

    def _metric_rules(self) -> Iterator[tuple[Path_, date, MetricRule]]:
        for metric, history in self.rules.metrics.items():
            for track in _TRACKS:
                for since, rule in history.of(track).items():
                    yield ("metrics", metric, track, since.isoformat()), since, rule

    def _where(self, path: Path_) -> str:
        """The place in the area's own file, or in the shared one where the value stands there."""
        for end in range(len(path), 0, -1):
            for file in self.files:
                if path[:end] in file.lines:
                    return file.where(path[:end])
        return self.files[0].where(path)

    def _stop(self, path: Path_, reason: str) -> None:
        raise DataFileError(f"{self._where(path)}: '{'.'.join(map(str, path))}' {reason}.")
