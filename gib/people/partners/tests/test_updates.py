"""Updates of the register: splits, two ways to one change, both Bergens, postcodes in two municipalities."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from django.http import Http404
from hypothesis import given
from hypothesis import strategies as st

from gib.core.access import rls
from gib.core.access.actor import Actor
from gib.core.access.tables import Role
from gib.core.journal.models import Happening
from gib.core.kernel.clock import Now
from gib.core.kernel.ids import new_id
from gib.core.kernel.rules import RuleBroken
from gib.people.partners import actions
from gib.people.partners.actions.load import DATA
from gib.people.partners.domain import Confirmable, resolve, resolve_one
from gib.people.partners.domain.register import MunicipalityFact, overlapping, valid_codes
from gib.people.partners.models import (
    Municipality,
    PlannedChange,
    Postcode,
    RegisterProposal,
    Succession,
    municipalities_of_postcode,
    register,
)

pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])
REGISTER = (DATA / "municipalities.csv").read_text("utf-8")
ACTOR = Actor(new_id(), Role.PROJECT_LEADER)
END = date(2027, 1, 1)
BERGENS = ("0373", "0893")
FIRST = date(2011, 1, 1)


def kept() -> list[Any]:
    """Read everything that an act on the register may write."""
    tables = (Municipality, Succession, PlannedChange, RegisterProposal)
    with rls.system("test"):
        told = Happening.for_house("test", FIRST).count()
    return [told, *(list(model.objects.order_by("pk").values_list()) for model in tables)]


@contextmanager
def refused(code: str) -> Iterator[None]:
    """Expect that a rule with this code is broken and that nothing was written."""
    before = kept()
    with pytest.raises(RuleBroken, match=f"^{code}$"), transaction.atomic():
        yield
    assert kept() == before


def with_line(code: str, until: str, successors: str) -> str:
    """Give the register with the end of one municipality."""
    lines = REGISTER.splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith(f"{code},"))
    cells = lines[at].split(",")
    cells[4:6] = [until, successors]
    lines[at] = ",".join(cells)
    return "\n".join([*lines, ""])


def approved(text: str, now: Now) -> None:
    proposal = actions.propose_update(ACTOR, text, now)
    actions.approve_update(ACTOR, proposal.pk, now)


def a_postcode(digits: str, *codes: str) -> None:
    for code in codes:
        Postcode.objects.create(
            digits=digits, place="Proefdorp", municipality_code=code, latitude=52.1, longitude=5.1
        )


# Splits and mergers


@pytest.mark.requirement("REF-02")
@pytest.mark.requirement("REF-08")
def test_a_split_that_was_approved_asks_from_its_day(loaded: None, now: Now) -> None:
    approved(with_line("0373", "2027-01-01", "0361+0400"), now)
    known = register()
    assert resolve_one(known, "0373", date(2026, 12, 31)) == "0373"
    assert resolve(known, "0373", END) == ("0361", "0400")
    with pytest.raises(RuleBroken, match="municipality_split") as asked:
        resolve_one(known, "0373", END)
    assert asked.value.facts["candidates"] == ("0361", "0400")


@pytest.mark.requirement("REF-08")
def test_what_cannot_be_approved_leaves_the_register_as_it_was(loaded: None, now: Now) -> None:
    before = register()
    for until, successors, code in (
        ("2027-01-01", "", "successors_missing"),
        ("2027-01-01", "9999", "successor_unknown"),
        ("", "", "update_unchanged"),
        ("1 januari", "0361", "register_unreadable"),
    ):
        with refused(code):
            actions.propose_update(ACTOR, with_line("0373", until, successors), now)
    assert register() == before


@pytest.mark.requirement("REF-08")
def test_the_second_of_two_proposals_is_out_of_date(loaded: None, now: Now) -> None:
    one = actions.propose_update(ACTOR, with_line("0373", "2027-01-01", "0361"), now)
    other = actions.propose_update(ACTOR, with_line("0893", "2027-01-01", "0907"), now)
    actions.approve_update(ACTOR, one.pk, now)
    before = register()
    with refused("update_stale"):
        actions.approve_update(ACTOR, other.pk, now)
    with refused("update_closed"):
        actions.approve_update(ACTOR, one.pk, now)
    assert register() == before


@pytest.mark.requirement("REF-04")
@pytest.mark.parametrize("successors", ["0402", "0402+0376"])
def test_an_announcement_that_the_register_overtook_changes_nothing_when_confirmed(
    loaded: None, now: Now, successors: str
) -> None:
    planned = PlannedChange.objects.get()
    approved(with_line("1696", "2027-01-01", successors), now)
    before, heirs = register(), Succession.objects.count()
    actions.confirm(ACTOR, Confirmable.CHANGE, str(planned.pk), now)
    assert (register(), Succession.objects.count()) == (before, heirs)
    planned.refresh_from_db()
    assert planned.confirmed_by == ACTOR.user_id


def test_confirming_what_is_not_there_leaves_nothing(loaded: None, now: Now) -> None:
    before = kept()
    for fact in Confirmable:
        with pytest.raises(Http404):
            actions.confirm(ACTOR, fact, "0", now)
    assert kept() == before


# Codes are keys


@pytest.mark.requirement("REF-06")
def test_ending_one_bergen_leaves_the_other(loaded: None, now: Now) -> None:
    approved(with_line("0373", "2027-01-01", "0361"), now)
    known = register()
    assert [resolve_one(known, code, END) for code in BERGENS] == ["0361", "0893"]
    ends = dict(Municipality.objects.filter(pk__in=BERGENS).values_list("pk", "valid_to"))
    assert ends == {"0373": END, "0893": None}


@pytest.mark.requirement("REF-05")
@pytest.mark.requirement("REF-06")
def test_a_postcode_of_one_bergen_never_proposes_the_other(loaded: None) -> None:
    a_postcode("1861", "0373")
    a_postcode("5854", "0893")
    assert municipalities_of_postcode("1861 AB", date(2026, 1, 1)) == ("0373",)
    assert municipalities_of_postcode("5854ab", date(2026, 1, 1)) == ("0893",)


# Postcodes


@pytest.mark.requirement("REF-05")
def test_a_postcode_in_two_municipalities_asks_and_in_none_proposes_nothing(loaded: None) -> None:
    a_postcode("1234", "0363", "0384")
    a_postcode("1235", "")
    assert municipalities_of_postcode("1234 AB", date(2026, 1, 1)) == ("0363", "0384")
    assert municipalities_of_postcode("1235 AB", date(2026, 1, 1)) == ()
    assert municipalities_of_postcode("1236 AB", date(2026, 1, 1)) == ()


@pytest.mark.requirement("REF-03")
@pytest.mark.requirement("REF-05")
def test_a_postcode_follows_a_merger_from_the_day_itself(loaded: None, now: Now) -> None:
    a_postcode("1231", "1696")
    actions.confirm(ACTOR, Confirmable.CHANGE, str(PlannedChange.objects.get().pk), now)
    assert municipalities_of_postcode("1231 AB", date(2026, 12, 31)) == ("0402", "1696")
    assert municipalities_of_postcode("1231 AB", END) == ("0402",)


@pytest.mark.requirement("REF-05")
@pytest.mark.parametrize("text", ["1234SA", "1234 sd", "1234 SS", "0999AA", "123 AB", "12345", ""])
def test_a_postcode_that_cannot_be_is_refused_before_anything_is_read(
    text: str, django_assert_num_queries: object
) -> None:
    with django_assert_num_queries(0), pytest.raises(RuleBroken, match="postcode_invalid"):
        municipalities_of_postcode(text, date(2026, 1, 1))


# Overlap, against a slow reading


@st.composite
def registers(draw: st.DrawFn) -> dict[str, MunicipalityFact]:
    """Give a register in which a municipality may end in the next one or two."""
    book = {}
    for number in range(7):
        ends = number < 5 and draw(st.booleans())
        heirs = draw(st.sets(st.integers(number + 1, 6), min_size=1, max_size=2)) if ends else set()
        until = FIRST.replace(year=2011 + number) if ends else None
        codes = tuple(f"{heir:04}" for heir in sorted(heirs))
        book[f"{number:04}"] = MunicipalityFact(f"{number:04}", f"Proefdorp {number}", None, until, codes)
    return book


def last_heirs(book: dict[str, MunicipalityFact], code: str) -> set[str]:
    """Follow every successor to its end, one step at a time."""
    fact = book[code]
    return (
        {code} if fact.valid_to is None else set().union(*(last_heirs(book, one) for one in fact.successors))
    )


@pytest.mark.requirement("REF-02")
@given(registers(), st.integers(0, 6), st.dates(FIRST, date(2020, 1, 1)))
def test_what_overlaps_ends_in_a_common_heir(
    book: dict[str, MunicipalityFact], number: int, on: date
) -> None:
    code = f"{number:04}"
    slow = {
        other for other in valid_codes(book.values(), on) if last_heirs(book, other) & last_heirs(book, code)
    }
    assert set(overlapping(book, code, on)) == slow
