"""What the volunteers of the demonstration asked back: each state a claim can be in, in both teams."""

from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from gib.care.products.models import Contact
from gib.core.access.actor import Actor
from gib.core.access.tables import Role
from gib.core.kernel.ids import new_id
from gib.people.volunteers.actions import expenses
from gib.people.volunteers.actions.expenses import NewClaim
from gib.people.volunteers.domain.allowances import Mode
from gib.people.volunteers.domain.expenses import ClaimState
from gib.people.volunteers.domain.transfers import Account
from gib.portal.demo.days import TODAY, days_ago
from gib.portal.demo.people import Cast, Side

#: Made up: the check digits are right, the banks do not exist.
_ACCOUNTS: Final = ("NL13TEST0123456789", "NL83TEST0123456790")
OURS: Final = Account("Stichting Zeewier", "NL56TEST0123456791")
_NO: Final = "Deze rit was voor een cursus van een andere organisatie. Vraag het daar terug."
_ROUTE: Final = "Utrecht - Nieuwersluis en terug"


def asked_back(people: Cast) -> None:
    """Let a volunteer of each team claim and be paid, and another wait, be asked again or give it away."""
    for side, account in zip(people.sides, _ACCOUNTS, strict=True):
        _paid(side, _first(people, side), account)
        _others(side)
    expenses.pay_out(people.leader, OURS, days_ago(12))
    for side in people.sides:
        _lately(_first(people, side), side)


def _first(people: Cast, side: Side) -> Actor:
    """Give the volunteer who signs in, or in the other team the first of all."""
    return people.volunteer if side is people.sides[0] else _actor(side, min(side.helpers))


def _actor(side: Side, name: str) -> Actor:
    return Actor(new_id(), Role.VOLUNTEER, frozenset({side.team.pk}), volunteer_id=side.helpers[name])


def _paid(side: Side, helper: Actor, account: str) -> None:
    """Two rides and a ticket, approved in December, and a ride whose money she gave away."""
    expenses.give_account(helper, Account("Proefrekening", account), days_ago(40))
    for days, cents in ((39, 0), (25, 450)):
        _approved(side, helper, _ride(days, cost_cents=cents, what="Parkeren" if cents else ""), days - 2)
    _approved(side, helper, _ride(32, is_waived=True), 28)


def _approved(side: Side, helper: Actor, told: NewClaim, days: int) -> Any:
    row = expenses.claim(helper, told, days_ago(days + 1))
    return expenses.approve(side.coordinator, row.id, bool(told.cost_cents), days_ago(days))


def _ride(days: int, activity_id: UUID | None = None, **more: Any) -> NewClaim:
    facts: dict[str, Any] = {
        "on": TODAY - timedelta(days=days),
        "km_tenths": 425,
        "route": _ROUTE,
        "activity_id": activity_id,
    }
    return NewClaim(**facts | more)


def _others(side: Side) -> None:
    """One has an allowance in a year that nobody stands for; one gives travel money away, and hears a no."""
    names = sorted(set(side.helpers) - {"Truus", min(side.helpers)})
    allowed, giving = _actor(side, names[0]), _actor(side, names[1])
    expenses.choose_mode(side.coordinator, side.helpers[names[0]], 2010, Mode.ALLOWANCE, days_ago(300))
    expenses.declare_elsewhere(allowed, 2010, 0, days_ago(60))
    _approved(side, allowed, NewClaim(on=TODAY - timedelta(days=30), minutes=180), 20)
    _approved(side, giving, _ride(35, km_tenths=310, is_waived=True), 28)
    row = expenses.claim(giving, _ride(34, km_tenths=60), days_ago(33))
    expenses.decline_claim(side.coordinator, row.id, ClaimState.REFUSED, _NO, days_ago(30))


def _lately(helper: Actor, side: Side) -> None:
    """One approved and not paid, one asked again, and one that waits, about a visit when there is one."""
    _approved(side, helper, _ride(11), 9)
    row = expenses.claim(helper, _ride(8, km_tenths=4250), days_ago(7))
    reason = "Klopt het aantal kilometers? Dit is tien keer zoveel als anders."
    expenses.decline_claim(side.coordinator, row.id, ClaimState.RETURNED, reason, days_ago(5))
    visits = Contact.visible_to(helper, TODAY).filter(held_on__isnull=False).order_by("-held_on")
    visit = visits.first()
    days = (TODAY - visit.held_on).days if visit else 4
    expenses.claim(helper, _ride(days, visit.id if visit else None), days_ago(min(days, 2)))
