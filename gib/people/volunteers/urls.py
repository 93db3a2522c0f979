"""Addresses of volunteers."""

from django.urls import path

from gib.people.volunteers import views

app_name = "volunteers"
urlpatterns = [
    path("vrijwilligers/", views.volunteers, name="volunteers"),
    path("vrijwilligers/nieuw/", views.register, name="register"),
    path("vrijwilligers/<uuid:volunteer_id>/", views.volunteer, name="volunteer"),
    path("vrijwilligers/<uuid:volunteer_id>/verbeteren/", views.correct, name="correct"),
    path("vrijwilligers/<uuid:volunteer_id>/gezien/", views.complete, name="complete"),
    path("vrijwilligers/<uuid:volunteer_id>/toegang/", views.permit, name="permit"),
    path("vrijwilligers/<uuid:volunteer_id>/stap/<str:to>/", views.step, name="step"),
    path("vrijwilligers/<uuid:volunteer_id>/stoppen/", views.leave, name="leave"),
    path("mijn-gegevens/", views.own, name="own"),
]
