"""Scope, projection and tripwire agree with a slow oracle, and on PostgreSQL with row-level security."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import connection
from django.http import Http404

from gib.core.access import rls, rls_sql
from gib.core.access.actor import Actor
from gib.core.access.rows import NotShown, Shown, protected_models, shown_fields
from gib.core.access.tables import INVOLVED, SEES, SHOWS, Kind, Role, Scope
from gib.core.vault import boxes
from gib.core.vault.models import BoxKind
from gib.core.vault.reads import Unlogged
from gib.people.families.models import Dossier, Involvement, Participant
from gib.people.partners import builders
from gib.people.partners.models import Team
from tests.services import postgres

pytestmark = pytest.mark.django_db(databases="__all__")
TODAY = date(2011, 1, 11)


@pytest.fixture
def teams() -> list[Team]:
    return list(builders.two_teams())


def _dossier(team: Team, name: str = "Kelly") -> Dossier:
    with rls.system("test"):
        dossier = Dossier(team=team, opened_on=TODAY)
        boxes.make(dossier.id, BoxKind.DOSSIER)
        dossier.save()
        Participant(dossier=dossier, team=team, first_name=name, last_name="Voorbeeld").save()
    return dossier


def _involve(
    dossier: Dossier, scope: Scope, actor: Actor, from_on: date = TODAY, to_on: date | None = None
) -> None:
    Involvement.objects.create(
        dossier_id=dossier.id,
        kind=scope,
        party=actor.party(scope),
        from_on=from_on,
        to_on=to_on,
        source_id=uuid4(),
    )


def _seen(actor: Actor, on: date = TODAY) -> set[UUID]:
    return {row.id for row in Dossier.visible_to(actor, on)}


def test_a_coordinator_sees_her_team_and_a_stranger_nothing(teams: list[Team]) -> None:
    mine, other = _dossier(teams[0]), _dossier(teams[1])
    coordinator = Actor(uuid4(), Role.COORDINATOR, frozenset({teams[0].pk}))
    assert _seen(coordinator) == {mine.id}
    assert _seen(Actor(uuid4(), Role.COORDINATOR)) == set()
    with pytest.raises(Http404):
        Dossier.visible_to(coordinator, TODAY).get_or_404(pk=other.id)
    with pytest.raises(Http404):
        Dossier.for_action(coordinator, TODAY).get_or_404(pk=other.id)


@pytest.mark.requirement("PRV-11")
@pytest.mark.parametrize(("days", "sees"), [(-1, False), (0, True), (14, True), (15, False)])
def test_involvement_opens_a_dossier_on_its_days_only(teams: list[Team], days: int, sees: bool) -> None:
    volunteer = Actor(uuid4(), Role.VOLUNTEER, volunteer_id=uuid4())
    dossier = _dossier(teams[0])
    _involve(dossier, Scope.MATCHED, volunteer, TODAY, TODAY + timedelta(days=14))
    assert (dossier.id in _seen(volunteer, TODAY + timedelta(days=days))) is sees


def test_what_somebody_is_involved_in_is_looked_up_again_each_time(teams: list[Team]) -> None:
    volunteer = Actor(uuid4(), Role.VOLUNTEER, volunteer_id=uuid4())
    dossier = _dossier(teams[0])
    assert _seen(volunteer) == set()
    _involve(dossier, Scope.MATCHED, volunteer)
    assert _seen(volunteer) == {dossier.id}
    assert _seen(replace(volunteer, volunteer_id=uuid4())) == set()
    yesterday = TODAY - timedelta(days=1)
    Involvement.objects.update(from_on=yesterday, to_on=yesterday)
    assert _seen(volunteer) == set()


def test_a_projection_holds_only_what_the_role_may_see(teams: list[Team], seen: Any) -> None:
    dossier = _dossier(teams[0])
    volunteer = Actor(uuid4(), Role.VOLUNTEER, volunteer_id=uuid4())
    _involve(dossier, Scope.MATCHED, volunteer)
    row = Participant.visible_to(volunteer, TODAY).get()
    assert isinstance(row, Shown)
    assert row.first_name == "Kelly"
    with pytest.raises(NotShown, match=r"Participant\.last_name"):
        str(row.last_name)
    assert seen.boxes == {dossier.id: {"families_participant"}}


def test_nothing_sealed_is_read_where_nobody_counts(teams: list[Team]) -> None:
    _dossier(teams[0])
    coordinator = Actor(uuid4(), Role.COORDINATOR, frozenset({teams[0].pk}))
    row = Participant.visible_to(coordinator, TODAY).get()
    with pytest.raises(Unlogged):
        str(row.first_name)


def test_every_group_of_the_table_exists_in_a_model_of_that_kind() -> None:
    groups: dict[Kind, set[str]] = {}
    for model in protected_models():
        groups.setdefault(model.Access.kind, set()).update(model.Access.groups)
    for kind, by_role in SHOWS.items():
        for role, names in by_role.items():
            unknown = names - {"*"} - groups.get(kind, set())
            assert not unknown, f"{role} is shown {unknown} of {kind}, which no model has"


def test_every_field_of_a_group_exists() -> None:
    for model in protected_models():
        for names in model.Access.groups.values():
            added = getattr(model.Access, "annotated", ())
            missing = [name for name in names if not hasattr(model, name) and name not in added]
            assert not missing, f"{model.__name__}: {missing}"
        assert shown_fields(model, Actor(uuid4(), Role.TECHNICAL_ADMIN)).isdisjoint({"first_name", "words"})


def test_the_tripwire_refuses_an_unscoped_read(teams: list[Team]) -> None:
    _dossier(teams[0])
    with pytest.raises(rls.UnscopedRead, match="families_dossier"):
        list(Dossier.objects.all())
    with pytest.raises(rls.UnscopedRead):
        Dossier.objects.count()
    with pytest.raises(rls.UnscopedRead, match="families_participant"):
        list(Team.objects.filter(pk__in=Participant.objects.values("team_id")))


def test_a_count_without_context_is_zero(teams: list[Team]) -> None:
    _dossier(teams[0])
    assert not rls.is_active()
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) {rls.MARK} FROM families_dossier")
        assert cursor.fetchone()[0] == (0 if connection.vendor == "postgresql" else 1)


def _population(teams: list[Team], dice: Random) -> tuple[list[Dossier], list[Actor]]:
    dossiers = [_dossier(dice.choice(teams)) for _ in range(12)]
    roles = [role for role in Role if role is not Role.SYSTEM]
    actors = [
        Actor(
            uuid4(),
            role,
            frozenset(team.pk for team in teams if dice.random() < 0.4)
            if role.value in ("coordinator", "deputy")
            else frozenset(),
            uuid4() if role is Role.VOLUNTEER else None,
            dice.randint(1, 3) if role in (Role.MUNICIPALITY, Role.SAFETY_HOUSE) else None,
        )
        for role in roles
        for _ in range(3)
    ]
    for actor in actors:
        for dossier in dossiers:
            if dice.random() < 0.3:
                start = TODAY + timedelta(days=dice.randint(-20, 5))
                end = start + timedelta(days=dice.randint(0, 30)) if dice.random() < 0.7 else None
                _involve(dossier, dice.choice(sorted(INVOLVED)), actor, start, end)
    return dossiers, actors


def _oracle(actor: Actor, dossiers: list[Dossier], kind: Kind) -> set[UUID]:
    found = set()
    for dossier in dossiers:
        for scope in SEES[actor.role].get(kind, frozenset()):
            if scope is Scope.ALL or (scope is Scope.OWN_TEAM and dossier.team_id in actor.team_ids):
                found.add(dossier.id)
            for row in Involvement.objects.filter(
                dossier_id=dossier.id, kind=scope, party=actor.party(scope)
            ):
                if row.from_on <= TODAY and (row.to_on is None or row.to_on >= TODAY):
                    found.add(dossier.id)
    return found


@pytest.mark.requirement("SEC-02")
@pytest.mark.parametrize("seed", range(4))
def test_scope_and_row_security_equal_the_oracle(teams: list[Team], seed: int) -> None:
    dossiers, actors = _population(teams, Random(seed))
    for actor in actors:
        wanted = _oracle(actor, dossiers, Kind.FAMILY)
        assert _seen(actor) == wanted, actor.role
        if connection.vendor == "postgresql":
            assert _by_row_security(actor) == wanted, actor.role


def _by_row_security(actor: Actor) -> set[UUID]:
    with rls.acting_as(actor, TODAY), connection.cursor() as cursor:
        cursor.execute(f"SELECT id {rls.MARK} FROM families_dossier")
        return {row[0] for row in cursor.fetchall()}


def test_a_planted_wider_policy_is_noticed(teams: list[Team]) -> None:
    """The negative control of the oracle: a scope that forgets its days disagrees."""
    dossier = _dossier(teams[0])
    volunteer = Actor(uuid4(), Role.VOLUNTEER, volunteer_id=uuid4())
    _involve(dossier, Scope.MATCHED, volunteer, TODAY - timedelta(days=9), TODAY - timedelta(days=1))
    forgetful = set(
        Involvement.objects.filter(party=volunteer.party(Scope.MATCHED)).values_list("dossier_id", flat=True)
    )
    assert forgetful != _oracle(volunteer, [dossier], Kind.FAMILY) == _seen(volunteer) == set()


class TestRowSecurity:
    """What only PostgreSQL can hold; on SQLite the tripwire stands in."""

    @pytest.fixture(autouse=True)
    def _postgres(self) -> None:
        if connection.vendor != "postgresql":
            pytest.skip("row-level security exists on PostgreSQL only")

    def _count(self, signed: str) -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('gib.ctx', %s, true)", [signed])
            cursor.execute(f"SELECT count(*) {rls.MARK} FROM families_dossier")
            return int(cursor.fetchone()[0])

    def test_a_forged_or_expired_context_opens_nothing(self, teams: list[Team], monkeypatch: Any) -> None:
        _dossier(teams[0])
        coordinator = Actor(uuid4(), Role.COORDINATOR, frozenset({teams[0].pk}))
        signed = rls.context(coordinator, TODAY)
        assert self._count(signed) == 1
        assert self._count(signed.replace("coordinator", "system")) == 0
        assert self._count(signed[:-1] + ("0" if signed[-1] != "0" else "1")) == 0
        assert self._count("nonsense") == self._count("x" * 65) == 0
        monkeypatch.setattr(rls, "_SECONDS", -1)
        assert self._count(rls.context(coordinator, TODAY)) == 0

    def test_the_application_cannot_read_the_key_that_signs(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT has_table_privilege(current_user, 'gib_secret', 'SELECT')")
            assert cursor.fetchone() == (False,)
            cursor.execute("SELECT has_function_privilege(current_user, 'gib_key()', 'EXECUTE')")
            assert cursor.fetchone() == (False,)
            cursor.execute("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
            assert cursor.fetchone() == (False, False)

    def test_an_open_session_takes_a_new_key(self, teams: list[Team], monkeypatch: Any) -> None:
        _dossier(teams[0])
        coordinator = Actor(uuid4(), Role.COORDINATOR, frozenset({teams[0].pk}))
        before = rls.context(coordinator, TODAY)
        assert self._count(before) == 1
        facts = connection.settings_dict
        address = {"host": facts["HOST"], "port": facts["PORT"], "dbname": facts["NAME"]}
        with psycopg.connect(**address, user=postgres.OWNER, autocommit=True) as owner:
            try:
                with monkeypatch.context() as other:
                    other.setattr(rls, "secret", lambda: b"another key")
                    rls_sql.write_key(owner.cursor(), postgres.APP)
                    assert self._count(rls.context(coordinator, TODAY)) == 1
                    assert self._count(before) == 0
            finally:
                rls_sql.write_key(owner.cursor(), postgres.APP)
        assert self._count(before) == 1

    def test_every_protected_table_has_its_policies_on(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity")
            guarded = {row[0] for row in cursor.fetchall()}
        assert guarded == {model._meta.db_table for model in protected_models()}

    def test_the_policy_names_every_role_that_sees_the_kind(self) -> None:
        for model in protected_models():
            text = rls_sql.policy(model).partition("FOR SELECT")[2].partition(";")[0]
            for role in Role:
                assert (f"'{role}'" in text) == bool(SEES[role].get(model.Access.kind)), (model, role)
