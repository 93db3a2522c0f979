"""Who may be put on the list of a morning, in the order of their turn and with the reasons for it."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext as _

from gib.care.products.domain.participation import State as Part
from gib.care.products.models import GroupMeeting, Participation
from gib.care.products.moeder_kind_bezoeken.domain import State
from gib.care.products.moeder_kind_bezoeken.domain.turns import Turn, Waiting, birthday_near, in_turn
from gib.care.products.moeder_kind_bezoeken.models import MeetingChild
from gib.care.products.presenting import names
from gib.core.access.together import asking, begin, gather
from gib.core.ui.words import day
from gib.people.families.models import Child
from gib.people.families.models.lists import releases
from gib.people.partners.domain import Product


def may_apply(request: Any, meeting: GroupMeeting) -> list[tuple[str, str]]:
    """List the children of mothers in this product who are not on the list yet; whose turn it is comes first.

    Beside each child stands why: no place in the row without its reason.
    """
    actor, on = request.actor, request.now.on
    parts = Participation.visible_to(actor, on).filter(
        product=Product.MOEDER_KIND_BEZOEKEN,
        state__in=[Part.PLANNED, Part.RUNNING],
        prison_id=meeting.prison_id,
    )
    part_of = {part.dossier_id: part for part in parts}
    listed: Any = MeetingChild.visible_to(actor, on).filter(meeting_id=meeting.pk)
    taken = {each.child_id for each in listed.coming()}
    children: dict[UUID, list[Any]] = defaultdict(list)
    found = Child.visible_to(actor, on).filter(dossier_id__in=list(part_of)).exclude(pk__in=taken)
    for child in found.order_by("birth_year", "id").unlocked():
        children[child.dossier_id].append(child)
    mothers = names.mothers(request, children)
    wished = {dossier_id: part_of[dossier_id].wished_on for dossier_id in children}
    return [
        (
            f"{part_of[turn.waiting.dossier_id].id}/{child.id}",
            " · ".join([child.first_name, mothers.get(child.dossier_id, ""), *why(turn, child.born_on)]),
        )
        for turn in in_turn(waiting(request, wished, children), meeting.planned_on)
        for child in children[turn.waiting.dossier_id]
    ]


def waiting(request: Any, wished: Mapping[UUID, date], children: Mapping[UUID, list[Any]]) -> list[Waiting]:
    """Tell how long the children of each mother wait.

    Args:
        wished: per dossier the day on which she asked for the visits.
    """
    actor, on = request.actor, request.now.on
    visits = MeetingChild.visible_to(actor, on).filter(
        dossier_id__in=list(children), state=State.RETURNED, inside_at__isnull=False
    )
    latest = visits.order_by().values_list("dossier_id").annotate(last=Max("meeting__planned_on"))
    visited, (_inside, leaves) = gather([asking(latest), begin(releases, actor, on)])
    last = dict(visited)
    return [
        Waiting(
            dossier_id=dossier_id,
            since_on=last.get(dossier_id) or wished[dossier_id],
            has_visited=dossier_id in last,
            release_on=leaves.get(dossier_id),
            births=tuple(child.born_on for child in hers if child.born_on),
        )
        for dossier_id, hers in children.items()
    ]


def why(turn: Turn, born_on: date | None) -> list[str]:
    """Say what gives a child its place in the row; the turn of one child is that of its brothers and sisters.

    Args:
        born_on: the birth date of the child beside whom it is said.
    """
    has_visited, births = turn.waiting.has_visited, [born_on] if born_on else []
    since = _("laatste bezoek %(day)s") if has_visited else _("nog geen bezoek, vroeg het %(day)s")
    said = [since % {"day": day(turn.waiting.since_on)}]
    if turn.beyond_days:
        said.append(_("wacht langer dan %(days)s dagen") % {"days": turn.beyond_days})
    if turn.birthday_on:
        is_own = birthday_near(births, turn.birthday_on) == turn.birthday_on
        birthday = _("verjaardag %(day)s") if is_own else _("verjaardag van broer of zus %(day)s")
        said.append(birthday % {"day": day(turn.birthday_on)})
    if turn.is_nearly_free:
        said.append(_("naar verwachting vrij %(day)s") % {"day": day(turn.waiting.release_on)})
    return said
