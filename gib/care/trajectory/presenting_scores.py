"""How it goes with her as she said it: her scores at the intake and at each review, then and now."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from gib.care.intake.domain import LIFE_AREAS, State
from gib.care.intake.models import Need
from gib.care.trajectory import words
from gib.care.trajectory.domain import EDITION, LISTS
from gib.care.trajectory.models import AreaScore, Review
from gib.core.access.actor import Actor
from gib.core.access.together import Steps, in_steps
from gib.core.ui.charts import Chart, Shift, shifts
from gib.core.ui.words import day


@dataclass(frozen=True)
class Moment:
    """What she answered at one talk; an area that she left open is empty."""

    on: date
    is_intake: bool
    scores: dict[str, int | None]

    @property
    def title(self) -> str:
        """Say at which talk, on which day."""
        return _("Intake, %(day)s") % {"day": day(self.on)} if self.is_intake else day(self.on)


@dataclass(frozen=True)
class Line:
    """One area: its name, and her score at every moment, oldest first."""

    name: str
    scores: list[int | None]


@dataclass(frozen=True)
class Talk:
    """A review at which she may say how it goes, and whether she did."""

    id: UUID
    trajectory_id: UUID
    on: date
    is_scored: bool

    @property
    def when(self) -> str:
        """Say of which day it is."""
        return day(self.on)


@dataclass(frozen=True)
class Own:
    """All moments at which she gave scores, oldest first, and the talks, newest first."""

    moments: list[Moment]
    talks: list[Talk]

    def talk_of(self, trajectory_id: UUID) -> Talk | None:
        """Give the newest talk about one trajectory."""
        return next((talk for talk in self.talks if talk.trajectory_id == trajectory_id), None)

    @cached_property
    def lines(self) -> list[Line]:
        """Her scores by area; an area that she never scored is not there."""
        named = words.QUESTIONS[EDITION]
        found = [
            Line(str(named[area].name), [moment.scores.get(area) for moment in self.moments])
            for area in LISTS[EDITION]
        ]
        return [line for line in found if any(score is not None for score in line.scores)]

    @property
    def titles(self) -> list[str]:
        """Name the moments."""
        return [moment.title for moment in self.moments]

    @property
    def is_alone(self) -> bool:
        """Tell whether there is one moment, so nothing to lay beside it."""
        return len(self.moments) == 1

    @property
    def chart(self) -> Chart:
        """Draw the first and the last moment."""
        rows = [
            Shift(line.name, None if self.is_alone else line.scores[0], line.scores[-1])
            for line in self.lines
        ]
        told = "; ".join(_told(row, self.is_alone) for row in rows)
        return shifts(_("Haar cijfers van 0 tot 5. %(told)s.") % {"told": told}, rows)

    @property
    def legend(self) -> str:
        """Say what the ring and the dot are, with their days."""
        now = {"now": self.moments[-1].title}
        if self.is_alone:
            return _("Stip: %(now)s.") % now
        said = now | {"then": self.moments[0].title}
        return _("Ring: toen (%(then)s). Stip: nu (%(now)s).") % said


def _told(row: Shift, is_alone: bool) -> str:
    left = _("open")
    values = {"name": row.name, "then": row.then, "now": row.now}
    said = {key: left if value is None else value for key, value in values.items()}
    return (_("%(name)s: %(now)s") if is_alone else _("%(name)s: toen %(then)s, nu %(now)s")) % said


@in_steps
def own_of(actor: Actor, dossier_id: UUID, on: date) -> Steps[Own]:
    """Give what she said about her own life, as this reader may see it, in one question."""
    needs = Need.visible_to(actor, on).filter(intake__state=State.COMPLETED, mark__isnull=False)
    rows = (AreaScore.visible_to(actor, on), needs.select_related("intake"), Review.visible_to(actor, on))
    scores, marks, reviews = yield tuple(each.filter(dossier_id=dossier_id) for each in rows)
    given = latest(scores)
    held = [
        Moment(review.held_on, False, given[review.id]) for review in reversed(reviews) if review.id in given
    ]
    moments = [each for each in [*_begun(marks), *held] if _is_scored(each.scores)]
    return Own(
        sorted(moments, key=lambda each: each.on),
        [
            Talk(
                review.id,
                review.trajectory_id,
                review.held_on,
                _is_scored(given.get(review.id, {})),
            )
            for review in reviews
        ],
    )


def latest(scores: Iterable[Any]) -> dict[UUID, dict[str, int | None]]:
    """Give her last answer at each review."""
    found: dict[UUID, dict[str, int | None]] = {}
    # A later answer has every area once more, so it takes the place of the earlier one.
    for row in sorted(scores, key=lambda each: int(each.number)):
        found.setdefault(row.review_id, {})[row.area] = row.score
    return found


def _is_scored(scores: dict[str, int | None]) -> bool:
    return any(score is not None for score in scores.values())


def _begun(marks: Sequence[Any]) -> list[Moment]:
    """Give her marks of the newest complete intake as the moment at which it began."""
    days = [row.intake.completed_on for row in marks]
    if not days:
        return []
    newest = max(days)
    scores = {
        row.area: row.mark for row in marks if row.intake.completed_on == newest and row.area in LIFE_AREAS
    }
    return [Moment(newest, True, scores)]
