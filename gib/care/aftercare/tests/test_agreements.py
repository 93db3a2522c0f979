"""Agreements with municipalities: recorded, ended, and paying for her."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.http import Http404

from gib.care.aftercare import actions, builders
from gib.care.aftercare.actions import Grant
from gib.care.aftercare.domain import Form, State
from gib.care.aftercare.models import Agreement, requests_of
from gib.care.aftercare.tests.asking import broken, covered
from gib.care.aftercare.tests.conftest import NOW, Cast
from gib.care.trajectory import actions as plans
from gib.care.trajectory import builders as trajectories
from gib.care.trajectory.domain import State as Stage
from gib.care.trajectory.models import is_covered
from gib.core.access import rls
from gib.people.families import builders as mothers

pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])
Told = Callable[[UUID], list[str]]
YES = Grant(NOW.on, NOW.on + timedelta(days=456), hours=260)


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
