"""Who was asked to pay, per municipality and year, beside a second count in plain words of the database."""

from collections import Counter
from datetime import date, timedelta
from unittest.mock import patch

from django.db import connection

from gib.care.aftercare.models import FundingRequest
from gib.care.trajectory.models import Trajectory
from gib.core.access.rls import MARK
from gib.core.access.tables import Role
from gib.core.kernel.dates import Period
from gib.insight.reporting.domain import GAP, Figure, Group, days_of, report_of
from gib.insight.reporting.models import cells, first_day, gap, rows, without_trail
from gib.insight.reporting.municipal import towns_of
from gib.portal.demo.days import TODAY
from tests.world.base import WorldCase, as_house, seats

YEARS = (TODAY.year - 1, TODAY.year)
_ASKED = """
    SELECT municipality_id, count(*) FROM aftercare_fundingrequest
    WHERE submitted_on BETWEEN %(first)s AND %(last)s AND {} GROUP BY municipality_id
"""
#: A request that an agreement covered was never sent: it counts on the day of that yes.
_DEALT = """
    SELECT municipality_id, count(*) FROM aftercare_fundingrequest
    WHERE (submitted_on BETWEEN %(first)s AND %(last)s
           OR (submitted_on IS NULL AND answered_on BETWEEN %(first)s AND %(last)s))
      AND state <> 'draft' AND {} GROUP BY municipality_id
"""
SQL = {
    Figure.ASKED: _ASKED.format("state <> 'draft'"),
    Figure.GRANTED: _DEALT.format(
        "state IN ('covered', 'granted', 'granted_alternative', 'reported', 'settled')"
    ),
    Figure.REFUSED: _DEALT.format("ground <> ''"),
    Figure.SILENT: _DEALT.format(
        "((state = 'submitted' AND due_on < %(on)s) OR state = 'no_answer'"
        " OR (state IN ('let_go', 'granted_alternative') AND ground = ''))"
    ),
    Figure.LET_GO: """
        SELECT let_go_municipality_id, count(*) FROM trajectory_trajectory
        WHERE close_reason = 'not_funded' AND closed_on BETWEEN %(first)s AND %(last)s
        GROUP BY let_go_municipality_id
    """,
    Figure.CONCERNED: """
        WITH dealt AS (
            SELECT id, dossier_id, municipality_id, COALESCE(submitted_on, answered_on) AS day
            FROM aftercare_fundingrequest WHERE state <> 'draft'
        ), placed AS (
            SELECT dossier_id, municipality_id,
                   row_number() OVER (PARTITION BY dossier_id ORDER BY day DESC, id DESC) AS place
            FROM dealt WHERE day BETWEEN %(first)s AND %(last)s
        )
        SELECT placed.municipality_id, count(*) FROM families_child child
        JOIN placed ON placed.dossier_id = child.dossier_id AND placed.place = 1
        WHERE child.known_on <= %(last)s
          AND (child.adult_noted_on IS NULL OR child.adult_noted_on >= %(first)s)
        GROUP BY placed.municipality_id
    """,
}
Counts = dict[tuple[str, str], int]


def by_oracle(days: Period, on: date) -> Counts:
    """Ask the database itself: figure and municipality -> how many."""
    found: Counts = {}
    with as_house(), connection.cursor() as cursor:
        for figure, sql in SQL.items():
            cursor.execute(f"{MARK} {sql}", {"first": days.from_on, "last": days.to_on, "on": on})
            found |= {(figure, code): number for code, number in cursor.fetchall()}
    return found


def by_report(days: Period, on: date) -> Counts:
    """Add the teams of the report together."""
    found: Counter[tuple[str, str]] = Counter()
    for (figure, code, _team), number in gap(days, on).items():
        found[figure, code] += number
    return dict(found)


def of(year: int) -> Period:
    return days_of(year, first_day(TODAY), TODAY)


class TestTheGap(WorldCase):
    """On the whole demonstration."""

    def test_an_oracle_of_plain_sql_counts_the_same(self) -> None:
        assert set(SQL) == set(GAP)
        for year in YEARS:
            assert by_report(of(year), TODAY) == by_oracle(of(year), TODAY), year

    def test_on_other_days_and_over_other_spans_too(self) -> None:
        for back in (0, 17, 60, 200):
            days = Period(TODAY - timedelta(days=back + 90), TODAY - timedelta(days=back))
            for on in (TODAY, TODAY + timedelta(days=80)):
                assert by_report(days, on) == by_oracle(days, on), (days, on)

    def test_every_outcome_is_there_and_more_than_one_municipality(self) -> None:
        """Without it the agreement could be that nothing is counted."""
        found = [key for year in YEARS for key, number in by_report(of(year), TODAY).items() if number]
        assert {figure for figure, _code in found} == set(GAP)
        assert len({code for _figure, code in found}) > 1

    def test_a_count_that_forgets_something_is_found_out(self) -> None:
        """The negative control: a silence that is not noticed, and a request of a day that is left out."""
        days = Period(TODAY - timedelta(days=400), TODAY)
        wanted = by_oracle(days, TODAY)
        blind = {name: way for name, way in rows.outcomes(TODAY).items() if name != "silent"}
        deaf = {**blind, "silent": rows.Q(state="no_answer")}
        with patch.object(rows, "outcomes", lambda _on: deaf):
            assert by_report(days, TODAY) != wanted
        shorter = Period(days.from_on, TODAY - timedelta(days=1))
        with as_house():
            newest = FundingRequest.for_house("test", TODAY).exclude(submitted_on=None).latest("submitted_on")
        assert by_report(Period(days.from_on, newest.submitted_on), TODAY) != by_report(
            Period(days.from_on, newest.submitted_on - timedelta(days=1)), TODAY
        )
        assert by_report(shorter, TODAY) == by_oracle(shorter, TODAY)

    def test_the_municipalities_add_up_to_the_national_figure(self) -> None:
        for year in YEARS:
            nation = report_of(cells(of(year), TODAY))
            counted = Counter[str]()
            for (figure, _code, _team), number in gap(of(year), TODAY).items():
                counted[figure] += number
            assert {figure: nation[Group.YEAR, figure] for figure in GAP} == {
                figure: counted[figure] for figure in GAP
            }

    def test_the_numbers_of_every_team_add_up_to_those_of_the_nation(self) -> None:
        """What each coordinator sees of her own, added, is what the project leader may not see exactly."""
        for year in YEARS:
            added: Counter[tuple[str, str]] = Counter()
            for seat in seats(Role.COORDINATOR):
                towns, _all = towns_of(seat.actor(), year, first_day(TODAY), TODAY)
                for town in towns:
                    added.update({(figure, town.code): int(n) for figure, n in town.numbers.items()})
            seated = {team for seat in seats(Role.COORDINATOR) for team in seat.actor().team_ids}
            for (figure, code, team), number in gap(of(year), TODAY).items():
                if team not in seated:
                    added.update({(figure, code): number})
            assert {key: n for key, n in added.items() if n} == by_oracle(of(year), TODAY)

    def test_the_project_leader_sees_no_small_number_and_no_name(self) -> None:
        leader = seats(Role.PROJECT_LEADER)[0].actor()
        for year in YEARS:
            wanted = by_oracle(of(year), TODAY)
            for town in towns_of(leader, year, first_day(TODAY), TODAY)[0]:
                for figure, text in town.numbers.items():
                    number = wanted.get((figure, town.code), 0)
                    assert text == ("<10" if 0 < number < 10 else str(5 * round(number / 5)))
                assert not town.leads


class TestTheTrail(WorldCase):
    """Invariant 8: nobody is let go for lack of money without a request that failed."""

    def test_everybody_who_was_let_go_has_a_trail(self) -> None:
        with as_house():
            closed = Trajectory.for_house("test", TODAY).filter(close_reason="not_funded").count()
        assert closed > 0
        assert without_trail(TODAY) == []

    def test_a_planted_row_without_a_trail_is_found(self) -> None:
        """The negative control, in each way in which a trail can be false."""
        with as_house():
            plan = Trajectory.for_house("test", TODAY).filter(close_reason="not_funded").first()
            trail = FundingRequest.for_house("test", TODAY).filter(pk=plan.trail_id)
            was = trail.values("state", "ended_on", "ground", "due_on", "trajectory_id").get()
            other = Trajectory.for_house("test", TODAY).exclude(pk=plan.pk).first()
            for lie in (
                {"state": "granted"},
                {"ended_on": TODAY - timedelta(days=999)},
                {"ground": "", "due_on": None},
                {"trajectory_id": other.pk},
            ):
                trail.update(**lie)
                assert without_trail(TODAY) == [plan.pk], lie
                trail.update(**was)
            Trajectory.for_house("test", TODAY).filter(pk=plan.pk).update(trail_id=other.pk)
            assert without_trail(TODAY) == [plan.pk]
