"""Pages about the screen itself: the gallery of components, help with keys, and the reader's choices."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from gib.core.access.guard import public
from gib.core.ui import samples
from gib.core.ui.context import PREFERENCES

YEAR_SECONDS = 365 * 24 * 3600


@public
@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Show every component once, with invented content; only in a demonstration."""
    if not (settings.DEMO or settings.TESTING):
        raise Http404
    return render(request, "ui/gallery.html", samples.everything())


@public
@require_safe
def keys(request: HttpRequest) -> HttpResponse:
    """Explain the keys, and let the reader switch them off."""
    return render(request, "ui/keys.html")


@public
@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """Say where help is to be had."""
    return render(request, "ui/help.html")


@public
@require_POST
def preference(request: HttpRequest) -> HttpResponse:
    """Remember how the reader likes the screen, in a cookie without personal data, and go back."""
    back = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    response = HttpResponseRedirect(back if is_ours else "/")
    for name, values in PREFERENCES.items():
        if (value := request.POST.get(name)) in values:
            response.set_cookie(
                f"gib-{name}", value, max_age=YEAR_SECONDS, samesite="Strict", secure=request.is_secure()
            )
    return response
