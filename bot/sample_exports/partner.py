"""The invented partner, and the words that Partner Center uses for the association of a customer."""

from collections.abc import Iterator

from bot.sample_exports.rows import Row

GLOBAL_ID = "9000001"
LOCATION_ID = "9000002"
NAME = "Sample Partner (invented)"
LOCATION = "Sample City"
COUNTRY = "Japan"

# Association types in the long spelling of the usage reports.
PAL = "Partner Admin Link"
DPOR = "Digital Partner of Record"
CSP_1 = "CSP Tier 1"
CSP_2 = "CSP Tier 2"
CPOR = "Claiming Partner of Record (CPOR)"
TPOR = "Transacting Partner of Record (TPOR)"  # counted nowhere
OWN_USE = "Partner as end-customer"  # counted nowhere

# The short spelling of the Business Applications reports and of CPOR-M365 usage.
SHORT = {PAL: "PAL", DPOR: "DPOR", CSP_1: "CSP T1", CSP_2: "CSP T2", CPOR: "CPOR", TPOR: "TPOR"}

_CHANNELS = {PAL: "Direct", DPOR: "Enterprise Agreement", CSP_1: "CSP", CSP_2: "CSP", CPOR: "Direct"}


def sales_channel(association: str) -> str:
    """How a customer with that association buys."""
    return _CHANNELS.get(association, "Other")


def profile_rows() -> Iterator[Row]:
    """Partner profile: the global account and its one location."""
    for number, level in ((GLOBAL_ID, "HQ"), (LOCATION_ID, "Location")):
        yield {
            "MPNId": number,
            "PartnerName": NAME,
            "PGA_MPNID": GLOBAL_ID,
            "PGA_PartnerName": NAME,
            "City": LOCATION,
            "Country": COUNTRY,
            "HierarchyLevel": level,
        }
