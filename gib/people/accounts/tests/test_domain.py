"""The rules of access, without a database."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from gib.core.access.actor import Actor
from gib.core.access.tables import P, Role
from gib.core.kernel.rules import RuleBroken
from gib.people.accounts import domain
from gib.people.accounts.domain import Seat, Standing

ON = date(2011, 1, 11)
AT = datetime(2011, 1, 11, 9, tzinfo=UTC)


def actor(role, *teams):
    return Actor(uuid4(), role, team_ids=frozenset(teams))


@pytest.mark.parametrize(
    ("days_ago", "last_in", "attested_ago", "found"),
    [
        (0, None, 0, Standing.CURRENT),
        (-1, None, 0, Standing.FUTURE),
        (400, 0, 0, Standing.CURRENT),
        (400, -1, 0, Standing.ENDED),
        (400, None, 90, Standing.CURRENT),
        (400, None, 91, Standing.UNATTESTED),
        (400, -1, 91, Standing.ENDED),
    ],
)
def test_an_appointment_stands_by_its_dates(days_ago, last_in, attested_ago, found):
    to_on = None if last_in is None else ON + timedelta(days=last_in)
    stands = domain.standing(ON - timedelta(days=days_ago), to_on, ON - timedelta(days=attested_ago), ON)
    assert stands is found


@pytest.mark.parametrize(
    ("standings", "told"),
    [
        ([], Standing.ENDED),
        ([Standing.ENDED, Standing.FUTURE], Standing.FUTURE),
        ([Standing.FUTURE, Standing.UNATTESTED], Standing.UNATTESTED),
    ],
)
def test_who_may_not_enter_hears_the_reason_she_can_do_something_about(standings, told):
    assert domain.near_end(standings) is told


@pytest.mark.requirement("SEC-05")
@pytest.mark.parametrize(
    ("role", "minutes"), [(Role.REFERRER, 10), (Role.COORDINATOR, 15), (Role.VOLUNTEER, 15), (None, 15)]
)
def test_a_shared_computer_waits_less_long(role, minutes):
    assert domain.idle_minutes(role) == minutes


def test_a_wait_doubles_and_never_becomes_a_lock():
    waits = [domain.wait_seconds("account", failures) for failures in range(1, 9)]
    assert waits == [0, 30, 60, 120, 240, 480, 900, 900]
    assert domain.wait_seconds("account", 10_000) == 900


def test_at_most_five_guesses_fit_in_five_minutes():
    spent, guesses = 0, 0
    while spent < 300:
        guesses += 1
        spent += domain.wait_seconds("account", guesses)
    assert guesses == 5


def test_an_address_shared_by_many_gets_more_room():
    assert domain.wait_seconds("address", 20) == 0
    assert domain.wait_seconds("address", 21) == 2
    assert domain.wait_seconds("address", 99) == 60


@pytest.mark.parametrize(
    ("role", "lets_in"),
    [
        (Role.PROJECT_LEADER, {Role.COORDINATOR, Role.MUNICIPALITY, Role.SAFETY_HOUSE}),
        (Role.COORDINATOR, {Role.VOLUNTEER, Role.REFERRER, Role.DEPUTY}),
    ],
)
def test_each_lets_in_her_own(role, lets_in):
    for other in lets_in:
        domain.check_may_let_in(actor(role, 1), other, 1)


@pytest.mark.parametrize(
    ("role", "other", "team"),
    [
        (Role.COORDINATOR, Role.COORDINATOR, 1),
        (Role.COORDINATOR, Role.VOLUNTEER, 2),
        (Role.COORDINATOR, Role.VOLUNTEER, None),
        (Role.PROJECT_LEADER, Role.VOLUNTEER, 1),
        (Role.PROJECT_LEADER, Role.PROJECT_LEADER, None),
        (Role.VOLUNTEER, Role.VOLUNTEER, 1),
        (Role.DEPUTY, Role.VOLUNTEER, 2),
        (Role.DEPUTY, Role.REFERRER, 1),
    ],
)
def test_nobody_lets_in_what_is_not_hers(role, other, team):
    with pytest.raises(RuleBroken, match="may_not_let_in"):
        domain.check_may_let_in(actor(role, 1), other, team)


def test_nobody_can_be_let_in_as_the_house():
    for role, others in domain.LETS_IN.items():
        assert Role.SYSTEM not in others, role


def test_who_invites_has_the_permission_in_the_table_of_access():
    inviting = {role for role in Role if actor(role).may(P.INVITE) or actor(role).may(P.INVITE_VOLUNTEER)}
    assert inviting == set(domain.LETS_IN) - {Role.SYSTEM}


@pytest.mark.parametrize(
    "seat",
    [
        Seat(Role.COORDINATOR),
        Seat(Role.DEPUTY, team_id=1),
        Seat(Role.DEPUTY, to_on=ON),
        Seat(Role.REFERRER, team_id=1),
        Seat(Role.REFERRER, partner_id=1),
        Seat(Role.MUNICIPALITY, team_id=1),
        Seat(Role.SAFETY_HOUSE),
        Seat(Role.VOLUNTEER),
        Seat(Role.VOLUNTEER, team_id=1),
    ],
)
def test_a_seat_without_what_its_role_needs_is_refused(seat):
    with pytest.raises(RuleBroken, match="appointment_incomplete"):
        domain.check_seat(seat)


@pytest.mark.parametrize(
    "seat",
    [
        Seat(Role.COORDINATOR, team_id=1),
        Seat(Role.DEPUTY, team_id=1, to_on=ON),
        Seat(Role.REFERRER, team_id=1, partner_id=1),
        Seat(Role.TECHNICAL_ADMIN),
        Seat(Role.PRIVACY_OFFICER),
    ],
)
def test_a_complete_seat_is_fine(seat):
    assert domain.check_seat(seat) is None


@pytest.mark.parametrize(
    ("role", "kind", "is_of_team"),
    [
        (Role.REFERRER, "municipality", True),
        (Role.REFERRER, "prison", False),
        (Role.MUNICIPALITY, "prison", True),
        (Role.SAFETY_HOUSE, "municipality", False),
        (Role.COORDINATOR, "prison", True),
    ],
)
def test_an_organisation_must_fit_the_role(role, kind, is_of_team):
    with pytest.raises(RuleBroken, match="partner_does_not_fit"):
        domain.check_partner(role, kind, is_of_team)


@pytest.mark.parametrize(
    ("role", "kind", "is_of_team"),
    [
        (Role.REFERRER, "prison", True),
        (Role.MUNICIPALITY, "municipality", False),
        (Role.COORDINATOR, None, False),
    ],
)
def test_an_organisation_that_fits_is_fine(role, kind, is_of_team):
    assert domain.check_partner(role, kind, is_of_team) is None


@pytest.mark.parametrize(
    ("used_at", "withdrawn_at", "expires_at"),
    [(AT, None, AT + timedelta(hours=1)), (None, AT, AT + timedelta(hours=1)), (None, None, AT)],
)
def test_a_closed_invitation_is_refused(used_at, withdrawn_at, expires_at):
    with pytest.raises(RuleBroken, match="invitation_closed"):
        domain.check_open(used_at, withdrawn_at, expires_at, AT)


def test_an_open_invitation_is_fine():
    assert domain.check_open(None, None, AT + timedelta(seconds=1), AT) is None


def test_codes_are_long_random_and_read_as_people_write_them():
    code = domain.new_code(domain.CODE_LENGTH)
    assert len(code) == 20
    assert code != domain.new_code(domain.CODE_LENGTH)
    assert domain.ungrouped(domain.grouped(code).lower()) == code
    assert domain.ungrouped(" 01-8a ") == "OIBA"


def test_a_user_name_tells_nothing():
    name = domain.new_username()
    assert name.startswith("gib-")
    assert len(name) == 9
    assert not set(name[4:]) & set("aeiou01")


def test_every_event_carries_plain_values_only():
    told = domain.Appointed(user_id=uuid4(), role=Role.DEPUTY, team_id=1, from_on=ON, to_on=ON)
    assert told.payload()["role"] == "deputy"
    assert replace(told, to_on=None).payload()["to_on"] is None
    assert domain.SignInFailedOften(user_id=None, failures=10).payload() == {"user_id": None, "failures": 10}
