"""What may use what, and what the core never does: the contracts of pyproject.toml and a reading of the code."""

import ast
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
CORE = [path for package in ("scoring", "faq") for path in sorted((ROOT / package).rglob("*.py"))]
PRODUCT = [*CORE, *sorted((ROOT / "bot").rglob("*.py"))]
LONGEST_FILE = 300
LONGEST_FUNCTION = 50

# What would let the same facts on the same day give another answer, or leave a trace outside the answer.
CLOCK = {"today", "now", "utcnow", "time", "time_ns", "monotonic", "perf_counter", "localtime", "gmtime"}
FORBIDDEN_MODULES = {
    "random",
    "secrets",
    "logging",
    "time",
    "os",
    "uuid",
    "socket",
    "sqlite3",
    "subprocess",
    "threading",
}
FORBIDDEN_NAMES = {"print", "input", "breakpoint", "exec", "eval", "environ", "getenv", "write_text", "write_bytes"}

# Whole numbers above two in the code of scoring, each with its reason; every number of the programme is in a rule file.
NUMBERS = {
    ("certifications.py", 3): "how many near names an error suggests",
    ("certifications.py", 75): "how near a name must be to be suggested",
    ("certifications.py", 8): "how many near names are looked at, since several name one certification",
    ("measure_rules.py", 16): "signs of the key of a measure's settings",
    ("metric_score.py", 100): "percent",
    ("track.py", 100): "percent",
    ("programme.py", 28): "the last day that every month has",
    ("rule_checks.py", 100): "the maxima of every area add up to 100; the check of the rule files itself",
    ("rulebook.py", 16): "signs of the key of all measures",
    ("seat_measures.py", 100): "percent",
    ("usage.py", 12): "months of a year",
    ("usage.py", 1_000_000_000): "billionths, in which quantities are counted",
    ("usage_reports.py", 12): "months of a year",
    ("rulebook.py", 4): "how many near names of areas are looked at",
    ("score_warnings.py", 5): "five hundredths of a point: what rounding on a screen explains",
    ("score_warnings.py", 100): "five hundredths of a point: what rounding on a screen explains",
    ("data_age.py", 31): "days from the first of a month into the next",
    ("data_age.py", 12): "months of a year",
    ("sources.py", 30): "digits of a number; a longer one is a slip",
    ("skilling.py", 28): "the day that stands for a leap day in other years",
    ("windows.py", 12): "months of a year",
}


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


# Contracts


def test_the_import_contracts_are_kept() -> None:
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"]
    found = subprocess.run([*command, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout + found.stderr


def _contracts(kind: str) -> list[dict[str, list[str]]]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    return [contract for contract in settings["contracts"] if contract["type"] == kind]


def test_there_is_a_contract_that_imports_run_from_bot_to_the_core() -> None:
    (layers,) = (contract["layers"] for contract in _contracts("layers"))
    assert (layers[0], layers[-1]) == ("bot", "scoring")


def test_there_is_a_contract_that_keeps_slack_sql_network_clock_and_logging_out_of_the_core() -> None:
    forbidden = {
        module
        for contract in _contracts("forbidden")
        if "scoring" in contract["source_modules"]
        for module in contract["forbidden_modules"]
    }
    assert {"slack_bolt", "slack_sdk", "sqlite3", "sqlite_utils", "aiohttp", "random", "logging", "os"} <= forbidden


def test_no_contract_excuses_an_import() -> None:
    contracts = [*_contracts("layers"), *_contracts("forbidden")]
    assert [contract for contract in contracts if contract.get("ignore_imports")] == []


# The core


def _called(node: ast.Call) -> str:
    return str(getattr(node.func, "id", getattr(node.func, "attr", "")))


def _used(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Every name that is read, every call as `name()`, and every module that is imported, with its line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield node.lineno, f"{_called(node)}()"
        elif isinstance(node, ast.Attribute):
            yield node.lineno, node.attr
        elif isinstance(node, ast.Name):
            yield node.lineno, node.id
        elif isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name.partition(".")[0]) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.lineno, (node.module or "").partition(".")[0]


@pytest.mark.parametrize("path", CORE, ids=_name)
def test_the_core_asks_no_clock_no_chance_no_environment_and_prints_nothing(path: Path) -> None:
    forbidden = {f"{name}()" for name in CLOCK} | FORBIDDEN_MODULES | FORBIDDEN_NAMES
    assert [f"{_name(path)}:{line}: {name}" for line, name in _used(_tree(path)) if name in forbidden] == []


@pytest.mark.parametrize("path", CORE, ids=_name)
def test_the_core_opens_no_file_for_writing(path: Path) -> None:
    calls = [node for node in ast.walk(_tree(path)) if isinstance(node, ast.Call)]
    assert [f"{_name(path)}:{node.lineno}" for node in calls if _called(node) == "open"] == []


def test_only_the_readers_of_data_files_read_files() -> None:
    reading = {"read_text", "read_bytes", "glob", "rglob", "iterdir"}
    found = {_name(path) for path in CORE if reading & {name for _, name in _used(_tree(path))}}
    assert {name for name in found if name.startswith("scoring/")} == {"scoring/sources.py", "scoring/rule_files.py"}


def _whole_numbers(tree: ast.Module) -> Iterator[tuple[int, int]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and type(node.value) is int and node.value > 2:
            yield node.lineno, node.value


@pytest.mark.parametrize("path", [path for path in CORE if path.parent.name == "scoring"], ids=_name)
def test_no_number_of_the_programme_stands_in_code(path: Path) -> None:
    unknown = [
        f"{_name(path)}:{line}: {number}"
        for line, number in _whole_numbers(_tree(path))
        if (path.name, number) not in NUMBERS
    ]
    assert unknown == []


def test_every_number_that_is_allowed_in_code_stands_there() -> None:
    found = {(path.name, number) for path in CORE for _, number in _whole_numbers(_tree(path))}
    assert set(NUMBERS) - found == set()


@pytest.mark.parametrize("path", [path for path in CORE if path.parent.name == "scoring"], ids=_name)
def test_the_core_counts_exactly_without_floating_point_numbers(path: Path) -> None:
    floats = [
        node.lineno
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, float) and path.name != "rulebook.py"
    ]
    assert floats == []


@pytest.mark.parametrize("path", CORE, ids=_name)
def test_no_day_of_the_programme_stands_in_code(path: Path) -> None:
    days = [
        node.lineno
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.Call)
        and _called(node) in ("date", "datetime")
        and all(isinstance(argument, ast.Constant) for argument in node.args)
        and node.args
    ]
    assert days == []


# Sizes


@pytest.mark.parametrize("path", PRODUCT, ids=_name)
def test_a_file_is_at_most_300_lines_long(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE


@pytest.mark.parametrize("path", PRODUCT, ids=_name)
def test_a_function_is_at_most_50_lines_long(path: Path) -> None:
    functions = [node for node in ast.walk(_tree(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    long = [node.name for node in functions if (node.end_lineno or 0) - node.lineno + 1 > LONGEST_FUNCTION]
    assert long == []


@pytest.mark.parametrize("path", PRODUCT, ids=_name)
def test_a_module_opens_with_what_it_answers(path: Path) -> None:
    assert ast.get_docstring(_tree(path))


@pytest.mark.parametrize("path", PRODUCT, ids=_name)
def test_no_handler_swallows_every_exception_silently(path: Path) -> None:
    handlers = [node for node in ast.walk(_tree(path)) if isinstance(node, ast.ExceptHandler)]
    bare = [node.lineno for node in handlers if node.type is None]
    silent = [
        node.lineno
        for node in handlers
        if isinstance(node.type, ast.Name)
        and node.type.id in ("Exception", "BaseException")
        and all(isinstance(statement, ast.Pass) for statement in node.body)
    ]
    assert bare + silent == []
