"""How a request ends: let go with a trail, moved away, taken back, settled; and who sees it."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from gib.care.aftercare import actions, builders, reactions
from gib.care.aftercare.actions import Grant
from gib.care.aftercare.domain import Alternative, Ground, State, term_of
from gib.care.aftercare.models import FundingRequest, requests_of
from gib.care.aftercare.tests.asking import broken, covered, sight, trajectory_of
from gib.care.aftercare.tests.conftest import NOW, Cast, later
from gib.care.trajectory import actions as plans
from gib.care.trajectory.domain import CloseReason
from gib.care.trajectory.domain import State as Stage
from gib.core.access import rls
from gib.core.access.actor import house
from gib.core.access.rows import NotShown
from gib.people.families import actions as families
from gib.people.families import builders as mothers
from gib.people.families.domain.codes import Purpose, ReturnKind
from gib.people.families.models import Consent

pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])
Told = Callable[[UUID], list[str]]
YES = Grant(NOW.on, NOW.on + timedelta(days=456), hours=260)


# ---- letting go


def test_a_request_that_did_not_fail_is_no_trail(people: Cast) -> None:
    """Invariant 8 at the closing itself: not with one that waits, is of another mother, or was paid."""
    waiting = builders.submitted(people.coordinator, NOW)
    refused = builders.rejected(people.coordinator, NOW, 1)
    paid = builders.rejected(people.coordinator, NOW, 2)
    actions.find_alternative(people.coordinator, paid.id, Alternative.FUND, NOW.on, None, NOW)
    for row, trail in ((waiting, waiting), (waiting, refused), (paid, paid)):
        with broken("let_go_trail"):
            plans.close(people.coordinator, row.trajectory_id, CloseReason.NOT_FUNDED, trail.id, NOW)
    closed = plans.close(people.coordinator, refused.trajectory_id, CloseReason.NOT_FUNDED, refused.id, NOW)
    assert closed.trail_id == refused.id


@pytest.mark.parametrize("end", [actions.withdraw, actions.supersede])
def test_a_request_that_was_taken_back_is_no_trail_any_more(people: Cast, end: Callable[..., object]) -> None:
    row = builders.rejected(people.coordinator, NOW)
    end(people.coordinator, row.id, NOW)
    with broken("let_go_trail"):
        plans.close(people.coordinator, row.trajectory_id, CloseReason.NOT_FUNDED, row.id, NOW)


# ---- sight


def ended_otherwise(people: Cast) -> list[FundingRequest]:
    """Give a request for which somebody else pays, one that was settled and one that was reclaimed."""
    by = people.coordinator
    other = builders.rejected(by, NOW)
    rows = [actions.find_alternative(by, other.id, Alternative.FUND, NOW.on, None, NOW)]
    for number, to in ((1, State.SETTLED), (2, State.RECLAIMED)):
        row = builders.granted(by, NOW, number)
        actions.settle(by, row.id, State.REPORTED, NOW)
        rows.append(actions.settle(by, row.id, to, NOW))
    return rows


def test_the_desk_sees_nothing_any_more_from_the_day_after_it_ended(people: Cast) -> None:
    rows = ended_otherwise(people)
    assert [row.state for row in rows] == [State.GRANTED_ALTERNATIVE, State.SETTLED, State.RECLAIMED]
    assert {row.ended_on for row in rows} == {NOW.on}
    desks = [people.refusing, people.paying, people.paying]
    for desk, row in zip(desks, rows, strict=True):
        assert FundingRequest.visible_to(desk, NOW.on).filter(pk=row.id).exists()
        assert not FundingRequest.visible_to(desk, later(NOW, 1).on).filter(pk=row.id).exists()


def test_another_request_at_the_same_desk_does_not_bring_the_old_one_back(people: Cast) -> None:
    """Involvement is by dossier; each request has an end of its own."""
    old = ended_otherwise(people)[0]
    new = actions.draft_request(people.coordinator, old.dossier_id, later(NOW, 1))
    actions.submit_request(people.coordinator, new.id, builders.EXTRACT, "", later(NOW, 1))
    seen = FundingRequest.visible_to(people.refusing, later(NOW, 1).on).filter(dossier_id=old.dossier_id)
    assert [row.id for row in seen] == [new.id]


def test_she_is_let_go_with_a_trail(people: Cast, told: Told) -> None:
    row = builders.let_go(people.coordinator, NOW)
    plan = trajectory_of(row.dossier_id)
    assert (row.state, row.ended_on) == (State.LET_GO, NOW.on)
    assert (plan.state, plan.close_reason, plan.trail_id) == (Stage.CLOSED, CloseReason.NOT_FUNDED, row.id)
    assert plan.let_go_municipality_id == builders.REFUSING
    assert told(row.dossier_id)[-1] == "LetGo"


def test_counted_silence_is_a_trail_too(people: Cast) -> None:
    row = builders.unanswered(people.coordinator, NOW)
    assert actions.let_go(people.coordinator, row.id, later(NOW, 63)).state == State.LET_GO


@pytest.mark.parametrize("begin", [builders.drafted, builders.submitted, builders.granted])
def test_without_a_no_nobody_is_let_go(people: Cast, begin: Callable[..., FundingRequest]) -> None:
    """Invariant 8: no letting go without municipality and trail."""
    row = begin(people.coordinator, NOW)
    with broken("illegal_move"):
        actions.let_go(people.coordinator, row.id, NOW)
    assert trajectory_of(row.dossier_id).state != Stage.CLOSED


def test_a_plan_cannot_close_for_money_without_a_trail(people: Cast) -> None:
    dossier_id = builders.a_mother(people.coordinator, NOW)
    plan = trajectory_of(dossier_id)
    with broken("let_go_trail"):
        plans.close(people.coordinator, plan.id, CloseReason.NOT_FUNDED, None, NOW)


def test_letting_go_is_all_or_nothing(people: Cast) -> None:
    row = builders.rejected(people.coordinator, NOW)
    plans.close(people.coordinator, row.trajectory_id, CloseReason.OWN_WISH, None, NOW)
    with broken("illegal_move"):
        actions.let_go(people.coordinator, row.id, NOW)
    with rls.system("test"):
        assert requests_of(row.dossier_id)[0].state == State.REJECTED


def test_the_desk_of_a_municipality_cannot_let_go(people: Cast) -> None:
    row = builders.rejected(people.coordinator, NOW)
    with pytest.raises(PermissionDenied):
        actions.let_go(people.refusing, row.id, NOW)


# ---- settling


def test_money_is_reported_and_settled(people: Cast, told: Told) -> None:
    row = builders.granted(people.coordinator, NOW)
    actions.settle(people.coordinator, row.id, State.REPORTED, NOW)
    assert actions.settle(people.coordinator, row.id, State.SETTLED, NOW).state == State.SETTLED
    assert told(row.dossier_id)[-2:] == ["FundingSettled", "FundingSettled"]
    with broken("illegal_move"):
        actions.settle(people.coordinator, row.id, State.RECLAIMED, NOW)


# ---- moving, release, withdrawal


def test_moving_opens_the_check_again(people: Cast) -> None:
    """Domain page 1.9: a change of the return municipality reopens the check."""
    row = builders.granted(people.coordinator, NOW)
    families.set_return(people.coordinator, row.dossier_id, ReturnKind.KNOWN, builders.REFUSING, NOW)
    reactions.return_changed(row.dossier_id, {}, later(NOW, 1))
    with rls.system("test"):
        assert requests_of(row.dossier_id)[0].state == State.SUPERSEDED
    assert not covered(row.dossier_id, 1)
    again = actions.draft_request(people.coordinator, row.dossier_id, later(NOW, 1))
    assert again.municipality_id == builders.REFUSING


def test_staying_changes_nothing(people: Cast) -> None:
    row = builders.granted(people.coordinator, NOW)
    reactions.return_changed(row.dossier_id, {}, NOW)
    with rls.system("test"):
        assert requests_of(row.dossier_id)[0].state == State.GRANTED


def test_what_is_at_an_end_stays_so_when_she_moves(people: Cast) -> None:
    row = builders.let_go(people.coordinator, NOW)
    families.set_return(people.coordinator, row.dossier_id, ReturnKind.KNOWN, builders.PAYING, NOW)
    reactions.return_changed(row.dossier_id, {}, NOW)
    with rls.system("test"):
        assert requests_of(row.dossier_id)[0].state == State.LET_GO


def test_a_release_makes_waiting_requests_urgent(people: Cast) -> None:
    """Domain page 1.9: released early, the request is urgent."""
    row = builders.submitted(people.coordinator, NOW)
    reactions.released(row.dossier_id, {}, NOW)
    with rls.system("test"):
        assert requests_of(row.dossier_id)[0].is_urgent


def test_a_release_to_another_municipality_ends_the_request_at_the_first(people: Cast) -> None:
    """Domain page 3, funding request: moving is superseded."""
    row = builders.granted(people.coordinator, NOW)
    mothers.released(people.coordinator, row.dossier_id, NOW, builders.REFUSING)
    reactions.released(row.dossier_id, {"municipality": builders.REFUSING}, NOW)
    with rls.system("test"):
        found = requests_of(row.dossier_id)[0]
        assert (found.state, found.ended_on) == (State.SUPERSEDED, NOW.on)
    assert not covered(row.dossier_id, 1)


def test_a_release_without_an_address_leaves_the_request_where_it_is(people: Cast) -> None:
    row = builders.submitted(people.coordinator, NOW)
    reactions.released(row.dossier_id, {"municipality": None}, NOW)
    with rls.system("test"):
        assert requests_of(row.dossier_id)[0].state == State.SUBMITTED


def test_who_wants_it_no_more_is_not_covered_any_more(people: Cast) -> None:
    row = builders.granted(people.coordinator, NOW)
    actions.withdraw(people.coordinator, row.id, NOW)
    assert not covered(row.dossier_id, 1)


def test_a_term_does_not_end_on_a_free_day() -> None:
    assert term_of(date(2011, 4, 11), 2) == date(2011, 4, 26)
    assert term_of(date(2011, 1, 11), 8) == date(2011, 3, 8)


def test_a_release_leaves_what_is_at_an_end(people: Cast) -> None:
    row = builders.let_go(people.coordinator, NOW)
    reactions.released(row.dossier_id, {}, NOW)
    with rls.system("test"):
        assert not requests_of(row.dossier_id)[0].is_urgent


@pytest.mark.requirement("CON-02")
def test_withdrawn_consent_takes_the_question_back(people: Cast) -> None:
    """Invariant 9: the desk stops seeing at once, and what waited there is withdrawn."""
    row = builders.submitted(people.coordinator, NOW)
    with rls.system("test"):
        consent = Consent.for_house("test", NOW.on).get_or_404(
            dossier_id=row.dossier_id, purpose=Purpose.MUNICIPALITY
        )
    families.withdraw_consent(people.coordinator, consent.id, NOW)
    assert not FundingRequest.visible_to(people.paying, NOW.on).exists()
    payload = {"purpose": str(Purpose.MUNICIPALITY), "recipient": builders.PAYING}
    reactions.consent_withdrawn(row.dossier_id, payload, NOW)
    with rls.system("test"):
        assert requests_of(row.dossier_id)[0].state == State.WITHDRAWN
    fresh = actions.draft_request(people.coordinator, row.dossier_id, NOW)
    with broken("funding_consent"):
        actions.submit_request(people.coordinator, fresh.id, builders.EXTRACT, "", NOW)


@pytest.mark.parametrize(
    "payload",
    [
        {"purpose": str(Purpose.SAFETY_HOUSE), "recipient": builders.PAYING},
        {"purpose": str(Purpose.MUNICIPALITY), "recipient": builders.REFUSING},
    ],
)
def test_another_consent_leaves_the_question(people: Cast, payload: dict[str, str]) -> None:
    row = builders.submitted(people.coordinator, NOW)
    reactions.consent_withdrawn(row.dossier_id, payload, NOW)
    with rls.system("test"):
        assert requests_of(row.dossier_id)[0].state == State.SUBMITTED


# ---- who sees what


def test_the_desk_sees_what_was_sent_and_no_more(people: Cast) -> None:
    row = builders.submitted(people.coordinator, NOW)
    shown = FundingRequest.visible_to(people.paying, NOW.on).get()
    assert (shown.id, shown.extract, shown.number) == (row.id, builders.EXTRACT, row.number)
    for field in ("trajectory_id", "drafted_on", "alternative", "agreement", "ended_on"):
        with pytest.raises(NotShown):
            getattr(shown, field)


def test_a_draft_is_seen_by_no_desk(people: Cast) -> None:
    builders.drafted(people.coordinator, NOW)
    assert not FundingRequest.visible_to(people.paying, NOW.on).exists()


def test_a_desk_never_sees_what_went_to_another(people: Cast) -> None:
    """She moved: the desk of before is still involved today, and must not see the new question."""
    first = builders.submitted(people.coordinator, NOW)
    actions.supersede(people.coordinator, first.id, NOW)
    families.set_return(people.coordinator, first.dossier_id, ReturnKind.KNOWN, builders.REFUSING, NOW)
    second = actions.draft_request(people.coordinator, first.dossier_id, NOW)
    mothers.with_consent(
        people.coordinator, first.dossier_id, Purpose.MUNICIPALITY, NOW, recipient=builders.REFUSING
    )
    actions.submit_request(people.coordinator, second.id, builders.EXTRACT, "", NOW)
    assert [row.id for row in FundingRequest.visible_to(people.paying, NOW.on)] == [first.id]
    assert [row.id for row in FundingRequest.visible_to(people.refusing, NOW.on)] == [second.id]


def test_the_sight_of_a_desk_ends_with_the_request(people: Cast) -> None:
    row = builders.submitted(people.coordinator, NOW)
    assert sight(row) == [f"partner:{people.paying.partner_id}"]
    actions.withdraw(people.coordinator, row.id, NOW)
    assert not FundingRequest.visible_to(people.paying, later(NOW, 1).on).exists()


@pytest.mark.parametrize("who", ["stranger", "refusing", "volunteer", "referrer", "leader", "safety_house"])
def test_others_find_no_request(people: Cast, who: str) -> None:
    row = builders.submitted(people.coordinator, NOW)
    actor = getattr(people, who)
    assert not FundingRequest.visible_to(actor, NOW.on).exists()
    for act in (
        lambda: actions.grant(actor, row.id, YES, NOW),
        lambda: actions.reject(actor, row.id, Ground.OTHER, NOW),
        lambda: actions.ask_question(actor, row.id, "x", NOW),
        lambda: actions.answer_question(actor, row.id, "x", NOW),
        lambda: actions.record_no_answer(actor, row.id, NOW),
        lambda: actions.withdraw(actor, row.id, NOW),
        lambda: actions.let_go(actor, row.id, NOW),
        lambda: actions.settle(actor, row.id, State.REPORTED, NOW),
        lambda: actions.draft_request(actor, row.dossier_id, NOW),
    ):
        with pytest.raises((Http404, PermissionDenied)):
            act()


def test_a_deputy_does_what_the_coordinator_does(people: Cast) -> None:
    row = builders.submitted(people.deputy, NOW)
    assert actions.grant(people.deputy, row.id, YES, NOW).state == State.GRANTED


def test_the_house_sees_requests_of_a_dossier_newest_first(people: Cast) -> None:
    row = builders.drafted(people.coordinator, NOW)
    actions.withdraw(people.coordinator, row.id, NOW)
    newest = actions.draft_request(house("test"), row.dossier_id, later(NOW, 3))
    with rls.system("test"):
        assert [one.id for one in requests_of(row.dossier_id)] == [newest.id, row.id]
