"""Signals: raised, weighed, talked over and closed, on the database."""

from collections.abc import Callable
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404

from gib.care.handover import actions, builders
from gib.care.handover.actions import NewHandover
from gib.care.handover.builders import WORDS
from gib.care.handover.domain import (
    Decision,
    NeedKind,
    SignalState,
    Source,
    Urgency,
)
from gib.care.handover.models import NeedSignal, SafetyCase
from gib.care.handover.tests.asking import broken
from gib.care.handover.tests.conftest import NOW, Cast, later
from gib.care.products import actions as products
from gib.care.products.domain.match import EndReason
from gib.core.access import rls
from gib.core.access.rows import NotShown
from gib.people.families.domain.codes import Place
from gib.people.families.domain.consent import Answer

pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])
Told = Callable[[UUID], list[str]]
YES = Answer(place=Place.PRISON)


# ---- raising a signal


def test_a_volunteer_raises_a_signal_of_her_own_mother(people: Cast, told: Told) -> None:
    row = builders.raised(people.volunteer, people.dossier_id, NOW)
    assert (row.state, row.source, row.raised_on) == (SignalState.RAISED, Source.VOLUNTEER, NOW.on)
    assert row.raised_by_volunteer_id == people.volunteer.volunteer_id
    assert row.team_id in people.coordinator.team_ids
    assert told(people.dossier_id) == ["SignalRaised"]


def test_a_coordinator_raises_what_she_sees_or_what_the_mother_asks(people: Cast) -> None:
    own = builders.raised(people.coordinator, people.dossier_id, NOW)
    hers = actions.raise_signal(
        people.coordinator, people.dossier_id, NeedKind.INCOME, Urgency.TALK, WORDS, NOW, by_mother=True
    )
    assert (own.source, hers.source) == (Source.COORDINATOR, Source.MOTHER)
    assert own.raised_by_volunteer_id is None


@pytest.mark.parametrize("who", ["other_volunteer", "stranger"])
def test_who_is_not_with_her_raises_nothing(people: Cast, who: str) -> None:
    with pytest.raises(Http404):
        builders.raised(getattr(people, who), people.dossier_id, NOW)


def test_after_the_end_of_a_match_a_volunteer_raises_no_more(people: Cast) -> None:
    products.end_match(people.coordinator, people.match_id, EndReason.BY_VOLUNTEER, NOW)
    with pytest.raises(Http404):
        builders.raised(people.volunteer, people.dossier_id, NOW)


@pytest.mark.parametrize("words", ["", "  "])
def test_a_signal_has_words(people: Cast, words: str) -> None:
    with broken("signal_words"):
        actions.raise_signal(people.volunteer, people.dossier_id, NeedKind.DEBT, Urgency.TALK, words, NOW)


def test_the_words_lie_sealed(people: Cast) -> None:
    builders.raised(people.volunteer, people.dossier_id, NOW)
    with rls.system("test"), connection.cursor() as cursor:
        cursor.execute(f"SELECT words {rls.MARK} FROM handover_needsignal")
        assert b"enveloppen" not in bytes(cursor.fetchone()[0])


# ---- what a volunteer sees


def test_a_volunteer_sees_her_own_words_and_a_status(people: Cast) -> None:
    row = builders.raised(people.volunteer, people.dossier_id, NOW)
    shown = NeedSignal.visible_to(people.volunteer, NOW.on).get()
    assert (shown.words, shown.status) == (WORDS, "received")
    actions.triage(people.coordinator, row.id, Decision.WATCH, "Dank je.", NOW)
    shown = NeedSignal.visible_to(people.volunteer, NOW.on).get()
    assert (shown.status, shown.reply) == ("taken_up", "Dank je.")
    for field in ("decision", "state", "triaged_by", "discussed", "wants_help", "is_quiet"):
        with pytest.raises(NotShown):
            getattr(shown, field)


def test_a_volunteer_sees_no_signal_of_others(people: Cast) -> None:
    builders.raised(people.coordinator, people.dossier_id, NOW)
    assert not NeedSignal.visible_to(people.volunteer, NOW.on).exists()
    builders.raised(people.volunteer, people.dossier_id, NOW)
    assert not NeedSignal.visible_to(people.other_volunteer, NOW.on).exists()


@pytest.mark.parametrize(("days", "is_there"), [(0, True), (14, True), (15, False)])
def test_her_signals_go_with_her_match(people: Cast, days: int, is_there: bool) -> None:
    """Invariant 11: what she wrote stays in sight for two weeks after the end."""
    builders.raised(people.volunteer, people.dossier_id, NOW)
    products.end_match(people.coordinator, people.match_id, EndReason.BY_VOLUNTEER, NOW)
    on = later(NOW, days).on
    assert NeedSignal.visible_to(people.volunteer, on).exists() is is_there
    assert NeedSignal.visible_to(people.coordinator, on).exists()


# ---- weighing and talking


@pytest.mark.parametrize("decision", list(Decision))
def test_a_signal_is_weighed(people: Cast, decision: Decision) -> None:
    row = builders.triaged(people.coordinator, people.dossier_id, NOW, decision)
    assert (row.state, row.decision) == (SignalState.TRIAGED, decision)
    assert (row.triaged_on, row.triaged_by) == (NOW.on, people.coordinator.user_id)
    cases = SafetyCase.visible_to(people.coordinator, NOW.on)
    assert cases.exists() is (decision is Decision.SAFETY)


@pytest.mark.parametrize(
    ("kind", "urgency"), [(NeedKind.CHILD_SAFETY, Urgency.TALK), (NeedKind.HOUSING, Urgency.UNSAFE)]
)
def test_what_is_about_safety_is_not_waved_away(people: Cast, kind: NeedKind, urgency: Urgency) -> None:
    row = builders.raised(people.coordinator, people.dossier_id, NOW, kind, urgency)
    with broken("signal_must_be_safety"):
        actions.triage(people.coordinator, row.id, Decision.NO_ACTION, "", NOW)
    assert not SafetyCase.visible_to(people.coordinator, NOW.on).exists()


def test_a_signal_is_weighed_once(people: Cast) -> None:
    row = builders.triaged(people.coordinator, people.dossier_id, NOW)
    with broken("illegal_move"):
        actions.triage(people.coordinator, row.id, Decision.WATCH, "", NOW)


def test_a_signal_is_talked_over_with_her(people: Cast, told: Told) -> None:
    row = builders.discussed(people.coordinator, people.dossier_id, NOW)
    assert (row.state, row.wants_help, row.discussed_on) == (SignalState.DISCUSSED, True, NOW.on)
    assert told(people.dossier_id) == ["SignalRaised", "SignalTriaged", "SignalDiscussed"]


def test_nothing_is_talked_over_that_nobody_weighed(people: Cast) -> None:
    row = builders.raised(people.coordinator, people.dossier_id, NOW)
    with broken("illegal_move"):
        actions.discuss(people.coordinator, row.id, True, "", NOW)


def test_safety_is_talked_over_inside_the_code(people: Cast) -> None:
    row = builders.triaged(people.coordinator, people.dossier_id, NOW, Decision.SAFETY)
    with broken("signal_is_safety"):
        actions.discuss(people.coordinator, row.id, True, "", NOW)


@pytest.mark.parametrize("decision", [Decision.NO_ACTION, Decision.WATCH, Decision.ADVICE])
def test_what_needs_nothing_more_is_closed(people: Cast, decision: Decision) -> None:
    row = builders.triaged(people.coordinator, people.dossier_id, NOW, decision)
    done = actions.close_signal(people.coordinator, row.id, NOW)
    assert (done.state, done.closed_on) == (SignalState.CLOSED, NOW.on)


def test_a_handover_that_was_decided_is_made_before_closing(people: Cast) -> None:
    row = builders.discussed(people.coordinator, people.dossier_id, NOW)
    with broken("signal_no_handover"):
        actions.close_signal(people.coordinator, row.id, NOW)
    new = NewHandover(builders.provider().pk, "Orde in de papieren.", signal_id=row.id)
    actions.prepare_handover(people.coordinator, people.dossier_id, new, NOW)
    assert actions.close_signal(people.coordinator, row.id, NOW).state == SignalState.CLOSED


def test_who_does_not_want_help_is_left_in_peace(people: Cast) -> None:
    row = builders.discussed(people.coordinator, people.dossier_id, NOW, wants_help=False)
    new = NewHandover(builders.provider().pk, "Orde in de papieren.", signal_id=row.id)
    with broken("handover_not_discussed"):
        actions.prepare_handover(people.coordinator, people.dossier_id, new, NOW)
    assert actions.close_signal(people.coordinator, row.id, NOW).state == SignalState.CLOSED


@pytest.mark.parametrize("who", ["stranger", "volunteer", "other_volunteer"])
def test_others_do_not_handle_a_signal(people: Cast, who: str) -> None:
    row = builders.raised(people.coordinator, people.dossier_id, NOW)
    actor = getattr(people, who)
    for act in (
        lambda: actions.triage(actor, row.id, Decision.WATCH, "", NOW),
        lambda: actions.discuss(actor, row.id, True, "", NOW),
        lambda: actions.close_signal(actor, row.id, NOW),
    ):
        with pytest.raises((Http404, PermissionDenied)):
            act()


def test_another_team_begins_no_handover(people: Cast) -> None:
    new = NewHandover(builders.provider().pk, "x", discussed_on=NOW.on)
    with pytest.raises(Http404):
        actions.prepare_handover(people.stranger, people.dossier_id, new, NOW)
    with pytest.raises(Http404):
        actions.refuse_offer(people.stranger, people.dossier_id, NOW)
