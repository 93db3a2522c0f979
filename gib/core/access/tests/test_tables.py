"""The two tables say something about every role and kind, and give nothing by accident."""

from uuid import uuid4

import pytest

from gib.core.access.actor import NOBODY, Actor, house
from gib.core.access.tables import APPOINTED, MAY, SEES, SHOWS, Kind, P, Role, Scope

CARE = {Role.COORDINATOR, Role.DEPUTY}


def test_every_role_and_kind_has_its_row() -> None:
    assert set(MAY) == set(Role)
    assert set(SEES) == set(Role)
    assert set(SHOWS) == set(Kind)


def test_every_permission_belongs_to_somebody() -> None:
    assert set().union(*MAY.values()) == set(P)


def test_whoever_is_shown_fields_sees_rows_and_the_other_way_round() -> None:
    for role in Role:
        for kind in Kind:
            shown = SHOWS[kind].get(role, frozenset()) if kind in SEES[role] else frozenset()
            assert bool(shown) == bool(SEES[role].get(kind)), (role, kind)


@pytest.mark.requirement("PRV-01")
def test_only_the_house_sees_every_row() -> None:
    everywhere = {(role, kind) for role in Role for kind in Kind if Scope.ALL in SEES[role].get(kind, ())}
    # Numbers and days of questions, and what must be paid to which account; no word of anybody.
    without_words = {(Role.PRIVACY_OFFICER, Kind.EMERGENCY), (Role.PROJECT_LEADER, Kind.ERASURE)}
    without_words |= {(Role.PROJECT_LEADER, Kind.CLAIM), (Role.PROJECT_LEADER, Kind.PAYEE)}
    assert everywhere == {(Role.SYSTEM, kind) for kind in Kind} | without_words


def test_the_technical_administrator_and_the_privacy_officer_see_no_dossier() -> None:
    assert SEES[Role.TECHNICAL_ADMIN] == {}
    assert set(SEES[Role.PRIVACY_OFFICER]) == {Kind.EMERGENCY}


@pytest.mark.requirement("SEC-03")
def test_an_emergency_opens_one_dossier_without_safety_and_lets_nothing_be_changed() -> None:
    assert MAY[Role.EMERGENCY] == {P.ENTER, P.SEE_IN_EMERGENCY}
    assert set().union(*SEES[Role.EMERGENCY].values()) == {Scope.EMERGENCY, Scope.DOSSIER, Scope.SELF}
    assert not {Kind.SAFETY, Kind.VOLUNTEER, Kind.UPLOAD} & set(SEES[Role.EMERGENCY])
    assert {role for role in Role if P.OPEN_EMERGENCY in MAY[role]} == CARE | {Role.PROJECT_LEADER}
    assert Role.EMERGENCY not in APPOINTED


@pytest.mark.requirement("DJI-02")
def test_prison_staff_see_only_status_of_what_they_submitted() -> None:
    assert SEES[Role.REFERRER] == {Kind.REFERRAL: {Scope.SUBMITTED}}
    assert SHOWS[Kind.REFERRAL][Role.REFERRER] == {"identity", "status"}


@pytest.mark.requirement("MLD-08")
def test_safety_cases_are_for_the_own_team_only() -> None:
    assert {role for role in Role if Kind.SAFETY in SEES[role]} == CARE | {Role.SYSTEM}
    assert SEES[Role.COORDINATOR][Kind.SAFETY] == {Scope.OWN_TEAM}


def test_volunteers_never_see_intake_custody_consent_or_money() -> None:
    assert not {Kind.INTAKE, Kind.CUSTODY, Kind.CONSENT, Kind.FUNDING} & set(SEES[Role.VOLUNTEER])


def test_an_actor_is_a_party_under_the_name_that_fits_the_scope() -> None:
    user, volunteer = uuid4(), uuid4()
    actor = Actor(user, Role.VOLUNTEER, volunteer_id=volunteer, partner_id=4)
    assert actor.party(Scope.SUBMITTED) == str(user)
    assert actor.party(Scope.MATCHED) == str(volunteer)
    assert actor.party(Scope.ADDRESSED) == actor.party(Scope.INVITED) == "partner:4"
    stranger = Actor(user, Role.VOLUNTEER)
    assert stranger.party(Scope.MATCHED) == str(NOBODY)
    assert stranger.party(Scope.ADDRESSED) == "partner:0"


def test_the_house_has_a_purpose_and_no_permission() -> None:
    actor = house("tick")
    assert (actor.role, actor.purpose) == (Role.SYSTEM, "tick")
    assert not any(actor.may(permission) for permission in P)
