"""Handovers from preparation to help that goes on, on the database."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from gib.care.aftercare import builders as money
from gib.care.handover import actions, builders, reactions
from gib.care.handover.actions import NewHandover
from gib.care.handover.builders import EXTRACT, WORKER
from gib.care.handover.domain import (
    Decision,
    Ground,
    Side,
    SignalState,
    State,
)
from gib.care.handover.models import Handover, let_go_without_offer
from gib.care.handover.tests.asking import broken
from gib.care.handover.tests.conftest import NOW, Cast, later
from gib.core.access import rls
from gib.people.families import actions as families
from gib.people.families import builders as mothers
from gib.people.families.domain.codes import Place, Purpose
from gib.people.families.domain.consent import Answer
from gib.people.families.models import Consent, Disclosure
from gib.people.partners.models import CareProvider

pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])
Told = Callable[[UUID], list[str]]
YES = Answer(place=Place.PRISON)


# ---- handing over


def test_a_handover_is_a_loop_until_help_goes_on(people: Cast, told: Told) -> None:
    row = builders.confirmed(people.coordinator, people.dossier_id, NOW)
    assert row.is_settled
    assert row.checked_on == later(NOW, 28).on
    assert told(people.dossier_id)[3:] == [
        "HandoverPrepared",
        "HandoverConsented",
        "HandoverSent",
        "HandoverAccepted",
        "HelpBegun",
        "HandoverConfirmed",
    ]


@pytest.mark.parametrize("state", [SignalState.RAISED, SignalState.TRIAGED])
def test_nothing_is_handed_over_that_was_not_talked_over(people: Cast, state: SignalState) -> None:
    begin = builders.raised if state is SignalState.RAISED else builders.triaged
    signal = begin(people.coordinator, people.dossier_id, NOW)
    new = NewHandover(builders.provider().pk, "Orde.", signal_id=signal.id)
    with broken("handover_not_discussed"):
        actions.prepare_handover(people.coordinator, people.dossier_id, new, NOW)


def test_about_safety_help_may_begin_without_the_talk(people: Cast) -> None:
    signal = builders.triaged(people.coordinator, people.dossier_id, NOW, Decision.SAFETY)
    new = NewHandover(builders.provider().pk, "Hulp in huis.", signal_id=signal.id)
    row = actions.prepare_handover(people.coordinator, people.dossier_id, new, NOW)
    assert row.state == State.PREPARED
    with broken("handover_consent"):
        actions.consent_handover(people.coordinator, row.id, None, NOW)


@pytest.mark.parametrize(
    ("days", "code"), [(None, "handover_not_discussed"), (1, "handover_in_future"), (0, ""), (-30, "")]
)
def test_without_a_signal_the_day_of_the_talk_is_told(people: Cast, days: int | None, code: str) -> None:
    discussed_on = None if days is None else NOW.on + timedelta(days=days)
    new = NewHandover(builders.provider().pk, "Hulp.", discussed_on=discussed_on)
    if code:
        with broken(code):
            actions.prepare_handover(people.coordinator, people.dossier_id, new, NOW)
    else:
        row = actions.prepare_handover(people.coordinator, people.dossier_id, new, NOW)
        assert row.discussed_on == discussed_on


def test_a_provider_that_is_gone_receives_nobody(people: Cast) -> None:
    gone = builders.provider()
    CareProvider.objects.filter(pk=gone.pk).update(valid_to=NOW.on)
    new = NewHandover(gone.pk, "Hulp.", discussed_on=NOW.on)
    with broken("handover_provider"):
        actions.prepare_handover(people.coordinator, people.dossier_id, new, NOW)


def test_one_handover_at_a_time_per_organisation(people: Cast) -> None:
    row = builders.prepared(people.coordinator, people.dossier_id, NOW)
    new = NewHandover(row.provider_id or 0, "Nog eens.", discussed_on=NOW.on)
    with broken("handover_open"):
        actions.prepare_handover(people.coordinator, people.dossier_id, new, NOW)
    actions.decline(people.coordinator, row.id, Side.PROVIDER, Ground.FULL, NOW)
    assert actions.prepare_handover(people.coordinator, people.dossier_id, new, NOW).state == State.PREPARED


def test_a_signal_of_another_dossier_does_not_count(people: Cast) -> None:
    other = mothers.a_dossier(people.coordinator, NOW, 4)
    signal = builders.discussed(people.coordinator, other.id, NOW)
    new = NewHandover(builders.provider().pk, "Hulp.", signal_id=signal.id)
    with pytest.raises(Http404):
        actions.prepare_handover(people.coordinator, people.dossier_id, new, NOW)


def test_her_yes_is_for_this_organisation(people: Cast, as_house: Any) -> None:
    row = builders.consented(people.coordinator, people.dossier_id, NOW)
    consent = Consent.for_house("test", NOW.on).get_or_404(purpose=Purpose.CARE_PROVIDER)
    assert (consent.recipient, consent.state) == (str(row.provider_id), "given")
    assert row.consented_on == NOW.on


def test_a_yes_that_holds_already_is_not_asked_again(people: Cast) -> None:
    row = builders.prepared(people.coordinator, people.dossier_id, NOW)
    mothers.with_consent(
        people.coordinator, people.dossier_id, Purpose.CARE_PROVIDER, NOW, recipient=str(row.provider_id)
    )
    assert actions.consent_handover(people.coordinator, row.id, None, NOW).state == State.CONSENTED


def test_a_yes_beside_prison_staff_is_no_yes(people: Cast) -> None:
    row = builders.prepared(people.coordinator, people.dossier_id, NOW)
    with broken("staff_present"):
        actions.consent_handover(people.coordinator, row.id, replace(YES, staff_absent=False), NOW)


def test_nothing_is_sent_that_she_did_not_allow(people: Cast) -> None:
    row = builders.prepared(people.coordinator, people.dossier_id, NOW)
    with broken("illegal_move"):
        actions.send(people.coordinator, row.id, EXTRACT, WORKER, NOW)


def test_what_is_sent_is_frozen_and_listed(people: Cast, as_house: Any) -> None:
    row = builders.sent(people.coordinator, people.dossier_id, NOW)
    kept = Handover.for_house("test", NOW.on).get_or_404(pk=row.id)
    assert (kept.extract, kept.worker, kept.sent_on) == (EXTRACT, WORKER, NOW.on)
    listed = Disclosure.for_house("test", NOW.on).get_or_404(source_id=row.id)
    assert (listed.purpose, listed.recipient) == (Purpose.CARE_PROVIDER, str(row.provider_id))


@pytest.mark.parametrize(
    ("extract", "worker", "code"),
    [(EXTRACT, " ", "handover_no_worker"), ({}, WORKER, "handover_extract_empty")],
)
def test_a_warm_handover_has_content_and_a_person(
    people: Cast, extract: dict[str, str], worker: str, code: str
) -> None:
    row = builders.consented(people.coordinator, people.dossier_id, NOW)
    with broken(code):
        actions.send(people.coordinator, row.id, extract, worker, NOW)


def consent_of(people: Cast) -> Consent:
    with rls.system("test"):
        found: Consent = Consent.for_house("test", NOW.on).get_or_404(purpose=Purpose.CARE_PROVIDER)
        return found


@pytest.mark.requirement("CON-02")
def test_withdrawn_consent_blocks_sending(people: Cast, told: Told) -> None:
    """Invariant 9: before any handler ran, the act itself refuses."""
    row = builders.consented(people.coordinator, people.dossier_id, NOW)
    families.withdraw_consent(people.coordinator, consent_of(people).id, NOW)
    with broken("handover_consent"):
        actions.send(people.coordinator, row.id, EXTRACT, WORKER, NOW)
    payload = {"purpose": str(Purpose.CARE_PROVIDER), "recipient": str(row.provider_id)}
    reactions.consent_withdrawn(people.dossier_id, payload, NOW)
    assert told(people.dossier_id)[-1] == "HandoverDeclined"


@pytest.mark.parametrize(
    ("purpose", "recipient"), [(Purpose.MUNICIPALITY, ""), (Purpose.CARE_PROVIDER, "999999")]
)
def test_another_consent_leaves_a_handover(people: Cast, purpose: Purpose, recipient: str) -> None:
    row = builders.consented(people.coordinator, people.dossier_id, NOW)
    payload = {"purpose": str(purpose), "recipient": recipient}
    reactions.consent_withdrawn(people.dossier_id, payload, NOW)
    assert actions.send(people.coordinator, row.id, EXTRACT, WORKER, NOW).state == State.SENT


def test_who_is_received_knows_when_and_by_whom(people: Cast) -> None:
    row = builders.sent(people.coordinator, people.dossier_id, NOW)
    with broken("handover_no_worker"):
        actions.accept(people.coordinator, row.id, NOW.on, "", NOW)
    with broken("handover_appointment_past"):
        actions.accept(people.coordinator, row.id, NOW.on - timedelta(days=1), WORKER, NOW)
    done = actions.accept(people.coordinator, row.id, NOW.on + timedelta(days=7), "De heer Eenhoorn", NOW)
    assert (done.worker, done.first_appointment_on) == ("De heer Eenhoorn", NOW.on + timedelta(days=7))


def test_a_waiting_list_has_weeks_and_an_end(people: Cast) -> None:
    row = builders.sent(people.coordinator, people.dossier_id, NOW)
    with broken("handover_weeks"):
        actions.waiting_list(people.coordinator, row.id, 0, NOW)
    waits = actions.waiting_list(people.coordinator, row.id, 6, NOW)
    assert (waits.state, waits.wait_weeks) == (State.WAITING_LIST, 6)
    assert waits.silent_after(2) == NOW.on + timedelta(weeks=6)
    assert actions.accept(people.coordinator, row.id, NOW.on, WORKER, NOW).state == State.ACCEPTED


def test_a_first_talk_has_happened(people: Cast) -> None:
    row = builders.accepted(people.coordinator, people.dossier_id, NOW)
    with broken("handover_in_future"):
        actions.first_contact(people.coordinator, row.id, NOW.on + timedelta(days=1), NOW)
    assert actions.first_contact(people.coordinator, row.id, NOW.on, NOW).state == State.FIRST_CONTACT


@pytest.mark.parametrize(("days", "fits"), [(0, False), (27, False), (28, True), (90, True)])
def test_help_is_confirmed_four_weeks_later(people: Cast, days: int, fits: bool) -> None:
    row = builders.begun(people.coordinator, people.dossier_id, NOW)
    if fits:
        assert actions.confirm(people.coordinator, row.id, "", later(NOW, days)).is_settled
    else:
        with broken("handover_check_early"):
            actions.confirm(people.coordinator, row.id, "", later(NOW, days))


@pytest.mark.parametrize("begin", [builders.prepared, builders.sent, builders.accepted, builders.begun])
@pytest.mark.parametrize("side", list(Side))
def test_either_side_may_say_no_at_any_time(people: Cast, begin: Any, side: Side) -> None:
    row = begin(people.coordinator, people.dossier_id, NOW)
    done = actions.decline(people.coordinator, row.id, side, Ground.OTHER, NOW)
    assert (done.state, done.ended_by, done.ended_on) == (State.DECLINED, side, NOW.on)


def test_what_came_back_is_told(people: Cast, told: Told) -> None:
    row = builders.accepted(people.coordinator, people.dossier_id, NOW)
    done = actions.return_(people.coordinator, row.id, Ground.NO_SHOW, NOW)
    assert (done.state, done.ground, done.ended_by) == (State.RETURNED, Ground.NO_SHOW, Side.PROVIDER)
    assert told(people.dossier_id)[-1] == "HandoverReturned"
    with broken("illegal_move"):
        actions.accept(people.coordinator, row.id, NOW.on, WORKER, NOW)


@pytest.mark.parametrize("who", ["stranger", "volunteer"])
def test_others_find_no_handover(people: Cast, who: str) -> None:
    row = builders.sent(people.coordinator, people.dossier_id, NOW)
    actor = getattr(people, who)
    assert not Handover.visible_to(actor, NOW.on).exists()
    for act in (
        lambda: actions.consent_handover(actor, row.id, YES, NOW),
        lambda: actions.send(actor, row.id, EXTRACT, WORKER, NOW),
        lambda: actions.accept(actor, row.id, NOW.on, WORKER, NOW),
        lambda: actions.waiting_list(actor, row.id, 3, NOW),
        lambda: actions.first_contact(actor, row.id, NOW.on, NOW),
        lambda: actions.confirm(actor, row.id, "", NOW),
        lambda: actions.decline(actor, row.id, Side.MOTHER, Ground.OTHER, NOW),
        lambda: actions.return_(actor, row.id, Ground.OTHER, NOW),
    ):
        with pytest.raises((Http404, PermissionDenied)):
            act()


# ---- after letting go


@pytest.mark.requirement("FIN-06")
def test_after_letting_go_other_help_is_offered(people: Cast) -> None:
    row = money.let_go(people.coordinator, NOW, 5)
    waiting = let_go_without_offer(people.coordinator, NOW.on)
    assert [plan.dossier_id for plan in waiting] == [row.dossier_id]
    assert not let_go_without_offer(people.stranger, NOW.on).exists()
    new = NewHandover(builders.provider().pk, "Hulp thuis.", discussed_on=NOW.on)
    actions.prepare_handover(people.coordinator, row.dossier_id, new, NOW)
    assert not let_go_without_offer(people.coordinator, NOW.on).exists()


def test_help_from_before_is_no_offer(people: Cast) -> None:
    row = money.rejected(people.coordinator, NOW, 5)
    builders.prepared(people.coordinator, row.dossier_id, NOW)
    money.actions.let_go(people.coordinator, row.id, later(NOW, 2))
    assert let_go_without_offer(people.coordinator, later(NOW, 2).on).exists()


def test_she_may_want_no_other_help(people: Cast, told: Told) -> None:
    row = money.let_go(people.coordinator, NOW, 5)
    done = actions.refuse_offer(people.coordinator, row.dossier_id, NOW)
    assert (done.state, done.ended_by, done.provider_id) == (State.DECLINED, Side.MOTHER, None)
    assert told(row.dossier_id) == ["HandoverDeclined"]
    assert not let_go_without_offer(people.coordinator, NOW.on).exists()
    with broken("handover_not_let_go"):
        actions.refuse_offer(people.coordinator, row.dossier_id, NOW)


def test_who_was_not_let_go_cannot_refuse_an_offer(people: Cast) -> None:
    with broken("handover_not_let_go"):
        actions.refuse_offer(people.coordinator, people.dossier_id, NOW)
