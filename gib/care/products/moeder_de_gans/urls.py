"""Addresses of information meetings; the urls of products include them in its namespace."""

from django.urls import path

from gib.care.products.moeder_de_gans import views

urlpatterns = [
    path("aanwezig/<uuid:attendance_id>/", views.presence, name="presence"),
    path("aanwezig/<uuid:attendance_id>/gesprek/", views.follow_up, name="follow_up"),
    path("bijeenkomsten/<int:meeting_id>/programma/", views.programme, name="programme"),
    path("bijeenkomsten/<int:meeting_id>/spreker/", views.speaker_add, name="speaker_add"),
    path("sprekers/<int:speaker_id>/<slug:to>/", views.speaker_step, name="speaker_step"),
    path("bijeenkomsten/<int:meeting_id>/lijst/", views.take_list, name="take_list"),
    path("bijeenkomsten/<int:meeting_id>/vragen/", views.questions, name="meeting_questions"),
    path("bijeenkomsten/<int:meeting_id>/briefjes/", views.poll, name="meeting_poll"),
    path("bijeenkomsten/<int:meeting_id>/flyer/", views.flyer, name="flyer"),
    path("bijeenkomsten/<int:meeting_id>/uitnodigingen/", views.letters, name="invitations"),
]
