"""Row-level security for PostgreSQL, written from the same table as the scopes."""

from typing import Any, Final

from django.db.backends.base.base import BaseDatabaseWrapper

from gib.core.access import rls
from gib.core.access.owners import OWNERS
from gib.core.access.rows import Columns, ScopedModel, protected_models
from gib.core.access.tables import READS_ONLY, SEES, Kind, Role, Scope

_FUNCTIONS: Final = """
CREATE EXTENSION IF NOT EXISTS pgcrypto;
CREATE TABLE IF NOT EXISTS gib_secret (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    value bytea NOT NULL
);

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
    IF encode(hmac(convert_to(left(raw, cut - 1), 'UTF8'), (SELECT value FROM gib_secret), 'sha256'), 'hex')
       <> right(raw, 64) THEN RETURN NULL; END IF;
    parts := string_to_array(left(raw, cut - 1), '|');
    IF to_timestamp(parts[7]::bigint) < clock_timestamp() THEN RETURN NULL; END IF;
    RETURN parts;
END $body$;
"""

_PARTY: Final = {
    Scope.SUBMITTED: "(SELECT (gib_ctx())[1])",
    Scope.RECEIVING: "(SELECT 'team:' || coalesce(nullif(split_part((gib_ctx())[3], ',', 1), ''), '0'))",
    Scope.MATCHED: "(SELECT (gib_ctx())[4])",
    Scope.ADDRESSED: "(SELECT 'partner:' || (gib_ctx())[5])",
    Scope.INVITED: "(SELECT 'partner:' || (gib_ctx())[5])",
}

_PARTNER: Final = "(SELECT nullif((gib_ctx())[5], '')::bigint)"
_USER: Final = "(SELECT (gib_ctx())[1]::uuid)"
_TODAY: Final = "(SELECT (gib_ctx())[6]::date)"


def install(connection: BaseDatabaseWrapper, app_role: str) -> None:
    """Write grants, functions and policies; the owner of the tables runs this after each migration.

    The stores of the keys and the log hold no dossier rows: there only the grants are written.
    """
    with connection.cursor() as cursor:
        cursor.execute(grants(app_role))
        if connection.alias != "default":
            return
        cursor.execute(_FUNCTIONS)
        cursor.execute(
            "INSERT INTO gib_secret (value) VALUES (%s)"
            " ON CONFLICT (only_row) DO UPDATE SET value = excluded.value",
            [rls.secret()],
        )
        cursor.execute(f"REVOKE ALL ON gib_secret FROM PUBLIC, {app_role}")
        for model in protected_models():
            cursor.execute(policy(model))


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
    sees = _narrowed(using(model.Access.kind, Columns(model.Access), model), model)
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


def _narrowed(sees: str, model: type[ScopedModel]) -> str:
    """Add what a table itself says about some role, as its `for_reader` says it to the scope.

    `Access.narrow` maps a role to a condition, with `{user}` and `{partner}` for who reads and `{since}` for
    the first of the `Access.sight_days` before today. A protected table in it is narrowed by its own policy.
    """
    narrow: dict[Role, str] = getattr(model.Access, "narrow", {})
    since = f"{_TODAY} - {getattr(model.Access, 'sight_days', 0)}"
    for role, condition in narrow.items():
        written = condition.format(partner=_PARTNER, user=_USER, since=since)
        sees = f"({sees}) AND ((SELECT (gib_ctx())[2]) <> '{role}' OR ({written}))"
    return sees


def using(kind: Kind, columns: Columns, model: Any) -> str:
    """Write who sees a row of one kind, one line per scope."""
    lines = []
    for scope in Scope:
        roles = [str(role) for role in Role if scope in SEES[role].get(kind, frozenset())]
        if roles:
            listed = ", ".join(f"'{role}'" for role in roles)
            lines.append(f"((SELECT (gib_ctx())[2]) IN ({listed}) AND {_row(scope, columns, model)})")
    return "\n        OR ".join(lines)


def _row(scope: Scope, columns: Columns, model: Any) -> str:
    if scope is Scope.ALL:
        return "true"
    if scope is Scope.OWN_TEAM:
        teams = "(SELECT string_to_array(nullif((gib_ctx())[3], ''), ','))::bigint[]"
        return f"{_column(model, columns.team)} = ANY({teams})"
    if scope is Scope.SELF:
        own = "(SELECT coalesce(nullif((gib_ctx())[4], ''), (gib_ctx())[1])::uuid)"
        return f"{_column(model, columns.own)} = {own}"
    if scope is Scope.DOSSIER:
        return f'{_column(model, columns.dossier)} IN (SELECT id FROM "{OWNERS["dossier"]._meta.db_table}")'
    if scope is Scope.EMERGENCY:
        return f"""{_column(model, columns.dossier)} IN (
            SELECT e.dossier_id FROM "{OWNERS["emergency"]._meta.db_table}" e
            WHERE e.id = (SELECT nullif((gib_ctx())[8], '')::uuid)
              AND e.user_id = (SELECT (gib_ctx())[1]::uuid)
              AND e.ended_at IS NULL AND e.until_at > statement_timestamp())"""
    return f"""{_column(model, columns.dossier)} IN (
            SELECT i.dossier_id FROM "{OWNERS["involvement"]._meta.db_table}" i
            WHERE i.kind = '{scope}' AND i.party = {_PARTY[scope]}
              AND i.from_on <= {_TODAY}
              AND (i.to_on IS NULL OR i.to_on >= {_TODAY}))"""


def _column(model: Any, name: str) -> str:
    field = next(field for field in model._meta.concrete_fields if name in (field.name, field.attname))
    return f'"{field.column}"'
