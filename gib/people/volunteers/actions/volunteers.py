"""What people do about volunteers: write in, screen, train, grant access, pause and say goodbye."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from gib.core.access import rls
from gib.core.access.actor import Actor
from gib.core.access.tables import P, Role
from gib.core.journal.acts import act, carry_out, remove
from gib.core.kernel.clock import Now
from gib.core.kernel.dates import age_on
from gib.core.kernel.ids import new_id
from gib.core.kernel.rules import RuleBroken
from gib.core.kernel.stamps import check_version
from gib.core.vault import boxes
from gib.core.vault.models import BoxKind
from gib.people.partners.models import legal_value
from gib.people.volunteers import domain
from gib.people.volunteers.domain import FLOW, LeaveReason, Permit, Requirement, State
from gib.people.volunteers.models import Completion, PrisonPermit, Volunteer, facts_of, is_in_use


@dataclass(frozen=True)
class NewVolunteer:
    """What is written down of a volunteer; `version` is that of the row that a correction was made from."""

    given_name: str
    family_name: str
    born_on: date | None = None
    phone: str = ""
    email: str = ""
    street: str = ""
    postcode: str = ""
    languages: tuple[str, ...] = ("nl",)
    has_car: bool = False
    most_matches: int = 1
    most_minutes: int = 60
    since_on: date | None = None
    version: int | None = None


def _write(volunteer: Volunteer, facts: NewVolunteer) -> None:
    for name in ("given_name", "family_name", "born_on", "phone", "email", "street", "postcode"):
        setattr(volunteer, name, getattr(facts, name))
    volunteer.pc4 = facts.postcode[:4]
    volunteer.languages = ",".join(facts.languages)
    volunteer.has_car = facts.has_car
    volunteer.most_matches = facts.most_matches
    volunteer.most_minutes = facts.most_minutes


def _check_age(born_on: date | None, on: date) -> None:
    if born_on is not None and age_on(born_on, on) < legal_value("child_age", on):
        raise RuleBroken("volunteer_age")


@act(P.MANAGE_VOLUNTEER)
def register(actor: Actor, team_id: int, facts: NewVolunteer, now: Now) -> Volunteer:
    """Write in somebody who is interested, for one team; the house itself may do so for any team.

    Raises:
        RuleBroken: 'volunteer_age' under 18; 'completion_in_future' for a first day that must still come;
            'not_found' for another team than the actor's own.
    """
    if team_id not in actor.team_ids and actor.role is not Role.SYSTEM:
        raise RuleBroken("not_found")
    _check_age(facts.born_on, now.on)
    since_on = facts.since_on or now.on
    domain.check_seen(since_on, now.on)
    volunteer = Volunteer(id=new_id(), team_id=team_id, since_on=since_on)
    boxes.make(volunteer.id, BoxKind.VOLUNTEER)
    _write(volunteer, facts)
    event = domain.VolunteerRegistered(volunteer_id=volunteer.id, since_on=since_on, team_id=team_id)
    carry_out(actor, now, rows=[volunteer], events=[event])
    return volunteer


@act(P.MANAGE_VOLUNTEER)
def take_back(actor: Actor, volunteer_id: UUID, now: Now) -> None:
    """Undo that somebody was written in, as if she was never here; her key is destroyed.

    Raises:
        RuleBroken: 'sheet_in_use' when somebody worked with her meanwhile.
    """
    volunteer = _load(actor, volunteer_id, now)
    if is_in_use(volunteer, now.on):
        raise RuleBroken("sheet_in_use")
    event = domain.VolunteerTakenBack(volunteer_id=volunteer.id)
    carry_out(actor, now, events=[event])
    papers = [Completion.for_action(actor, now.on), PrisonPermit.for_action(actor, now.on)]
    own = Volunteer.for_action(actor, now.on).filter(pk=volunteer.id)
    remove(*(rows.filter(volunteer_id=volunteer.id) for rows in papers), own)
    boxes.erase(volunteer.id, now.at)


@act(P.MANAGE_VOLUNTEER)
def correct(actor: Actor, volunteer_id: UUID, facts: NewVolunteer, now: Now) -> Volunteer:
    """Correct what is known of a volunteer.

    Raises:
        RuleBroken: 'volunteer_age'; 'newer_version' when somebody else changed it meanwhile.
    """
    _check_age(facts.born_on, now.on)
    volunteer = _load(actor, volunteer_id, now)
    check_version(volunteer.version, facts.version)
    _write(volunteer, facts)
    carry_out(actor, now, rows=[volunteer], events=[domain.VolunteerChanged(volunteer_id=volunteer.id)])
    return volunteer


def _load(actor: Actor, volunteer_id: UUID, now: Now) -> Volunteer:
    volunteer: Volunteer = Volunteer.for_action(actor, now.on).get_or_404(pk=volunteer_id)
    return volunteer


@act(P.MANAGE_VOLUNTEER)
def move(actor: Actor, volunteer_id: UUID, to: State, now: Now) -> Volunteer:
    """Bring a volunteer to the next state: interview, screening, training, available, leave and back.

    Raises:
        RuleBroken: 'illegal_move'; 'volunteer_papers_missing' when the base is not in order.
    """
    volunteer = _load(actor, volunteer_id, now)
    state = FLOW.move(volunteer.state, to)
    if state is State.AVAILABLE:
        with rls.system("facts", now.on):
            completions, _permits = facts_of(volunteer, now.on)
        domain.check_ready(completions, now.on)
    volunteer.state = state
    if state in (State.LEFT, State.REJECTED):
        volunteer.left_on = now.on
    event = domain.VolunteerMoved(volunteer_id=volunteer.id, state=state)
    carry_out(actor, now, rows=[volunteer], events=[event])
    return volunteer


@act(P.MANAGE_VOLUNTEER)
def leave(actor: Actor, volunteer_id: UUID, reason: LeaveReason, now: Now) -> Volunteer:
    """Begin the goodbye of a volunteer; the matches end by themselves, then `move` to left.

    Raises:
        RuleBroken: 'illegal_move' when she has left already.
    """
    volunteer = _load(actor, volunteer_id, now)
    volunteer.state = FLOW.move(volunteer.state, State.LEAVING)
    volunteer.left_reason = reason
    event = domain.VolunteerMoved(volunteer_id=volunteer.id, state=State.LEAVING)
    carry_out(actor, now, rows=[volunteer], events=[event])
    return volunteer


@act(P.MANAGE_VOLUNTEER)
def record_completion(
    actor: Actor, volunteer_id: UUID, requirement: Requirement, seen_on: date, to_on: date | None, now: Now
) -> Completion:
    """Record that a requirement was seen to be in order, on a day, by this actor.

    Args:
        to_on: the last day it holds; without one the usual term counts (a VOG 36 months).

    Raises:
        RuleBroken: 'completion_in_future', 'completion_expired'.
    """
    domain.check_seen(seen_on, now.on)
    volunteer = _load(actor, volunteer_id, now)
    row = Completion(
        volunteer_id=volunteer.id,
        team_id=volunteer.team_id,
        requirement=requirement,
        from_on=seen_on,
        to_on=domain.valid_until(requirement, seen_on, to_on),
        seen_by=actor.user_id,
        seen_on=now.on,
    )
    event = domain.RequirementSeen(volunteer_id=volunteer.id, requirement=requirement, to_on=row.to_on)
    carry_out(actor, now, rows=[row], events=[event])
    return row


@act(P.MANAGE_VOLUNTEER)
def grant_permit(
    actor: Actor, volunteer_id: UUID, prison_code: str, from_on: date, to_on: date | None, now: Now
) -> PrisonPermit:
    """Record that a prison lets a volunteer in, on days.

    Raises:
        RuleBroken: 'permit_overlaps'; 'permit_needs_vog' without a valid VOG on the first day;
            'period_backwards'.
    """
    volunteer = _load(actor, volunteer_id, now)
    wanted = Permit(prison_code, from_on, to_on)
    if to_on is not None and to_on < from_on:
        raise RuleBroken("period_backwards")
    with rls.system("facts", now.on):
        completions, permits = facts_of(volunteer, now.on)
    domain.check_permit(permits, wanted)
    if domain.missing(completions, (Requirement.VOG_85,), max(from_on, now.on)):
        raise RuleBroken("permit_needs_vog")
    row = PrisonPermit(
        volunteer_id=volunteer.id,
        team_id=volunteer.team_id,
        prison_id=prison_code,
        from_on=from_on,
        to_on=to_on,
    )
    event = domain.PermitGranted(volunteer_id=volunteer.id, prison=prison_code)
    carry_out(actor, now, rows=[row], events=[event])
    return row


@act(P.MANAGE_VOLUNTEER)
def end_permit(actor: Actor, permit_id: UUID, to_on: date, now: Now) -> PrisonPermit:
    """Record that a prison lets a volunteer in no longer after a day.

    Raises:
        RuleBroken: 'period_backwards' when that day lies before the first.
    """
    row: PrisonPermit = PrisonPermit.for_action(actor, now.on).get_or_404(pk=permit_id)
    if to_on < row.from_on:
        raise RuleBroken("period_backwards")
    row.to_on = to_on
    event = domain.PermitEnded(volunteer_id=row.volunteer_id, prison=row.prison_id)
    carry_out(actor, now, rows=[row], events=[event])
    return row
