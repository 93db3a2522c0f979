"""The addresses of reference data."""

from django.urls import path

from gib.people.partners import closure_views as closures
from gib.people.partners import views

app_name = "partners"
urlpatterns = [
    path("gemeenten/", views.municipalities, name="municipalities"),
    path("gemeenten/bijwerken/", views.register_update, name="register_update"),
    path("gemeenten/bijwerken/<int:proposal_id>/", views.register_proposal, name="register_proposal"),
    path("gemeenten/<slug:code>/", views.municipality, name="municipality"),
    path("inrichtingen/", views.prisons, name="prisons"),
    path("inrichtingen/<slug:code>/", views.prison, name="prison"),
    path("inrichtingen/<slug:code>/bezoekregel/", views.rule_add, name="rule_add"),
    path("inrichtingen/<slug:code>/dicht/", closures.add, name="closure_add"),
    path("dagen-dicht/<int:closure_id>/open/", closures.end, name="closure_end"),
    path("inrichtingen/<slug:code>/afdeling/", views.unit_add, name="unit_add"),
    path("afdelingen/<int:unit_id>/beeindigen/", views.unit_end, name="unit_end"),
    path("bezoekregels/<int:rule_id>/beeindigen/", views.rule_end, name="rule_end"),
    path("zorgaanbieders/", views.providers, name="providers"),
    path("zorgaanbieders/nieuw/", views.provider_add, name="provider_add"),
    path("zorgaanbieders/<int:provider_id>/wijzigen/", views.provider_change, name="provider_change"),
    path("zorgaanbieders/<int:provider_id>/beeindigen/", views.provider_end, name="provider_end"),
    path("termijnen/", views.terms, name="terms"),
    path("termijnen/<slug:key>/wijzigen/", views.term_change, name="term_change"),
    path("bedragen/", views.tariffs, name="tariffs"),
    path("bedragen/jaar/", views.allowance_set, name="allowance_set"),
    path("bedragen/kilometer/", views.rate_set, name="rate_set"),
    path("bronnen/", views.sources, name="sources"),
    path("bevestigen/<str:fact>/<str:key>/", views.confirm, name="confirm"),
]
