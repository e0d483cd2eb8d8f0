"""What most tests share: the rulebook as it is shipped."""

import pytest

from scoring import Rulebook, load_rulebook


@pytest.fixture(scope="session")
def rulebook() -> Rulebook:
    return load_rulebook()
