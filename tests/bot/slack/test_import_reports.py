"""Usage reports from Slack: the same rows, scores and undo as on the command line."""

import io
import zipfile
from collections import Counter
from pathlib import Path

import pytest

from bot.company_facts import company_facts
from bot.import_plan import applied as applied_to
from bot.import_plan import planned
from bot.intake.importing import read_files
from bot.intake.source_files import source_files
from bot.playground.block_limits import problems
from bot.sample import SAMPLE_DAY
from bot.sample_exports.company import invent_company
from bot.sample_exports.reports import sample_reports
from bot.sample_exports.writing import WrittenFile, write_reports
from bot.slack.action_ids import UNDO_FILES
from bot.store.sqlite import SqliteStore
from scoring import Facts
from scoring.usage import month_number
from tests.bot.conftest import READERS, TEAM, House, noon, shipped, text_of
from tests.bot.slack.importing import applied, checked, imports_of, open_import


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> list[WrittenFile]:
    folder = tmp_path_factory.mktemp("reports") / "exports"
    company = invent_company(7, 25, month_number(SAMPLE_DAY) - 1, 14)
    return list(write_reports(sample_reports(company, shipped()[0]), folder, "csv"))


def zipped(reports: list[WrittenFile]) -> tuple[str, bytes]:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for report in reports:
            archive.write(report.path, report.path.name)
    return "reports.zip", content.getvalue()


def on_the_command_line(reports: list[WrittenFile], folder: Path) -> Facts:
    """What is known after `seventy import` of the same reports."""
    rulebook, store = shipped()[0], SqliteStore(folder / "command_line.db")
    try:
        files = read_files(source_files([one.path for one in reports]), rulebook, as_of=SAMPLE_DAY)
        plan = planned(store, rulebook, files, workspace=TEAM, as_of=None, today=SAMPLE_DAY, made_by="x")
        applied_to(store, rulebook, plan, now=noon(SAMPLE_DAY))
        return company_facts(store, rulebook, TEAM)
    finally:
        store.close()


async def test_a_zip_of_all_reports_is_checked_applied_and_undone(
    house: House, reports: list[WrittenFile], tmp_path: Path
) -> None:
    seventy, rulebook = await open_import(house, knows_sample=False), shipped()[0]
    check = await checked(seventy, zipped(reports))
    for report in reports:
        assert f"reports.zip/{report.path.name} (" in text_of(check)
        assert f": {report.rows} rows read" in text_of(check)
    assert not problems(check.content)
    result = await applied(seventy, check)
    assert not problems(result.content)
    [record] = await imports_of(seventy)
    assert (record.kind, len(record.datasets) > 5) == ("several", True)

    known = await seventy.services.worker.call(lambda store: company_facts(store, rulebook, TEAM))
    expected = on_the_command_line(reports, tmp_path)
    measured = Counter((one.area, one.metric, one.track, str(one.parts)) for one in known.figures)
    assert measured == Counter((one.area, one.metric, one.track, str(one.parts)) for one in expected.figures)
    assert len(known.figures) > 10

    assert "Nothing to change" in text_of(await checked(seventy, zipped(reports)))
    seventy.slack.views[READERS["en"]][:] = [result]
    await seventy.press(result, UNDO_FILES)
    after = await seventy.services.worker.call(lambda store: company_facts(store, rulebook, TEAM))
    assert after.is_empty


AZURE = "Month,CustomerTenantId,CustomerName,ServiceLevel2,PartnerAttributionType,ACR_USD"


async def test_a_missing_column_names_what_cannot_be_computed_in_both_languages(house: House) -> None:
    seventy = await open_import(house, knows_sample=False)
    file = ("azure.csv", f"{AZURE}\n2026-10-01,t-1,見本商事,Storage,Partner Admin Link,120.5\n".encode())
    english, japanese = [text_of(await checked(seventy, file, user=READERS[one])) for one in ("en", "ja")]
    assert (
        "no column for the customer segment (CustomerSegment), so these cannot be computed: Infrastructure track"
        in english
    )
    assert (
        "顧客セグメント(CustomerSegment)の列がないため、次の項目は計算できません: Infrastructure トラックの判定"
        in japanese
    )


async def test_rejected_rows_of_a_usage_report_are_told_in_both_languages(house: House) -> None:
    seventy = await open_import(house, knows_sample=False)
    rows = ["2026-10-01,t-1,A,Storage,CSP,120.5", "Someday,t-1,A,Storage,CSP,1", "2026-10-01,,A,Storage,CSP,1"]
    file = ("azure.csv", "\n".join([AZURE, *rows, "2026-10-01,t-1,A,Storage,CSP,much"]).encode())
    english, japanese = [text_of(await checked(seventy, file, user=READERS[one])) for one in ("en", "ja")]
    assert "4 rows read, 1 taken, 0 duplicates, 0 ignored, 3 rejected" in english
    for line, said, told in (
        (3, 'Month "Someday" is not a month', "Month「Someday」は月として読めません"),
        (4, "the customer tenant is empty", "顧客テナントが空です"),
        (5, 'ACR_USD "much" is not a number', "ACR_USD「much」は数字ではありません"),
    ):
        assert f"line {line}: {said}" in english and f"{line}行目: {told}" in japanese


async def test_customers_who_are_gone_from_the_newest_month_are_named(house: House) -> None:
    seventy = await open_import(house, knows_sample=False)
    before = "2026-10-01,t-1,見本商事,Storage,CSP,120.5\n2026-10-01,t-2,例示物産,Storage,CSP,80\n"
    await applied(seventy, await checked(seventy, ("azure.csv", f"{AZURE}\n{before}".encode())))
    after = "2026-10-01,t-1,見本商事,Storage,CSP,120.5\n"
    check = await checked(seventy, ("azure.csv", f"{AZURE}\n{after}".encode()))
    assert "In the newest month no more: 1 customer (例示物産)" in text_of(check)
