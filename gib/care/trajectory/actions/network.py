"""The map of her network: drawn on a day, copied on the next, erased when she asks."""

from uuid import UUID

from gib.care.trajectory.domain import check_open, network
from gib.care.trajectory.domain.network import Person
from gib.care.trajectory.models import NetworkMap, NetworkPerson, Trajectory, add_to
from gib.core.access.actor import Actor
from gib.core.access.tables import P
from gib.core.journal.acts import act, carry_out, remove
from gib.core.kernel.clock import Now
from gib.core.kernel.ids import new_id
from gib.core.kernel.rules import RuleBroken
from gib.core.kernel.stamps import check_version


def _plan(actor: Actor, trajectory_id: UUID, now: Now) -> Trajectory:
    plan: Trajectory = Trajectory.for_action(actor, now.on).get_or_404(pk=trajectory_id)
    check_open(plan.state)
    return plan


def _drawing(actor: Actor, map_id: UUID, now: Now) -> NetworkMap:
    """Give the drawing of today, of a plan that goes on.

    Raises:
        RuleBroken: 'no_map' where she did not want to draw, 'map_of_another_day', 'trajectory_not_open'.
    """
    row: NetworkMap = NetworkMap.for_action(actor, now.on).get_or_404(pk=map_id)
    if row.is_refused:
        raise RuleBroken("no_map")
    _plan(actor, row.trajectory_id, now)
    network.check_drawing(row.drawn_on, now.on)
    return row


@act(P.PLAN_TRAJECTORY)
def draw_network(actor: Actor, trajectory_id: UUID, now: Now) -> NetworkMap:
    """Begin the drawing of today with a copy of her last one; a second time it is the same drawing.

    Raises:
        RuleBroken: 'trajectory_not_open'.
    """
    plan = _plan(actor, trajectory_id, now)
    drawn = NetworkMap.for_action(actor, now.on).filter(dossier_id=plan.dossier_id, is_refused=False)
    last: NetworkMap | None = drawn.order_by("-drawn_on").first()
    if last is not None and last.drawn_on == now.on and last.trajectory_id == plan.id:
        return last
    row: NetworkMap = add_to(plan, NetworkMap, trajectory=plan, drawn_on=now.on)
    people = NetworkPerson.for_action(actor, now.on).filter(map=last).unlocked() if last else []
    copies = [
        add_to(plan, NetworkPerson, map=row, thread=one.thread, role=one.role, ring=one.ring, name=one.name)
        for one in people
    ]
    event = network.NetworkDrawn(dossier_id=plan.dossier_id, map_id=row.id, people=len(copies))
    carry_out(actor, now, rows=[row, *copies], events=[event])
    return row


@act(P.PLAN_TRAJECTORY)
def refuse_network(actor: Actor, trajectory_id: UUID, now: Now) -> NetworkMap:
    """Note that she does not want to draw; she may change her mind any day.

    Raises:
        RuleBroken: 'trajectory_not_open'.
    """
    plan = _plan(actor, trajectory_id, now)
    said = NetworkMap.for_action(actor, now.on).filter(trajectory_id=plan.id, is_refused=True)
    known: NetworkMap | None = said.filter(drawn_on=now.on).first()
    if known is not None:
        return known
    row: NetworkMap = add_to(plan, NetworkMap, trajectory=plan, drawn_on=now.on, is_refused=True)
    event = network.NetworkRefused(dossier_id=plan.dossier_id, map_id=row.id)
    carry_out(actor, now, rows=[row], events=[event])
    return row


@act(P.PLAN_TRAJECTORY)
def place_person(actor: Actor, map_id: UUID, person: Person, now: Now) -> NetworkPerson:
    """Put somebody on the drawing of today.

    Raises:
        RuleBroken: 'no_map', 'map_of_another_day', 'map_full', 'trajectory_not_open'.
    """
    drawing = _drawing(actor, map_id, now)
    network.check_room(NetworkPerson.for_action(actor, now.on).filter(map_id=drawing.id).count())
    row = NetworkPerson(
        dossier_id=drawing.dossier_id,
        team_id=drawing.team_id,
        map=drawing,
        thread=new_id(),
        role=person.role,
        ring=person.ring,
        name=person.name,
    )
    event = network.PersonPlaced(dossier_id=row.dossier_id, person_id=row.id, ring=person.ring)
    carry_out(actor, now, rows=[row], events=[event])
    return row


@act(P.PLAN_TRAJECTORY)
def change_person(actor: Actor, person_id: UUID, person: Person, now: Now) -> NetworkPerson:
    """Put somebody in another ring, or name her otherwise, on the drawing of today.

    Raises:
        RuleBroken: 'map_of_another_day', 'newer_version', 'trajectory_not_open'.
    """
    row: NetworkPerson = NetworkPerson.for_action(actor, now.on).get_or_404(pk=person_id)
    _drawing(actor, row.map_id, now)
    check_version(row.version, person.version)
    row.role, row.ring, row.name = person.role, person.ring, person.name
    event = network.PersonChanged(dossier_id=row.dossier_id, person_id=row.id, ring=person.ring)
    carry_out(actor, now, rows=[row], events=[event])
    return row


@act(P.PLAN_TRAJECTORY)
def take_person(actor: Actor, person_id: UUID, now: Now) -> None:
    """Take somebody off the drawing of today; earlier drawings stay as they were.

    Raises:
        RuleBroken: 'map_of_another_day', 'trajectory_not_open'.
    """
    own = NetworkPerson.for_action(actor, now.on).filter(pk=person_id)
    row: NetworkPerson = own.get_or_404()
    _drawing(actor, row.map_id, now)
    carry_out(actor, now, events=[network.PersonTaken(dossier_id=row.dossier_id, person_id=row.id)])
    remove(own)


@act(P.PLAN_TRAJECTORY)
def erase_network(actor: Actor, trajectory_id: UUID, now: Now) -> None:
    """Erase every drawing of hers, because she asks for it; also after her plan was closed.

    Raises:
        RuleBroken: 'no_map'.
    """
    plan: Trajectory = Trajectory.for_action(actor, now.on).get_or_404(pk=trajectory_id)
    people, maps = (
        model.for_action(actor, now.on).filter(dossier_id=plan.dossier_id)
        for model in (NetworkPerson, NetworkMap)
    )
    number = maps.filter(is_refused=False).count()
    if not number:
        raise RuleBroken("no_map")
    event = network.NetworkErased(dossier_id=plan.dossier_id, trajectory_id=plan.id, maps=number)
    carry_out(actor, now, events=[event])
    remove(people, maps.filter(is_refused=False))
