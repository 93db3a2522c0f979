"""Letting in, confirming, ending and starting anew: what happens, and what is refused."""

from datetime import timedelta
from importlib import import_module
from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings as django_settings
from django.core.exceptions import PermissionDenied
from django.http import Http404

from gib.core.access import rls
from gib.core.access.tables import Role
from gib.core.journal.models import Happening, Message
from gib.core.kernel.clock import Now
from gib.core.kernel.rules import RuleBroken
from gib.people.accounts import actions, builders
from gib.people.accounts.domain import Invitee, Purpose, Seat, Standing
from gib.people.accounts.models import Appointment, Invitation, RecoveryCode, User
from gib.people.accounts.tests.keys import PASSWORD
from gib.people.partners import builders as places

pytestmark = pytest.mark.django_db(databases="__all__")


def volunteer(team):
    return Invitee("Vera Verzonnen", "vera@example.org", Seat(Role.VOLUNTEER, team.pk, volunteer_id=uuid4()))


def accepted(letter, now, password=PASSWORD):
    row = Invitation.objects.get(pk=letter.invitation_id)
    return actions.accept(actions.gatekeeper("invitation", row.user_id), row.pk, password, now=now)


def a_session(user):
    store = import_module(django_settings.SESSION_ENGINE).SessionStore()
    store.create()
    return UserSession.objects.create(
        user=user, ip="127.0.0.1", session_key=store.session_key, user_agent="x"
    )


def happened():
    with rls.system("test"):
        return [row.name.split(".")[1] for row in Happening.for_house("test", None).order_by("position")]


def test_a_coordinator_lets_in_a_volunteer(carla, teams, now, seen):
    letter = actions.invite(carla[1], volunteer(teams[0]), now=now)
    user = User.objects.get(username=letter.username)
    row = user.invitations.get()
    assert (user.display_name, user.email) == ("Vera Verzonnen", "vera@example.org")
    assert not user.has_usable_password()
    assert (row.role, row.team_id, row.made_by) == ("volunteer", teams[0].pk, carla[0].pk)
    assert row.expires_at - row.made_at == timedelta(hours=72)
    assert not user.seats()
    assert happened() == ["Invited"]


def test_only_hashes_of_the_codes_stay(carla, teams, now):
    letter = actions.invite(carla[1], volunteer(teams[0]), now=now)
    row = Invitation.objects.get()
    assert letter.code not in str(vars(row))
    assert letter.spoken not in str(vars(row))
    assert Invitation.of_code(letter.code) == row
    assert row.hears(letter.spoken.lower())
    assert not row.hears("ABCDEF")


def test_a_stranger_team_is_refused_and_nobody_is_made(carla, teams, now):
    with pytest.raises(RuleBroken, match="may_not_let_in"):
        actions.invite(carla[1], volunteer(teams[1]), now=now)
    assert User.objects.count() == 1


def test_an_incomplete_seat_is_refused(carla, teams, now):
    with pytest.raises(RuleBroken, match="appointment_incomplete"):
        actions.invite(carla[1], Invitee("N", "", Seat(Role.DEPUTY, team_id=teams[0].pk)), now=now)


def test_a_letter_gives_a_password_and_an_appointment_once(carla, teams, now):
    letter = actions.invite(carla[1], volunteer(teams[0]), now=now)
    user = accepted(letter, now)
    assert user.check_password(PASSWORD)
    seat = user.appointments.get()
    assert (seat.role, seat.from_on, seat.attested_on) == ("volunteer", now.on, now.on)
    assert happened() == ["Invited", "InvitationAccepted", "Appointed"]
    with pytest.raises(RuleBroken, match="invitation_closed"):
        accepted(letter, now)


def test_without_a_password_only_a_key_will_do(carla, teams, now):
    user = accepted(actions.invite(carla[1], volunteer(teams[0]), now=now), now, password="")
    assert not user.has_usable_password()


def test_a_letter_is_too_late_after_72_hours(carla, teams, now):
    letter = actions.invite(carla[1], volunteer(teams[0]), now=now)
    accepted_at = Now(now.at + timedelta(hours=72), now.on)
    with pytest.raises(RuleBroken, match="invitation_closed"):
        accepted(letter, accepted_at)


def test_an_invitation_that_does_not_exist_is_not_found(now):
    with pytest.raises(Http404):
        actions.accept(actions.gatekeeper("invitation"), uuid4(), "", now=now)


def test_a_withdrawn_letter_no_longer_works(carla, teams, now):
    letter = actions.invite(carla[1], volunteer(teams[0]), now=now)
    actions.withdraw(carla[1], letter.invitation_id, now=now)
    for again in (
        lambda: accepted(letter, now),
        lambda: actions.withdraw(carla[1], letter.invitation_id, now=now),
    ):
        with pytest.raises(RuleBroken, match="invitation_closed"):
            again()
    assert happened() == ["Invited", "InvitationWithdrawn"]


def test_only_who_wrote_a_letter_withdraws_it(carla, leader, teams, now):
    letter = actions.invite(carla[1], volunteer(teams[0]), now=now)
    with pytest.raises(Http404):
        actions.withdraw(leader[1], letter.invitation_id, now=now)


def test_a_new_letter_replaces_the_lost_one(carla, teams, now):
    lost = actions.invite(carla[1], volunteer(teams[0]), now=now)
    fresh = actions.write_again(carla[1], lost.invitation_id, now=now)
    assert fresh.username == lost.username
    with pytest.raises(RuleBroken, match="invitation_closed"):
        accepted(lost, now)
    assert accepted(fresh, now).appointments.get().role == "volunteer"
    with pytest.raises(RuleBroken, match="invitation_closed"):
        actions.write_again(carla[1], fresh.invitation_id, now=now)


def test_a_deputy_who_has_an_account_gets_a_further_role(carla, teams, now):
    other, _ = builders.coordinator(teams[1], "Olga Voorbeeld")
    seat = Seat(Role.DEPUTY, team_id=teams[0].pk, to_on=now.on + timedelta(days=14))
    row = actions.appoint(carla[1], f" {other.username.upper()} ", seat, now=now)
    assert row.actor().team_ids == {teams[0].pk}
    other.held = None
    assert [held.role for held in other.seats_on(now.on)] == ["coordinator", "deputy"]
    assert [held.role for held in other.seats_on(now.on + timedelta(days=15))] == ["coordinator"]


@pytest.mark.parametrize(
    ("role", "code"), [(Role.DEPUTY, "user_unknown"), (Role.COORDINATOR, "may_not_let_in")]
)
def test_a_further_role_can_be_refused(carla, teams, now, role, code):
    with pytest.raises(RuleBroken, match=code):
        actions.appoint(carla[1], "gib-niets", Seat(role, team_id=teams[0].pk, to_on=now.on), now=now)


def test_a_further_role_must_be_complete(carla, teams, now):
    with pytest.raises(RuleBroken, match="appointment_incomplete"):
        actions.appoint(carla[1], carla[0].username, Seat(Role.DEPUTY, team_id=teams[0].pk), now=now)


@pytest.mark.requirement("SEC-08")
def test_ended_access_is_over_at_once(carla, teams, now):
    user, _ = builders.volunteer_user(teams[0], uuid4())
    row = actions.end_appointment(carla[1], user.appointments.get().pk, now=now)
    assert row.standing(now.on) is Standing.ENDED
    assert not Appointment.objects.filter(user=user).current(now.on).exists()
    for act in (actions.end_appointment, actions.attest):
        with pytest.raises(RuleBroken, match="appointment_over"):
            act(carla[1], row.pk, now=now)


def test_the_first_day_can_be_the_last(carla, teams, now):
    user = accepted(actions.invite(carla[1], volunteer(teams[0]), now=now), now)
    row = actions.end_appointment(carla[1], user.appointments.get().pk, now=now)
    assert row.to_on == row.from_on == now.on


@pytest.mark.parametrize("act", [actions.end_appointment, actions.attest])
def test_a_stranger_coordinator_finds_nothing(teams, now, act):
    user, _ = builders.volunteer_user(teams[0], uuid4())
    _, stranger = builders.coordinator(teams[1])
    with pytest.raises(Http404):
        act(stranger, user.appointments.get().pk, now=now)


@pytest.mark.requirement("SEC-08")
def test_a_confirmation_holds_for_another_90_days(carla, teams, now):
    long_ago = now.on - timedelta(days=91)
    seat = Seat(Role.VOLUNTEER, team_id=teams[0].pk, volunteer_id=uuid4())
    user, _ = builders.person("Vera Verzonnen", seat, attested_on=long_ago)
    assert not user.seats_on(now.on)
    actions.attest(carla[1], user.appointments.get().pk, now=now)
    user.held = None
    assert user.seats_on(now.on + timedelta(days=90))
    assert not user.seats_on(now.on + timedelta(days=91))


def test_the_administrator_ends_everybody_and_confirms_only_the_leader(carla, leader, now):
    _, admin = builders.technical_admin()
    assert actions.attest(admin, leader[0].appointments.get().pk, now=now).attested_on == now.on
    with pytest.raises(Http404):
        actions.attest(admin, carla[0].appointments.get().pk, now=now)
    assert actions.end_appointment(admin, carla[0].appointments.get().pk, now=now).ended_at == now.at


@pytest.mark.requirement("IDM-01")
def test_a_new_start_takes_everything_away(carla, teams, now, seen):
    user, _ = builders.volunteer_user(teams[0], uuid4())
    user.set_password(PASSWORD)
    user.save()
    Authenticator.objects.create(user=user, type="totp", data={"secret": "x"})
    RecoveryCode.renew(user.pk)
    a_session(user)
    letter = actions.reset_access(carla[1], user.pk, now=now)
    user.refresh_from_db()
    assert not user.has_usable_password()
    assert not Authenticator.objects.filter(user=user).exists()
    assert RecoveryCode.left(user.pk) is None
    assert not UserSession.objects.filter(user=user).exists()
    assert user.invitations.get().purpose == Purpose.RESET
    assert accepted(letter, now).appointments.count() == 1


def test_a_second_new_start_closes_the_first_letter(carla, teams, now):
    user, _ = builders.volunteer_user(teams[0], uuid4())
    first = actions.reset_access(carla[1], user.pk, now=now)
    actions.reset_access(carla[1], user.pk, now=now)
    with pytest.raises(RuleBroken, match="invitation_closed"):
        accepted(first, now)


def test_nobody_gives_a_stranger_a_new_start(carla, leader, teams, now):
    _, stranger = builders.coordinator(teams[1])
    user, _ = builders.volunteer_user(teams[0], uuid4())
    for other in (stranger, leader[1]):
        with pytest.raises(Http404):
            actions.reset_access(other, user.pk, now=now)


def test_sessions_are_killed_and_the_newest_three_kept(carla, now):
    _, admin = builders.technical_admin()
    newest = [a_session(carla[0]) for _ in range(5)][-3:]
    actions.end_oldest_sessions(carla[0].pk)
    assert set(UserSession.objects.filter(user=carla[0])) == set(newest)
    assert actions.kill_sessions(admin, carla[0].pk, now=now) == 3
    assert "SessionsEnded" in happened()
    with pytest.raises(PermissionDenied):
        actions.kill_sessions(carla[1], carla[0].pk, now=now)


def test_many_wrong_guesses_warn_the_coordinator_and_leave_the_same_trace_for_nobody(carla, teams, now):
    user, _ = builders.volunteer_user(teams[0], uuid4())
    for name in (user.username, "gib-niemand"):
        actions.report_failures(actions.gatekeeper("sign_in"), name, 10, now=now)
    assert happened() == ["SignInFailedOften"] * 2
    assert Message.objects.get().recipient_id == carla[0].pk


def test_without_a_coordinator_the_project_leader_is_warned(leader, now):
    desk, _ = builders.municipality_desk(places.a_paying_and_a_refusing_municipality()[0])
    actions.report_failures(actions.gatekeeper("sign_in"), desk.username, 10, now=now)
    assert Message.objects.get().recipient_id == leader[0].pk


def test_a_volunteer_is_tied_to_her_own_file(carla, teams, now):
    invitee = volunteer(teams[0])
    user = accepted(actions.invite(carla[1], invitee, now=now), now)
    assert [row.actor().volunteer_id for row in user.seats()] == [invitee.seat.volunteer_id]


def test_a_deputy_lets_in_volunteers_of_her_team_and_takes_back_their_letters(carla, teams, now):
    _, dina = builders.deputy(teams[0], now.on)
    _, stranger = builders.deputy(teams[1], now.on)
    letter = actions.invite(carla[1], volunteer(teams[0]), now=now)
    with pytest.raises(Http404):
        actions.withdraw(stranger, letter.invitation_id, now=now)
    assert actions.withdraw(dina, letter.invitation_id, now=now).withdrawn_at == now.at
    actions.invite(dina, volunteer(teams[0]), now=now)
    for seat in (Seat(Role.REFERRER, teams[0].pk, 1), volunteer(teams[1]).seat):
        with pytest.raises(RuleBroken, match="may_not_let_in"):
            actions.invite(dina, Invitee("N", "", seat), now=now)
