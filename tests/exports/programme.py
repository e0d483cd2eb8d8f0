"""The programme's numbers, written by hand from its published pages: the oracle shares nothing with the rule files."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

Edition = Literal["B", "C1", "C2"]
AZURE_AREAS = ("infrastructure", "data_and_ai", "digital_and_app_innovation")

PAL, DPOR, CSP_1, CSP_2, CPOR = "PAL", "DPOR", "CSP Tier 1", "CSP Tier 2", "CPOR"
OSA, OSU, REVREC, PERFORMANCE = "CPOR OSA", "CPOR OSU", "CPOR RevRec", "CPOR RevRec Performance"
AZURE_TYPES = frozenset({PAL, DPOR, CSP_1, CSP_2})
CSP = frozenset({CSP_1, CSP_2})
VIRTUAL_MACHINES = frozenset({"virtual machines", "virtual machines licenses", "virtual machine licenses"})


def edition(on: date) -> Edition:
    """The edition in force on a day from 2023-06-13 on."""
    assert on >= date(2023, 6, 13)
    if on < date(2026, 5, 8):
        return "B"
    return "C1" if on < date(2026, 7, 1) else "C2"


def tracks(area: str, on: date) -> tuple[str, ...]:
    """The tracks of an area: the SMB track of Azure and Security is new in edition C."""
    one_path = edition(on) == "B" and area in (*AZURE_AREAS, "security")
    return ("single",) if one_path else ("enterprise", "smb")


@dataclass(frozen=True)
class Seats:
    """Paid seats of one workload, both ends included."""

    least: int
    most: int | None = None

    def __contains__(self, paid: object) -> bool:
        assert isinstance(paid, Fraction)
        return paid >= self.least and (self.most is None or paid <= self.most)


MODERN_WORK_SEATS = {"enterprise": Seats(301), "smb": Seats(11, 300)}
SECURITY_SEATS = {"single": Seats(25), "enterprise": Seats(301), "smb": Seats(5, 300)}
AZURE_MONTHLY_ACR = {"single": 1000, "enterprise": 1000, "smb": 500}

SECURITY_AZURE_ADDS = {"single": 100, "enterprise": 600, "smb": 600}
SECURITY_ADDS_FOR_ALL_POINTS = {"single": 10, "enterprise": 10, "smb": 5}
USD_PER_POINT = {"single": 1250, "enterprise": 1250, "smb": 750}
USERS_PER_POINT = {"single": 125, "enterprise": 125, "smb": 50}

_SERVICES_OF_BOTH = {
    *("application gateway", "ad b2c", "b2c", "ad external identities", "bastion", "ddos protection", "firewall"),
    *("firewall manager", "front door", "iot security", "key vault", "sentinel"),
}
_SERVICES_OF_B = {
    *("advanced data security", "advanced threat protection", "ad domain services", "ddos", "defender"),
    *("network watcher", "security center"),
}
_SERVICES_OF_C = {
    *("defender for cloud", "entra", "entra domain services", "entra verified id", "purview", "security copilot"),
}
SECURITY_SERVICES = {"B": _SERVICES_OF_BOTH | _SERVICES_OF_B, "C": _SERVICES_OF_BOTH | _SERVICES_OF_C}
SECURITY_WORKLOADS = frozenset(
    {
        "entra id p1",
        "defender for office 365",
        "defender for endpoint",
        "defender for identity",
        "purview information protection",
        "intune",
    }
)
_WORK_OF_BOTH = {
    *("exchange", "intune", "microsoft 365 apps", "sharepoint", "teams", "teams meetings", "teams phone"),
    *("viva connections", "viva engage", "viva insights", "viva learning", "viva topics"),
}
_WORK_OF_B = {"teams calling", "teams platform"}
_WORK_OF_C = {
    *("m365 copilot", "entra id p1", "teams apps", "teams frontline", "phone calling", "phone enabled users"),
    *("rooms monthly active devices", "viva goals", "windows 365"),
}
MODERN_WORK_WORKLOADS = {
    "B": frozenset(_WORK_OF_BOTH | _WORK_OF_B),
    "C": frozenset(_WORK_OF_BOTH | _WORK_OF_C),
}
ONLY_CUSTOMER_SUCCESS = {"B": frozenset[str](), "C": frozenset({"teams premium"})}
SAME_WORKLOAD = {
    "exchange online": "exchange",
    "sharepoint online": "sharepoint",
    "proplus": "microsoft 365 apps",
    "yammer": "viva engage",
    "microsoft 365 copilot": "m365 copilot",
    "azure ad premium": "entra id p1",
    "mdo": "defender for office 365",
    "mde": "defender for endpoint",
    "mdi": "defender for identity",
    "mip": "purview information protection",
}

REVENUE_TYPES = frozenset({CPOR, OSA, REVREC, PERFORMANCE, CSP_1, CSP_2, DPOR})
DYNAMICS_TYPES = frozenset({CPOR, OSU, DPOR, CSP_1, CSP_2})
PLATFORM_TYPES = frozenset({PAL})
PLATFORM_WORKLOADS = frozenset({"power apps", "power automate", "power bi", "portals", "customer insights"})
_RATES: dict[str, Fraction | int] = {
    "business central": 1000,
    "core hr": 1000,
    "common data service": 200,
    "sales": 200,
    "sales insights": 200,
    "customer service": 200,
    "field service": 200,
    "customer insights": Fraction(1, 5),
    "finance operations": 100,
    "finance": 100,
    "project operations": 100,
    "guides": 1000,
    "power apps": 200,
    "power automate": 200,
    "power bi": 200,
    "remote assist": 1000,
    "retail": 100,
    "talent attract": 1000,
    "talent onboard": 1000,
}
RATES = {"B": _RATES, "C": {**_RATES, "contact center": 200, "portals": 100}}
_REVENUE_WORKLOADS = {
    *("ai builder", "business central", "ce bundle", "commerce", "customer insights", "customer service"),
    *("f o bundle", "field service", "finance", "hr", "intelligent order management", "mixed reality", "omni channel"),
    *("power apps", "power automate", "power bi", "power pages", "power virtual agent", "project operations", "sales"),
    *("supply chain", "non workload specific", "non workload specific f o"),
}
REVENUE_WORKLOADS = {
    "B": _REVENUE_WORKLOADS | {"marketing", "fraud protection"},
    "C": _REVENUE_WORKLOADS | {"contact center", "copilot studio", "copilot studio payg"},
}
REVENUE_OF_A_CUSTOMER = {"enterprise": 1500, "smb": 250}
MCV_A_YEAR_AGO = {"enterprise": 50_000, "smb": 25_000}
MCV_OF_A_DEPLOYMENT = {"enterprise": 10_000, "smb": 5_000}
LARGE_REVENUE = 5_000
