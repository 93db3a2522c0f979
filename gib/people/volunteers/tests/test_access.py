"""Letting a volunteer in on her own file: the rules, the acts, the page, and what she finds then."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.http import Http404
from django.test import Client
from django.urls import reverse

from gib.core.access.actor import Actor
from gib.core.access.actor import house as the_house
from gib.core.kernel.clock import Now, now_on
from gib.core.kernel.rules import RuleBroken
from gib.core.vault.models import Tombstone
from gib.people.accounts import actions as door
from gib.people.accounts import builders as accounts
from gib.people.accounts.domain import Letter, Standing
from gib.people.accounts.models import Appointment, Invitation, User
from gib.people.partners.builders import two_prison_desks, two_teams
from gib.people.volunteers import builders
from gib.people.volunteers.actions import access as actions
from gib.people.volunteers.actions import leave, move
from gib.people.volunteers.actions.agreement import say_goodbye
from gib.people.volunteers.actions.interest import forget
from gib.people.volunteers.domain import LeaveReason, State
from gib.people.volunteers.domain.access import Entry, Seen, Sent, check_may_invite, entry_of, last_day_in
from gib.people.volunteers.models.access import access_of
from gib.people.volunteers.tests.pages import page, sent

TODAY = date(2011, 1, 11)
NOW = Now(datetime(2011, 1, 11, 9, tzinfo=UTC), TODAY)
HOUR = timedelta(hours=1)
IN, OVER, LAPSED, LATER = (
    Seen(one, TODAY) for one in (Standing.CURRENT, Standing.ENDED, Standing.UNATTESTED, Standing.FUTURE)
)


class TestRules:
    """How an account stands, without a database."""

    @pytest.mark.parametrize(
        ("seats", "hours", "entry"),
        [
            ([], None, Entry.NONE),
            ([], 1, Entry.INVITED),
            ([], 0, Entry.LATE),
            ([OVER], None, Entry.OVER),
            ([OVER], 1, Entry.INVITED),
            ([OVER, IN], None, Entry.IN),
            ([LATER], 1, Entry.IN),
            ([OVER, LAPSED], None, Entry.UNATTESTED),
        ],
    )
    def test_it_follows_from_her_appointments_and_the_last_letter(
        self, seats: list[Seen], hours: int | None, entry: Entry
    ) -> None:
        letter = None if hours is None else Sent(NOW.at + hours * HOUR)
        assert entry_of(seats, letter, NOW.at) is entry

    @pytest.mark.parametrize("state", State)
    def test_who_is_gone_is_not_invited(self, state: State) -> None:
        if state in (State.LEFT, State.REJECTED):
            with pytest.raises(RuleBroken, match="volunteer_gone"):
                check_may_invite(state, Entry.NONE)
        else:
            check_may_invite(state, Entry.NONE)

    @pytest.mark.parametrize("entry", Entry)
    def test_one_account_is_enough(self, entry: Entry) -> None:
        if entry in (Entry.IN, Entry.UNATTESTED):
            with pytest.raises(RuleBroken, match="account_there"):
                check_may_invite(State.AVAILABLE, entry)
        else:
            check_may_invite(State.AVAILABLE, entry)


pytestmark = pytest.mark.django_db(databases="__all__")


@dataclass
class House:
    """A volunteer without an account, and who may look."""

    carla: tuple[Any, Actor]
    dina: tuple[Any, Actor]
    marjan: tuple[Any, Actor]
    rik: tuple[Any, Actor]
    truus: Any

    @property
    def by(self) -> Actor:
        return self.carla[1]

    @property
    def url(self) -> str:
        return self.to("access")

    def to(self, name: str) -> str:
        return reverse(f"volunteers:{name}", args=[self.truus.id])

    def entry(self, now: Now = NOW) -> Entry:
        return access_of(self.truus, now).entry

    def browser(self, made: tuple[Any, Actor]) -> Client:
        client = Client(headers={"accept-language": "nl"})
        accounts.sign_in(client, made[0])
        return client

    def comes_in(self, letter: Letter, now: Now = NOW) -> User:
        return door.accept(door.gatekeeper("welcome"), letter.invitation_id, "", now=now)

    def goes(self) -> None:
        leave(self.by, self.truus.id, LeaveReason.MOVED, NOW)
        say_goodbye(self.by, self.truus.id, NOW)


@pytest.fixture
def house(seen: Any) -> Iterator[House]:
    accounts.mark_as_demo(TODAY)
    one, other = two_teams()
    prison = two_prison_desks()[0]
    carla, marjan = accounts.coordinator(one), accounts.coordinator(other, "Marjan Fabeldal")
    dina = accounts.deputy(one, TODAY + timedelta(days=9))
    truus = builders.available(carla[1], NOW)
    yield House(carla, dina, marjan, accounts.referrer(prison, one), truus)


class TestActs:
    """She is invited for exactly her file, once, and it can be taken back."""

    def test_her_account_hangs_on_her_file(self, house: House) -> None:
        assert house.entry() is Entry.NONE
        letter = actions.invite(house.by, house.truus.id, NOW)
        assert house.entry() is Entry.INVITED
        user = house.comes_in(letter)
        assert user.display_name == "Truus Voorbeeld"
        assert [row.actor().volunteer_id for row in user.seats()] == [house.truus.id]
        told = access_of(house.truus, NOW)
        assert (told.entry, told.since_on, told.until_on) == (Entry.IN, TODAY, None)
        assert told.user == user

    def test_the_deputy_may_and_goes_on_with_the_letter_of_the_coordinator(self, house: House) -> None:
        first = actions.invite(house.by, house.truus.id, NOW)
        second = actions.invite(house.dina[1], house.truus.id, NOW)
        assert second.username == first.username
        assert User.objects.filter(username=first.username).count() == 1
        with pytest.raises(RuleBroken, match="invitation_closed"):
            house.comes_in(first)
        house.comes_in(second)
        assert house.entry() is Entry.IN

    def test_a_letter_that_came_too_late_is_replaced(self, house: House) -> None:
        actions.invite(house.by, house.truus.id, NOW)
        later = Now(NOW.at + 72 * HOUR, TODAY + timedelta(days=3))
        just_before = Now(later.at - HOUR, later.on)
        assert (house.entry(just_before), house.entry(later)) == (Entry.INVITED, Entry.LATE)
        house.comes_in(actions.invite(house.by, house.truus.id, later), later)
        assert house.entry(later) is Entry.IN

    def test_a_letter_is_withdrawn(self, house: House) -> None:
        letter = actions.invite(house.by, house.truus.id, NOW)
        actions.withdraw(house.dina[1], house.truus.id, NOW)
        assert house.entry() is Entry.NONE
        with pytest.raises(RuleBroken, match="invitation_closed"):
            house.comes_in(letter)
        with pytest.raises(RuleBroken, match="letter_not_there"):
            actions.withdraw(house.by, house.truus.id, NOW)

    def test_access_ends_at_once_and_the_same_account_begins_again(self, house: House) -> None:
        user = house.comes_in(actions.invite(house.by, house.truus.id, NOW))
        actions.end(house.dina[1], house.truus.id, NOW)
        assert house.entry() is Entry.OVER
        assert not User.objects.get(pk=user.pk).seats_on(TODAY)
        with pytest.raises(RuleBroken, match="account_not_there"):
            actions.end(house.by, house.truus.id, NOW)
        assert house.comes_in(actions.invite(house.by, house.truus.id, NOW)) == user
        assert house.entry() is Entry.IN

    def test_no_second_account(self, house: House) -> None:
        house.comes_in(actions.invite(house.by, house.truus.id, NOW))
        lapsed = now_on(TODAY + timedelta(days=91))
        for now in (NOW, lapsed):
            with pytest.raises(RuleBroken, match="account_there"):
                actions.invite(house.by, house.truus.id, now)
        assert house.entry(lapsed) is Entry.UNATTESTED
        assert Appointment.objects.filter(volunteer_id=house.truus.id).count() == 1

    def test_refused_after_she_left(self, house: House) -> None:
        house.goes()
        with pytest.raises(RuleBroken, match="volunteer_gone"):
            actions.invite(house.by, house.truus.id, NOW)
        new = builders.interested(house.by, NOW, "Bea", "Bladwijzer")
        move(house.by, new.id, State.REJECTED, NOW)
        with pytest.raises(RuleBroken, match="volunteer_gone"):
            actions.invite(house.by, new.id, NOW)
        assert not Invitation.objects.exists()

    def test_strangers_find_nobody(self, house: House) -> None:
        for perform in (actions.invite, actions.withdraw, actions.end):
            with pytest.raises(Http404):
                perform(house.marjan[1], house.truus.id, NOW)


class TestGoodbye:
    """Her account ends with her goodbye, after the days in which she tells of her last visits."""

    @pytest.mark.requirement("PRV-11")
    @pytest.mark.parametrize(("days", "is_in"), [(-1, True), (0, True), (14, True), (15, False)])
    def test_her_last_day_is_two_weeks_after(self, house: House, days: int, is_in: bool) -> None:
        user = house.comes_in(actions.invite(house.by, house.truus.id, NOW), days_on(-1))
        house.goes()
        assert last_day_in(State.LEFT, TODAY) == TODAY + timedelta(days=14)
        told = access_of(house.truus, days_on(days))
        assert told.entry is (Entry.IN if is_in else Entry.OVER)
        assert told.until_on == TODAY + timedelta(days=14)
        assert bool(User.objects.get(pk=user.pk).seats_on(days_on(days).on)) is is_in

    def test_a_session_of_her_finds_nothing_the_day_after(self, house: House) -> None:
        user = house.comes_in(actions.invite(house.by, house.truus.id, NOW))
        client = house.browser((user, house.by))
        house.goes()
        for days, status in ((14, 200), (15, 403)):
            accounts.mark_as_demo(days_on(days).on)
            assert client.get("/mijn-gegevens/").status_code == status

    def test_a_letter_that_is_out_stops_working(self, house: House) -> None:
        letter = actions.invite(house.by, house.truus.id, NOW)
        house.goes()
        with pytest.raises(RuleBroken, match="invitation_closed"):
            house.comes_in(letter)
        assert house.entry() is Entry.NONE

    def test_who_is_rejected_is_out_at_once(self, house: House) -> None:
        new = builders.interested(house.by, NOW, "Bea", "Bladwijzer")
        user = house.comes_in(actions.invite(house.by, new.id, NOW))
        client = house.browser((user, house.by))
        assert client.get("/mijn-gegevens/").status_code == 200
        move(house.by, new.id, State.REJECTED, NOW)
        assert last_day_in(State.REJECTED, TODAY) is None
        assert access_of(new, NOW).entry is Entry.OVER
        assert client.get("/mijn-gegevens/").status_code == 403

    @pytest.mark.requirement("VOL-03")
    def test_who_is_forgotten_has_no_name_at_the_door_either(self, house: House) -> None:
        new = builders.interested(house.by, NOW, "Bea", "Bladwijzer")
        user = house.comes_in(actions.invite(house.by, new.id, NOW))
        kept = house.comes_in(actions.invite(house.by, house.truus.id, NOW))
        move(house.by, new.id, State.REJECTED, NOW)
        forget(the_house("test"), new.id, NOW)
        assert Tombstone.objects.filter(box_id=user.id).exists()
        assert not Tombstone.objects.filter(box_id=kept.id).exists()
        assert not User.objects.get(pk=user.pk).has_usable_password()

    def test_she_may_be_shut_out_sooner(self, house: House) -> None:
        house.comes_in(actions.invite(house.by, house.truus.id, NOW))
        house.goes()
        actions.end(house.by, house.truus.id, NOW)
        assert house.entry() is Entry.OVER


def days_on(days: int) -> Now:
    return Now(NOW.at + days * timedelta(days=1), TODAY + timedelta(days=days))


class TestThePage:
    """What the coordinator sees, does, and what the volunteer finds."""

    def test_from_no_account_to_her_own_papers(self, house: House) -> None:
        client = house.browser(house.carla)
        assert house.url in str(page(client.get(house.to("volunteer"))).find("main"))
        assert "heeft geen account" in page(client.get(house.url)).find("main").text
        letter = page(client.get(sent(client, house.url)["Location"]))
        row = Invitation.objects.get(volunteer_id=house.truus.id)
        assert row.user.username in letter.text
        assert letter.find("a", href=house.url)
        assert "nog niet" in page(client.get(house.url)).find("main").text
        user = self._accepts(row)
        shown = page(client.get(house.url)).find("main").text
        assert ("heeft toegang" in shown, "Nodig haar uit" in shown) == (True, False)
        own = house.browser((user, house.by)).get("/mijn-gegevens/")
        assert "Truus Voorbeeld" in page(own).text

    def _accepts(self, row: Invitation) -> User:
        user: User = door.accept(door.gatekeeper("welcome"), row.id, "", now=now_on(TODAY))
        return user

    def test_a_deputy_prints_ends_and_goes_back(self, house: House) -> None:
        client = house.browser(house.dina)
        letter = page(client.get(sent(client, house.url)["Location"]))
        assert letter.find("a", href=house.url)
        self._accepts(Invitation.objects.get(volunteer_id=house.truus.id))
        sent(client, house.to("access_end"))
        assert "geëindigd" in page(client.get(house.url)).find("main").text
        refused = sent(client, house.to("access_end"), 422)
        assert "geen toegang om te eindigen" in page(refused, 422).find("main").text

    def test_a_letter_is_taken_back(self, house: House) -> None:
        client = house.browser(house.carla)
        sent(client, house.url)
        shown = page(client.get(house.url))
        token = shown.find("input", {"name": "token"})["value"]
        assert client.post(house.to("access_withdraw"), {"token": token}).status_code == 302
        assert "Trek de brief in" not in page(client.get(house.url)).find("main").text
        assert client.get(house.to("access_withdraw")).status_code == 405

    def test_nothing_is_offered_after_she_left(self, house: House) -> None:
        house.goes()
        client = house.browser(house.carla)
        shown = page(client.get(house.url)).find("main")
        assert shown.find("form") is None

    @pytest.mark.parametrize("name", ["access", "access_withdraw", "access_end"])
    def test_others(self, house: House, name: str) -> None:
        stranger, rik = house.browser(house.marjan), house.browser(house.rik)
        assert stranger.post(house.to(name)).status_code == 404
        assert rik.post(house.to(name)).status_code == 403


def test_a_name_is_no_longer_than_an_account_takes(house: House) -> None:
    long: UUID = builders.interested(house.by, NOW, "A" * 60, "B" * 80).id
    letter = actions.invite(house.by, long, NOW)
    user = User.objects.get(username=letter.username)
    assert len(user.display_name) == 80
