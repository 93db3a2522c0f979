"""The demonstration world as the ground of a test: built once in a process, entered in any role."""

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

from django.core.cache import cache
from django.template import engines
from django.test import Client, TestCase
from django.utils import translation

from gib.core.access import rls
from gib.core.access.actor import Actor
from gib.core.access.tables import APPOINTED, Role
from gib.core.journal import outbox
from gib.core.vault.fields import SealedDate, SealedField
from gib.core.vault.models import SealedModel
from gib.core.vault.reads import ReadSet, counting
from gib.people.accounts import builders
from gib.people.accounts.models import Appointment
from gib.portal.demo import world
from gib.portal.demo.people import TODAY, Cast, days_ago
from tests.world.standing import Standing

ROLES = APPOINTED
UNDEFINED = "!!undefined %s!!"


@contextmanager
def as_house(purpose: str = "test") -> Iterator[ReadSet]:
    """See every row and open every seal, for a test that checks what lies there."""
    with counting(ReadSet(purpose=purpose)) as seen, rls.system(purpose, TODAY):
        yield seen


@contextmanager
def strict_templates() -> Iterator[None]:
    """Print a mark for every variable of a template that does not exist; speak Dutch."""
    engine = engines["django"].engine
    before, engine.string_if_invalid = engine.string_if_invalid, UNDEFINED
    with translation.override("nl"):
        try:
            yield
        finally:
            engine.string_if_invalid = before


def seats(role: Role) -> list[Appointment]:
    """Give the appointments of a role, oldest first: the first is of the first team."""
    rows = Appointment.objects.filter(role=role).select_related("user").order_by("pk")
    return list(rows)


def actors() -> list[Actor]:
    """Give everybody with an appointment."""
    return [seat.actor() for role in ROLES for seat in seats(role)]


def enter(seat: Appointment) -> Client:
    """Sign somebody in; a page that fails answers as it would outside."""
    client = Client(raise_request_exception=False, headers={"accept-language": "nl"})
    builders.sign_in(client, seat.user)
    return client


def all_models(base: Any) -> list[Any]:
    """List the concrete models below a base, in the order of their tables."""
    found, waiting = [], list(base.__subclasses__())
    while waiting:
        model = waiting.pop()
        waiting += model.__subclasses__()
        if not model._meta.abstract:
            found.append(model)
    return sorted(set(found), key=lambda model: model._meta.db_table)


def rows_of(model: Any) -> Iterable[Any]:
    """Give every row of a table, protected or not, with its keys opened; the caller is the house."""
    if hasattr(model, "for_house"):
        return list(model.for_house("test", TODAY).unlocked())
    return list(model._base_manager.all())


def sealed_values() -> Iterator[tuple[str, Any]]:
    """Give every sealed value of the world with the place where it lies; the caller is the house."""
    for model in all_models(SealedModel):
        fields = [field for field in model._meta.concrete_fields if isinstance(field, SealedField)]
        for row in rows_of(model) if fields else []:
            for field in fields:
                if value := getattr(row, field.attname):
                    yield f"{model._meta.db_table}.{field.attname}", value


def spellings(value: Any) -> Iterator[str]:
    """Give the words under which a sealed value would be recognised: texts, and days in two notations."""
    if isinstance(value, str):
        yield value
    elif hasattr(value, "isoformat"):
        yield from (value.isoformat(), f"{value:%d-%m-%Y}", f"{value.day}-{value.month}-{value.year}")
    elif isinstance(value, dict):
        for part in value.values():
            yield from spellings(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from spellings(part)


def is_day(place: str) -> bool:
    """Tell whether a place holds sealed days."""
    table, _, name = place.partition(".")
    models = {model._meta.db_table: model for model in all_models(SealedModel)}
    return isinstance(models[table]._meta.get_field(name), SealedDate)


SMALL = Standing("small", world.build)


class WorldCase(TestCase):
    """A test that stands on the whole world; what its acts woke has happened."""

    databases = "__all__"
    standing: ClassVar[Standing] = SMALL
    people: Cast
    given: ClassVar[tuple[Any, ...]]

    @classmethod
    def setUpClass(cls) -> None:
        """Go to where the world stands; what the class writes there is undone, as in any test."""
        cache.clear()
        cls.given = cls.enterClassContext(cls.standing.entered())
        super().setUpClass()

    @classmethod
    def setUpTestData(cls) -> None:
        """Name the people of the world, for each test anew."""
        cls.people = cls.given[0]

    def run(self, result: Any = None) -> Any:
        """Run each test in Dutch, with marks for undefined variables, and hush the log."""
        cache.clear()
        # A walk is refused a thousand times; what the log holds is tested by itself.
        logging.disable(logging.CRITICAL)
        try:
            with strict_templates():
                return super().run(result)
        finally:
            logging.disable(logging.NOTSET)

    @contextmanager
    def acting(self) -> Iterator[None]:
        """Let the handlers of acts run at the end, as after a commit."""
        with self.captureOnCommitCallbacks(execute=True):
            yield
        outbox.catch_up(days_ago(0))
