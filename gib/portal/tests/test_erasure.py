"""A dossier is erased by two persons, unless it must stay; afterwards it is found nowhere."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.http import Http404
from django.test import RequestFactory
from django.urls import reverse

from gib.care.handover import builders as needs
from gib.care.trajectory.builders import proposed_in
from gib.care.trajectory.models import Trajectory
from gib.core.access import rls
from gib.core.access.actor import Actor
from gib.core.access.tables import Role
from gib.core.journal import outbox
from gib.core.journal.models import Delivery, Happening, Message
from gib.core.kernel.clock import Now
from gib.core.kernel.rules import RuleBroken
from gib.core.vault.models import Tombstone, WrappedKey
from gib.people.families import builders
from gib.people.families.domain.codes import Purpose
from gib.people.families.models import Dossier, Participant, rows_of
from gib.people.partners.models import Team
from gib.portal import actions, erasures, slots
from gib.portal.domain import (
    ErasureGround,
    ErasureState,
    HoldKind,
    check_answer_erasure,
    check_ask_erasure,
    check_hold,
    last_kept_day,
)
from gib.portal.models import ErasureRequest, LegalHold
from gib.portal.tests.town import TODAY, Town, questions, send, text

DONE, REFUSED, BACK = ErasureState.CARRIED_OUT, ErasureState.REFUSED, ErasureState.WITHDRAWN


@pytest.mark.requirement("RET-02")
@pytest.mark.parametrize(
    ("ended", "last"), [(date(2024, 2, 29), date(2026, 2, 28)), (date(2009, 1, 11), date(2011, 1, 11))]
)
def test_a_term_is_counted_by_the_calendar(ended: date, last: date) -> None:
    assert last_kept_day(ended, 2) == last


@pytest.mark.parametrize(
    ("to", "same", "why", "held", "code"),
    [
        (DONE, True, "", False, "erasure_same_person"),
        (REFUSED, True, "nee", False, "erasure_same_person"),
        (BACK, False, "", False, "erasure_other_person"),
        (REFUSED, False, "", False, "erasure_why"),
        (DONE, False, "", True, "erasure_held"),
    ],
)
def test_an_answer_that_may_not_be_given(
    to: ErasureState, same: bool, why: str, held: bool, code: str
) -> None:
    with pytest.raises(RuleBroken, match=f"^{code}$"):
        check_answer_erasure(to, same, why, held)


def test_answers_that_may_be_given() -> None:
    check_answer_erasure(DONE, False, "", False)
    check_answer_erasure(REFUSED, False, "de rechter vroeg het", True)
    check_answer_erasure(BACK, True, "", True)


@pytest.mark.parametrize(
    ("is_open", "runs", "code"), [(True, False, "erasure_open"), (False, True, "erasure_running")]
)
def test_a_question_that_may_not_be_asked(is_open: bool, runs: bool, code: str) -> None:
    with pytest.raises(RuleBroken, match=code):
        check_ask_erasure(is_open, runs)


def test_a_hold_has_a_reason_and_an_end() -> None:
    for why, to_on, code in (("", TODAY + timedelta(1), "hold_why"), ("klacht", TODAY, "hold_past")):
        with pytest.raises(RuleBroken, match=code):
            check_hold(why, to_on, TODAY)
    check_hold("klacht", TODAY + timedelta(1), TODAY)


@pytest.fixture
def leader(town: Town) -> Actor:
    return Actor(uuid4(), Role.PROJECT_LEADER)


def asked(town: Town) -> ErasureRequest:
    return actions.ask_erasure(town.ours, town.dossier_id, ErasureGround.HER_WISH, town.now)


def helped(town: Town) -> None:
    builders.with_consent(town.ours, town.dossier_id, Purpose.SUPPORT, town.now)
    proposed_in(town.ours, town.dossier_id, town.now)


def answer(town: Town, actor: Actor, to: ErasureState, why: str = "", **later: int) -> ErasureRequest:
    row = ErasureRequest.visible_to(actor, TODAY).get()
    now = Now(town.now.at, TODAY + timedelta(**later))
    return actions.answer_erasure(actor, row.id, to, why, now)


@pytest.mark.django_db(databases="__all__", transaction=True)
class TestErasing:
    """The act, with its effects in every store."""

    @pytest.mark.requirement("RET-04")
    def test_two_persons_erase_and_nobody_sees_it_again(self, town: Town, leader: Actor) -> None:
        builders.with_child(town.ours, town.dossier_id, town.now)
        key = f"x:{town.dossier_id}"
        outbox.notify(town.ours.user_id, "asked", key, town.now)
        asked(town)
        about = Happening.visible_to(town.ours, TODAY).filter(dossier_id=town.dossier_id)
        Delivery.objects.create(happening_id=about.first().id, handler="x", due_at=town.now.at)
        for actor in (leader, town.ours):
            assert erasures.table(actor, TODAY).rows
        answer(town, leader, DONE)
        assert Tombstone.objects.using("keys").filter(box_id=town.dossier_id).exists()
        assert not WrappedKey.objects.filter(box_id=town.dossier_id).exists()
        assert not (Message.objects.filter(effect_key=key).exists() or Delivery.objects.exists())
        for actor in (town.ours, town.theirs):
            for model in (Dossier, Participant, ErasureRequest):
                assert not model.visible_to(actor, TODAY).exists()
        assert erasures.table(leader, TODAY).rows[0][4].text == "Gewist"

    def test_what_figures_and_the_journal_need_stays(self, town: Town, leader: Actor, as_house: Any) -> None:
        before = Happening.for_house("test", TODAY).filter(dossier_id=town.dossier_id).count()
        asked(town)
        answer(town, leader, DONE)
        row = Dossier.for_house("test", TODAY).select_related("team").get(pk=town.dossier_id)
        assert (row.erased_on, row.team.prison_id) == (TODAY, "NSL")
        assert rows_of(Participant, row.id).get().birth_year == 1980
        told = Happening.for_house("test", TODAY).filter(dossier_id=town.dossier_id).order_by("position")
        assert list(told.values_list("name", flat=True))[before:] == [
            "portal.ErasureAsked",
            "portal.ErasureAnswered",
            "families.DossierErased",
        ]
        assert not Team.objects.valid(TODAY).filter(pk=row.team_id).exists()

    def test_who_asks_does_not_decide(self, town: Town) -> None:
        asked(town)
        with pytest.raises(RuleBroken, match="erasure_same_person"):
            answer(town, town.ours, DONE)
        with pytest.raises(RuleBroken, match="erasure_open"):
            asked(town)
        assert answer(town, town.ours, BACK).state == BACK
        assert asked(town).state == ErasureState.ASKED

    def test_a_stranger_asks_nothing_and_decides_nothing(self, town: Town) -> None:
        with pytest.raises(Http404):
            actions.ask_erasure(town.theirs, town.dossier_id, ErasureGround.TERM, town.now)
        row = asked(town)
        with pytest.raises(Http404):
            actions.answer_erasure(town.theirs, row.id, DONE, "", town.now)

    def test_a_refusal_keeps_its_reason_and_the_dossier(self, town: Town, leader: Actor) -> None:
        asked(town)
        with pytest.raises(RuleBroken, match="erasure_why"):
            answer(town, leader, REFUSED)
        answer(town, leader, REFUSED, "De rechter vroeg om het dossier.")
        row = ErasureRequest.visible_to(town.ours, TODAY).get()
        assert (row.state, row.why) == (REFUSED, "De rechter vroeg om het dossier.")
        assert Participant.visible_to(town.ours, TODAY).exists()
        with pytest.raises(RuleBroken, match="illegal_move"):
            answer(town, leader, DONE)

    @pytest.mark.requirement("RET-05")
    def test_a_hold_stops_it_until_its_last_day(self, town: Town, leader: Actor) -> None:
        until = TODAY + timedelta(days=10)
        row = actions.hold(town.ours, town.dossier_id, HoldKind.COURT, "zitting", until, town.now)
        asked(town)
        with pytest.raises(RuleBroken, match="erasure_held"):
            answer(town, leader, DONE, days=10)
        assert WrappedKey.objects.filter(box_id=town.dossier_id).exists()
        actions.end_hold(town.ours, row.id, town.now)
        with pytest.raises(RuleBroken, match="no_change"):
            actions.end_hold(town.ours, row.id, town.now)
        with pytest.raises(RuleBroken, match="erasure_held"):
            answer(town, leader, DONE)
        assert answer(town, leader, DONE, days=1).state == DONE

    @pytest.mark.requirement("RET-05")
    def test_an_open_suspicion_is_a_hold_of_itself(self, town: Town, leader: Actor) -> None:
        needs.unsafe(town.ours, town.dossier_id, town.now)
        asked(town)
        with pytest.raises(RuleBroken, match="erasure_held"):
            answer(town, leader, DONE)

    def test_a_mother_who_is_helped_is_not_erased(self, town: Town, leader: Actor) -> None:
        helped(town)
        with pytest.raises(RuleBroken, match="erasure_running"):
            asked(town)


@pytest.mark.django_db(databases="__all__")
class TestThePages:
    """What the coordinator, her deputy and the project leader see and fill in."""

    def test_the_whole_walk_on_screen(self, town: Town, django_capture_on_commit_callbacks: Any) -> None:
        url = town.url("erase")
        assert url in town["ours"].get(town.url("dossier")).content.decode()
        shown = text(town["ours"].get(url))
        assert "Dit gaat voorgoed weg" in shown and "Dit blijft" in shown
        assert send(town["ours"], url, ground="her_wish").status_code == 422
        assert send(town["ours"], url, is_certain="on").status_code == 422
        asked = send(town["ours"], url, ground="her_wish", is_certain="on")
        assert (asked.status_code, asked.url.startswith("/wissen/")) == (302, True)
        own = send(town["ours"], asked.url, to="carried_out")
        assert own.status_code == 422
        leader = town[Role.PROJECT_LEADER]
        waiting = text(leader.get("/wissen/"))
        assert "Wacht op een tweede persoon" in waiting and builders.LAST_NAMES[0] not in waiting
        assert builders.LAST_NAMES[0] not in text(leader.get(asked.url))
        assert send(leader, asked.url, to="refused").status_code == 422
        with django_capture_on_commit_callbacks(execute=True):
            assert send(leader, asked.url, to="carried_out").status_code == 302
        assert "Gewist" in text(leader.get("/wissen/"))
        for name in ("dossier", "erase", "hold", "transfer", "dossier_seen"):
            assert town["ours"].get(town.url(name)).status_code == 404
        assert leader.get(asked.url).status_code == 404

    def test_a_hold_on_screen(self, town: Town) -> None:
        url = town.url("hold")
        for wrong in ({"kind": ""}, {"why": ""}, {"to_on": "11-01-2011"}, {"to_on": "morgen"}):
            given = {"kind": "court", "why": "Zitting over het gezag", "to_on": "01-06-2011"} | wrong
            assert send(town["ours"], url, **given).status_code == 422
        given = {"kind": "court", "why": "Zitting over het gezag", "to_on": "01-06-2011"}
        assert send(town["ours"], url, **given).status_code == 302
        assert "Zitting over het gezag" in text(town["ours"].get(town.url("erase")))
        decide = reverse("portal:erasure", args=[asked(town).id])
        told = text(town[Role.PROJECT_LEADER].get(decide))
        assert "Er loopt een zaak bij de rechter. Dit dossier moet blijven tot en met wo 1 jun" in told
        assert "Zitting over het gezag" not in told
        row = LegalHold.visible_to(town.ours, TODAY).get()
        end = reverse("portal:hold_end", args=[row.id])
        assert town["theirs"].get(end).status_code == 404
        assert send(town["ours"], end).status_code == 302
        assert LegalHold.visible_to(town.ours, TODAY).get().to_on == TODAY

    def test_strangers_and_wrong_roles(self, town: Town) -> None:
        row = asked(town)
        for url in (town.url("erase"), town.url("hold"), reverse("portal:erasure", args=[row.id])):
            assert town["theirs"].get(url).status_code == 404
            for name in (Role.VOLUNTEER, Role.REFERRER, Role.MUNICIPALITY, Role.TECHNICAL_ADMIN):
                assert town[name].get(url).status_code == 403
        assert town[Role.PROJECT_LEADER].get(town.url("erase")).status_code == 403
        assert town[Role.DEPUTY].get(reverse("portal:erasure", args=[row.id])).status_code == 200
        assert town["ours"].post("/wissen/").status_code == 405

    def test_the_start_page_asks_when_the_term_is_over(self, town: Town) -> None:
        helped(town)
        row = Trajectory.visible_to(town.ours, TODAY).get()
        rows = Trajectory.for_action(town.ours, TODAY).filter(pk=row.id)
        request: Any = RequestFactory().get("/vandaag/")
        request.actor, request.now = town.ours, town.now
        for closed_on, count in ((None, 0), (date(2009, 1, 11), 0), (date(2009, 1, 10), 1)):
            with rls.acting_as(town.ours, TODAY):
                rows.update(closed_on=closed_on)
            assert len(slots.erasures_due(request)) == count
        (task,) = slots.erasures_due(request)
        assert task.url == town.url("erase")
        actions.hold(town.ours, town.dossier_id, HoldKind.COURT, "zitting", TODAY + timedelta(9), town.now)
        assert slots.erasures_due(request) == []

    def test_the_second_person_of_the_team_is_asked(self, town: Town) -> None:
        asked(town)
        request: Any = RequestFactory().get("/vandaag/")
        request.actor, request.now = town.ours, town.now
        assert slots.erasures_waiting(request) == []
        request.actor = Actor(uuid4(), Role.DEPUTY, town.ours.team_ids)
        (task,) = slots.erasures_waiting(request)
        assert (task.button, task.dossier_id) == ("Beslis", town.dossier_id)

    def test_the_list_asks_as_much_for_one_as_for_many(self, town: Town) -> None:
        asked(town)
        leader = town[Role.PROJECT_LEADER]
        before = questions(leader, "/wissen/")
        for number in range(1, 6):
            other = builders.a_dossier(town.ours, town.now, number)
            actions.ask_erasure(town.ours, other.id, ErasureGround.TERM, town.now)
        assert questions(leader, "/wissen/") == before <= 15

    def test_the_dossier_leads_to_the_other_team(self, town: Town) -> None:
        assert town.url("transfer") in town["ours"].get(town.url("dossier")).content.decode()
