"""Whatever is imported comes back exactly, and whatever is undone is as if it had never been."""

import tempfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path
from typing import TypeVar

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.store import NewImport, Store
from scoring.facts import Amount, Facts, Figure, HeldCertification, Membership, Origin, TrackInputs
from scoring.metric_rules import METRICS

OpenStore = Callable[[Path], Store]

T = "T0MIHON"
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)

numbers = st.none() | st.fractions() | st.decimals(allow_nan=False, allow_infinity=False).map(Fraction)
texts = st.text(max_size=12)
days = st.none() | st.dates()
origins = st.builds(Origin, source=texts, line=st.none() | st.integers(1, 2**40))
amounts = st.builds(Amount, count=numbers, now=numbers, year_ago=numbers, percent=numbers)
figures = st.builds(
    Figure,
    area=texts,
    metric=st.sampled_from(METRICS),
    track=st.sampled_from([None, "single", "enterprise", "smb"]),
    parts=st.dictionaries(texts, amounts, max_size=3),
    trailing_12_months=st.none() | amounts,
    people=numbers,
    gate_holders=st.dictionaries(texts, st.integers(0, 99), max_size=2),
    points=numbers,
    as_of=days,
    origin=origins,
)
certifications = st.builds(
    HeldCertification,
    person=texts,
    name=texts,
    certification=texts,
    earned=days,
    expires=days,
    origin=origins,
)
track_inputs = st.builds(
    TrackInputs,
    area=texts,
    smb_customers=numbers,
    customers=numbers,
    smb_share_percent=numbers,
    trailing_12_month_acr=numbers,
    large_workloads=numbers,
    as_of=days,
    origin=origins,
)
memberships = st.builds(
    Membership, anniversary=st.dates(), enrolled=st.lists(texts, max_size=3).map(tuple), origin=origins
)

one_day = st.sampled_from([None, date(2026, 9, 30), date(2026, 10, 31)])
few_people = st.builds(
    HeldCertification,
    person=st.sampled_from("ab"),
    name=st.just("A"),
    certification=st.sampled_from(["AZ-500", "SC-200"]),
    expires=one_day,
    origin=st.just(Origin(source="people.csv")),
)
few_figures = st.builds(
    Figure,
    area=st.just("security"),
    metric=st.sampled_from(METRICS[:2]),
    points=st.integers(0, 9).map(Fraction),
    as_of=one_day,
    origin=st.just(Origin(source="figures.csv")),
)
new_imports = st.builds(
    NewImport,
    kind=st.just("form"),
    certifications=st.none() | st.lists(few_people, max_size=3).map(tuple),
    figures=st.lists(few_figures, max_size=2, unique_by=lambda one: (one.metric, one.as_of)).map(tuple),
    adds=st.booleans(),
    as_of=one_day,
    made_by=st.just("U0SAM"),
)

Fact = TypeVar("Fact", Figure, HeldCertification, TrackInputs, Membership)

quick = settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def marked(fact: Fact, import_id: int) -> Fact:
    origin = fact.origin.model_copy(update={"import_id": import_id})
    return fact.model_copy(update={"origin": origin})


def expected(imports: dict[int, NewImport]) -> Facts:
    """The facts by the words of `Store.facts`, the slow and plain way."""
    lists = [number for number, new in imports.items() if new.certifications is not None]
    whole = max((number for number in lists if not imports[number].adds), default=0)
    lists = [number for number in lists if number >= whole]
    people: dict[tuple[str, str], HeldCertification] = {}
    for number in lists:
        for one in imports[number].certifications or ():
            key = (one.person, one.certification)
            if key not in people or (one.expires or date.max) >= (people[key].expires or date.max):
                people[key] = marked(one, number)
    found = {
        (one.metric, one.as_of): marked(one, number) for number, new in sorted(imports.items()) for one in new.figures
    }
    return Facts(
        figures=tuple(found.values()),
        certifications=tuple(people.values()) if lists else None,
        people_as_of=imports[lists[-1]].as_of if lists else None,
    )


def in_any_order(facts: Facts) -> tuple[object, ...]:
    people = None if facts.certifications is None else sorted(map(repr, facts.certifications))
    return people, facts.people_as_of, sorted(map(repr, facts.figures))


@quick
@given(
    held=st.lists(certifications, max_size=4, unique_by=lambda one: (one.person, one.certification)),
    given_figures=st.lists(figures, max_size=3),
    inputs=st.lists(track_inputs, max_size=2),
    membership=memberships,
)
def test_every_fact_comes_back_to_the_last_digit(
    open_store: OpenStore,
    held: list[HeldCertification],
    given_figures: list[Figure],
    inputs: list[TrackInputs],
    membership: Membership,
) -> None:
    new = NewImport(
        kind="form",
        certifications=tuple(held),
        figures=tuple(given_figures),
        track_inputs=tuple(inputs),
        membership=membership,
        made_by="U0SAM",
    )
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder) / "seventy.db")
        store.add_import(T, new, now=NOW)
        facts = store.facts(T)
        store.close()
    assert facts.certifications == tuple(marked(one, 1) for one in held)
    assert facts.figures == tuple(marked(one, 1) for one in given_figures)
    assert facts.track_inputs == tuple(marked(one, 1) for one in inputs)
    assert facts.membership == marked(membership, 1)


@quick
@given(imports=st.lists(new_imports, max_size=6))
def test_undo_brings_back_exactly_the_facts_before_each_import(open_store: OpenStore, imports: list[NewImport]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder) / "seventy.db")
        before = []
        for new in imports:
            before.append(store.facts(T))
            store.add_import(T, new, now=NOW)
        while before:
            store.undo(T, now=NOW, by="U0SAM")
            assert store.facts(T) == before.pop()
        store.close()


@quick
@given(imports=st.lists(new_imports, min_size=1, max_size=6), data=st.data())
def test_what_counts_is_what_the_imports_that_were_not_undone_say(
    open_store: OpenStore, imports: list[NewImport], data: st.DataObject
) -> None:
    numbered = dict(enumerate(imports, start=1))
    undone = data.draw(st.sets(st.sampled_from(sorted(numbered))))
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder) / "seventy.db")
        for new in imports:
            store.add_import(T, new, now=NOW)
        for number in undone:
            store.undo(T, now=NOW, by="U0SAM", import_id=number)
        facts = store.facts(T)
        store.close()
    counting = {number: new for number, new in numbered.items() if number not in undone}
    assert in_any_order(facts) == in_any_order(expected(counting))
