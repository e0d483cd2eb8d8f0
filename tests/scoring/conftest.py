"""What several tests of the rule files share: every model of the shipped rules."""

import pytest
from pydantic import BaseModel

from scoring import Rulebook
from tests.scoring.asking import within


@pytest.fixture(scope="session")
def models(rulebook: Rulebook) -> list[tuple[str, BaseModel]]:
    return list(within(rulebook, "rulebook"))
