"""What people do about volunteers: write in, take the next step, pause and say goodbye."""

from dataclasses import dataclass
from datetime import date, timedelta
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
from gib.people.accounts import actions as accounts
from gib.people.partners.models import legal_value
from gib.people.volunteers import domain
from gib.people.volunteers.domain import FLOW, LeaveReason, State
from gib.people.volunteers.domain.access import HELD, last_day_in
from gib.people.volunteers.models import (
    Completion,
    Exemption,
    PrisonPermit,
    Volunteer,
    VolunteerStand,
    is_in_use,
    papers_of,
)
from gib.people.volunteers.models.access import access_of


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
    # Who came by the public page told her area and no postcode: the area stays until there is one.
    if facts.postcode or volunteer.postcode:
        volunteer.pc4 = facts.postcode[:4]
    for name in ("given_name", "family_name", "born_on", "phone", "email", "street", "postcode"):
        setattr(volunteer, name, getattr(facts, name))
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
    carry_out(actor, now, rows=[volunteer, _stand(volunteer, since_on)], events=[event])
    return volunteer


@act(P.MANAGE_VOLUNTEER)
def take_back(actor: Actor, volunteer_id: UUID, now: Now) -> None:
    """Undo that somebody was written in, as if she was never here; her key is destroyed.

    Raises:
        RuleBroken: 'sheet_in_use' when somebody worked with her meanwhile.
    """
    volunteer = load(actor, volunteer_id, now)
    if is_in_use(volunteer, now.on):
        raise RuleBroken("sheet_in_use")
    event = domain.VolunteerTakenBack(volunteer_id=volunteer.id)
    carry_out(actor, now, events=[event])
    papers = [
        kind.for_action(actor, now.on) for kind in (Completion, Exemption, PrisonPermit, VolunteerStand)
    ]
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
    volunteer = load(actor, volunteer_id, now)
    check_version(volunteer.version, facts.version)
    _write(volunteer, facts)
    carry_out(actor, now, rows=[volunteer], events=[domain.VolunteerChanged(volunteer_id=volunteer.id)])
    return volunteer


def load(actor: Actor, volunteer_id: UUID | None, now: Now) -> Volunteer:
    """Give a volunteer to change, locked: what is decided about her goes one after another.

    Raises:
        Http404: she does not exist for this actor.
    """
    volunteer: Volunteer = Volunteer.for_action(actor, now.on).get_or_404(pk=volunteer_id)
    return volunteer


def _stand(volunteer: Volunteer, from_on: date) -> VolunteerStand:
    return VolunteerStand(
        volunteer_id=volunteer.id, team_id=volunteer.team_id, state=volunteer.state, from_on=from_on
    )


def _goes(actor: Actor, volunteer: Volunteer, state: State, from_on: date, now: Now) -> None:
    """Write that she goes to another state: the one before ends, a state of no whole day was none."""
    before = VolunteerStand.for_action(actor, now.on).get(volunteer_id=volunteer.id, to_on=None)
    volunteer.state = state
    if before.from_on >= from_on:
        before.state, stands = state, [before]
    else:
        before.to_on, stands = from_on - timedelta(days=1), [before, _stand(volunteer, from_on)]
    event = domain.VolunteerMoved(volunteer_id=volunteer.id, state=state)
    carry_out(actor, now, rows=[volunteer, *stands], events=[event])


def _shut_out(actor: Actor, volunteer: Volunteer, last_on: date | None, now: Now) -> None:
    """Let her account end after a day, or at once; a letter that is out stops working."""
    known = access_of(volunteer, now)
    if known.letter:
        accounts.withdraw(actor, known.letter.id, now)
    if known.seat and known.entry in HELD:
        accounts.end_appointment(actor, known.seat.pk, now, to_on=last_on)
    if known.user and last_on is None:
        accounts.end_sessions(known.user.id)


@act(P.MANAGE_VOLUNTEER)
def move(actor: Actor, volunteer_id: UUID, to: State, now: Now, *, since_on: date | None = None) -> Volunteer:
    """Bring a volunteer to the next state: interview, screening, training, available, leave and back.

    With the last one her account ends: when she left, after the days in which she tells of her last visits.

    Args:
        since_on: the day on which it really happened, for people who were here before this was kept.

    Raises:
        RuleBroken: 'illegal_move'; 'volunteer_papers_missing' when the base is not in order.
    """
    volunteer = load(actor, volunteer_id, now)
    state = FLOW.move(volunteer.state, to)
    if state is State.AVAILABLE:
        with rls.system("facts", now.on):
            papers = papers_of(volunteer, now.on)
        domain.check_ready(papers, now.on)
    if state in (State.LEFT, State.REJECTED):
        volunteer.left_on = now.on
        _shut_out(actor, volunteer, last_day_in(state, now.on), now)
    _goes(actor, volunteer, state, since_on or now.on, now)
    return volunteer


@act(P.MANAGE_VOLUNTEER)
def leave(actor: Actor, volunteer_id: UUID, reason: LeaveReason, now: Now) -> Volunteer:
    """Begin the goodbye of a volunteer; the matches end by themselves, then `move` to left.

    Raises:
        RuleBroken: 'illegal_move' when she has left already.
    """
    volunteer = load(actor, volunteer_id, now)
    volunteer.left_reason = reason
    _goes(actor, volunteer, FLOW.move(volunteer.state, State.LEAVING), now.on, now)
    return volunteer
