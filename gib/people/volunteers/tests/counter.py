"""A volunteer with her expenses, her team and the project leader, each in a browser."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.test import Client
from django.urls import reverse

from gib.core.access import rls
from gib.core.access.actor import Actor
from gib.core.kernel.clock import now_on
from gib.people.accounts import builders as accounts
from gib.people.partners import builders as places
from gib.people.volunteers import builders
from gib.people.volunteers.actions import expenses as actions
from gib.people.volunteers.actions.expenses import NewClaim
from gib.people.volunteers.domain.transfers import Account
from gib.people.volunteers.models import Claim, Payout
from gib.people.volunteers.tests.test_views import page

TODAY: Final = date(2011, 1, 11)
NOW: Final = now_on(TODAY)
IBAN: Final = "NL13TEST0123456789"
RIDE: Final = NewClaim(on=date(2011, 1, 4), km_tenths=425, route="Utrecht - Nieuwersluis")
GOOD: Final = {"km_tenths": "42,5", "route": "Utrecht - Nieuwersluis", "on": "4-1-2011"}
OURS: Final = {"holder": "Stichting Zeewier", "iban": "NL83 TEST 0123 4567 90"}
OWN: Final = ("own_claims", "claim_add", "account", "elsewhere")
OFFICE: Final = ("claim", "claim_decline", "claim_counter")


@dataclass
class House:
    """A volunteer with her team and the project leader, each in a browser of her own, and who comes by."""

    herself: Client
    actor: Actor
    other: Client
    team: Client
    coordinator: Actor
    deputy: Client
    stranger: Client
    leader: Client
    payer: Actor
    volunteer_id: UUID

    def claim(self, told: NewClaim = RIDE) -> Claim:
        """Let her claim."""
        return actions.claim(self.actor, told, NOW)

    def approved(self, told: NewClaim = RIDE) -> Claim:
        """Let her claim, and her coordinator say yes."""
        return actions.approve(self.coordinator, self.claim(told).id, bool(told.cost_cents), NOW)

    def paid(self) -> Payout:
        """Let a claim of hers be paid."""
        self.approved()
        actions.give_account(self.actor, Account("T. Voorbeeld", IBAN), NOW)
        return actions.pay_out(self.payer, Account(OURS["holder"], OURS["iban"]), NOW)

    def states(self) -> list[str]:
        """Give the states of all claims, oldest day first."""
        with rls.system("test"):
            return list(Claim.for_house("test", TODAY).order_by("on", "id").values_list("state", flat=True))


def url(name: str, *args: Any) -> str:
    return reverse(f"volunteers:{name}", args=args)


def about(name: str, claim_id: UUID) -> str:
    return url(name, claim_id, *(["terug"] if name == "claim_decline" else []))


def text(response: Any) -> str:
    return " ".join(page(response).get_text(" ").split())


def made() -> House:
    """Make the house on an empty database."""
    accounts.mark_as_demo(TODAY)
    one, two = places.two_teams()

    def client(made: tuple[Any, Actor]) -> Client:
        browser = Client(headers={"accept-language": "nl"})
        accounts.sign_in(browser, made[0])
        return browser

    carla = accounts.coordinator(one)
    truus, loes = (builders.interested(carla[1], NOW, name) for name in ("Truus", "Loes"))
    herself = accounts.volunteer_user(one, truus.id)
    leader = accounts.project_leader()
    return House(
        herself=client(herself),
        actor=herself[1],
        other=client(accounts.volunteer_user(one, loes.id, "Loes Verzonnen")),
        team=client(carla),
        coordinator=carla[1],
        deputy=client(accounts.deputy(one, date(2011, 2, 1))),
        stranger=client(accounts.coordinator(two, "Marjan Fabeldal")),
        leader=client(leader),
        payer=leader[1],
        volunteer_id=truus.id,
    )
