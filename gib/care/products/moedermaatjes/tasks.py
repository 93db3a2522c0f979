"""What help at home asks after its farewell: on the start page, and below her plan."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from gib.care.products.models import Participation, norm
from gib.care.products.moedermaatjes.domain import FINISHED
from gib.care.products.moedermaatjes.models import CheckCall, Farewell
from gib.care.products.moedermaatjes.presenting import after_line, may_call
from gib.care.products.presenting import names
from gib.core.access.tables import P
from gib.core.access.together import Steps, begin, in_steps
from gib.core.kernel.dates import add_months
from gib.core.ui.slots import Task
from gib.core.ui.words import day
from gib.people.families import slots as families
from gib.people.families.models import stands, terms_on
from gib.people.partners.domain import Product

_MOST = 30


@in_steps
def check_calls(request: Any) -> Steps[list[Task]]:
    """List the mothers to call some months after the farewell, but for those who do not want us any more.

    After some weeks nobody calls.
    """
    actor, on = request.actor, request.now.on
    over = _over(Participation.of_team(actor, on)).filter(ended_on__range=_ended(on))
    calls = CheckCall.of_team(actor, on).filter(called_on__gte=_ended(on)[0])
    parts, made, support = yield over, calls, families.supported(request)
    backed = _backed(support, on)
    found = [row for row in parts if row.dossier_id in backed and may_call(row, made, on)][:_MOST]
    mothers = yield from begin(names.mothers, request, [row.dossier_id for row in found])
    why = _("De hulp thuis is sinds %(day)s afgerond. Bel haar hoe het gaat.")
    return [
        Task(
            who=mothers.get(row.dossier_id, ""),
            why=why % {"day": day(row.ended_on)},
            url=reverse("products:home_call", args=[row.id]),
            button=_("Bel na"),
            tone="busy",
            rank=60,
            dossier_id=row.dossier_id,
        )
        for row in found
    ]


def _backed(support: list[Any], on: date) -> set[UUID]:
    """Give the dossiers of mothers whose consent for support holds: without it nobody calls (CON-01)."""
    terms = terms_on(on)
    return {row.dossier_id for row in support if stands(row, on, terms)}


def _ended(on: date) -> tuple[date, date]:
    """Give between which days help ended of which the call may be due and has not lapsed.

    Months differ by three days at most, so it gives those few too many: of each the rule tells whether it is.
    """
    last = add_months(on, -norm("check_call_months", on))
    return last - timedelta(days=norm("check_call_lapse_days", on)), last + timedelta(days=3)


@in_steps
def after(request: Any, dossier_id: UUID) -> Steps[SafeString | None]:
    """Show the farewell of help at home and the calls afterwards, below her products."""
    actor, on = request.actor, request.now.on
    mine = {"dossier_id": dossier_id}
    parts, farewells, calls, support = yield (
        _over(Participation.visible_to(actor, on).filter(**mine)),
        Farewell.visible_to(actor, on).filter(**mine).opening(),
        CheckCall.visible_to(actor, on).filter(**mine).opening(),
        families.support_of(request, dossier_id),
    )
    if not parts:
        return None
    backed = bool(_backed(support, on))
    lines = [after_line(row, farewells, calls, on, may_call_her=backed) for row in parts]
    context = {"lines": lines, "may_edit": actor.may(P.RUN_PRODUCT)}
    return render_to_string("products/after.html", context, request)


def _over(rows: Any) -> Any:
    """Keep the help at home that was rounded off."""
    return rows.filter(product=Product.MOEDERMAATJES, state__in=sorted(FINISHED))
