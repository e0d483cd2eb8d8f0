"""The program itself: its commands, loaded when they are asked for, and how every error ends."""

import importlib
import sys
from collections.abc import Sequence
from importlib.metadata import version
from typing import Any

import click

from bot.cli.errors import ErrorReport, described

# What `--help` says of each command, and where it is: no call loads a command that it does not run.
_COMMANDS = {
    "score": ("bot.cli.score_command:score", "The score of one solution area, or of all six."),
    "evidence": ("bot.cli.evidence_command:evidence", "What stands behind the points of a metric."),
    "reconcile": ("bot.cli.reconcile_command:reconcile", "What Partner Center shows, beside ours."),
    "import": (
        "bot.cli.import_command:import_files",
        "Read reports, figures or a facts file into the database.",
    ),
    "imports": ("bot.cli.history_command:imports", "Every import, newest first."),
    "undo": ("bot.cli.history_command:undo", "Stop counting an import; its record stays."),
    "rules": ("bot.cli.rules_command:rules", "Show the scoring rules, or check rule files."),
    "sample": ("bot.cli.sample_command:sample", "Write the exports of an invented company."),
    "check": ("bot.cli.check_command:check", "Check settings, database, rulebook and Slack token."),
}


class Program(click.Group):
    """A group that loads its commands late, and says every error in a sentence (or as JSON)."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  click's signature
        """The commands in the order of the help."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  click's signature
        """Load a command."""
        if cmd_name not in _COMMANDS:
            return None
        module, name = _COMMANDS[cmd_name][0].split(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002  click's signature
        """The list of commands in the help, without loading them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in _COMMANDS.items()])

    def main(self, args: Sequence[str] | None = None, *rest: Any, **extra: Any) -> Any:
        """Run the program and end it with its exit code: 0, or 2 after an error."""
        given = list(sys.argv[1:] if args is None else args)
        _print_any_text()
        extra["standalone_mode"] = False
        try:
            code = super().main(given, *rest, **extra)
        except Exception as error:  # noqa: BLE001  the one place where errors end
            code = report(described(error), as_json="--json" in given)
        sys.exit(code or 0)


def report(error: ErrorReport, *, as_json: bool) -> int:
    """Say an error where the caller looks for it: stderr, or stdout as JSON. Returns the exit code."""
    if as_json:
        from bot.cli.output import print_json

        print_json({"error": error.as_json()})
    else:
        click.echo(error.text, err=True)
    return 2


def _print_any_text() -> None:
    """Escape what a terminal without Unicode cannot show, instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="backslashreplace")


@click.group(cls=Program, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(version("seventy"), prog_name="seventy")
def main() -> None:
    """Seventy computes Microsoft's partner capability score and tells what is missing to 70 points.

    Every command takes --help. Facts come from a database that `seventy import` fills, or from one YAML file
    (--facts). Errors end with exit code 2.
    """
