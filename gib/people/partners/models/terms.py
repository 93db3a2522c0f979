"""Terms, ages and thresholds of law and programme as dated rows."""

from datetime import date
from functools import lru_cache
from typing import Any

from django.db import connection, models
from django.db.models import F

from gib.core.access.once import once
from gib.core.kernel.rules import RuleBroken
from gib.people.partners.models.dated import Dated


class LegalParameter(Dated):
    """A term, age or threshold that the chain uses, as a dated row with its source (CMP-02)."""

    key = models.CharField(max_length=40)
    value = models.PositiveIntegerField()
    unit = models.CharField(max_length=12)

    class Meta(Dated.Meta):
        ordering = ["key", F("valid_from").asc(nulls_first=True)]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["key", "valid_from"], name="legalparameter_once"),
        ]


def legal_value(key: str, on: date) -> int:
    """Give a legal parameter as it holds on a day, in the unit of its row.

    Raises:
        RuleBroken: 'term_unknown' when no row holds on that day.
    """
    value = legal_values(on).get(key)
    if value is None:
        raise RuleBroken("term_unknown")
    return value


def legal_values(on: date) -> dict[str, int]:
    """Give the value of every term by key as it holds on a day; one page reads them once."""
    return once(_values, on)


def terms_asked(on: date) -> Any:
    """Ask for the same beside other questions of a page: `dict` makes it of the rows."""
    # The oldest of two that hold stands, as everywhere in order of the table: so it is put in last.
    return terms(on).reverse().values_list("key", "value")


def _values(on: date) -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(*_question(on))
        return dict(cursor.fetchall())


@lru_cache(maxsize=512)
def _question(on: date) -> tuple[str, tuple[Any, ...]]:
    """Write what is asked many times a day once; it is asked each time."""
    asked: tuple[str, tuple[Any, ...]] = terms_asked(on).query.sql_with_params()
    return asked


def terms(on: date) -> Any:
    """Give every term as it holds on a day, in order of key."""
    return LegalParameter.objects.valid(on)


def unconfirmed_terms(on: date) -> list[tuple[str, str]]:
    """Give key and mark of the terms of a day that nobody stands for (CMP-02)."""
    return list(terms(on).unconfirmed().values_list("key", "mark"))
