"""Acts on who sits where: teams at prisons, units of prisons, and desks of organisations that sign in."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.shortcuts import get_object_or_404

from gib.core.access.actor import Actor
from gib.core.access.tables import P
from gib.core.journal.acts import act, carry_out
from gib.core.kernel.clock import Now
from gib.core.kernel.rules import RuleBroken
from gib.people.partners.actions.facts import ending
from gib.people.partners.domain import DeskRecorded, PartnerKind, TeamRecorded, UnitRecorded
from gib.people.partners.models import (
    NOBODYS_UNTIL,
    Municipality,
    Partner,
    Prison,
    PrisonUnit,
    SafetyHouse,
    Team,
)

#: Rows of an erased dossier lie with a team of this name, which no day knows and nobody sits in.
_NOBODYS: Final[dict[str, Any]] = {
    "name": "gewist",
    "valid_from": date(1900, 1, 1),
    "valid_to": NOBODYS_UNTIL,
}
_PLACES: Final[dict[PartnerKind, Any]] = {
    PartnerKind.PRISON: Prison,
    PartnerKind.MUNICIPALITY: Municipality,
    PartnerKind.SAFETY_HOUSE: SafetyHouse,
}


@dataclass(frozen=True, kw_only=True)
class DeskFacts:
    """An organisation whose people sign in: its kind, the key of its place, and a name of its own or none."""

    kind: PartnerKind
    place: str
    name: str
    valid_from: date


@act(P.ORGANISE)
def add_team(actor: Actor, prison_code: str, name: str, valid_from: date, now: Now) -> Team:
    """Give a prison a team, from a day on.

    Raises:
        RuleBroken: 'name_taken' when a team of that name is there on that day.
        Http404: there is no such prison.
    """
    prison = get_object_or_404(Prison, pk=prison_code)
    if Team.objects.valid(valid_from).filter(name__iexact=name).exists():
        raise RuleBroken("name_taken")
    row = Team(prison=prison, name=name, valid_from=valid_from)
    carry_out(actor, now, rows=[row])
    carry_out(actor, now, events=[TeamRecorded(team_id=row.pk, prison=prison.code)])
    return row


@act(P.ORGANISE)
def end_team(actor: Actor, team_id: int, ends_on: date, now: Now) -> Team:
    """Let a team end; who asks has seen to it that nobody and no dossier is left with it.

    Raises:
        RuleBroken: 'fact_over', 'ends_too_early'.
        Http404: there is no such team.
    """
    row: Team = ending(Team, team_id, ends_on)
    event = TeamRecorded(team_id=row.pk, prison=row.prison_id, valid_to=ends_on)
    carry_out(actor, now, rows=[row], events=[event])
    return row


def nobodys_team(prison_code: str) -> Team:
    """Give the team of a prison with which rows lie that nobody sees any more, but figures still count."""
    return Team.objects.get_or_create(prison_id=prison_code, **_NOBODYS)[0]


@act(P.EDIT_REFERENCE)
def add_unit(actor: Actor, prison_code: str, name: str, now: Now) -> PrisonUnit:
    """Add a unit to a prison, from today.

    Raises:
        RuleBroken: 'name_taken' when the prison has a unit of that name.
        Http404: there is no such prison.
    """
    prison = get_object_or_404(Prison, pk=prison_code)
    if prison.units.valid(now.on).filter(name__iexact=name).exists():
        raise RuleBroken("name_taken")
    row = PrisonUnit(prison=prison, name=name, valid_from=now.on)
    carry_out(actor, now, rows=[row])
    carry_out(actor, now, events=[UnitRecorded(unit_id=row.pk, prison=prison.code)])
    return row


@act(P.EDIT_REFERENCE)
def end_unit(actor: Actor, unit_id: int, ends_on: date, now: Now) -> PrisonUnit:
    """Let a unit end; `ends_on` is the first day it is no longer there.

    Raises:
        RuleBroken: 'fact_over', 'ends_too_early'.
        Http404: there is no such unit.
    """
    row: PrisonUnit = ending(PrisonUnit, unit_id, ends_on)
    event = UnitRecorded(unit_id=row.pk, prison=row.prison_id, valid_to=ends_on)
    carry_out(actor, now, rows=[row], events=[event])
    return row


@act(P.ORGANISE)
def add_desk(actor: Actor, facts: DeskFacts, now: Now) -> Partner:
    """Let people of a prison, a municipality or a safety house sign in, from a day on.

    Raises:
        RuleBroken: 'desk_there' when that place has a desk on that day.
        Http404: there is no such place.
    """
    place = get_object_or_404(_PLACES[facts.kind], pk=facts.place)
    own: dict[str, Any] = {"kind": facts.kind, str(facts.kind): place}
    if Partner.objects.valid(facts.valid_from).filter(**own).exists():
        raise RuleBroken("desk_there")
    row = Partner(**own, name=facts.name or _named(facts.kind, place), valid_from=facts.valid_from)
    carry_out(actor, now, rows=[row])
    carry_out(actor, now, events=[DeskRecorded(partner_id=row.pk, kind=facts.kind)])
    return row


def _named(kind: PartnerKind, place: Any) -> str:
    before = {PartnerKind.MUNICIPALITY: "Gemeente ", PartnerKind.SAFETY_HOUSE: "Veiligheidshuis "}
    return f"{before.get(kind, '')}{place.name}"[:80]


@act(P.ORGANISE)
def end_desk(actor: Actor, partner_id: int, ends_on: date, now: Now) -> Partner:
    """Let a desk end; who asks has seen to it that nobody has access through it.

    Raises:
        RuleBroken: 'fact_over', 'ends_too_early'.
        Http404: there is no such desk.
    """
    row: Partner = ending(Partner, partner_id, ends_on)
    event = DeskRecorded(partner_id=row.pk, kind=PartnerKind(row.kind), valid_to=ends_on)
    carry_out(actor, now, rows=[row], events=[event])
    return row
