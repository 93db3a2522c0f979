"""Another volunteer visits for some weeks: she is asked, both say yes, the visits are hers, and it ends."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from gib.care.products.actions.pairs import check_pair, tell_volunteer
from gib.care.products.actions.planning import match_of, visited_by
from gib.care.products.actions.series import resume_series
from gib.care.products.domain import standin as domain
from gib.care.products.domain.contact import FLOW as VISITS
from gib.care.products.domain.contact import State as Visit
from gib.care.products.domain.match import FLOW, Side, State, answer, check_live, check_ready
from gib.care.products.domain.series import check_free
from gib.care.products.models import Contact, Match, StandIn, Visitor, booked, norm
from gib.care.products.models.readiness import reasons_against
from gib.care.trajectory.domain import check_consent
from gib.care.trajectory.models import supports
from gib.core.access.actor import Actor, house
from gib.core.access.tables import P, Scope
from gib.core.journal.acts import act, carry_out
from gib.core.kernel.clock import Now
from gib.core.kernel.dates import Period
from gib.people.families import actions as families
from gib.people.volunteers.models import Volunteer


@act(P.MATCH)
def ask_stand_in(actor: Actor, match_id: UUID, volunteer_id: UUID, days: Period, now: Now) -> StandIn:
    """Ask a volunteer to take over the visits of a match on some days; she sees code words only.

    How many mothers she has does not count: it is for some visits.

    Args:
        days: the first and the last day.

    Raises:
        RuleBroken: 'match_not_live', 'support_missing', 'stand_in_past', 'stand_in_long', 'stand_in_herself',
        'stand_in_open', 'volunteer_excluded', 'volunteer_is_neighbour', 'volunteer_in_village',
        'volunteer_not_allowed' on the first or the last day, 'visit_overlaps'.

    Source: domain page 1.9, a volunteer who is away; decision 40.
    """
    match = match_of(actor, match_id, now)
    volunteer: Volunteer = Volunteer.for_action(actor, now.on).get_or_404(pk=volunteer_id)
    check_live(State(match.state))
    domain.check_period(days, now.on)
    domain.check_other(match.volunteer_id, volunteer_id)
    check_consent(supports(match.dossier_id, now.on))
    known: Any = StandIn.for_action(actor, now.on).filter(match_id=match.id)
    domain.check_alone(days, [row.days for row in known.going(now.on)])
    row = _asked(match, volunteer, days, now)
    _check_days(row, now)
    for visit in _visits(row, now):
        _check_hour(visit, row.volunteer_id, now)
    carry_out(
        actor,
        now,
        rows=[row],
        events=[domain.StandInAsked(**_about(row), from_on=row.from_on, to_on=row.to_on)],
    )
    tell_volunteer(row, now, "match_proposed")
    return row


def _asked(match: Match, volunteer: Volunteer, days: Period, now: Now) -> StandIn:
    return StandIn(
        dossier_id=match.dossier_id,
        team_id=match.team_id,
        match=match,
        volunteer=volunteer,
        product=match.product,
        prison_id=match.prison_id,
        municipality_id=match.municipality_id,
        languages=match.languages,
        from_on=max(days.from_on, now.on),
        to_on=days.to_on or days.from_on,
        asked_on=now.on,
    )


def _about(row: StandIn) -> dict[str, Any]:
    return {
        "dossier_id": row.dossier_id,
        "stand_in_id": row.id,
        "match_id": row.match_id,
        "volunteer_id": row.volunteer_id,
    }


def _check_days(row: StandIn, now: Now) -> None:
    """Hold her against who may come to this mother, with papers that hold from the first day to the last."""
    check_pair(row, row.from_on)
    check_ready(reasons_against(row, None, row.to_on))


def _visits(row: StandIn, now: Now) -> list[Contact]:
    """Give the visits of the match on her days that are still to come."""
    rows: Any = Contact.for_house("stand_in", now.on).filter(match_id=row.match_id)
    ahead = rows.ahead().filter(planned_on__range=(max(row.from_on, now.on), row.to_on))
    return list(ahead.order_by("planned_on", "id"))


def _check_hour(visit: Contact, volunteer_id: UUID, now: Now) -> None:
    """Keep her from two visits at one hour."""
    if visit.planned_on is None or visit.planned_time is None:
        return
    minutes = visit.planned_minutes or norm("visit_minutes", now.on)
    check_free(
        visit.planned_time, minutes, booked(visit.dossier_id, volunteer_id, visit.planned_on, visit.id)
    )


@act(P.ANSWER_MATCH, P.MATCH)
def stand_in_answers(actor: Actor, stand_in_id: UUID, yes: bool, now: Now) -> StandIn:
    """Note what the volunteer says who is asked to stand in; a no needs no reason.

    Raises:
        RuleBroken: 'already_answered', 'stand_in_over', and those of papers on the days themselves.
    """
    row = _load(actor, stand_in_id, now)
    row.volunteer_said_on = now.on
    return _answered(actor, row, Side.VOLUNTEER, yes, now)


@act(P.MATCH)
def mother_allows(actor: Actor, stand_in_id: UUID, yes: bool, now: Now) -> StandIn:
    """Note what the mother says of it: without her yes nobody else comes.

    Raises:
        RuleBroken: 'already_answered', 'stand_in_over', and those of papers on the days themselves.
    """
    row = _load(actor, stand_in_id, now)
    row.mother_said_on = now.on
    return _answered(actor, row, Side.MOTHER, yes, now)


def _load(actor: Actor, stand_in_id: UUID, now: Now) -> StandIn:
    rows = StandIn.for_action(actor, now.on).select_related("volunteer")
    row: StandIn = rows.get_or_404(pk=stand_in_id)
    domain.check_going(State(row.state), row.to_on, now.on)
    return row


def _answered(actor: Actor, row: StandIn, side: Side, yes: bool, now: Now) -> StandIn:
    row.state = answer(State(row.state), side, yes)
    event = domain.StandInAnswered(**_about(row), side=side, said_yes=yes)
    carry_out(actor, now, rows=[row], events=[event])
    if row.state == State.AGREED:
        _begin(house("stand_in"), row.pk, now=now)
    return row


@act
def _begin(actor: Actor, stand_in_id: UUID, *, now: Now) -> None:
    """Let the visits of her days be hers, and let her know who the mother is around those days."""
    row: StandIn = StandIn.for_action(actor, now.on).select_related("volunteer", "match").get(pk=stand_in_id)
    _check_days(row, now)
    mine = Visitor(row.volunteer_id, row.product, row.prison_id, row.pk)
    visits = [_given(visit, mine) for visit in _visits(row, now)]
    facts: dict[str, Any] = {"from_on": row.from_on, "to_on": row.to_on, "visits": len(visits)}
    carry_out(actor, now, rows=visits, events=[domain.StandInAgreed(**_about(row), **facts)])
    seen, party = domain.sight(row.days, now.on), str(row.volunteer_id)
    families.involve(actor, row.dossier_id, Scope.STANDING_IN, party, row.id, now, from_on=seen.from_on)
    families.shorten_involvement(row.id, seen.to_on or now.on)
    resume_series(actor, [row.match], now)


def _given(visit: Contact, visitor: Visitor) -> Contact:
    """Give a visit to who makes it; whoever confirmed it, or stood on a list, is not the one who comes."""
    if visit.state != Visit.PLANNED:
        visit.state = VISITS.correct(visit.state, Visit.PLANNED)
    visited_by(visit, visitor)
    return visit


@act(P.MATCH)
def call_off_stand_in(actor: Actor, stand_in_id: UUID, now: Now) -> StandIn:
    """End it before its last day: she is back, or one of them does not want it; the visits go back.

    Raises:
        RuleBroken: 'stand_in_over'.
    """
    row = _load(actor, stand_in_id, now)
    was_agreed = row.state == State.AGREED
    match: Match = Match.for_action(actor, now.on).get_or_404(pk=row.match_id)
    row.state = FLOW.move(row.state, State.WITHDRAWN)
    usual = Visitor(match.volunteer_id, match.product, match.prison_id)
    visits = [_given(visit, usual) for visit in _visits(row, now)] if was_agreed else []
    began = was_agreed and row.from_on <= now.on
    row.to_on = max(row.from_on, min(row.to_on, now.on))
    event = domain.StandInCalledOff(**_about(row), visits=len(visits))
    carry_out(actor, now, rows=[row, *visits], events=[event])
    last_on = (domain.sight(row.days, now.on).to_on or now.on) if began else now.on - timedelta(days=1)
    families.shorten_involvement(row.id, last_on)
    tell_volunteer(row, now, "match_withdrawn")
    return row


@act(P.MATCH)
def end_stand_ins_of(actor: Actor, match_id: UUID, now: Now) -> None:
    """End what is asked or agreed for a match that ends."""
    rows: Any = StandIn.for_action(actor, now.on).filter(match_id=match_id)
    for row in rows.going(now.on):
        call_off_stand_in(actor, row.id, now)
