"""The command line `seventy`: score, import, imports, undo, rules, check."""

from bot.cli.program import main

__all__ = ["main"]
