"""The program as a whole: help, exit codes, and errors that are sentences."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

PROGRAM = Path(sys.executable).parent / "seventy"
HEAVY = {"slack_bolt", "slack_sdk", "aiohttp", "sqlite_utils", "starlette", "uvicorn"}


def _run(*words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(PROGRAM), *words], cwd=cwd, capture_output=True, text=True, check=False, encoding="utf-8"
    )


def test_the_installed_program_scores_a_facts_file(folder: Path) -> None:
    done = _run("score", "security", "--facts", "company.yaml", "--on", "2026-11-20", "--json", cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["total"] == 64


def test_an_error_of_the_installed_program_is_one_sentence_on_stderr(folder: Path) -> None:
    done = _run("score", "secuirty", cwd=folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "Error: No solution area is called 'secuirty'; did you mean security?\n"


@pytest.mark.parametrize("words", [["--help"], ["score", "sec", "--facts", "company.yaml", "--on", "2026-11-20"]])
def test_a_call_loads_nothing_that_it_does_not_need(folder: Path, words: list[str]) -> None:
    program = (
        f"import sys; sys.argv = ['seventy', *{words!r}]\nfrom bot.cli import main\n"
        "try: main()\nexcept SystemExit: pass\n"
        "print(sorted({name.split('.')[0] for name in sys.modules}))"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=folder, capture_output=True, text=True, check=True)
    assert not HEAVY & set(done.stdout.splitlines()[-1].strip("[]").replace("'", "").split(", "))


@pytest.mark.parametrize("words", [["--help"], ["-h"], ["--version"], ["score", "--help"], ["rules", "--help"]])
def test_help_and_version_end_well(seventy: Any, words: list[str]) -> None:
    assert seventy(*words).exit_code == 0


def test_no_command_prints_the_help_and_is_an_error(seventy: Any) -> None:
    result = seventy()
    assert result.exit_code == 2
    assert "Commands:" in result.stderr


@pytest.mark.parametrize(
    ("words", "kind", "where"),
    [
        (["nothing"], "usage", ""),
        (["score", "sec", "more"], "usage", ""),
        (["score", "sec", "--no-such"], "usage", "--no-such"),
        (["score", "sec", "--track", "single"], "usage", "--track"),
        (["score", "sec", "--on", "2026-02-30"], "usage", "--on"),
        (["score", "sec", "--on", "20261120"], "usage", "--on"),
        (["score", "sec", "--on", "9999-12-31"], "usage", "--on"),
        (["score", "sec", "--on"], "usage", "--on"),
        (["score", "sec", "--lang", "fr"], "usage", "--lang"),
        (["score", "sec", "--facts", "company.yaml", "--db", "x.db"], "usage", "--facts"),
        (["score", "secuirty", "--facts", "company.yaml"], "unknown_solution_area", "secuirty"),
        (["score", "", "--facts", "company.yaml"], "unknown_solution_area", ""),
        (["score", "sec", "--on", "2020-01-01", "--facts", "company.yaml"], "no_edition", "2020-01-01"),
        (["score", "sec", "--on", "2022-05-01", "--facts", "company.yaml"], "thresholds_not_published", "2022-05-01"),
        (["score", "sec", "--on", "2025-01-01", "--track", "smb", "--facts", "empty.yaml"], "no_track", "smb"),
        (["score", "sec", "--facts", "none.yaml"], "data_file", "none.yaml"),
        (["score", "sec", "--facts", "."], "data_file", "."),
        (["score", "sec", "--facts", "loop.yaml"], "data_file", "loop.yaml"),
        (["score", "sec", "--facts", "broken.yaml"], "data_file", "broken.yaml:2"),
        (["score", "sec", "--facts", "unknown_key.yaml"], "unneeded_fact", "unknown_key.yaml:1"),
        (["score", "sec"], "no_database", "seventy.db"),
        (["score", "sec", "--db", "company.yaml"], "store_error", "company.yaml"),
        (["imports", "--db", "none.db"], "no_database", "none.db"),
        (["undo", "x"], "usage", "IMPORT_ID"),
        (["import"], "usage", "PATH..."),
        (["import", "none.csv"], "file_not_readable", "none.csv"),
        (["rules", "lint", "none"], "data_file", "none"),
        (["rules", "show", "azur"], "unknown_solution_area", "azur"),
    ],
)
def test_wrong_input_is_a_sentence_with_its_kind_and_place(
    folder: Path, seventy: Any, words: list[str], kind: str, where: str
) -> None:
    (folder / "empty.yaml").write_text("", encoding="utf-8")
    (folder / "loop.yaml").write_text("a: &a [*a]\n", encoding="utf-8")
    (folder / "broken.yaml").write_text("areas:\n\tsecurity: 1\n", encoding="utf-8")
    (folder / "unknown_key.yaml").write_text("arreas: {}\n", encoding="utf-8")
    spoken, told = seventy(*words), seventy(*words, "--json")
    assert (spoken.exit_code, told.exit_code) == (2, 2)
    assert spoken.stdout == told.stderr == ""
    assert spoken.stderr.startswith("Error: ")
    error = json.loads(told.stdout)["error"]
    if words != ["score", "sec", "--on"]:  # the option takes --json for its value
        assert (error["kind"], error["where"]) == (kind, where)
    assert error["message"].endswith((".", "?", "'"))


def test_a_wrong_setting_says_which(seventy_json: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEVENTY_TIME_ZONE", "Tokyo/Asia")
    error = seventy_json("score", "sec", "--facts", "company.yaml")["error"]
    assert (error["kind"], error["where"]) == ("settings", "SEVENTY_TIME_ZONE")
