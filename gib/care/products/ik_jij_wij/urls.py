"""Addresses of courses; the urls of products include them in its namespace."""

from django.urls import path

from gib.care.products.ik_jij_wij import views

urlpatterns = [
    path("cursussen/nieuw/", views.add, name="course_add"),
    path("cursussen/<int:course_id>/", views.course, name="course"),
    path("cursussen/<int:course_id>/inschrijven/", views.enrol, name="course_enrol"),
    path("cursussen/<int:course_id>/sluiten/", views.close, name="course_close"),
    path("lessen/<uuid:attendance_id>/aanwezig/", views.presence, name="session_presence"),
    path("inschrijvingen/<uuid:enrolment_id>/stoppen/", views.leave, name="course_leave"),
]
