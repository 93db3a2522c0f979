"""What a page does with a form: show it, show it again with its errors, or do it once and go on."""

from collections.abc import Callable, Mapping
from typing import Any, Protocol, cast
from urllib.parse import urlsplit
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from gib.core.kernel.clock import real_now
from gib.core.kernel.rules import RuleBroken
from gib.core.ui.forms import HouseForm
from gib.core.ui.models import Submission

INVALID = 422
_REFUSED = frozenset({403, 404, INVALID})
_NO_CONTENT = frozenset({"token", "csrfmiddlewaretoken"})


class Perform(Protocol):
    """An act: takes the command of the form and says where to go."""

    def __call__(self, command: Any, /) -> str: ...


def answer(
    request: HttpRequest,
    form: HouseForm,
    template: str,
    perform: Perform,
    context: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """Answer a request with a form: render it, or perform its act once and redirect.

    Args:
        request: the request; the form is bound to its POST.
        form: becomes `form` in the template.
        template: the page; rendered with status 422 when something is wrong.
        perform: gets `form.to_command()`, gives the local address to go to.
        context: what else the template needs.
    """
    if request.method == "POST" and form.is_valid():
        try:
            return _go(request, _once(request, form, perform))
        except RuleBroken as broken:
            form.refuse(broken)
        except IntegrityError:
            form.add_error(
                None, _("Dit is net al gewijzigd. Laad de pagina opnieuw en kijk hoe het er nu voor staat.")
            )
    status = INVALID if form.is_bound else 200
    return render(request, template, {**(context or {}), "form": form}, status=status)


def kept(form: HouseForm, save: Callable[[Any], object]) -> HttpResponse:
    """Keep what is being written, without leaving the page: 204, or why not.

    A word that was changed and changed back is kept again, so the key of an act does not count here.

    Returns: 422 when something is wrong, 409 when a rule forbids it, such as a newer version; the button of
        the page then says what.
    """
    if not form.is_valid():
        return HttpResponse(status=INVALID)
    if form.edited:
        try:
            save(form.to_command())
        except RuleBroken:
            return HttpResponse(status=409)
    return HttpResponse(status=204)


def _once(request: HttpRequest, form: HouseForm, perform: Perform) -> str:
    with transaction.atomic():
        sent, is_new = _claim(request, form)
        if not is_new:
            return sent.url
        url = local(perform(form.to_command()))
        Submission.objects.filter(pk=sent.pk).update(url=url)
        return url


def _claim(request: HttpRequest, form: HouseForm) -> tuple[Submission, bool]:
    """Take the key of this act; the unique constraint decides who is first when two arrive together."""
    return Submission.objects.get_or_create(
        token=fingerprint(request, cast(UUID, form.sent_token)),
        user_id=_who(request),
        defaults={"url": "", "at": real_now().at},
    )


def fingerprint(request: HttpRequest, token: UUID) -> UUID:
    """Give the key of an act: the same page sent with the same content, to the same address.

    Somebody who goes back, changes a word and sends again performs a second act; nothing is lost.
    """
    fields = [(name, request.POST.getlist(name)) for name in sorted(request.POST) if name not in _NO_CONTENT]
    files = [
        (name, file.name, file.size) for name in sorted(request.FILES) for file in request.FILES.getlist(name)
    ]
    return uuid5(token, repr((request.path, fields, files)))


def again(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Lead who sends a form a second time to where its act led, also when its page is gone by now.

    Middleware, inside of what says who asks. Only who did the act hears where it led, and that page asks for
    itself who may come in.
    """

    def answered(request: HttpRequest) -> HttpResponse:
        if sent := _sent(request):
            return _go(request, sent.url)
        response = get_response(request)
        # Two at the same moment: the first was done while this one was read.
        if response.status_code in _REFUSED and (sent := _sent(request)):
            return _go(request, sent.url)
        return response

    return answered


def _sent(request: HttpRequest) -> Submission | None:
    """Find the act that this very form did before."""
    try:
        token = UUID(request.POST.get("token", "") if request.method == "POST" else "")
    except ValueError:
        return None
    mine = {"token": fingerprint(request, token), "user_id": _who(request)}
    return Submission.objects.filter(**mine).first()


def _who(request: HttpRequest) -> UUID | None:
    return getattr(getattr(request, "actor", None), "user_id", None)


def local(url: str) -> str:
    """Give back an address of this house.

    Raises:
        ValueError: the address leads elsewhere; an action never sends people away.
    """
    if not url.startswith("/") or not url_has_allowed_host_and_scheme(url, allowed_hosts=None):
        raise ValueError("an act leads to an address of this house")
    return url


def _go(request: HttpRequest, url: str) -> HttpResponse:
    """Redirect; a fragment request stays on its page and is sent on when the act leads elsewhere."""
    htmx = getattr(request, "htmx", None)
    if htmx and urlsplit(htmx.current_url_abs_path or "").path != urlsplit(url).path:
        return HttpResponseClientRedirect(url)
    return HttpResponseRedirect(url)
