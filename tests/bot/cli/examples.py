"""The examples of docs/cli.md: read, run again, and written back with `python tests/bot/cli/examples.py`."""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[3]
DOCS = ROOT / "docs" / "cli.md"
PROGRAM_FOLDER = Path(sys.executable).parent

_EXAMPLE = re.compile(r"```\n\$ (?P<command>[^\n]+)\n(?P<output>.*?)```\n", re.DOTALL)
_FILE = re.compile(r"^`(?P<name>[\w.]+)`[^\n]*:\n\n```\w*\n(?P<text>.*?)```\n", re.DOTALL | re.MULTILINE)


def examples() -> list[tuple[str, str]]:
    """Every command and the output that the page shows."""
    return [(found["command"], found["output"]) for found in _EXAMPLE.finditer(DOCS.read_text(encoding="utf-8"))]


def write_sample_files(folder: Path) -> None:
    """The sample files that the page prints."""
    for found in _FILE.finditer(DOCS.read_text(encoding="utf-8")):
        (folder / found["name"]).write_text(found["text"], encoding="utf-8")


def run(command: str, folder: Path) -> str:
    """What a command prints in a folder, errors too."""
    environment = {
        "PATH": f"{PROGRAM_FOLDER}:/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "USER": "admin",
        "HOME": str(folder),
    }
    done = subprocess.run(command, shell=True, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def refresh() -> None:
    """Run every example again, in the order of the page, and write the page with what they print now."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_sample_files(folder)

        def again(found: re.Match[str]) -> str:
            return f"```\n$ {found['command']}\n{run(found['command'], folder)}```\n"

        DOCS.write_text(_EXAMPLE.sub(again, DOCS.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    refresh()
