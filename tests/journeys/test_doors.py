"""Every role steps in with one click and finds its own first page."""

import pytest

from gib.core.access.tables import Role
from tests.journeys.conftest import Enter

#: Role -> the address and the heading of its first page.
FIRST_PAGES = {
    Role.COORDINATOR: ("/vandaag/", "Dinsdag 11 januari"),
    Role.DEPUTY: ("/vandaag/", "Dinsdag 11 januari"),
    Role.VOLUNTEER: ("/mijn-dag/", "Mijn dag"),
    Role.REFERRER: ("/aanmelden/mijn/", "Mijn aanmeldingen"),
    Role.MUNICIPALITY: ("/aanvragen/", "Aanvragen"),
    Role.SAFETY_HOUSE: ("/gedeeld/", "Gedeeld met ons"),
    Role.PROJECT_LEADER: ("/dekking/", "Wie betaalt de nazorg?"),
    Role.TECHNICAL_ADMIN: ("/accounts/", "accounts"),
    Role.PRIVACY_OFFICER: ("/inzage/", "Wie keek waar"),
}


@pytest.mark.parametrize("role", FIRST_PAGES)
def test_one_click_and_one_is_in(enter: Enter, role: Role) -> None:
    address, heading = FIRST_PAGES[role]
    page = enter(role)
    assert page.url.endswith(address)
    assert heading in page.get_by_role("heading", level=1).inner_text()
    assert "Alle mensen zijn verzonnen" in page.get_by_role("complementary", name="Let op").inner_text()
