"""The list of running mothers: each state is reached by the acts, or is a fault with a sentence."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from gib.care.aftercare import builders as money
from gib.care.aftercare.models import FundingRequest
from gib.care.products.models import Match, Participation
from gib.care.trajectory.domain import State
from gib.care.trajectory.models import Goal, Trajectory, covers_on, is_covered
from gib.core.access import rls
from gib.core.access.actor import Actor
from gib.core.journal.models import Happening
from gib.core.kernel.rules import RuleBroken
from gib.core.sheets.parsers import Context
from gib.core.sheets.tests.reports import codes, dry_run, row
from gib.people.families import builders as families
from gib.people.families.models import Dossier
from gib.people.partners.builders import PAYING, two_teams
from gib.people.partners.domain import Product
from gib.people.volunteers import builders as volunteers
from gib.portal.imports.participants import TEMPLATE, Stage, apply, export, known
from gib.portal.imports.tests.shelf import NOW

pytestmark = pytest.mark.django_db(databases="__all__")
ON = NOW.on
HEADINGS = "Moeder;Geboren;Afdeling;Toestemming;Doel;Stand plan"
INSIDE = "Truus Duinroos;1980;B2;1-12-2010;Voorlezen"
HOME = "Truus Duinroos;1980;;1-12-2010;Orde in huis"


@pytest.fixture
def actor(seen: object) -> Any:
    one, _other = two_teams()
    with rls.system("test", ON):
        yield families.a_coordinator(one)


def text(cells: str, headings: str = "", more: str = "", who: str = INSIDE) -> str:
    return f"{HEADINGS};{headings}\n{who};{cells};{more}\n" if headings else f"{HEADINGS}\n{who};{cells}\n"


def brought(actor: Actor, cells: str, headings: str = "", more: str = "", who: str = INSIDE) -> UUID:
    values = row(TEMPLATE, text(cells, headings, more, who), actor, ON)
    return apply([values], actor, NOW)[0]


def plan() -> Any:
    return Trajectory.for_house("test", ON).get()


@pytest.mark.parametrize(
    ("word", "state"),
    [("voorgesteld", State.PROPOSED), ("afgesproken", State.AGREED), ("loopt", State.ACTIVE_INSIDE)],
)
def test_each_state_inside_is_reached(actor: Actor, word: str, state: State) -> None:
    brought(actor, word)
    assert plan().state == state
    assert [goal.words for goal in Goal.for_house("test", ON)] == ["Voorlezen"]


@pytest.mark.parametrize(("word", "state"), [("loopt", State.ACTIVE_OUTSIDE), ("afbouw", State.TAPERING)])
def test_each_state_at_home_is_reached_and_paid_for(actor: Actor, word: str, state: State) -> None:
    agreement = money.agreement(actor, NOW)
    dossier_id = brought(actor, word, "Woonplaats", "Amsterdam", HOME)
    assert plan().state == state
    request = FundingRequest.for_house("test", ON).get()
    assert (request.agreement_id, request.state) == (agreement.id, "covered")
    assert is_covered(dossier_id, ON)


def test_without_a_plan_there_is_only_a_dossier(actor: Actor) -> None:
    brought(actor, "nieuw")
    assert not Trajectory.for_house("test", ON).exists()
    assert Dossier.for_house("test", ON).count() == 1


def test_somebody_else_can_pay(actor: Actor) -> None:
    headings, more = "Woonplaats;Wie betaalt;Betaald tot", "Heerlen;eigen middelen;31-12-2011"
    brought(actor, "loopt", headings, more, HOME)
    cover = covers_on(ON).get()
    assert (cover.payer, cover.to_on) == ("own_means", date(2011, 12, 31))


def test_a_product_runs_with_its_volunteer(actor: Actor) -> None:
    volunteer = volunteers.available(actor, NOW, Product.BEZOEKMOEDERS, prison="NSL")
    headings, more = (
        "Onderdelen;Vrijwilliger;Sinds",
        "Bezoekmoeders, Moeder de Gans;Truus Voorbeeld;1-11-2010",
    )
    brought(actor, "loopt", headings, more)
    match = Match.for_house("test", ON).get()
    assert (match.volunteer_id, match.from_on, match.state) == (volunteer.id, date(2010, 11, 1), "trial")
    parts = {part.product: part.state for part in Participation.for_house("test", ON)}
    assert parts == {Product.BEZOEKMOEDERS: "running", Product.MOEDER_DE_GANS: "running"}


def test_everything_is_done_by_the_house_with_its_purpose(actor: Actor) -> None:
    dossier_id = brought(actor, "loopt")
    told = list(Happening.for_house("test", ON).filter(dossier_id=dossier_id))
    assert {(row.role, row.payload["purpose"]) for row in told} == {("system", "import")}
    assert "trajectory.StartedInside" in {row.name for row in told}


@pytest.mark.parametrize(
    ("who", "cells", "headings", "more", "fault"),
    [
        (INSIDE.replace("1-12-2010", ""), "loopt", "", "", ("import_no_consent", "Toestemming")),
        (INSIDE.replace("Voorlezen", ""), "loopt", "", "", ("import_no_goal", "Doel")),
        (INSIDE, "afbouw", "", "", ("import_not_home", "Stand plan")),
        (INSIDE, "nieuw", "Onderdelen", "gans", ("import_no_plan", "Onderdelen")),
        (INSIDE, "loopt", "Onderdelen", "bezoekmoeders", ("import_no_volunteer", "Onderdelen")),
        (INSIDE, "loopt", "Onderdelen", "moeder-kind", ("import_child_gate", "Onderdelen")),
        (INSIDE, "loopt", "Onderdelen", "ik-jij-wij", ("release_unknown", "Onderdelen")),
        (
            INSIDE,
            "loopt",
            "Onderdelen;Vrijwilliger",
            "maatjes;Truus Voorbeeld",
            ("not_released", "Onderdelen"),
        ),
        (INSIDE, "loopt", "Vrijwilliger", "Truus Voorbeeld", ("import_no_match", "Vrijwilliger")),
        (INSIDE, "loopt", "Vrijwilliger", "Truus", ("name_one_word", "Vrijwilliger")),
        (INSIDE, "loopt", "Sinds", "1-2-2011", ("day_in_future", "Sinds")),
        (HOME, "loopt", "Woonplaats;Onderdelen", "Amsterdam;gans", ("not_inside", "Onderdelen")),
        (HOME, "loopt", "Woonplaats", "Heerlen", ("import_not_covered", "Woonplaats")),
        (HOME, "loopt", "Woonplaats;Wie betaalt", "Heerlen;gemeente", ("import_not_covered", "Wie betaalt")),
    ],
)
def test_a_state_that_cannot_be_reached_is_a_fault(
    actor: Actor, who: str, cells: str, headings: str, more: str, fault: tuple[str, str]
) -> None:
    assert codes(TEMPLATE, text(cells, headings, more, who), actor, ON) == [fault]


VISITS = "Onderdelen;Vrijwilliger"


def test_a_volunteer_must_be_there_alone_ready_and_free(actor: Actor) -> None:
    def found(name: str = "Truus Voorbeeld") -> list[str]:
        return [
            code for code, _ in codes(TEMPLATE, text("loopt", VISITS, f"bezoekmoeders;{name}"), actor, ON)
        ]

    assert found() == ["import_volunteer_unknown"]
    unready = volunteers.interested(actor, NOW, "Coba")
    assert found("Coba Voorbeeld") == ["import_volunteer_not_ready"]
    volunteers.available(actor, NOW, Product.BEZOEKMOEDERS, prison="NSL")
    assert found() == []
    brought(actor, "loopt", VISITS, "bezoekmoeders;Truus Voorbeeld", INSIDE.replace("Duinroos", "Zeester"))
    assert found() == ["import_volunteer_full"]
    volunteers.interested(actor, NOW, "Coba")
    assert (found("Coba Voorbeeld"), unready.state) == (["import_volunteer_twice"], "interested")


def test_two_rows_cannot_ask_for_one_place(actor: Actor) -> None:
    volunteers.available(actor, NOW, Product.BEZOEKMOEDERS, prison="NSL")
    one = f"{INSIDE};loopt;bezoekmoeders;Truus Voorbeeld"
    both = f"{HEADINGS};{VISITS}\n{one}\n{one.replace('Duinroos', 'Zeester')}\n"
    assert codes(TEMPLATE, both, actor, ON) == [("import_volunteer_full", "Vrijwilliger")]


def test_an_agreement_without_room_keeps_the_whole_list_out(actor: Actor) -> None:
    money.agreement(actor, NOW, places=1)
    one = f"{HOME};loopt;Amsterdam"
    both = f"{HEADINGS};Woonplaats\n{one}\n{one.replace('Duinroos', 'Zeester')}\n"
    report = dry_run(TEMPLATE, both, actor, ON)
    assert (report.faults, len(report.new)) == ((), 2)
    with pytest.raises(RuleBroken, match=r"^agreement_full$"):
        apply([parsed.values for parsed in report.new], actor, NOW)


def test_what_goes_out_reads_back_as_the_same(actor: Actor) -> None:
    volunteers.available(actor, NOW, Product.BEZOEKMOEDERS, prison="NSL")
    brought(actor, "loopt", f"{VISITS};Kinderen", "bezoekmoeders;Truus Voorbeeld;Noor (4)")
    values = next(iter(export(actor, NOW)))
    assert (values["stage"], values["goal"], values["volunteer"]) == (
        Stage.RUNNING,
        "Voorlezen",
        "Truus Voorbeeld",
    )
    assert known([values], Context(ON, actor)) == {0: values}


def test_who_is_there_is_found_and_not_asked_for_again(actor: Actor) -> None:
    volunteers.available(actor, NOW, Product.BEZOEKMOEDERS, prison="NSL")
    row_ = ("loopt", VISITS, "bezoekmoeders;Truus Voorbeeld")
    brought(actor, *row_)
    again = dry_run(TEMPLATE, text(*row_), actor, ON)
    assert (again.faults, len(again.same), len(again.new)) == ((), 1, 0)


def test_a_closed_plan_stays_at_home(actor: Actor) -> None:
    from_list = brought(actor, "loopt")
    request = money.let_go(actor, NOW, number=3)
    assert request.municipality_id != PAYING
    assert [values["family_name"] for values in export(actor, NOW)] == ["Duinroos"]
    assert plan_of(from_list).state == State.ACTIVE_INSIDE


def plan_of(dossier_id: UUID) -> Any:
    return Trajectory.for_house("test", ON).get(dossier_id=dossier_id)
