"""Addresses of referrals: writing one, one's own, and those of the team."""

from django.urls import path

from gib.care.referral import views

app_name = "referral"
urlpatterns = [
    path("aanmelden/", views.refer, name="refer"),
    path("aanmelden/papier/", views.paper, name="paper"),
    path("aanmelden/mijn/", views.mine, name="mine"),
    path("aanmelden/<uuid:referral_id>/", views.write_on, name="write_on"),
    path("aanmelden/<uuid:referral_id>/concept/", views.keep, name="keep"),
    path("aanmelden/<uuid:referral_id>/controle/", views.check, name="check"),
    path("aanmelden/<uuid:referral_id>/stand/", views.receipt, name="receipt"),
    path("aanmeldingen/", views.waiting, name="list"),
    path("aanmeldingen/<uuid:referral_id>/", views.detail, name="detail"),
    path("aanmeldingen/<uuid:referral_id>/aannemen/", views.accept, name="accept"),
    path("aanmeldingen/<uuid:referral_id>/vraag/", views.ask, name="ask"),
    path("aanmeldingen/<uuid:referral_id>/niet-doorgaan/", views.decline, name="decline"),
    path("aanmeldingen/<uuid:referral_id>/stoppen/", views.end, name="end"),
    path("aanmeldingen/<uuid:referral_id>/koppelen/", views.attach, name="attach"),
    path("aanmeldingen/<uuid:referral_id>/vertrokken/", views.overtake, name="overtake"),
]
