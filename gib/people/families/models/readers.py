"""Questions that other stages ask about a dossier which they reached through their own scope."""

from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db.models import F, Q

from gib.core.access.rows import ScopedModel, ScopedQuerySet
from gib.core.access.together import Steps, begin, first, in_steps
from gib.people.families.models.detention import DetentionEpisode, ExpectedRelease, Placement
from gib.people.families.models.people import Child, Domicile, Participant

ANY_DAY: Final = date(2000, 1, 1)


def rows_of(model: type[ScopedModel], dossier_id: UUID) -> ScopedQuerySet:
    """Give the rows of one dossier in a table, as the context of the caller allows."""
    return model.for_house("family", ANY_DAY).filter(dossier_id=dossier_id)


def on_day(on: date) -> Q:
    """Keep the episodes that cover a day."""
    return Q(from_on__lte=on) & (Q(to_on__isnull=True) | Q(to_on__gte=on))


def at_night(on: date) -> Q:
    """Keep the episodes that last beyond a day: on the day of her release a mother sleeps elsewhere."""
    return Q(from_on__lte=on) & (Q(to_on__isnull=True) | Q(to_on__gt=on))


def participant_of(dossier_id: UUID) -> Participant:
    """Give the mother of a dossier.

    Raises:
        Http404: the dossier does not exist in this context.
    """
    found: Participant = rows_of(Participant, dossier_id).get_or_404()
    return found


def children_of(dossier_id: UUID) -> list[Child]:
    """Give the children of a dossier, oldest known first."""
    return list(oldest_first(rows_of(Child, dossier_id)))


def oldest_first(children: Any) -> Any:
    """Put the oldest known first; parts of a page ask it of one dossier as one question."""
    return children.order_by("birth_year", "known_on", "id")


@in_steps
def open_episode(dossier_id: UUID) -> Steps[DetentionEpisode | None]:
    """Give the detention that goes on, if any; asked beside the last one, it is the same question."""
    episode: DetentionEpisode | None = yield from begin(last_episode, dossier_id)
    return episode if episode and episode.to_on is None else None


def was_detained(dossier_id: UUID, on: date) -> bool:
    """Tell whether she was inside at the end of a day: of a day of release she was free."""
    return bool(rows_of(DetentionEpisode, dossier_id).filter(at_night(on)).exists())


@in_steps
def last_episode(dossier_id: UUID) -> Steps[DetentionEpisode | None]:
    """Give the detention that goes on, or else the latest one."""
    rows = rows_of(DetentionEpisode, dossier_id)
    return first((yield rows.order_by(F("to_on").desc(nulls_first=True), "-from_on")[:1]))


@in_steps
def current_place(dossier_id: UUID, on: date) -> Steps[Placement | None]:
    """Give where she is held on a day, if she is."""
    places = rows_of(Placement, dossier_id).filter(on_day(on)).select_related("prison")
    return first((yield places.order_by("-from_on")[:1]))


@in_steps
def latest_expectation(dossier_id: UUID) -> Steps[ExpectedRelease | None]:
    """Give the newest answer on when she will be free, in the detention that goes on."""
    rows = rows_of(ExpectedRelease, dossier_id).filter(episode__to_on__isnull=True)
    return first((yield rows.order_by("-position")[:1]))


def domicile_of(dossier_id: UUID, on: date) -> Domicile | None:
    """Give where she lives on a day after release; None while she was never released."""
    homes = rows_of(Domicile, dossier_id).filter(on_day(on)).select_related("municipality")
    found: Domicile | None = homes.first()
    return found
