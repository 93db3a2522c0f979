"""Addresses of visiting mothers; the urls of products include them in its namespace."""

from django.urls import path

from gib.care.products.bezoekmoeders import views

urlpatterns = [path("koppelingen/<uuid:match_id>/reeks/", views.series, name="series")]
