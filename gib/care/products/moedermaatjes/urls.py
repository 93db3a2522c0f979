"""Addresses of help at home; the urls of products include them in its namespace."""

from django.urls import path

from gib.care.products.moedermaatjes import views

urlpatterns = [
    path("onderdelen/<uuid:part_id>/verlengen/", views.extend, name="home_extend"),
    path("onderdelen/<uuid:part_id>/afscheid/", views.finish, name="home_finish"),
    path("onderdelen/<uuid:part_id>/nabellen/", views.call, name="home_call"),
]
