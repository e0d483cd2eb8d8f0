"""The evidence of a metric as plain text: the sentence, the rule, then every unit or person with its rows."""

from collections.abc import Iterable

from bot.cli.output import columns
from bot.wording.evidence_lines import EvidenceLines
from bot.wording.words import Language, Words
from scoring.evidence import Evidence
from scoring.rulebook import Rulebook


def evidence_text(
    rulebook: Rulebook, words: Words, language: Language, evidence: Evidence, *, company: str | None = None
) -> list[str]:
    """The lines of `seventy evidence`."""
    lines = EvidenceLines(rulebook, words, language, evidence)
    first, *inputs = lines.how()
    return [
        lines.verdict(),
        f"  {first}",
        *_under(inputs, "    "),
        lines.rule(),
        *_under([lines.source(), *lines.notes()]),
        *lines.numbers(),
        *_units(lines),
        *_people(lines),
        *([company] if company else []),
        *lines.context(),
        *_limits(lines),
    ]


def _under(lines: Iterable[str], indent: str = "  ") -> list[str]:
    return [f"{indent}{line}" for line in lines]


def _units(lines: EvidenceLines) -> list[str]:
    said = [lines.unit(unit) for unit in lines.in_order()]
    return columns([(one.status, one.who, one.amounts, one.rows, one.remark) for one in said], indent="  ")


def _people(lines: EvidenceLines) -> list[str]:
    said = [lines.person(person, named=True) for person in lines.evidence.people]
    return columns(
        [(one.step, one.who, one.certification, one.until, one.row, one.remark) for one in said], indent="  "
    )


def _limits(lines: EvidenceLines) -> list[str]:
    title, *limits = lines.limits() or [""]
    return [title, *(f"  • {limit}" for limit in limits)] if limits else []
