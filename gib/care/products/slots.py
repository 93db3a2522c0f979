"""What products put on the page of a dossier and on the start page of a coordinator."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date, time
from typing import Any
from uuid import UUID

from django.db.models import Count
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gib.care.products import presenting
from gib.care.products.domain.contact import AHEAD, log_overdue
from gib.care.products.domain.contact import State as Visit
from gib.care.products.domain.match import ASKED, LIVE, ONE_AT_A_TIME, State
from gib.care.products.domain.meeting import Presence
from gib.care.products.domain.meeting import State as Meeting
from gib.care.products.domain.participation import MATCHED, waits_long
from gib.care.products.domain.participation import State as Part
from gib.care.products.models import Attendance, Contact, Match, Participation, norm, silent_matches
from gib.care.products.moeder_kind_bezoeken import presenting as mornings
from gib.care.products.moeder_kind_bezoeken.domain import BEFORE
from gib.care.products.moeder_kind_bezoeken.models import MeetingChild
from gib.care.products.moedermaatjes.domain import ends_on, is_ending
from gib.care.products.moedermaatjes.models import Extension, progress
from gib.care.products.presenting import names
from gib.care.products.presenting.board import board_of
from gib.care.trajectory import slots as plans
from gib.core.access.tables import P
from gib.core.access.together import Steps, abreast, begin, first, in_steps, the_one
from gib.core.ui.slots import Task
from gib.core.ui.words import day, hours
from gib.people.families.models import Separation
from gib.people.families.models.readers import on_day
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
    found = yield _to_settle(request)
    rows = _next_of(found, request.now.on)[:_MOST]
    mothers, lines = yield from abreast(
        [
            begin(names.mothers, request, [row.dossier_id for row in rows]),
            begin(presenting.lines, request, rows),
        ]
    )
    return [
        Task(
            who=" · ".join([f"{line.when.split()[-1]}", mothers.get(row.dossier_id, "")]),
            why=" · ".join(filter(None, (line.kind, line.who, row.place))),
            url=reverse("products:visit", args=[row.id]),
            button=_("Open"),
            tone="busy",
            rank=row.planned_time.hour if row.planned_time else 24,
            dossier_id=row.dossier_id,
        )
        for line, row in zip(lines, rows, strict=True)
    ]


def _next_of(rows: list[Any], on: date) -> list[Any]:
    """Give the visits of a day that must still come, by time."""
    today = [row for row in rows if row.planned_on == on and row.state in AHEAD]
    return sorted(today, key=lambda row: row.planned_time or time.max)


def _to_settle(request: Any) -> Any:
    """Ask for the visits up to today of which nobody told how they went; two lists ask it as one question."""
    rows = Contact.of_team(request.actor, request.now.on).filter(planned_on__lte=request.now.on)
    return rows.filter(state__in=sorted(AHEAD | {Visit.HELD})).order_by("planned_on", "id").opening()


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
    rows = yield matched(request)
    asked = [row for row in rows if row.state in ASKED]
    found = sorted(asked, key=lambda row: row.proposed_on)[:_MOST]
    mothers, helpers = yield from abreast(
        [
            begin(names.mothers, request, [row.dossier_id for row in found]),
            begin(names.volunteers, request, [row.volunteer_id for row in found]),
        ]
    )
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


@in_steps
def logs_to_read(request: Any) -> Steps[list[Task]]:
    """Say in one row how many accounts wait to be read."""
    rows: Any = Contact.of_team(request.actor, request.now.on)
    counted = yield rows.unread().order_by().values_list("team_id").annotate(number=Count("*"))
    number = sum(here for _team, here in counted)
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
    on = request.now.on
    days = norm("log_days", on)
    rows = yield _to_settle(request)
    found = [row for row in rows if log_overdue(row.state, row.planned_on, on, days)][:_MOST]
    told = _("Het bezoek van %(day)s heeft nog geen verslag.")
    why = {row.id: told % {"day": day(row.planned_on)} for row in found}
    return (yield from _about(request, found, _page("visit"), "visit.log_overdue", why))


@in_steps
def silent(request: Any) -> Steps[list[Task]]:
    """List the matches without contact for longer than three weeks; who is looked for has a row already."""
    on = request.now.on
    matches, parts, looked_for = yield matched(request), underway(request), plans.sought(request)
    last = yield from begin(silent_matches, matches, on, norm("silent_days", on))
    found = [row for row in _unsought(matches, looked_for) if row.id in last][:_MOST]
    ladders = _ladders(found, parts)
    asks, told = _("Geen contact sinds %(day)s. Probeer haar te bereiken."), _("Geen contact sinds %(day)s.")
    why = {row.id: (asks if row.id in ladders else told) % {"day": day(last[row.id])} for row in found}
    pages = {row.id: _page("match")(row.id) for row in found} | ladders
    return (yield from _about(request, found, pages.__getitem__, "", why))


def _unsought(matches: list[Any], searches: list[Any]) -> list[Any]:
    """Keep the matches of people who have met, but for mothers for whom we look already."""
    sought = {row.dossier_id for row in searches}
    return [row for row in matches if row.state in LIVE and row.dossier_id not in sought]


def _ladders(matches: list[Any], parts: list[Any]) -> dict[UUID, str]:
    """Give where we look for a mother at home, by her match: there silence leads to an attempt."""
    home = {
        row.id: plans.ladder_of(row)
        for row in parts
        if (row.product, row.state) == (Product.MOEDERMAATJES, Part.RUNNING)
    }
    return {row.id: home[row.participation_id] for row in matches if row.participation_id in home}


def _page(name: str) -> Callable[[Any], str]:
    """Give the address of the page of a row."""
    return lambda row_id: reverse(f"products:{name}", args=[row_id])


def _about(
    request: Any, found: list[Any], page: Callable[[Any], str], badge: str, why: dict[UUID, str]
) -> Steps[list[Task]]:
    mothers = yield from begin(names.mothers, request, [row.dossier_id for row in found])
    return [
        Task(
            who=mothers.get(row.dossier_id, ""),
            why=why[row.id],
            url=page(row.id),
            button=_("Open"),
            tone="warn",
            badge=badge,
            rank=55,
            dossier_id=row.dossier_id,
        )
        for row in found
    ]


@in_steps
def kept_apart(request: Any) -> Steps[list[Task]]:
    """List who stands on the list of a group with somebody from whom she is kept apart."""
    actor, on = request.actor, request.now.on
    pairs = yield Separation.of_team(actor, on).filter(on_day(on))
    ahead: dict[str, Any] = {"meeting__state": Meeting.PLANNED, "meeting__planned_on__gte": on}
    ahead["dossier_id__in"] = {each for row in pairs for each in (row.dossier_id, row.other_id)}
    guests, children = yield (
        Attendance.of_team(actor, on).filter(**ahead, presence=Presence.INVITED),
        MeetingChild.of_team(actor, on).filter(**ahead, state__in=sorted(BEFORE)),
    )
    pages = {row.meeting_id: "morning" for row in children} | {row.meeting_id: "meeting" for row in guests}
    both = _on_one_list(pairs, {(row.meeting_id, row.dossier_id) for row in (*guests, *children)})
    mothers = yield from begin(names.mothers, request, {each for _meeting, each in both})
    return [
        Task(
            who=mothers.get(each, ""),
            why=_("Staat op één lijst met iemand van wie zij apart blijft. Haal een van beiden eraf."),
            url=reverse(f"products:{pages[meeting]}", args=[meeting]),
            button=_("Bekijk"),
            tone="stop",
            badge="attention",
            rank=5,
            dossier_id=each,
        )
        for meeting, each in sorted(both)
    ]


def _on_one_list(pairs: list[Any], listed: set[tuple[int, UUID]]) -> set[tuple[int, UUID]]:
    """Keep who stands on a list, of a meeting and a dossier, together with the other of a pair."""
    others = {(row.dossier_id, row.other_id) for row in pairs} | {
        (row.other_id, row.dossier_id) for row in pairs
    }
    return {
        (meeting, her)
        for meeting, _one in listed
        for her, other in others
        if {(meeting, her), (meeting, other)} <= listed
    }


def matched(request: Any) -> Any:
    """Ask for all matches with their days; lists ask it as one question."""
    rows: Any = Match.of_team(request.actor, request.now.on)
    return rows.days()


def underway(request: Any) -> Any:
    """Ask for the parts that are planned or go on and have a volunteer; lists ask it as one question."""
    rows: Any = Participation.of_team(request.actor, request.now.on)
    return rows.underway().filter(product__in=sorted(MATCHED))


@in_steps
def unmatched(request: Any) -> Steps[list[Task]]:
    """List the parts that wait for a volunteer for longer than the norm."""
    on = request.now.on
    days = norm("match_wait_days", on)
    parts, matches = yield underway(request), matched(request)
    since = _free_since(parts, matches)
    found = [row for row in parts if row.id in since and waits_long(since[row.id], on, days)]
    told = _("Zoekt een vrijwilliger voor %(product)s sinds %(day)s.")
    why = {row.id: told % {"product": row.brand, "day": day(since[row.id])} for row in found[:_MOST]}
    return (yield from _about(request, found[:_MOST], board_of, "part.unmatched", why))


def _free_since(parts: list[Any], matches: list[Any]) -> dict[UUID, date]:
    """Give since when each part without an open match waits: it was planned, or the last match ended."""
    taken = {row.participation_id for row in matches if row.state in ONE_AT_A_TIME}
    left = {row.participation_id: row.to_on for row in sorted(matches, key=lambda row: row.proposed_on)}
    return {
        row.id: max(row.planned_on, left.get(row.id) or row.planned_on)
        for row in parts
        if row.id not in taken
    }


@in_steps
def home_ending(request: Any) -> Steps[list[Task]]:
    """List the families whose help at home ends soon, unless somebody decides that it goes on."""
    actor, on = request.actor, request.now.on
    months, days = norm("moedermaatje_months", on), norm("moedermaatje_warning_days", on)
    every, decided = yield (
        underway(request),
        Extension.of_team(actor, on).filter(participation__state=Part.RUNNING),
    )
    longer: dict[UUID, list[date]] = defaultdict(list)
    for each in decided:
        longer[each.participation_id].append(each.until_on)
    parts = [row for row in every if (row.product, row.state) == (Product.MOEDERMAATJES, Part.RUNNING)]
    last = {row.id: ends_on(row.started_on, months, longer[row.id]) for row in parts}
    found = [row for row in parts if is_ending(last[row.id], on, days)]
    told = _("De hulp thuis loopt tot %(day)s. Rond af, of besluit dat zij langer duurt.")
    why = {row.id: told % {"day": day(last[row.id])} for row in found}
    return (yield from _about(request, found, _page("home_extend"), "", why))


@in_steps
def exclusions(request: Any, dossier_id: UUID) -> Steps[SafeString]:
    """Show which volunteers are never asked for her, beside who is around her."""
    lines = yield from begin(presenting.exclusions_of, request, dossier_id, request.now.on)
    context = {"lines": lines, "dossier_id": dossier_id, "may_match": request.actor.may(P.MATCH)}
    return render_to_string("products/exclusions.html", context, request)
