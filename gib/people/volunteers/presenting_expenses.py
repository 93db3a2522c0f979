"""How expenses are laid out: for the volunteer, for who decides and for who pays."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gib.core.access.guard import Request
from gib.core.access.tables import P
from gib.core.kernel.money import euros
from gib.core.ui import states
from gib.core.ui.tables import Cell, Column, Table, make
from gib.core.ui.words import day, hours, short_name
from gib.people.volunteers.actions.expenses import due
from gib.people.volunteers.domain.allowances import Amount, Mode, limits_on, room
from gib.people.volunteers.domain.expenses import GRANTED, ClaimState, LeftOut, number_of, sort_out
from gib.people.volunteers.domain.transfers import masked
from gib.people.volunteers.models import Claim, ClaimYear, Payee, Payment, Payout, Volunteer
from gib.people.volunteers.models import expenses as tables

SHOWN: Final = 50
#: The word in the address of a list, by state.
STANDS: Final = {
    ClaimState.SUBMITTED: gettext_lazy("Ingediend"),
    ClaimState.REVIEW: gettext_lazy("Nakijken"),
    ClaimState.APPROVED: gettext_lazy("Goedgekeurd"),
    ClaimState.RETURNED: gettext_lazy("Teruggestuurd"),
    ClaimState.PAID: gettext_lazy("Uitbetaald"),
    ClaimState.WAIVED: gettext_lazy("Weggegeven"),
    ClaimState.REFUSED: gettext_lazy("Afgewezen"),
}
LEFT_WORDS: Final = {
    LeftOut.OWN_APPROVAL: gettext_lazy("U hebt ze zelf goedgekeurd. Een ander betaalt ze uit."),
    LeftOut.NO_ACCOUNT: gettext_lazy("De vrijwilliger heeft nog geen rekening opgegeven."),
    LeftOut.NOTHING_LEFT: gettext_lazy("Er is eerst nog iets te verrekenen."),
}

states.register(
    {
        "claim.submitted": ("busy", "wait", STANDS[ClaimState.SUBMITTED]),
        "claim.review": ("warn", "eye", STANDS[ClaimState.REVIEW]),
        "claim.approved": ("good", "check", STANDS[ClaimState.APPROVED]),
        "claim.returned": ("warn", "undo", STANDS[ClaimState.RETURNED]),
        "claim.paid": ("good", "euro", STANDS[ClaimState.PAID]),
        "claim.waived": ("own", "heart", STANDS[ClaimState.WAIVED]),
        "claim.refused": ("stop", "stop", STANDS[ClaimState.REFUSED]),
    }
)


@dataclass(frozen=True)
class ClaimLine:
    """One claim in a list: which day, how much, how it stands, what it was and what came of it."""

    id: UUID
    url: str
    when: str
    who: str
    amount: str
    state: str
    what: str
    reason: str


def line(row: Any, url: str, who: str = "") -> ClaimLine:
    """Give a claim as a line; words that the reader may not see stay out."""
    has_words = row.shows("words")
    return ClaimLine(
        id=row.id,
        url=url,
        when=day(row.on),
        who=who,
        amount=euros(row.cents),
        state=f"claim.{row.state}",
        what=contents(row),
        reason=row.reason if has_words else "",
    )


def contents(row: Any) -> str:
    """Say in a few words what a claim holds."""
    what, route = (row.what, row.route) if row.shows("words") else ("", "")
    parts = [
        row.km_tenths and _("%(km)s km") % {"km": kilometres(row.km_tenths)},
        route,
        row.cost_cents and f"{what or _('kosten')} {euros(row.cost_cents)}",
        row.minutes and hours(row.minutes),
    ]
    return " · ".join(filter(None, parts))


def kilometres(tenths: int) -> str:
    """Write kilometres as people do: 425 tenths are "42,5"."""
    whole, rest = divmod(abs(tenths), 10)
    return f"{'-' if tenths < 0 else ''}{whole}{f',{rest}' if rest else ''}"


def own_page(request: Request) -> dict[str, Any]:
    """Gather what a volunteer sees of her own expenses."""
    actor, on = request.actor, request.now.on
    rows = Claim.visible_to(actor, on)
    claims = list(rows[:SHOWN].unlocked())
    sums = dict(rows.filter(on__year=on.year).order_by().values_list("state").annotate(sum=Sum("cents")))
    account = Payee.visible_to(actor, on).first()
    year = ClaimYear.visible_to(actor, on).filter(year=on.year).first()
    allowance = year if year is not None and year.mode == Mode.ALLOWANCE else None
    return {
        "claims": [line(row, _own_url(row)) for row in claims],
        "facts": [*_sums(sums), *(_room(request, allowance) if allowance else [])],
        "account": masked(account.iban) if account else "",
        "asks_elsewhere": allowance is not None and allowance.elsewhere_cents is None,
        "statements": statement_years(rows),
    }


def _own_url(row: Any) -> str:
    return reverse("volunteers:claim_change", args=[row.id]) if row.state == ClaimState.RETURNED else ""


def _sums(sums: dict[str, int]) -> list[tuple[str, str]]:
    """Say what became of the claims of a year."""
    waits = sum(sums.get(state, 0) for state in (ClaimState.SUBMITTED, ClaimState.REVIEW))
    shown = [
        (_("Uitbetaald"), sums.get(ClaimState.PAID, 0)),
        (_("Goedgekeurd, komt eraan"), sums.get(ClaimState.APPROVED, 0)),
        (_("Wacht op antwoord"), waits),
        (_("Weggegeven"), sums.get(ClaimState.WAIVED, 0)),
    ]
    return [(label, euros(cents)) for label, cents in shown if cents or label == _("Uitbetaald")]


def _room(request: Request, year: Any) -> list[tuple[str, str]]:
    """Say how much still fits in the month and in the year of somebody with an allowance."""
    on = request.now.on
    rows = Claim.visible_to(request.actor, on).filter(on__year=on.year, state__in=sorted(GRANTED))
    known = [Amount(*row) for row in rows.values_list("on", "cents")]
    month, whole = room(limits_on(tables.allowances(), on), known, on, year.elsewhere_cents or 0)
    return [
        (_("Deze maand kan er nog bij"), euros(min(month, whole))),
        (_("Dit jaar kan er nog bij"), euros(whole)),
    ]


def statement_years(rows: Any) -> list[int]:
    """List the years in which travel money was given away, newest first."""
    return list(
        rows.filter(state=ClaimState.WAIVED)
        .order_by("-on__year")
        .values_list("on__year", flat=True)
        .distinct()
    )


def ride_before(request: Request, activities: Iterable[UUID]) -> dict[str, Any]:
    """Give the kilometres and the way of last time, to begin a claim with."""
    row = tables.last_ride(request.actor, activities, request.now.on)
    return {"km_tenths": row.km_tenths, "route": row.route} if row else {}


def mode_now(request: Request) -> Mode:
    """Tell how this volunteer is paid this year."""
    rows = ClaimYear.visible_to(request.actor, request.now.on).filter(year=request.now.on.year)
    row = rows.first()
    return Mode(row.mode) if row else Mode.COSTS


def office(request: Request, asked: str) -> dict[str, Any]:
    """Give the claims of a state to who decides, oldest first, with how many there are of each."""
    usual = ClaimState.SUBMITTED if request.actor.may(P.APPROVE_CLAIM) else ClaimState.REVIEW
    state = ClaimState(asked) if asked in set(ClaimState) else usual
    rows = Claim.visible_to(request.actor, request.now.on)
    counts = dict(rows.order_by().values_list("state").annotate(number=Count("pk")))
    found = list(rows.filter(state=state).order_by("on", "id")[:SHOWN].unlocked())
    names = names_of(request, {row.volunteer_id for row in found})
    return {
        "claims": [
            line(row, reverse("volunteers:claim", args=[row.id]), names.get(row.volunteer_id, ""))
            for row in found
        ],
        "count": counts.get(state, 0),
        "chips": [
            {"label": word, "url": f"?stand={one}", "is_current": one == state, "count": counts.get(one, 0)}
            for one, word in STANDS.items()
        ],
    }


def names_of(request: Request, ids: set[UUID]) -> dict[UUID, str]:
    """Name volunteers as their reader knows them: the team by name, who pays by the name at the bank."""
    actor, on = request.actor, request.now.on
    if actor.may(P.PAY_CLAIM):
        payees = Payee.visible_to(actor, on).filter(volunteer_id__in=ids)
        return {row.volunteer_id: row.holder for row in payees.unlocked()}
    rows = Volunteer.visible_to(actor, on).filter(pk__in=ids)
    return {row.id: short_name(f"{row.given_name} {row.family_name}") for row in rows.unlocked()}


def one(request: Request, row: Any) -> dict[str, Any]:
    """Gather what the page of one claim shows."""
    may_approve = request.actor.may(P.APPROVE_CLAIM) and row.state == ClaimState.SUBMITTED
    may_accept = request.actor.may(P.PAY_CLAIM) and row.state == ClaimState.REVIEW
    names = names_of(request, {row.volunteer_id})
    return {
        "line": line(row, "", names.get(row.volunteer_id, "")),
        "facts": _facts(row),
        "number": number_of(row.id),
        "volunteer_id": row.volunteer_id if request.actor.may(P.APPROVE_CLAIM) else None,
        "is_open": may_approve or may_accept,
        "may_counter": request.actor.may(P.APPROVE_CLAIM) and row.state == ClaimState.PAID,
        "is_review": may_accept,
        "is_counter": row.counters_id is not None,
    }


def _facts(row: Any) -> list[tuple[str, str]]:
    travel = _("%(km)s km, %(rate)s cent per kilometer")
    told = [
        (_("Dag"), day(row.on)),
        (
            _("Kilometers"),
            travel % {"km": kilometres(row.km_tenths), "rate": row.rate_cents} if row.km_tenths else "",
        ),
        (_("Kosten"), euros(row.cost_cents) if row.cost_cents else ""),
        (_("Tijd"), f"{hours(row.minutes)}, {euros(row.hour_cents)}" if row.minutes else ""),
        (_("Samen"), euros(row.cents)),
        (_("Activiteit"), number_of(row.activity_id) if row.activity_id else ""),
        (_("Ingediend"), day(row.submitted_on)),
        (_("Bon gezien"), day(row.receipt_seen_on)),
    ]
    words = [(_("Van waar naar waar"), row.route), (_("Waarvoor"), row.what)] if row.shows("words") else []
    return [(label, text) for label, text in [*told[:2], *words, *told[2:]] if text]


def payout_page(request: Request) -> dict[str, Any]:
    """Gather what can be paid now, to whom and how much, and what is left out and why."""
    actor, on = request.actor, request.now.on
    rows = list(Claim.visible_to(actor, on).filter(state=ClaimState.APPROVED).order_by("on", "id"))
    payees = {row.volunteer_id: row for row in Payee.visible_to(actor, on).unlocked()}
    ready, left = sort_out(map(due, rows), actor.user_id, frozenset(payees))
    sums = {who: sum(each.cents for each in dues) for who, dues in ready.items()}
    lines = [
        [payees[who].holder, masked(payees[who].iban), len(ready[who]), euros(sums[who])] for who in ready
    ]
    total = euros(sum(sums.values()))
    return {
        "table": _payment_table(lines, total) if lines else None,
        "total": total,
        "left": [(number, LEFT_WORDS[reason]) for reason, number in left.items()],
    }


def _payment_table(lines: list[list[Any]], total: str) -> Table:
    columns: list[Column | str] = [
        *(_("Aan"), _("Rekening")),
        *(Column(label, is_number=True) for label in (_("Declaraties"), _("Bedrag"))),
    ]
    number = sum(line[2] for line in lines)
    return make(_("Uitbetalen"), columns, lines, [_("Samen"), "", number, total])


def made_page(request: Request, payout: Any) -> dict[str, Any]:
    """Gather what one run paid."""
    payments = Payment.visible_to(request.actor, request.now.on).filter(payout_id=payout.id)
    rows = list(payments.order_by("id").unlocked())
    claims = Claim.visible_to(request.actor, request.now.on).filter(payment_id__in=[row.id for row in rows])
    counts = dict(claims.order_by().values_list("payment_id").annotate(number=Count("pk")))
    lines = [[row.holder, masked(row.iban), counts.get(row.id, 0), euros(row.cents)] for row in rows]
    return {
        "payout": payout,
        "number": number_of(payout.id),
        "when": day(payout.on),
        "table": _payment_table(lines, euros(payout.cents)),
    }


def payout_table(rows: Iterable[Any]) -> Table:
    """List the runs before, newest first."""
    columns: list[Column | str] = [_("Dag"), _("Kenmerk"), Column(_("Bedrag"), is_number=True)]
    return make(_("Eerder uitbetaald"), columns, [_run(row) for row in rows])


def _run(row: Any) -> list[Any]:
    link = reverse("volunteers:payout_made", args=[row.id])
    return [Cell(day(row.on), link), number_of(row.id), euros(row.cents)]


def last_payouts() -> list[Payout]:
    """Give the last runs of payments, newest first."""
    return list(Payout.objects.all()[:SHOWN])
