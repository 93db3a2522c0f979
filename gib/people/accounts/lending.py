"""A screen that is lent to a mother: it shows what is hers alone, until its owner proves that she is back."""

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import Resolver404, ResolverMatch, resolve

from gib.core.access.guard import LENDABLE
from gib.people.accounts import sessions
from gib.people.accounts.models.installation import is_open_house
from gib.people.accounts.stepup import shown_at

#: How the owner of a screen comes back or leaves; nothing else of the house stays open beside what was lent.
WAYS_BACK: Final = frozenset(
    {"accounts:take_back", "mfa_reauthenticate", "mfa_reauthenticate_webauthn", "account_logout"}
)
LOCKED: Final = 423


@dataclass(frozen=True)
class Loan:
    """What a screen was lent for, and since when.

    Args:
        screen: the pages that are open, by the name that they declare.
        ids: the rows that they may be about, as the address of the lent page names them.
        page: where the mother is.
        back: where the owner of the screen goes on afterwards.
        at: seconds of the clock; only a proof that was shown later takes the screen back.
    """

    screen: str
    ids: dict[str, str]
    page: str
    back: str
    at: float

    def opens(self, found: ResolverMatch) -> bool:
        """Tell whether a page belongs to what was lent, and is about the same rows where both name them."""
        ids = _ids(found)
        shared = ids.keys() & self.ids.keys()
        is_hers = getattr(found.func, LENDABLE, None) == self.screen
        return is_hers and bool(shared) and all(ids[name] == self.ids[name] for name in shared)


def _ids(found: ResolverMatch) -> dict[str, str]:
    return {name: str(value) for name, value in found.kwargs.items()}


def lend(request: HttpRequest, page: str, back: str) -> None:
    """Lend the screen of this session, for one page and what belongs to it.

    Args:
        page: the address of a page that may be lent.
        back: the address where its owner goes on afterwards.

    Raises:
        Http404: there is no such page, or it is not one to lend.
    """
    found, _there = resolve(page), resolve(back)
    if not hasattr(found.func, LENDABLE):
        raise Http404
    loan = Loan(getattr(found.func, LENDABLE), _ids(found), page, back, time.time())
    sessions.lend(request.session, asdict(loan))


def loan_of(request: HttpRequest) -> Loan | None:
    """Give what the screen of this session is lent for, if it is."""
    kept = sessions.lent(request.session)
    return Loan(**kept) if kept else None


def lent(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Answer everything but what was lent with one page that asks to give the screen back.

    Middleware, inside of what says who asks and outside of all else: no view runs, nothing is sent on.
    """

    def middleware(request: Any) -> HttpResponseBase:
        loan = loan_of(request)
        if loan and shown_at(request) > loan.at:
            sessions.take_back(request.session)
            loan = None
        request.is_lent = loan is not None
        return get_response(request) if loan is None or _is_open(request, loan) else locked(request, loan)

    return middleware


def _is_open(request: HttpRequest, loan: Loan) -> bool:
    try:
        found = resolve(request.path_info)
    except Resolver404:
        return False
    return found.view_name in WAYS_BACK or loan.opens(found)


def locked(request: HttpRequest, loan: Loan) -> HttpResponse:
    """Ask to give the screen back; who pressed twice on lending it goes on to what was lent."""
    if request.POST.get("pad") == loan.page:
        return redirect(loan.page)
    context = {"loan": loan, "is_open_house": is_open_house()}
    answer = render(request, "accounts/lent.html", context, status=LOCKED)
    # A part of a page that is asked for from an open page: that page goes as a whole.
    answer["HX-Redirect"] = loan.page
    return answer
