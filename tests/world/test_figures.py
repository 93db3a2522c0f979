"""The figures of a year, counted from the rows, from the journal, and by hand, on the whole demonstration."""

from datetime import date
from unittest.mock import patch

from django.db import connection

from gib.care.intake.models import Talk
from gib.care.products.models import Attendance, Contact, GroupMeeting
from gib.care.products.moeder_kind_bezoeken.models import MeetingChild
from gib.care.trajectory.models import Review
from gib.core.access.rls import MARK
from gib.insight.reporting.domain import WORKED_OUT, Figure, Group, days_of, in_places, report_of
from gib.insight.reporting.models import book, cells, count, first_day, gap, journal_cells, team_places
from gib.insight.reporting.words import FIGURES
from gib.people.families.models import Child
from gib.people.volunteers.models import Volunteer
from gib.portal.demo.days import TODAY
from tests.world.base import WorldCase, as_house, rows_of

YEARS = (TODAY.year - 1, TODAY.year)
#: Figure -> the same question in plain words of the database: prison, and how much.
PLAIN = {
    Figure.REFERRALS: "SELECT r.team_id, count(*) FROM referral_referral r"
    " WHERE r.submitted_on BETWEEN %s AND %s GROUP BY 1",
    Figure.CONTACTS: "SELECT c.team_id, count(*) FROM products_contact c"
    " WHERE c.state IN ('held', 'logged') AND c.held_on BETWEEN %s AND %s GROUP BY 1",
    "minutes": "SELECT c.team_id, sum(c.minutes) FROM products_contact c"
    " WHERE c.state IN ('held', 'logged') AND c.held_on BETWEEN %s AND %s GROUP BY 1",
    Figure.STARTS: "SELECT p.team_id, count(*) FROM products_participation p"
    " WHERE p.started_on BETWEEN %s AND %s GROUP BY 1",
    Figure.FIRST_TALKS: "SELECT r.team_id, count(*) FROM referral_referral r"
    " WHERE r.talked_on BETWEEN %s AND %s GROUP BY 1",
    Figure.LET_GO: "SELECT t.team_id, count(*) FROM trajectory_trajectory t"
    " WHERE t.close_reason = 'not_funded' AND t.closed_on BETWEEN %s AND %s GROUP BY 1",
}
#: What is waited for -> pairs of days.
WAITS = {
    Figure.TALK_WAIT: "SELECT submitted_on, talked_on FROM referral_referral"
    " WHERE talked_on BETWEEN %s AND %s",
    Figure.START_WAIT: "SELECT wished_on, started_on FROM products_participation"
    " WHERE started_on BETWEEN %s AND %s",
}


def apart(year: int) -> set[tuple[str, str, str]]:
    """Name the figures, per prison and per municipality, of which rows and journal tell otherwise."""
    days, places = days_of(year, first_day(TODAY), TODAY), team_places()
    found: set[tuple[str, str, str]] = set()
    for rows, acts in zip((cells(days, TODAY), gap(days, TODAY)), journal_cells(days, TODAY), strict=True):
        ours, theirs = in_places(rows, places), in_places(acts, places)
        found |= {key for key in ours.keys() | theirs.keys() if ours.get(key) != theirs.get(key)}
    return found


def plainly(sql: str, year: int) -> list[tuple[object, ...]]:
    """Ask the database without a word of the code under test."""
    days = [date(year, 1, 1), min(date(year, 12, 31), TODAY)]
    with as_house(), connection.cursor() as cursor:
        cursor.execute(f"{MARK} {sql}", days)
        found: list[tuple[object, ...]] = cursor.fetchall()
    return found


def as_day(value: object) -> date:
    """Read a day as either engine gives it."""
    return value if isinstance(value, date) else date.fromisoformat(str(value))


class TestTheYear(WorldCase):
    """What the rows say, what the journal says and what a clerk counts is the same."""

    def test_rows_and_journal_agree_for_every_prison_and_municipality(self) -> None:
        for year in YEARS:
            assert apart(year) == set()
        assert sum(count(days_of(TODAY.year, first_day(TODAY), TODAY), TODAY).values()) > 50

    def test_every_figure_is_something_in_the_world(self) -> None:
        """Without it the agreement could be that nothing is counted."""
        reports = [count(days_of(year, first_day(TODAY), TODAY), TODAY) for year in YEARS]
        assert all(any(report[Group.YEAR, figure] for report in reports) for figure in Figure)
        assert set(FIGURES) == set(Figure)

    def test_an_act_that_the_journal_does_not_tell_is_noticed(self) -> None:
        """The negative control."""
        for names, figure in (
            ({"products.VisitLogged", "products.VisitHeld"}, Figure.CONTACTS),
            ({"products.VisitLogged"}, "minutes"),
            ({"families.ChildAdded"}, Figure.CHILDREN),
            ({"intake.TalkHeld"}, "talk_days"),
            ({"aftercare.FundingSubmitted"}, Figure.ASKED),
            ({"aftercare.FundingRejected"}, Figure.REFUSED),
            ({"aftercare.FundingGranted"}, Figure.GRANTED),
            ({"trajectory.Closed"}, Figure.LET_GO),
        ):
            told = {key: tell for key, tell in book.TOLD.items() if key not in names}
            with patch.object(book, "TOLD", told):
                missed = {key for year in YEARS for _group, key, _prison in apart(year)}
                assert figure in missed, names

    def test_plain_questions_to_the_database_give_the_same_numbers(self) -> None:
        """An oracle of its own, on every year and every prison."""
        for year in YEARS:
            counted = cells(days_of(year, first_day(TODAY), TODAY), TODAY)
            for key, sql in PLAIN.items():
                told = {team: n for (_group, one, team), n in counted.items() if one == key and n}
                assert told == {team: n for team, n in plainly(sql, year) if n}, key

    def test_waiting_is_the_mean_of_the_days_between(self) -> None:
        for year in YEARS:
            report = count(days_of(year, first_day(TODAY), TODAY), TODAY)
            for figure, sql in WAITS.items():
                waits = [(as_day(last) - as_day(first)).days for first, last in plainly(sql, year)]
                wanted = int(sum(waits) / len(waits) + 0.5) if waits else 0
                assert report[Group.YEAR, figure] == wanted, figure

    def test_teams_add_up_to_the_nation(self) -> None:
        for year in YEARS:
            counted = cells(days_of(year, first_day(TODAY), TODAY), TODAY)
            teams = {team_id for _group, _key, team_id in counted}
            nation = report_of(counted)
            for (group, key), number in nation.items():
                parts = [report_of(counted, {team}).get((group, key), 0) for team in teams]
                assert key in WORKED_OUT or sum(parts) == number, key

    def test_release_and_transfer_are_no_drop_out(self) -> None:
        """Invariant 15: each has a name of its own, and drop-out is what she stopped after it began."""
        for year in YEARS:
            report = count(days_of(year, first_day(TODAY), TODAY), TODAY)
            stopped = plainly(
                "SELECT count(*) FROM products_participation"
                " WHERE state = 'stopped_by_mother' AND started_on IS NOT NULL"
                " AND ended_on BETWEEN %s AND %s",
                year,
            )
            assert report.get((Group.PART, "stopped_by_mother"), 0) == stopped[0][0]
        names = {key for (group, key) in report if group is Group.PART}
        assert names <= {
            *("completed", "partly_completed", "stopped_by_mother", "cancelled"),
            *("ended_by_release", "ended_by_transfer", "ended_by_prison"),
        }

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
                    if row.since_on <= last
                    and not (row.left_on and row.left_on < first)
                    and row.state != "rejected"
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
