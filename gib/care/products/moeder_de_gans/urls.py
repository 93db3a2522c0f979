"""Addresses of information meetings; the urls of products include them in its namespace."""

from django.urls import path

from gib.care.products.moeder_de_gans import views

urlpatterns = [path("aanwezig/<uuid:attendance_id>/", views.presence, name="presence")]
