"""Matches: both are asked, they meet, try, go on together and say goodbye."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from uuid import UUID

from gib.care.products import domain
from gib.care.products.actions.contacts import overtake_match
from gib.care.products.actions.pairs import check_pair, tell_volunteer
from gib.care.products.actions.participations import begin_with
from gib.care.products.actions.participations import load as load_part
from gib.care.products.actions.series import end_series_of
from gib.care.products.actions.standins import end_stand_ins_of
from gib.care.products.domain.match import (
    ASKED,
    FLOW,
    SEEKS_AGAIN,
    EndReason,
    Side,
    State,
    answer,
    check_ready,
    check_room,
    check_run,
    check_trying,
    sight_ends,
)
from gib.care.products.domain.participation import MATCHED
from gib.care.products.domain.participation import State as Part
from gib.care.products.models import (
    Match,
    Participation,
    held_contacts,
    norm,
    open_match,
    open_matches,
)
from gib.care.products.models.readiness import most_matches, reasons_against
from gib.care.trajectory.actions import remind
from gib.care.trajectory.domain import Drill
from gib.core.access.actor import Actor, house
from gib.core.access.tables import P, Scope
from gib.core.journal.acts import act, carry_out
from gib.core.kernel.clock import Now
from gib.core.kernel.dates import add_working_days
from gib.core.kernel.events import Event
from gib.core.kernel.rules import RuleBroken
from gib.people.families import actions as families
from gib.people.families.models import current_place, participant_of
from gib.people.partners.domain import Product
from gib.people.volunteers.models import Volunteer

#: Working days within which the mother hears that her volunteer comes no more. Source: domain page 1.9.
_TELL_DAYS = 2


@dataclass(frozen=True)
class Choice:
    """How a volunteer was chosen: her place among the possible ones, under which weights, and why so."""

    rank: int = 0
    policy: str = ""
    reason: str = ""


def _load(actor: Actor, match_id: UUID, now: Now) -> Match:
    row: Match = Match.for_action(actor, now.on).select_related("volunteer").get_or_404(pk=match_id)
    return row


def _told(row: Match, event: type[domain.MatchEvent], **facts: Any) -> Event:
    return event(dossier_id=row.dossier_id, match_id=row.id, volunteer_id=row.volunteer_id, **facts)


def _move(
    actor: Actor, row: Match, to: State, event: type[domain.MatchEvent], now: Now, **facts: Any
) -> Match:
    row.state = FLOW.move(row.state, to)
    carry_out(actor, now, rows=[row], events=[_told(row, event, **facts)])
    return row


@act(P.MATCH)
def propose_match(
    actor: Actor, participation_id: UUID, volunteer_id: UUID, now: Now, *, chosen: Choice | None = None
) -> Match:
    """Ask a volunteer and a mother whether they suit each other; the volunteer sees code words only.

    Args:
        chosen: how she was chosen on the board.

    Raises:
        RuleBroken: 'product_without_match', 'not_planned', 'match_open', 'volunteer_excluded',
        'volunteer_is_neighbour', 'volunteer_in_village', 'volunteer_not_allowed', 'volunteer_full'.
    """
    part = load_part(actor, participation_id, now)
    volunteer: Volunteer = Volunteer.for_action(actor, now.on).get_or_404(pk=volunteer_id)
    if Product(part.product) not in MATCHED:
        raise RuleBroken("product_without_match")
    if part.state not in (Part.PLANNED, Part.RUNNING):
        raise RuleBroken("not_planned")
    if open_match(part.id):
        raise RuleBroken("match_open")
    moved = _gone_along(part, now)
    mother = participant_of(part.dossier_id)
    row = Match(
        dossier_id=part.dossier_id,
        team_id=part.team_id,
        participation=part,
        volunteer=volunteer,
        product=part.product,
        prison_id=part.prison_id,
        municipality_id=None if part.prison_id else mother.return_municipality_id,
        languages=mother.languages,
        proposed_on=now.on,
    )
    _check_volunteer(row, now.on)
    event = _told(row, domain.MatchProposed, **asdict(chosen or Choice()))
    carry_out(actor, now, rows=[row, *moved], events=[event])
    tell_volunteer(row, now, "match_proposed")
    return row


def _gone_along(part: Participation, now: Now) -> list[Participation]:
    """Let what has not begun go along to the prison where she is now; what runs rests until it is moved."""
    place = current_place(part.dossier_id, now.on)
    if part.state != Part.PLANNED or not part.prison_id or place is None or place.prison_id == part.prison_id:
        return []
    part.prison_id = place.prison_id
    return [part]


def _check_volunteer(row: Match, on: date) -> None:
    """Hold a match against who may not come to her, and the room there is."""
    check_pair(row, on)
    check_room(open_matches(row.volunteer_id, on, besides=row.id), most_matches(row.volunteer_id, on))


@act(P.ANSWER_MATCH, P.MATCH)
def volunteer_answers(actor: Actor, match_id: UUID, yes: bool, now: Now) -> Match:
    """Note the answer of the volunteer; a no needs no reason.

    Raises:
        RuleBroken: 'already_answered', 'illegal_move' after they have met.
    """
    row = _load(actor, match_id, now)
    row.volunteer_said_on = now.on
    return _answered(actor, row, Side.VOLUNTEER, yes, now)


@act(P.MATCH)
def mother_answers(actor: Actor, match_id: UUID, yes: bool, now: Now) -> Match:
    """Note the answer of the mother; a no needs no reason.

    Raises:
        RuleBroken: 'already_answered', 'illegal_move' after they have met.
    """
    row = _load(actor, match_id, now)
    row.mother_said_on = now.on
    return _answered(actor, row, Side.MOTHER, yes, now)


def _answered(actor: Actor, row: Match, side: Side, yes: bool, now: Now) -> Match:
    row.state = answer(State(row.state), side, yes)
    if not yes:
        row.to_on = now.on
    event = _told(row, domain.MatchAnswered, side=side, said_yes=yes)
    carry_out(actor, now, rows=[row], events=[event])
    if not yes and side is Side.VOLUNTEER and row.mother_said_on:
        _tell_mother(row, now)
    return row


@act(P.MATCH)
def withdraw_match(actor: Actor, match_id: UUID, now: Now) -> Match:
    """Take a proposal back before they have met.

    Raises:
        RuleBroken: 'illegal_move'.
    """
    row = _load(actor, match_id, now)
    row.to_on = now.on
    tell_volunteer(row, now, "match_withdrawn")
    return _move(actor, row, State.WITHDRAWN, domain.MatchWithdrawn, now)


@act(P.MATCH)
def introduce(actor: Actor, match_id: UUID, now: Now, *, met_on: date | None = None) -> Match:
    """Let them meet; from today the volunteer is involved and knows who she is.

    Args:
        met_on: the day on which they really met, for people who knew each other before they came here.

    Raises:
        RuleBroken: 'volunteer_excluded', 'volunteer_is_neighbour' or 'volunteer_in_village' when one moved,
        'volunteer_not_allowed', 'volunteer_full', 'illegal_move' before both said yes.
    """
    row = _load(actor, match_id, now)
    FLOW.move(row.state, State.INTRODUCTION)
    _check_volunteer(row, now.on)
    row.from_on = met_on or now.on
    _move(actor, row, State.INTRODUCTION, domain.Introduced, now, met_on=row.from_on)
    party = str(row.volunteer_id)
    families.involve(house("match"), row.dossier_id, Scope.MATCHED, party, row.id, now)
    return row


@act(P.MATCH)
def start_trial(actor: Actor, match_id: UUID, now: Now) -> Match:
    """Let them try each other out; with it her part in the product begins.

    Raises:
        RuleBroken: 'illegal_move', 'volunteer_not_allowed' when a paper lapsed since they met.
    """
    row = _load(actor, match_id, now)
    FLOW.move(row.state, State.TRIAL)
    check_ready(reasons_against(row, None, now.on))
    _move(actor, row, State.TRIAL, domain.TrialStarted, now)
    begin_with(house("match"), row.participation_id, now.on, now)
    return row


@act(P.MATCH)
def run(actor: Actor, match_id: UUID, now: Now) -> Match:
    """Settle the match after the contacts of the trial.

    Raises:
        RuleBroken: 'trial_too_short', 'illegal_move', 'volunteer_not_allowed' when a paper lapsed meanwhile.
    """
    row = _load(actor, match_id, now)
    FLOW.move(row.state, State.RUNNING)
    check_ready(reasons_against(row, None, now.on))
    check_run(held_contacts(row.id), norm("trial_contacts", now.on))
    _move(actor, row, State.RUNNING, domain.MatchRunning, now)
    begin_with(house("match"), row.participation_id, now.on, now)
    return row


@act(P.MATCH)
def begin_ending(actor: Actor, match_id: UUID, now: Now) -> Match:
    """Work towards a farewell; a next volunteer may already be sought.

    Raises:
        RuleBroken: 'illegal_move'.
    """
    return _move(actor, _load(actor, match_id, now), State.ENDING, domain.MatchEnding, now)


@act(P.MATCH)
def end_match(actor: Actor, match_id: UUID, reason: EndReason, now: Now) -> Match:
    """End a match: planned visits fall away, the volunteer hears of it and sees it for two more weeks.

    When she is left without a volunteer whom she still wants, her plan says to tell her within two working
    days and to look again; the board counts her days anew from today.

    Raises:
        RuleBroken: 'illegal_move'.
    """
    row = _load(actor, match_id, now)
    row.to_on, row.end_reason = now.on, reason
    overtake_match(actor, row.id, now)
    end_stand_ins_of(house("match_ended"), row.id, now)
    end_series_of(house("match_ended"), row, reason, now)
    _move(actor, row, State.ENDED, domain.MatchEnded, now, reason=reason)
    tell_volunteer(row, now, "match_ended")
    families.end_involvement(house("match"), row.id, sight_ends(now.on), now)
    if reason in SEEKS_AGAIN:
        _tell_mother(row, now)
    return row


def _tell_mother(row: Match, now: Now) -> None:
    due = add_working_days(now.on, _TELL_DAYS)
    remind(house("rematch"), row.dossier_id, Drill.REMATCH, due, now)


@act(P.ANSWER_MATCH, P.MATCH)
def say_no_click(actor: Actor, match_id: UUID, now: Now) -> Match:
    """End a match of two who have just met because it does not click: nobody asks why.

    Raises:
        RuleBroken: 'no_click_late' before they met or once they go on together.

    Source: domain page 3, match; issue of the board.
    """
    check_trying(State(_load(actor, match_id, now).state))
    return end_match(actor, match_id, EndReason.NO_CLICK, now)


@act
def end_for_volunteer(actor: Actor, volunteer_id: UUID, now: Now, *, has_left: bool) -> list[Match]:
    """Take back what a volunteer who goes was asked; when she has left, her matches end too.

    Returns: the matches that ended or were taken back.

    Source: domain page 1.9: the rematch clock runs, and the mother hears it within two working days.
    """
    ended = []
    for match in Match.for_action(actor, now.on).filter(volunteer_id=volunteer_id):
        if match.state in ASKED:
            ended.append(withdraw_match(actor, match.id, now))
        elif has_left and match.is_live:
            ended.append(end_match(actor, match.id, EndReason.BY_VOLUNTEER, now))
    return ended
