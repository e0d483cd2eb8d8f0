"""Invents small companies whose amounts lie at and around the thresholds, and writes their exports in official form."""

import csv
import random
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from tests.exports.clean_reports import Row, last_day, name_of
from tests.exports.headers import HEADERS

Reports = dict[str, list[Row]]

AZURE_TYPES = ("Partner Admin Link", "Digital Partner of Record", "CSP Tier 1", "CSP Tier 2", "Deal registration")
AZURE_SERVICES = (
    "Virtual Machines",
    "Virtual Machines Licenses",
    "Storage",
    "SQL Database",
    "Key Vault",
    "Sentinel",
    "Bastion",
    "Network Watcher",
    "Purview",
)
MONTHLY_ACR = (
    *("0", "-20", "3.33", "8.33", "8.34", "49.99", "50", "62.49", "62.5", "63", "400", "499.99", "500", "500.01"),
    *("700", "999.99", "1000", "1000.01", "1001", "1600", "2500"),
)
SEGMENTS = ("Small, Medium & Corporate Commercial", "SMC Commercial", "SMC Commercial", "Enterprise Commercial")
OFFICE = ("Exchange Online", "SharePoint Online", "Teams", "Microsoft 365 Apps", "Viva Insights", "Yammer")
OFFICE_OF_C = ("Microsoft 365 Copilot", "Windows 365", "Teams Premium", "Project")
OFFICE_TYPES = ("Claiming Partner of Record (CPOR)", "Digital Partner of Record", "CSP Tier 1", "CSP Tier 2")
CLAIMED = (
    *OFFICE,
    "Intune",
    "Entra ID P1",
    "Defender for Office 365",
    "Defender for Endpoint",
    "Defender for Identity",
)
SEATS = (0, 4, 5, 10, 11, 20, 24, 25, 26, 100, 299, 300, 301, 302, 500, 2000)
ACTIVE_PERCENT = (0, 14, 15, 16, 39, 40, 41, 70, 100)
REVENUE_TYPES = ("CPOR OSA", "CPOR RevRec", "CPOR RevRec Performance", "CSP Tier 1", "CSP Tier 2", "DPOR", "PAL")
REVENUE_WORKLOADS = ("Sales", "Finance", "Business Central", "Power Apps", "Power BI", "Customer Service", "Commerce")
REVENUE_OF_ONE = ("Marketing", "Contact Center", "Copilot Studio", "Something else")
REVENUE = (
    *("0", "-300", "249.99", "250", "250.01", "600", "1499.99", "1500", "1500.5"),
    *("5000", "5000.01", "5100", "8000"),
)
USAGE_TYPES = ("CPOR OSU", "CPOR", "DPOR", "CSP Tier 1", "CSP Tier 2", "PAL")
USAGE = {  # users that make the monthly consumption value lie around 5,000 and 10,000
    "Business Central": (0, 4, 5, 6, 9, 10, 11, 30),
    "Sales": (24, 25, 26, 49, 50, 51),
    "Finance": (49, 50, 51, 99, 100, 101),
    "Power Apps": (24, 25, 49, 50, 60),
    "Power BI": (24, 25, 49, 50, 60),
    "Customer Insights": (24999, 25000, 49999, 50000),
    "Contact Center": (25, 50),
    "Something else": (500,),
}


class Company:
    """One invented company; everything follows from the seed."""

    def __init__(self, seed: int, newest: int, *, azure_months: int = 25, tenants: int = 8) -> None:
        self.random = random.Random(seed)
        self.newest = newest
        self.azure_months = azure_months
        self.tenants = [f"{index:08x}-0000-4000-8000-{self.random.randrange(16**12):012x}" for index in range(tenants)]
        self.months = [newest - back for back in (24, 18, 13, 12, 11, 6, 3, 1, 0)]
        self.count = 0

    def reports(self) -> Reports:
        """All the reports that feed a score directly."""
        return {
            "azure": self.azure(),
            "office": self.office(),
            "cpor": self.cpor(),
            "mobility": self.mobility(),
            "revenue": self.revenue(),
            "usage": self.usage(),
        }

    def row(self, report: str, cells: Row) -> Row:
        """A row with all official columns; the rest is told apart by a number."""
        self.count += 1
        filler = {"SubscriptionId": f"sub-{self.count}", "SubscriptionID": f"sub-{self.count}"}
        filler |= {"CustomerTpid": str(self.count), "ClaimId": f"claim-{self.count}", "PartnerName": "見本商事"}
        return {column: cells.get(column, filler.get(column, "")) for column in HEADERS[report]}

    def azure(self) -> list[Row]:
        """Two to four services per tenant, whose amount changes at random months."""
        rows: list[Row] = []
        for tenant in self.tenants:
            segment = self.random.choice(SEGMENTS)
            for service in self.random.sample(AZURE_SERVICES, self.random.randint(2, 4)):
                kind = self.random.choice(AZURE_TYPES)
                changes = {self.random.randrange(self.azure_months) for _ in range(2)}
                usd = self.random.choice(MONTHLY_ACR)
                for back in reversed(range(self.azure_months)):
                    usd = self.random.choice(MONTHLY_ACR) if back in changes else usd
                    cells = {"CustomerTenantId": tenant, "ServiceLevel2": service, "ACR_USD": usd}
                    cells |= {"CustomerSegment": segment, "Month": name_of(self.newest - back)}
                    rows += self._marked("azure", cells, kind, AZURE_TYPES, "IsACRDuplicateAtPGALevel")
        return rows

    def _marked(self, report: str, cells: Row, kind: str, kinds: tuple[str, ...], flag: str) -> list[Row]:
        """A row, and at times the same under another type, marked as a duplicate."""
        rows = [self.row(report, {**cells, "PartnerAttributionType": kind, flag: "0"})]
        if self.random.random() < 0.15:
            other = self.random.choice([one for one in kinds if one != kind])
            rows.append(self.row(report, {**cells, "PartnerAttributionType": other, flag: "1"}))
        return rows

    def _use(self, seats: str = "PaidAvailableUnits", users: str = "MonthlyActiveUsers") -> Row:
        paid = self.random.choice(SEATS)
        active = -(-paid * self.random.choice(ACTIVE_PERCENT) // 100)
        return {seats: str(paid) if self.random.random() < 0.95 else "", users: str(active)}

    def office(self) -> list[Row]:
        """Some workloads per tenant under one type each, new numbers every month."""
        rows: list[Row] = []
        for tenant in self.tenants:
            for name in self.random.sample((*OFFICE, *OFFICE_OF_C), 3):
                kind = self.random.choice(OFFICE_TYPES)
                for month in self.months:
                    cells = {"CustomerTenantId": tenant, "WorkloadName": name, "Month": name_of(month), **self._use()}
                    rows += self._marked("office", cells, kind, OFFICE_TYPES, "IsDuplicateRowForPGA")
        return rows

    def cpor(self) -> list[Row]:
        """Claims, old ones and young ones; the first and last day of a month are the interesting ones."""
        rows: list[Row] = []
        days = (self.newest - 30, self.newest - 12, self.newest - 11, self.newest - 6, self.newest - 3)
        for tenant in self.tenants:
            for name in self.random.sample(CLAIMED, 3):
                associated = self.random.choice(days)
                day = self.random.choice((last_day(associated), last_day(associated - 1).replace(day=1)))
                for month in self.months:
                    if last_day(month) >= day and self.random.random() < 0.95:
                        cells = {"CustomerTenantId": tenant, "WorkloadName": name, "DateAssociated": day.isoformat()}
                        cells |= {"PartnerAttributionType": "CPOR", "Date": name_of(month), **self._use()}
                        rows.append(self.row("cpor", cells))
        return rows

    def mobility(self) -> list[Row]:
        """Three workloads in one row; a free SKU now and then."""
        rows: list[Row] = []
        for tenant in self.tenants:
            kind = self.random.choice(OFFICE_TYPES)
            sku = self.random.choice(("Paid", "Paid", "Paid", "Free"))
            for month in self.months:
                cells = {"CustomerTenantId": tenant, "PartnerAttributionType": kind, "Month": name_of(month)}
                for short in ("AADP", "Intune", "Azip"):
                    cells |= self._use(f"{short}PaidAvailableUnits", f"{short}MonthlyActiveUsers")
                rows.append(self.row("mobility", {**cells, "FreeVsPaidSKU": sku}))
        return rows

    def revenue(self) -> list[Row]:
        """Some workloads per tenant, at times under two types at once."""
        rows: list[Row] = []
        for tenant in self.tenants:
            for name in self.random.sample((*REVENUE_WORKLOADS, *REVENUE_OF_ONE), 5):
                for kind in self.random.sample(REVENUE_TYPES, self.random.choice((1, 1, 2))):
                    for month in self.months:
                        cells = {"CustomerTenantID": tenant, "Workloads": name, "FiscalMonthName": name_of(month)}
                        cells |= {"PartnerAssociationType": kind, "AdjustedRevenueAmtCD": self.random.choice(REVENUE)}
                        rows.append(self.row("revenue", cells))
        return rows

    def usage(self) -> list[Row]:
        """Some workloads per tenant, of which the users follow the monthly consumption value that matters."""
        rows: list[Row] = []
        for tenant in self.tenants:
            for name in self.random.sample(list(USAGE), 4):
                platform = name in ("Power Apps", "Power BI", "Customer Insights")
                kind = "PAL" if platform and self.random.random() < 0.8 else self.random.choice(USAGE_TYPES)
                metric = self.random.choice(("Paid", "Paid", "Paid", "Trial"))
                for month in self.months:
                    amounts = {"MAC" if name == "Customer Insights" else "MAU": str(self.random.choice(USAGE[name]))}
                    cells = {"CustomerTenantID": tenant, "Workload": name, "FiscalMonthName": name_of(month)}
                    cells |= {"PartnerAssociationType": kind, "MetricType": metric, **amounts}
                    rows.append(self.row("usage", cells))
        return rows


def write(folder: Path, reports: Reports, *, skip: Iterable[str] = ()) -> Path:
    """One plain UTF-8 file per report; columns to skip are left out of all of them."""
    folder.mkdir(parents=True, exist_ok=True)
    left_out = set(skip)
    for name, rows in reports.items():
        if not rows:
            continue
        columns = [column for column in rows[0] if column not in left_out]
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, extrasaction="ignore")
            writer.writeheader()
            writer.writerows(rows)
    return folder


def month_before(on: date) -> int:
    """The last full month on a day."""
    return on.year * 12 + on.month - 2
