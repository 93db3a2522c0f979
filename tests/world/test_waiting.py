"""Who waited for a volunteer, beside a second count in plain words of the database."""

from collections import Counter
from datetime import date, timedelta
from unittest.mock import patch

from django.db import connection

from gib.care.products.domain.waiting import WaitEnd, waits_of
from gib.core.access.rls import MARK
from gib.core.access.tables import Role
from gib.core.kernel.dates import Period
from gib.insight.reporting.domain import By
from gib.insight.reporting.models import first_day, waited, waiting
from gib.insight.reporting.waiting import lines_of
from gib.portal.demo.days import TODAY
from tests.world.base import WorldCase, as_house, seats

#: Each moment at which a wait may begin, with the next volunteer she met; who is with one then waits not.
SQL = """
    WITH part AS (
        SELECT id, team_id, dossier_id, product, ended_on, COALESCE(planned_on, wished_on) AS day
        FROM products_participation
        WHERE product IN ('bezoekmoeders', 'moedermaatjes', 'ik_jij_wij')
          AND (planned_on IS NOT NULL OR started_on IS NOT NULL OR state IN ('planned', 'running'))
    ), met AS (
        SELECT participation_id, from_on, to_on FROM products_match WHERE from_on <= %(on)s
    ), moment AS (
        SELECT id, day AS since, 1 AS is_first FROM part
        UNION SELECT participation_id, to_on, 0 FROM met WHERE to_on IS NOT NULL
    )
    SELECT part.team_id, part.product,
           COALESCE((SELECT town.province FROM families_domicile home
                     JOIN partners_municipality town ON town.code = home.municipality_id
                     WHERE home.dossier_id = part.dossier_id AND home.from_on <= %(on)s
                       AND (home.to_on IS NULL OR home.to_on >= %(on)s)),
                    (SELECT town.province FROM families_participant hers
                     JOIN partners_municipality town ON town.code = hers.return_municipality_id
                     WHERE hers.dossier_id = part.dossier_id), '') AS region,
           (SELECT languages FROM families_participant hers WHERE hers.dossier_id = part.dossier_id),
           moment.since, part.ended_on,
           (SELECT min(from_on) FROM met WHERE participation_id = part.id AND from_on >= moment.since)
    FROM moment JOIN part ON part.id = moment.id
    WHERE moment.since BETWEEN %(first)s AND %(last)s
      AND (is_first = 1 OR (
          (part.ended_on IS NULL OR part.ended_on > moment.since)
          AND NOT EXISTS (SELECT 1 FROM met WHERE participation_id = part.id
                          AND from_on <= moment.since AND (to_on IS NULL OR to_on > moment.since))))
"""
SPANS = [
    Period(date(2010, 1, 1), date(2010, 12, 31)),
    Period(date(2011, 1, 1), TODAY),
    Period(TODAY - timedelta(days=400), TODAY),
    Period(TODAY - timedelta(days=90), TODAY - timedelta(days=30)),
]
Counts = Counter[tuple[int, str, str, str, str, int]]


def as_day(value: object) -> date:
    """Read a day as either engine gives it."""
    return value if isinstance(value, date) else date.fromisoformat(str(value))


def by_oracle(days: Period) -> Counts:
    """Ask the database itself: team, product, region, language, end and days -> how often."""
    found: Counts = Counter()
    with as_house(), connection.cursor() as cursor:
        cursor.execute(f"{MARK} {SQL}", {"first": days.from_on, "last": days.to_on, "on": TODAY})
        for team, product, region, languages, since, ended, met in cursor.fetchall():
            spoken = [code for code in (languages or "").split(",") if code]
            language = "nl" if "nl" in spoken else (spoken or [""])[0]
            end = "found" if met else ("stopped" if ended else "waiting")
            until = as_day(met or ended or TODAY)
            found[team, product, region, language, end, (until - as_day(since)).days] += 1
    return found


def by_page(days: Period) -> Counts:
    return Counter(
        (each.team_id, each.product, each.region, each.language, str(each.end), each.days)
        for each in waited(days, TODAY)
    )


class TestWaiting(WorldCase):
    """On the whole demonstration."""

    def test_an_oracle_of_plain_sql_counts_the_same(self) -> None:
        for days in SPANS:
            assert by_page(days) == by_oracle(days), days

    def test_every_end_is_there_and_more_than_one_region(self) -> None:
        """Without it the agreement could be that nothing is counted."""
        found = waited(SPANS[2], TODAY)
        assert {each.end for each in found} == set(WaitEnd)
        assert len({each.region for each in found}) > 1

    def test_a_count_that_forgets_who_waits_again_is_found_out(self) -> None:
        """The negative control, and one that misreads what she speaks."""
        wanted = by_oracle(SPANS[2])
        with patch.object(waiting, "waits_of", lambda day, _met, ended: waits_of(day, [], ended)):
            assert by_page(SPANS[2]) != wanted
        with patch.object(waiting, "_language", lambda codes: codes[:1]):
            assert by_page(SPANS[2]) != wanted

    def test_each_coordinator_counts_her_own_and_together_they_are_the_nation(self) -> None:
        for year in (2010, 2011):
            days = Period(date(year, 1, 1), min(date(year, 12, 31), TODAY))
            wanted = Counter[tuple[str, str]]()
            seen = {team for seat in seats(Role.COORDINATOR) for team in seat.actor().team_ids}
            for (team, product, _region, _language, end, _days), number in by_oracle(days).items():
                wanted[product, end] += number if team in seen else 0
            added = Counter[tuple[str, str]]()
            for seat in seats(Role.COORDINATOR):
                for line in lines_of(seat.actor(), year, first_day(TODAY), TODAY):
                    if line.by is By.ALL:
                        added.update({(line.product, end): int(getattr(line, end)) for end in WaitEnd})
            assert +added == +wanted

    def test_the_project_leader_reads_no_small_number(self) -> None:
        leader = seats(Role.PROJECT_LEADER)[0].actor()
        lines = [line for year in (2010, 2011) for line in lines_of(leader, year, first_day(TODAY), TODAY)]
        assert lines
        for line in lines:
            for text in (line.asked, line.found, line.waiting, line.stopped):
                assert not text.isdigit() or text == "0" or int(text) >= 10
