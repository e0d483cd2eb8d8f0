"""Exports of an invented company, as Partner Center's hub would give them: for demos, tests and benchmarks."""

from bot.sample_exports.company import Company, invent_company
from bot.sample_exports.reports import azure_report, company_of_rows, sample_reports
from bot.sample_exports.writing import FolderError, WrittenFile, write_reports

__all__ = [
    "Company",
    "FolderError",
    "WrittenFile",
    "azure_report",
    "company_of_rows",
    "invent_company",
    "sample_reports",
    "write_reports",
]
