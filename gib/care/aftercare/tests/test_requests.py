"""What people do with a request, refusals included, on the database."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.http import Http404

from gib.care.aftercare import actions, builders, reactions
from gib.care.aftercare.actions import Grant
from gib.care.aftercare.domain import Alternative, Form, Ground, State
from gib.care.aftercare.models import Agreement, FundingRequest, requests_of
from gib.care.aftercare.tests.conftest import NOW, Cast, later
from gib.care.trajectory import actions as plans
from gib.care.trajectory import builders as trajectories
from gib.care.trajectory.domain import CloseReason
from gib.care.trajectory.domain import State as Stage
from gib.care.trajectory.models import Trajectory, is_covered
from gib.core.access import rls
from gib.core.access.actor import house
from gib.core.access.rows import NotShown
from gib.core.kernel.rules import RuleBroken
from gib.people.families import actions as families
from gib.people.families import builders as mothers
from gib.people.families.domain.codes import Purpose, ReturnKind
from gib.people.families.models import Consent, Disclosure, Involvement
from gib.people.partners.models import Partner

pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])
Told = Callable[[UUID], list[str]]
YES = Grant(NOW.on, NOW.on + timedelta(days=456), hours=260)


def broken(code: str) -> AbstractContextManager[object]:
    return pytest.raises(RuleBroken, match=f"^{code}$")


def trajectory_of(dossier_id: UUID) -> Trajectory:
    with rls.system("test"):
        found: Trajectory = Trajectory.for_house("test", NOW.on).get_or_404(dossier_id=dossier_id)
        return found


def covered(dossier_id: UUID, days: int = 0) -> bool:
    with rls.system("test"):
        return is_covered(dossier_id, NOW.on + timedelta(days=days))


def sight(row: FundingRequest, days: int = 0) -> list[str]:
    """Name who sees a request through an involvement on a day."""
    current = Involvement.current(row.dossier_id, NOW.on + timedelta(days=days))
    return [one.party for one in current.filter(source_id=row.id)]


# ---- beginning


def test_a_request_begins_as_a_draft_at_her_municipality(people: Cast, told: Told) -> None:
    row = builders.drafted(people.coordinator, NOW)
    assert (row.state, row.municipality_id, row.drafted_on) == (State.DRAFT, builders.PAYING, NOW.on)
    assert row.partner_id == people.paying.partner_id
    assert not row.is_urgent
    assert told(row.dossier_id) == ["FundingDrafted"]


def test_a_request_of_a_free_mother_is_urgent(people: Cast) -> None:
    dossier_id = builders.a_mother(people.coordinator, NOW)
    mothers.released(people.coordinator, dossier_id, NOW, builders.PAYING)
    assert actions.draft_request(people.coordinator, dossier_id, NOW).is_urgent


@pytest.mark.parametrize("kind", [ReturnKind.UNKNOWN, ReturnKind.ABROAD, ReturnKind.NO_FIXED_ADDRESS])
def test_without_a_municipality_nobody_is_asked(people: Cast, kind: ReturnKind) -> None:
    dossier_id = builders.a_mother(people.coordinator, NOW)
    families.set_return(people.coordinator, dossier_id, kind, None, NOW)
    with broken("funding_no_municipality"):
        actions.draft_request(people.coordinator, dossier_id, NOW)


def test_without_a_plan_nobody_is_asked(people: Cast) -> None:
    dossier = mothers.a_dossier(people.coordinator, NOW)
    families.set_return(people.coordinator, dossier.id, ReturnKind.KNOWN, builders.PAYING, NOW)
    with broken("funding_no_trajectory"):
        actions.draft_request(people.coordinator, dossier.id, NOW)


def test_a_municipality_is_asked_once_at_a_time(people: Cast) -> None:
    row = builders.drafted(people.coordinator, NOW)
    with broken("funding_open"):
        actions.draft_request(people.coordinator, row.dossier_id, NOW)
    actions.withdraw(people.coordinator, row.id, NOW)
    assert actions.draft_request(people.coordinator, row.dossier_id, NOW).id != row.id


# ---- sending


def test_a_request_is_sent_with_a_frozen_extract(people: Cast, told: Told, as_house: Any) -> None:
    row = builders.submitted(people.coordinator, NOW)
    kept = FundingRequest.for_house("test", NOW.on).get_or_404(pk=row.id)
    assert (kept.state, kept.submitted_on) == (State.SUBMITTED, NOW.on)
    assert kept.due_on == NOW.on + timedelta(weeks=8)
    assert kept.extract == builders.EXTRACT
    assert told(row.dossier_id) == ["FundingDrafted", "FundingSubmitted"]


def test_what_was_sent_is_listed_for_her(people: Cast, as_house: Any) -> None:
    row = builders.submitted(people.coordinator, NOW)
    listed = Disclosure.for_house("test", NOW.on).get_or_404(source_id=row.id)
    assert (listed.purpose, listed.recipient) == (Purpose.MUNICIPALITY, builders.PAYING)


def test_without_consent_nothing_is_sent(people: Cast) -> None:
    row = builders.drafted(people.coordinator, NOW)
    with broken("funding_consent"):
        actions.submit_request(people.coordinator, row.id, builders.EXTRACT, "", NOW)
    assert sight(row) == []


def test_consent_for_another_municipality_does_not_help(people: Cast) -> None:
    row = builders.drafted(people.coordinator, NOW)
    mothers.with_consent(
        people.coordinator, row.dossier_id, Purpose.MUNICIPALITY, NOW, recipient=builders.REFUSING
    )
    with broken("funding_consent"):
        actions.submit_request(people.coordinator, row.id, builders.EXTRACT, "", NOW)


def test_a_municipality_without_a_desk_cannot_be_asked(people: Cast) -> None:
    Partner.objects.filter(pk=people.paying.partner_id).update(valid_to=NOW.on)
    dossier_id = builders.a_mother(people.coordinator, NOW)
    row = actions.draft_request(people.coordinator, dossier_id, NOW)
    with broken("funding_no_desk"):
        actions.submit_request(people.coordinator, row.id, builders.EXTRACT, "", NOW)


def test_more_than_the_minimum_goes_with_its_reason(people: Cast, as_house: Any) -> None:
    row = builders.drafted(people.coordinator, NOW)
    mothers.with_consent(
        people.coordinator, row.dossier_id, Purpose.MUNICIPALITY, NOW, recipient=builders.PAYING
    )
    more = {**builders.EXTRACT, "more": "Zij krijgt haar dochter terug."}
    with broken("funding_extract_reason"):
        actions.submit_request(people.coordinator, row.id, more, "", NOW)
    sent = actions.submit_request(people.coordinator, row.id, more, "De gemeente vroeg het.", NOW)
    assert sent.extract == {**more, "reason": "De gemeente vroeg het."}


def test_a_request_is_sent_once(people: Cast) -> None:
    row = builders.submitted(people.coordinator, NOW)
    with broken("illegal_move"):
        actions.submit_request(people.coordinator, row.id, builders.EXTRACT, "", NOW)


# ---- the answer


def test_the_desk_says_yes_and_she_is_covered(people: Cast, told: Told) -> None:
    row = builders.submitted(people.coordinator, NOW)
    done = actions.grant(people.paying, row.id, YES, NOW)
    assert (done.state, done.hours, done.answered_on) == (State.GRANTED, 260, NOW.on)
    assert covered(row.dossier_id)
    assert covered(row.dossier_id, 456)
    assert not covered(row.dossier_id, 457)
    assert told(row.dossier_id)[-1] == "FundingGranted"


@pytest.mark.parametrize(
    ("yes", "code"),
    [
        (Grant(NOW.on, None), "funding_grant_empty"),
        (Grant(NOW.on, None, hours=0, amount_cents=0), "funding_grant_empty"),
        (Grant(NOW.on, NOW.on - timedelta(days=1), hours=1), "period_backwards"),
    ],
)
def test_a_yes_without_content_covers_nobody(people: Cast, yes: Grant, code: str) -> None:
    row = builders.submitted(people.coordinator, NOW)
    with broken(code):
        actions.grant(people.paying, row.id, yes, NOW)
    assert not covered(row.dossier_id)


def test_the_desk_says_no_with_a_ground(people: Cast, told: Told) -> None:
    row = builders.submitted(people.coordinator, NOW, code=builders.REFUSING)
    done = actions.reject(people.refusing, row.id, Ground.NO_POLICY, NOW)
    assert (done.state, done.ground, done.answered_on) == (State.REJECTED, Ground.NO_POLICY, NOW.on)
    assert told(row.dossier_id)[-1] == "FundingRejected"


def test_a_question_waits_and_its_answer_begins_a_new_term(people: Cast) -> None:
    row = builders.submitted(people.coordinator, NOW)
    asked = actions.ask_question(people.paying, row.id, "Waar woont zij straks?", NOW)
    assert (asked.state, asked.question) == (State.QUESTION, "Waar woont zij straks?")
    replied = actions.answer_question(people.coordinator, row.id, "In de Bijlmer.", later(NOW, 40))
    assert (replied.state, replied.reply) == (State.SUBMITTED, "In de Bijlmer.")
    assert replied.due_on == later(NOW, 40).on + timedelta(weeks=8)


def test_silence_after_a_question_counts_from_the_answer(people: Cast) -> None:
    row = builders.submitted(people.coordinator, NOW)
    actions.ask_question(people.paying, row.id, "Waar woont zij straks?", NOW)
    with broken("illegal_move"):
        actions.record_no_answer(people.coordinator, row.id, later(NOW, 300))
    actions.answer_question(people.coordinator, row.id, "In de Bijlmer.", later(NOW, 40))
    with broken("funding_too_early"):
        actions.record_no_answer(people.coordinator, row.id, later(NOW, 40 + 56))
    assert actions.record_no_answer(people.coordinator, row.id, later(NOW, 40 + 57)).state == State.NO_ANSWER


@pytest.mark.parametrize(("days", "is_late"), [(1, False), (56, False), (57, True)])
def test_silence_is_recorded_only_after_the_term(people: Cast, days: int, is_late: bool) -> None:
    row = builders.submitted(people.coordinator, NOW)
    if is_late:
        done = actions.record_no_answer(people.coordinator, row.id, later(NOW, days))
        assert (done.state, done.answered_on) == (State.NO_ANSWER, later(NOW, days).on)
    else:
        with broken("funding_too_early"):
            actions.record_no_answer(people.coordinator, row.id, later(NOW, days))


def test_a_late_yes_still_counts(people: Cast) -> None:
    row = builders.unanswered(people.coordinator, NOW)
    assert actions.grant(people.refusing, row.id, YES, later(NOW, 70)).state == State.GRANTED
    assert covered(row.dossier_id)


@pytest.mark.parametrize("alternative", list(Alternative))
def test_somebody_else_pays(people: Cast, told: Told, alternative: Alternative) -> None:
    row = builders.rejected(people.coordinator, NOW)
    done = actions.find_alternative(people.coordinator, row.id, alternative, NOW.on, None, NOW)
    assert (done.state, done.alternative) == (State.GRANTED_ALTERNATIVE, alternative)
    assert covered(row.dossier_id, 1000)
    assert told(row.dossier_id)[-1] == "AlternativeFound"


# ---- agreements pay


def test_an_agreement_pays_for_fifteen_months(people: Cast, told: Told) -> None:
    agreement = builders.agreement(people.leader, NOW)
    row = builders.drafted(people.coordinator, NOW)
    done = actions.cover_by_agreement(people.coordinator, row.id, agreement.pk, NOW)
    assert (done.state, done.agreement_id) == (State.COVERED, agreement.pk)
    assert (done.from_on, done.to_on) == (NOW.on, NOW.on.replace(year=2012, month=4))
    assert covered(row.dossier_id)
    assert told(row.dossier_id)[-1] == "CoveredByAgreement"


def test_a_full_agreement_pays_nobody_more(people: Cast) -> None:
    agreement = builders.agreement(people.leader, NOW, places=1)
    one, other = (builders.drafted(people.coordinator, NOW, number) for number in (0, 1))
    actions.cover_by_agreement(people.coordinator, one.id, agreement.pk, NOW)
    with broken("agreement_full"):
        actions.cover_by_agreement(people.coordinator, other.id, agreement.pk, NOW)
    actions.settle(people.coordinator, one.id, State.REPORTED, NOW)
    with broken("agreement_full"):
        actions.cover_by_agreement(people.coordinator, other.id, agreement.pk, NOW)
    actions.settle(people.coordinator, one.id, State.RECLAIMED, NOW)
    assert actions.cover_by_agreement(people.coordinator, other.id, agreement.pk, NOW).state == State.COVERED


def test_who_moves_away_frees_her_place(people: Cast) -> None:
    agreement = builders.agreement(people.leader, NOW, places=1)
    one, other = (builders.drafted(people.coordinator, NOW, number) for number in (0, 1))
    actions.cover_by_agreement(people.coordinator, one.id, agreement.pk, NOW)
    actions.supersede(people.coordinator, one.id, NOW)
    assert actions.cover_by_agreement(people.coordinator, other.id, agreement.pk, NOW).state == State.COVERED


@pytest.mark.parametrize("which", ["elsewhere", "over", "unknown"])
def test_only_an_agreement_of_here_and_now_pays(people: Cast, which: str) -> None:
    code = builders.REFUSING if which == "elsewhere" else builders.PAYING
    agreement = builders.agreement(people.leader, NOW, code)
    if which == "over":
        Agreement.objects.update(from_on=NOW.on - timedelta(days=9), to_on=NOW.on - timedelta(days=1))
    row = builders.drafted(people.coordinator, NOW)
    pk = uuid4() if which == "unknown" else agreement.pk
    with broken("agreement_not_valid"):
        actions.cover_by_agreement(people.coordinator, row.id, pk, NOW)


# ---- letting go


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
    with pytest.raises(Http404):
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
        with pytest.raises(Http404):
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


# ---- agreements


def test_an_agreement_is_recorded_and_ended(people: Cast) -> None:
    row = builders.agreement(people.leader, NOW, reference="SZ-2011-04")
    assert (row.municipality_id, row.places, row.to_on) == (builders.PAYING, 10, None)
    ended = actions.end_agreement(people.leader, row.pk, NOW.on, NOW)
    assert ended.to_on == NOW.on
    assert ended.version == 1


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"places": None}, "agreement_amount"),
        ({"form": Form.PRICE}, "agreement_amount"),
        ({"to_on": NOW.on.replace(year=2010)}, "period_backwards"),
        ({"municipality": "9999"}, "municipality_unknown"),
        ({}, "agreement_overlaps"),
    ],
)
def test_an_agreement_that_cannot_be_is_refused(people: Cast, facts: dict[str, Any], code: str) -> None:
    if not facts:
        builders.agreement(people.leader, NOW)
    told = {"code": facts.pop("municipality", builders.PAYING), **facts}
    with broken(code):
        builders.agreement(people.leader, NOW, **told)


def test_an_agreement_cannot_end_before_it_begins(people: Cast) -> None:
    row = builders.agreement(people.leader, NOW)
    with broken("period_backwards"):
        actions.end_agreement(people.leader, row.pk, row.from_on - timedelta(days=1), NOW)
    with pytest.raises(Http404):
        actions.end_agreement(people.leader, uuid4(), NOW.on, NOW)


def test_who_is_paid_for_keeps_her_cover_when_an_agreement_ends(people: Cast) -> None:
    agreement = builders.agreement(people.leader, NOW)
    row = builders.drafted(people.coordinator, NOW)
    actions.cover_by_agreement(people.coordinator, row.id, agreement.pk, NOW)
    actions.end_agreement(people.leader, agreement.pk, NOW.on, NOW)
    assert covered(row.dossier_id, 300)


def test_help_at_home_begins_only_when_somebody_pays(people: Cast) -> None:
    row = builders.submitted(people.coordinator, NOW)
    mothers.released(people.coordinator, row.dossier_id, NOW, builders.PAYING)
    with broken("not_covered"):
        plans.start_outside(people.coordinator, row.trajectory_id, NOW)
    actions.grant(people.paying, row.id, YES, NOW)
    assert plans.start_outside(people.coordinator, row.trajectory_id, NOW).state == Stage.ACTIVE_OUTSIDE


def test_own_means_are_a_payer_without_a_request(people: Cast) -> None:
    plan = trajectories.inside(people.coordinator, NOW, 5)
    trajectories.covered(people.coordinator, plan.dossier_id, NOW)
    with rls.system("test"):
        assert is_covered(plan.dossier_id, NOW.on)
        assert requests_of(plan.dossier_id) == []
