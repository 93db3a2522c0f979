"""A volunteer whose money it is, and everybody who has to do with it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final
from uuid import UUID, uuid4

from gib.core.access import rls
from gib.core.access.actor import Actor
from gib.core.access.tables import Role
from gib.core.journal.models import Happening
from gib.core.kernel.clock import Now
from gib.people.partners import actions as reference
from gib.people.partners.builders import two_teams
from gib.people.partners.domain import Confirmable
from gib.people.partners.models import AllowanceTariff
from gib.people.volunteers import builders
from gib.people.volunteers.actions import expenses as actions
from gib.people.volunteers.actions.expenses import NewClaim
from gib.people.volunteers.domain.allowances import Mode
from gib.people.volunteers.domain.transfers import Account
from gib.people.volunteers.models import Claim

NOW: Final = Now(datetime(2011, 1, 11, 9, tzinfo=UTC), date(2011, 1, 11))
RIDE: Final = NewClaim(on=date(2011, 1, 4), km_tenths=425, route="Utrecht - Nieuwersluis en terug")
HER_ACCOUNT: Final = Account("T. Voorbeeld", "NL13 TEST 0123 4567 89")
OURS: Final = Account("Stichting Zeewier", "NL83TEST0123456790")


@dataclass
class House:
    """Everybody who has to do with the money of one volunteer, and who has not."""

    coordinator: Actor
    deputy: Actor
    leader: Actor
    herself: Actor
    stranger: Actor
    other: Actor

    def approved(self, told: NewClaim = RIDE, now: Now = NOW) -> Claim:
        """Give a claim that the coordinator approved."""
        row = actions.claim(self.herself, told, now)
        return actions.approve(self.coordinator, row.id, bool(told.cost_cents), now)

    def paid(self, told: NewClaim = RIDE, now: Now = NOW) -> Claim:
        """Give a claim that was paid."""
        row = self.approved(told, now)
        actions.give_account(self.herself, HER_ACCOUNT, now)
        actions.pay_out(self.leader, OURS, now)
        return self.row(row.id)

    def row(self, claim_id: UUID) -> Claim:
        """Give a claim as it lies in the database."""
        with rls.system("test"):
            found: Claim = Claim.for_house("test", NOW.on).get(pk=claim_id)
            return found

    def on_allowance(self, year: int = 2011, elsewhere: int | None = 0, now: Now = NOW) -> None:
        """Let her have an allowance in a year, for which somebody stands."""
        actions.choose_mode(self.coordinator, self.volunteer_id, year, Mode.ALLOWANCE, now)
        if elsewhere is not None:
            actions.declare_elsewhere(self.herself, year, elsewhere, now)

    def confirms(self, on: date, now: Now = NOW) -> None:
        """Let the project leader stand for the amounts of a day."""
        row = AllowanceTariff.objects.valid(on).get()
        reference.confirm(self.leader, Confirmable.ALLOWANCE, str(row.pk), now)

    @property
    def volunteer_id(self) -> UUID:
        assert self.herself.volunteer_id
        return self.herself.volunteer_id


def told() -> list[str]:
    """Give what the journal tells of money, oldest first."""
    with rls.system("test"):
        rows = Happening.for_house("test", NOW.on).order_by("position")
        names = [row.removeprefix("volunteers.") for row in rows.values_list("name", flat=True)]
    return [name for name in names if name[:5] in ("Claim", "Payee", "ModeC", "Elsew", "Payou")]


def made() -> House:
    """Make the house on an empty database."""
    one, two = (frozenset({team.pk}) for team in two_teams())
    coordinator = Actor(uuid4(), Role.COORDINATOR, one)

    def volunteer(name: str) -> Actor:
        row = builders.interested(coordinator, NOW, name)
        return Actor(uuid4(), Role.VOLUNTEER, one, volunteer_id=row.id)

    return House(
        coordinator=coordinator,
        deputy=Actor(uuid4(), Role.DEPUTY, one),
        leader=Actor(uuid4(), Role.PROJECT_LEADER),
        herself=volunteer("Truus"),
        stranger=Actor(uuid4(), Role.COORDINATOR, two),
        other=volunteer("Loes"),
    )
