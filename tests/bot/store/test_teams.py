"""A company moves to its team; people keep their language: what every store promises of both."""

from datetime import UTC, datetime

from bot.store import LOCAL, NewImport, Store
from scoring.facts import Facts, HeldCertification, Origin

T = "T0MIHON"
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


def person(name: str) -> NewImport:
    held = HeldCertification(person=name, name=name, certification="AZ-500", origin=Origin(source="a.csv"))
    return NewImport(kind="trainings", certifications=(held,), made_by="U0HANAKO")


def names(facts: Facts) -> list[str]:
    return [one.name for one in facts.certifications or ()]


def test_a_team_adopts_what_began_on_the_command_line(store: Store) -> None:
    store.add_import(LOCAL, person("sam"), now=NOW)
    store.add_import(LOCAL, person("hanako"), now=NOW)
    store.set_language(LOCAL, "sam", "ja")
    before = store.facts(LOCAL)
    revision = store.revision(LOCAL)
    assert store.adopt_local(T)
    assert store.facts(T) == before
    assert [made.workspace for made in store.imports(T)] == [T, T]
    assert store.language(T, "sam") == "ja"
    assert store.facts(LOCAL) == Facts()
    assert store.workspaces() == (T,)
    store.undo(T, now=NOW, by="U0SAM")
    store.add_import(LOCAL, person("taro"), now=NOW)
    assert store.revision(LOCAL) > revision


def test_a_team_with_imports_of_its_own_adopts_nothing(store: Store) -> None:
    store.add_import(LOCAL, person("sam"), now=NOW)
    store.add_import(T, person("hanako"), now=NOW)
    store.undo(T, now=NOW, by="U0SAM")
    assert not store.adopt_local(T)
    assert not store.adopt_local(LOCAL)
    assert names(store.facts(LOCAL)) == ["sam"]
    assert store.facts(T) == Facts()


def test_without_a_company_on_the_command_line_nothing_is_adopted(store: Store) -> None:
    assert not store.adopt_local(T)
    assert store.workspaces() == ()


def test_a_persons_language_is_kept_changed_and_forgotten(store: Store) -> None:
    assert store.language(T, "U0SAM") is None
    store.set_language(T, "U0SAM", "ja")
    store.set_language(T, "U0SAM", "en")
    assert store.language(T, "U0SAM") == "en"
    assert store.language(T, "U0HANAKO") is None
    store.set_language(T, "U0SAM", None)
    assert store.language(T, "U0SAM") is None
