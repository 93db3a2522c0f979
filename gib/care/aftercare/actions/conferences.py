"""Case conferences: plan one, share a case with its frozen extract, and follow the action points."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404

from gib.care.aftercare import domain
from gib.care.aftercare.domain import ShareGround
from gib.care.aftercare.domain import conferences as rules
from gib.care.aftercare.models import ActionPoint, CaseConference, ConferenceItem, conferences_of
from gib.core.access.actor import Actor
from gib.core.access.tables import P, Scope
from gib.core.journal.acts import act, carry_out
from gib.core.kernel.clock import Now
from gib.core.kernel.rules import RuleBroken
from gib.people.families import actions as families
from gib.people.families.domain.codes import Purpose
from gib.people.families.models import Disclosure, Dossier, consent_holds
from gib.people.partners.domain import PartnerKind
from gib.people.partners.models import Partner


@dataclass(frozen=True)
class NewConference:
    """A meeting at a safety house; `functions` say who sits there, never a name."""

    partner_id: int
    held_on: date
    covenant: str = ""
    functions: tuple[str, ...] = ()


@dataclass(frozen=True)
class NewItem:
    """One case for the agenda: what is shared, why, and what is asked."""

    dossier_id: UUID
    extract: Mapping[str, str]
    ground: str
    ground_note: str = ""
    reasons: Mapping[str, str] = field(default_factory=dict)
    asks: str = ""
    asks_funding: bool = False


@dataclass(frozen=True)
class NewPoint:
    """Something to do: who (a function), what, and until when; `is_ours` when the team does it."""

    owner: str
    what: str
    due_on: date
    is_ours: bool = False


@act(P.CONFER)
def hold_conference(actor: Actor, new: NewConference, now: Now) -> CaseConference:
    """Write down a conference, ahead or on the day itself.

    Raises:
        RuleBroken: 'conference_partner'; 'not_found' for who has no team.
    """
    known = Partner.objects.valid(now.on).filter(kind=PartnerKind.SAFETY_HOUSE, pk=new.partner_id)
    if not known.exists():
        raise RuleBroken("conference_partner")
    if not actor.team_ids:
        raise RuleBroken("not_found")
    row = CaseConference(
        team_id=min(actor.team_ids),
        partner_id=new.partner_id,
        held_on=new.held_on,
        covenant=new.covenant,
        functions=list(new.functions),
    )
    carry_out(actor, now, rows=[row], events=[domain.ConferenceHeld(conference_id=row.id)])
    return row


@act(P.CONFER)
def share_item(actor: Actor, conference_id: UUID, new: NewItem, now: Now) -> ConferenceItem:
    """Put a case on the agenda; its partner sees the extract until two weeks after the conference.

    Raises:
        RuleBroken: 'conference_over', 'conference_shared', 'conference_wgs', 'conference_ground',
        'conference_ground_note', 'conference_consent', 'conference_extract_empty',
        'conference_field_reason'.
    """
    meeting = _meeting(actor, conference_id)
    dossier: Dossier = Dossier.for_action(actor, now.on).get_or_404(pk=new.dossier_id)
    rules.check_not_over(meeting.held_on, now.on)
    if ConferenceItem.for_action(actor, now.on).filter(conference=meeting, dossier=dossier).exists():
        raise RuleBroken("conference_shared")
    ground = rules.check_ground(new.ground, new.ground_note)
    rules.check_shared(new.extract, new.reasons)
    row = ConferenceItem(
        dossier=dossier,
        team_id=dossier.team_id,
        conference=meeting,
        shared_on=now.on,
        ground=ground,
        ground_note=new.ground_note,
        extract=dict(new.extract),
        reasons=dict(new.reasons),
        asks=new.asks,
        asks_funding=new.asks_funding,
    )
    event = domain.CaseShared(
        dossier_id=dossier.id, item_id=row.id, partner_id=meeting.partner_id, ground=ground
    )
    carry_out(actor, now, rows=[row], events=[event])
    _disclose(actor, row, meeting, now)
    families.involve(actor, dossier.id, Scope.INVITED, f"partner:{meeting.partner_id}", row.id, now)
    families.end_involvement(actor, row.id, meeting.sight_until, now)
    return row


def _meeting(actor: Actor, conference_id: UUID) -> CaseConference:
    row = conferences_of(actor).filter(pk=conference_id).first()
    if row is None:
        raise Http404
    return row


def _disclose(actor: Actor, row: ConferenceItem, meeting: CaseConference, now: Now) -> None:
    """List for her what went out (ZVH-05); without consent the noted ground carries it."""
    house = str(meeting.partner.safety_house_id)
    if row.ground != ShareGround.CONSENT:
        facts = {"dossier_id": row.dossier_id, "team_id": row.team_id, "shared_on": now.on}
        told = Disclosure(**facts, purpose=Purpose.SAFETY_HOUSE, recipient=house, source_id=row.id)
        carry_out(actor, now, rows=[told])
        return
    if not consent_holds(row.dossier_id, Purpose.SAFETY_HOUSE, house, now.on):
        raise RuleBroken("conference_consent")
    families.note_disclosure(actor, row.dossier_id, Purpose.SAFETY_HOUSE, house, row.id, now)


@act(P.CONFER)
def note_decision(actor: Actor, item_id: UUID, decision: str, now: Now) -> ConferenceItem:
    """Write down in our own words what was decided about a case; minutes of others stay outside (ZVH-03)."""
    row: ConferenceItem = ConferenceItem.for_action(actor, now.on).get_or_404(pk=item_id)
    row.decision = decision
    event = domain.CaseDecided(dossier_id=row.dossier_id, item_id=row.id)
    carry_out(actor, now, rows=[row], events=[event])
    return row


@act(P.CONFER)
def add_point(actor: Actor, item_id: UUID, new: NewPoint, now: Now) -> ActionPoint:
    """Write down what somebody will do.

    Raises:
        RuleBroken: 'conference_due_past'.
    """
    item: ConferenceItem = ConferenceItem.for_action(actor, now.on).get_or_404(pk=item_id)
    if new.due_on < now.on:
        raise RuleBroken("conference_due_past")
    facts: dict[str, Any] = vars(new)
    row = ActionPoint(dossier_id=item.dossier_id, team_id=item.team_id, item=item, **facts)
    event = domain.PointAdded(dossier_id=row.dossier_id, point_id=row.id, due_on=row.due_on)
    carry_out(actor, now, rows=[row], events=[event])
    return row


@act(P.CONFER)
def finish_point(actor: Actor, point_id: UUID, outcome: str, now: Now) -> ActionPoint:
    """Record that an action point was done, and what came back.

    Raises:
        RuleBroken: 'conference_action_done'.
    """
    row: ActionPoint = ActionPoint.for_action(actor, now.on).get_or_404(pk=point_id)
    if row.done_on:
        raise RuleBroken("conference_action_done")
    row.done_on, row.outcome = now.on, outcome
    event = domain.PointFinished(dossier_id=row.dossier_id, point_id=row.id)
    carry_out(actor, now, rows=[row], events=[event])
    return row
