"""Addresses of the figures."""

from django.urls import path

from gib.insight.reporting import views

app_name = "reporting"

urlpatterns = [
    path("cijfers/", views.newest, name="newest"),
    path("cijfers/<int:year>/", views.year, name="year"),
    path("cijfers/<int:year>/lijst.<str:kind>", views.export, name="export"),
    path("cijfers/<int:year>/<slug:name>/", views.rows, name="rows"),
]
