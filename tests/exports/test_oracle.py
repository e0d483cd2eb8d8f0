"""The oracle itself, on folders so small that the answers are worked out by hand."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path
from random import Random

import pytest

from tests.exports.answers import Answer, Inputs
from tests.exports.clean_reports import name_of
from tests.exports.companies import Reports, month_before, write
from tests.exports.oracle import Answers, answers_of, inputs_of
from tests.exports.sheets import Sheets
from tests.exports.variations import VARIATIONS

ON = date(2026, 11, 20)
NEWEST = month_before(ON)  # 2026-10
SMC = "SMC Commercial"
Ask = Callable[..., Answer]


def azure(tenant: str, usd: dict[int, str], *, service: str = "Storage", kind: str = "PAL", **more: str) -> Reports:
    """A row for each month, which is so many months before the newest."""
    cells = {"CustomerTenantId": tenant, "ServiceLevel2": service, "PartnerAttributionType": kind, **more}
    return {"azure": [{**cells, "Month": name_of(NEWEST - back), "ACR_USD": one} for back, one in usd.items()]}


def together(*reports: Reports) -> Reports:
    """Several tables as one folder; every row has all the columns."""
    rows: Reports = {}
    for one in reports:
        for name, some in one.items():
            rows.setdefault(name, []).extend(some)
    for name, some in rows.items():
        columns = dict.fromkeys(column for row in some for column in row)
        rows[name] = [{column: row.get(column, "") for column in columns} for row in some]
    return rows


@pytest.fixture
def answer(tmp_path: Path) -> Ask:
    def find(reports: Reports, area: str, track: str, metric: str, *, on: date = ON) -> Answer:
        return answers_of(write(tmp_path / "exports", reports), on)[area, track, metric]

    return find


def always(usd: str, months: int = 24) -> dict[int, str]:
    return dict.fromkeys(range(months), usd)


def test_exactly_the_minimum_in_one_of_two_months_is_a_customer(answer: Ask) -> None:
    base = azure("base", always("0", 14))
    at, under = azure("a", {1: "1000", 0: "1"}), azure("b", {0: "999.99"})
    found = answer(together(base, at, under), "infrastructure", "enterprise", "net_customer_adds")
    assert found.value == 1 and found.points == 10
    found = answer(together(base, at, under), "infrastructure", "smb", "net_customer_adds")
    assert found.value == 2 and found.points == 20


def test_a_customer_a_year_ago_who_is_gone_counts_against(answer: Ask) -> None:
    found = answer(azure("a", {0: "1", 1: "1", 12: "1", 13: "1000"}), "data_and_ai", "enterprise", "net_customer_adds")
    assert found.value == -1 and found.points == 0


@pytest.mark.parametrize("gone", [0, 1, 12, 13])
def test_each_of_four_months_is_needed_for_customer_adds(answer: Ask, gone: int) -> None:
    months = {back: "1000" for back in range(15) if back != gone}
    found = answer(azure("a", months), "infrastructure", "enterprise", "net_customer_adds")
    if gone == 0:  # then the month before is the reference month, and its four months are there
        assert found.value == 0
    else:
        assert (found.points, found.missing) == (None, (f"azure {name_of(NEWEST - gone)}",))


def test_growth_is_a_percentage_and_needs_a_thousand_dollars_now(answer: Ask) -> None:
    grown = answer(azure("a", {0: "1125", 12: "1000"}), "infrastructure", "enterprise", "usage_growth")
    assert grown.value == grown.points == Fraction(25, 2)
    assert answer(azure("a", {0: "999", 12: "500"}), "infrastructure", "enterprise", "usage_growth").points == 0
    assert answer(azure("a", {0: "1000", 12: "500"}), "infrastructure", "enterprise", "usage_growth").points == 20
    from_nothing = answer(azure("a", {0: "9000", 12: "0"}), "infrastructure", "enterprise", "usage_growth")
    assert from_nothing.value is None and from_nothing.points == 0


def test_services_are_counted_once_and_without_virtual_machines(answer: Ask) -> None:
    year = always("0", 12)
    reports = together(
        azure("a", {**year, 11: "1"}, service="Storage"),
        azure("b", {**year, 0: "1"}, service="Storage"),
        azure("a", {**year, 0: "9"}, service="Virtual Machines"),
        azure("a", {**year, 0: "5", 1: "-5"}, service="SQL Database"),
        azure("a", {12: "100"}, service="Bastion"),
    )
    assert answer(reports, "infrastructure", "enterprise", "deployments").value == 1


def test_a_flagged_duplicate_never_counts_and_without_flags_the_highest_type_does(answer: Ask) -> None:
    flags = {"IsACRDuplicateAtPGALevel": "0"}
    kept = azure("a", {0: "600", 12: "100"}, **flags)
    twice = azure("a", {0: "500"}, kind="DPOR", **flags)
    marked = azure("a", {0: "400"}, kind="CSP Tier 1", IsACRDuplicateAtPGALevel="1")
    found = answer(together(kept, twice, marked), "infrastructure", "enterprise", "usage_growth")
    assert found.value == 1000  # 1,100 against 100
    unmarked = [azure("a", {0: "600", 12: "550"}), azure("a", {0: "700"}, kind="DPOR")]
    found = answer(
        together(*unmarked, azure("a", {0: "300"}, SubscriptionId="2")), "infrastructure", "smb", "usage_growth"
    )
    assert found.value == Fraction(350, 550) * 100  # two subscriptions under PAL, 900, beat 700 under DPOR


def test_the_smb_share_counts_tenants_that_consume(tmp_path: Path) -> None:
    reports = together(
        azure("a", {0: "1"}, CustomerSegment=SMC),
        azure("b", {0: "1"}, CustomerSegment="Small, Medium & Corporate Commercial"),
        azure("c", {0: "1"}, CustomerSegment="Enterprise Commercial"),
        azure("d", {0: "0"}, CustomerSegment=SMC),
        azure("e", {0: "9"}, CustomerSegment=SMC, kind="Deal registration"),
    )
    assert inputs_of(write(tmp_path, reports), ON)["infrastructure"] == Inputs(2, 3)
    whole_year = together(reports, azure("a", dict.fromkeys(range(1, 12), "100"), CustomerSegment=SMC))
    assert inputs_of(write(tmp_path, whole_year), ON)["infrastructure"].trailing_12_month_acr == 1103


def security(usd: dict[int, str], tenant: str = "a") -> Reports:
    return azure(tenant, usd, service="Key Vault")


def test_twelve_thousand_exactly_is_smb_and_not_enterprise(answer: Ask) -> None:
    seats = claims({0: (10, 10), 12: (10, 10)})
    exactly = together(security({**always("0"), 0: "12000", 12: "300"}), seats)
    found = answer(exactly, "security", "smb", "usage_growth")
    assert found.parts["azure"] == 11_700 and found.points == Fraction(156, 10)
    assert answer(exactly, "security", "enterprise", "usage_growth").parts["azure"] == 0
    assert answer(exactly, "security", "smb", "deployments").parts["azure"] == 1
    above = together(security({**always("0"), 0: "12000.01"}), seats)
    assert answer(above, "security", "enterprise", "deployments").parts["azure"] == 1
    assert answer(above, "security", "smb", "deployments").parts["azure"] == 0


def test_a_tenant_grown_out_of_smb_stays_for_a_year(answer: Ask) -> None:
    grown = together(security({**always("0"), 12: "750", 0: "20000"}), claims({0: (10, 10), 12: (10, 10)}))
    assert answer(grown, "security", "smb", "usage_growth").parts["azure"] == 19_250
    assert answer(grown, "security", "smb", "deployments").parts["azure"] == 0  # in it then and now
    less = together(security({**always("0"), 12: "749.99", 0: "20000"}), claims({0: (10, 10), 12: (10, 10)}))
    assert answer(less, "security", "smb", "deployments").parts["azure"] == 1  # too small, then grown out of it
    assert answer(less, "security", "smb", "usage_growth").parts["azure"] == Fraction("19250.01")


def test_the_azure_side_of_security_needs_24_months(answer: Ask) -> None:
    short = together(security(always("100", 23)), claims({0: (10, 10), 12: (10, 10)}))
    found = answer(short, "security", "enterprise", "net_customer_adds")
    assert (found.points, dict(found.parts)) == (None, {"azure": None, "microsoft_365": 0})
    assert found.missing == ("azure 2024-11",)


def claims(
    use: dict[int, tuple[int, int]], *, tenant: str = "t", name: str = "Intune", day: str = "2020-01-01"
) -> Reports:
    """Paid seats and active users of a claim by month."""
    cells = {"CustomerTenantId": tenant, "WorkloadName": name, "DateAssociated": day, "PartnerAttributionType": "CPOR"}
    rows = [
        {**cells, "Date": name_of(NEWEST - back), "PaidAvailableUnits": str(paid), "MonthlyActiveUsers": str(active)}
        for back, (paid, active) in use.items()
    ]
    return {"cpor": rows}


def test_seats_at_the_edges_of_the_ranges(answer: Ask) -> None:
    def adds(paid: int, area: str, track: str, on: date = ON) -> Fraction | None:
        found = answer(claims({0: (paid, 1), 12: (1, 1)}), area, track, "net_customer_adds", on=on)
        return found.parts.get("microsoft_365", found.value)

    work = [adds(paid, "modern_work", "smb") for paid in (10, 11, 300, 301)]
    assert work == [0, 1, 1, 0]
    assert [adds(paid, "modern_work", "enterprise") for paid in (300, 301)] == [0, 1]
    assert [adds(paid, "security", "smb") for paid in (4, 5, 300, 301)] == [0, 1, 1, 0]


def test_a_tenant_promoted_from_smb_stays_in_c_but_not_in_b(answer: Ask) -> None:
    reports = together(claims({0: (301, 1), 12: (300, 1)}), claims({0: (11, 1), 12: (1, 1)}, tenant="u"))
    assert answer(reports, "modern_work", "smb", "net_customer_adds").value == 1  # t then and now, u now
    in_b = {
        "cpor": [
            {**row, "Date": name_of(NEWEST - 24 - back)} for row, back in zip(reports["cpor"], (0, 12) * 2, strict=True)
        ]
    }
    assert answer(in_b, "modern_work", "smb", "net_customer_adds", on=date(2024, 11, 20)).value == 0


def test_a_young_claim_grows_from_its_first_row(answer: Ask) -> None:
    old = claims({0: (400, 10), 12: (400, 10)}, tenant="u")

    def growth(day: str) -> Fraction | None:
        young = claims({3: (400, 100), 1: (400, 150), 0: (400, 350)}, day=day)
        return answer(together(old, young), "modern_work", "enterprise", "usage_growth").parts["cpor"]

    assert growth("2025-10-31") == 350  # the last day of the year-ago month is not young
    assert growth("2025-11-01") == 250


@pytest.mark.parametrize(("first", "counted"), [(160, 1), (161, 0)])
def test_a_young_claim_above_40_percent_at_its_start_is_no_deployment(answer: Ask, first: int, counted: int) -> None:
    young = claims({3: (400, first), 0: (400, 400)}, day="2026-07-05")
    old = claims({0: (400, 10), 12: (400, 10)}, tenant="u")
    found = answer(together(old, young), "modern_work", "enterprise", "deployments")
    assert found.parts["cpor"] == counted and found.points == counted * 5


def test_the_one_path_of_security_before_the_smb_track(answer: Ask) -> None:
    on = date(2026, 5, 1)  # the data ends in 2026-10, the day is seven months earlier
    reports = together(
        security(dict.fromkeys(range(7, 31), "0") | {7: "12000", 19: "99.99"}),
        azure("b", {7: "100"}, service="Network Watcher"),
        azure("c", {7: "999999"}, service="Purview"),
        azure("d", {7: "999999"}, service="Key Vault", kind="CSP Tier 1"),
        claims({7: (25, 4), 19: (24, 24)}),
    )
    adds = answer(reports, "security", "single", "net_customer_adds", on=on)
    assert adds.parts["azure"] == 2 and adds.parts["microsoft_365"] == 1 and adds.points == 6
    deployed = answer(reports, "security", "single", "deployments", on=on)
    assert deployed.parts["azure"] == 1 and deployed.parts["microsoft_365"] == 1 and deployed.points == Fraction(20, 3)
    growth = answer(reports, "security", "single", "usage_growth", on=on)
    assert growth.parts == {"azure": Fraction("12000.01"), "protected_users": -20}


def revenue(usd: dict[int, str], *, tenant: str = "a", name: str = "Sales", kind: str = "CPOR OSA") -> Reports:
    cells = {"CustomerTenantID": tenant, "Workloads": name, "PartnerAssociationType": kind}
    months = {back: name_of(NEWEST - back) for back in usd}
    return {
        "revenue": [
            {**cells, "FiscalMonthName": months[back], "AdjustedRevenueAmtCD": one} for back, one in usd.items()
        ]
    }


def test_revenue_counts_once_under_several_types(answer: Ask, tmp_path: Path) -> None:
    twice = together(revenue({0: "1499.99", 12: "0"}), revenue({0: "200"}, kind="DPOR"))
    assert answer(twice, "business_applications", "enterprise", "net_customer_adds").value == 0
    assert answer(twice, "business_applications", "smb", "net_customer_adds").points == 3
    large = together(
        *(revenue({0: "5000.01", 12: "0"}, name=name) for name in ("Sales", "Finance", "Commerce")),
        *(revenue({12: "5000.01"}, tenant="b", name=name) for name in ("Sales", "Finance")),
        revenue({12: "5000"}, tenant="b", name="Commerce"),
    )
    assert inputs_of(write(tmp_path / "large", large), ON)["business_applications"].large_workloads == 2


def usage(users: dict[int, int], name: str, *, tenant: str = "a", kind: str = "CPOR OSU") -> Reports:
    amounts = {
        back: {"MAC": str(some)} if name == "Customer Insights" else {"MAU": str(some)} for back, some in users.items()
    }
    cells = {"CustomerTenantID": tenant, "Workload": name, "PartnerAssociationType": kind, "MetricType": "Paid"}
    return {"usage": [{**cells, "FiscalMonthName": name_of(NEWEST - back), **amounts[back]} for back in users]}


def test_consumption_value_is_users_times_rate(answer: Ask) -> None:
    reports = together(
        usage({0: 10, 12: 10}, "Business Central"),
        usage({0: 75_000, 12: 50_000}, "Customer Insights", kind="PAL"),
        usage({0: 25, 12: 25}, "Power Apps", kind="PAL"),
        usage({0: 900, 12: 0}, "Power Apps", kind="DPOR", tenant="b"),
    )
    growth = answer(reports, "business_applications", "smb", "usage_growth")
    assert growth.value == 20 and growth.points == 20  # 30,000 against 25,000
    assert answer(reports, "business_applications", "enterprise", "usage_growth").points == 0  # 25,000 a year ago
    deployed = answer(reports, "business_applications", "enterprise", "deployments")
    assert deployed.value == 0 and deployed.points == 0


READABLE = ("columns shuffled", "rows shuffled", "rows doubled", "types spelled otherwise", "months as a day", "CRLF")


@pytest.mark.parametrize("name", [*READABLE, "all quoted", "a file per month", "rows dealt out"])
def test_variations_keep_what_they_vary(tmp_path: Path, sheets: Sheets, expected: Answers, name: str) -> None:
    assert answers_of(VARIATIONS[name](tmp_path, sheets, Random(1)), ON) == expected
