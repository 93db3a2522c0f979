"""Nobody is matched to a mother of her own postcode area: not asked, not introduced, not on the board."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

import pytest

from gib.care.products import actions, builders
from gib.care.products.domain.match import Override, State, check_neighbour
from gib.care.products.models import Match, Participation
from gib.care.products.models.pool import problem_of_team
from gib.care.products.tests.conftest import NOW, broken, later, refused, write
from gib.care.products.tests.test_views import at
from gib.care.referral.tests.reader import text_of, visitor
from gib.care.trajectory import builders as trajectories
from gib.core.access.actor import Actor
from gib.core.vault import reads
from gib.engines.matching import Pool
from gib.engines.matching.rules import faults_of
from gib.people.families import actions as families
from gib.people.families.actions import MotherFacts
from gib.people.families.models import home_areas, participant_of
from gib.people.partners.domain import Product
from gib.people.partners.models import Postcode
from gib.people.volunteers.models import Volunteer

#: The area of the volunteers of the stories.
HERE: Final = "Sprookjeslaan 3, 3511 AB Utrecht"
THERE: Final = "Fabelpad 1, 1012AB Amsterdam"
#: Another area, which is in the same village where that is known.
BESIDE: Final = "Sprookjeslaan 90, 3512 AB Sprookjesdorp"
WHY_NOT: Final = "De vrijwilliger woont in hetzelfde postcodegebied."
SAME_VILLAGE: Final = "De vrijwilliger woont in hetzelfde dorp."
LOOK: Final = "Haar postcode is niet bekend. Vraag na dat zij geen buren zijn."
HER_LOOK: Final = "De postcode van de vrijwilliger is niet bekend. Vraag na dat zij geen buren zijn."


class TestRule:
    @pytest.mark.parametrize("hers", [("3511",), ("1012", "3511")])
    def test_a_neighbour_is_never_asked(self, hers: tuple[str, ...]) -> None:
        with broken("volunteer_is_neighbour"):
            check_neighbour(hers, "3511", {"3511": "Sprookjesdorp"})

    @pytest.mark.parametrize(
        ("hers", "theirs"), [(("1012",), "3511"), ((), "3511"), (("3511",), ""), ((), "")]
    )
    def test_who_lives_elsewhere_or_nobody_knows_where_may(self, hers: tuple[str, ...], theirs: str) -> None:
        check_neighbour(hers, theirs, {"1012": "Fabeldorp", "9999": "Sprookjesdorp"})

    @pytest.mark.parametrize(
        ("hers", "villages", "is_refused"),
        [
            (("3512",), {"3511": "Sprookjesdorp", "3512": "Sprookjesdorp"}, True),
            (("1012", "3512"), {"3511": "Sprookjesdorp", "3512": "Sprookjesdorp"}, True),
            (("3512",), {"3511": "Sprookjesdorp", "3512": "Fabeldorp"}, False),
            (("3512",), {"3511": "Sprookjesdorp"}, False),
            (("3512",), {"3512": "Sprookjesdorp"}, False),
            (("3512",), {}, False),
            ((), {"3511": "Sprookjesdorp"}, False),
        ],
    )
    def test_nobody_of_her_village_is_asked(
        self, hers: tuple[str, ...], villages: dict[str, str], is_refused: bool
    ) -> None:
        if not is_refused:
            check_neighbour(hers, "3511", villages)
            return
        with broken("volunteer_in_village"):
            check_neighbour(hers, "3511", villages)


pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])


@pytest.fixture
def part(house: Actor) -> Participation:
    plan = trajectories.inside(house, NOW)
    return builders.planned(house, plan.dossier_id, Product.BEZOEKMOEDERS, NOW)


@pytest.fixture
def helper(house: Actor) -> Volunteer:
    row = builders.a_volunteer(house, NOW, given_name="Anna")
    assert row.pc4 == "3511"
    return row


def lives(actor: Actor, part: Participation, address: str, now: Any = NOW) -> None:
    """Write down where she lives, as the page of the mother does."""
    mother = participant_of(part.dossier_id)
    known = {name: getattr(mother, name) for name in MotherFacts.__dataclass_fields__}
    facts = replace(MotherFacts(**known), address=address)
    families.correct_participant(actor, part.dossier_id, facts, now)


def faults(actor: Actor, part: Participation, volunteer: Volunteer) -> set[str]:
    """Name the rules that keep a volunteer from a mother."""
    problem = problem_of_team(actor, NOW.on)
    pool = Pool(problem)
    (demand,) = [one for one in problem.waiting if one.id == str(part.id)]
    return {fault.code for fault in faults_of(pool, demand, pool.place_of[str(volunteer.id)])}


class TestMatch:
    def test_a_neighbour_is_not_proposed(self, house: Actor, part: Participation, helper: Volunteer) -> None:
        lives(house, part, HERE)
        with refused("volunteer_is_neighbour"):
            actions.propose_match(house, part.id, helper.id, NOW)
        with refused("match_impossible"):
            actions.propose_chosen(house, part.id, helper.id, Override.NOT_KNOWN, NOW)
        lives(house, part, THERE)
        assert actions.propose_chosen(house, part.id, helper.id, None, NOW).state == State.PROPOSED

    def test_who_moved_in_between_is_not_introduced(
        self, house: Actor, part: Participation, helper: Volunteer, told: Callable[..., list[str]]
    ) -> None:
        lives(house, part, THERE)
        match = actions.propose_match(house, part.id, helper.id, NOW)
        actions.mother_answers(house, match.id, True, NOW)
        actions.volunteer_answers(house, match.id, True, NOW)
        lives(house, part, HERE, later(1))
        with refused("volunteer_is_neighbour"):
            actions.introduce(house, match.id, later(1))
        lives(house, part, THERE, later(2))
        assert actions.introduce(house, match.id, later(2)).state == State.INTRODUCTION
        assert told(part.dossier_id)[-1] == "products.Introduced"

    def test_a_volunteer_who_moved_in_between_is_not_introduced(
        self, house: Actor, part: Participation, helper: Volunteer
    ) -> None:
        lives(house, part, THERE)
        match = actions.propose_match(house, part.id, helper.id, NOW)
        actions.mother_answers(house, match.id, True, NOW)
        actions.volunteer_answers(house, match.id, True, NOW)
        helper.pc4 = "1012"
        write(helper)
        with refused("volunteer_is_neighbour"):
            actions.introduce(house, match.id, NOW)

    @pytest.mark.parametrize("address", ["", "bij haar zus", "Sprookjeslaan 3511"])
    def test_what_is_not_known_keeps_nobody_away(
        self, house: Actor, part: Participation, helper: Volunteer, address: str
    ) -> None:
        lives(house, part, address)
        assert faults(house, part, helper) == set()
        match = actions.propose_chosen(house, part.id, helper.id, None, NOW)
        assert Match.visible_to(house, NOW.on).get(pk=match.id).state == State.PROPOSED


class TestBoard:
    @pytest.mark.parametrize("product", [Product.BEZOEKMOEDERS, Product.MOEDERMAATJES])
    def test_the_matching_keeps_neighbours_away(
        self, house: Actor, helper: Volunteer, product: Product
    ) -> None:
        make = trajectories.inside if product is Product.BEZOEKMOEDERS else trajectories.outside
        part = builders.planned(house, make(house, NOW).dossier_id, product, NOW)
        lives(house, part, HERE)
        assert faults(house, part, helper) == {"match_postcode"}
        lives(house, part, THERE)
        assert faults(house, part, helper) == set()

    def test_it_says_why_not_and_nothing_mends_it(
        self, house: Actor, part: Participation, helper: Volunteer
    ) -> None:
        lives(house, part, HERE)
        for url in (f"{at('board')}?waarom=allen", at("board_choose", part.id, helper.id)):
            page = text_of(visitor(house).get(url))
            assert WHY_NOT in page
            assert "Dit kan als" not in page
            assert "Sprookjeslaan" not in page

    def test_where_her_area_is_not_known_somebody_must_look(
        self, house: Actor, part: Participation, helper: Volunteer
    ) -> None:
        for url in (at("board"), at("board_choose", part.id, helper.id)):
            assert text_of(visitor(house).get(url)).count(LOOK) == 1
        lives(house, part, THERE)
        for url in (at("board"), at("board_choose", part.id, helper.id)):
            assert "geen buren zijn" not in text_of(visitor(house).get(url))

    def test_where_the_area_of_a_volunteer_is_not_known_somebody_must_look(
        self, house: Actor, part: Participation, helper: Volunteer
    ) -> None:
        lives(house, part, THERE)
        helper.pc4 = ""
        write(helper)
        for url in (at("board"), at("board_choose", part.id, helper.id)):
            assert text_of(visitor(house).get(url)).count(HER_LOOK) == 1


def village(*areas: str, name: str = "Sprookjesdorp 0001") -> None:
    """Let these areas be one village."""
    for digits in areas:
        Postcode.objects.create(digits=digits, place="x", latitude=52.1, longitude=5.1, village=name)


class TestVillage:
    """Two areas of one village keep two people apart as one area does."""

    @pytest.fixture(autouse=True)
    def beside(self, house: Actor, part: Participation, helper: Volunteer) -> None:
        lives(house, part, BESIDE)

    def test_the_act_and_the_board_refuse_the_same(
        self, house: Actor, part: Participation, helper: Volunteer
    ) -> None:
        assert faults(house, part, helper) == set()
        village("3511", "3512")
        assert faults(house, part, helper) == {"match_village"}
        with refused("volunteer_in_village"):
            actions.propose_match(house, part.id, helper.id, NOW)
        with refused("match_impossible"):
            actions.propose_chosen(house, part.id, helper.id, Override.NOT_KNOWN, NOW)
        for url in (f"{at('board')}?waarom=allen", at("board_choose", part.id, helper.id)):
            page = text_of(visitor(house).get(url))
            assert SAME_VILLAGE in page
            assert "Dit kan als" not in page

    @pytest.mark.parametrize(("hers", "theirs"), [("Sprookjesdorp 0001", "Fabeldorp 0001"), ("", "")])
    def test_two_villages_and_towns_keep_nobody_away(
        self, house: Actor, part: Participation, helper: Volunteer, hers: str, theirs: str
    ) -> None:
        village("3512", name=hers)
        village("3511", name=theirs)
        assert faults(house, part, helper) == set()
        assert actions.propose_chosen(house, part.id, helper.id, None, NOW).state == State.PROPOSED

    def test_who_moved_within_the_village_is_not_introduced(
        self, house: Actor, part: Participation, helper: Volunteer
    ) -> None:
        village("3511", "3512")
        lives(house, part, THERE)
        match = actions.propose_match(house, part.id, helper.id, NOW)
        actions.mother_answers(house, match.id, True, NOW)
        actions.volunteer_answers(house, match.id, True, NOW)
        lives(house, part, BESIDE, later(1))
        with refused("volunteer_in_village"):
            actions.introduce(house, match.id, later(1))

    def test_one_area_of_a_village_is_named_as_the_area_and_the_village(
        self, house: Actor, part: Participation, helper: Volunteer
    ) -> None:
        village("3511", "3512")
        lives(house, part, HERE)
        assert faults(house, part, helper) == {"match_postcode", "match_village"}
        with refused("volunteer_is_neighbour"):
            actions.propose_match(house, part.id, helper.id, NOW)


class TestReading:
    def test_addresses_are_opened_in_one_scan_and_none_is_shown(
        self, house: Actor, part: Participation, helper: Volunteer
    ) -> None:
        other = trajectories.inside(house, NOW, 1)
        silent = builders.planned(house, other.dossier_id, Product.BEZOEKMOEDERS, NOW)
        lives(house, part, HERE)
        with reads.counting(reads.ReadSet()) as seen:
            problem = problem_of_team(house, NOW.on)
        assert (seen.boxes, seen.scans) == ({}, [("neighbours", 1)])
        assert {one.id: one.near for one in problem.waiting} == {str(part.id): ("3511",), str(silent.id): ()}

    def test_a_proposal_opens_the_one_pair(
        self, house: Actor, part: Participation, helper: Volunteer
    ) -> None:
        other = trajectories.inside(house, NOW, 1)
        both = [part, builders.planned(house, other.dossier_id, Product.BEZOEKMOEDERS, NOW)]
        for each in both:
            lives(house, each, THERE)
        with reads.counting(reads.ReadSet()) as seen:
            actions.propose_match(house, part.id, helper.id, NOW)
        assert seen.scans == [("neighbours", 1)]
        assert part.dossier_id not in seen.boxes

    def test_of_nobody_with_an_address_nothing_is_opened(self, house: Actor, part: Participation) -> None:
        with reads.counting(reads.ReadSet()) as seen:
            assert home_areas([participant_of(part.dossier_id)]) == {}
        assert seen.is_empty
