"""What a reader should know of a usage report: values that no rule knows, and what missing columns make unknowable."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bot.intake.findings import Note, shortened
from scoring.measure_columns import items_named, untold
from scoring.rulebook import Rulebook

if TYPE_CHECKING:
    from bot.intake.usage_reading import UsageReport

_MOST_NAMED = 10


def notes_on(rulebook: Rulebook, usage: "UsageReport") -> Iterator[Note]:
    """The notes on one report."""
    yield from _unknown_values(rulebook, usage)
    yield from _missing_columns(rulebook, usage)


def _unknown_values(rulebook: Rulebook, usage: "UsageReport") -> Iterator[Note]:
    terms, rows = rulebook.usage_terms, usage.rows
    unknown = sorted(name for name in rows.associations if terms.association(name) is None)
    if unknown:
        named = _named(unknown)
        message = f"association types that are not known count nowhere: {named}"
        yield Note("unknown_association", message, {"names": named, "n": len(unknown)})
    items = {rulebook.usage_terms.item(name) for name in items_named(rulebook, rows.dataset)}
    strange = sorted(name for name in rows.items if items and rulebook.usage_terms.item(name) not in items)
    if strange:
        named = _named(strange)
        yield Note("unknown_items", f"no rule names these, so they count nowhere: {named}", {"names": named})
    decides = rows.dataset in ("azure_usage", "customers_and_revenue")  # the track of the Azure areas
    large = sorted(name for name in rows.segments if not terms.is_smb(name))
    if large and decides:
        named = _named(large)
        yield Note("not_smb", f"segments taken as not SMB: {named}", {"names": named, "n": len(large)})


def _missing_columns(rulebook: Rulebook, usage: "UsageReport") -> Iterator[Note]:
    """One note for each missing column without which a metric cannot be measured."""
    for field in usage.missing:
        metrics = untold(rulebook, usage.rows.dataset, [field])
        if not metrics:
            continue
        named = "; ".join(
            f"{rulebook.area(one.area).name}: {one.metric.replace('_', ' ') if one.metric else 'track'}"
            for one in metrics
        )
        header = usage.kind.headers_of(field)[0]
        message = f"no column for '{field}' ({header}), so these cannot be computed: {named}"
        values = {
            "column": field,
            "header": header,
            "metrics": [(one.area, one.metric) for one in metrics],
            "named": named,
        }
        yield Note("column_missing", message, values)


def _named(names: list[str]) -> str:
    said = ", ".join(shortened(name) for name in names[:_MOST_NAMED])
    return said if len(names) <= _MOST_NAMED else f"{said}, and {len(names) - _MOST_NAMED} more"
