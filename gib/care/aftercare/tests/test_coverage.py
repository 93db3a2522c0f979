"""Who pays where: the gap of a team, and the numbers per municipality."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gib.care.aftercare import actions, builders, mapping, presenting, sheet
from gib.care.aftercare.domain import Alternative
from gib.care.aftercare.domain.coverage import Standing
from gib.care.aftercare.models import Counted, coverage, uncovered
from gib.care.aftercare.models.lists import agreements, may_pay
from gib.care.aftercare.tests.conftest import NOW, Cast, later
from gib.care.trajectory import actions as plans
from gib.care.trajectory import builders as trajectories
from gib.core.sheets.writing import to_csv, to_xlsx
from gib.core.vault.reads import ReadSet
from gib.people.families import actions as families
from gib.people.families import builders as mothers
from gib.people.families.domain.codes import Confidence, ReturnKind, Source

pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])
PAYING, REFUSING = builders.PAYING, builders.REFUSING


def expecting(people: Cast, days: int, number: int = 0, code: str = PAYING) -> UUID:
    """Give a mother who leaves in some days."""
    dossier_id = builders.a_mother(people.coordinator, NOW, number, code)
    leaves_on = NOW.on + timedelta(days=days)
    families.expect_release(people.coordinator, dossier_id, leaves_on, Source.PRISON, Confidence.CERTAIN, NOW)
    return dossier_id


def of(code: str, on: date = NOW.on) -> Counted:
    return next(row for row in coverage(on) if row.code == code)


# ---- the gap


@pytest.mark.requirement("FIN-01")
@pytest.mark.parametrize(("days", "is_there"), [(1, True), (56, True), (90, True), (91, False), (400, False)])
def test_who_leaves_soon_without_cover_is_in_the_gap(people: Cast, days: int, is_there: bool) -> None:
    dossier_id = expecting(people, days)
    found = [row.dossier_id for row in uncovered(people.coordinator, NOW.on)]
    assert (dossier_id in found) is is_there


def test_who_leaves_first_stands_first_and_who_is_home_before_all(people: Cast) -> None:
    late, soon, home = (expecting(people, days, number) for number, days in enumerate((60, 20, 80)))
    mothers.released(people.coordinator, home, NOW, PAYING)
    found = uncovered(people.coordinator, NOW.on)
    assert [row.dossier_id for row in found] == [home, soon, late]
    assert (found[0].code, found[0].leaves_on) == (PAYING, None)


def test_a_mother_without_an_expected_day_is_not_near(people: Cast) -> None:
    builders.a_mother(people.coordinator, NOW)
    assert uncovered(people.coordinator, NOW.on) == []


def test_who_is_covered_is_not_in_the_gap(people: Cast) -> None:
    dossier_id = expecting(people, 20)
    trajectories.covered(people.coordinator, dossier_id, NOW)
    assert uncovered(people.coordinator, NOW.on) == []


def test_a_cover_that_begins_at_her_release_counts(people: Cast) -> None:
    dossier_id = expecting(people, 20)
    starts = NOW.on + timedelta(days=20)
    plans.record_cover(people.coordinator, dossier_id, "fund", starts, None, "x", NOW)
    assert uncovered(people.coordinator, NOW.on) == []


def test_a_cover_that_ended_does_not_count(people: Cast) -> None:
    dossier_id = expecting(people, 20)
    trajectories.covered(people.coordinator, dossier_id, NOW, days=5)
    found = uncovered(people.coordinator, later(NOW, 6).on)
    assert [row.dossier_id for row in found] == [dossier_id]


def test_a_closed_plan_is_not_in_the_gap(people: Cast) -> None:
    row = builders.let_go(people.coordinator, NOW)
    mothers.released(people.coordinator, row.dossier_id, NOW, REFUSING)
    assert uncovered(people.coordinator, NOW.on) == []


def test_a_mother_without_a_municipality_is_in_the_gap_too(people: Cast) -> None:
    """Domain page 1.9: no fixed address is a value of its own, and she is not forgotten for it."""
    dossier_id = expecting(people, 20)
    families.set_return(people.coordinator, dossier_id, ReturnKind.NO_FIXED_ADDRESS, None, NOW)
    assert [(row.dossier_id, row.code) for row in uncovered(people.coordinator, NOW.on)] == [
        (dossier_id, None)
    ]


@pytest.mark.parametrize("who", ["stranger", "volunteer", "referrer", "paying", "safety_house"])
def test_the_gap_of_a_team_is_seen_by_that_team(people: Cast, who: str) -> None:
    expecting(people, 20)
    assert uncovered(getattr(people, who), NOW.on) == []


# ---- numbers per municipality


def test_a_quiet_municipality_has_no_demand(people: Cast) -> None:
    row = of(PAYING)
    assert row.standing is Standing.IDLE
    assert (row.women, row.asked, row.let_go, row.children) == (0, 0, 0, 0)


def test_every_way_a_request_can_go_is_counted(people: Cast) -> None:
    c = people.coordinator
    builders.granted(c, NOW, 0, REFUSING)
    builders.rejected(c, NOW, 1)
    builders.let_go(c, NOW, 2)
    builders.submitted(c, NOW, 3, REFUSING)
    builders.drafted(c, NOW, 4, REFUSING)
    row = of(REFUSING)
    assert (row.asked, row.granted, row.refused, row.silent, row.let_go) == (4, 1, 2, 0, 1)
    assert row.standing is Standing.TALK


def test_silence_is_counted_when_the_term_has_passed(people: Cast) -> None:
    builders.submitted(people.coordinator, NOW, 0, REFUSING)
    assert of(REFUSING, later(NOW, 56).on).silent == 0
    assert of(REFUSING, later(NOW, 57).on).silent == 1


def test_silence_stays_counted_after_letting_go(people: Cast) -> None:
    row = builders.unanswered(people.coordinator, NOW)
    actions.let_go(people.coordinator, row.id, later(NOW, 63))
    found = of(REFUSING, later(NOW, 64).on)
    assert (found.silent, found.refused, found.let_go) == (1, 0, 1)


def test_a_no_stays_counted_when_somebody_else_pays(people: Cast) -> None:
    row = builders.rejected(people.coordinator, NOW)
    actions.find_alternative(people.coordinator, row.id, Alternative.FUND, NOW.on, None, NOW)
    found = of(REFUSING)
    assert (found.refused, found.granted, found.silent) == (1, 1, 0)


def test_what_an_agreement_pays_is_granted_and_not_asked(people: Cast) -> None:
    agreement = builders.agreement(people.leader, NOW)
    row = builders.drafted(people.coordinator, NOW)
    actions.cover_by_agreement(people.coordinator, row.id, agreement.pk, NOW)
    found = of(PAYING)
    assert (found.asked, found.granted, found.standing) == (0, 1, Standing.PAID)


def test_only_the_last_twelve_months_count(people: Cast) -> None:
    builders.let_go(people.coordinator, NOW)
    assert of(REFUSING, later(NOW, 365).on).let_go == 1
    assert of(REFUSING, later(NOW, 366).on).let_go == 0


def test_a_mother_counts_once_per_municipality(people: Cast) -> None:
    row = builders.submitted(people.coordinator, NOW, 0, REFUSING)
    actions.withdraw(people.coordinator, row.id, NOW)
    again = actions.draft_request(people.coordinator, row.dossier_id, NOW)
    actions.submit_request(people.coordinator, again.id, builders.EXTRACT, "", NOW)
    assert of(REFUSING).asked == 1


def test_children_count_where_was_asked_last(people: Cast) -> None:
    """Invariant 1: a child counts once."""
    first = builders.submitted(people.coordinator, NOW, 0, PAYING)
    for number in (0, 1):
        mothers.with_child(people.coordinator, first.dossier_id, NOW, number)
    assert (of(PAYING).children, of(REFUSING).children) == (2, 0)
    actions.supersede(people.coordinator, first.id, NOW)
    families.set_return(people.coordinator, first.dossier_id, ReturnKind.KNOWN, REFUSING, NOW)
    mothers.with_consent(people.coordinator, first.dossier_id, "municipality", NOW, recipient=REFUSING)
    moved = later(NOW, 2)
    second = actions.draft_request(people.coordinator, first.dossier_id, moved)
    actions.submit_request(people.coordinator, second.id, builders.EXTRACT, "", moved)
    assert (of(PAYING, moved.on).children, of(REFUSING, moved.on).children) == (0, 2)


def test_women_on_their_way_are_counted_as_demand(people: Cast) -> None:
    expecting(people, 20, 0, REFUSING)
    row = of(REFUSING)
    assert (row.women, row.standing) == (1, Standing.NONE)


def test_an_agreement_counts_while_it_holds(people: Cast) -> None:
    builders.agreement(people.leader, NOW, to_on=NOW.on)
    assert of(PAYING).standing is Standing.PAID
    assert of(PAYING, later(NOW, 1).on).standing is Standing.IDLE


def test_counting_reads_nobody(people: Cast, seen: ReadSet) -> None:
    builders.let_go(people.coordinator, NOW)
    seen.boxes.clear()
    assert len(coverage(NOW.on)) > 300
    assert seen.is_empty


def test_counting_asks_as_much_for_one_as_for_many(people: Cast) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            coverage(NOW.on)
        return len(asked)

    builders.submitted(people.coordinator, NOW, 0, REFUSING)
    one = queries()
    for number in range(1, 6):
        builders.submitted(people.coordinator, NOW, number, REFUSING)
        expecting(people, 20, 10 + number)
    assert queries() == one <= 12


# ---- as words


def test_small_numbers_leave_as_less_than_ten(people: Cast) -> None:
    builders.let_go(people.coordinator, NOW)
    shown = mapping.shown(of(REFUSING))
    assert shown["let_go"] == shown["asked"] == "<10"
    assert shown["granted"] == "0"


def test_a_sheet_is_exactly_the_list() -> None:
    row = {name: "<10" for name in sheet.COLUMNS} | {"name": "=HYPERLINK(1)", "standing": "Geen"}
    written = to_csv(sheet.coverage_template(), [row]).decode("utf-8-sig").splitlines()
    assert written[0].split(";") == [str(sheet.HEADINGS[name]) for name in sheet.COLUMNS]
    assert written[1].startswith("'=HYPERLINK(1);Geen;<10;")
    assert to_xlsx(sheet.coverage_template(), [row])[:2] == b"PK"


def test_the_map_knows_where_a_municipality_lies(people: Cast) -> None:
    circle = mapping.circle(of(PAYING))
    assert circle is not None
    assert (circle["name"], circle["css"]) == ("Amsterdam", Standing.IDLE)
    assert 0 < circle["x"] < mapping.WIDTH
    assert 0 < circle["y"] < mapping.HEIGHT


def test_a_place_nobody_knows_is_left_off_the_map() -> None:
    assert mapping.circle(Counted("0000", "Nergens", None, None, Standing.NONE)) is None


def test_the_map_holds_those_with_demand_apart(people: Cast) -> None:
    builders.agreement(people.leader, NOW)
    drawn, idle = mapping.mapped(coverage(NOW.on))
    assert [one["name"] for one in drawn] == ["Amsterdam"]
    assert len(idle) > 300


def placed(name: str, x: int, y: int, standing: Standing = Standing.NONE) -> dict[str, Any]:
    return {"name": name, "x": x, "y": y, "r": 6, "css": standing}


def test_a_name_stands_beside_its_circle_and_covers_no_other() -> None:
    close = [placed(f"Dorp {number}", 200 + number * 9, 200 + number * 3) for number in range(9)]
    found = mapping.names([*close, placed("Betaald", 50, 50, Standing.PAID)])
    assert 1 < len(found) < 9
    assert all(one["box"][0] >= 0 and one["box"][2] <= mapping.WIDTH for one in found)
    for one, other in combinations(found, 2):
        left, right = sorted((one["box"], other["box"]))
        assert left[2] <= right[0] or left[3] <= right[1] or right[3] <= left[1]


def test_a_map_with_many_places_names_the_largest_only() -> None:
    many = [placed(f"D{number}", 30 + number % 8 * 60, 20 + number // 8 * 40) for number in range(60)]
    found = mapping.names(many)
    assert [one["name"] for one in found] == [f"D{number}" for number in range(16)]
    assert [one["is_minor"] for one in found] == [False] * 6 + [True] * 10


def test_totals_over_municipalities_tell_no_small_number(people: Cast) -> None:
    builders.let_go(people.coordinator, NOW)
    rows = coverage(NOW.on)
    assert mapping.together(rows)["let_go"] == "<10"
    told = mapping.figures([replace(row, women=4) for row in rows[:9]])
    assert told[0]["number"] == "35"
    assert [one["tone"] for one in told] == ["stop", "warn", "busy", "rest"]


@pytest.mark.parametrize(
    ("cents", "written"), [(None, ""), (0, "€ 0"), (480000, "€ 4.800"), (123456, "€ 1.234,56"), (5, "€ 0,05")]
)
def test_money_is_written_the_dutch_way(cents: int | None, written: str) -> None:
    assert presenting.euros(cents) == written


def test_agreements_know_what_they_pay(people: Cast) -> None:
    agreement = builders.agreement(people.leader, NOW, reference="SZ-1")
    builders.agreement(people.leader, NOW, REFUSING)
    row = builders.drafted(people.coordinator, NOW)
    actions.cover_by_agreement(people.coordinator, row.id, agreement.pk, NOW)
    assert [(one.pk, used) for one, used in agreements(NOW.on, PAYING)] == [(agreement.pk, 1)]
    assert len(agreements(NOW.on)) == 2
    assert may_pay(PAYING, NOW.on) == [(str(agreement.pk), "SZ-1")]
    assert may_pay(PAYING, date(2010, 1, 1)) == []
