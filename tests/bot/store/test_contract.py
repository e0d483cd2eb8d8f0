"""What every store promises, whatever database is behind it."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from fractions import Fraction
from pathlib import Path

import pytest

from bot.store import ImportedFile, NewImport, NothingToUndoError, Store
from scoring.facts import Facts, Figure, HeldCertification, Membership, Origin, TrackInputs
from scoring.metric_rules import Track

T, OTHER = "T0MIHON", "T0OTHER"
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
READ = Origin(source="people.csv", line=2)


def held(person: str, certification: str = "AZ-500", expires: date | None = None) -> HeldCertification:
    return HeldCertification(
        person=person, name=person.title(), certification=certification, expires=expires, origin=READ
    )


def people(*certifications: HeldCertification, adds: bool = False, as_of: date | None = None) -> NewImport:
    return NewImport(kind="trainings", certifications=certifications, adds=adds, as_of=as_of, made_by="U0HANAKO")


def figure(points: Fraction | int, *, as_of: date | None = None, track: Track | None = None) -> Figure:
    return Figure(
        area="security",
        metric="usage_growth",
        track=track,
        points=Fraction(points),
        as_of=as_of,
        origin=READ,
    )


def figures(*given: Figure) -> NewImport:
    return NewImport(kind="figures", figures=given, made_by="U0HANAKO")


def persons(facts: Facts) -> list[str] | None:
    return None if facts.certifications is None else sorted(one.person for one in facts.certifications)


def points(facts: Facts) -> list[Fraction | None]:
    return [one.points for one in facts.figures]


def test_of_a_company_without_imports_nothing_is_known(store: Store) -> None:
    assert store.facts(T) == Facts()
    assert store.imports(T) == ()
    assert store.workspaces() == ()
    assert store.revision(T) == 0


def test_an_import_is_remembered_with_its_files_and_its_size(store: Store) -> None:
    files = (ImportedFile(name="成績.csv", sha256="ab" * 32, size=10), ImportedFile(name="b", sha256="", size=0))
    new = NewImport(
        kind="trainings",
        files=files,
        certifications=(held("hanako"), held("hanako", "SC-200"), held("sam")),
        figures=(figure(1),),
        as_of=date(2026, 11, 19),
        made_by="U0HANAKO",
        adds=True,
    )
    made = store.add_import(T, new, now=NOW)
    assert made.model_dump() == {
        "id": 1,
        "workspace": T,
        "kind": "trainings",
        "files": tuple(file.model_dump() for file in files),
        "as_of": date(2026, 11, 19),
        "made_at": NOW,
        "made_by": "U0HANAKO",
        "adds": True,
        "undone_at": None,
        "undone_by": None,
        "people": 2,
        "certifications": 3,
        "figures": 1,
        "usage_rows": 0,
        "datasets": (),
        "months": None,
    }
    assert store.imports(T) == (made,)


def test_moments_are_kept_in_utc_and_naive_ones_are_refused_without_a_trace(store: Store) -> None:
    tokyo = timezone(timedelta(hours=9))
    made = store.add_import(T, people(), now=datetime(2026, 11, 20, 3, 0, tzinfo=tokyo))
    assert made.made_at.isoformat() == "2026-11-19T18:00:00+00:00"
    with pytest.raises(ValueError, match="time zone"):
        store.add_import(T, people(), now=datetime(2026, 11, 20, 3, 0))  # noqa: DTZ001
    assert len(store.imports(T)) == 1


def test_imports_are_numbered_and_come_newest_first(store: Store) -> None:
    for _ in range(3):
        store.add_import(T, people(), now=NOW)
    assert [made.id for made in store.imports(T)] == [3, 2, 1]


def test_every_fact_says_which_import_brought_it(store: Store) -> None:
    new = NewImport(
        kind="form",
        certifications=(held("sam"),),
        figures=(figure(1),),
        track_inputs=(TrackInputs(area="security", customers=Fraction(3), origin=READ),),
        membership=Membership(anniversary=date(2027, 3, 15), enrolled=("security",), origin=READ),
        made_by="U0SAM",
    )
    store.add_import(T, people(), now=NOW)
    store.add_import(T, new, now=NOW)
    facts = store.facts(T)
    assert facts.certifications is not None
    assert facts.membership is not None
    read_by_the_second = READ.model_copy(update={"import_id": 2})
    assert [one.origin for one in facts.certifications] == [read_by_the_second]
    assert [one.origin for one in facts.figures] == [read_by_the_second]
    assert [one.origin for one in facts.track_inputs] == [read_by_the_second]
    assert facts.membership.origin == read_by_the_second


def test_the_newest_list_of_people_is_everybody(store: Store) -> None:
    store.add_import(T, people(held("hanako"), held("sam"), as_of=date(2026, 10, 1)), now=NOW)
    store.add_import(T, people(held("sam"), as_of=date(2026, 11, 1)), now=NOW)
    assert persons(store.facts(T)) == ["sam"]
    assert store.facts(T).people_as_of == date(2026, 11, 1)


def test_an_empty_list_means_nobody_and_no_list_changes_nobody(store: Store) -> None:
    store.add_import(T, figures(figure(1)), now=NOW)
    assert store.facts(T).certifications is None
    store.add_import(T, people(held("sam")), now=NOW)
    store.add_import(T, figures(figure(2)), now=NOW)
    assert persons(store.facts(T)) == ["sam"]
    store.add_import(T, people(), now=NOW)
    assert store.facts(T).certifications == ()


def test_added_people_come_on_top_until_the_next_list(store: Store) -> None:
    store.add_import(T, people(held("hanako"), as_of=date(2026, 10, 1)), now=NOW)
    store.add_import(T, people(held("sam"), adds=True, as_of=date(2026, 10, 9)), now=NOW)
    assert persons(store.facts(T)) == ["hanako", "sam"]
    assert store.facts(T).people_as_of == date(2026, 10, 9)
    store.add_import(T, people(held("taro")), now=NOW)
    assert persons(store.facts(T)) == ["taro"]


def test_added_people_count_where_no_list_was_given(store: Store) -> None:
    store.add_import(T, people(held("sam"), adds=True), now=NOW)
    assert persons(store.facts(T)) == ["sam"]


@pytest.mark.parametrize(
    ("older", "newer", "kept_from"),
    [
        (date(2026, 1, 1), date(2027, 1, 1), 2),
        (date(2027, 1, 1), date(2026, 1, 1), 1),
        (date(2027, 1, 1), date(2027, 1, 1), 2),
        (None, date(2027, 1, 1), 1),
        (date(2027, 1, 1), None, 2),
    ],
)
def test_of_one_persons_certification_the_latest_expiry_is_kept(
    store: Store, older: date | None, newer: date | None, kept_from: int
) -> None:
    store.add_import(T, people(held("sam", expires=older)), now=NOW)
    store.add_import(T, people(held("sam", expires=newer), adds=True), now=NOW)
    (kept,) = store.facts(T).certifications or ()
    assert kept.origin.import_id == kept_from


def test_two_certifications_of_one_person_are_both_kept(store: Store) -> None:
    store.add_import(T, people(held("sam", "AZ-500"), held("sam", "SC-200")), now=NOW)
    assert persons(store.facts(T)) == ["sam", "sam"]


def test_a_newer_figure_of_the_same_day_wins_and_other_days_stay(store: Store) -> None:
    september, october = date(2026, 9, 30), date(2026, 10, 31)
    store.add_import(T, figures(figure(1, as_of=september), figure(2, as_of=october)), now=NOW)
    store.add_import(T, figures(figure(3, as_of=october)), now=NOW)
    assert points(store.facts(T)) == [1, 3]


def test_figures_of_different_tracks_or_without_a_day_are_different_figures(store: Store) -> None:
    store.add_import(T, figures(figure(1), figure(2, track="smb"), figure(3, as_of=NOW.date())), now=NOW)
    store.add_import(T, figures(figure(4)), now=NOW)
    assert points(store.facts(T)) == [2, 3, 4]


def test_track_inputs_of_the_same_area_and_day_are_replaced(store: Store) -> None:
    def inputs(customers: int, as_of: date | None = None) -> NewImport:
        given = TrackInputs(area="security", customers=Fraction(customers), as_of=as_of, origin=READ)
        return NewImport(kind="form", track_inputs=(given,), made_by="U0SAM")

    for new in (inputs(1), inputs(2, NOW.date()), inputs(3)):
        store.add_import(T, new, now=NOW)
    assert [one.customers for one in store.facts(T).track_inputs] == [2, 3]


def test_the_newest_membership_counts(store: Store) -> None:
    for year in (2027, 2028):
        membership = Membership(anniversary=date(year, 3, 15), origin=READ)
        store.add_import(T, NewImport(kind="form", membership=membership, made_by="U0SAM"), now=NOW)
    found = store.facts(T).membership
    assert found is not None
    assert found.anniversary == date(2028, 3, 15)


def test_undo_without_a_number_goes_back_step_by_step(store: Store) -> None:
    before = []
    for name in ("hanako", "sam", "taro"):
        before.append(store.facts(T))
        store.add_import(T, people(held(name)), now=NOW)
    for number in (3, 2, 1):
        undone = store.undo(T, now=NOW + timedelta(days=1), by="U0SAM")
        assert (undone.id, undone.undone_by, undone.undone_at) == (number, "U0SAM", NOW + timedelta(days=1))
        assert store.facts(T) == before.pop()
    assert [made.is_undone for made in store.imports(T)] == [True, True, True]


def test_an_older_import_can_be_undone_by_its_number(store: Store) -> None:
    store.add_import(T, people(held("sam")), now=NOW)
    store.add_import(T, figures(figure(1)), now=NOW)
    store.undo(T, now=NOW, by="U0SAM", import_id=1)
    assert store.facts(T).certifications is None
    assert points(store.facts(T)) == [1]


def test_what_cannot_be_undone_is_told_in_a_sentence(store: Store) -> None:
    with pytest.raises(NothingToUndoError, match="no import to undo") as nothing:
        store.undo(T, now=NOW, by="U0SAM")
    assert nothing.value.values == {"workspace": T, "import_id": None, "reason": "none"}
    store.add_import(T, people(), now=NOW)
    with pytest.raises(NothingToUndoError, match="no import 7"):
        store.undo(T, now=NOW, by="U0SAM", import_id=7)
    store.undo(T, now=NOW, by="U0SAM", import_id=1)
    with pytest.raises(NothingToUndoError, match="already undone on 2026-11-20 by U0SAM") as undone:
        store.undo(T, now=NOW, by="U0HANAKO", import_id=1)
    assert undone.value.values == {"workspace": T, "import_id": 1, "reason": "undone"}
    assert store.imports(T)[0].undone_by == "U0SAM"


def test_the_number_of_an_undone_import_is_never_given_again(store: Store) -> None:
    store.add_import(T, people(), now=NOW)
    store.undo(T, now=NOW, by="U0SAM")
    assert store.add_import(T, people(), now=NOW).id == 2


def test_the_revision_grows_with_the_facts_and_with_nothing_else(store: Store) -> None:
    def grows(change: Callable[[], object]) -> bool:
        before = store.revision(T)
        change()
        return store.revision(T) > before

    assert grows(lambda: store.add_import(T, people(), now=NOW))
    assert grows(lambda: store.undo(T, now=NOW, by="U0SAM"))
    assert not grows(lambda: store.set_language(T, "U0SAM", "ja"))
    assert not grows(lambda: store.add_import(OTHER, people(), now=NOW))


def test_everything_is_there_after_opening_again(open_store: Callable[[Path], Store], store: Store, path: Path) -> None:
    store.add_import(T, people(held("sam")), now=NOW)
    store.set_language(T, "U0SAM", "ja")
    again = open_store(path)
    assert again.facts(T) == store.facts(T)
    assert again.imports(T) == store.imports(T)
    assert again.language(T, "U0SAM") == "ja"
    again.close()


def test_a_backup_holds_everything(open_store: Callable[[Path], Store], store: Store, tmp_path: Path) -> None:
    store.add_import(T, people(held("sam")), now=NOW)
    store.set_language(T, "U0SAM", "ja")
    store.backup(tmp_path / "backup.db")
    store.undo(T, now=NOW, by="U0SAM")
    restored = open_store(tmp_path / "backup.db")
    assert persons(restored.facts(T)) == ["sam"]
    assert restored.language(T, "U0SAM") == "ja"
    restored.close()
