"""What an engine keeps of a plain question is what the framework would have written, never whom it is for."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Count, F, Q
from django.db.models.sql.compiler import SQLCompiler

from gib.core.access.actor import Actor, house
from gib.core.access.backends.plain import PlainCompiler
from gib.core.access.rows import protected_models
from gib.core.access.statements import Day
from gib.core.access.tables import Role
from gib.core.journal.models import Delivery
from gib.people.families.models import Child, Dossier, Involvement, Participant
from gib.people.partners.models import LegalParameter, Prison, Team

pytestmark = pytest.mark.django_db(databases="__all__")
TODAY = date(2011, 1, 11)
HOUSE = house("test")
COORDINATOR = Actor(uuid4(), Role.COORDINATOR, frozenset({1, 2}))


def _written(rows: Any, compiler: type[SQLCompiler], **how: Any) -> Any:
    query = rows.query.clone()
    try:
        text, params = compiler(query, connection, connection.alias).as_sql(**how)
    except EmptyResultSet:
        return None
    return text, tuple(params)


def _agrees(rows: Any) -> None:
    for how in ({}, {"with_col_aliases": True}):
        expected = _written(rows, SQLCompiler, **how)
        for _turn in range(3):
            assert _written(rows, PlainCompiler, **how) == expected


def test_a_connection_writes_with_it() -> None:
    assert isinstance(Prison.objects.all().query.get_compiler(connection.alias), PlainCompiler)
    updating = connection.ops.compiler("SQLUpdateCompiler")
    assert not issubclass(updating, PlainCompiler), "a change is written by the framework"


@pytest.mark.parametrize("model", protected_models(), ids=lambda model: model.__name__)
def test_every_table_is_read_as_the_framework_reads_it(model: Any) -> None:
    for actor in (HOUSE, COORDINATOR):
        rows = model.visible_to(actor, TODAY)
        _agrees(rows)
        _agrees(rows.filter(pk=uuid4()))
        _agrees(rows.order_by("-pk")[:5])
        _agrees(model.objects.order_by("pk").reverse())


def _questions() -> dict[str, Any]:
    mothers = Participant.visible_to(HOUSE, TODAY)
    return {
        "an order of its table": LegalParameter.objects.all(),
        "an order turned round": LegalParameter.objects.reverse(),
        "no order": Prison.objects.order_by(),
        "two columns, one of them downwards": Delivery.objects.order_by("-due_at", "pk"),
        "a key of another table": mothers.order_by("team_id"),
        "another table itself": mothers.order_by("team"),
        "a column of another table": mothers.order_by("team__prison_id", "id"),
        "an expression": Delivery.objects.order_by(F("done_at").desc(nulls_last=True)),
        "by chance": Prison.objects.order_by("?"),
        "other tables read along": Team.objects.select_related("prison"),
        "some columns": Prison.objects.only("name"),
        "without some columns": mothers.defer("version"),
        "values": Prison.objects.values("code", "name").order_by("name"),
        "lists": Prison.objects.values_list("code", flat=True),
        "sums": Team.objects.annotate(many=Count("id")).order_by("many"),
        "a filter over another table": Team.objects.filter(prison__name="x").order_by("id"),
        "once each": Team.objects.filter(Q(prison__name="x") | Q(prison__name="y")).distinct(),
        "one in another": Child.visible_to(HOUSE, TODAY).filter(
            dossier_id__in=mothers.filter(pk=uuid4()).values("dossier_id")
        ),
        "rows that are not": Dossier.visible_to(HOUSE, TODAY).exclude(team__prison_id="x"),
        "two together": Prison.objects.order_by().union(Prison.objects.order_by(), all=True),
        "a slice": Prison.objects.order_by("name")[2:4],
        "words of its own": Prison.objects.extra(select={"one": "1"}),
    }


@pytest.mark.parametrize("name", _questions())
def test_a_question_is_written_as_the_framework_writes_it(name: str) -> None:
    rows = _questions()[name]
    expected = _written(rows, SQLCompiler)
    assert expected
    for _turn in range(3):
        assert _written(rows, PlainCompiler) == expected


def test_what_is_kept_holds_no_condition() -> None:
    one, other = (Dossier.visible_to(HOUSE, TODAY).filter(pk=uuid4()) for _ in range(2))
    (text, first), (same, second) = (_written(each, PlainCompiler) for each in (one, other))
    assert text == same
    assert first != second
    kept = repr(connection.ops.written.values())
    assert not any(str(value) in kept for value in (*first, *second) if len(str(value)) > 8)


def test_rows_come_as_the_same_values_each_time() -> None:
    row = Delivery.objects.create(
        happening_id=uuid4(), handler="x.y", due_at=datetime(2011, 1, 11, tzinfo=UTC)
    )
    for _turn in range(3):
        found = Delivery.objects.get(pk=row.pk)
        assert (found.happening_id, found.due_at, found.done_at) == (row.happening_id, row.due_at, None)


# The day of a question that is kept for every day.


def _days(rows: Any) -> list[str]:
    return [str(each) for each in rows.query.sql_with_params()[1] if str(each).startswith("20")]


def test_a_question_is_put_together_once_and_asked_for_each_day() -> None:
    later = TODAY + timedelta(days=40)
    now, then = (Participant.for_action(COORDINATOR, on) for on in (TODAY, later))
    assert now.query.sql_with_params()[0] == then.query.sql_with_params()[0]
    assert set(_days(now)) == {str(TODAY)}
    assert set(_days(then)) == {str(later)}
    assert set(_days(now.filter(pk=uuid4()).order_by("pk")[:3])) == {str(TODAY)}


def test_each_part_of_a_question_keeps_its_own_day() -> None:
    later = TODAY + timedelta(days=40)
    inner = Dossier.visible_to(COORDINATOR, later).values("id")
    rows = Participant.visible_to(COORDINATOR, TODAY).filter(dossier_id__in=inner)
    assert set(_days(rows)) == {str(TODAY), str(later)}


def test_a_question_without_a_day_is_not_asked() -> None:
    from_no_day = Involvement.objects.filter(from_on__lte=Day())
    assert any(isinstance(each, Day) for each in from_no_day.query.sql_with_params()[1])
    with pytest.raises(Exception, match=r"(?i)adapt|type|bind"):
        list(from_no_day)
