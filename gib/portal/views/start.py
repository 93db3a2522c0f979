"""Where each role begins."""

from dataclasses import replace
from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gib.core.access.guard import Request, requires
from gib.core.access.tables import P, Role
from gib.core.access.together import Steps, abreast, asking, begin, gather
from gib.core.ui.slots import LISTS, PILES, TASK_LISTS, Task
from gib.people.families.models.lists import returns
from gib.portal.doors import doors_for
from gib.portal.folds import folded

#: Role -> the name of its first page.
START: Final = {
    Role.COORDINATOR: "portal:today",
    Role.DEPUTY: "portal:today",
    Role.PROJECT_LEADER: "aftercare:coverage",
    Role.VOLUNTEER: "portal:phone",
    Role.REFERRER: "referral:mine",
    Role.MUNICIPALITY: "aftercare:inbox",
    Role.SAFETY_HOUSE: "aftercare:shared",
    Role.TECHNICAL_ADMIN: "accounts:accounts",
    Role.PRIVACY_OFFICER: "portal:readings",
    Role.EMERGENCY: "portal:emergency_running",
}


@require_safe
@requires(P.ENTER)
def start(request: Request) -> HttpResponse:
    """Send each role to its own first page."""
    return redirect(START[request.actor.role])


def tasks(request: Request, *others: Steps[Any]) -> tuple[dict[str, list[Task]], Any]:
    """Gather the lists of the start page from the slices that fill them, lowest rank first.

    Returns: the lists, and beside them what other parts make.
    """
    sources = [(name, source) for name in LISTS for source in TASK_LISTS.get(name, [])]
    *found, made = gather(
        [*(begin(source, request) for _name, source in sources), abreast(others)], patient=True
    )
    lists: dict[str, list[Task]] = {name: [] for name in LISTS}
    for (name, source), rows in zip(sources, found, strict=True):
        lists[name] += [replace(task, pile=str(PILES.get(source, ""))) for task in rows]
    return {name: sorted(rows, key=lambda task: task.rank) for name, rows in lists.items()}, made


@require_safe
@requires(P.SEE_TODAY)
def today(request: Request) -> HttpResponse:
    """Show the coordinator what is now, what waits for her and what threatens."""
    lists, (hers,) = tasks(request, asking(returns(request.actor, request.now.on)))
    words = {"nu": _("nu"), "wacht": _("wacht op mij"), "dreigt": _("dreigt")}
    context: dict[str, Any] = {
        "title": str(formats.date_format(request.now.on, "l j F")).capitalize(),
        "columns": [
            (name, words[name].capitalize(), len(lists[name]), folded(lists[name])) for name in LISTS
        ],
        "counts": [
            *((len(lists[name]), words[name], f"#{name}") for name in LISTS),
            (len(hers), _("moeders"), reverse("families:mothers")),
        ],
        "urgent": sum(task.tone == "stop" for found in lists.values() for task in found),
    }
    return render(request, "portal/today.html", context)


@require_safe
@requires(P.READ_REFERENCE, P.EXPORT, P.IMPORT)
def more(request: Request) -> HttpResponse:
    """Show the pages that one needs now and then."""
    return render(request, "portal/more.html", {"doors": doors_for(request.actor)})
