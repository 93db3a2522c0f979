"""Lending the screen to a mother, and taking it back."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from gib.core.access.guard import Request, requires
from gib.core.access.tables import P
from gib.people.accounts import lending, sessions
from gib.people.accounts.models.installation import is_open_house
from gib.people.accounts.stepup import door


@require_POST
@requires(P.ENTER)
def lend(request: Request) -> HttpResponse:
    """Lend the screen for one page: it has no key of an act, since each time again must lock.

    Raises:
        Http404: it is no page to lend, or the way back leads nowhere.
    """
    page, back = (request.POST.get(name, "") for name in ("pad", "terug"))
    lending.lend(request, page, back)
    answer = redirect(page)
    # What the browser kept of the pages before goes, so that the way back shows none of them.
    answer["Clear-Site-Data"] = '"cache"'
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@requires(P.ENTER)
def take_back(request: Request) -> HttpResponse:
    """Ask the owner of a lent screen for her second factor; in an open demonstration nobody has one."""
    loan = lending.loan_of(request)
    if loan is None:
        return redirect("/")
    if request.method != "POST":
        return lending.locked(request, loan)
    if not is_open_house():
        return redirect(door(request.user, loan.back))
    sessions.take_back(request.session)
    return redirect(loan.back)
