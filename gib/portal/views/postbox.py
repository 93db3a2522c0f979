"""The post box: what a telephone sealed before it was sent is opened, and done as its page would."""

import json
from base64 import b64decode
from copy import copy
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from django import forms
from django.http import HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render
from django.urls import Resolver404, ResolverMatch, resolve
from django.views.decorators.http import require_POST

from gib.core.access.guard import Request, requires
from gib.core.access.tables import P
from gib.core.ui.context import owner_of
from gib.core.ui.posting import INVALID, again
from gib.core.vault import postbox
from gib.core.vault.crypto import Unreadable

#: The forms that a telephone may keep: what happened, and never what changes something older.
KEPT: Final = frozenset(
    {
        "products:visit_log",
        "products:been",
        "products:visit_cancel",
        "products:visit_missed",
        "handover:worry",
    }
)
#: The form that names nobody: only who wrote it may send it, lest it come into the file of another mother.
_NAMELESS: Final = "products:been"
#: Far more than the longest report, as base64.
_MOST: Final = 40_000


class LetterForm(forms.Form):
    """A sealed letter; `quiet` when a script asks, that wants to hear where the act led."""

    version = forms.IntegerField(min_value=1)
    point = forms.CharField(max_length=200)
    nonce = forms.CharField(max_length=40)
    sealed = forms.CharField(max_length=_MOST)
    mark = forms.CharField(max_length=64)
    quiet = forms.BooleanField(required=False)

    def to_letter(self) -> postbox.Letter:
        """Give the letter.

        Raises:
            ValueError: it is not base64.
        """
        told = self.cleaned_data
        point, nonce, sealed = (b64decode(told[name], validate=True) for name in ("point", "nonce", "sealed"))
        return postbox.Letter(told["version"], point, nonce, sealed, told["mark"])


@dataclass(frozen=True)
class Report:
    """What was in a letter: the form it was filled in on, and the fields as they were."""

    page: ResolverMatch
    path: str
    query: str
    fields: str


@requires(P.SEE_OWN_MATCHES)
@require_POST
def deliver(request: Request) -> HttpResponse:
    """Open a letter and let its own page answer: the letter names nobody, the session says who reports."""
    form = LetterForm(request.POST)
    report = _report(form, owner_of(request.actor)) if form.is_valid() else None
    if report is None:
        return render(request, "portal/postbox.html", status=INVALID)
    answer = again(lambda asked: report.page.func(asked, **report.page.kwargs))(_asked(request, report))
    if form.cleaned_data["quiet"] and answer.has_header("Location"):
        return JsonResponse({"url": answer["Location"]})
    return answer


def _report(form: LetterForm, owner: str) -> Report | None:
    """Read a letter; nothing when it cannot be opened, is for a page that takes none, or is not hers."""
    try:
        told = json.loads(postbox.opened(form.to_letter()))
        where = urlsplit(str(told["to"]))
        page = resolve(where.path)
    except (Unreadable, Resolver404, ValueError, KeyError, TypeError):
        return None
    if page.view_name not in KEPT or (page.view_name == _NAMELESS and told.get("owner") != owner):
        return None
    return Report(page, where.path, where.query, str(told["fields"]))


def _asked(request: Request, report: Report) -> Any:
    """Give the request as the page would have got it: same session, its own address and fields."""
    asked: Any = copy(request)
    asked.path = asked.path_info = report.path
    asked.GET, asked.POST = QueryDict(report.query), QueryDict(report.fields)
    asked.META = request.META | {"PATH_INFO": report.path, "QUERY_STRING": report.query}
    asked.resolver_match = report.page
    return asked
