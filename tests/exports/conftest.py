"""Companies written once for all tests, and the program with its database."""

import random
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.exports.companies import Company, month_before, write
from tests.exports.oracle import Answers, answers_of
from tests.exports.program import imported, scored
from tests.exports.sheets import Sheets, read_sheets

ON = date(2026, 11, 20)
SEED = 7


@pytest.fixture(scope="session")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The exports of one company, for the day ON."""
    return write(tmp_path_factory.mktemp("exports") / "clean", Company(SEED, month_before(ON), tenants=6).reports())


@pytest.fixture(scope="session")
def sheets(clean: Path) -> Sheets:
    """The same as tables."""
    return read_sheets(clean)


@pytest.fixture(scope="session")
def expected(clean: Path) -> Answers:
    """What the oracle says of them on the day ON."""
    return answers_of(clean, ON)


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """A database that is not there yet."""
    return tmp_path / "seventy.db"


@pytest.fixture
def score_of(tmp_path: Path) -> Callable[..., dict[str, Any]]:
    """Imports files into a new database and scores it."""

    def score(*files: Path, on: date = ON) -> dict[str, Any]:
        db = tmp_path / f"{random.getrandbits(64):x}.db"
        imported(db, *files)
        return scored(db, on)

    return score
