"""Addresses of families: the list of mothers, and the acts on a dossier."""

from django.urls import path

from gib.people.families.views import children, detention, mothers, network, papers

app_name = "families"

_DOSSIER = "moeders/<uuid:dossier_id>"
_CHILD = f"{_DOSSIER}/kinderen/<uuid:child_id>"
_PAPER = f"{_DOSSIER}/toestemming/<uuid:consent_id>"

urlpatterns = [
    path("moeders/", mothers.overview, name="mothers"),
    path(f"{_DOSSIER}/gegevens/", mothers.correct, name="mother"),
    path(f"{_DOSSIER}/kinderen/erbij/", children.add, name="child_add"),
    path(f"{_CHILD}/gegevens/", children.correct, name="child"),
    path(f"{_CHILD}/verblijf/", children.residence, name="residence"),
    path(f"{_CHILD}/gezag/", children.custody, name="custody"),
    path(f"{_CHILD}/contact/", children.contact, name="contact"),
    path(f"{_DOSSIER}/beperking/<uuid:restriction_id>/beeindigen/", children.lift, name="lift"),
    path(f"{_DOSSIER}/mensen/erbij/", network.add, name="caregiver_add"),
    path(f"{_DOSSIER}/mensen/<uuid:caregiver_id>/niet-meer/", network.end, name="caregiver_end"),
    path(f"{_DOSSIER}/apart/erbij/", network.keep_apart, name="apart_add"),
    path(f"{_DOSSIER}/apart/<uuid:separation_id>/niet-meer/", network.end_apart, name="apart_end"),
    path(f"{_DOSSIER}/toestemming/vragen/", papers.purposes, name="purposes"),
    path(f"{_DOSSIER}/toestemming/vragen/<slug:purpose>/", papers.question, name="ask"),
    path(f"{_PAPER}/", papers.paper, name="paper"),
    path(f"{_PAPER}/ja/", papers.give, name="give"),
    path(f"{_PAPER}/nee/", papers.refuse, name="refuse"),
    path(f"{_PAPER}/intrekken/", papers.withdraw, name="withdraw"),
    path(f"{_DOSSIER}/detentie/", detention.detention, name="detention"),
    path(f"{_DOSSIER}/detentie/verwachte-datum/", detention.expect, name="expect"),
    path(f"{_DOSSIER}/detentie/overplaatsing/", detention.place, name="place"),
    path(f"{_DOSSIER}/detentie/vrij/", detention.free, name="free"),
    path(f"{_DOSSIER}/detentie/weer-vast/", detention.again, name="again"),
    path(f"{_DOSSIER}/detentie/terugkeer/", detention.home, name="home"),
]
