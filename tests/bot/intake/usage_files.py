"""Reports of usage as tests write them, and what a test asks of one that was read."""

from bot.intake.report_kinds import recognised
from bot.intake.source_files import SourceFile, open_table
from bot.intake.usage_reading import UsageReport, read_usage
from scoring.usage import first_day


def read(text: str, *, name: str = "usage.csv") -> UsageReport:
    """Reads a report, and checks that every row is in exactly one place."""
    table = open_table(SourceFile.of_bytes(text.encode(), name=name))
    kind = recognised(table.headers, name=name)
    assert kind is not None
    report = read_usage(table, kind)
    others = sum(report.duplicates.values()) + sum(report.ignored.values()) + len(report.rejected)
    assert report.taken + others == report.rows_read
    assert len(report.hashes) == len(report.rows)
    return report


def rows(report: UsageReport) -> list[tuple[int, str, str | None, str | None]]:
    """Line, month, tenant and item of each row."""
    found = report.rows
    columns = zip(found.line.tolist(), found.month.tolist(), found.tenant.tolist(), found.item.tolist(), strict=True)
    return [
        (
            line,
            f"{first_day(month):%Y-%m}",
            found.tenants[tenant] if tenant >= 0 else None,
            found.items[item] if item >= 0 else None,
        )
        for line, month, tenant, item in columns
    ]


def rejected(report: UsageReport) -> list[tuple[int, str, str, str, str]]:
    """Line, column, value, reason and field of each rejected row."""
    return [(one.line, one.column, one.value, one.reason_kind, one.field) for one in report.rejected]
