"""The list of mothers: which, in which order, and what stands beside each name."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db.models import Count

from gib.core.access.actor import Actor
from gib.core.access.together import Steps, abreast, asking, begin, in_steps
from gib.people.families.domain.consent import Validity
from gib.people.families.models.consents import Consent
from gib.people.families.models.detention import DetentionEpisode, ExpectedRelease, Placement
from gib.people.families.models.dossier import Dossier
from gib.people.families.models.people import Child, Participant
from gib.people.families.models.trust import standing, terms_of
from gib.people.partners.models import Prison, terms_asked

#: Stands for "unknown" when mothers are ordered by their expected release: after every known day.
NEVER: Final = date(9999, 12, 31)
#: What the list shows of a mother herself.
_SHOWN: Final = ("dossier", "team", "first_name", "last_name", "languages")


class Listed(NamedTuple):
    """A mother in the list, without her name.

    `leaves_on` is the last answer on when she will be free, empty when it is unknown or she is free;
    `returns` says where she goes, as last known, and `goes_to` which municipality that is.
    """

    dossier_id: UUID
    opened_on: date
    is_inside: bool
    leaves_on: date | None
    returns: str
    goes_to: str | None


class Beside(NamedTuple):
    """What stands beside a mother on a page of the list; without a place she is not inside."""

    place: str = ""
    children: int = 0
    consent: Validity = Validity.NONE


@in_steps
def releases(actor: Actor, on: date) -> Steps[tuple[frozenset[UUID], dict[UUID, date | None]]]:
    """Give which mothers of the actor's teams are detained, and the last answer on when each will be free."""
    inside, answers = yield (
        DetentionEpisode.of_team(actor, on).filter(to_on__isnull=True).values_list("id", "dossier_id"),
        ExpectedRelease.of_team(actor, on).order_by("position").values_list("episode_id", "expected_on"),
    )
    held = dict(inside)
    last = {held[episode]: expected_on for episode, expected_on in answers if episode in held}
    return frozenset(held.values()), last


def returns(actor: Actor, on: date) -> Any:
    """Ask where each mother of the actor's teams goes, or went: dossier, kind and municipality."""
    rows: Any = Participant.of_team(actor, on)
    return rows.values_list("dossier_id", "return_kind", "return_municipality_id")


@in_steps
def mothers(actor: Actor, on: date) -> Steps[list[Listed]]:
    """Give the mothers of the actor's teams, erased ones left out; each table is walked once, by team.

    A join would look each of them up in each table, three blocks a look.
    """
    hers, dossiers, (detained, last) = yield from abreast(
        [
            asking(returns(actor, on)),
            asking(Dossier.of_team(actor, on).filter(erased_on__isnull=True).values_list("id", "opened_on")),
            begin(releases, actor, on),
        ]
    )
    opened = dict(dossiers)
    return [
        Listed(each, opened[each], each in detained, last.get(each), returns, goes_to)
        for each, returns, goes_to in hers
        if each in opened
    ]


def where_they_are(found: Iterable[Listed], where: str) -> list[Listed]:
    """Keep who is detained for "binnen" and who is not for "vrij"; anything else keeps all."""
    kept = {"binnen": (True,), "vrij": (False,)}.get(where, (True, False))
    return [row for row in found if row.is_inside in kept]


def numbers(found: list[Listed]) -> dict[str, int]:
    """Count the mothers of each filter of the list; the empty filter is all of them."""
    return {where: len(where_they_are(found, where)) for where in ("", "binnen", "vrij")}


def page_after(found: list[Listed], by: str, is_down: bool, after: UUID | None, size: int) -> list[Listed]:
    """Give one page and one mother more, beginning after the last dossier of the page before.

    Args:
        by: "open" orders by the day the dossier was opened, "vrij" by the expected release.
    """

    def place(row: Listed) -> tuple[date, UUID]:
        return row.opened_on if by == "open" else row.leaves_on or NEVER, row.dossier_id

    ordered = sorted(found, key=place, reverse=is_down)
    begin = next((at for at, row in enumerate(ordered, 1) if row.dossier_id == after), 0)
    return ordered[begin : begin + size + 1]


@in_steps
def beside(actor: Actor, on: date, dossier_ids: Iterable[UUID]) -> Steps[dict[UUID, tuple[Any, Beside]]]:
    """Read each mother of a page, and what stands beside her name; each table by team, as `mothers` does."""
    ids = frozenset(dossier_ids)
    given: Any = Consent.of_team(actor, on)
    young: Any = Child.of_team(actor, on)
    rows, spots, prisons, children, consents, values = yield (
        Participant.of_team(actor, on).filter(dossier_id__in=ids).only(*_SHOWN).opening(),
        Placement.of_team(actor, on).filter(to_on__isnull=True).values_list("dossier_id", "prison_id"),
        Prison.objects.all(),
        young.order_by().values_list("dossier_id").annotate(number=Count("*")),
        given.supports().filter(dossier_id__in=ids),
        terms_asked(on),
    )
    named = {prison.pk: prison.place for prison in prisons}
    places = {dossier_id: named[prison_id] for dossier_id, prison_id in spots}
    known, terms = dict(children), terms_of(dict(values))
    valid = {row.dossier_id: standing(row, on, terms) for row in consents}
    return {
        row.dossier_id: (
            row,
            Beside(
                places.get(row.dossier_id, ""),
                known.get(row.dossier_id, 0),
                valid.get(row.dossier_id, Validity.NONE),
            ),
        )
        for row in rows
    }
