"""Addresses for the tests of this slice alone: its own, and three pages with a rule."""

from django.http import HttpResponse
from django.urls import include, path

from gib.core.access.guard import lendable, requires
from gib.core.access.tables import P
from gib.people.accounts.urls import library_urls


@requires(P.ENTER)
def start(request):
    return HttpResponse(f"rol {request.actor.role}")


@requires(P.SEE_DOSSIER)
def case(request):
    return HttpResponse("dossier")


@requires(P.ENTER)
def name(request):
    return HttpResponse(f"ik ben {request.actor_name}")


@lendable("vragen")
@requires(P.SEE_DOSSIER)
def hers(request, mother, talk=None):
    return HttpResponse(f"haar pagina {mother} {request.method}")


@lendable("kaart")
@requires(P.SEE_DOSSIER)
def elsewhere(request, mother):
    return HttpResponse("een andere pagina van haar")


def forgotten(request):
    return HttpResponse("zonder regel")


urlpatterns = [
    path("", include("gib.people.accounts.urls")),
    path("", include(library_urls)),
    path("", start),
    path("dossier/", case),
    path("naam/", name),
    path("vergeten/", forgotten),
    path("moeder/<int:mother>/vragen/<int:talk>/", hers),
    path("moeder/<int:mother>/dank/", hers),
    path("moeder/<int:mother>/kaart/", elsewhere),
]
