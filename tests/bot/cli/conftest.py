"""What the tests of the command line share: the sample files of docs/cli.md in a folder, and a way to call it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from tests.bot.cli.examples import write_sample_files

Seventy = Callable[..., Result]
SeventyJson = Callable[..., Any]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the sample files, where the program runs and no setting of the machine is seen."""
    write_sample_files(tmp_path)
    monkeypatch.chdir(tmp_path)
    for name in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "SEVENTY_DATABASE", "LC_ALL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")
    return tmp_path


@pytest.fixture
def seventy(folder: Path) -> Seventy:
    """Calls the program with words, such as `seventy("score", "security")`."""

    def call(*words: str) -> Result:
        result = CliRunner().invoke(main, list(words))
        assert "Traceback" not in result.output
        return result

    return call


@pytest.fixture
def seventy_json(seventy: Seventy) -> SeventyJson:
    """Calls the program with --json; gives what it prints on stdout."""

    def call(*words: str) -> Any:
        return json.loads(seventy(*words, "--json").stdout)

    return call
