"""What products put on the page of a dossier and on the start page of a coordinator."""

from typing import Any
from uuid import UUID

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gib.care.products import presenting
from gib.care.products.domain.match import ASKED, LIVE, State
from gib.care.products.models import Contact, Match, Participation, norm, silent_matches
from gib.care.products.moeder_kind_bezoeken import presenting as mornings
from gib.care.products.moedermaatjes.models import progress
from gib.care.products.presenting import names
from gib.core.access.tables import P
from gib.core.access.together import Steps, abreast, begin, first, in_steps, the_one
from gib.core.ui.slots import Task
from gib.core.ui.words import day, hours
from gib.people.partners.domain import Product

_MOST = 30


@in_steps
def parts(request: Any, dossier_id: UUID) -> Steps[SafeString]:
    """Show her products with what comes next, below her plan."""
    may_edit = request.actor.may(P.RUN_PRODUCT)
    found = yield from begin(presenting.parts_of, request.actor, dossier_id, request.now.on, may_edit)
    return render_to_string("products/parts.html", {"parts": found, "dossier_id": dossier_id}, request)


@in_steps
def appointments(request: Any, dossier_id: UUID) -> Steps[SafeString]:
    """Show the visits of a mother, planned and held."""
    rows = Contact.visible_to(request.actor, request.now.on).filter(dossier_id=dossier_id)
    lines = yield from begin(presenting.lines, request, (yield rows[:_MOST].opening()))
    context = {
        "ahead": [line for line in lines if line.is_ahead][::-1],
        "past": [line for line in lines if not line.is_ahead],
        "dossier_id": dossier_id,
        "may_log": request.actor.may(P.LOG_CONTACT),
    }
    return render_to_string("products/appointments.html", context, request)


@in_steps
def next_card(request: Any, dossier_id: UUID) -> Steps[SafeString]:
    """Show the next visit on the rail, or where one is planned."""
    actor, on = request.actor, request.now.on
    rows: Any = Contact.visible_to(actor, on).filter(dossier_id=dossier_id, planned_on__gte=on)
    found = yield rows.ahead().order_by("planned_on", "planned_time")[:1].opening()
    lines = yield from begin(presenting.lines, request, found)
    context = {
        "line": first(lines),
        "place": found[0].place if found else "",
        "dossier_id": dossier_id,
    }
    return render_to_string("products/next_card.html", context, request)


@in_steps
def volunteer_card(request: Any, dossier_id: UUID) -> Steps[SafeString | None]:
    """Show who visits her, on the rail."""
    rows: Any = Match.visible_to(request.actor, request.now.on).filter(dossier_id=dossier_id)
    found = yield rows.live()
    if not found:
        return None
    helpers, *figures = yield from abreast(
        [
            begin(names.volunteers, request, [row.volunteer_id for row in found]),
            *(_figures(request, row) for row in found),
        ]
    )
    told = [(row, helpers.get(row.volunteer_id, ""), said) for row, said in zip(found, figures, strict=True)]
    return render_to_string("products/volunteer_card.html", {"told": told}, request)


def _figures(request: Any, row: Any) -> Steps[str]:
    """Say how many hours a maatje gave and how many months are left; empty for other products."""
    if row.product != Product.MOEDERMAATJES:
        return ""
    parts = yield Participation.visible_to(request.actor, request.now.on).filter(pk=row.participation_id)
    found = yield from begin(progress, the_one(parts), request.now.on)
    if found is None:
        return ""
    told = _("%(given)s van ongeveer %(budget)d uur, nog %(months)d maanden")
    return told % {
        "given": hours(found.minutes),
        "budget": found.budget_hours,
        "months": max(found.months_left, 0),
    }


@in_steps
def visits_today(request: Any) -> Steps[list[Task]]:
    """List the visits of today, by time."""
    actor, on = request.actor, request.now.on
    ahead: Any = Contact.visible_to(actor, on).filter(planned_on=on)
    rows = yield ahead.ahead().order_by("planned_time")[:_MOST].opening()
    mothers = yield from begin(names.mothers, request, [row.dossier_id for row in rows])
    lines = yield from begin(presenting.lines, request, rows)
    return [
        Task(
            who=" · ".join([f"{line.when.split()[-1]}", mothers.get(row.dossier_id, "")]),
            why=" · ".join(part for part in (line.kind, line.who, row.place) if part),
            url=reverse("products:visit", args=[row.id]),
            button=_("Open"),
            tone="busy",
            rank=row.planned_time.hour if row.planned_time else 24,
            dossier_id=row.dossier_id,
        )
        for line, row in zip(lines, rows, strict=True)
    ]


@in_steps
def children_away(request: Any) -> Steps[list[Task]]:
    """List the children that are with us; one that should be home comes first of all."""
    found = yield from begin(mornings.away, request)
    return [
        Task(
            who=mother,
            why=_("%(child)s is nog niet weer thuis. Afgesproken was %(time)s.")
            % {"child": row.child.first_name, "time": f"{row.back_time:%H:%M}"},
            url=reverse("products:morning", args=[row.meeting_id]),
            button=_("Bekijk"),
            tone="stop" if is_late else "busy",
            badge="child.alarm" if is_late else "",
            rank=0 if is_late else 15,
            dossier_id=row.dossier_id,
        )
        for row, mother, is_late in found
    ]


@in_steps
def answers_waiting(request: Any) -> Steps[list[Task]]:
    """List the proposals to which somebody has not answered, or after which nobody planned to meet."""
    actor, on = request.actor, request.now.on
    rows = Match.visible_to(actor, on).filter(state__in=sorted(ASKED)).order_by("proposed_on")
    found = yield rows[:_MOST]
    mothers = yield from begin(names.mothers, request, [row.dossier_id for row in found])
    helpers = yield from begin(names.volunteers, request, [row.volunteer_id for row in found])
    why = {
        State.PROPOSED: _("Beiden hebben nog niet geantwoord."),
        State.VOLUNTEER_AGREED: _("De vrijwilliger zei ja. De moeder nog niet."),
        State.MOTHER_AGREED: _("De moeder zei ja. De vrijwilliger nog niet."),
        State.AGREED: _("Allebei zeiden ja. Plan de kennismaking."),
    }
    return [
        Task(
            who=" en ".join(
                each for each in (mothers.get(row.dossier_id, ""), helpers.get(row.volunteer_id, "")) if each
            ),
            why=f"{why[State(row.state)]} " + _("Gevraagd op %(day)s.") % {"day": day(row.proposed_on)},
            url=reverse("products:match", args=[row.id]),
            button=_("Open"),
            tone="busy",
            badge=f"match.{row.state}",
            rank=50,
            dossier_id=row.dossier_id,
        )
        for row in found
    ]


def logs_to_read(request: Any) -> list[Task]:
    """Say in one row how many accounts wait to be read."""
    rows: Any = Contact.visible_to(request.actor, request.now.on)
    number = rows.unread().count()
    if not number:
        return []
    who = ngettext("%(number)d verslag om te lezen", "%(number)d verslagen om te lezen", number)
    return [
        Task(
            who=who % {"number": number},
            why=_("Van uw vrijwilligers."),
            url=reverse("products:to_read"),
            button=_("Lees"),
            rank=70,
        )
    ]


@in_steps
def logs_overdue(request: Any) -> Steps[list[Task]]:
    """List the visits of which nobody told how they went."""
    actor, on = request.actor, request.now.on
    rows: Any = Contact.visible_to(actor, on)
    found = yield rows.log_overdue(on, norm("log_days", on)).order_by("planned_on")[:_MOST]
    told = _("Het bezoek van %(day)s heeft nog geen verslag.")
    why = {row.id: told % {"day": day(row.planned_on)} for row in found}
    return (yield from _about(request, found, "visit", "visit.log_overdue", why))


@in_steps
def silent(request: Any) -> Steps[list[Task]]:
    """List the matches without contact for longer than three weeks."""
    actor, on = request.actor, request.now.on
    rows = yield Match.visible_to(actor, on).filter(state__in=sorted(LIVE))
    last = yield from begin(silent_matches, rows, on, norm("silent_days", on))
    found = [row for row in rows if row.id in last][:_MOST]
    told = _("Geen contact sinds %(day)s.")
    why = {row.id: told % {"day": day(last[row.id])} for row in found}
    return (yield from _about(request, found, "match", "", why))


def _about(request: Any, found: list[Any], page: str, badge: str, why: dict[UUID, str]) -> Steps[list[Task]]:
    mothers = yield from begin(names.mothers, request, [row.dossier_id for row in found])
    return [
        Task(
            who=mothers.get(row.dossier_id, ""),
            why=why[row.id],
            url=reverse(f"products:{page}", args=[row.id]),
            button=_("Open"),
            tone="warn",
            badge=badge,
            rank=55,
            dossier_id=row.dossier_id,
        )
        for row in found
    ]
