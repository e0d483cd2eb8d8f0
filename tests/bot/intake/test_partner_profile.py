import pytest

from bot.intake.partner_profile import PartnerProfile, read_profile
from bot.intake.tables import read_table


@pytest.mark.parametrize(
    ("text", "company", "locations"),
    [
        (
            "PartnerName,PGA_PartnerName,AccountType\nOsaka,Contoso,Location ID\nTop,Contoso,Global ID\n",
            "Contoso",
            1,
        ),
        (
            "PartnerName,HierarchyLevel\nOsaka,Location ID\nContoso,Global ID\nNara,Location ID\n",
            "Contoso",
            2,
        ),
        ("PartnerName,PGA_PartnerName\nContoso Osaka,\n", "Contoso Osaka", 1),
        ("PartnerName,AccountType\n", None, 0),
    ],
)
def test_the_profile_says_the_companys_name_and_how_many_locations_it_has(
    text: str, company: str | None, locations: int
) -> None:
    assert read_profile(read_table(text.encode(), name="profile.csv")) == PartnerProfile(company, locations)
