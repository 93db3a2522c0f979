"""The second line: what a signed context says, how long it holds, and what the tripwire refuses."""

import hmac
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from gib.core.access import rls, rls_sql
from gib.core.access.actor import NOBODY, Actor, house
from gib.core.access.rows import Columns, Projections, protected_models, scope_of
from gib.core.access.statements import ScopeMark
from gib.core.access.tables import INVOLVED, SEES, Kind, Role, Scope

TODAY = date(2011, 1, 11)
ROLES = st.sampled_from(sorted(Role))
ACTORS = st.builds(
    Actor,
    user_id=st.uuids(),
    role=ROLES,
    team_ids=st.frozensets(st.integers(1, 99), max_size=4),
    volunteer_id=st.none() | st.uuids(),
    partner_id=st.none() | st.integers(1, 99),
    emergency_id=st.none() | st.uuids(),
)


@given(ACTORS, st.dates())
def test_a_context_tells_who_reads_in_nine_parts(actor: Actor, on: date) -> None:
    user, role, teams, volunteer, partner, day, _, emergency, signature = rls.context(actor, on).split("|")
    assert (user, role, day) == (str(actor.user_id), actor.role, on.isoformat())
    assert [int(team) for team in teams.split(",") if team] == sorted(actor.team_ids)
    assert volunteer == str(actor.volunteer_id or "")
    assert partner == str(actor.partner_id or "")
    assert emergency == str(actor.emergency_id or "")
    assert len(signature) == 64


@given(ACTORS, st.dates(), st.data())
def test_no_changed_letter_keeps_its_signature(actor: Actor, on: date, data: st.DataObject) -> None:
    text, _, signature = rls.context(actor, on).rpartition("|")
    at = data.draw(st.integers(0, len(text) - 1))
    letter = data.draw(st.sampled_from("0123456789abcdef|-_,").filter(lambda found: found != text[at]))
    forged = text[:at] + letter + text[at + 1 :]
    assert hmac.new(rls.secret(), forged.encode(), "sha256").hexdigest() != signature


def test_a_context_ends_after_a_quarter_of_an_hour(monkeypatch: Any) -> None:
    monkeypatch.setattr(rls.time, "time", lambda: 1_000_000.9)
    assert rls.context(house("test"), TODAY).split("|")[6] == "1000900"


def test_the_key_of_contexts_follows_from_the_secret_of_the_house(settings: Any) -> None:
    first = rls.secret()
    settings.SECRET_KEY = "another secret of another house"
    assert rls.secret() != first
    assert len(rls.secret()) == 32
    assert settings.SECRET_KEY.encode() not in rls.secret()


@pytest.mark.django_db(databases="__all__")
def test_contexts_nest_and_the_outer_one_comes_back() -> None:
    held = []
    with rls.system("outer"):
        held.append(_setting())
        with rls.acting_as(Actor(uuid4(), Role.VOLUNTEER), TODAY):
            held.append(_setting())
        held.append(_setting())
    held.append(_setting())
    if connection.vendor == "postgresql":
        outer, inner, again, after = held
        assert "|system|" in outer == again
        assert "|volunteer|" in inner
        assert not after
    assert not rls.is_active()


@pytest.mark.django_db(databases="__all__", transaction=True)
def test_a_context_with_a_transaction_of_its_own_ends_with_it() -> None:
    with CaptureQueriesContext(connection) as told:
        with rls.system("first"):
            held = _setting()
        assert not _setting()
    if connection.vendor == "postgresql":
        assert "|system|" in held
        assert sum("set_config" in row["sql"] for row in told) == 1


@pytest.mark.django_db(databases="__all__")
def test_a_context_that_holds_is_told_again_only_when_it_would_soon_end(monkeypatch: Any) -> None:
    start = rls.time.time()
    held = []
    with rls.system("outer"):
        for minutes in (1, 9):
            monkeypatch.setattr(rls.time, "time", lambda later=60 * minutes: start + later)
            with rls.system("inner"):
                held.append(_setting())
        held.append(_setting())
    if connection.vendor == "postgresql":
        soon, later, outer = held
        assert soon == outer
        assert int(later.split("|")[6]) - int(outer.split("|")[6]) in (539, 540)


def _setting() -> str:
    if connection.vendor != "postgresql":
        return ""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('gib.ctx', true)")
        return str(cursor.fetchone()[0] or "")


@pytest.mark.django_db(databases="__all__")
def test_a_context_ends_when_its_block_fails() -> None:
    with pytest.raises(ZeroDivisionError), rls.acting_as(house("test"), TODAY):
        assert rls.is_active()
        raise ZeroDivisionError
    assert not rls.is_active()


# The tripwire.

GUARDED = "families_dossier"


def _trip(sql: Any) -> object:
    return rls.tripwire(lambda *given: "let through", sql, (), False, {})


@pytest.mark.parametrize(
    "sql",
    [
        f'SELECT "id" FROM "{GUARDED}"',
        f"SELECT id FROM {GUARDED}",
        f'SELECT 1 FROM "partners_team" INNER JOIN "{GUARDED}" ON (1 = 1)',
        f'SELECT 1 FROM "partners_team" LEFT OUTER JOIN "{GUARDED}" ON (1 = 1)',
        f'SELECT 1 FROM "partners_team" WHERE id IN (SELECT team_id FROM "{GUARDED}")',
        f'SELECT COUNT(*) FROM (SELECT DISTINCT "id" FROM "{GUARDED}") subquery',
    ],
)
def test_a_read_of_a_protected_table_needs_a_mark(sql: str) -> None:
    with pytest.raises(rls.UnscopedRead, match=GUARDED):
        _trip(sql)
    assert _trip(f"{sql} {rls.MARK}") == "let through"


@pytest.mark.parametrize(
    "sql",
    [
        'SELECT "id" FROM "partners_team"',
        'SELECT "id" FROM "families_dossier_note_of_another_name"',
        "SELECT 'families_dossier'",
        f'UPDATE "{GUARDED}" SET "version" = 2',
        f'INSERT INTO "{GUARDED}" DEFAULT VALUES',
        f'DELETE FROM "{GUARDED}"',
        "PRAGMA foreign_key_check",
        b"SELECT 1",
        None,
    ],
)
def test_other_statements_pass(sql: Any) -> None:
    assert _trip(sql) == "let through"


def test_every_table_at_fault_is_named_in_order() -> None:
    with pytest.raises(rls.UnscopedRead) as refusal:
        _trip('SELECT 1 FROM "families_participant", 2 JOIN "families_dossier" ON (1=1)')
    assert str(refusal.value) == "unscoped read of families_dossier, families_participant"


def test_every_protected_table_is_guarded() -> None:
    for model in protected_models():
        with pytest.raises(rls.UnscopedRead):
            _trip(f'SELECT 1 FROM "{model._meta.db_table}"')


# Scopes and parties.


@pytest.mark.parametrize("role", sorted(Role))
@pytest.mark.parametrize("kind", sorted(Kind))
def test_who_sees_no_kind_gets_no_scope(role: Role, kind: Kind) -> None:
    class Access:
        own = "volunteer_id"

    found = scope_of(kind, Actor(uuid4(), role), TODAY, Columns(Access))
    assert (found is None) is not bool(SEES[role].get(kind))


@pytest.mark.django_db(databases="__all__")
@pytest.mark.parametrize("role", sorted(Role))
def test_a_question_follows_from_who_asks_and_the_day_alone(
    role: Role, django_assert_num_queries: Any
) -> None:
    actor = Actor(uuid4(), role, frozenset({1}), uuid4(), 1)
    for model in protected_models():
        with django_assert_num_queries(0):
            once, again = [model.visible_to(actor, TODAY) for _ in range(2)]
            later = model.visible_to(actor, TODAY + timedelta(days=400))
        assert _words(once.filter(pk=uuid4())) != (asked := _words(again)) or not asked
        assert _words(model.visible_to(actor, TODAY)) == asked
        assert later._reader == (actor, TODAY + timedelta(days=400))


def _words(rows: Any) -> tuple[Any, ...]:
    try:
        found: tuple[Any, ...] = rows.query.sql_with_params()
    except EmptyResultSet:
        return ()
    return found


def test_columns_have_their_usual_names_unless_told_otherwise() -> None:
    class Other:
        dossier, team, own = "referral__dossier_id", "seat_id", "made_by"

    usual, other = Columns(object()), Columns(Other)
    assert (usual.dossier, usual.team, usual.own) == ("dossier_id", "team_id", "")
    assert (other.dossier, other.team, other.own) == ("referral__dossier_id", "seat_id", "made_by")


@given(ACTORS, ACTORS, st.sampled_from(sorted(INVOLVED)))
def test_two_people_share_a_party_only_through_what_they_share(
    one: Actor, other: Actor, scope: Scope
) -> None:
    shared = {
        Scope.SUBMITTED: one.user_id == other.user_id,
        Scope.MATCHED: one.volunteer_id == other.volunteer_id,
        Scope.STANDING_IN: one.volunteer_id == other.volunteer_id,
        Scope.RECEIVING: min(one.team_ids, default=0) == min(other.team_ids, default=0),
        Scope.ADDRESSED: one.partner_id == other.partner_id,
        Scope.INVITED: one.partner_id == other.partner_id,
    }
    assert (one.party(scope) == other.party(scope)) is shared[scope]


def test_the_names_of_parties_of_different_sorts_never_meet() -> None:
    actor = Actor(uuid4(), Role.DEPUTY, frozenset({3}), uuid4(), 3)
    names = {
        actor.party(scope) for scope in (Scope.SUBMITTED, Scope.MATCHED, Scope.RECEIVING, Scope.ADDRESSED)
    }
    assert len(names) == 4
    assert str(NOBODY) not in names


def test_the_mark_is_always_true_and_carries_no_value() -> None:
    sql, params = ScopeMark().as_sql(None, None)
    assert rls.MARK in sql
    assert sql.startswith("1=1")
    assert params == ()
    assert Projections.__iter__ is not Projections.__base__.__iter__


# What is written for PostgreSQL.


@pytest.mark.parametrize("model", protected_models(), ids=lambda model: model._meta.db_table)
def test_each_policy_is_whole_and_names_its_own_table(model: Any) -> None:
    text = rls_sql.policy(model)
    assert text.count(f'ON "{model._meta.db_table}"') == 8
    for verb in ("SELECT", "INSERT", "UPDATE", "DELETE"):
        assert f"FOR {verb}" in text
    assert text.count("(") == text.count(")")
    assert "None" not in text
    assert "{" not in text


def test_a_policy_without_a_known_column_cannot_be_written() -> None:
    class Access:
        dossier = "no_such_column"

    model = next(iter(protected_models()))
    with pytest.raises(StopIteration):
        rls_sql.using(Kind.INTAKE, Columns(Access), model)


def test_the_application_gets_rows_and_never_the_tables_themselves() -> None:
    text = rls_sql.grants("gib_app")
    for verb in ("CREATE", "TRUNCATE", "REFERENCES", "TRIGGER", "ALL PRIVILEGES", "OWNER"):
        assert verb not in text.upper().replace("ALL TABLES", "").replace("ALL SEQUENCES", "")
    assert text.count("gib_app") == 3


def test_a_context_of_yesterday_is_another_context() -> None:
    actor = house("test")
    days = {rls.context(actor, TODAY - timedelta(days=back)).split("|")[5] for back in range(3)}
    assert days == {"2011-01-11", "2011-01-10", "2011-01-09"}
