"""Whose term is over: dossiers, referrals that led nowhere, and volunteers who left. Numbers, no names."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from operator import attrgetter
from typing import Any, Final
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from gib.care.handover.domain import SafetyState
from gib.care.handover.models import SafetyCase
from gib.care.referral.models import Referral
from gib.care.trajectory.models import Trajectory
from gib.core.access import rls
from gib.core.access.actor import Actor, house
from gib.core.access.rows import ScopedModel, ScopedQuerySet
from gib.core.access.tables import P
from gib.core.access.together import ask
from gib.people.families.models import number_of
from gib.people.partners.models import NOBODYS_UNTIL, legal_value
from gib.people.volunteers.domain.erasure import kept_until
from gib.people.volunteers.models import Volunteer
from gib.people.volunteers.models.erasure import kept_years, longer_gone, unsettled
from gib.portal.domain import ErasureState, HoldKind, last_kept_day
from gib.portal.models import ErasureRequest, LegalHold

#: So many of each kind are listed, the longest due first; when there are more, the page says so.
MOST: Final = 200


class DueKind(StrEnum):
    """What should be erased."""

    DOSSIER = "dossier"
    REFERRAL = "referral"
    VOLUNTEER = "volunteer"


@dataclass(frozen=True)
class Due:
    """Something that was to be kept up to and including `kept_on`.

    `asked_id` is the question to erase it that waits for an answer; `hold` says why it must stay and
    `held_until` how long; `is_owed` tells that money of a volunteer waits.
    """

    kind: DueKind
    id: UUID
    team_id: int
    ended_on: date
    kept_on: date
    asked_id: UUID | None = None
    hold: HoldKind | None = None
    held_until: date | None = None
    is_owed: bool = False

    @property
    def number(self) -> str:
        """The short number of the dossier or of the volunteer."""
        return number_of(self.id)

    @property
    def is_free(self) -> bool:
        """Whether somebody can act now: it need not stay, and nobody asked to erase it yet."""
        return self.asked_id is None and self.hold is None and not self.is_owed


def listed(actor: Actor, on: date) -> list[Due]:
    """List what is due in the teams of this actor, the longest due first; for the project leader all teams.

    A dossier with an open suspicion is left out: it stays by itself, and who may not know of the suspicion
    does not learn of it here.

    Source: RET-01, RET-03, RET-05, VOL-03.
    """
    if not actor.may(P.ANSWER_ERASURE):
        return []
    with rls.acting_as(actor if actor.may(P.ASK_ERASURE) else house("erasure"), on):
        over, ended, gone = ask([_over(actor, on), _ended(actor, on), _gone(actor, on)])
        asked, held, owed = ask(
            [
                _rows(ErasureRequest, actor, on).filter(state=ErasureState.ASKED),
                _rows(LegalHold, actor, on).filter(to_on__gte=on).order_by("to_on"),
                unsettled([row.id for row in gone], on),
            ]
        )
    found = [*_dossiers(over, ended, on), *_volunteers(gone, {row.volunteer_id for row in owed}, on)]
    return _marked(sorted(found, key=attrgetter("kept_on", "number")), asked, held)


def is_more(found: Iterable[Due]) -> bool:
    """Tell whether more of some kind is due than the list shows."""
    return any(number > MOST for number in Counter(each.kind for each in found).values())


def _rows(model: type[ScopedModel], actor: Actor, on: date) -> ScopedQuerySet:
    """Give the rows of the teams of who may ask, and of all teams to who only answers; nothing erased."""
    if actor.may(P.ASK_ERASURE):
        return model.of_team(actor, on)
    return model.for_house("erasure", on).exclude(team__valid_to=NOBODYS_UNTIL)


def _without(rows: ScopedQuerySet, *others: ScopedQuerySet) -> ScopedQuerySet:
    """Leave out the rows of a dossier of which another question finds rows too."""
    for other in others:
        rows = rows.filter(~Exists(other.filter(dossier_id=OuterRef("dossier_id"))))
    return rows


def _suspected(actor: Actor, on: date) -> ScopedQuerySet:
    return _rows(SafetyCase, actor, on).exclude(state=SafetyState.CLOSED)


def _over(actor: Actor, on: date) -> ScopedQuerySet:
    """Ask for the last trajectory of each dossier, when it closed longer ago than the term."""
    rows = _rows(Trajectory, actor, on)
    later = Q(closed_on__isnull=True) | Q(closed_on__gt=OuterRef("closed_on"))
    before = last_kept_day(on, -legal_value("dossier_retention", on))
    old = rows.filter(closed_on__lt=before).order_by("closed_on")
    return _without(old, rows.filter(later), _suspected(actor, on))[: MOST + 1]


def _ended(actor: Actor, on: date) -> ScopedQuerySet:
    """Ask for the last referral of each dossier without a trajectory, when it ended longer ago than the term.

    A mother who asked not to be approached before a day is kept until then.
    """
    rows = _rows(Referral, actor, on)
    later = Q(ended_on__isnull=True) | Q(ended_on__gt=OuterRef("ended_on"))
    before = on - timedelta(weeks=legal_value("referral_destroy", on))
    old = rows.filter(ended_on__lt=before).exclude(not_before_on__gte=on).order_by("ended_on")
    began = _rows(Trajectory, actor, on)
    return _without(old, rows.filter(later), began, _suspected(actor, on))[: MOST + 1]


def _gone(actor: Actor, on: date) -> ScopedQuerySet:
    return longer_gone(_rows(Volunteer, actor, on), on)[: MOST + 1]


def _dossiers(over: Iterable[Any], ended: Iterable[Any], on: date) -> list[Due]:
    years = legal_value("dossier_retention", on)
    term = timedelta(weeks=legal_value("referral_destroy", on))
    rows = [(DueKind.DOSSIER, row, row.closed_on, last_kept_day(row.closed_on, years)) for row in over]
    rows += [(DueKind.REFERRAL, row, row.ended_on, row.ended_on + term) for row in ended]
    known = {row.dossier_id: Due(kind, row.dossier_id, row.team_id, *days) for kind, row, *days in rows}
    return list(known.values())


def _volunteers(gone: Iterable[Any], owed: set[UUID], on: date) -> list[Due]:
    years = kept_years(on)
    return [
        Due(
            DueKind.VOLUNTEER,
            row.id,
            row.team_id,
            row.left_on,
            kept_until(row.left_on, years),
            is_owed=row.id in owed,
        )
        for row in gone
    ]


def _marked(found: Iterable[Due], asked: Iterable[Any], held: Iterable[Any]) -> list[Due]:
    """Write beside each dossier the question that waits, and the hold that lasts longest."""
    waits = {row.dossier_id: row.id for row in asked}
    stays = {row.dossier_id: (HoldKind(row.kind), row.to_on) for row in held}
    return [
        replace(each, asked_id=waits.get(each.id), hold=hold, held_until=until)
        for each in found
        for hold, until in [stays.get(each.id, (None, None))]
    ]
