"""What the tables promise: keys point down the stack, states are checked, sealed tables have random keys."""

from collections.abc import Iterable, Iterator
from enum import StrEnum

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from gib.core.kernel.flow import Flow, steps
from gib.portal.reference import flows
from tests.architecture.stack import may_know, slice_of

Model = type[models.Model]
UNKNOWN = "unknown"
HERE, LOWER, HIGHER = "gib.care.intake.models", "gib.care.referral.models", "gib.care.handover.models"


def own_models() -> list[Model]:
    """Give every table of the house."""
    return [model for model in apps.get_models() if model.__module__.startswith("gib.")]


def astray(tables: Iterable[Model]) -> Iterator[str]:
    """Find foreign keys that point up the stack, or that give a lower slice a way back."""
    for table in tables:
        for field in (*table._meta.fields, *table._meta.many_to_many):
            here, there = slice_of(table.__module__), _target(field)
            if here is None or there in (None, here):
                continue
            if there == UNKNOWN or not may_know(here, there):
                yield f"{table.__name__}.{field.name} points {'nowhere' if there == UNKNOWN else 'up'}"
            elif not field.remote_field.hidden:
                yield f"{table.__name__}.{field.name} gives {there} a way back"


def _target(field: models.Field) -> str | None:
    """Give the slice that a key points at; a name that no table answers to stays a text."""
    if not field.is_relation:
        return None
    return UNKNOWN if isinstance(field.related_model, str) else slice_of(field.related_model.__module__)


def unchecked_states(tables: Iterable[Model], state_machines: Iterable[Flow[StrEnum]]) -> Iterator[str]:
    """Find stored states that the database does not check."""
    vocabularies = [{str(state) for state in type(flow.start)} for flow in state_machines]
    for table in tables:
        checked = {
            name
            for constraint in table._meta.constraints
            if isinstance(constraint, models.CheckConstraint)
            for name in _names(constraint.condition)
        }
        for field in table._meta.local_fields:
            values = {str(value) for value, _ in field.flatchoices}
            is_state = field.name.endswith(("state", "status")) or values in vocabularies
            if is_state and field.name not in checked:
                yield f"{table.__name__}.{field.name}"


def _names(condition: object) -> Iterator[str]:
    for child in getattr(condition, "children", []):
        if isinstance(child, tuple):
            yield str(child[0]).split("__")[0]
        else:
            yield from _names(child)


def countable_keys(tables: Iterable[Model]) -> Iterator[str]:
    """Find tables with sealed fields whose key tells an order (BSN-04)."""
    for table in tables:
        sealed = any(type(field).__name__.startswith("Sealed") for field in table._meta.fields)
        if sealed and not isinstance(table._meta.pk, models.UUIDField):
            yield table.__name__


def test_foreign_keys_point_down_the_stack() -> None:
    assert list(astray(own_models())) == []


def test_every_stored_state_has_a_check_constraint() -> None:
    assert list(unchecked_states(own_models(), flows().values())) == []


@pytest.mark.requirement("BSN-04")
def test_sealed_tables_have_keys_without_an_order() -> None:
    assert list(countable_keys(own_models())) == []


@pytest.mark.parametrize(
    ("target", "name", "found"),
    [
        (LOWER, "+", []),
        (LOWER, None, ["Planted.other gives care.referral a way back"]),
        (HIGHER, "+", ["Planted.other points up"]),
        (HERE, None, []),
    ],
)
@isolate_apps()
def test_a_planted_foreign_key_is_found(target: str, name: str | None, found: list[str]) -> None:
    class Other(models.Model):
        __module__ = target

        class Meta:
            app_label = "planted"

    class Planted(models.Model):
        __module__ = HERE
        other = models.ForeignKey(Other, models.CASCADE, related_name=name)

        class Meta:
            app_label = "planted"

    assert list(astray([Planted])) == found


@isolate_apps()
def test_a_key_to_a_table_that_does_not_exist_is_found() -> None:
    class Planted(models.Model):
        __module__ = HERE
        other = models.ForeignKey("planted.Missing", models.CASCADE, related_name="+")

        class Meta:
            app_label = "planted"

    assert list(astray([Planted])) == ["Planted.other points nowhere"]


class Light(StrEnum):
    ON = "on"
    OFF = "off"


SWITCH = Flow(Light.OFF, steps({Light.OFF: (Light.ON,)}))


@pytest.mark.parametrize("name", ["state", "lamp"])
@isolate_apps()
def test_a_planted_state_without_a_check_is_found(name: str) -> None:
    field = models.CharField(max_length=3, choices=[(light.value, light.value) for light in Light])
    check = models.CheckConstraint(condition=models.Q(**{f"{name}__in": list(Light)}), name="lit")
    open_meta = type("Meta", (), {"app_label": "planted"})
    closed_meta = type("Meta", (), {"app_label": "planted", "constraints": [check]})
    free = type("Free", (models.Model,), {"__module__": HERE, name: field, "Meta": open_meta})
    held = type("Held", (models.Model,), {"__module__": HERE, name: field.clone(), "Meta": closed_meta})
    assert list(unchecked_states([free, held], [SWITCH])) == [f"Free.{name}"]


@isolate_apps()
def test_a_planted_sealed_table_with_a_counted_key_is_found() -> None:
    class SealedWord(models.TextField):
        pass

    class Counted(models.Model):
        __module__ = HERE
        name = SealedWord()

        class Meta:
            app_label = "planted"

    assert list(countable_keys([Counted])) == ["Counted"]
