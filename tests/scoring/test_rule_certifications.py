"""The certifications of the shipped rules: the lists, the retirement days and the names."""

from datetime import date

from scoring import Rulebook
from tests.scoring.asking import EDITIONS, rules_of

RETIRED_ON = {
    "DP-100": date(2026, 6, 1),
    "AI-102": date(2026, 6, 30),
    "AZ-204": date(2026, 7, 31),
    "AZ-500": date(2026, 8, 31),
    "AZ-800+AZ-801": date(2026, 9, 30),
    "MS-900": date(2026, 3, 31),
    "TEAMS-ASSESSMENT": date(2026, 6, 15),
    "MS-102": date(2026, 11, 30),
    "MB-240": date(2026, 6, 30),
    "PL-500": date(2026, 6, 30),
    "MB-335": date(2026, 6, 30),
    "MB-700": date(2026, 6, 30),
    "PL-600": date(2026, 6, 30),
    "MB-280": date(2026, 7, 31),
    "PL-200": date(2026, 8, 31),
    "SC-400": date(2025, 5, 31),
    "AZ-600": date(2023, 7, 31),
    "AZ-220": date(2023, 7, 31),
    "MS-500": date(2023, 6, 30),
    "MB-600": date(2021, 6, 30),
}


def test_every_certification_in_a_list_exists_and_has_a_name(rulebook: Rulebook) -> None:
    listed = {key for rules in rulebook.areas.values() for key in _listed(rulebook, rules.area)}
    known = rulebook.certifications.certifications
    assert listed <= set(known)
    assert all(known[key].name.strip() for key in listed)


def test_a_certification_counts_exactly_when_some_list_has_it(rulebook: Rulebook) -> None:
    listed = {key for area in rulebook.areas for key in _listed(rulebook, area)}
    counting = {key for key, one in rulebook.certifications.certifications.items() if one.counts}
    assert listed == counting


def _listed(rulebook: Rulebook, area: str) -> set[str]:
    lists = rulebook.area(area).certification_lists
    return {key for values in lists.values() for one in values.values() for key in one.certifications}


def test_every_list_is_used_by_a_gate_or_a_points_step_of_its_area(rulebook: Rulebook) -> None:
    for rules in rulebook.areas.values():
        used = set()
        for _, rule in rules_of(rulebook, rules.area):
            if rule.kind == "certified_people":
                used |= {rule.counted, *(gate.certifications for gate in rule.gates)}
        assert set(rules.certification_lists) == used, rules.area


def test_every_list_that_a_rule_needs_is_in_force_whenever_the_rule_is(rulebook: Rulebook) -> None:
    for area in rulebook.areas:
        for since in EDITIONS.values():
            edition = rulebook.edition(area, since)
            for metrics in edition.metrics.values():
                for rule in metrics.values():
                    if rule.kind == "certified_people":
                        assert {rule.counted, *(gate.certifications for gate in rule.gates)} <= set(edition.lists)


def test_certifications_retire_on_the_days_of_the_fact_base(rulebook: Rulebook) -> None:
    found = {key: one.retired_on for key, one in rulebook.certifications.certifications.items() if one.retired_on}
    assert found == RETIRED_ON


def test_fundamentals_and_assessments_do_not_lapse_and_the_others_do(rulebook: Rulebook) -> None:
    for key, one in rulebook.certifications.certifications.items():
        assert one.lapses == (one.level not in ("fundamentals", "assessment")), key


def test_no_name_stands_for_two_certifications(rulebook: Rulebook) -> None:
    certifications = rulebook.certifications
    for key, one in certifications.certifications.items():
        assert [name for name in (key, one.name, *one.also_called) if certifications.find(name) != key] == []
