"""A volunteer who left is erased after the term: her key and words are gone, and what figures need stays."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.db import connections
from django.http import Http404
from django.test import Client

from gib.core.access import rls
from gib.core.access.actor import Actor
from gib.core.access.tables import Role
from gib.core.journal.models import Happening
from gib.core.kernel.clock import Now
from gib.core.kernel.rules import RuleBroken
from gib.core.vault.fields import SealedField
from gib.core.vault.models import Tombstone, WrappedKey
from gib.people.accounts import builders as accounts
from gib.people.accounts.models import User
from gib.people.partners.builders import two_prison_desks, two_teams
from gib.people.partners.domain import Product
from gib.people.volunteers import builders
from gib.people.volunteers.actions import coaching, erasure, expenses, leave
from gib.people.volunteers.actions.agreement import say_goodbye
from gib.people.volunteers.domain import LeaveReason
from gib.people.volunteers.domain.coaching import Talk, TalkKind
from gib.people.volunteers.domain.erasure import check_erase, kept_until
from gib.people.volunteers.domain.expenses import ClaimState
from gib.people.volunteers.models import Claim, Volunteer, VolunteerStand
from gib.people.volunteers.models.erasure import STAYS, due
from gib.people.volunteers.models.volunteer import VolunteerRow
from gib.people.volunteers.tests.pages import page, sent
from gib.people.volunteers.tests.purse import HER_ACCOUNT, OURS

LEFT = date(2009, 1, 10)
NAME, WORDS, ROUTE = "Zilverspar", "Zij houdt van mosgroene breiwol.", "Heen en weer naar Zandkasteel"


def now(on: date) -> Now:
    return Now(datetime(on.year, on.month, on.day, 9, tzinfo=UTC), on)


LATER = now(date(2011, 1, 11))


@pytest.mark.requirement("VOL-03")
@pytest.mark.parametrize(
    ("left", "last"), [(date(2008, 2, 29), date(2010, 2, 28)), (LEFT, date(2011, 1, 10))]
)
def test_the_term_is_counted_by_the_calendar(left: date, last: date) -> None:
    assert kept_until(left, 2) == last
    with pytest.raises(RuleBroken, match=r"^volunteer_kept$"):
        check_erase(left, 2, last, 0)
    check_erase(left, 2, last + timedelta(1), 0)


def test_who_did_not_leave_or_has_something_coming_stays() -> None:
    with pytest.raises(RuleBroken, match=r"^volunteer_kept$"):
        check_erase(None, 2, LATER.on, 0)
    with pytest.raises(RuleBroken, match=r"^volunteer_owed$"):
        check_erase(LEFT, 2, LATER.on, 1)


@dataclass
class Left:
    """A volunteer who left with an account, a talk and a claim, her team and another one."""

    id: UUID
    user: Any
    by: Actor
    client: tuple[Any, Actor]
    other: tuple[Any, Actor]


@pytest.fixture
def left(seen: Any) -> Left:
    accounts.mark_as_demo(LATER.on)
    ours, theirs = two_teams()
    two_prison_desks()
    made, other = accounts.coordinator(ours), accounts.coordinator(theirs)
    begun = now(LEFT - timedelta(days=400))
    row = builders.available(made[1], begun, Product.BEZOEKMOEDERS, given_name="Wendelien", family_name=NAME)
    user, herself = accounts.volunteer_user(ours, row.id)
    talk = Talk(TalkKind.COACHING, (row.id,), begun.on, WORDS)
    coaching.hold_talk(made[1], talk, begun)
    ride = expenses.NewClaim(on=begun.on, km_tenths=425, route=ROUTE)
    claim = expenses.claim(herself, ride, begun)
    expenses.give_account(herself, HER_ACCOUNT, begun)
    expenses.approve(made[1], claim.id, False, begun)
    expenses.pay_out(Actor(uuid4(), Role.PROJECT_LEADER), OURS, begun)
    leave(made[1], row.id, next(iter(LeaveReason)), now(LEFT))
    say_goodbye(made[1], row.id, now(LEFT))
    return Left(row.id, user, made[1], made, other)


def everywhere() -> bytes:
    """Give all bytes of all tables of all stores, as they lie there."""
    found = list[object]()
    for alias in ("default", "keys", "log"):
        with rls.system("test"), connections[alias].cursor() as cursor:
            # The secret of the row context is nobody's to read, and nothing of hers.
            for table in {*connections[alias].introspection.table_names(cursor)} - {"gib_secret"}:
                cursor.execute(f'SELECT * FROM "{table}" {rls.MARK}')
                found += [cell for row in cursor.fetchall() for cell in row]
    return b"\n".join(
        bytes(one) if isinstance(one, bytes | memoryview) else str(one).encode() for one in found
    )


@pytest.mark.django_db(databases="__all__", transaction=True)
class TestErasing:
    """The act, with its effects in every store."""

    @pytest.mark.requirement("VOL-03")
    def test_her_keys_and_words_are_gone_and_her_id_stays(self, left: Left) -> None:
        with rls.system("test"):
            sealed = _sealed(left.id)
            days = VolunteerStand.for_house("test", LATER.on).filter(volunteer_id=left.id).count()
        assert len(sealed) > 3
        lay = everywhere()
        assert [cipher for cipher in sealed if cipher not in lay] == []
        erasure.erase(left.by, left.id, LATER)
        lying = everywhere()
        assert [cipher for cipher in sealed if cipher in lying] == []
        words = (NAME, WORDS, ROUTE, HER_ACCOUNT.iban)
        assert [word for word in words if word.encode() in lying] == []
        for box in (left.id, left.user.pk):
            assert Tombstone.objects.using("keys").filter(box_id=box).exists()
            assert not WrappedKey.objects.filter(box_id=box).exists()
        with rls.system("test"):
            row = Volunteer.for_house("test", LATER.on).select_related("team").get(pk=left.id)
            assert (row.pc4, row.languages, row.left_on, row.team.prison_id) == ("", "", LEFT, "NSL")
            assert VolunteerStand.for_house("test", LATER.on).filter(volunteer_id=left.id).count() == days
            paid = Claim.for_house("test", LATER.on).select_related("payment").get(volunteer_id=left.id)
            assert paid.cents == paid.payment.cents > 0
            assert (paid.route, paid.payment.iban) == ("", "")
            told = Happening.for_house("test", LATER.on).filter(payload__volunteer_id=str(left.id))
            assert "volunteers.VolunteerErased" in set(told.values_list("name", flat=True))
        assert not User.objects.get(pk=left.user.pk).has_usable_password()

    def test_nobody_sees_her_again(self, left: Left) -> None:
        assert [row.id for row in due(left.by, LATER.on)] == [left.id]
        erasure.erase(left.by, left.id, LATER)
        assert list(due(left.by, LATER.on)) == []
        for actor in (left.by, left.other[1]):
            assert not Volunteer.visible_to(actor, LATER.on).filter(pk=left.id).exists()
        with pytest.raises(Http404):
            erasure.erase(left.by, left.id, LATER)

    def test_every_table_of_hers_goes_or_is_emptied(self, left: Left) -> None:
        erasure.erase(left.by, left.id, LATER)
        with rls.system("test"):
            for kind in VolunteerRow.__subclasses__():
                rows = kind.for_house("test", LATER.on).filter(volunteer_id=left.id)
                assert kind in STAYS or not rows.exists(), kind
        assert {kind for kind in apps.get_models() if issubclass(kind, VolunteerRow)} == set(
            VolunteerRow.__subclasses__()
        )

    def test_not_before_the_term_and_not_by_a_stranger(self, left: Left) -> None:
        with pytest.raises(RuleBroken, match="volunteer_kept"):
            erasure.erase(left.by, left.id, now(LATER.on - timedelta(1)))
        with pytest.raises(Http404):
            erasure.erase(left.other[1], left.id, LATER)
        assert WrappedKey.objects.filter(box_id=left.id).exists()

    def test_not_while_money_of_hers_waits(self, left: Left) -> None:
        with rls.acting_as(left.by, LATER.on):
            rows = Claim.for_action(left.by, LATER.on).filter(volunteer_id=left.id)
            rows.update(state=ClaimState.APPROVED, payment=None)
        with pytest.raises(RuleBroken, match="volunteer_owed"):
            erasure.erase(left.by, left.id, LATER)
        assert WrappedKey.objects.filter(box_id=left.id).exists()


@pytest.mark.django_db(databases="__all__", transaction=True)
class TestThePages:
    """What the coordinator sees and fills in."""

    def test_from_the_list_to_a_volunteer_who_is_gone(self, left: Left) -> None:
        client = browser(left.client)
        assert "Wissen 1" in page(client.get("/vrijwilligers/")).get_text(" ", strip=True)
        shown = page(client.get("/vrijwilligers/wissen/"))
        link = shown.find("main").find("table").find("a")
        assert "Wendelien Z." in link.get_text()
        assert "za 10 jan 2009" in shown.get_text(" ", strip=True)
        told = page(client.get(link["href"])).get_text(" ", strip=True)
        assert "Dit gaat voorgoed weg" in told and "bewaard tot en met ma 10 jan" in told
        assert "Zet hier een vinkje" in sent(client, link["href"], 422).content.decode()
        assert sent(client, link["href"], is_certain="on").url == "/vrijwilligers/wissen/"
        assert "Haar gegevens zijn gewist." in page(client.get("/vrijwilligers/wissen/")).get_text()
        assert client.get(link["href"]).status_code == 404
        assert "Wissen" not in page(client.get("/vrijwilligers/")).get_text(" ", strip=True)

    def test_who_may_not(self, left: Left) -> None:
        url = f"/vrijwilligers/{left.id}/wissen/"
        theirs = browser(left.other)
        assert theirs.get(url).status_code == 404
        assert "Niemand om te wissen" in page(theirs.get("/vrijwilligers/wissen/")).get_text()
        assert browser(left.client).post("/vrijwilligers/wissen/").status_code == 405
        made = accounts.project_leader()
        assert browser(made).get(url).status_code == 403

    def test_a_refusal_is_told_on_the_page(self, left: Left) -> None:
        accounts.mark_as_demo(LATER.on - timedelta(1))
        answer = sent(browser(left.client), f"/vrijwilligers/{left.id}/wissen/", 422, is_certain="on")
        assert "Haar gegevens blijven nog bewaard." in answer.content.decode()


def browser(made: tuple[Any, Actor]) -> Client:
    client = Client(headers={"accept-language": "nl"})
    accounts.sign_in(client, made[0])
    return client


def _sealed(volunteer_id: UUID) -> set[bytes]:
    """Give every sealed value of a volunteer as it lies in the database."""
    found = set()
    for kind in (Volunteer, *VolunteerRow.__subclasses__()):
        names = [field.attname for field in kind._meta.concrete_fields if isinstance(field, SealedField)]
        own = {"pk" if kind is Volunteer else "volunteer_id": volunteer_id}
        for row in kind.for_house("test", LATER.on).filter(**own):
            found |= {bytes(cell) for name in names if (cell := row.__dict__[name])}
    return found
