"""Row-level security for PostgreSQL, written from the same table as the scopes."""

from typing import Any, Final

from django.db.backends.base.base import BaseDatabaseWrapper

from gib.core.access import rls
from gib.core.access.owners import OWNERS
from gib.core.access.rows import Columns, ScopedModel, protected_models
from gib.core.access.tables import INVOLVED, READS_ONLY, SEES, Kind, Role, Scope

_KEY_TABLE: Final = """
CREATE EXTENSION IF NOT EXISTS pgcrypto;
CREATE TABLE IF NOT EXISTS gib_secret (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    value bytea NOT NULL
);
"""

#: `gib_key` says that it never changes, so that a session reads it once and not for each list of a page. That
#: holds until the functions are written anew, which is why a new secret is written before them.
_FUNCTIONS: Final = """
CREATE OR REPLACE FUNCTION gib_key() RETURNS bytea LANGUAGE plpgsql IMMUTABLE
SET search_path = public, pg_temp AS $body$
BEGIN
    RETURN (SELECT value FROM gib_secret);
END $body$;
REVOKE ALL ON FUNCTION gib_key() FROM PUBLIC;

CREATE OR REPLACE FUNCTION gib_ctx() RETURNS text[] LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $body$
DECLARE
    raw text := current_setting('gib.ctx', true);
    cut int;
    parts text[];
BEGIN
    IF raw IS NULL OR raw = '' THEN RETURN NULL; END IF;
    cut := length(raw) - 64;
    IF cut < 2 THEN RETURN NULL; END IF;
    IF encode(hmac(convert_to(left(raw, cut - 1), 'UTF8'), gib_key(), 'sha256'), 'hex')
       <> right(raw, 64) THEN RETURN NULL; END IF;
    parts := string_to_array(left(raw, cut - 1), '|');
    IF to_timestamp(parts[7]::bigint) < clock_timestamp() THEN RETURN NULL; END IF;
    RETURN parts;
END $body$;

CREATE OR REPLACE FUNCTION gib_teams(roles text[]) RETURNS bigint[] LANGUAGE plpgsql STABLE
SET search_path = public, pg_temp AS $body$
DECLARE
    parts text[] := gib_ctx();
BEGIN
    IF parts[2] = ANY(roles) THEN RETURN string_to_array(nullif(parts[3], ''), ',')::bigint[]; END IF;
    RETURN NULL;
END $body$;
"""

_INVOLVED: Final = """
CREATE OR REPLACE FUNCTION gib_involved(sort text, roles text[]) RETURNS uuid[] LANGUAGE plpgsql STABLE
SET search_path = public, pg_temp AS $body$
DECLARE
    parts text[] := gib_ctx();
    who text := CASE sort {parties} END;
    today date := parts[6]::date;
BEGIN
    IF parts[2] = ANY(roles) THEN RETURN ARRAY(
        SELECT i.dossier_id FROM "{table}" i WHERE i.kind = sort AND i.party = who
        AND i.from_on <= today AND (i.to_on IS NULL OR i.to_on >= today));
    END IF;
    RETURN NULL;
END $body$;
"""

_EMERGENCY: Final = """
CREATE OR REPLACE FUNCTION gib_emergency(roles text[]) RETURNS uuid LANGUAGE plpgsql STABLE
SET search_path = public, pg_temp AS $body$
DECLARE
    parts text[] := gib_ctx();
BEGIN
    IF parts[2] = ANY(roles) THEN RETURN (
        SELECT e.dossier_id FROM "{table}" e WHERE e.id = nullif(parts[8], '')::uuid
        AND e.user_id = parts[1]::uuid AND e.ended_at IS NULL AND e.until_at > statement_timestamp());
    END IF;
    RETURN NULL;
END $body$;
"""

#: Under which name a reader is a party of an involvement, per kind; `Actor.party` writes the same.
_PARTY: Final = {
    Scope.SUBMITTED: "parts[1]",
    Scope.RECEIVING: "'team:' || coalesce(nullif(split_part(parts[3], ',', 1), ''), '0')",
    Scope.MATCHED: "parts[4]",
    Scope.STANDING_IN: "parts[4]",
    Scope.ADDRESSED: "'partner:' || parts[5]",
    Scope.INVITED: "'partner:' || parts[5]",
}

#: In this order: most rows are of a team, and the house itself seldom asks.
_ORDER: Final = sorted(Scope, key=lambda scope: (scope is Scope.ALL, scope is not Scope.OWN_TEAM))
_PARTNER: Final = "(SELECT nullif((gib_ctx())[5], '')::bigint)"
_USER: Final = "(SELECT (gib_ctx())[1]::uuid)"
_SELF: Final = "(SELECT coalesce(nullif((gib_ctx())[4], ''), (gib_ctx())[1])::uuid)"
_TODAY: Final = "(SELECT (gib_ctx())[6]::date)"


def install(connection: BaseDatabaseWrapper, app_role: str) -> None:
    """Write grants, functions and policies; the owner of the tables runs this after each migration.

    The stores of the keys and the log hold no dossier rows: there only the grants are written.
    """
    with connection.cursor() as cursor:
        cursor.execute(grants(app_role))
        if connection.alias != "default":
            return
        write_key(cursor, app_role)
        parties = " ".join(f"WHEN '{scope}' THEN {party}" for scope, party in _PARTY.items())
        cursor.execute(_INVOLVED.format(parties=parties, table=OWNERS["involvement"]._meta.db_table))
        cursor.execute(_EMERGENCY.format(table=OWNERS["emergency"]._meta.db_table))
        for model in protected_models():
            cursor.execute(policy(model))


def write_key(cursor: Any, app_role: str) -> None:
    """Write the key that signs contexts, then what checks them: sessions that are open take the new key."""
    cursor.execute(_KEY_TABLE)
    cursor.execute(
        "INSERT INTO gib_secret (value) VALUES (%s)"
        " ON CONFLICT (only_row) DO UPDATE SET value = excluded.value",
        [rls.secret()],
    )
    cursor.execute(f"REVOKE ALL ON gib_secret FROM PUBLIC, {app_role}")
    cursor.execute(_FUNCTIONS)


def grants(app_role: str) -> str:
    """Give the application role what it needs: rows, never the tables themselves."""
    return f"""
    GRANT USAGE ON SCHEMA public TO {app_role};
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {app_role};
    GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {app_role};
    """


def policy(model: type[ScopedModel]) -> str:
    """Write the policies of one table."""
    table = model._meta.db_table
    sees = using(model.Access.kind, Columns(model.Access), model)
    known = "(SELECT gib_ctx()) IS NOT NULL"
    reading = ", ".join(f"'{role}'" for role in sorted(READS_ONLY))
    writes = f"(SELECT (gib_ctx())[2]) NOT IN ({reading})"
    return f"""
    ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY;
    DROP POLICY IF EXISTS gib_read ON "{table}";
    DROP POLICY IF EXISTS gib_add ON "{table}";
    DROP POLICY IF EXISTS gib_change ON "{table}";
    DROP POLICY IF EXISTS gib_remove ON "{table}";
    CREATE POLICY gib_read ON "{table}" FOR SELECT USING ({sees});
    CREATE POLICY gib_add ON "{table}" FOR INSERT WITH CHECK ({known} AND {writes});
    CREATE POLICY gib_change ON "{table}" FOR UPDATE USING ({writes} AND ({sees})) WITH CHECK ({known});
    CREATE POLICY gib_remove ON "{table}" FOR DELETE USING ({writes} AND ({sees}));
    """


def using(kind: Kind, columns: Columns, model: Any) -> str:
    """Write who sees a row of one kind, one line per scope."""
    seen = _by_scope(kind, tuple(Role))
    lines = [_narrowed(_line(scope, roles, columns, model), roles, model) for scope, roles in seen.items()]
    return "\n        OR ".join(lines)


def _narrowed(line: str, roles: list[Role], model: Any) -> str:
    """Add to a line what the table itself says about its roles, as `narrowed` says it to the scope.

    `Access.narrow` maps a role to a condition, with `{user}`, `{me}` (as a volunteer) and `{partner}` for who
    reads and `{since}` for the first of the `Access.sight_days` before today. A protected table in it is
    narrowed by its own policy; whose rows are looked for is said besides, or all rows are tried one by one.
    A line holds for its own roles only, so what is said about another asks the context nothing.
    """
    narrow: dict[Role, str] = getattr(model.Access, "narrow", {})
    since = f"{_TODAY} - {getattr(model.Access, 'sight_days', 0)}"
    for role in (role for role in roles if role in narrow):
        written = narrow[role].format(partner=_PARTNER, user=_USER, me=_SELF, since=since)
        line = f"({line}) AND ((SELECT (gib_ctx())[2]) <> '{role}' OR ({written}))"
    return f"({line})"


def _by_scope(kind: Kind, among: tuple[Role, ...]) -> dict[Scope, list[Role]]:
    """Give by which scopes some roles see rows of a kind."""
    seen = {scope: [r for r in among if scope in SEES[r].get(kind, frozenset())] for scope in _ORDER}
    return {scope: roles for scope, roles in seen.items() if roles}


def _line(scope: Scope, roles: list[Role], columns: Columns, model: Any) -> str:
    listed = ", ".join(f"'{role}'" for role in roles)
    if scope is Scope.OWN_TEAM:
        # One question to the context instead of two: each asks the key that signs it.
        return f"{_column(model, columns.team)} = ANY((SELECT gib_teams(ARRAY[{listed}]))::bigint[])"
    if scope is Scope.DOSSIER:
        return _of_dossier(roles, columns, model)
    if scope in INVOLVED:
        involved = f"(SELECT gib_involved('{scope}', ARRAY[{listed}]))::uuid[]"
        return f"{_column(model, columns.dossier)} = ANY({involved})"
    if scope is Scope.EMERGENCY:
        return f"{_column(model, columns.dossier)} = (SELECT gib_emergency(ARRAY[{listed}]))"
    return f"((SELECT (gib_ctx())[2]) IN ({listed}) AND {_row(scope, columns, model)})"


def _of_dossier(roles: list[Role], columns: Columns, model: Any) -> str:
    """Write that the dossier of a row exists for some roles: by its team, or as any row of that dossier."""
    dossiers: Any = OWNERS["dossier"]
    lines = []
    for scope, who in _by_scope(dossiers.Access.kind, tuple(roles)).items():
        if scope is Scope.OWN_TEAM:
            ours = _line(scope, who, Columns(dossiers.Access), dossiers)
            table = f'SELECT id FROM "{dossiers._meta.db_table}" WHERE {ours}'
            lines.append(f"{_column(model, columns.dossier)} IN ({table})")
        else:
            lines.append(_line(scope, who, columns, model))
    return " OR ".join(lines)


def _row(scope: Scope, columns: Columns, model: Any) -> str:
    return "true" if scope is Scope.ALL else f"{_column(model, columns.own)} = {_SELF}"


def _column(model: Any, name: str) -> str:
    field = next(field for field in model._meta.concrete_fields if name in (field.name, field.attname))
    return f'"{field.column}"'
