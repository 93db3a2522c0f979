"""A slow oracle: which rows exist for whom, row by row, in the words of the field."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import connection

from gib.care.aftercare.models import ActionPoint, ConferenceItem, FundingRequest
from gib.care.products.models import Contact, Match, StandIn
from gib.core.access import rls
from gib.core.access.actor import Actor
from gib.core.access.rows import protected_models
from gib.core.access.tables import Kind, Role
from gib.core.kernel.clock import real_now
from gib.people.families.models import Dossier, Emergency, Involvement, Separation
from gib.portal.demo.people import TODAY
from tests.world.base import as_house, rows_of

#: What a coordinator does not see of a case that she is only asked to take over.
_OWN_TEAM_ONLY: Final = (Kind.SAFETY, Kind.ERASURE)


@dataclass(frozen=True)
class Row:
    """What decides on one row: its table, its dossier, its team and its own person.

    `partner` is the one to whom it was sent or shown; `until` is the last day of one who sees it for a
    while, where no end is known the last of all; `other` is a second dossier that it is about.
    """

    id: UUID
    kind: Kind
    dossier: UUID | None
    team: int | None
    own: UUID | None
    partner: int | None = None
    until: date = date.max
    other: UUID | None = None


@dataclass(frozen=True)
class Episode:
    """Somebody's involvement in a dossier."""

    dossier: UUID
    kind: str
    party: str
    from_on: date
    to_on: date | None


class Oracle:
    """Says slowly, row by row and in the words of the field, what exists for somebody."""

    def __init__(
        self,
        episodes: list[Episode],
        teams: dict[UUID, int],
        matches: list[Row],
        looks: list[Emergency],
        on: date,
        erased: frozenset[UUID] = frozenset(),
    ) -> None:
        """Keep who is involved, the teams, the matches, the emergencies, the day and what was erased."""
        self.episodes, self.teams, self.matches, self.on = episodes, teams, matches, on
        self.looks, self.erased = looks, erased

    def sees(self, actor: Actor, row: Row) -> bool:
        """Tell whether a row exists for an actor."""
        ask: dict[Role, Callable[[Actor, Row], bool]] = {
            Role.COORDINATOR: self._team,
            Role.DEPUTY: self._team,
            Role.VOLUNTEER: self._volunteer,
            Role.REFERRER: self._writer,
            Role.SAFETY_HOUSE: self._safety_house,
            Role.MUNICIPALITY: self._municipality,
            Role.PROJECT_LEADER: self._leader,
            Role.PRIVACY_OFFICER: lambda a, r: r.kind is Kind.EMERGENCY,
            Role.EMERGENCY: self._emergency,
        }
        return ask.get(actor.role, lambda a, r: False)(actor, row)

    def _team(self, actor: Actor, row: Row) -> bool:
        if row.kind in (Kind.UPLOAD, Kind.EMERGENCY) and row.own == actor.user_id:
            return True
        if row.kind in (Kind.UPLOAD, Kind.PAYEE):
            return False
        if row.other is not None and not self._sees_dossier(actor, row.other):
            return False
        team = self.teams.get(row.dossier) if row.kind is Kind.HAPPENING and row.dossier else row.team
        if team in actor.team_ids:
            return True
        own_only = (*_OWN_TEAM_ONLY, Kind.VOLUNTEER, Kind.CLAIM, Kind.EMERGENCY)
        return row.kind not in own_only and self._in(actor, row, "receiving")

    def _sees_dossier(self, actor: Actor, dossier: UUID) -> bool:
        """Tell whether the other one of two who are kept apart exists for a coordinator too."""
        other = Row(dossier, Kind.FAMILY, dossier, self.teams.get(dossier), None)
        return self._team(actor, other)

    def _volunteer(self, actor: Actor, row: Row) -> bool:
        if row.kind in (Kind.VOLUNTEER, Kind.CLAIM, Kind.PAYEE):
            return row.own == actor.volunteer_id
        if row.kind in (Kind.MATCH, Kind.CONTACT, Kind.SIGNAL):
            if row.dossier is not None and row.dossier in self.erased:
                return False
            mine = row.own == (actor.volunteer_id or actor.user_id)
            return mine and row.until >= self.on and (row.kind is not Kind.SIGNAL or self._knows(actor, row))
        seen = (Kind.FAMILY, Kind.DETENTION, Kind.TRAJECTORY, Kind.PARTICIPATION)
        if row.kind in (Kind.FAMILY, Kind.DETENTION) and self._in(actor, row, "standing_in"):
            return True
        return row.kind in seen and self._in(actor, row, "matched")

    def _knows(self, actor: Actor, row: Row) -> bool:
        return any(
            match.own == actor.volunteer_id and match.dossier == row.dossier and match.until >= self.on
            for match in self.matches
        )

    def _writer(self, actor: Actor, row: Row) -> bool:
        return row.kind is Kind.REFERRAL and row.own == actor.user_id and self._in(actor, row, "submitted")

    def _municipality(self, actor: Actor, row: Row) -> bool:
        sent = row.kind is Kind.FUNDING and row.partner is not None
        hers = row.partner == actor.partner_id and row.until >= self.on
        return sent and hers and self._in(actor, row, "addressed")

    def _safety_house(self, actor: Actor, row: Row) -> bool:
        if row.kind is Kind.CONFERENCE:
            invited = row.partner == actor.partner_id and self._in(actor, row, "invited")
            return invited and row.until >= self.on
        return self._writer(actor, row)

    def _leader(self, actor: Actor, row: Row) -> bool:
        own = row.kind in (Kind.UPLOAD, Kind.EMERGENCY) and row.own == actor.user_id
        return own or row.kind in (Kind.ERASURE, Kind.CLAIM, Kind.PAYEE)

    def _emergency(self, actor: Actor, row: Row) -> bool:
        if row.kind is Kind.EMERGENCY:
            return row.own == actor.user_id
        if row.other is not None:
            return False
        closed = (Kind.SAFETY, Kind.VOLUNTEER, Kind.CLAIM, Kind.PAYEE, Kind.UPLOAD, Kind.ERASURE)
        return row.kind not in closed and row.dossier is not None and row.dossier == self.open_to(actor)

    def open_to(self, actor: Actor) -> UUID | None:
        """Tell which dossier is open to somebody in an emergency, at this very moment."""
        look = next((one for one in self.looks if one.id == actor.emergency_id), None)
        if look is None or look.user_id != actor.user_id or look.ended_at:
            return None
        return look.dossier_id if real_now().at < look.until_at else None

    def _in(self, actor: Actor, row: Row, kind: str) -> bool:
        hers = str(actor.volunteer_id)
        name = {"matched": hers, "standing_in": hers, "addressed": f"partner:{actor.partner_id}"}
        name["invited"] = name["addressed"]
        name["receiving"] = " ".join(f"team:{team}" for team in actor.team_ids)
        return any(
            episode.dossier == row.dossier
            and episode.kind == kind
            and episode.party == name.get(kind, str(actor.user_id))
            and episode.from_on <= self.on
            and (episode.to_on is None or episode.to_on >= self.on)
            for episode in self.episodes
        )


def _one(model: Any, row_id: UUID) -> Any:
    return model.for_house("test", TODAY).get(id=row_id)


def _two_weeks_after(day: date | None) -> date:
    return day + timedelta(days=14) if day else date.max


def _of_match(match: Match) -> dict[str, Any]:
    return {"until": _two_weeks_after(match.to_on)}


def _of_contact(contact: Contact) -> dict[str, Any]:
    if contact.stand_in_id:
        return {"until": _two_weeks_after(_one(StandIn, contact.stand_in_id).to_on)}
    match = _one(Match, contact.match_id) if contact.match_id else None
    return {"until": _two_weeks_after(match.to_on) if match and match.from_on else date.min}


def _of_request(request: FundingRequest) -> dict[str, Any]:
    return {
        "partner": request.partner_id if request.submitted_on else None,
        "until": request.ended_on or date.max,
    }


def _of_item(item: ConferenceItem) -> dict[str, Any]:
    return {"partner": item.conference.partner_id, "until": _two_weeks_after(item.conference.held_on)}


#: What more decides on a row of some tables, for the oracle.
MORE: Final[dict[Any, Callable[[Any], dict[str, Any]]]] = {
    Match: _of_match,
    StandIn: lambda row: {"until": _two_weeks_after(row.to_on)},
    Contact: _of_contact,
    FundingRequest: _of_request,
    ConferenceItem: _of_item,
    Separation: lambda pair: {"other": pair.other_id},
    ActionPoint: lambda point: _of_item(_one(ConferenceItem, point.item_id)),
}


def facts_of(model: Any) -> list[Row]:
    """Give what decides on each row of a table; the caller is the house."""
    access = model.Access
    dossier, team = getattr(access, "dossier", "dossier_id"), getattr(access, "team", "team_id")
    own = getattr(access, "own", "")
    return [
        Row(
            id=row.id,
            kind=access.kind,
            dossier=getattr(row, dossier) if dossier and access.kind is not Kind.UPLOAD else None,
            team=getattr(row, team, None),
            own=getattr(row, own) if own else None,
            **MORE.get(model, lambda row: {})(row),
        )
        for row in rows_of(model)
    ]


def by_row_security(model: Any, actor: Actor, on: date) -> set[UUID]:
    """Ask the database itself, without any filter of ours."""
    with rls.acting_as(actor, on), connection.cursor() as cursor:
        cursor.execute(f'SELECT id {rls.MARK} FROM "{model._meta.db_table}"')
        return {row[0] for row in cursor.fetchall()}


def disagreements(people: list[Actor], on: date) -> Iterator[str]:
    """Name each actor and table on which scope, row-level security and oracle disagree."""
    with as_house():
        tables = {model: facts_of(model) for model in protected_models()}
        teams = {row.id: row.team_id for row in rows_of(Dossier)}
        looks = list(rows_of(Emergency))
        erased = frozenset(row.id for row in rows_of(Dossier) if row.erased_on)
    episodes = [
        Episode(row.dossier_id, row.kind, row.party, row.from_on, row.to_on)
        for row in Involvement.objects.all()
    ]
    oracle = Oracle(episodes, teams, [*tables[Match], *tables[StandIn]], looks, on, erased)
    for actor in people:
        for model, rows in tables.items():
            wanted = {row.id for row in rows if oracle.sees(actor, row)}
            if {row.id for row in model.visible_to(actor, on).only("id")} != wanted:
                yield f"{actor.role}: the scope of {model.__name__}"
            if connection.vendor == "postgresql" and by_row_security(model, actor, on) != wanted:
                yield f"{actor.role}: row-level security of {model.__name__}"
