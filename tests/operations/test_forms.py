"""Every form of the house, found by walking: odd words do no harm, a form without its token is noticed."""

from collections.abc import Iterator
from typing import Any, ClassVar
from unittest.mock import patch
from uuid import uuid4

from django.urls import reverse

from gib.core.access.tables import Role
from gib.core.ui.models import Submission
from tests.access.crawl import Ground
from tests.input.house import Screen
from tests.operations import wrong
from tests.operations.desk import Desk, Office, Sheet, problems, undone
from tests.operations.marks import differences, snapshot, written
from tests.operations.states import arrange
from tests.world.base import WorldCase, as_house, seats
from tests.world.more import SHEET, furnish

#: What is sent and changes nothing: it looks, or turns a switch of the reader's own browser.
LOOKS = {"portal:search", "imports:export", "ui:preference"}
LOOKS |= {"account_logout", "accounts:sessions", "accounts:choose_role"}


def uploads(desk: Desk) -> Iterator[tuple[Desk, str]]:
    """Bring in two lists, one as far as its dry run and one all the way, and give their pages."""
    screen = Screen(desk.client, desk.seat.actor())
    with as_house():
        checked = screen.bring("volunteers", SHEET.encode(), "lijst.csv")
        applied = screen.bring("volunteers", SHEET.replace("Zilvermeeuw", "Stormvogel").encode(), "twee.csv")
        screen.step("apply", applied)
    for name, upload in (("columns", checked), ("check", checked), ("result", applied)):
        yield desk, reverse(f"imports:{name}", args=[upload.id])


class TestForms(WorldCase):
    """Every form of every page, found by walking, filled in so that the house takes it."""

    office: ClassVar[Office]

    @classmethod
    def setUpTestData(cls) -> None:
        """Build the world with a mother in every state, and fill in every form once."""
        super().setUpTestData()
        first = [*furnish(cls.people), *arrange(cls.people)]
        coordinator, leader = (Desk(seats(role)[0]) for role in (Role.COORDINATOR, Role.PROJECT_LEADER))
        pages = list(uploads(coordinator))
        cls.office = Office(Ground(first), pages)
        cls.office.hand_in(leader, reverse("ui:preference"), thema="donker")
        cls.office.hand_in(leader, reverse("account_logout"))
        cls.office.hand_in(leader, reverse("accounts:sessions"))
        cls.office.hand_in(leader, reverse("accounts:choose_role"), aanstelling=str(leader.seat.pk))

    def test_a_form_that_forgets_its_token_is_noticed(self) -> None:
        def every_time(_request: Any, _form: Any) -> tuple[Submission, bool]:
            return Submission(token=uuid4()), True

        with patch("gib.core.ui.posting._claim", every_time):
            assert twice(self.office.taken["volunteers:register"]) != []
            assert twice(self.office.taken["handover:raise"]) != []

    def test_odd_words_are_kept_as_words(self) -> None:
        found = [fault for sheet in self.office.taken.values() for fault in odd(sheet)]
        assert found == []


def twice(sheet: Sheet) -> list[str]:
    """Send a form two times, and name what the second did; or that the first did nothing."""
    name = sheet.paper.route
    with undone():
        with written() as once:
            first = sheet.desk.send(sheet.paper, sheet.data)
        kept = snapshot() if once else {}
        with written() as again:
            second = sheet.desk.send(sheet.paper, sheet.data)
        moved = differences(kept, snapshot()) if again else set()
    found = [f"{name}: the second wrote {', '.join(sorted(moved))}"] if moved else []
    if bool(once) == (name in LOOKS):
        found.append(f"{name}: the first wrote {once or 'nothing'}")
    if (first.status_code, first.headers.get("Location")) != (
        second.status_code,
        second.headers.get("Location"),
    ):
        found.append(f"{name}: {first.status_code} and then {second.status_code} {problems(second)}")
    return found


def odd(sheet: Sheet) -> Iterator[str]:
    """Write odd words in every text of a form at once; they are taken or refused, and never work."""
    fields = wrong.typed(sheet)
    for text in wrong.ODD if fields else ():
        with undone():
            answer = sheet.desk.send(sheet.paper, sheet.data | {name: [text] for name in fields})
            if answer.status_code == 302:
                answer = sheet.desk.look(answer.headers["Location"])
        if answer.status_code not in (200, 204, 422):
            yield f"{sheet.paper.route} {text!r}: {answer.status_code}"
        elif "<script>alert" in answer.content.decode(errors="replace"):
            yield f"{sheet.paper.route}: a script came through"
