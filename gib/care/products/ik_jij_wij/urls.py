"""Addresses of courses; the urls of products include them in its namespace."""

from django.urls import path

from gib.care.products.ik_jij_wij.views import courses, learning

urlpatterns = [
    path("cursussen/nieuw/", courses.add, name="course_add"),
    path("cursussen/<int:course_id>/", courses.course, name="course"),
    path("bijeenkomsten/<int:meeting_id>/cursus/", courses.course_of, name="course_of"),
    path("cursussen/<int:course_id>/inschrijven/", courses.enrol, name="course_enrol"),
    path("cursussen/<int:course_id>/sluiten/", courses.close, name="course_close"),
    path("cursussen/<int:course_id>/trainer/", courses.trainer_add, name="trainer_add"),
    path("trainers/<int:trainer_id>/stoppen/", courses.trainer_end, name="trainer_end"),
    path("cursussen/<int:course_id>/les/<int:number>/", courses.replace, name="session_replace"),
    path("lessen/<uuid:attendance_id>/aanwezig/", courses.presence, name="session_presence"),
    path("lessen/<uuid:attendance_id>/ingehaald/", learning.catch_up, name="session_caught_up"),
    path("inschrijvingen/<uuid:enrolment_id>/stoppen/", courses.leave, name="course_leave"),
    path("inschrijvingen/<uuid:enrolment_id>/", learning.student, name="student"),
    path("inschrijvingen/<uuid:enrolment_id>/plan/", learning.plan, name="own_plan"),
    path("inschrijvingen/<uuid:enrolment_id>/vragen/<slug:moment>/", learning.scores, name="course_scores"),
    path("inschrijvingen/<uuid:enrolment_id>/certificaat/", learning.certificate, name="certificate"),
]
