"""The map of her network as a page shows it: then and now, drawn, in a list, counted, and what changed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gib.care.trajectory import words
from gib.care.trajectory.domain.network import Placed, Ring, changes, sizes
from gib.care.trajectory.models import NetworkMap, NetworkPerson
from gib.core.access.actor import Actor
from gib.core.access.together import Steps, first, in_steps
from gib.core.ui.charts import Chart, rings
from gib.core.ui.words import day


@dataclass(frozen=True)
class Somebody:
    """One person of a drawing."""

    id: UUID
    thread: UUID
    ring: Ring
    name: str
    role: str

    @property
    def told(self) -> str:
        """Name her with her role, once when they are the same."""
        return self.name if self.name == self.role else f"{self.name} ({self.role})"


@dataclass(frozen=True)
class Drawing:
    """One drawing: its day, and who stands where."""

    id: UUID
    on: date
    people: list[Somebody]

    @property
    def when(self) -> str:
        """Say of which day it is."""
        return day(self.on)

    @property
    def placed(self) -> list[Placed]:
        """Give the people as the rules see them."""
        return [Placed(one.thread, one.ring) for one in self.people]

    @property
    def by_ring(self) -> list[tuple[str, list[Somebody]]]:
        """Give the people ring by ring, from the middle outwards."""
        return [(str(words.RINGS[ring]), [one for one in self.people if one.ring is ring]) for ring in Ring]

    @property
    def chart(self) -> Chart:
        """Draw it."""
        said = "; ".join(
            f"{name}: {', '.join(one.told for one in people) or _('niemand')}"
            for name, people in self.by_ring
        )
        label = _("Tekening van %(day)s. %(said)s.") % {"day": self.when, "said": said}
        return rings(label, _("ik"), [(name, [one.name for one in people]) for name, people in self.by_ring])


@dataclass(frozen=True)
class Network:
    """Her drawings: the one she looks back at, the newest one, and all days on which she drew."""

    then: Drawing | None
    now: Drawing | None
    days: list[tuple[UUID, str]]

    @property
    def shown(self) -> list[tuple[str, Drawing]]:
        """Give the drawings that stand beside each other, with their heading."""
        pairs = [(_("Toen"), self.then), (_("Nu"), self.now)]
        return [(title, drawing) for title, drawing in pairs if drawing]

    @property
    def counts(self) -> list[tuple[str, list[int]]]:
        """Count the people ring by ring, then and now."""
        counted = [sizes(drawing.placed) for _title, drawing in self.shown]
        return [(str(words.RINGS[ring]), [each[ring] for each in counted]) for ring in Ring]

    @property
    def changes(self) -> list[str]:
        """Say in words who came, who moved and who went."""
        return _told(self.then, self.now) if self.then and self.now else []


def _told(then: Drawing, now: Drawing) -> list[str]:
    names = {one.thread: one.told for one in [*then.people, *now.people]}
    found = changes(then.placed, now.placed)
    return [
        *(_("Erbij: %(name)s.") % {"name": names[thread]} for thread in found.came),
        *(
            _("Andere kring: %(name)s, van “%(old)s” naar “%(new)s”.")
            % {"name": names[thread], "old": words.RINGS[old], "new": words.RINGS[new]}
            for thread, old, new in found.moved
        ),
        *(_("Weg: %(name)s.") % {"name": names[thread]} for thread in found.went),
    ]


@in_steps
def network_of(actor: Actor, dossier_id: UUID, on: date, since: str = "") -> Steps[Network]:
    """Give her newest drawing and the one to look back at: the first, or the one that was chosen."""
    rows = NetworkMap.visible_to(actor, on).filter(dossier_id=dossier_id, is_refused=False)
    maps = yield rows
    if not maps:
        return Network(None, None, [])
    now, then = maps[-1], _look_back(maps[:-1], since)
    shown = [each.id for each in (then, now) if each]
    people = yield NetworkPerson.visible_to(actor, on).filter(map_id__in=shown).opening()
    days = [(each.id, day(each.drawn_on)) for each in maps[:-1]]
    return Network(then and _drawing(then, people), _drawing(now, people), days)


def _look_back(earlier: Sequence[Any], since: str) -> Any:
    """Give the drawing that was chosen, or else the first one; none when there is only one."""
    return next((each for each in earlier if str(each.id) == since), first(earlier))


def _drawing(row: Any, people: Iterable[Any]) -> Drawing:
    own = [_somebody(each) for each in people if each.map_id == row.id]
    return Drawing(row.id, row.drawn_on, sorted(own, key=lambda one: one.told.casefold()))


def _somebody(row: Any) -> Somebody:
    role = str(words.TIES[row.role])
    return Somebody(row.id, row.thread, Ring(row.ring), words.called(row), role)


def told_of(maps: Sequence[Any]) -> str:
    """Say on the plan what there is: how often she drew and when last, or that she did not want to."""
    if not maps:
        return _("Nog niets getekend.")
    last, drawn = maps[-1], sum(not each.is_refused for each in maps)
    if last.is_refused:
        return _("Op %(day)s wilde zij dit niet. Het hoeft niet.") % {"day": day(last.drawn_on)}
    said = {"times": drawn, "day": day(last.drawn_on)}
    told = ngettext(
        "%(times)d keer getekend, op %(day)s.", "%(times)d keer getekend, het laatst op %(day)s.", drawn
    )
    return told % said
