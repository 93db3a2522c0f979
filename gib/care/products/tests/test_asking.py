"""What a mother asks of a volunteer: the rules, the act, the page, and that the matching holds to it."""

from collections.abc import Callable
from typing import Any, Final

import pytest

from gib.care.products import actions, board_words, builders, slots
from gib.care.products.domain.asking import Asked, VolunteerAsked, check_asked
from gib.care.products.domain.match import Override
from gib.care.products.domain.participation import FLOW, MATCHED, State, StopReason
from gib.care.products.models import Participation
from gib.care.products.models.pool import problem_of_team
from gib.care.products.tests.conftest import NOW, broken, refused
from gib.care.products.tests.test_views import at, done, herself, part_of, request, send, shown
from gib.care.referral.tests.reader import text_of, visitor
from gib.care.trajectory import builders as trajectories
from gib.core.access import rls
from gib.core.access.actor import Actor
from gib.core.access.rows import NotShown
from gib.core.journal.models import Happening
from gib.engines.matching import Pool
from gib.engines.matching.problem import Daypart, Gender
from gib.engines.matching.rules import faults_of
from gib.people.partners.domain import Product
from gib.people.volunteers.actions.availability import tell_week, tell_wishes
from gib.people.volunteers.domain.availability import Interest, Wishes
from gib.people.volunteers.models import Volunteer

TUESDAY: Final = Daypart.TUE_MORNING
ALL: Final = Asked(
    dayparts=(Daypart.WED_EVENING, TUESDAY),
    gender=Gender.WOMAN,
    needs_car=True,
    interests=(Interest.COOKING, Interest.LANGUAGE),
)
#: What ALL reads like on the screen.
SAID: Final = (
    "Vraagt een vrouw · Vraagt een auto · Kan op dinsdagochtend, woensdagavond"
    " · Graag: Koken, Nederlands oefenen"
)


class TestRules:
    @pytest.mark.parametrize("product", sorted(MATCHED))
    @pytest.mark.parametrize("state", sorted(FLOW.open_states))
    def test_she_may_ask_as_long_as_somebody_may_be_sought(self, product: Product, state: State) -> None:
        check_asked(product, state, ALL)
        check_asked(product, state, Asked())

    @pytest.mark.parametrize("product", sorted(set(Product) - MATCHED))
    def test_without_a_match_there_is_nobody_to_ask(self, product: Product) -> None:
        with broken("product_without_match"):
            check_asked(product, State.PLANNED, ALL)

    @pytest.mark.parametrize("state", sorted(set(State) - FLOW.open_states))
    def test_what_is_over_asks_nobody(self, state: State) -> None:
        with broken("part_over"):
            check_asked(Product.BEZOEKMOEDERS, state, ALL)

    def test_nobody_is_asked_for_what_she_does_not_say_of_herself(self) -> None:
        with broken("gender_not_asked"):
            check_asked(Product.BEZOEKMOEDERS, State.PLANNED, Asked(gender=Gender.OTHER))

    def test_a_mother_reads_that_she_asked_and_no_more(self) -> None:
        assert VolunteerAsked.sentence == "U vertelde wat u vraagt van een vrijwilliger."


@pytest.fixture
def part(house: Actor) -> Participation:
    plan = trajectories.inside(house, NOW)
    return builders.planned(house, plan.dossier_id, Product.BEZOEKMOEDERS, NOW)


def helper(actor: Actor, name: str, *week: Daypart, **wishes: Any) -> Volunteer:
    """Give a volunteer who said of herself when she can and what she likes."""
    row = builders.a_volunteer(actor, NOW, given_name=name)
    tell_week(actor, row.id, week, None, NOW)
    tell_wishes(actor, row.id, Wishes(**wishes), NOW)
    return row


def faults(actor: Actor, volunteer: Volunteer) -> set[str]:
    """Name the rules that keep a volunteer from the one mother who waits."""
    problem = problem_of_team(actor, NOW.on)
    pool = Pool(problem)
    (demand,) = problem.waiting
    return {fault.code for fault in faults_of(pool, demand, pool.place_of[str(volunteer.id)])}


@pytest.mark.django_db(databases=["default", "keys", "log"])
class TestAct:
    def test_it_stands_in_codes_and_in_the_journal(
        self, house: Actor, part: Participation, told: Callable[..., list[str]]
    ) -> None:
        row = actions.note_asked(house, part.id, ALL, NOW)
        assert (row.asked_dayparts, row.asked_gender, row.asked_car) == (
            "tue_morning,wed_evening",
            "woman",
            True,
        )
        assert row.asked_interests == "cooking,language"
        assert told(part.dossier_id)[-1] == "products.VolunteerAsked"
        with rls.system("test"):
            happened = Happening.for_house("test", NOW.on).get(name="products.VolunteerAsked")
        assert happened.payload["dayparts"] == ["tue_morning", "wed_evening"]
        assert (happened.payload["gender"], happened.payload["needs_car"]) == ("woman", True)

    def test_what_she_no_longer_asks_is_gone(self, house: Actor, part: Participation) -> None:
        actions.note_asked(house, part.id, ALL, NOW)
        actions.note_asked(house, part.id, Asked(), NOW)
        assert part_of(house, part.dossier_id).asked == Asked()

    def test_who_wrote_in_between_is_not_written_over(self, house: Actor, part: Participation) -> None:
        seen = part_of(house, part.dossier_id).version
        actions.note_asked(house, part.id, Asked(gender=Gender.MAN, version=seen), NOW)
        with refused("newer_version"):
            actions.note_asked(house, part.id, Asked(version=seen), NOW)

    def test_what_is_over_is_left_as_it_is(self, house: Actor, part: Participation) -> None:
        actions.cancel(house, part.id, StopReason.NO_TIME, NOW)
        with refused("part_over"):
            actions.note_asked(house, part.id, ALL, NOW)


@pytest.mark.django_db(databases=["default", "keys", "log"])
class TestMatching:
    def test_nothing_asked_keeps_nobody_away(self, house: Actor, part: Participation) -> None:
        assert faults(house, builders.a_volunteer(house, NOW)) == set()

    @pytest.mark.parametrize(
        ("asked", "fits", "does_not", "code"),
        [
            (Asked(gender=Gender.WOMAN), {"gender": Gender.WOMAN}, {"gender": Gender.MAN}, "match_gender"),
            (Asked(gender=Gender.MAN), {"gender": Gender.MAN}, {}, "match_gender"),
            (Asked(needs_car=True), {"has_car": True}, {}, "match_car"),
        ],
    )
    def test_who_lacks_what_she_asks_may_not(
        self,
        house: Actor,
        part: Participation,
        asked: Asked,
        fits: dict[str, Any],
        does_not: dict[str, Any],
        code: str,
    ) -> None:
        one, other = helper(house, "Anna", **fits), helper(house, "Bea", **does_not)
        assert (faults(house, one), faults(house, other)) == (set(), set())
        actions.note_asked(house, part.id, asked, NOW)
        assert (faults(house, one), faults(house, other)) == (set(), {code})

    def test_who_cannot_when_she_can_may_not(self, house: Actor, part: Participation) -> None:
        actions.note_asked(house, part.id, Asked(dayparts=(TUESDAY, Daypart.FRI_EVENING)), NOW)
        assert faults(house, helper(house, "Anna", TUESDAY)) == set()
        assert faults(house, helper(house, "Bea", Daypart.TUE_EVENING)) == {"match_dayparts"}
        assert faults(house, helper(house, "Carla")) == {"match_dayparts"}

    def test_who_likes_the_same_stands_first(self, house: Actor, part: Participation) -> None:
        helper(house, "Anna")
        helper(house, "Bea", interests=(Interest.COOKING,))
        actions.note_asked(house, part.id, Asked(interests=(Interest.COOKING,)), NOW)
        page = text_of(visitor(house).get(at("board")))
        assert page.index("1. Bea V.") < page.index("2. Anna V.")
        assert "Zij delen deze wensen: Koken." in page

    def test_the_act_itself_refuses_who_may_not(self, house: Actor, part: Participation) -> None:
        actions.note_asked(house, part.id, Asked(gender=Gender.WOMAN), NOW)
        man = helper(house, "Bert", gender=Gender.MAN)
        with refused("match_impossible"):
            actions.propose_chosen(house, part.id, man.id, Override.NOT_KNOWN, NOW)
        woman = helper(house, "Anna", gender=Gender.WOMAN)
        assert actions.propose_chosen(house, part.id, woman.id, None, NOW).volunteer_id == woman.id


@pytest.mark.django_db(databases=["default", "keys", "log"])
class TestPages:
    def test_it_is_asked_on_one_page_and_stands_on_her_plan(self, house: Actor, part: Participation) -> None:
        url = at("part_asks", part.id)
        assert url in shown(slots.parts(request(house), part.dossier_id))
        chosen = {"dayparts": ["tue_morning", "wed_evening"], "interests": ["cooking", "language"]}
        done(house, url, **chosen, gender="woman", needs_car="on")
        assert SAID in shown(slots.parts(request(house), part.dossier_id))
        page = text_of(visitor(house).get(url))
        assert page.count("checked") == 6
        done(house, url, dayparts=[], interests=[], gender="")
        assert "Vraagt" not in shown(slots.parts(request(house), part.dossier_id))

    def test_a_code_that_does_not_exist_is_refused(self, house: Actor, part: Participation) -> None:
        for wrong in ({"dayparts": "someday"}, {"gender": "other"}, {"interests": "money"}):
            assert send(house, at("part_asks", part.id), **wrong).status_code == 422

    def test_the_board_says_what_she_asks_and_who_has_it(self, house: Actor, part: Participation) -> None:
        actions.note_asked(house, part.id, ALL, NOW)
        helper(house, "Anna", TUESDAY, gender=Gender.WOMAN, has_car=True)
        page = text_of(visitor(house).get(at("board")))
        assert page.count(SAID) == 2
        for told in (
            "Zij vroeg om een vrouw, en dat klopt.",
            "Zij vroeg om een auto, en die is er.",
            "Allebei kunnen zij op dinsdagochtend.",
        ):
            assert told in page

    def test_the_board_and_the_choice_say_why_not(self, house: Actor, part: Participation) -> None:
        actions.note_asked(house, part.id, ALL, NOW)
        man = helper(house, "Bert", Daypart.SUN_MORNING, gender=Gender.MAN)
        everybody = text_of(visitor(house).get(f"{at('board')}?voor={part.id}&waarom=allen"))
        choice = text_of(visitor(house).get(at("board_choose", part.id, man.id)))
        for page in (everybody, choice):
            assert "De moeder vroeg om iemand anders: een vrouw." in page
            assert "Voor deze hulp is een auto nodig." in page
            assert "Er is geen dagdeel waarop zij allebei kunnen." in page

    def test_the_one_change_names_the_part_of_the_week(self, house: Actor, part: Participation) -> None:
        actions.note_asked(house, part.id, Asked(dayparts=(TUESDAY,)), NOW)
        helper(house, "Carla")
        told = text_of(visitor(house).get(at("board")))
        assert "Dit kan als de vrijwilliger ook dan vrij is: dinsdagochtend." in told

    def test_nothing_asked_says_nothing(self) -> None:
        assert board_words.asks((), None, False, ()) == ""

    def test_strangers_do_not_find_it_and_a_volunteer_may_not(self, house: Actor, stranger: Actor) -> None:
        row, match = builders.visiting(house, NOW)
        url = at("part_asks", row.id)
        assert visitor(stranger).get(url).status_code == 404
        assert visitor(herself(match)).get(url).status_code == 403
        told = Participation.visible_to(herself(match), NOW.on).get_or_404(pk=row.id)
        with pytest.raises(NotShown):
            _ = told.asked_gender
