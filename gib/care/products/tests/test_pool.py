"""The matching problem of a team equals the facts: held to the acts, one pair at a time."""

from typing import Any

import pytest

from gib.care.products import actions, builders
from gib.care.products.domain.match import EndReason, Why
from gib.care.products.models import Participation
from gib.care.products.models.pool import flat, middles_of, problem_of_team
from gib.care.products.tests.conftest import NOW, day, later, write
from gib.care.trajectory import builders as trajectories
from gib.core.access import rls
from gib.core.access.actor import Actor
from gib.core.access.together import ask
from gib.core.kernel.rules import RuleBroken
from gib.core.vault import reads
from gib.engines.matching import Pool, Problem
from gib.engines.matching.rules import faults_of
from gib.people.partners.domain import Product
from gib.people.partners.models import Postcode
from gib.people.volunteers import actions as volunteers
from gib.people.volunteers import builders as papers
from gib.people.volunteers.actions.availability import tell_absence
from gib.people.volunteers.domain import Requirement
from gib.people.volunteers.domain import State as Standing
from gib.people.volunteers.domain.availability import Away
from gib.people.volunteers.models import Completion, Volunteer

pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])


@pytest.fixture
def team(coordinator: Actor) -> dict[str, Any]:
    """Give two mothers who wait, inside and at home, and volunteers of every sort."""
    inside, home = trajectories.inside(coordinator, NOW, 0), trajectories.outside(coordinator, NOW, 1)
    parts = [
        builders.planned(coordinator, inside.dossier_id, Product.BEZOEKMOEDERS, NOW),
        builders.planned(coordinator, home.dossier_id, Product.MOEDERMAATJES, NOW),
    ]
    made = {name: builders.a_volunteer(coordinator, NOW, given_name=name.title()) for name in _NAMES}
    made["geen poort"] = papers.available(coordinator, NOW, *Product)
    made["nieuw"] = papers.interested(coordinator, NOW)
    _lapses(made["geen vog"], Requirement.VOG_84)
    _lapses(made["vrijgesteld"], Requirement.TRAINING_BEZOEKMOEDERS)
    volunteers.exempt(coordinator, made["vrijgesteld"].id, Requirement.TRAINING_BEZOEKMOEDERS, day(60), NOW)
    volunteers.move(coordinator, made["pauze"].id, Standing.ON_LEAVE, NOW)
    tell_absence(coordinator, made["weg"].id, Away(day(0), day(9)), NOW)
    made["anders"].languages = "es"
    write(made["anders"])
    actions.exclude(coordinator, inside.dossier_id, made["niet bij haar"].id, Why.HER_WISH, NOW)
    third = trajectories.inside(coordinator, NOW, 2)
    asked = builders.planned(coordinator, third.dossier_id, Product.BEZOEKMOEDERS, NOW)
    match = builders.proposed(coordinator, asked, made["vol"], NOW)
    return {"parts": parts, "made": made, "asked": asked, "match": match}


_NAMES = (
    *("alles", "geen poort", "geen vog", "pauze", "weg"),
    *("vol", "anders", "vrijgesteld", "niet bij haar"),
)


def _lapses(volunteer: Volunteer, requirement: Requirement) -> None:
    with rls.system("test"):
        row = Completion.for_house("test", NOW.on).get(volunteer_id=volunteer.id, requirement=requirement)
    row.to_on = day(-1)
    write(row)


def _faults(problem: Problem, part: Participation, volunteer: Volunteer) -> set[str]:
    pool = Pool(problem)
    (demand,) = [one for one in problem.waiting if one.id == str(part.id)]
    return {fault.code for fault in faults_of(pool, demand, pool.place_of[str(volunteer.id)])}


def _refused(actor: Actor, part: Participation, volunteer: Volunteer) -> str:
    """Ask the act itself, and take back what it did."""
    try:
        match = builders.proposed(actor, part, volunteer, NOW)
    except RuleBroken as broken:
        return broken.code
    actions.withdraw_match(actor, match.id, NOW)
    return ""


#: What the matching asks beyond the act: she shares a language and is not away.
_MORE = {"match_language", "match_away"}


def test_each_pair_is_possible_exactly_when_the_act_allows(coordinator: Actor, team: dict[str, Any]) -> None:
    problem = problem_of_team(coordinator, NOW.on)
    seen = set[bool]()
    for part in team["parts"]:
        for name, volunteer in team["made"].items():
            faults = _faults(problem, part, volunteer)
            refused = _refused(coordinator, part, volunteer)
            more = _MORE if name in ("anders", "weg") else set[str]()
            assert bool(faults - more) == bool(refused), (part.product, name, faults, refused)
            assert (more & faults != set()) == (name in ("anders", "weg")), name
            seen.add(bool(faults))
    assert seen == {True, False}


@pytest.mark.parametrize(
    ("name", "at", "faults"),
    [
        ("alles", 0, set()),
        ("geen poort", 0, {"match_permit"}),
        ("geen poort", 1, set()),
        ("geen vog", 0, {"match_requirement"}),
        ("pauze", 0, {"match_away"}),
        ("weg", 1, {"match_away"}),
        ("vol", 0, {"match_capacity"}),
        ("anders", 0, {"match_language"}),
        ("vrijgesteld", 0, set()),
        ("niet bij haar", 0, {"match_veto"}),
        ("niet bij haar", 1, set()),
    ],
)
def test_the_rule_that_keeps_somebody_away_is_the_fact_of_the_database(
    coordinator: Actor, team: dict[str, Any], name: str, at: int, faults: set[str]
) -> None:
    problem = problem_of_team(coordinator, NOW.on)
    assert _faults(problem, team["parts"][at], team["made"][name]) == faults


def test_who_is_asked_for_does_not_wait(coordinator: Actor, team: dict[str, Any]) -> None:
    waiting = {one.id for one in problem_of_team(coordinator, NOW.on).waiting}
    assert waiting == {str(part.id) for part in team["parts"]}
    actions.withdraw_match(coordinator, team["match"].id, NOW)
    assert str(team["asked"].id) in {one.id for one in problem_of_team(coordinator, NOW.on).waiting}


def test_another_team_gives_nothing(stranger: Actor, team: dict[str, Any]) -> None:
    problem = problem_of_team(stranger, NOW.on)
    assert (problem.waiting, problem.volunteers, problem.exclusions) == ((), (), ())


def test_the_same_facts_give_the_same_problem(coordinator: Actor, team: dict[str, Any]) -> None:
    assert problem_of_team(coordinator, NOW.on) == problem_of_team(coordinator, NOW.on)


def test_who_waits_again_counts_from_the_end_of_her_match(coordinator: Actor) -> None:
    part, match = builders.visiting(coordinator, NOW)
    actions.end_match(coordinator, match.id, EndReason.BY_VOLUNTEER, later(20))
    (demand,) = problem_of_team(coordinator, day(25)).waiting
    assert (demand.id, demand.since_on) == (str(part.id), day(20))
    assert demand.visited_by == str(match.volunteer_id)


def test_two_who_did_not_click_are_not_put_together_again(coordinator: Actor) -> None:
    part, match = builders.visiting(coordinator, NOW)
    other = builders.a_volunteer(coordinator, NOW)
    actions.say_no_click(coordinator, match.id, later(3))
    problem = problem_of_team(coordinator, day(4))
    assert problem.waiting[0].since_on == day(3)
    assert _faults(problem, part, match.volunteer) == {"match_no_click"}
    assert _faults(problem, part, other) == set()


def test_a_road_that_is_known_keeps_away_who_does_not_go_so_far(
    coordinator: Actor, team: dict[str, Any]
) -> None:
    part, volunteer = team["parts"][1], team["made"]["alles"]
    problem = problem_of_team(coordinator, NOW.on)
    assert not {str(volunteer.id)} & {place.code for place in problem.places}
    assert _faults(problem, part, volunteer) == set()
    # Maastricht lies two hours from Amsterdam.
    Postcode.objects.create(digits="3511", place="Voorbeeldstad", latitude=50.85, longitude=5.69)
    assert _faults(problem_of_team(coordinator, NOW.on), part, volunteer) == {"match_travel"}


def test_no_sealed_field_is_opened(coordinator: Actor, team: dict[str, Any]) -> None:
    with reads.counting(reads.ReadSet()) as seen:
        problem_of_team(coordinator, NOW.on)
        assert not seen.boxes
        assert next(iter(Volunteer.visible_to(coordinator, NOW.on).unlocked())).given_name
    assert seen.boxes


def test_a_place_that_nobody_knows_is_not_on_the_map() -> None:
    """Metres from one point, rounded: a hundredth of a degree north is a little over a kilometre."""
    middles = [("3511", 52.0, 5.0), ("3512", 52.01, 5.0), ("3513", 52.0, 5.01)]
    found = flat(middles)
    (east, north), up, right = found["3511"], found["3512"], found["3513"]
    assert (up[0] - east, up[1] - north) == (0, 1113)
    assert (right[0] - east, right[1] - north) == (682, 0)
    assert "9999" not in found


def test_the_middle_of_a_prison_is_known_and_that_of_no_area_is_empty(coordinator: Actor) -> None:
    areas, gates = ask([*middles_of({"", "0000"}, "NSL")])
    assert flat(areas) == {}
    assert flat(gates).keys() == {"NSL"}
