"""docs/cli.md names every command, option and field, and its examples print what it shows."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import click
import pytest

from bot.cli import main
from scoring.scorecard import NotKnownReason, TrackReason, WarningKind
from tests.bot.cli.examples import DOCS, ROOT, examples, run

FIXED = [one for one in examples() if re.search(r"--on 2|lint", one[0]) and "|" not in one[0]]  # the same on every day
# Objects whose keys differ from case to case, or that the page describes elsewhere.
OPEN = re.compile(
    r"((causes|checked)\[\]\.(values|reference)|(warnings|notes)\[\]\.values|duplicates_by_reason|measured|track_inputs|months_behind|changes|ignored_by_reason|conditions|says|measures|edition_summary|"
    r"other_readings\[\]\.reference|warnings\[\]\.reference|track_rule\.(reference|notes\[\])|"
    r"tracks\[\]\.metrics\[\]\.(reference|notes\[\]|other_readings\[\])|gates\[\]\.certifications\[\]|"
    r"scores\[\]\.(before|after)|^imports\[\])$"
)


def _commands(group: click.Group, path: str = "seventy") -> Iterator[tuple[str, click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from _commands(command, f"{path} {name}")
        else:
            yield f"{path} {name}", command


@pytest.mark.parametrize(("path", "command"), list(_commands(main)), ids=str)
def test_every_command_and_its_options_are_named(path: str, command: click.Command) -> None:
    text = DOCS.read_text(encoding="utf-8")
    section = text.split(f"## {path}\n", 1)[1].split("\n## ", 1)[0]
    usage = next(line for line in section.splitlines() if line.startswith(f"`{path}"))
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert f"[{parameter.opts[0]}" in usage, parameter.opts[0]


@pytest.mark.parametrize(("command", "output"), FIXED)
def test_an_example_prints_what_the_page_shows(folder: Path, command: str, output: str) -> None:
    assert run(command, folder) == output, "run: python tests/bot/cli/examples.py"


def _documented(name: str) -> set[str]:
    table = DOCS.read_text(encoding="utf-8").split(f"<!-- fields: {name} -->\n", 1)[1].split("\n\n", 1)[0]
    return set(re.findall(r"^\| `([^`]+)` \|", table, re.MULTILINE))


def _fields(value: Any, path: str = "", *, opened: re.Pattern[str] = OPEN) -> Iterator[str]:
    if isinstance(value, dict):
        if path:
            yield path
        if not opened.search(path):
            for key, item in value.items():
                yield from _fields(item, f"{path}.{key}" if path else key, opened=opened)
    elif isinstance(value, list):
        yield path
        for item in value:
            if isinstance(item, dict) and not opened.search(f"{path}[]"):
                yield from (field for field in _fields(item, f"{path}[]", opened=opened) if field != f"{path}[]")
    else:
        yield path


CASES: dict[str, list[tuple[str, ...]]] = {
    "score": [
        ("score", "security", "--facts", "company.yaml", "--on", "2026-11-20"),
        ("score", "security", "--facts", "parts.yaml", "--on", "2026-11-20"),
        ("score", "modern_work", "--facts", "parts.yaml", "--on", "2026-11-20"),
    ],
    "import": [("import", "trainings.csv", "figures.csv"), ("import", "notes.csv")],
    "imports": [("imports",)],
    "rules": [("rules", "show", area, "--on", "2026-11-20") for area in ("security", "modern_work", "infra")],
    "reconcile": [("reconcile", "security", "--facts", "shown.yaml", "--on", "2026-11-20")],
    "sample": [("sample", "company", "--until", "2026-10", "--tenants", "1")],
    "check": [("check",)],
}
PARTS = """
areas:
  security: {smb: {usage_growth: {azure: 3000, protected_users: 200}, net_customer_adds: 4, deployments: 3}}
  modern_work: {enterprise: {usage_growth: {cpor: 5, dpor: 1}}}
people:
  - {name: A, certifications: [AZ-500, SC-200, SC-300]}
"""


@pytest.mark.parametrize("name", CASES)
def test_the_fields_documented_are_those_printed(folder: Path, seventy: Any, seventy_json: Any, name: str) -> None:
    (folder / "parts.yaml").write_text(PARTS, encoding="utf-8")
    days = "TrainingTitle,MCPID,TrainingCompletionDate\nSC-300,7,1/2/2026\n"
    (folder / "notes.csv").write_text(days, encoding="utf-8")
    if name == "imports":
        seventy("import", "trainings.csv")
    opened = OPEN if name != "score" else re.compile(OPEN.pattern + r"|^tracks\[\]$")
    opened = opened if name != "imports" else re.compile(OPEN.pattern.replace(r"|^imports\[\]", ""))
    opened = opened if name != "score" else re.compile(opened.pattern.replace(r"gates\[\]\.certifications\[\]|", ""))
    printed = {field for words in CASES[name] for field in _fields(seventy_json(*words), opened=opened)}
    assert printed == _documented(name)


@pytest.mark.parametrize(
    ("field", "ids"),
    [("warnings[].kind", WarningKind), ("metrics[].reason", NotKnownReason), ("track_reason", TrackReason)],
)
def test_every_id_that_a_field_can_hold_is_named(field: str, ids: Any) -> None:
    lines = DOCS.read_text(encoding="utf-8").splitlines()
    row = next(line for line in lines if line.startswith(f"| `{field}` |"))
    assert set(get_args(ids)) <= set(re.findall(r"\w+", row.split("|", 3)[3]))


def test_every_kind_of_error_is_named() -> None:
    files = (ROOT / "bot").rglob("*.py")
    source = "\n".join(path.read_text(encoding="utf-8") for path in files)
    source += (ROOT / "scoring" / "errors.py").read_text(encoding="utf-8")
    kinds = set(re.findall(r'^    kind = "(\w+)"', source, re.MULTILINE)) - {"intake_error", "scoring_error"}
    kinds |= set(re.findall(r'CommandError\(\s*"(\w+)"', source)) | set(re.findall(r'ErrorReport\("(\w+)"', source))
    text = DOCS.read_text(encoding="utf-8")
    assert {kind for kind in kinds if f"`{kind}`" not in text} == set()
