"""The figures of a year, counted from the rows, from the journal, and by hand, on the whole demonstration."""

from datetime import date
from unittest.mock import patch

from gib.care.intake.models import Talk
from gib.care.products.models import Attendance, Contact, GroupMeeting
from gib.care.products.moeder_kind_bezoeken.models import MeetingChild
from gib.care.trajectory.models import Review
from gib.insight.reporting.domain import Figure, Group, days_of
from gib.insight.reporting.models import count, first_day, from_journal, ledger
from gib.people.families.models import Child
from gib.people.volunteers.models import Volunteer
from gib.portal.demo.days import TODAY
from tests.world.base import WorldCase, as_house, rows_of

YEARS = (TODAY.year - 1, TODAY.year)


def apart(year: int) -> set[tuple[Group, str]]:
    """Name the figures of which rows and journal tell otherwise."""
    days = days_of(year, first_day(TODAY), TODAY)
    rows, journal = count(days, TODAY), from_journal(days, TODAY)
    return {key for key in rows.keys() | journal.keys() if rows.get(key, 0) != journal.get(key, 0)}


class TestTheYear(WorldCase):
    """What the rows say, what the journal says and what a clerk counts is the same."""

    def test_rows_and_journal_agree(self) -> None:
        for year in YEARS:
            assert apart(year) == set()
        assert sum(count(days_of(TODAY.year, first_day(TODAY), TODAY), TODAY).values()) > 50

    def test_an_act_that_the_journal_does_not_tell_is_noticed(self) -> None:
        """The negative control."""
        for name, figure in (("products.VisitLogged", "contacts"), ("families.ChildAdded", "children")):
            told = {
                key: tell for key, tell in ledger._TOLD.items() if key not in (name, "products.VisitHeld")
            }
            with patch.object(ledger, "_TOLD", told):
                assert (Group.YEAR, figure) in apart(TODAY.year - 1) | apart(TODAY.year), name

    def test_a_clerk_counts_the_same_persons(self) -> None:
        for year in YEARS:
            first, last = date(year, 1, 1), min(date(year, 12, 31), TODAY)
            report = count(days_of(year, first_day(TODAY), TODAY), TODAY)
            with as_house():
                mothers = self._seen(first, last)
                children = [
                    row
                    for row in rows_of(Child)
                    if row.dossier_id in mothers
                    and row.known_on <= last
                    and not (row.adult_noted_on and row.adult_noted_on < first)
                ]
                volunteers = [
                    row
                    for row in rows_of(Volunteer)
                    if row.since_on <= last and not (row.left_on and row.left_on < first)
                ]
            wanted = {
                Figure.MOTHERS: len(mothers),
                Figure.CHILDREN: len(children),
                Figure.VOLUNTEERS: len(volunteers),
            }
            assert {figure: report[Group.YEAR, str(figure)] for figure in wanted} == wanted

    def _seen(self, first: date, last: date) -> set[object]:
        """Read who was seen, one row after another."""
        meetings = {row.pk: row.planned_on for row in GroupMeeting.objects.all()}
        days = [(row.dossier_id, row.held_on) for row in [*rows_of(Talk), *rows_of(Review)]]
        days += [(row.dossier_id, row.held_on) for row in rows_of(Contact) if row.state in ("held", "logged")]
        days += [
            (row.dossier_id, meetings[row.meeting_id])
            for row in rows_of(Attendance)
            if row.presence == "present"
        ]
        days += [(row.dossier_id, meetings[row.meeting_id]) for row in rows_of(MeetingChild) if row.inside_at]
        return {dossier_id for dossier_id, on in days if on and first <= on <= last}
