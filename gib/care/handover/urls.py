"""Addresses of needs and handovers."""

from django.urls import path

from gib.care.handover.views import handovers, needs, safety

app_name = "handover"
_SIGNAL = "signalen/<uuid:signal_id>/"
_CASE = "meldcode/<uuid:case_id>/"
_HANDOVER = "overdracht/<uuid:handover_id>/"

urlpatterns = [
    path("zorgen/", needs.worries, name="worries"),
    path("zorgen/melden/<uuid:dossier_id>/", needs.worry, name="worry"),
    path("zorgen/<uuid:signal_id>/", needs.worried, name="worried"),
    path("signalen/nieuw/<uuid:dossier_id>/", needs.raise_, name="raise"),
    path(f"{_SIGNAL}wegen/", needs.triage, name="triage"),
    path(f"{_SIGNAL}bespreken/", needs.discuss, name="discuss"),
    path(f"{_SIGNAL}afronden/", needs.close, name="close"),
    path(_CASE, safety.case, name="case"),
    path(f"{_CASE}stap/", safety.step, name="step"),
    path(f"{_CASE}besluit/", safety.propose, name="propose"),
    path(f"{_CASE}tweede-persoon/", safety.second, name="second"),
    path(f"{_CASE}sluiten/", safety.close, name="close_case"),
    path("overdracht/nieuw/<uuid:dossier_id>/", handovers.prepare, name="prepare"),
    path("overdracht/nieuw/<uuid:dossier_id>/<uuid:signal_id>/", handovers.prepare, name="prepare_for"),
    path("overdracht/geen/<uuid:dossier_id>/", handovers.refuse, name="refuse"),
    path(f"{_HANDOVER}toestemming/", handovers.consent, name="consent"),
    path(f"{_HANDOVER}versturen/", handovers.send, name="send"),
    path(f"{_HANDOVER}welkom/", handovers.accept, name="accept"),
    path(f"{_HANDOVER}wachtlijst/", handovers.wait, name="wait"),
    path(f"{_HANDOVER}gesprek/", handovers.contact, name="contact"),
    path(f"{_HANDOVER}nakijken/", handovers.check, name="check"),
    path(f"{_HANDOVER}niet-door/", handovers.decline, name="decline"),
    path(f"{_HANDOVER}terug/", handovers.return_, name="return"),
]
