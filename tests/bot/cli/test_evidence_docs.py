"""docs/cli.md names every field that `seventy evidence --json` prints."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from click.testing import Result

from tests.bot.cli.examples import DOCS
from tests.bot.cli.test_evidence import FACTS, ON, azure_rows, write_azure

# Described with `seventy score`, or different from rule to rule.
ELSEWHERE = {"parts", "inputs", "gates", "measured", "rule.measures", "rule.reference", "rule.notes"}
ELSEWHERE |= {"rule.setting", "rule.terms", "rows[].amounts", "rows[].amounts_exact"}


def fields(value: Any, path: str = "") -> Iterator[str]:
    """The path of every field."""
    if path:
        yield path.removesuffix("[]")
    if path in ELSEWHERE:
        return
    if isinstance(value, dict):
        for key, item in value.items():
            yield from fields(item, f"{path}.{key}" if path else key)
    if isinstance(value, list):
        for item in value:
            yield from (field for field in fields(item, f"{path}[]") if field != path)


def test_the_fields_documented_are_those_printed(
    folder: Path, seventy: Callable[..., Result], seventy_json: Callable[..., Any]
) -> None:
    write_azure(folder / "azure.csv", azure_rows())
    seventy("import", "azure.csv", "--db", "db")
    printed = {
        *fields(seventy_json("evidence", "infra", "adds", "--db", "db", *ON)),
        *fields(seventy_json("evidence", "security", "adds", *FACTS)),
        *fields(seventy_json("evidence", "security", "intermediate", *FACTS)),
    }
    table = DOCS.read_text(encoding="utf-8").split("<!-- fields: evidence -->\n", 1)[1].split("\n\n", 1)[0]
    assert printed == set(re.findall(r"^\| `([^`]+)` \|", table, re.MULTILINE))
