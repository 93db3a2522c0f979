"""Which rows exist for whom: the scope, row-level security and a slow oracle agree on every table."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import Any, ClassVar, Final
from unittest.mock import patch
from uuid import UUID, uuid4

from django.db import connection

from gib.care.aftercare.models import ActionPoint, ConferenceItem, FundingRequest
from gib.care.products.actions import end_match
from gib.care.products.domain.match import EndReason
from gib.care.products.models import Contact, Match
from gib.core.access import rls
from gib.core.access.actor import Actor
from gib.core.access.rows import protected_models
from gib.core.access.tables import INVOLVED, SEES, Kind, Role, Scope
from gib.core.journal.sessions import reading
from gib.core.kernel.clock import real_now
from gib.people.families.models import Dossier, Emergency, Involvement
from gib.people.partners.models import Team
from gib.people.volunteers.models import Volunteer
from gib.portal.demo.people import TODAY, days_ago
from tests.world.base import ROLES, WorldCase, actors, as_house, rows_of
from tests.world.more import furnish

#: What a coordinator does not see of a case that she is only asked to take over.
_OWN_TEAM_ONLY: Final = (Kind.SAFETY, Kind.ERASURE)


@dataclass(frozen=True)
class Row:
    """What decides on one row: its table, its dossier, its team and its own person.

    `partner` is the one to whom it was sent or shown; `until` is the last day of one who sees it for a
    while, where no end is known the last of all.
    """

    id: UUID
    kind: Kind
    dossier: UUID | None
    team: int | None
    own: UUID | None
    partner: int | None = None
    until: date = date.max


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
    ) -> None:
        """Keep who is involved in what, the teams, the matches, the emergencies and the day."""
        self.episodes, self.teams, self.matches, self.on = episodes, teams, matches, on
        self.looks = looks

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
        if row.kind is Kind.UPLOAD:
            return False
        team = self.teams.get(row.dossier) if row.kind is Kind.HAPPENING and row.dossier else row.team
        if team in actor.team_ids:
            return True
        own_only = (*_OWN_TEAM_ONLY, Kind.VOLUNTEER, Kind.EMERGENCY)
        return row.kind not in own_only and self._in(actor, row, "receiving")

    def _volunteer(self, actor: Actor, row: Row) -> bool:
        if row.kind in (Kind.MATCH, Kind.CONTACT, Kind.SIGNAL, Kind.VOLUNTEER):
            mine = row.own == (actor.volunteer_id or actor.user_id)
            return mine and row.until >= self.on and (row.kind is not Kind.SIGNAL or self._knows(actor, row))
        seen = (Kind.FAMILY, Kind.DETENTION, Kind.TRAJECTORY, Kind.PARTICIPATION)
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
        return sent and row.partner == actor.partner_id and self._in(actor, row, "addressed")

    def _safety_house(self, actor: Actor, row: Row) -> bool:
        if row.kind is Kind.CONFERENCE:
            invited = row.partner == actor.partner_id and self._in(actor, row, "invited")
            return invited and row.until >= self.on
        return self._writer(actor, row)

    def _leader(self, actor: Actor, row: Row) -> bool:
        own = row.kind in (Kind.UPLOAD, Kind.EMERGENCY) and row.own == actor.user_id
        return own or row.kind is Kind.ERASURE

    def _emergency(self, actor: Actor, row: Row) -> bool:
        if row.kind is Kind.EMERGENCY:
            return row.own == actor.user_id
        closed = (Kind.SAFETY, Kind.VOLUNTEER, Kind.UPLOAD, Kind.ERASURE)
        return row.kind not in closed and row.dossier is not None and row.dossier == self.open_to(actor)

    def open_to(self, actor: Actor) -> UUID | None:
        """Tell which dossier is open to somebody in an emergency, at this very moment."""
        look = next((one for one in self.looks if one.id == actor.emergency_id), None)
        if look is None or look.user_id != actor.user_id or look.ended_at:
            return None
        return look.dossier_id if real_now().at < look.until_at else None

    def _in(self, actor: Actor, row: Row, kind: str) -> bool:
        name = {"matched": str(actor.volunteer_id), "addressed": f"partner:{actor.partner_id}"}
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
    match = _one(Match, contact.match_id) if contact.match_id else None
    return {"until": _two_weeks_after(match.to_on) if match and match.from_on else date.min}


def _of_request(request: FundingRequest) -> dict[str, Any]:
    return {"partner": request.partner_id if request.submitted_on else None}


def _of_item(item: ConferenceItem) -> dict[str, Any]:
    return {"partner": item.conference.partner_id, "until": _two_weeks_after(item.conference.held_on)}


#: What more decides on a row of some tables, for the oracle.
MORE: Final[dict[Any, Callable[[Any], dict[str, Any]]]] = {
    Match: _of_match,
    Contact: _of_contact,
    FundingRequest: _of_request,
    ConferenceItem: _of_item,
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
    episodes = [
        Episode(row.dossier_id, row.kind, row.party, row.from_on, row.to_on)
        for row in Involvement.objects.all()
    ]
    oracle = Oracle(episodes, teams, tables[Match], looks, on)
    for actor in people:
        for model, rows in tables.items():
            wanted = {row.id for row in rows if oracle.sees(actor, row)}
            if {row.id for row in model.visible_to(actor, on).only("id")} != wanted:
                yield f"{actor.role}: the scope of {model.__name__}"
            if connection.vendor == "postgresql" and by_row_security(model, actor, on) != wanted:
                yield f"{actor.role}: row-level security of {model.__name__}"


class TestSight(WorldCase):
    """The people of the world, and people made by chance who are involved by chance."""

    dossiers: ClassVar[list[UUID]]

    @classmethod
    def setUpTestData(cls) -> None:
        """Build the world with a row in every table."""
        super().setUpTestData()
        cls.dossiers = furnish(cls.people)
        coordinator = cls.people.sides[0].coordinator
        with reading(coordinator, "test"):
            rows: Any = Match.for_action(coordinator, TODAY).filter(dossier_id=cls.dossiers[0])
            end_match(coordinator, rows.live().first().id, EndReason.PLANNED, days_ago(0))

    def test_everybody_of_the_world_sees_what_the_oracle_says(self) -> None:
        assert sorted(disagreements(actors(), TODAY)) == []

    def test_in_an_emergency_one_sees_one_dossier_for_as_long_as_it_lasts(self) -> None:
        with as_house():
            looks = list(rows_of(Emergency))
        assert len(looks) == 2
        people = [Actor(look.user_id, Role.EMERGENCY, emergency_id=look.id) for look in looks]
        people += [replace(people[0], user_id=uuid4()), replace(people[0], emergency_id=uuid4())]
        people.append(replace(people[0], emergency_id=None))
        assert sorted(disagreements(people, TODAY)) == []
        seen = [{row.id for row in Dossier.visible_to(actor, TODAY)} for actor in people]
        assert seen == [*({look.dossier_id} for look in looks), set(), set(), set()]
        for spoilt in ({"until_at": real_now().at}, {"ended_at": real_now().at}):
            with as_house():
                Emergency.for_house("test", TODAY).filter(pk=looks[0].pk).update(**spoilt)
            assert sorted(disagreements(people, TODAY)) == []
            assert not Dossier.visible_to(people[0], TODAY).exists()

    def test_somebody_sees_something_of_every_table(self) -> None:
        """Without it the agreement could be that nobody sees anything."""
        unseen = {
            model.__name__
            for model in protected_models()
            if not any(model.visible_to(actor, TODAY).exists() for actor in actors())
        }
        assert unseen == set()

    def test_people_made_by_chance_see_what_the_oracle_says(self) -> None:
        for seed in range(4):
            dice = Random(seed)
            people = self._population(dice)
            on = TODAY + timedelta(days=dice.randint(-30, 30))
            assert sorted(disagreements(people, on)) == [], seed

    def _population(self, dice: Random) -> list[Actor]:
        teams = [team.pk for team in Team.objects.all()]
        with as_house():
            helpers = [row.id for row in rows_of(Volunteer)]
            dossiers = [row.id for row in rows_of(Dossier)]
        people = [
            Actor(
                uuid4(),
                role,
                # An appointment is for one team at most.
                frozenset(dice.sample(teams, dice.randint(0, 1))),
                dice.choice([*helpers, uuid4()]) if role is Role.VOLUNTEER else None,
                dice.randint(1, 6) if role in (Role.MUNICIPALITY, Role.SAFETY_HOUSE) else None,
            )
            for role in ROLES
            for _ in range(2)
        ]
        Involvement.objects.bulk_create(
            self._episode(dice, actor, dossier) for actor in people for dossier in dice.sample(dossiers, 6)
        )
        return people

    def _episode(self, dice: Random, actor: Actor, dossier: UUID) -> Involvement:
        kinds = sorted(INVOLVED if actor.team_ids else INVOLVED - {Scope.RECEIVING})
        kind = dice.choice(kinds)
        start = TODAY + timedelta(days=dice.randint(-40, 20))
        end = start + timedelta(days=dice.randint(0, 40)) if dice.random() < 0.7 else None
        party = actor.party(kind)
        return Involvement(
            dossier_id=dossier, kind=kind, party=party, from_on=start, to_on=end, source_id=uuid4()
        )

    def test_a_planted_wider_scope_is_noticed(self) -> None:
        wider = {Role.VOLUNTEER: SEES[Role.VOLUNTEER] | {Kind.DETENTION: frozenset({Scope.ALL})}}
        with patch.dict(SEES, wider):
            found = set(disagreements(actors(), TODAY))
        # On PostgreSQL the second line still holds what the first lets through.
        held = connection.vendor == "postgresql"
        tables = {one.__name__ for one in protected_models() if one.Access.kind is Kind.DETENTION}
        assert tables
        assert found == (set() if held else {f"volunteer: the scope of {name}" for name in tables})

    def test_an_oracle_that_forgets_the_end_disagrees_with_both_lines(self) -> None:
        with as_house():
            ended = [row for row in facts_of(Match) if row.until < date.max]
        people = [Actor(uuid4(), Role.VOLUNTEER, frozenset(), row.own) for row in ended]
        with patch.dict(MORE, {Match: lambda row: {}}):
            found = set(disagreements(people, TODAY + timedelta(days=15)))
        assert {f"volunteer: {line} of Match" for line in self._lines()} <= found

    def test_an_oracle_that_forgets_to_whom_it_was_sent_disagrees_with_both_lines(self) -> None:
        with as_house():
            row = next(row for row in facts_of(FundingRequest) if row.partner)
        stranger = Actor(uuid4(), Role.MUNICIPALITY, frozenset(), None, 7000)
        party = stranger.party(Scope.ADDRESSED)
        facts = {"dossier_id": row.dossier, "kind": Scope.ADDRESSED, "from_on": TODAY, "source_id": uuid4()}
        Involvement.objects.create(**facts, party=party)
        with patch.dict(MORE, {FundingRequest: lambda row: {"partner": 7000}}):
            found = set(disagreements([stranger], TODAY))
        assert {f"municipality: {line} of FundingRequest" for line in self._lines()} == found

    def _lines(self) -> tuple[str, ...]:
        lines = ("the scope", "row-level security")
        return lines if connection.vendor == "postgresql" else lines[:1]

    def test_a_planted_narrower_scope_is_noticed(self) -> None:
        with patch.dict(SEES, {Role.VOLUNTEER: {}}):
            found = {fault.partition("the scope of ")[2] for fault in disagreements(actors(), TODAY)}
        assert {"Match", "Contact", "Participant", "Volunteer"} <= found


def test_who_sees_nothing_by_the_oracle_sees_nothing_by_the_table() -> None:
    assert SEES[Role.TECHNICAL_ADMIN] == {}
    assert set(SEES[Role.PRIVACY_OFFICER]) == {Kind.EMERGENCY}
