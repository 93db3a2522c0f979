"""A word of its own for every sealed text of the world, and the judge of each answer that shows one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final
from uuid import UUID
from zipfile import ZipFile

from gib.care.referral.models import Referral
from gib.core.access.actor import Actor
from gib.core.access.rows import ScopedModel, shown_fields
from gib.core.access.tables import Role
from gib.core.journal.models import Reading, ReadingSubject
from gib.core.vault.fields import SealedJson, SealedText
from gib.core.vault.models import SealedModel
from gib.people.accounts.models import User
from gib.portal.demo.people import TODAY
from tests.world.base import all_models, as_house, rows_of

_WORD: Final = re.compile(r"zq[0-9a-z]{5}q")
_DIGITS: Final = "0123456789abcdefghijklmnopqrstuvwxyz"
#: Who is shown the names of whom she lets in; everybody is shown her own.
KEEPERS: Final = (Role.PROJECT_LEADER, Role.COORDINATOR)


@dataclass(frozen=True)
class Place:
    """Where a word lies: the table, the field, the row and its box."""

    model: Any
    field: str
    row_id: UUID
    box: UUID

    def __str__(self) -> str:
        return f"{self.model.__name__}.{self.field}"


def word(number: int) -> str:
    """Write a number as a word that occurs nowhere else."""
    signs = ""
    for _ in range(5):
        number, at = divmod(number, len(_DIGITS))
        signs = _DIGITS[at] + signs
    return f"zq{signs}q"


def plant() -> dict[str, Place]:
    """Write a word of its own over every sealed text, and give the place of each."""
    found: dict[str, Place] = {}
    with as_house():
        for model in all_models(SealedModel):
            fields = [field.attname for field in model._meta.concrete_fields if _is_text(field)]
            for row in rows_of(model) if fields else []:
                _overwrite(model, row, fields, found)
    return found


def _is_text(field: Any) -> bool:
    return isinstance(field, SealedText) and not isinstance(field, SealedJson)


def _overwrite(model: Any, row: Any, fields: list[str], found: dict[str, Place]) -> None:
    written = [name for name in fields if getattr(row, name)]
    for name in written:
        # A name needs a beginning that is worth an initial; a short field holds a short word.
        most = model._meta.get_field(name).max_length or 8
        if most >= 8:
            text = word(len(found))
            found[text] = Place(model, name, row.id, row.box_id)
            setattr(row, name, text)
    changed = [name for name in written if getattr(row, name) in found]
    if changed:
        model._base_manager.filter(pk=row.pk).update(
            **{name: model._meta.get_field(name).pre_save(row, False) for name in changed}
        )


def text_of(answer: Any) -> str:
    """Give what an answer says; a workbook is unpacked."""
    content = answer.content
    if not content.startswith(b"PK"):
        return str(content.decode(errors="replace"))
    with ZipFile(BytesIO(content)) as book:
        return " ".join(book.read(name).decode(errors="replace") for name in book.namelist())


class Judge:
    """Tells, for each answer, which words it should not hold."""

    def __init__(self, places: dict[str, Place]) -> None:
        """Keep where each word lies, and who still writes which referral."""
        self.places = places
        self._seen: dict[Any, set[UUID]] = {}
        with as_house():
            self.drafts = {
                (r.id, r.referrer_id) for r in rows_of(Referral) if r.state in ("draft", "returned")
            }

    def faults(self, answer: Any, actor: Actor, since: int, path: str) -> Iterator[str]:
        """Name each word without a line in the reading log or without a rule that permits it.

        Args:
            since: the newest look before the request.
        """
        words = set(_WORD.findall(text_of(answer)))
        read = self._read(since)
        for text in sorted(words & set(self.places)):
            place = self.places[text]
            if place.box not in self._own(actor) and (place.box, place.model._meta.db_table) not in read:
                yield f"{actor.role} {path}: {place} is shown and not logged"
            if not self.permitted(place, actor):
                yield f"{actor.role} {path}: {place} is shown and no rule permits it"
        yield from self._leaks(answer, actor, path)

    def permitted(self, place: Place, actor: Actor) -> bool:
        """Tell whether the tables of access show this field of this row to this actor."""
        if place.model is User:
            return place.row_id == actor.user_id or actor.role in KEEPERS
        if not issubclass(place.model, ScopedModel):
            return False
        if self._is_own_draft(place, actor):
            return True
        return place.field in shown_fields(place.model, actor) and place.row_id in self._rows(
            place.model, actor
        )

    def _is_own_draft(self, place: Place, actor: Actor) -> bool:
        """Tell whether this is what she wrote herself in a referral that she has not sent yet."""
        return place.model is Referral and (place.row_id, actor.user_id) in self.drafts

    def _rows(self, model: Any, actor: Actor) -> set[UUID]:
        key = (model, actor.user_id, actor.role)
        if key not in self._seen:
            self._seen[key] = {row.id for row in model.visible_to(actor, TODAY)}
        return self._seen[key]

    def _leaks(self, answer: Any, actor: Actor, path: str) -> Iterator[str]:
        """Name the words in what outlives an answer: its address, its title and its heads."""
        title = re.search(r"<title>(.*?)</title>", text_of(answer), re.S)
        for place, text in (
            ("address", path),
            ("heads", str(dict(answer.headers))),
            ("title", title.group(1) if title else ""),
            ("session", str(dict(answer.client.session)) if hasattr(answer, "client") else ""),
        ):
            if _WORD.search(text):
                yield f"{actor.role} {path}: a sealed word stands in the {place}"

    def _own(self, actor: Actor) -> set[Any]:
        return {actor.user_id, actor.volunteer_id}

    def _read(self, since: int) -> set[tuple[UUID, str]]:
        subjects = ReadingSubject.objects.filter(reading_id__gt=since)
        return {(row.box_id, table) for row in subjects for table in row.tables}


def newest() -> int:
    """Give the number of the newest look."""
    return Reading.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
