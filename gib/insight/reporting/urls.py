"""Addresses of the figures."""

from django.urls import path

from gib.insight.reporting.views import asked, figures, waiting

app_name = "reporting"

urlpatterns = [
    path("cijfers/", figures.newest, name="newest"),
    path("cijfers/wachten/", waiting.newest, name="waiting"),
    path("cijfers/wachten/<int:year>/", waiting.year, name="waiting_year"),
    path("cijfers/wachten/<int:year>/lijst.<str:kind>", waiting.export, name="waiting_export"),
    path("cijfers/<int:year>/", figures.year, name="year"),
    path("cijfers/<int:year>/lijst.<str:kind>", figures.export, name="export"),
    path("cijfers/<int:year>/gemeenten/", asked.overview, name="gap"),
    path("cijfers/<int:year>/gemeenten/lijst.<str:kind>", asked.export, name="gap_export"),
    path("cijfers/<int:year>/<slug:name>/", figures.rows, name="rows"),
]
