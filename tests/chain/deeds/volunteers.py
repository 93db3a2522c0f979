"""Volunteers: they come, are seen, lose a permit or a VOG, rest and leave."""

from typing import Any

from gib.people.volunteers import actions
from gib.people.volunteers.domain import LeaveReason, Requirement, State
from tests.chain.walk import Row, Walk, deed

VOLUNTEER = "volunteers_volunteer"


@deed("volunteer")
def register(walk: Walk, row: Row) -> Any:
    team = walk.pick(sorted(walk.town.coordinators))
    facts = actions.NewVolunteer(given_name="Kijkoor", family_name="Leesbril")
    return actions.register(walk.town.coordinators[team], team, facts, walk.now)


@deed("volunteer", VOLUNTEER, "interested", "interview", "screening", "training")
def step_on(walk: Walk, row: Row) -> Any:
    """Bring a newcomer one step further."""
    order = [*State, State.INTERESTED]
    return actions.move(walk.by(row), row["id"], order[order.index(State(row["state"])) + 1], walk.now)


@deed("volunteer", VOLUNTEER, "interested", "interview", "screening", "training")
def reject(walk: Walk, row: Row) -> Any:
    return actions.move(walk.by(row), row["id"], State.REJECTED, walk.now)


@deed("volunteer", VOLUNTEER, "available", "on_leave", "suspended", "screening", "training")
def rest(walk: Walk, row: Row) -> Any:
    to = walk.pick([State.AVAILABLE, State.AVAILABLE, State.ON_LEAVE, State.SUSPENDED])
    return actions.move(walk.by(row), row["id"], to, walk.now)


@deed("volunteer", VOLUNTEER)
def leave(walk: Walk, row: Row) -> Any:
    return actions.leave(walk.by(row), row["id"], walk.pick(list(LeaveReason)), walk.now)


@deed("volunteer", VOLUNTEER, "leaving")
def left(walk: Walk, row: Row) -> Any:
    return actions.move(walk.by(row), row["id"], State.LEFT, walk.now)


@deed("volunteer", VOLUNTEER)
def see_paper(walk: Walk, row: Row) -> Any:
    wanted, until = walk.pick(list(Requirement)), walk.pick([None, walk.day(-5, 40)])
    return actions.record_completion(walk.by(row), row["id"], wanted, walk.day(-9, 1), until, walk.now)


@deed("volunteer", VOLUNTEER)
def grant_permit(walk: Walk, row: Row) -> Any:
    prison, until = walk.pick(["NSL", "TPL", "ZWO"]), walk.pick([None, walk.day(-2, 30)])
    return actions.grant_permit(walk.by(row), row["id"], prison, walk.day(-3, 5), until, walk.now)


@deed("volunteer", "volunteers_prisonpermit")
def end_permit(walk: Walk, row: Row) -> Any:
    return actions.end_permit(walk.by(row), row["id"], walk.day(-3, 3), walk.now)


@deed("volunteer", VOLUNTEER)
def correct(walk: Walk, row: Row) -> Any:
    facts = actions.NewVolunteer(
        given_name="Kijkoor", family_name="Brilmans", most_matches=walk.pick([1, 2, 3])
    )
    return actions.correct(walk.by(row), row["id"], facts, walk.now)
