"""Which rows exist for whom, and in which fields: one scope for every protected table."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import nullcontext, suppress
from datetime import date
from functools import lru_cache, partialmethod, reduce
from operator import or_
from typing import Any, ClassVar, Final, Self
from uuid import UUID

from django.core.exceptions import EmptyResultSet, PermissionDenied, ValidationError
from django.db import connection, models
from django.db.models import F, Q, Subquery
from django.db.models.query import ModelIterable
from django.http import Http404

from gib.core.access import rls
from gib.core.access.actor import Actor, house
from gib.core.access.owners import OWNERS
from gib.core.access.statements import Among, Day, Listed, ScopeMark, Sifted, Written, either
from gib.core.access.tables import READS_ONLY, SEES, SHOWS, Kind, Scope
from gib.core.kernel.clock import real_now
from gib.core.vault import boxes
from gib.core.vault.models import SealedModel

_ANY: Final = frozenset(Scope)
_OWN: Final = frozenset({Scope.OWN_TEAM})
_ALWAYS: Final = frozenset({"id", "pk", "dossier_id", "team_id", "version", "box_id"})


class NotShown(PermissionDenied):
    """A field that this role may not see was asked for."""


#: How involvement is asked when nothing else is and it is not best joined. A team is asked to take over a few
#: dossiers; who refers has many, and her rows are found by who wrote them.
_ALONE: Final[Mapping[frozenset[Scope], type[Among]]] = {
    frozenset({Scope.RECEIVING}): Listed,
    frozenset({Scope.SUBMITTED}): Sifted,
}


def scope_of(
    kind: Kind,
    actor: Actor,
    on: date | Day,
    columns: "Columns",
    within: frozenset[Scope] = _ANY,
    ours: tuple[Written, ...] = (),
) -> Q | None:
    """Write the filter of one actor on one kind of rows; None when no row exists for her.

    Args:
        on: the day, or `Day()` for a question that is put on many days.
        within: the scopes that count; what she sees by another one is left out.
        ours: dossiers of which she sees the rows besides. They are one list with those in which she is
            involved: beside an "or" no row is looked up by the dossier that was asked for.
    """
    scopes = SEES[actor.role].get(kind, frozenset()) & within
    found = [_FILTERS[scope](actor, on, columns) for scope in sorted(scopes & set(_FILTERS))]
    involved = scopes - set(_FILTERS)
    if lists := (*ours, *_dossiers_of(actor, on, involved)):
        # For an "or" too, only a list walks an index.
        asks = Listed if found or ours else _ALONE.get(involved, Among)
        found.append(Q(asks(F(columns.dossier), either(lists))))
    return reduce(or_, found) if found else None


@lru_cache(maxsize=1024)
def _dossiers_of(actor: Actor, on: date | Day, scopes: frozenset[Scope]) -> tuple[Written, ...]:
    """Write which dossiers somebody is involved in; an act asks that of every table, with the same words."""
    if not scopes:
        return ()
    episodes: Any = OWNERS["involvement"]
    parties = Q(pk__in=[])
    for scope in sorted(scopes):
        parties |= Q(kind=str(scope), party=actor.party(scope))
    current = Q(from_on__lte=on) & (Q(to_on__isnull=True) | Q(to_on__gte=on))
    found = episodes.objects.filter(parties & current).values("dossier_id")
    return (Written(*found.query.sql_with_params()),)


class Columns:
    """Under which names a table keeps its dossier, its team and its own person."""

    def __init__(self, access: Any) -> None:
        self.dossier: str = getattr(access, "dossier", "dossier_id")
        self.team: str = getattr(access, "team", "team_id")
        self.own: str = getattr(access, "own", "")


def _own(actor: Actor, on: date | Day, columns: Columns) -> Q:
    return Q(**{columns.own: actor.volunteer_id or actor.user_id})


def _of_dossier(actor: Actor, on: date | Day, columns: Columns) -> Q:
    """Keep rows of a dossier that exists: it is of a team of the actor, or seen as any row of it would be."""
    dossiers: Any = OWNERS["dossier"]
    ours: tuple[Written, ...] = ()
    with suppress(EmptyResultSet):
        ours = (Written(*dossiers.of_team(actor, on).values("id").query.sql_with_params()),)
    return scope_of(dossiers.Access.kind, actor, on, columns, _ANY - _OWN, ours) or Q(pk__in=[])


def _in_emergency(actor: Actor, on: date | Day, columns: Columns) -> Q:
    """Open one dossier for one person until a moment, in real time also in a demonstration."""
    looks: Any = OWNERS["emergency"]
    running = looks.objects.filter(pk=actor.emergency_id, user_id=actor.user_id, ended_at__isnull=True)
    return Q(**{f"{columns.dossier}__in": running.filter(until_at__gt=real_now().at).values("dossier_id")})


_FILTERS: Final[dict[Scope, Callable[[Actor, date | Day, Columns], Q]]] = {
    Scope.ALL: lambda actor, on, columns: Q(),
    Scope.OWN_TEAM: lambda actor, on, columns: Q(**{f"{columns.team}__in": sorted(actor.team_ids)}),
    Scope.SELF: _own,
    Scope.DOSSIER: _of_dossier,
    Scope.EMERGENCY: _in_emergency,
}


class ScopedQuerySet(models.QuerySet[Any, Any]):
    """Rows of a protected table; only a scope makes them readable."""

    _reader: tuple[Actor, date] | None = None
    #: By which scopes of her role a reader finds these rows.
    within: frozenset[Scope] = _ANY
    #: Whether the keys of these rows are opened when they are read together with others.
    opens = False

    def visible_to(self, actor: Actor, on: date) -> Self:
        """Keep what exists for this actor; the rows come as projections of what she may see."""
        rows = self.for_reader(actor, on)
        rows._iterable_class = Projections
        return rows

    def for_reader(self, actor: Actor, on: date) -> Self:
        """Keep what exists for this actor, as rows that an action may change."""
        return self._in_scope(actor, on)._put_on(actor, on)

    def narrowed(self, actor: Actor, on: date) -> Self:
        """Keep what the table itself leaves this actor, within her scope: everything, unless it says more."""
        return self

    def _in_scope(self, actor: Actor, on: date | Day) -> Self:
        access = self.model.Access
        scope = scope_of(access.kind, actor, on, Columns(access), self.within)
        return self.none() if scope is None else self.filter(Q(ScopeMark()) & scope)

    def _put_on(self, actor: Actor, on: date) -> Self:
        """Give the question for a day, narrowed as on that day."""
        rows: Any = self.all()
        rows._reader, rows.query.read_on = (actor, on), on
        narrowed: Self = rows.narrowed(actor, on)
        return narrowed

    def get_or_404(self, **lookup: Any) -> Any:
        """Give one row, or 404 as for a stranger.

        Raises:
            Http404: the row does not exist for this actor.
        """
        try:
            return self.get(**lookup)
        except (self.model.DoesNotExist, ValidationError, ValueError) as error:
            raise Http404 from error

    def unlocked(self) -> Self:
        """Open the keys of these rows in one query, before their sealed fields are read."""
        boxes.unlock(_box_of(row) for row in self)
        return self

    def among(self, column: str, values: Iterable[Any]) -> Self:
        """Keep the rows with some values in a column."""
        wanted = list(values)
        rows = self.filter(**{f"{column}__in": wanted})
        return rows.about(wanted) if column == Columns(self.model.Access).dossier else rows

    def found_by(self, column: str, question: Any) -> Self:
        """Keep the rows with one of the answers of another question, which is asked once, before them."""
        return self.filter(Listed(F(column), Subquery(question)))

    def about(self, dossier_ids: Iterable[UUID]) -> Self:
        """Say of which dossiers rows will be kept: none of others is looked up to find out who sees them."""
        rows: Any = self.all()
        rows.query.asked_for = list(dossier_ids)
        found: Self = rows
        return found

    def opening(self) -> Self:
        """Ask for the keys of these rows too, in a step of a page: the keys of all parts are one query."""
        rows = self.all()
        rows.opens = True
        return rows

    def _clone(self) -> Any:
        above: Any = super()
        clone = above._clone()
        clone._reader, clone.opens, clone.within = self._reader, self.opens, self.within
        return clone

    def _in_context(self, name: str, *args: Any, **kwargs: Any) -> Any:
        """Run a query in the reader's context when the request has opened none."""
        needed = self._reader and connection.vendor == "postgresql" and not rls.is_active()
        with rls.acting_as(*self._reader) if needed and self._reader else nullcontext():
            return getattr(super(), name)(*args, **kwargs)

    _fetch_all = partialmethod(_in_context, "_fetch_all")
    count = partialmethod(_in_context, "count")
    exists = partialmethod(_in_context, "exists")
    aggregate = partialmethod(_in_context, "aggregate")


def _box_of(row: Any) -> UUID:
    box: UUID = row.box_id
    return box


class Projections(ModelIterable[Any]):
    """Yields each row as the projection that its reader may see."""

    def __iter__(self) -> Iterator["Shown"]:
        queryset: Any = self.queryset
        actor, _ = queryset._reader
        for row in super().__iter__():
            yield Shown(row, actor)


class Shown:
    """What one actor may see of one row; everything else raises."""

    __slots__ = ("_actor", "_fields", "_row")

    def __init__(self, row: Any, actor: Actor) -> None:
        self._row = row
        self._actor = actor
        self._fields = shown_fields(type(row), actor)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if name not in self._fields:
            raise NotShown(f"{type(self._row).__name__}.{name}")
        value = getattr(self._row, name)
        return Shown(value, self._actor) if isinstance(value, ScopedModel) else value

    def shows(self, group: str) -> bool:
        """Tell whether the fields of a group are in this projection, for a template that leaves them out."""
        return self._fields.issuperset(type(self._row).Access.groups[group])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Shown) and self._row == other._row

    def __hash__(self) -> int:
        return hash(self._row)


def shown_fields(model: type["ScopedModel"], actor: Actor) -> frozenset[str]:
    """Give the names of the fields of a model that a role is shown."""
    return _shown_fields(model, actor.role)


@lru_cache(maxsize=1024)
def _shown_fields(model: Any, role: Any) -> frozenset[str]:
    groups: dict[str, tuple[str, ...]] = model.Access.groups
    allowed = SHOWS[model.Access.kind].get(role, frozenset())
    names = groups if "*" in allowed else [name for name in groups if name in allowed]
    return _ALWAYS.union(*(groups[name] for name in names))


class ScopedModel(SealedModel):
    """A protected row: it declares `class Access` with its kind and its groups of fields."""

    class Meta:
        abstract = True

    class Access:
        """Overridden by each model: kind, groups, and the names of its columns where they differ."""

        kind: ClassVar[Kind]
        groups: ClassVar[dict[str, tuple[str, ...]]]

    objects = ScopedQuerySet.as_manager()

    @classmethod
    def visible_to(cls, actor: Actor, on: date) -> ScopedQuerySet:
        """Give what exists for this actor, as projections."""
        rows = _scoped(cls, actor, on)
        rows._iterable_class = Projections
        return rows

    @classmethod
    def of_team(cls, actor: Actor, on: date) -> ScopedQuerySet:
        """Give what the teams of this actor answer for, as projections: the work of a day.

        A case that she only looks into, such as one that another team asks hers to take over, is left out;
        so one walk of an index by team finds all.
        """
        rows = _scoped(cls, actor, on, _OWN)
        rows._iterable_class = Projections
        return rows

    @classmethod
    def walks(cls, actor: Actor, on: date) -> tuple[ScopedQuerySet, ...]:
        """Give what exists for this actor as questions that each walk one index; a row may be in two."""
        others = _scoped(cls, actor, on, _ANY - _OWN)
        others._iterable_class = Projections
        return cls.of_team(actor, on), others

    @classmethod
    def for_action(cls, actor: Actor, on: date) -> ScopedQuerySet:
        """Give what exists for this actor, as rows to change, locked until the act ends.

        Raises:
            PermissionDenied: this role changes nothing.
        """
        if actor.role in READS_ONLY:
            raise PermissionDenied(actor.role)
        return _scoped(cls, actor, on).select_for_update(of=("self",))

    @classmethod
    def for_house(cls, purpose: str, on: date) -> ScopedQuerySet:
        """Give all rows to a job or command with a purpose; it must run inside `rls.system`."""
        return _scoped(cls, house(purpose), on)


def _scoped(
    model: type[ScopedModel], actor: Actor, on: date, within: frozenset[Scope] = _ANY
) -> ScopedQuerySet:
    """Give the question for what exists for an actor; what follows from it is asked each time.

    A look in an emergency ends at a moment, not with a day: that question is put together anew.
    """
    put = _put.__wrapped__ if actor.emergency_id else _put
    return put(model, actor, on, within, SEES[actor.role].get(model.Access.kind)).all()


@lru_cache(maxsize=2048)
def _put(
    model: Any, actor: Actor, on: date, within: frozenset[Scope], scopes: frozenset[Scope] | None
) -> ScopedQuerySet:
    for_all_days = _for_all_days.__wrapped__ if actor.emergency_id else _for_all_days
    return for_all_days(model, actor, within, scopes)._put_on(actor, on)


@lru_cache(maxsize=2048)
def _for_all_days(
    model: Any, actor: Actor, within: frozenset[Scope], _scopes: frozenset[Scope] | None
) -> ScopedQuerySet:
    rows: ScopedQuerySet = model.objects.all()
    rows.within = within
    return rows._in_scope(actor, Day())


def protected_models() -> list[type[ScopedModel]]:
    """List every concrete protected model of the house."""
    found: list[type[ScopedModel]] = []
    waiting = list(ScopedModel.__subclasses__())
    while waiting:
        model = waiting.pop()
        waiting += model.__subclasses__()
        if not model._meta.abstract:
            found.append(model)
    return sorted(found, key=lambda model: model._meta.db_table)


rls.guard(lambda: {model._meta.db_table for model in protected_models()})
