"""Every form, filled with nonsense in a browser without scripts: it comes back with its errors."""

import pytest

from gib.core.access.tables import Role
from tests.journeys.conftest import Enter
from tests.journeys.house import House
from tests.journeys.seeing import FORM, opened, spoilt

WORLD = "full"
#: Role -> the fewest kinds of forms that it may fill in.
FEWEST = {Role.COORDINATOR: 95, Role.VOLUNTEER: 6, Role.MUNICIPALITY: 3, Role.REFERRER: 1}


@pytest.fixture
def scripts() -> bool:
    """Run none."""
    return False


@pytest.mark.parametrize("role", FEWEST)
def test_every_form_comes_back_with_its_errors(sit: Enter, house: House, role: Role) -> None:
    page, number, silent = sit(role), 0, []
    for kind, urls in house.people[role]["kinds"].items():
        if not opened(page, urls) or not spoilt(page):
            continue
        number += 1
        shown = page.get_by_role("alert")
        if shown.count() == 0 or not page.locator(FORM).get_by_role("button").first.is_visible():
            silent.append(kind)
    assert silent == []
    assert number >= FEWEST[role], number
