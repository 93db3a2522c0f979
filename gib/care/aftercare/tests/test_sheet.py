"""The list of agreements: what a row means, what is wrong with it, and that it comes in, out and back."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from gib.care.aftercare import actions, builders
from gib.care.aftercare.domain import Form
from gib.care.aftercare.models import Agreement
from gib.care.aftercare.sheet import AGREEMENTS, apply, export, known, undo
from gib.core.access.actor import Actor
from gib.core.access.tables import Role
from gib.core.journal.models import Happening
from gib.core.kernel.clock import Now
from gib.core.kernel.ids import new_id
from gib.core.kernel.rules import RuleBroken
from gib.core.sheets.parsers import Context
from gib.core.sheets.tests.reports import codes, dry_run, row
from gib.people.partners.builders import PAYING, two_teams

pytestmark = [pytest.mark.django_db(databases="__all__"), pytest.mark.usefixtures("as_house")]
ON = date(2011, 1, 11)
NOW = Now(datetime(2011, 1, 11, 9, tzinfo=UTC), ON)
HEADINGS = "Gemeente;Vorm;Plaatsen;Prijs;Plafond;Vanaf;T/m;Kenmerk"


@pytest.fixture
def actor() -> Actor:
    one, _other = two_teams()
    return Actor(new_id(), Role.COORDINATOR, frozenset({one.pk}))


def brought(actor: Actor, line: str) -> Any:
    values = row(AGREEMENTS, f"{HEADINGS}\n{line}\n", actor, ON)
    return Agreement.objects.get(pk=apply([values], actor, NOW)[0])


@pytest.mark.parametrize(
    ("line", "form", "amounts"),
    [
        ("Amsterdam;plaatsen;10;;;1-1-11;;", Form.PLACES, (10, None, None)),
        ("Amsterdam;;10;;;1-1-11;;", Form.PLACES, (10, None, None)),
        ("Amsterdam;per traject;;€ 1.950,-;;1-1-11;31-12-11;Z-1", Form.PRICE, (None, 195_000, None)),
        ("Amsterdam;plafond;;1950;39.000,00;1-1-11;;", Form.CAP, (None, 195_000, 3_900_000)),
    ],
)
def test_a_row_becomes_an_agreement(actor: Actor, line: str, form: Form, amounts: tuple[Any, ...]) -> None:
    agreement = brought(actor, line)
    assert (agreement.municipality_id, agreement.form) == (PAYING, form)
    assert (agreement.places, agreement.price_cents, agreement.cap_cents) == amounts
    assert agreement.from_on == date(2011, 1, 1)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("Bergen;plaatsen;3;;;1-1-11;;", "town_unclear"),
        ("Atlantis;plaatsen;3;;;1-1-11;;", "town_unknown"),
        ("Maarssen;plaatsen;3;;;1-2-11;;", "town_ended"),
        ("Stichtse Vecht;plaatsen;3;;;1-2-10;;", "town_not_yet"),
        ("Utrecht;;3;1950;;1-1-11;;", "agreement_form"),
        ("Utrecht;;;;;1-1-11;;", "agreement_form"),
        ("Utrecht;plaatsen;;1950;;1-1-11;;", "agreement_amount"),
        ("Utrecht;prijs;;0;;1-1-11;;", "agreement_amount"),
        ("Utrecht;plaatsen;3;;;1-1-11;31-12-10;", "period_backwards"),
        ("Utrecht;ruilhandel;3;;;1-1-11;;", "cell_no_choice"),
        (";plaatsen;3;;;1-1-11;;", "cell_required"),
    ],
)
def test_what_is_wrong_is_told(actor: Actor, line: str, code: str) -> None:
    assert [each for each, _heading in codes(AGREEMENTS, f"{HEADINGS}\n{line}\n", actor, ON)] == [code]


def test_agreements_do_not_fall_together(actor: Actor) -> None:
    brought(actor, "Utrecht;plaatsen;3;;;1-1-11;;")
    beside = codes(AGREEMENTS, f"{HEADINGS}\nUtrecht;plaatsen;4;;;1-6-11;;\n", actor, ON)
    assert beside == [("agreement_overlaps", "Vanaf")]
    two = "Heerlen;plaatsen;4;;;1-1-11;;\nHeerlen;plaatsen;4;;;1-6-11;;\n"
    assert codes(AGREEMENTS, f"{HEADINGS}\n{two}", actor, ON) == [("agreement_twice", "Vanaf")]
    assert codes(AGREEMENTS, f"{HEADINGS}\nUtrecht;prijs;;1950;;1-6-11;;\n", actor, ON) == []


def test_an_agreement_that_is_there_is_found(actor: Actor) -> None:
    brought(actor, "Utrecht;plaatsen;3;;;1-1-11;;")
    again = dry_run(AGREEMENTS, f"{HEADINGS}\n0344;;3;;;1-1-2011;;\n", actor, ON)
    assert (len(again.same), len(again.new)) == (1, 0)
    differs = dry_run(AGREEMENTS, f"{HEADINGS}\nUtrecht;;5;;;1-1-2011;;\n", actor, ON)
    assert (len(differs.changed), differs.faults) == (1, ())


def test_what_goes_out_reads_back_as_the_same(actor: Actor) -> None:
    brought(actor, "Amsterdam;plafond;;1950;39.000,00;1-1-11;31-12-12;Z-7")
    values = list(export(actor, NOW))
    assert known(values, Context(ON, actor)) == {0: values[0]}


def test_an_agreement_is_taken_back(actor: Actor) -> None:
    agreement = brought(actor, "Utrecht;plaatsen;3;;;1-1-11;;")
    undo([agreement.id], actor, NOW)
    assert not Agreement.objects.exists()
    assert Happening.for_house("test", ON).filter(name="aftercare.AgreementTakenBack").count() == 1


def test_an_agreement_that_pays_for_somebody_stays(actor: Actor) -> None:
    agreement = builders.agreement(actor, NOW)
    request = builders.drafted(actor, NOW)
    actions.cover_by_agreement(actor, request.id, agreement.id, NOW)
    with pytest.raises(RuleBroken, match=r"^sheet_in_use$"):
        undo([agreement.id], actor, NOW)
