"""What aftercare gives the dossier page and the start page: who pays, what was asked, what threatens."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gib.care.aftercare import presenting
from gib.care.aftercare.domain import FLOW, State, is_silent
from gib.care.aftercare.models import ActionPoint, FundingRequest, Returning, conferences_of, uncovered
from gib.care.aftercare.models.lists import needs_us, underway
from gib.care.trajectory.models import Cover
from gib.core.access.tables import P
from gib.core.access.together import Steps, abreast, asking, begin, in_steps
from gib.core.ui import states
from gib.core.ui.slots import Task
from gib.core.ui.words import day
from gib.people.families.domain.codes import ReturnKind
from gib.people.families.naming import names_of
from gib.people.partners.models import Municipality

#: Days to the release -> tone and rank of the task.
_NEAR = ((30, "stop", 10), (60, "warn", 30), (90, "rest", 60))
#: Where she goes -> what is in the way of a request; each of them ends where her home is noted.
_LACKS = {
    ReturnKind.UNKNOWN: gettext_lazy("Haar gemeente is niet bekend."),
    ReturnKind.ABROAD: gettext_lazy("In het buitenland betaalt geen gemeente."),
    ReturnKind.NO_FIXED_ADDRESS: gettext_lazy("Zij heeft geen vast adres. Vraag welke gemeente haar helpt."),
}
_WHY = {
    State.DRAFT: gettext_lazy("De aanvraag is nog niet verstuurd."),
    State.QUESTION: gettext_lazy("De gemeente heeft een vraag over de aanvraag."),
    State.REJECTED: gettext_lazy("De gemeente wees de aanvraag af. Zoek iemand anders die betaalt."),
    State.NO_ANSWER: gettext_lazy("De gemeente gaf geen antwoord. Zoek iemand anders die betaalt."),
}


def _money(dossier_id: UUID) -> str:
    return reverse("portal:dossier_tab", args=[dossier_id, "financiering"])


def _facts(request: Any, dossier_id: UUID) -> tuple[Any, Any]:
    """Ask for the covers and the requests of a dossier, newest first."""
    actor, on = request.actor, request.now.on
    covers = Cover.visible_to(actor, on).filter(dossier_id=dossier_id).order_by("-from_on")
    asked = FundingRequest.visible_to(actor, on).filter(dossier_id=dossier_id).select_related("municipality")
    return covers, asked.order_by("-drafted_on", "-id").opening()


def _is_paid(covers: list[Any], on: Any) -> bool:
    return any(row.to_on is None or row.to_on >= on for row in covers)


@in_steps
def tab(request: Any, dossier_id: UUID) -> Steps[SafeString | None]:
    """Show who pays, every request with its trail, and what can be done next."""
    actor, on = request.actor, request.now.on
    if not actor.may(P.REQUEST_FUNDING):
        return None
    planned = conferences_of(actor).filter(held_on__gte=on).order_by("held_on")[:5]
    (covers, asked), meetings = yield _facts(request, dossier_id), planned
    names = {row.municipality_id: str(row.municipality) for row in asked}
    context = {
        "dossier_id": dossier_id,
        "is_paid": _is_paid(covers, on),
        "covers": [
            (presenting.payer(row.payer, names), presenting.period(row.from_on, row.to_on)) for row in covers
        ],
        "rows": [_line(row, on) for row in asked],
        "may_ask": not any(not FLOW.is_final(row.state) for row in asked),
        "meetings": [
            (reverse("aftercare:share", args=[row.pk, dossier_id]), f"{row.partner.name}, {day(row.held_on)}")
            for row in meetings
        ],
    }
    return render_to_string("aftercare/tab.html", context, request)


def _line(row: Any, on: Any) -> dict[str, Any]:
    state = presenting.state_of(row, on)
    when = [
        (_("begonnen"), row.drafted_on),
        (_("gevraagd"), row.submitted_on),
        (_("antwoord voor"), row.due_on if row.state == State.SUBMITTED else None),
        (_("geantwoord"), row.answered_on),
        (_("afgesloten"), row.ended_on),
    ]
    return {
        "title": f"{row.municipality} · {row.number}",
        "url": reverse("aftercare:request", args=[row.id]),
        "state": state,
        "tone": states.find(state).tone,
        "icon": states.find(state).icon,
        "trail": ", ".join(f"{word} {day(on)}" for word, on in when if on),
        "told": presenting.told_of(row),
    }


@in_steps
def card(request: Any, dossier_id: UUID) -> Steps[SafeString | None]:
    """Tell in the rail whether somebody pays, and how the newest request stands."""
    if not request.actor.may(P.REQUEST_FUNDING):
        return None
    covers, asked = yield _facts(request, dossier_id)
    context = {
        "is_paid": _is_paid(covers, request.now.on),
        "until": covers[0].to_on if covers else None,
        "newest": _line(asked[0], request.now.on) if asked else None,
        "url": _money(dossier_id),
    }
    return render_to_string("aftercare/card.html", context, request)


@in_steps
def threatening(request: Any) -> Steps[list[Task]]:
    """List the women who are home, or leave within ninety days, while nobody pays and nothing was asked."""
    actor, on = request.actor, request.now.on
    found, requests = yield from abreast([begin(uncovered, actor, on), asking(underway(actor, on))])
    asked = {row.dossier_id for row in requests}
    rows = [row for row in found if row.dossier_id not in asked]
    names = yield from begin(names_of, actor, on, [row.dossier_id for row in rows])
    return [_threat(row, names.get(row.dossier_id, ""), on) for row in rows]


def _threat(row: Returning, name: str, on: Any) -> Task:
    away = (row.leaves_on - on).days if row.leaves_on else 0
    tone, rank = next((tone, rank) for days, tone, rank in _NEAR if away <= days)
    when = _("Vrij op %(day)s.") % {"day": day(row.leaves_on)} if row.leaves_on else _("Zij is al vrij.")
    ask = _("Niemand betaalt nog en niets is gevraagd.")
    return Task(
        who=name,
        why=f"{when} {ask if row.code else _LACKS[ReturnKind(row.returns)]}",
        url=_money(row.dossier_id) if row.code else reverse("families:home", args=[row.dossier_id]),
        button=_("Vraag aan") if row.code else _("Vul in"),
        tone=tone,
        badge="uncovered",
        rank=rank,
        dossier_id=row.dossier_id,
    )


@in_steps
def waiting(request: Any) -> Steps[list[Task]]:
    """List the requests that wait for the coordinator: silence, questions, a no, and what is urgent."""
    actor, on = request.actor, request.now.on
    rows = [row for row in (yield underway(actor, on)) if needs_us(row, on)]
    named = {row.municipality_id for row in rows if row.state not in _WHY}
    known = dict((yield Municipality.objects.filter(pk__in=named).values_list("pk", "name")))
    names = yield from begin(names_of, actor, on, [row.dossier_id for row in rows])
    return [_waits(row, names.get(row.dossier_id, ""), known.get(row.municipality_id), on) for row in rows]


def _waits(row: Any, name: str, place: str | None, on: Any) -> Task:
    silent = is_silent(row.state, row.due_on, on)
    late = _("%(place)s antwoordde niet voor %(day)s.") % {"place": place, "day": day(row.due_on)}
    urgent = _("Zij is vrij. Bel %(place)s: het antwoord heeft haast.") % {"place": place}
    return Task(
        who=name,
        why=late if silent else str(_WHY.get(State(row.state), urgent)),
        url=reverse("aftercare:request", args=[row.id]),
        button=_("Bekijk"),
        tone="stop" if silent or row.is_urgent else "warn",
        badge=presenting.state_of(row, on),
        rank=(15 if silent else 35) - 10 * row.is_urgent,
        dossier_id=row.dossier_id,
    )


@in_steps
def points(request: Any) -> Steps[list[Task]]:
    """List our own action points from conferences that are due within a week."""
    actor, on = request.actor, request.now.on
    rows = ActionPoint.of_team(actor, on).filter(
        is_ours=True, done_on__isnull=True, due_on__lte=on + timedelta(days=7)
    )
    found = yield rows.order_by("due_on", "id").opening()
    names = yield from begin(names_of, actor, on, [row.dossier_id for row in found])
    return [
        Task(
            who=names.get(row.dossier_id, ""),
            why=row.what,
            url=reverse("aftercare:finish", args=[row.id]),
            button=_("Klaar"),
            tone="stop" if row.due_on < on else "warn",
            badge=day(row.due_on),
            rank=40,
            dossier_id=row.dossier_id,
        )
        for row in found
    ]
