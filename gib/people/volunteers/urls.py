"""Addresses of volunteers."""

from django.urls import path

from gib.people.volunteers.views import volunteers

app_name = "volunteers"
urlpatterns = [
    path("vrijwilligers/", volunteers.volunteers, name="volunteers"),
    path("vrijwilligers/nieuw/", volunteers.register, name="register"),
    path("vrijwilligers/<uuid:volunteer_id>/", volunteers.volunteer, name="volunteer"),
    path("vrijwilligers/<uuid:volunteer_id>/verbeteren/", volunteers.correct, name="correct"),
    path("vrijwilligers/<uuid:volunteer_id>/gezien/", volunteers.complete, name="complete"),
    path("vrijwilligers/<uuid:volunteer_id>/toegang/", volunteers.permit, name="permit"),
    path("vrijwilligers/<uuid:volunteer_id>/stap/<str:to>/", volunteers.step, name="step"),
    path("vrijwilligers/<uuid:volunteer_id>/stoppen/", volunteers.leave, name="leave"),
    path("mijn-gegevens/", volunteers.own, name="own"),
]
