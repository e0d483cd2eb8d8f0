"""What is kept of measured figures is always what the usage that counts tells, whoever imports in between."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.company_facts import company_facts, measured
from bot.import_plan import ImportPlan, applied, planned
from bot.intake.importing import read_files
from bot.intake.source_files import SourceFile
from bot.store import SqliteStore, Store
from scoring import Rulebook
from scoring.facts import Figure

TODAY, NOW = date(2026, 11, 20), datetime(2026, 11, 20, tzinfo=UTC)
HEADER = "Month,CustomerTenantId,ServiceLevel2,PartnerAttributionType,IsACRDuplicateAtPGALevel,ACR_USD,CustomerSegment"


def plan_of(store: Any, rulebook: Rulebook, *rows: str) -> ImportPlan:
    source = SourceFile.of_bytes("\n".join([HEADER, *rows]).encode(), name="azure.csv")
    files = read_files([source], rulebook, as_of=TODAY)
    return planned(store, rulebook, files, workspace="W", as_of=None, today=TODAY, made_by="admin")


def month(name: str, usd: int) -> str:
    return f"{name},t1,Storage,PAL,0,{usd},SMC Commercial"


def told(figures: tuple[Figure, ...]) -> list[tuple[object, ...]]:
    return sorted((one.area, one.metric, str(one.as_of), str(one.measured), str(one.parts)) for one in figures)


def assert_true(store: Store, rulebook: Rulebook) -> None:
    kept = company_facts(store, rulebook, "W").figures
    assert told(kept) == told(measured(rulebook, store.usage("W")).figures)


class Between:
    """A store of which another program makes use right after its usage was read."""

    def __init__(self, store: Store, meanwhile: Callable[[], object]) -> None:
        self.store, self.meanwhile = store, meanwhile

    def usage(self, workspace: str) -> object:
        found = self.store.usage(workspace)
        self.meanwhile()
        return found

    def __getattr__(self, name: str) -> Any:
        return getattr(self.store, name)


@pytest.fixture
def store(tmp_path: Path) -> SqliteStore:
    return SqliteStore(tmp_path / "seventy.db")


def test_after_an_import_nobody_goes_back_to_the_rows(store: SqliteStore, rulebook: Rulebook) -> None:
    applied(store, rulebook, plan_of(store, rulebook, month("2026-10", 1500), month("2025-10", 900)), now=NOW)
    read: list[int] = []
    counting: Any = Between(store, lambda: read.append(1))
    assert company_facts(counting, rulebook, "W").figures
    assert read == []


def test_another_import_between_plan_and_import_is_in_what_is_kept(store: SqliteStore, rulebook: Rulebook) -> None:
    plan = plan_of(store, rulebook, month("2026-10", 1500), month("2025-10", 900))
    applied(store, rulebook, plan_of(store, rulebook, month("2026-09", 1500), month("2025-09", 2000)), now=NOW)
    applied(store, rulebook, plan, now=NOW)
    assert_true(store, rulebook)


def test_another_import_while_a_plan_is_made_is_in_what_is_kept(store: SqliteStore, rulebook: Rulebook) -> None:
    applied(store, rulebook, plan_of(store, rulebook, month("2025-10", 900)), now=NOW)
    other = plan_of(store, rulebook, month("2026-09", 1500), month("2025-09", 2000))
    between = Between(store, lambda: applied(store, rulebook, other, now=NOW))
    applied(store, rulebook, plan_of(between, rulebook, month("2026-10", 1500)), now=NOW)
    assert_true(store, rulebook)


def test_what_was_measured_before_another_import_is_not_kept_as_of_after_it(
    store: SqliteStore, rulebook: Rulebook
) -> None:
    first = plan_of(store, rulebook, month("2026-10", 1500), month("2025-10", 900))
    other = plan_of(store, rulebook, month("2026-09", 1500), month("2025-09", 2000))
    store.add_import("W", first.new, now=NOW)  # nothing is kept yet: the next question measures
    between: Any = Between(store, lambda: store.add_import("W", other.new, now=NOW))
    company_facts(between, rulebook, "W")
    assert_true(store, rulebook)
