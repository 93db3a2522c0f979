"""The matching board on the screen: who sees it, what it says, and what a choice asks."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest
from bs4 import BeautifulSoup, Tag

from gib.care.products import actions, board_words, builders
from gib.care.products.domain.match import Override, check_choice
from gib.care.products.domain.match import State as Pair
from gib.care.products.models import Match, Participation
from gib.care.products.presenting.board import Offered, map_of, ring_sizes
from gib.care.products.tests.conftest import NOW, broken, day, later, refused, write
from gib.care.products.tests.test_views import at, done, herself, send
from gib.care.referral.tests.reader import queries, text_of, visitor
from gib.care.trajectory import builders as trajectories
from gib.core.access import rls
from gib.core.access.actor import Actor
from gib.core.journal.models import Happening, ReadingSubject
from gib.core.kernel.rules import RuleBroken
from gib.engines.matching.explain import Move, Price
from gib.engines.matching.problem import Place
from gib.engines.matching.tiers import Tiers
from gib.people.partners.domain import Product
from gib.people.partners.models import Postcode
from gib.people.volunteers import builders as papers
from gib.people.volunteers.domain import Requirement
from gib.people.volunteers.models import Completion, Volunteer

pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])
NAMES = ("Anna", "Bea", "Carla", "Dora", "Eva", "Fien")


@pytest.fixture
def part(house: Actor) -> Participation:
    plan = trajectories.inside(house, NOW)
    return builders.planned(house, plan.dossier_id, Product.BEZOEKMOEDERS, NOW)


@pytest.fixture
def helpers(house: Actor, part: Participation) -> list[Volunteer]:
    """Give six who may help, the best first: who has more places free gets more points."""
    made = [builders.a_volunteer(house, NOW, given_name=name) for name in NAMES]
    for number, row in enumerate(made):
        row.most_matches = 8
        write(row)
        for _each in range(number):
            other = trajectories.inside(house, NOW, number * 10 + _each + 1)
            asked = builders.planned(house, other.dossier_id, Product.BEZOEKMOEDERS, NOW)
            builders.proposed(house, asked, row, NOW)
    return made


def _proposed(actor: Actor, part: Participation) -> dict[str, Any]:
    with rls.system("test"):
        rows = Happening.for_house("test", NOW.on).filter(
            dossier_id=part.dossier_id, name="products.MatchProposed"
        )
        payload: dict[str, Any] = rows.get().payload
    return payload


def test_the_board_shows_who_waits_and_the_five_best(
    house: Actor, part: Participation, helpers: list[Volunteer]
) -> None:
    page = text_of(visitor(house).get(at("board")))
    places = [page.index(f"{rank}. {name} V.") for rank, name in enumerate(NAMES[:5], 1)]
    assert places == sorted(places)
    assert "6. Fien" not in page
    assert "De vrijwilliger heeft nu 0 van ten hoogste 8 moeders." in page
    chosen = text_of(visitor(house).get(f"{at('board')}?voor={part.id}"))
    assert chosen.partition("<main")[2].partition("</main>")[0] in page


def test_the_map_shows_areas_with_their_names_and_never_an_address(
    house: Actor, part: Participation, helpers: list[Volunteer]
) -> None:
    assert "Kaartje" not in visitor(house).get(at("board")).content.decode(), "nobody knows where they live"
    Postcode.objects.create(digits="3511", place="Utrecht", latitude=52.09, longitude=5.12)
    answer = visitor(house).get(at("board"))
    drawn = BeautifulSoup(answer.content, "html.parser").find("svg", attrs={"viewbox": "0 0 420 240"})
    assert isinstance(drawn, Tag)
    told = [text.get_text(strip=True) for text in drawn.find_all("text")]
    assert told[:3] == ["5 km", "10 km", "Nieuwersluis"]
    assert told[3:] == [f"{rank} {name} V." for rank, name in enumerate(NAMES[:5], 1)]
    assert "Kaartje van Nieuwersluis met 5 vrijwilligers" in str(drawn)
    assert "Midden van het gebied, nooit het adres." in text_of(answer)
    assert "3511" not in text_of(answer)


def test_only_what_is_shown_is_read(house: Actor, part: Participation, helpers: list[Volunteer]) -> None:
    ReadingSubject.objects.all().delete()
    visitor(house).get(at("board"))
    read = set(ReadingSubject.objects.values_list("box_id", flat=True))
    assert helpers[0].id in read
    assert helpers[5].id not in read


def test_why_not_names_each_rule_and_the_one_change(house: Actor, part: Participation) -> None:
    papers.available(house, NOW, *Product, given_name="Gerda")
    papers.interested(house, NOW, "Hanna", "Voorbeeld")
    page = text_of(visitor(house).get(at("board")))
    assert "Nu past niemand" in page
    assert "Dit kan als er toegang is tot deze inrichting" in page
    assert "Hanna" not in page
    page = text_of(visitor(house).get(f"{at('board')}?voor={part.id}&waarom=allen"))
    assert "Hanna V." in page
    assert "Is nu niet inzetbaar." in page
    assert "basistraining" in page


def test_a_paper_that_lapses_meanwhile_is_a_warning(house: Actor, part: Participation) -> None:
    row = builders.a_volunteer(house, NOW)
    with rls.system("test"):
        vog = Completion.for_house("test", NOW.on).get(volunteer_id=row.id, requirement=Requirement.VOG_84)
    vog.to_on = day(30)
    write(vog)
    assert "Dit loopt af voor het einde van de hulp: VOG" in text_of(visitor(house).get(at("board")))


def test_nobody_waits(house: Actor) -> None:
    for name in ("board", "board_plan"):
        assert "Niemand wacht op een vrijwilliger" in text_of(visitor(house).get(at(name)))


@pytest.mark.requirement("AI-03")
def test_the_plan_for_all_is_proven_and_asks_nobody(
    house: Actor, part: Participation, helpers: list[Volunteer]
) -> None:
    page = text_of(visitor(house).get(at("board_plan")))
    assert "Bewezen: geen andere verdeling is beter. Dat is nagerekend. Geteld met weging 2010-1" in page
    assert "Anna V." in page
    assert not Match.visible_to(house, NOW.on).filter(participation_id=part.id).exists()


def test_one_of_the_first_three_is_asked_without_a_reason(
    house: Actor, part: Participation, helpers: list[Volunteer]
) -> None:
    done(house, at("board_choose", part.id, helpers[0].id))
    row = Match.visible_to(house, NOW.on).get_or_404(participation_id=part.id)
    assert (row.state, row.volunteer_id) == (Pair.PROPOSED, helpers[0].id)
    told = _proposed(house, part)
    assert (told["rank"], told["policy"], told["reason"]) == (1, "2010-1", "")


def test_a_choice_outside_the_first_three_shows_its_price_and_asks_why(
    house: Actor, part: Participation, helpers: list[Volunteer]
) -> None:
    url = at("board_choose", part.id, helpers[4].id)
    page = text_of(visitor(house).get(url))
    assert "Wat deze keuze de anderen kost" in page
    assert "punten minder" in page
    assert "Zij staat op plaats 5." in page
    answer = send(house, url, reason="")
    assert answer.status_code == 422
    assert "Zeg waarom u haar kiest" in text_of(answer)
    done(house, url, reason="mother_asked")
    told = _proposed(house, part)
    assert (told["rank"], told["policy"], told["reason"]) == (5, "2010-1", "mother_asked")


def test_a_price_is_told_in_words() -> None:
    loss = Tiers(urgent=1, served=2, days=0, points=1, kept=0)
    moves = (Move("a", "", "b"), Move("c", "d", ""), Move("e", "f", ""))
    assert board_words.cost(Price(1, 1, loss, moves)) == [
        "1 moeder die voorgaat, krijgt dan niemand.",
        "2 moeders minder krijgen een vrijwilliger.",
        "Alle koppelingen samen krijgen 1 punt minder.",
        "2 andere moeders krijgen iemand anders.",
    ]
    assert board_words.cost(Price(0, 0, Tiers(0, 0, 0, 0, 0), ())) == ["Dit kost de anderen niets."]
    assert (
        board_words.grouped(73667532845856)
        == "73\N{NO-BREAK SPACE}667\N{NO-BREAK SPACE}532\N{NO-BREAK SPACE}845\N{NO-BREAK SPACE}856"
    )


@pytest.mark.requirement("AI-03")
def test_the_act_itself_asks_why(house: Actor, part: Participation, helpers: list[Volunteer]) -> None:
    with refused("override_reason_missing"):
        actions.propose_chosen(house, part.id, helpers[3].id, None, NOW)


def test_who_may_not_cannot_be_chosen(house: Actor, part: Participation) -> None:
    gerda = papers.available(house, NOW, *Product, given_name="Gerda")
    url = at("board_choose", part.id, gerda.id)
    assert "geen toegang tot deze inrichting" in text_of(visitor(house).get(url))
    with refused("match_impossible"):
        actions.propose_chosen(house, part.id, gerda.id, Override.NOT_KNOWN, NOW)


@pytest.mark.parametrize(
    ("rank", "reason", "code"), [(0, None, "match_impossible"), (4, None, "override_reason_missing")]
)
def test_a_choice_that_is_refused(rank: int, reason: Override | None, code: str) -> None:
    with broken(code):
        check_choice(rank, reason)


@pytest.mark.parametrize(("rank", "reason"), [(1, None), (3, None), (4, Override.SPARED)])
def test_a_choice_that_is_allowed(rank: int, reason: Override | None) -> None:
    check_choice(rank, reason)


@pytest.mark.parametrize("steps", [(actions.introduce,), (actions.introduce, actions.start_trial)])
def test_who_loses_a_paper_between_is_stopped_at_the_next_step(
    house: Actor, part: Participation, helpers: list[Volunteer], steps: tuple[Callable[..., Match], ...]
) -> None:
    match = actions.propose_chosen(house, part.id, helpers[0].id, None, NOW)
    actions.mother_answers(house, match.id, True, NOW)
    actions.volunteer_answers(house, match.id, True, NOW)
    *before, stopped_at = steps
    for step in before:
        step(house, match.id, NOW)
    with rls.system("test"):
        vog = Completion.for_house("test", NOW.on).get(
            volunteer_id=helpers[0].id, requirement=Requirement.VOG_84
        )
    vog.to_on = day(3)
    write(vog)
    with pytest.raises(RuleBroken) as stopped:
        stopped_at(house, match.id, later(4))
    assert stopped.value.code == "volunteer_not_allowed"
    assert "VOG" in stopped.value.facts["missing"]


def test_both_may_say_no_and_she_waits_on(
    house: Actor, part: Participation, helpers: list[Volunteer]
) -> None:
    for answers in (actions.volunteer_answers, actions.mother_answers):
        match = actions.propose_chosen(house, part.id, helpers[0].id, None, NOW)
        assert str(part.id) not in text_of(visitor(house).get(at("board")))
        answers(house, match.id, False, NOW)
        assert str(part.id) in visitor(house).get(at("board")).content.decode()


def test_another_team_finds_nothing(
    house: Actor, stranger: Actor, part: Participation, helpers: list[Volunteer]
) -> None:
    assert "Niemand wacht" in text_of(visitor(stranger).get(at("board")))
    assert visitor(stranger).get(f"{at('board')}?voor={part.id}").status_code == 404
    assert visitor(stranger).get(at("board_choose", part.id, helpers[0].id)).status_code == 404


def test_what_is_not_there_is_not_found(house: Actor, part: Participation) -> None:
    assert visitor(house).get(f"{at('board')}?voor=nergens").status_code == 404
    assert visitor(house).get(at("board_choose", part.id, uuid4())).status_code == 404
    assert visitor(house).get(at("board_choose", UUID(int=1), uuid4())).status_code == 404


def test_a_volunteer_may_not_look(house: Actor) -> None:
    _part, match = builders.visiting(house, NOW)
    for url in (at("board"), at("board_plan"), at("board_choose", uuid4(), uuid4())):
        assert visitor(herself(match)).get(url).status_code == 403


def test_pages_are_only_read(house: Actor) -> None:
    for name in ("board", "board_plan"):
        assert visitor(house).post(at(name), {}).status_code == 405


def test_the_number_of_queries_does_not_grow(house: Actor, part: Participation) -> None:
    row = builders.a_volunteer(house, NOW)
    urls = [at("board"), at("board_plan"), at("board_choose", part.id, row.id)]
    few = [queries(visitor(house), url) for url in urls]
    for number in range(4):
        builders.a_volunteer(house, NOW, given_name=NAMES[number])
        plan = trajectories.inside(house, NOW, number + 1)
        builders.planned(house, plan.dossier_id, Product.BEZOEKMOEDERS, NOW)
    assert [queries(visitor(house), url) for url in urls] == few
    assert max(few) <= 15


HERE, NEAR, FAR = Place("NSL", 0, 0), Place("a", 3_000, 4_000), Place("b", -24_000, 0)


@pytest.mark.parametrize(
    ("places", "rings"), [([NEAR], [2, 5]), ([NEAR, FAR], [5, 10]), ([Place("c", 900, 0)], [])]
)
def test_rings_tell_how_far_and_pass_nobody(places: list[Place], rings: list[int]) -> None:
    assert ring_sizes(HERE, places) == rings


def test_the_map_draws_its_rings_on_the_scale_of_its_areas() -> None:
    offers = [Offered(1, "a", "Anna V.", 9, [], []), Offered(2, "b", "Bea V.", 8, [], [])]
    board = SimpleNamespace(
        pool=SimpleNamespace(places={"NSL": HERE, "a": NEAR, "b": FAR}), where=lambda _demand: "Nieuwersluis"
    )
    demand: Any = SimpleNamespace(prison="NSL", home="")
    drawn = map_of(board, demand, offers)
    assert drawn is not None
    assert [text.text for text in drawn.texts[:3]] == ["5 km", "10 km", "Nieuwersluis"]
    (x, _y), bea = drawn.dots[0], drawn.rects[1]
    per_km = (x - (bea.x + 6)) / 24
    assert drawn.texts[1].x == pytest.approx(x - 10 * per_km, abs=1)
    assert map_of(board, demand, []) is None
