"""Addresses of intakes: planning, talks, sections, consent and the end."""

from django.urls import path

from gib.care.intake import views

app_name = "intake"
urlpatterns = [
    path("intake/plannen/<uuid:referral_id>/", views.plan, name="plan"),
    path("intake/<uuid:intake_id>/", views.overview, name="overview"),
    path("intake/<uuid:intake_id>/print/", views.paper, name="paper"),
    path("intake/<uuid:intake_id>/gesprek/", views.talk, name="talk"),
    path("intake/<uuid:intake_id>/gehouden/", views.hold, name="hold"),
    path("intake/<uuid:intake_id>/ging-niet-door/", views.drop, name="drop"),
    path("intake/<uuid:intake_id>/toestemming/", views.consent, name="consent"),
    path("intake/<uuid:intake_id>/afronden/", views.complete, name="complete"),
    path("intake/<uuid:intake_id>/stoppen/", views.cancel, name="cancel"),
    path("intake/<uuid:intake_id>/wil-niet/", views.refuse, name="refuse"),
    path("intake/<uuid:intake_id>/deel/<str:name>/", views.section, name="section"),
    path("intake/<uuid:intake_id>/deel/<str:name>/concept/", views.keep, name="keep"),
]
