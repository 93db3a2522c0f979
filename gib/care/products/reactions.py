"""What the products do when something happens to a mother; the portal's wiring board calls these."""

from datetime import date
from uuid import UUID

from gib.care.products import actions
from gib.care.products.domain.participation import Cause
from gib.care.products.ik_jij_wij import actions as courses
from gib.care.products.ik_jij_wij.domain import Leaving
from gib.care.products.moeder_kind_bezoeken import actions as mornings
from gib.care.products.moedermaatjes.models import is_at_home
from gib.care.trajectory.actions import end_outreach, start_landing
from gib.care.trajectory.domain import CloseReason
from gib.care.trajectory.domain.outreach import Found
from gib.core.access.actor import house
from gib.core.kernel.clock import Now
from gib.core.kernel.dates import Period
from gib.people.partners.domain import Closing, Product
from gib.people.volunteers.domain import State as Helper


def on_released(dossier_id: UUID, payload: dict[str, object], now: Now) -> None:
    """She is free: what takes place inside ends, and what was planned there is overtaken.

    Help at home that rested while she was inside again goes on with a landing of its own.
    """
    since = date.fromisoformat(str(payload["released_on"]))
    _leave_prison(dossier_id, Cause.RELEASE, Leaving.RELEASE, since, now)
    if is_at_home(dossier_id):
        start_landing(house("landing"), dossier_id, since, now)


def on_placed(dossier_id: UUID, payload: dict[str, object], now: Now) -> None:
    """She was moved to another prison: group bookings fall away, a visit series rests."""
    if payload.get("moved"):
        since = date.fromisoformat(str(payload["from_on"]))
        _leave_prison(dossier_id, Cause.TRANSFER, Leaving.TRANSFER, since, now)


def _leave_prison(dossier_id: UUID, cause: Cause, leaving: Leaving, since: date, now: Now) -> None:
    actor = house(f"end_for_{cause}")
    needed = courses.needed_for(actor, dossier_id, now)
    actions.end_for(actor, dossier_id, cause, now, needed=needed, since=since)
    left = courses.leave_for(actor, dossier_id, leaving, now, since=since)
    courses.finish_at_home(actor, left, now)
    mornings.overtake_children(actor, dossier_id, now, since=since)


def on_started(dossier_id: UUID, payload: dict[str, object], now: Now) -> None:
    """Help at home begins: her plan gets the list for the first two weeks."""
    if payload["product"] == Product.MOEDERMAATJES:
        started_on = date.fromisoformat(str(payload["started_on"]))
        start_landing(house("landing"), dossier_id, started_on, now)


def on_visit(dossier_id: UUID, payload: dict[str, object], now: Now) -> None:
    """Somebody saw her: we need not look for her any more."""
    held_on = date.fromisoformat(str(payload["held_on"]))
    end_outreach(house("visit_held"), dossier_id, Found.CONTACT, held_on, now)


def on_completed(dossier_id: UUID, payload: dict[str, object], now: Now) -> None:
    """She finished a product: she leaves its course, her children its mornings."""
    _leave_part(dossier_id, payload, Leaving.FINISHED, now)


def on_stopped(dossier_id: UUID, payload: dict[str, object], now: Now) -> None:
    """She stopped, or it was called off: she leaves its course, her children its mornings."""
    _leave_part(dossier_id, payload, Leaving.OWN_WISH, now)


def on_ended_by(dossier_id: UUID, payload: dict[str, object], now: Now) -> None:
    """The prison ended it: she leaves its course, her children its mornings."""
    if payload["cause"] == Cause.PRISON:
        _leave_part(dossier_id, payload, Leaving.PRISON, now)


def _leave_part(dossier_id: UUID, payload: dict[str, object], leaving: Leaving, now: Now) -> None:
    actor, part_id = house("part_ended"), UUID(str(payload["participation_id"]))
    courses.leave_for(actor, dossier_id, leaving, now, participation_id=part_id)
    mornings.overtake_children(actor, dossier_id, now, participation_id=part_id)


def on_detained_again(dossier_id: UUID, payload: dict[str, object], now: Now) -> None:
    """She is inside again: visits that were planned at home are overtaken, the product itself rests."""
    actions.overtake_visits(house("re_detention"), dossier_id, now, inside_only=False)


def on_prison_closed(dossier_id: UUID | None, payload: dict[str, object], now: Now) -> None:
    """A prison lets no visitors in: visits and meetings there are called off, and everybody hears of it."""
    first, last = (date.fromisoformat(str(payload[name])) for name in ("from_on", "to_on"))
    why = Closing(str(payload["why"]))
    actions.close_days(house("prison_closed"), str(payload["prison"]), Period(first, last), why, now)


def on_closed(dossier_id: UUID, payload: dict[str, object], now: Now) -> None:
    """The trajectory closed: every product of hers ends with it."""
    actor = house("trajectory_closed")
    actions.close_all(actor, dossier_id, CloseReason(str(payload["reason"])), now)
    courses.leave_for(actor, dossier_id, Leaving.OWN_WISH, now)
    mornings.overtake_children(actor, dossier_id, now)


def on_volunteer_moved(dossier_id: UUID | None, payload: dict[str, object], now: Now) -> None:
    """A volunteer goes: nobody waits for her answer, and when she has left no mother waits for her."""
    state = Helper(str(payload["state"]))
    if state in (Helper.LEAVING, Helper.LEFT):
        volunteer_id = UUID(str(payload["volunteer_id"]))
        actor = house("volunteer_left")
        actions.end_for_volunteer(actor, volunteer_id, now, has_left=state is Helper.LEFT)
        courses.end_trainer_everywhere(actor, volunteer_id, now)


def on_child_grown(dossier_id: UUID, payload: dict[str, object], now: Now) -> None:
    """A child turned 18: it leaves the visit mornings."""
    mornings.drop_grown_child(house("child_grown"), dossier_id, UUID(str(payload["child_id"])), now)
