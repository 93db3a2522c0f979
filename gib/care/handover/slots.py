"""What handovers give the dossier page and the start page: needs by urgency, silence, and checks due."""

from datetime import date
from typing import Any
from uuid import UUID

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from gib.care.handover import presenting
from gib.care.handover.domain import Decision, SafetyState, SignalState, Urgency
from gib.care.handover.domain.handovers import BEGUN, WAITING
from gib.care.handover.models import (
    Handover,
    NeedSignal,
    SafetyCase,
    due_of,
    let_go_by_us,
    let_go_without_offer,
    needs_for_us,
    norm,
    triage_days,
    underway,
)
from gib.care.handover.wording import KIND_WORDS
from gib.core.access.tables import P
from gib.core.access.together import Steps, begin, in_steps
from gib.core.ui.slots import Task
from gib.core.ui.words import day
from gib.people.families.naming import names_of

_TONES = {Urgency.UNSAFE: "stop", Urgency.HELP: "warn", Urgency.TALK: "rest"}
_RANKS = {Urgency.UNSAFE: 1, Urgency.HELP: 25, Urgency.TALK: 45}


def _tab(dossier_id: UUID) -> str:
    return reverse("portal:dossier_tab", args=[dossier_id, "signalen"])


@in_steps
def tab(request: Any, dossier_id: UUID) -> Steps[SafeString | None]:
    """Show the needs, the cases of the reporting code and the handovers of a dossier."""
    actor, on = request.actor, request.now.on
    if not actor.may(P.HANDLE_SIGNAL):
        return None
    own = {"dossier_id": dossier_id}
    handovers = Handover.visible_to(actor, on).filter(**own).select_related("provider")
    signals, cases, found, gone = yield (
        NeedSignal.visible_to(actor, on).filter(**own).order_by("closed_on", "-raised_on", "-id").opening(),
        SafetyCase.visible_to(actor, on).filter(**own).order_by("-opened_on", "-id"),
        handovers.order_by("-prepared_on", "-id").opening(),
        let_go_without_offer(actor, on).filter(**own)[:1],
    )
    days, weeks = triage_days(on), presenting.weeks_on(on)
    context = {
        "dossier_id": dossier_id,
        "signals": [presenting.signal(row, on, days) for row in signals],
        "cases": [
            {
                "url": reverse("handover:case", args=[row.id]),
                "state": f"safety.{row.state}",
                "on": row.opened_on,
            }
            for row in cases
        ],
        "handovers": [presenting.handover(row, on, weeks) for row in found],
        "must_offer": bool(gone),
    }
    return render_to_string("handover/tab.html", context, request)


@in_steps
def card(request: Any, dossier_id: UUID) -> Steps[SafeString | None]:
    """Tell in the rail which needs are open."""
    actor, on = request.actor, request.now.on
    if not actor.may(P.HANDLE_SIGNAL):
        return None
    rows: Any = NeedSignal.visible_to(actor, on)
    found = yield rows.open().filter(dossier_id=dossier_id).order_by("raised_on", "id").opening()
    days = triage_days(on)
    context = {"signals": [presenting.signal(row, on, days) for row in found], "url": _tab(dossier_id)}
    return render_to_string("handover/card.html", context, request)


@in_steps
def signals(request: Any) -> Steps[list[Task]]:
    """List the needs that nobody weighed yet, those to talk over with her, and help that she waits for."""
    actor, on = request.actor, request.now.on
    rows = yield from begin(needs_for_us, actor, on)
    names = yield from begin(names_of, actor, on, [row.dossier_id for row in rows])
    days = triage_days(on)
    return [_signal(row, names.get(row.dossier_id, ""), on, days) for row in rows]


def _signal(row: Any, name: str, on: Any, days: int) -> Task:
    is_new = row.state == SignalState.RAISED
    is_late = is_new and on > due_of(row, days)
    urgency = Urgency.UNSAFE if row.is_quiet else Urgency(row.urgency)
    return Task(
        who=name,
        why=f"{KIND_WORDS[row.kind]}. {_next(row, days)}",
        url=reverse("handover:triage", args=[row.id]) if is_new else _tab(row.dossier_id),
        button=_("Weeg") if is_new else _("Bekijk"),
        tone="stop" if is_late else _TONES[urgency],
        badge="signal.overdue" if is_late else f"urgency.{row.urgency}",
        rank=_RANKS[urgency] - is_late + 20 * (not is_new),
        dossier_id=row.dossier_id,
    )


def _next(row: Any, days: int) -> str:
    if row.state == SignalState.RAISED:
        return _("Kies voor %(day)s wat u doet.") % {"day": day(due_of(row, days))}
    if row.state == SignalState.DISCUSSED:
        return _("Zij wil deze hulp. Begin de overdracht.")
    return _("De meldcode loopt.") if row.decision == Decision.SAFETY else _("Bespreek dit met haar.")


@in_steps
def seconds(request: Any) -> Steps[list[Task]]:
    """List the decisions of colleagues that wait for a second person."""
    actor, on = request.actor, request.now.on
    rows = SafetyCase.of_team(actor, on).filter(state=SafetyState.PROPOSED)
    found = yield rows.exclude(proposed_by=actor.user_id).order_by("proposed_on", "id")
    names = yield from begin(names_of, actor, on, [row.dossier_id for row in found])
    return [
        Task(
            who=names.get(row.dossier_id, ""),
            why=_("Een collega vraagt u een besluit te bevestigen."),
            url=reverse("handover:second", args=[row.id]),
            button=_("Bekijk"),
            tone="stop",
            badge="safety.proposed",
            rank=2,
            dossier_id=row.dossier_id,
        )
        for row in found
    ]


@in_steps
def silent(request: Any) -> Steps[list[Task]]:
    """List the handovers of which an organisation is silent, or whose waiting list should have ended."""
    actor, on = request.actor, request.now.on
    weeks = norm("handover_silence", on)
    rows = yield underway(actor, on)
    late = [row for row in rows if row.state in WAITING and on > (row.silent_after(weeks) or on)]
    late.sort(key=lambda row: (row.sent_on, row.id))
    why = _("%(who)s antwoordde niet voor %(day)s.")
    when = {row.id: row.silent_after(weeks) for row in late}
    return (yield from _tasks(request, late, why, when, "handover.silent", "stop", 30))


@in_steps
def checks(request: Any) -> Steps[list[Task]]:
    """List the handovers of which it is time to see whether she was received, or whether help goes on."""
    actor, on = request.actor, request.now.on
    weeks = norm("handover_check", on)
    rows = yield underway(actor, on)
    due = [row for row in rows if row.state in BEGUN and on >= (row.check_on(weeks) or date.max)]
    due.sort(key=lambda row: (row.first_contact_on or date.max, row.id))
    why = _("Kijk na of de hulp van %(who)s loopt. Het had gekund vanaf %(day)s.")
    when = {row.id: row.check_on(weeks) for row in due}
    return (yield from _tasks(request, due, why, when, "handover.due", "warn", 50))


def _tasks(
    request: Any, rows: Any, why: str, when: Any, badge: str, tone: str, rank: int
) -> Steps[list[Task]]:
    ids = [row.dossier_id for row in rows]
    names = yield from begin(names_of, request.actor, request.now.on, ids)
    return [
        Task(
            who=names.get(row.dossier_id, ""),
            why=why % {"who": row.provider, "day": day(when[row.id])},
            url=_tab(row.dossier_id),
            button=_("Bekijk"),
            tone=tone,
            badge=badge,
            rank=rank,
            dossier_id=row.dossier_id,
        )
        for row in rows
    ]


@in_steps
def offers(request: Any) -> Steps[list[Task]]:
    """List the women who had to be let go and to whom no other help was offered yet."""
    actor, on = request.actor, request.now.on
    rows = yield from begin(let_go_by_us, actor, on)
    names = yield from begin(names_of, actor, on, [dossier_id for _closed_on, dossier_id in rows])
    return [
        Task(
            who=names.get(dossier_id, ""),
            why=_("Losgelaten op %(day)s. Zoek met haar wie wel kan helpen.") % {"day": day(closed_on)},
            url=_tab(dossier_id),
            button=_("Bied hulp aan"),
            tone="stop",
            badge="funding.let_go",
            rank=20,
            dossier_id=dossier_id,
        )
        for closed_on, dossier_id in rows
    ]
