"""Addresses of aftercare."""

from django.urls import path

from gib.care.aftercare.views import agreements, conferences, coverage, desk, requests

app_name = "aftercare"
_REQUEST = "financiering/<uuid:request_id>/"
_DESK = "aanvragen/<uuid:request_id>/"
_MEETING = "overleg/<uuid:conference_id>/"

urlpatterns = [
    path("dekking/", coverage.overview, name="coverage"),
    path("dekking/lijst.<str:kind>", coverage.export, name="export"),
    path("dekking/gemeente/<slug:code>/", coverage.municipality, name="municipality"),
    path("afspraken-gemeenten/", agreements.overview, name="agreements"),
    path("afspraken-gemeenten/nieuw/", agreements.record, name="record_agreement"),
    path("afspraken-gemeenten/<uuid:agreement_id>/einde/", agreements.end, name="end_agreement"),
    path("financiering/begin/<uuid:dossier_id>/", requests.draft, name="draft"),
    path(_REQUEST, requests.detail, name="request"),
    path(f"{_REQUEST}versturen/", requests.send, name="send"),
    path(f"{_REQUEST}dekken/", requests.cover, name="cover"),
    path(f"{_REQUEST}antwoorden/", requests.reply, name="reply"),
    path(f"{_REQUEST}toegekend/", requests.grant, name="grant"),
    path(f"{_REQUEST}afgewezen/", requests.reject, name="reject"),
    path(f"{_REQUEST}geen-antwoord/", requests.no_answer, name="no_answer"),
    path(f"{_REQUEST}andere-betaler/", requests.alternative, name="alternative"),
    path(f"{_REQUEST}intrekken/", requests.withdraw, name="withdraw"),
    path(f"{_REQUEST}loslaten/", requests.let_go, name="let_go"),
    path("aanvragen/", desk.inbox, name="inbox"),
    path(_DESK, desk.asked, name="asked"),
    path(f"{_DESK}wij-betalen/", desk.grant, name="desk_grant"),
    path(f"{_DESK}wij-betalen-niet/", desk.reject, name="desk_reject"),
    path(f"{_DESK}vraag/", desk.question, name="desk_question"),
    path("overleg/", conferences.overview, name="conferences"),
    path("overleg/nieuw/", conferences.new, name="new_conference"),
    path(_MEETING, conferences.detail, name="conference"),
    path(f"{_MEETING}delen/<uuid:dossier_id>/", conferences.share, name="share"),
    path("overleg/agendapunt/<uuid:item_id>/besluit/", conferences.decide, name="decide"),
    path("overleg/agendapunt/<uuid:item_id>/actiepunt/", conferences.point, name="point"),
    path("overleg/actiepunt/<uuid:point_id>/klaar/", conferences.finish, name="finish"),
    path("gedeeld/", conferences.shared, name="shared"),
]
