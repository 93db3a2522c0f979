"""The figures over many contacts: the database counts, and neither the statements nor the page grow."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from typing import Any
from unittest.mock import patch

from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gib.care.products.models import Contact
from gib.core.access import together
from gib.core.access.tables import Role
from gib.core.kernel.dates import Period
from gib.insight.reporting.domain import Figure, Group
from gib.insight.reporting.models import count, rows
from gib.portal.demo.days import TODAY
from tests.services import crowd
from tests.world.base import WorldCase, as_house, enter, seats

CONTACTS, MOTHERS = 20_000, 400
YEAR = TODAY.year - 1
DAYS = Period(date(YEAR, 1, 1), date(YEAR, 12, 31))
PAGES = (f"/cijfers/{YEAR}/", f"/cijfers/{YEAR}/gemeenten/")
MOST_BYTES, MOST_STATEMENTS = 60 * 1024, 15
#: Statements of the engine itself, not questions.
OWN = ("SAVEPOINT", "set_config")


@contextmanager
def read() -> Iterator[list[int]]:
    """Note how many rows the figures bring from the database into Python, one number per question."""
    found: list[int] = []

    def asked(questions: Any) -> list[list[Any]]:
        answers = together.ask(questions)
        found.extend(len(each) for each in answers)
        return answers

    with patch.object(rows, "ask", asked):
        yield found


def visited(client: Client, path: str) -> tuple[int, int, int]:
    """Visit a page: statements, rows brought into Python, and bytes."""
    with ExitStack() as stack:
        stores = [stack.enter_context(CaptureQueriesContext(store)) for store in connections.all()]
        brought = stack.enter_context(read())
        answer = client.get(path)
        assert answer.status_code == 200
        told = [query["sql"] for store in stores for query in store.captured_queries]
    statements = [sql for sql in told if not any(word in sql for word in OWN)]
    return len(statements), sum(brought), len(answer.content)


class TestACrowd(WorldCase):
    """The same pages before and after twenty thousand contacts."""

    def test_pages_of_figures_grow_with_nothing(self) -> None:
        visitors = [enter(seats(role)[0]) for role in (Role.PROJECT_LEADER, Role.COORDINATOR)]
        places = [(client, path) for client in visitors for path in PAGES]
        for client, path in places:
            client.get(path)
        before = [visited(*place) for place in places]
        with as_house():
            crowd.gather(CONTACTS, MOTHERS, DAYS.from_on, 365)
        for place, (statements, brought, _size) in zip(places, before, strict=True):
            after = visited(*place)
            assert after[0] == statements, place
            assert after[1] <= brought + 10, place
            assert after[2] <= MOST_BYTES, place
            assert statements <= MOST_STATEMENTS, place

    def test_what_was_added_is_counted(self) -> None:
        before = count(DAYS, TODAY)
        with as_house():
            crowd.gather(CONTACTS, MOTHERS, DAYS.from_on, 365)
        after = count(DAYS, TODAY)
        added = {figure: after[Group.YEAR, figure] - before[Group.YEAR, figure] for figure in Figure}
        minutes = sum(30 + number % 60 for number in range(CONTACTS))
        assert added[Figure.CONTACTS] == CONTACTS
        assert added[Figure.MOTHERS] == MOTHERS
        assert abs(added[Figure.HOURS] - minutes / 60) <= 1

    def test_a_figure_that_reads_each_contact_is_noticed(self) -> None:
        """The negative control."""
        with as_house():
            crowd.gather(CONTACTS, MOTHERS, DAYS.from_on, 365)
            with read() as brought:
                rows.ask([Contact.for_house("test", TODAY).values_list("team_id", "minutes")])
        assert sum(brought) >= CONTACTS
