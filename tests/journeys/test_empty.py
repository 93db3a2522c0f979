"""Every page that links lead to in a house where nothing has happened yet: empty, sound, and no dead link."""

import pytest

from gib.core.access.tables import Role
from tests.journeys.conftest import Enter
from tests.journeys.seeing import Walk, look

WORLD = "bare"
#: Role -> the fewest kinds of pages that its links lead to: a walk that died finds fewer.
FEWEST = {
    Role.COORDINATOR: 30,
    Role.PROJECT_LEADER: 20,
    Role.VOLUNTEER: 5,
    Role.REFERRER: 6,
    Role.MUNICIPALITY: 4,
    Role.SAFETY_HOUSE: 6,
    Role.TECHNICAL_ADMIN: 5,
    Role.PRIVACY_OFFICER: 4,
}
#: Role -> what its first page says when there is nothing.
EMPTY = {
    Role.COORDINATOR: "Niets dat op u wacht",
    Role.VOLUNTEER: "Nog geen gezin",
    Role.REFERRER: "Nog geen aanmeldingen",
    Role.MUNICIPALITY: "Niets dat op u wacht",
    Role.SAFETY_HOUSE: "Er is nu niets gedeeld",
}


@pytest.mark.parametrize("role", FEWEST)
def test_an_empty_house_is_sound(sit: Enter, role: Role) -> None:
    page = sit(role)
    assert EMPTY.get(role, "") in page.locator("main").inner_text()
    walk, found, empty = Walk(page), [], 0
    for kind in walk.pages():
        is_empty = page.locator(".empty").count() > 0
        empty += is_empty
        if is_empty:
            found += [f"{fault} on {kind}" for fault in look(page)]
    assert walk.dead == []
    assert found == []
    assert len(walk.seen) >= FEWEST[role]
    assert empty or role not in EMPTY
