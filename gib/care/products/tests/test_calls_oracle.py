"""The call after a farewell beside a slow oracle on paper, and the start page beside the rule, day by day."""

from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gib.care.products import builders
from gib.care.products.domain import NORMS
from gib.care.products.models import Participation
from gib.care.products.moedermaatjes.actions import finish, note_call
from gib.care.products.moedermaatjes.domain import MOST_CALLS, Faring, call_due, check_call
from gib.care.products.moedermaatjes.models import calls_of, next_call
from gib.care.products.moedermaatjes.tasks import after, check_calls
from gib.care.products.tests.conftest import NOW, day, later
from gib.care.products.tests.test_views import at, request
from gib.core.access import rls
from gib.core.access.actor import Actor
from gib.core.journal.models import Happening
from gib.core.kernel.rules import RuleBroken
from gib.core.ui import words
from gib.people.families import actions as families
from gib.people.families import builders as asked
from gib.people.families.domain.codes import Purpose
from gib.people.families.models import Consent, rows_of

MONTHS, AGAIN = NORMS["check_call_months"], NORMS["check_call_again_days"]
DAYS = st.dates(date(2008, 1, 1), date(2012, 12, 31))
TRIES = st.lists(st.tuples(st.integers(0, 60), st.sampled_from(Faring)), max_size=12)
Made = list[tuple[date, Faring]]
DB = pytest.mark.django_db(databases=["default", "keys", "log"])


# ---- on paper


def months_later(on: date, months: int) -> date:
    """Count months on the fingers: the same day of the month, or the last day of a shorter one."""
    year, month = on.year, on.month
    for _month in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return date(year, month, min(on.day, monthrange(year, month)[1]))


def may_call(ended: date, made: Made, on: date) -> str:
    """Say the code of why nobody may call on a day, from the words of the programme; empty when one may."""
    for _day, faring in made:
        if faring in (Faring.WELL, Faring.MIXED, Faring.HARD):
            return "call_done"
    if len(made) == 2:
        return "call_done"
    if not made:
        return "call_too_early" if on < months_later(ended, 3) else ""
    waited = 0
    while made[-1][0] + timedelta(days=waited) < on:
        waited += 1
    return "call_too_early" if waited < 14 else ""


def says(ended: date, made: Made, on: date) -> str:
    """Give what the rule says of a call on a day; empty when it may be made."""
    try:
        check_call(True, call_due(ended, made, MONTHS, AGAIN), on, on)
    except RuleBroken as error:
        return error.code
    return ""


@given(ended=DAYS, tries=TRIES)
def test_calls_agree_with_an_oracle_on_paper(ended: date, tries: list[tuple[int, Faring]]) -> None:
    made: Made = []
    on = ended
    for days, faring in tries:
        on += timedelta(days=days)
        assert says(ended, made, on) == may_call(ended, made, on)
        if not may_call(ended, made, on):
            made.append((on, faring))
    assert len(made) <= MOST_CALLS
    assert all(faring is Faring.NOT_REACHED for _on, faring in made[:-1])
    assert all(on >= months_later(ended, 3) for on, _faring in made)


@given(ended=DAYS, ahead=st.integers(1, 400))
def test_a_call_that_is_still_to_come_is_never_noted(ended: date, ahead: int) -> None:
    on = months_later(ended, 3) + timedelta(days=30)
    with pytest.raises(RuleBroken, match="call_in_future"):
        check_call(True, call_due(ended, [], MONTHS, AGAIN), on + timedelta(days=ahead), on)


@pytest.mark.parametrize(
    ("ended", "due"),
    [
        (date(2010, 11, 30), date(2011, 2, 28)),
        (date(2011, 11, 30), date(2012, 2, 29)),
        (date(2010, 12, 31), date(2011, 3, 31)),
        (date(2010, 3, 28), date(2010, 6, 28)),
    ],
)
def test_three_months_end_on_a_day_that_exists(ended: date, due: date) -> None:
    assert call_due(ended, [], MONTHS, AGAIN) == due == months_later(ended, 3)


# ---- the start page asks what the rule allows


def parted(actor: Actor, said: int = 0, written: int = 0) -> Participation:
    """Let help at home of today say goodbye some days later, written down that day or later still."""
    part, _match = builders.at_home(actor, NOW)
    return finish(actor, part.id, day(said), "Zij bakte een taart.", later(written))


def is_asked(actor: Actor, days: int) -> bool:
    """Tell whether the start page asks to call her."""
    return bool(check_calls(request(actor, later(days))))


def is_offered(actor: Actor, part: Participation, days: int) -> bool:
    """Tell whether her plan offers to call her."""
    return at("home_call", part.id) in str(after(request(actor, later(days)), part.dossier_id))


def withdraw(actor: Actor, part: Participation, days: int) -> None:
    """Let her withdraw every yes to support."""
    rows = Consent.visible_to(actor, NOW.on).filter(dossier_id=part.dossier_id, purpose=Purpose.SUPPORT)
    while row := rows.filter(state="given").first():
        families.withdraw_consent(actor, row.id, later(days))


@DB
@pytest.mark.parametrize("first", [Faring.NOT_REACHED, Faring.MIXED])
def test_start_page_and_plan_ask_on_the_days_that_the_rule_allows(house: Actor, first: Faring) -> None:
    part, made = parted(house), list[tuple[date, Faring]]()
    due = (months_later(NOW.on, 3) - NOW.on).days
    lapses = due + NORMS["check_call_lapse_days"]
    for days in [*range(due - 2, due + 3), due + AGAIN, due + AGAIN + 2, lapses - 3, lapses + 3]:
        allowed = not may_call(NOW.on, made, day(days))
        assert is_asked(house, days) == (allowed and days <= lapses), days
        assert is_offered(house, part, days) == allowed, days
        if days == due + 1:
            note_call(house, part.id, day(days), first, "Zij klinkt opgewekt.", later(days))
            made.append((day(days), first))


@DB
@pytest.mark.parametrize(("said", "written"), [(0, 0), (0, 1), (20, 33), (40, 131), (40, 140)])
def test_a_farewell_that_is_written_down_late_counts_from_the_day_it_was_said(
    house: Actor, said: int, written: int
) -> None:
    part = parted(house, said, written)
    assert part.ended_on == day(said)
    due_on = months_later(day(said), 3)
    assert next_call(part, calls_of(part), day(written)) == due_on
    due = (due_on - NOW.on).days
    lapses = due + NORMS["check_call_lapse_days"]
    asked = [*range(max(written, due - 2), max(written, due) + 3), lapses - 3, lapses + 4]
    for days in asked:
        allowed = not may_call(day(said), [], day(days))
        assert is_asked(house, days) == (allowed and days <= lapses), days
    first = max(written, due)
    if first > due - 1 >= written:
        with pytest.raises(RuleBroken, match="call_too_early"):
            note_call(house, part.id, day(due - 1), Faring.WELL, "", later(first))
    note_call(house, part.id, day(first), Faring.WELL, "", later(first))
    assert not is_asked(house, first)


@DB
def test_what_the_book_of_figures_reads_ends_on_the_day_of_the_farewell(house: Actor) -> None:
    part = parted(house, 20, 33)
    with rls.system("test"):
        told = rows_of(Happening, part.dossier_id).get(name="products.Completed")
    assert told.payload["ended_on"] == f"{day(20):%Y-%m-%d}"
    page = str(after(request(house, later(33)), part.dossier_id))
    assert str(words.day(day(20))) in page
    assert str(words.day(months_later(day(20), 3))) in page
    assert str(words.day(day(33))) not in page


@DB
def test_who_does_not_want_us_any_more_is_not_called(house: Actor) -> None:
    part = parted(house)
    due = (months_later(NOW.on, 3) - NOW.on).days
    assert is_asked(house, due)
    assert "Nabellen vanaf" in str(after(request(house, later(due)), part.dossier_id))
    withdraw(house, part, due)
    assert not is_asked(house, due)
    page = str(after(request(house, later(due)), part.dossier_id))
    assert "Afscheid op" in page
    assert "Nabellen vanaf" not in page
    assert "Zonder haar toestemming bellen wij haar niet na." in page
    assert at("home_call", part.id) not in page
    with pytest.raises(RuleBroken, match="support_missing"):
        note_call(house, part.id, day(due), Faring.WELL, "Zij klinkt opgewekt.", later(due))
    asked.with_consent(house, part.dossier_id, Purpose.SUPPORT, later(due + 1))
    assert is_asked(house, due + 1)
    assert is_offered(house, part, due + 1)


@DB
def test_who_withdrew_is_left_off_and_who_did_not_stays(house: Actor) -> None:
    part = parted(house)
    other, _match = builders.at_home(house, NOW, 1)
    finish(house, other.id, NOW.on, "Zij zwaaide.", NOW)
    due = (months_later(NOW.on, 3) - NOW.on).days
    assert len(check_calls(request(house, later(due)))) == 2
    withdraw(house, part, due)
    assert [task.dossier_id for task in check_calls(request(house, later(due)))] == [other.dossier_id]
