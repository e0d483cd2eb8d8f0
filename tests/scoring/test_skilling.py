"""From when to when a certification counts, and who counts in which step."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring import Rulebook
from scoring.certifications import Certification
from scoring.facts import HeldCertification, Origin
from scoring.metric_rules import CertifiedPeopleRule
from scoring.skilling import CertifiedPeople, Credit, certified_people, credit_of, years_later
from scoring.sources import Reference
from tests.scoring.asking import TODAY

DAY = timedelta(days=1)
RETIRED = date(2026, 6, 30)
days = st.dates(date(2020, 1, 1), date(2030, 12, 31))


def _held(
    certification: str, person: str = "ann", *, earned: date | None = None, expires: date | None = None
) -> HeldCertification:
    return HeldCertification(
        person=person,
        name=person.title(),
        certification=certification,
        earned=earned,
        expires=expires,
        origin=Origin(source="people.yaml"),
    )


def _certification(retired_on: date | None = None, credit_years: int | None = None) -> Certification:
    reference = Reference(title="A page", place="a line", read_on=TODAY, confidence="high")
    return Certification(
        name="Something Associate",
        level="associate",
        retired_on=retired_on,
        credit_years=credit_years,
        reference=reference,
    )


def _credit(
    *, earned: date | None = None, expires: date | None = None, retired: date | None = RETIRED, years: int = 1
) -> Credit | None:
    return credit_of(_held("XX-000", earned=earned, expires=expires), _certification(retired), years)


# Certifications that are not retired


def test_a_certification_counts_from_the_day_earned_to_the_day_it_expires_both_included() -> None:
    credit = _credit(earned=date(2026, 2, 11), expires=date(2027, 2, 10), retired=None)
    assert credit is not None
    covered = [
        credit.covers(day) for day in (date(2026, 2, 10), date(2026, 2, 11), date(2027, 2, 10), date(2027, 2, 11))
    ]
    assert covered == [False, True, True, False]


def test_a_certification_without_days_counts_always() -> None:
    credit = _credit(retired=None)
    assert credit is not None
    assert credit.covers(date.min) and credit.covers(date.max)


# Retired certifications


@pytest.mark.parametrize(
    ("earned", "expires", "end", "after_expiry"),
    [
        # valid on the retirement day: one year more, whatever the person's own expiry
        (None, None, date(2027, 6, 30), False),
        (date(2025, 1, 1), None, date(2027, 6, 30), False),
        (date(2025, 1, 1), RETIRED, date(2027, 6, 30), True),
        (date(2025, 1, 1), date(2026, 9, 1), date(2027, 6, 30), True),
        (date(2025, 1, 1), date(2027, 6, 29), date(2027, 6, 30), True),
        (date(2025, 1, 1), date(2027, 6, 30), date(2027, 6, 30), False),
        (date(2025, 1, 1), date(2028, 1, 1), date(2027, 6, 30), False),
        # earned on the retirement day itself
        (RETIRED, date(2027, 6, 30), date(2027, 6, 30), False),
        # expired before: its own expiry day and no more
        (date(2025, 1, 1), RETIRED - DAY, RETIRED - DAY, False),
        (date(2025, 1, 1), date(2026, 1, 1), date(2026, 1, 1), False),
    ],
    ids=str,
)
def test_a_retired_certification_counts_one_year_if_it_was_valid_on_its_last_day(
    earned: date | None, expires: date | None, end: date, after_expiry: bool
) -> None:
    credit = _credit(earned=earned, expires=expires)
    assert credit is not None
    assert (credit.end, credit.after_expiry) == (end, after_expiry)


def test_a_retired_certification_cannot_be_earned_after_its_last_day() -> None:
    assert _credit(earned=RETIRED + DAY) is None


@pytest.mark.parametrize(
    ("retired", "years", "end"),
    [
        (date(2024, 2, 29), 1, date(2025, 2, 28)),
        (date(2024, 2, 29), 4, date(2028, 2, 29)),
        (date(2026, 11, 30), 1, date(2027, 11, 30)),
        (date(2026, 12, 31), 1, date(2027, 12, 31)),
        (date(2021, 6, 30), 2, date(2023, 6, 30)),
    ],
    ids=str,
)
def test_years_of_credit_end_on_the_same_day_of_a_later_year(retired: date, years: int, end: date) -> None:
    assert years_later(retired, years) == end
    credit = _credit(retired=retired, years=years)
    assert credit is not None and credit.end == end


def test_a_certification_may_have_years_of_credit_of_its_own() -> None:
    credit = credit_of(_held("XX-000"), _certification(RETIRED, credit_years=2), 1)
    assert credit is not None and credit.end == date(2028, 6, 30)


@given(earned=st.none() | days, expires=st.none() | days, retired=st.none() | days)
def test_credit_never_starts_before_it_was_earned_nor_outlives_expiry_and_retirement(
    earned: date | None, expires: date | None, retired: date | None
) -> None:
    credit = _credit(earned=earned, expires=expires, retired=retired)
    if credit is None:
        assert retired is not None and earned is not None and earned > retired
        return
    assert credit.start == (earned or date.min)
    last = {expires, years_later(retired, 1) if retired else None}
    assert credit.end in last
    if earned is not None:
        assert not credit.covers(earned - DAY)


# Printed last days of credit


@pytest.mark.parametrize(
    ("certification", "last"),
    [
        ("MS-900", date(2027, 3, 31)),
        ("DP-100", date(2027, 6, 1)),
        ("TEAMS-ASSESSMENT", date(2027, 6, 15)),
        ("AI-102", date(2027, 6, 30)),
        ("PL-600", date(2027, 6, 30)),
        ("AZ-204", date(2027, 7, 31)),
        ("AZ-500", date(2027, 8, 31)),
        ("AZ-800+AZ-801", date(2027, 9, 30)),
        ("MS-102", date(2027, 11, 30)),
        ("SC-400", date(2026, 5, 31)),
        ("MS-500", date(2024, 6, 30)),
        ("AZ-220", date(2024, 7, 31)),
        ("MB-600", date(2023, 6, 30)),
    ],
)
def test_the_shipped_certifications_count_to_their_printed_days(
    rulebook: Rulebook, certification: str, last: date
) -> None:
    credit = credit_of(_held(certification), rulebook.certifications[certification], 1)
    assert credit is not None
    assert credit.covers(last) and not credit.covers(last + DAY)


# People and steps


def _people(rulebook: Rulebook, area: str, *held: HeldCertification, on: date = TODAY) -> CertifiedPeople:
    edition = rulebook.edition(area, on)
    rule = edition.metrics["enterprise"]["intermediate_certifications"]
    assert isinstance(rule, CertifiedPeopleRule)
    return certified_people(rulebook, edition, rule, held, on)


def test_a_person_with_many_certifications_counts_once_per_step(rulebook: Rulebook) -> None:
    people = _people(rulebook, "security", _held("SC-100"), _held("SC-300"), _held("SC-401"))
    assert [holder.held.person for holder in people.counted.holders] == ["ann"]


def test_a_person_may_stand_in_a_gate_and_in_the_points_step(rulebook: Rulebook) -> None:
    people = _people(rulebook, "security", _held("SC-500"), _held("SC-200"), _held("SC-300"))
    assert [len(step.holders) for step in (*people.gates, people.counted)] == [1, 1, 1]


def test_a_person_counts_with_the_certification_that_lasts_longest(rulebook: Rulebook) -> None:
    short = _held("SC-100", expires=date(2026, 12, 31))
    long = _held("SC-300", expires=date(2027, 6, 30))
    for held in ((short, long), (long, short)):
        assert _people(rulebook, "security", *held).counted.holders[0].held is long


def test_a_certification_without_an_end_lasts_longest(rulebook: Rulebook) -> None:
    people = _people(rulebook, "security", _held("SC-100", expires=date.max - DAY), _held("SC-300"))
    assert people.counted.holders[0].held.certification == "SC-300"


def test_two_people_of_one_name_are_two(rulebook: Rulebook) -> None:
    one, other = (
        _held("SC-300", person).model_copy(update={"name": "Ann"}) for person in ("a@x.example", "b@x.example")
    )
    assert len(_people(rulebook, "security", one, other).counted.holders) == 2


def test_holders_stand_in_the_order_of_their_names(rulebook: Rulebook) -> None:
    people = _people(rulebook, "security", *(_held("SC-300", person) for person in ("zoe", "ann", "mia")))
    assert [holder.held.person for holder in people.counted.holders] == ["ann", "mia", "zoe"]


def test_a_certification_of_another_area_counts_nowhere(rulebook: Rulebook) -> None:
    people = _people(rulebook, "security", _held("AZ-104"), _held("MS-700"))
    assert [len(step.holders) for step in (*people.gates, people.counted)] == [0, 0, 0]


@pytest.mark.parametrize(
    ("on", "counts"),
    [(date(2026, 8, 31), True), (date(2027, 8, 31), True), (date(2027, 9, 1), False)],
    ids=str,
)
def test_the_old_gate_certification_of_security_opens_the_gate_for_one_year_after_it_retired(
    rulebook: Rulebook, on: date, counts: bool
) -> None:
    gate, _ = _people(rulebook, "security", _held("AZ-500", earned=date(2025, 1, 1)), on=on).gates
    assert bool(gate.holders) is counts
    assert gate.certifications == ("AZ-500", "SC-500")


@given(people=st.lists(st.sampled_from(["ann", "bob", "eve", "kai"]), max_size=8))
def test_a_step_has_as_many_holders_as_there_are_different_people(rulebook: Rulebook, people: list[str]) -> None:
    step = _people(rulebook, "security", *(_held("SC-300", person) for person in people)).counted
    assert len(step.holders) == len(set(people))
