"""The last months of help at home: its phase, fewer visits, a farewell, and a call three months later."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.http import Http404

from gib.care.products import builders, slots
from gib.care.products import words as shared
from gib.care.products.domain import NORMS
from gib.care.products.domain.home import TAPERS, Phase, phase, rhythm
from gib.care.products.domain.match import EndReason
from gib.care.products.domain.participation import State
from gib.care.products.models import Match, Participation
from gib.care.products.moedermaatjes import words
from gib.care.products.moedermaatjes.actions import finish, note_call
from gib.care.products.moedermaatjes.domain import Faring, call_due, check_call, check_farewell
from gib.care.products.moedermaatjes.models import CheckCall, Farewell, calls_of, next_call
from gib.care.products.moedermaatjes.tasks import after, check_calls
from gib.care.products.presenting.home import phase_words, rhythm_days
from gib.care.products.tests.conftest import NOW, broken, day, later, refused
from gib.care.products.tests.test_views import at, done, herself, request, send
from gib.care.referral.tests.reader import hidden, text_of, visitor
from gib.core.access.actor import Actor
from gib.core.kernel.dates import add_months
from gib.people.families import actions as families
from gib.people.families.domain.codes import Purpose
from gib.people.families.models import Consent
from gib.people.partners.domain import Product

pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])
END = 40
#: Three months after the farewell of these stories, which is 40 days after they begin.
DUE = (add_months(day(END), 3) - NOW.on).days
AGAIN = NORMS["check_call_again_days"]
LAPSE = NORMS["check_call_lapse_days"]
NONE: list[tuple[date, Faring]] = []


def parted(actor: Actor, number: int = 0, **facts: Any) -> tuple[Participation, Match]:
    """Let help at home be rounded off with a farewell after forty days."""
    part, match = builders.at_home(actor, NOW, number)
    return finish(actor, part.id, day(END), "Zij bakte een taart.", later(END), **facts), match


def called(actor: Actor, part: Participation, days: int, faring: Faring = Faring.WELL) -> CheckCall:
    return note_call(actor, part.id, day(days), faring, "Zij klinkt opgewekt.", later(days))


def tasks(actor: Actor, days: int) -> list[Any]:
    return check_calls(request(actor, later(days)))


# ---- the rules, without a database


@pytest.mark.parametrize("now", Phase)
def test_visits_are_weekly_until_it_is_time_to_let_go(now: Phase) -> None:
    assert rhythm(now, 7, 14) == (14 if now in TAPERS else 7)
    assert set(TAPERS) == {Phase.LET_GO, Phase.FAREWELL}
    assert set(shared.PHASES) == set(shared.PHASE_ASKS) == set(Phase)


@pytest.mark.parametrize(
    ("product", "state", "days", "code"),
    [
        (Product.BEZOEKMOEDERS, State.RUNNING, 1, "farewell_not_home"),
        (Product.MOEDERMAATJES, State.PLANNED, 1, "farewell_not_home"),
        (Product.MOEDERMAATJES, State.COMPLETED, 1, "farewell_not_home"),
        (Product.MOEDERMAATJES, State.RUNNING, 6, "farewell_in_future"),
        (Product.MOEDERMAATJES, State.RUNNING, -1, "farewell_before_start"),
    ],
)
def test_a_farewell_belongs_to_help_at_home_that_goes_on(
    product: Product, state: State, days: int, code: str
) -> None:
    with broken(code):
        check_farewell(product, state, NOW.on, day(days), day(5))
    check_farewell(Product.MOEDERMAATJES, State.RUNNING, NOW.on, day(5), day(5))


def test_she_is_called_after_three_months_and_once_more_when_she_did_not_answer() -> None:
    missed = [(day(92), Faring.NOT_REACHED)]
    assert call_due(NOW.on, NONE, 3, AGAIN) == add_months(NOW.on, 3)
    assert call_due(NOW.on, missed, 3, AGAIN) == day(92 + AGAIN)
    assert call_due(NOW.on, missed * 2, 3, AGAIN) is None
    for faring in (Faring.WELL, Faring.MIXED, Faring.HARD):
        assert call_due(NOW.on, [(day(92), faring)], 3, AGAIN) is None
        assert call_due(NOW.on, [*missed, (day(106), faring)], 3, AGAIN) is None
    assert set(words.FARINGS) == set(Faring)


def test_a_call_has_its_day() -> None:
    with broken("call_not_finished"):
        check_call(False, day(90), day(90), day(90))
    with broken("call_done"):
        check_call(True, None, day(90), day(90))
    with broken("call_in_future"):
        check_call(True, day(90), day(92), day(91))
    with broken("call_too_early"):
        check_call(True, day(90), day(89), day(91))
    check_call(True, day(90), day(90), day(91))


# ---- what people do


@pytest.mark.parametrize("is_partly", [False, True])
def test_a_farewell_rounds_help_at_home_off_with_its_match(
    coordinator: Actor, told: Callable[..., list[str]], is_partly: bool
) -> None:
    part, match = parted(coordinator, is_partly=is_partly)
    assert part.state == (State.PARTLY_COMPLETED if is_partly else State.COMPLETED)
    assert part.ended_on == day(END)
    row = Farewell.visible_to(coordinator, NOW.on).get(participation_id=part.id)
    assert (row.held_on, row.note) == (day(END), "Zij bakte een taart.")
    ended = Match.visible_to(coordinator, NOW.on).get(pk=match.id)
    assert (ended.end_reason, ended.to_on) == (EndReason.PLANNED, day(END))
    names = told(part.dossier_id)
    assert "moedermaatjes.FarewellSaid" in names
    assert names[-1] == "products.Completed"


def test_a_farewell_that_may_not_be_leaves_nothing_behind(coordinator: Actor, stranger: Actor) -> None:
    inside, _match = builders.visiting(coordinator, NOW)
    home, _match = builders.at_home(coordinator, NOW, 1)
    with refused("farewell_not_home", Farewell):
        finish(coordinator, inside.id, NOW.on, "", NOW)
    with refused("farewell_in_future", Farewell):
        finish(coordinator, home.id, day(1), "", NOW)
    with refused("farewell_before_start", Farewell):
        finish(coordinator, home.id, day(-1), "", NOW)
    with pytest.raises(Http404):
        finish(stranger, home.id, NOW.on, "", NOW)
    finish(coordinator, home.id, NOW.on, "", NOW)
    with refused("farewell_not_home", Farewell):
        finish(coordinator, home.id, NOW.on, "", NOW)


def test_how_she_is_doing_is_kept_and_she_is_left_in_peace(
    coordinator: Actor, stranger: Actor, told: Callable[..., list[str]]
) -> None:
    part, match = parted(coordinator)
    with refused("call_too_early", CheckCall):
        called(coordinator, part, DUE - 1)
    with pytest.raises(Http404):
        called(stranger, part, DUE)
    row = called(coordinator, part, DUE, Faring.MIXED)
    assert b"opgewekt" not in bytes(row.__dict__["note"])
    assert told(part.dossier_id)[-1] == "moedermaatjes.CheckCalled"
    with refused("call_done", CheckCall):
        called(coordinator, part, DUE + 30)
    assert not any(row.shows("farewell") for row in CheckCall.visible_to(herself(match), NOW.on))


def test_who_did_not_answer_is_called_once_more_two_weeks_later(coordinator: Actor) -> None:
    part, _match = parted(coordinator)
    called(coordinator, part, DUE + 2, Faring.NOT_REACHED)
    assert next_call(part, calls_of(part), NOW.on) == day(DUE + 2 + AGAIN)
    with broken("call_too_early"):
        called(coordinator, part, DUE + 1 + AGAIN)
    called(coordinator, part, DUE + 2 + AGAIN, Faring.NOT_REACHED)
    with broken("call_done"):
        called(coordinator, part, DUE + 60)


def test_nobody_calls_without_her_consent_or_after_another_end(coordinator: Actor) -> None:
    part, _match = parted(coordinator)
    rows = Consent.visible_to(coordinator, NOW.on).filter(dossier_id=part.dossier_id, purpose=Purpose.SUPPORT)
    while row := rows.filter(state="given").first():
        families.withdraw_consent(coordinator, row.id, later(DUE))
    with refused("support_missing", CheckCall):
        called(coordinator, part, DUE)
    home, _match = builders.at_home(coordinator, NOW, 1)
    with refused("call_not_finished", CheckCall):
        called(coordinator, home, DUE)


# ---- on the screen


def test_the_start_page_asks_for_the_call_until_it_is_made_or_has_lapsed(
    house: Actor, stranger: Actor
) -> None:
    part, _match = parted(house)
    parted(house, 1)
    assert tasks(house, DUE - 1) == []
    found = {task.dossier_id: task for task in tasks(house, DUE)}
    assert len(found) == 2
    assert found[part.dossier_id].url == at("home_call", part.id)
    assert tasks(stranger, DUE) == []
    called(house, part, DUE, Faring.NOT_REACHED)
    assert len(tasks(house, DUE + 1)) == 1
    assert len(tasks(house, DUE + AGAIN)) == 2
    called(house, part, DUE + AGAIN)
    assert len(tasks(house, DUE + AGAIN)) == 1
    assert len(tasks(house, DUE + LAPSE)) == 1
    assert tasks(house, DUE + LAPSE + 3) == []


def test_her_plan_tells_of_the_farewell_and_of_what_comes(house: Actor) -> None:
    home, _match = builders.at_home(house, NOW, 1)
    assert after(request(house), home.dossier_id) is None
    part, _match = parted(house)
    page = str(after(request(house, later(END)), part.dossier_id))
    assert "Afscheid op" in page
    assert "Zij bakte een taart." in page
    assert "Nabellen vanaf" in page
    assert at("home_call", part.id) not in page
    assert at("home_call", part.id) in str(after(request(house, later(DUE)), part.dossier_id))
    called(house, part, DUE, Faring.HARD)
    told = str(after(request(house, later(DUE)), part.dossier_id))
    assert "Het gaat moeilijk." in told
    assert "Nabellen vanaf" not in told


def test_the_plan_offers_a_farewell_instead_of_two_ways_to_finish(house: Actor) -> None:
    home, _match = builders.at_home(house, NOW)
    page = str(slots.parts(request(house), home.dossier_id))
    assert at("home_finish", home.id) in page
    assert at("part_step", home.id, "afronden") not in page
    assert at("part_partly", home.id) not in page
    old = visitor(house).get(at("part_step", home.id, "afronden"))
    assert (old.status_code, old.url) == (302, at("home_finish", home.id))


def test_a_farewell_is_told_on_a_form_once(house: Actor) -> None:
    home, _match = builders.at_home(house, NOW)
    url = at("home_finish", home.id)
    wrong = send(house, url, held_on="12-01-2011", reached="ja", note="Dag.")
    assert wrong.status_code == 422
    assert "Dag." in text_of(wrong)
    browser = visitor(house)
    told = hidden(browser.get(url)) | {"held_on": "11-01-2011", "reached": "deels", "note": "Dag."}
    assert [browser.post(url, told).status_code for _time in range(2)] == [302, 302]
    row = Participation.visible_to(house, NOW.on).get(pk=home.id)
    assert row.state == State.PARTLY_COMPLETED
    assert Farewell.visible_to(house, NOW.on).count() == 1


def test_a_call_is_told_on_a_form(house: Actor) -> None:
    part, _match = parted(house)
    url, on = at("home_call", part.id), later(DUE)
    early = f"{day(DUE - 1):%d-%m-%Y}"
    wrong = send(house, url, on, called_on=early, faring="well", note="Zij werkt.")
    assert wrong.status_code == 422
    assert "Nabellen kan vanaf" in text_of(wrong)
    assert "Zij werkt." in text_of(wrong)
    assert send(house, url, on, called_on=f"{on.on:%d-%m-%Y}", faring="best", note="").status_code == 422
    done(house, url, on, called_on=f"{on.on:%d-%m-%Y}", faring="well", note="Zij werkt.")
    assert CheckCall.visible_to(house, NOW.on).get(participation_id=part.id).faring == Faring.WELL


@pytest.mark.parametrize(("months", "name"), [(0, Phase.LANDING), (5, Phase.BUILD), (11, Phase.LET_GO)])
def test_who_coordinates_and_who_visits_read_the_same_phase(house: Actor, months: int, name: Phase) -> None:
    part, match = builders.at_home(house, NOW)
    on = add_months(NOW.on, months)
    moment = later((on - NOW.on).days)
    assert phase(part.started_on or on, on) is name
    says = phase_words(part, on)
    assert says == f"Fase: {shared.PHASES[name]}. {shared.PHASE_ASKS[name]}"
    assert says in str(slots.parts(request(house, moment), part.dossier_id))
    for actor in (house, herself(match)):
        assert says in text_of(visitor(actor, moment).get(at("match", match.id)))
    assert rhythm_days(request(house, moment), match) == (14 if name in TAPERS else 7)


def test_visits_inside_keep_their_rhythm_and_have_no_phase(house: Actor) -> None:
    part, match = builders.visiting(house, NOW)
    assert phase_words(part, NOW.on) == ""
    assert rhythm_days(request(house), match) == NORMS["visit_rhythm_days"]
    assert "Fase:" not in text_of(visitor(house).get(at("match", match.id)))
    home, _match = builders.at_home(house, NOW, 1)
    finish(house, home.id, day(3), "", later(3))
    over = Participation.visible_to(house, NOW.on).get(pk=home.id)
    assert phase_words(over, NOW.on + timedelta(days=3)) == ""
