"""The phase bar: where a mother is on the line from referral to handover, derived from the facts."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gib.care.handover.models import Handover
from gib.care.intake.models import Intake
from gib.care.products.domain.participation import State as Part
from gib.care.products.models import Participation
from gib.care.referral.models import Referral
from gib.care.trajectory.models import Trajectory
from gib.core.access.actor import Actor
from gib.core.access.together import Steps, abreast, asking, begin, first, in_steps
from gib.core.kernel.clock import Now
from gib.core.ui.words import day
from gib.people.families.models import DetentionEpisode, ExpectedRelease
from gib.people.partners.domain import BRANDS, Product
from gib.people.partners.models import legal_value

NAMES: Final = (
    gettext_lazy("Aangemeld"),
    gettext_lazy("Intake"),
    gettext_lazy("Binnen"),
    gettext_lazy("Naar buiten"),
    gettext_lazy("Thuis"),
    gettext_lazy("Overgedragen"),
)
#: What the bar follows from -> the order in which the newest comes first.
_NEWEST: Final[dict[Any, str]] = {
    DetentionEpisode: "-from_on",
    ExpectedRelease: "-position",
    Referral: "-begun_at",
    Intake: "-begun_on",
    Handover: "-checked_on",
}
REFERRED, INTAKE, INSIDE, TOWARDS, HOME, HANDED_OVER = range(6)


@dataclass(frozen=True)
class Phase:
    """One knot of the line: its name, since or from when, and what is done in it."""

    name: str
    when: str
    what: str
    is_done: bool
    is_current: bool


@dataclass(frozen=True)
class Facts:
    """What the bar follows from; a day that is not known is None.

    `landed_on` is the day on which other help took over from ours.
    """

    referred_on: date | None = None
    heard_on: date | None = None
    started_on: date | None = None
    release_on: date | None = None
    is_released: bool = False
    landed_on: date | None = None
    weeks_near: int = 12

    @property
    def near_on(self) -> date | None:
        """The first day on which the release is near."""
        return self.release_on - timedelta(weeks=self.weeks_near) if self.release_on else None

    @property
    def began_at_home(self) -> bool:
        """Whether she was free already when help began, so that nothing happened inside."""
        return bool(
            self.is_released and self.release_on and self.started_on and self.release_on < self.started_on
        )


def place(facts: Facts, on: date) -> int:
    """Give the current knot: the furthest that the facts have reached."""
    if facts.landed_on:
        return HANDED_OVER
    if facts.started_on is None:
        return INTAKE if facts.heard_on else REFERRED
    if facts.is_released:
        return HOME
    return TOWARDS if facts.near_on and facts.near_on <= on else INSIDE


def days(facts: Facts) -> list[date | None]:
    """Give the day of each knot that is known, none before the one on its left.

    Who is referred shortly before her release comes "near" on the day that help begins, not weeks earlier.
    """
    told = (
        facts.referred_on,
        facts.heard_on,
        facts.started_on,
        facts.near_on,
        facts.release_on,
        facts.landed_on,
    )
    latest = accumulate((each or date.min for each in told), max)
    return [after if own else None for own, after in zip(told, latest, strict=True)]


def whens(facts: Facts) -> tuple[str, ...]:
    """Say the day of each knot, or that it is not known yet."""
    referred, heard, started, near, home, landed = days(facts)
    begun = _("sinds %(day)s") % {"day": day(started)} if started else _("nog niet")
    towards = _("vanaf %(day)s") % {"day": day(near)} if near else _("dag onbekend")
    if facts.began_at_home:
        begun = towards = _("overgeslagen")
    return (
        day(referred),
        day(heard) or _("nog niet"),
        begun,
        towards,
        day(home) or _("dag onbekend"),
        day(landed) or _("nog niet"),
    )


@in_steps
def of(actor: Actor, dossier_id: UUID, now: Now) -> Steps[list[Phase]]:
    """Give the six phases of one dossier, as its reader may see them."""
    parts = Participation.visible_to(actor, now.on).filter(
        dossier_id=dossier_id, state__in=[Part.PLANNED, Part.RUNNING]
    )
    (rows, facts) = yield from abreast(
        [asking(parts.order_by("planned_on")), begin(facts_of, actor, dossier_id, now)]
    )
    here = place(facts, now.on)
    brands = ", ".join(BRANDS[Product(row.product)] for row in rows)
    products = brands if here in (INSIDE, TOWARDS, HOME) else ""
    return [
        Phase(str(name), when, products if at == here else "", at < here, at == here)
        for at, (name, when) in enumerate(zip(NAMES, whens(facts), strict=True))
    ]


@in_steps
def facts_of(actor: Actor, dossier_id: UUID, now: Now) -> Steps[Facts]:
    """Gather the facts of one dossier; what the actor may not see stays unknown."""
    asked = {model: model.visible_to(actor, now.on).filter(dossier_id=dossier_id) for model in _NEWEST}
    asked[Handover] = asked[Handover].filter(checked_on__isnull=False)
    plans: Any = Trajectory.visible_to(actor, now.on).filter(dossier_id=dossier_id)
    found = yield (
        *(rows.order_by(_NEWEST[model])[:1] for model, rows in asked.items()),
        plans.newest_first(),
    )
    episode, expected, referral, intake, handover, plan = map(first, found)
    released_on = _day(episode, "to_on")
    # Help for her debts that began while ours goes on is help beside ours: she is not handed over.
    is_over = released_on is not None and _day(plan, "closed_on") is not None
    return Facts(
        referred_on=_day(referral, "submitted_on"),
        heard_on=_day(intake, "completed_on"),
        started_on=_day(plan, "started_on") or _day(plan, "agreed_on"),
        release_on=released_on or _day(expected, "expected_on"),
        is_released=released_on is not None,
        landed_on=_day(handover, "checked_on") if is_over else None,
        weeks_near=legal_value("release_near_weeks", now.on),
    )


def _day(row: Any, name: str) -> date | None:
    day_of: date | None = getattr(row, name) if row else None
    return day_of
