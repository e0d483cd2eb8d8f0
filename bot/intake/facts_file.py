"""A facts file (YAML, see docs/facts-file.md) -> facts. A key that means nothing is an error with its line."""

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from bot.intake.amounts import read_amount, read_parts
from bot.intake.yaml_place import LAST_DAY, YamlPlace
from scoring.errors import ScoringError, UnknownCertificationError
from scoring.facts import WHOLE, Amount, Facts, Figure, HeldCertification, Membership, TrackInputs
from scoring.metric_rules import METRICS, SKILLING, Track
from scoring.rulebook import Rulebook
from scoring.sources import Document, Path_, parse_yaml, read_yaml

_TOP = ("company", "as_of", "areas", "people", "people_as_of", "membership")
_AREA = ("metrics", "enterprise", "smb", "track_choice", "as_of")
_SECTIONS: tuple[tuple[str, Track | None], ...] = (
    ("metrics", None),
    ("enterprise", "enterprise"),
    ("smb", "smb"),
)
_SKILLING = ("people", "value", "gates", "points", "as_of")
_TRACK_CHOICE = (
    "smb_customers",
    "customers",
    "smb_share_percent",
    "trailing_12_month_acr",
    "large_workloads",
)


def read_facts_file(path: Path, rulebook: Rulebook) -> Facts:
    """The facts of a file.

    Raises: DataFileError when it cannot be read or is not YAML; ScoringError kinds with `file:line` for what is in it.
    """
    return facts_of(read_yaml(path), rulebook)


def parse_facts(text: str, rulebook: Rulebook, *, name: str) -> Facts:
    """The facts of a text, as `read_facts_file` reads them; `name` stands for the file in messages."""
    return facts_of(parse_yaml(text, name=name), rulebook)


def facts_of(document: Document, rulebook: Rulebook, *, root: Path_ = ()) -> Facts:
    """The facts in a YAML document that is read already, or in the part of it under `root`."""
    data = document.data
    for step in root:
        data = data[step]
    return _FactsReader(YamlPlace(document, root), rulebook).facts(data)


class _FactsReader:
    def __init__(self, place: YamlPlace, rulebook: Rulebook) -> None:
        self.place = place
        self.rulebook = rulebook

    def facts(self, data: Any) -> Facts:
        top = self.place.mapping({} if data is None else data, (), _TOP)
        as_of = self.place.day(top, "as_of", ())
        sections = self.place.mapping(top.get("areas") or {}, ("areas",), None)
        areas = [(key, self.area_or_group(key), self.of_area(key, value)) for key, value in sections.items()]
        self.check_named_once(areas)
        company = top.get("company")
        if isinstance(company, dict | tuple):
            raise self.place.wrong(("company",), "", "a name is needed")
        return Facts(
            company=None if company is None else str(company),
            figures=tuple(figure for area in areas for figure in self.figures(*area, as_of)),
            certifications=self.people(top["people"]) if "people" in top else None,
            people_as_of=self.place.day(top, "people_as_of", ()) or as_of,
            track_inputs=tuple(inputs for area in areas for inputs in self.track_inputs(*area, as_of)),
            membership=self.membership(top["membership"]) if top.get("membership") else None,
        )

    def area_or_group(self, key: Any) -> str:
        if key in {rules.group for rules in self.rulebook.areas.values()}:
            return str(key)
        return self.area(key, ("areas", key))

    def area(self, key: Any, path: Path_) -> str:
        try:
            return self.rulebook.find_area(str(key))
        except ScoringError as error:
            where = self.place.where(path)
            raise type(error)(f"{where}: {error.message}", where=where, **error.values) from error

    def check_named_once(self, areas: list[tuple[Any, str, dict[str, Any]]]) -> None:
        seen: dict[str, Any] = {}
        for key, area, _ in areas:
            if area in seen:
                raise self.place.wrong(("areas", key), str(key), f"this area stands under '{seen[area]}' too; keep one")
            seen[area] = key

    def of_area(self, key: str, data: Any) -> dict[str, Any]:
        return self.place.mapping(data or {}, ("areas", key), _AREA)

    def figures(self, key: str, area: str, of_area: dict[str, Any], as_of: date | None) -> Iterator[Figure]:
        as_of = self.place.day(of_area, "as_of", ("areas", key)) or as_of
        for section, track in _SECTIONS:
            path: Path_ = ("areas", key, section)
            for metric, figure in self.place.mapping(of_area.get(section) or {}, path, METRICS).items():
                known = {"area": area, "metric": metric, "track": track, "as_of": as_of}
                yield Figure(**(known | self.figure(metric, figure, (*path, metric))))

    def figure(self, metric: str, data: Any, path: Path_) -> dict[str, Any]:
        known: dict[str, Any] = {"origin": self.place.origin(path)}
        if not isinstance(data, Mapping):
            number = self.people_count(data, path) if metric in SKILLING else self.place.number(data, path)
            return known | ({"people": number} if metric in SKILLING else {"parts": {WHOLE: Amount(count=number)}})
        if data.get("as_of") is not None:
            known["as_of"] = self.place.day(data, "as_of", path)
        if data.get("points") is not None:
            known["points"] = self.place.number(data["points"], (*path, "points"))
        if metric in SKILLING:
            return known | self.typed_people(data, path)
        if data.get("trailing_12_months") is not None:
            inner = (*path, "trailing_12_months")
            known["trailing_12_months"] = read_amount(self.place, data["trailing_12_months"], inner)
        return known | {"parts": read_parts(self.place, data, path)}

    def typed_people(self, data: Mapping[str, Any], path: Path_) -> dict[str, Any]:
        self.place.mapping(data, path, _SKILLING)
        if data.get("people") is not None and data.get("value") is not None:
            raise self.place.wrong(path, "", "'people' and 'value' mean the same; give one")
        people = data.get("people", data.get("value"))
        gates = self.place.mapping(data.get("gates") or {}, (*path, "gates"), None)
        return {
            "people": None if people is None else self.people_count(people, (*path, "people")),
            "gate_holders": {
                self.certification(key, (*path, "gates", key)): int(self.people_count(count, (*path, "gates", key)))
                for key, count in gates.items()
            },
        }

    def people_count(self, data: Any, path: Path_) -> Fraction:
        number = self.place.number(data, path)
        if number < 0 or number.denominator != 1:
            raise self.place.wrong(path, f"{float(number):g}", "people are counted in whole numbers, not below zero")
        return number

    def track_inputs(self, key: str, area: str, of_area: dict[str, Any], as_of: date | None) -> Iterator[TrackInputs]:
        path: Path_ = ("areas", key, "track_choice")
        if not of_area.get("track_choice"):
            return
        given = self.place.mapping(of_area["track_choice"], path, _TRACK_CHOICE)
        workloads = given.pop("large_workloads", None)
        numbers: dict[str, Any] = {name: self.place.number(value, (*path, name)) for name, value in given.items()}
        for name, number in numbers.items():
            if name != "smb_share_percent":  # has a sentence of its own
                self.place.not_negative(number, (*path, name))
        if workloads is not None:
            numbers["large_workloads"] = self.large_workloads(workloads, (*path, "large_workloads"))
        inputs = TrackInputs(
            area=area,
            as_of=self.place.day(of_area, "as_of", ("areas", key)) or as_of,
            origin=self.place.origin(path),
            **numbers,
        )
        self.check_share(inputs, path)
        yield inputs

    def check_share(self, inputs: TrackInputs, path: Path_) -> None:
        share, smb, everybody = inputs.smb_share_percent, inputs.smb_customers, inputs.customers
        if share is not None and not 0 <= share <= 100:
            raise self.place.wrong((*path, "smb_share_percent"), f"{float(share):g}", "a share is 0 to 100 percent")
        if smb is None or everybody is None:
            return
        if smb > everybody:
            raise self.place.wrong((*path, "smb_customers"), str(smb), f"there are only {everybody} customers")
        computed = smb / everybody * 100 if everybody else Fraction(0)
        if share is not None and abs(share - computed) >= 1:  # a typed share may be rounded
            reason = f"{smb} of {everybody} customers are {float(computed):.1f} percent; correct one of them"
            raise self.place.wrong((*path, "smb_share_percent"), f"{float(share):g}", reason)

    def large_workloads(self, data: Any, path: Path_) -> Fraction:
        """Unique large workloads in both months: a number, two numbers (the smaller), or two lists of names."""
        if not isinstance(data, Mapping):
            number = self.place.number(data, path)
            self.place.not_negative(number, path)
            return number
        both = self.place.mapping(data, path, ("now", "year_ago"))
        now, year_ago = both.get("now"), both.get("year_ago")
        if isinstance(now, tuple) and isinstance(year_ago, tuple):
            return Fraction(len(set(now) & set(year_ago)))
        fewer = min(self.place.number(now, (*path, "now")), self.place.number(year_ago, (*path, "year_ago")))
        self.place.not_negative(fewer, path)
        return fewer

    def people(self, data: Any) -> tuple[HeldCertification, ...]:
        if not isinstance(data or (), tuple):
            raise self.place.wrong(("people",), str(data), "a list is needed: - {name: ..., certifications: [...]}")
        return tuple(held for index, person in enumerate(data or ()) for held in self.person(person, ("people", index)))

    def person(self, data: Any, path: Path_) -> Iterator[HeldCertification]:
        person = self.place.mapping(data, path, ("name", "id", "certifications"))
        if not person.get("name") and not person.get("id"):
            raise self.place.wrong(path, "", "a person needs a name")
        for key in ("name", "id"):
            if not isinstance(person.get(key), str | int | None):
                raise self.place.wrong((*path, key), "", "a word or a number is needed")
        name = str(person.get("name") or person["id"])
        held = person.get("certifications") or ()
        items = held if isinstance(held, tuple) else (held,)
        paths = [(*path, "certifications", index) for index in range(len(items))]
        entries = [self.entry(item, where) for item, where in zip(items, paths, strict=True)]
        words = tuple(entry["certification"] for entry in entries)
        for entry, where in zip(entries, paths, strict=True):
            key = self.certification(entry.pop("certification"), where, beside=words)
            origin = self.place.origin(where)
            identity = str(person.get("id") or name)
            yield HeldCertification(person=identity, name=name, certification=key, origin=origin, **entry)

    def entry(self, data: Any, path: Path_) -> dict[str, Any]:
        if isinstance(data, str):
            return {"certification": data}
        item = self.place.mapping(data, path, ("certification", "earned", "expires"))
        if not isinstance(item.get("certification"), str):
            raise self.place.wrong(path, "", "an entry needs its certification: a code or a name")
        expires = item.get("expires")
        if isinstance(expires, date) and expires > LAST_DAY:  # reports write 9999-12-31 for what does not expire
            item["expires"] = None
        earned, expires = self.place.day(item, "earned", path), self.place.day(item, "expires", path)
        if earned and expires and expires < earned:
            raise self.place.wrong((*path, "expires"), str(expires), f"it was earned on {earned}, after that day")
        return {"certification": str(item["certification"]), "earned": earned, "expires": expires}

    def certification(self, words: Any, path: Path_, *, beside: tuple[str, ...] = ()) -> str:
        """The key of a certification; an exam of several stands for it when the others stand beside it."""
        certifications = self.rulebook.certifications
        key = certifications.find(str(words))
        if key is not None:
            return key
        key = certifications.half_of(str(words))
        if key is not None:
            given = {word.strip().upper() for word in beside}
            missing = " and ".join(exam for exam in certifications[key].exams if exam not in given)
            if not missing:
                return key
            reason = f"{certifications[key].name} also takes {missing}; write {key} for both"
            raise self.place.wrong(path, str(words), reason)
        near = tuple(f"{one} ({certifications[one].name})" for one in certifications.suggest(str(words)))
        hint = f"did you mean {' or '.join(near)}?" if near else "correct it, or leave it out if it counts nowhere."
        where = self.place.where(path)
        message = f"{where}: '{words}' is not in the list of certifications; {hint}"
        raise UnknownCertificationError(message, where=where, given=str(words), suggestions=near)

    def membership(self, data: Any) -> Membership:
        path: Path_ = ("membership",)
        given = self.place.mapping(data, path, ("anniversary", "enrolled"))
        anniversary = self.place.day(given, "anniversary", path)
        if anniversary is None:
            raise self.place.wrong(path, "", "it needs the anniversary date")
        areas = given.get("enrolled") or ()
        if not isinstance(areas, tuple):
            raise self.place.wrong((*path, "enrolled"), str(areas), "a list of areas is needed, such as [security]")
        enrolled = tuple(self.area(key, (*path, "enrolled", index)) for index, key in enumerate(areas))
        return Membership(anniversary=anniversary, enrolled=enrolled, origin=self.place.origin(path))


__all__ = ["facts_of", "parse_facts", "read_facts_file"]
