"""Addresses of visit mornings; the urls of products include them in its namespace."""

from django.urls import path

from gib.care.products.moeder_kind_bezoeken import views

urlpatterns = [
    path("bezoekochtenden/<int:meeting_id>/", views.morning, name="morning"),
    path("bezoekochtenden/<int:meeting_id>/daglijst/", views.day_list, name="day_list"),
    path("bezoekochtenden/<int:meeting_id>/kind/", views.apply, name="child_apply"),
    path("bezoekochtenden/kind/<uuid:row_id>/mag-mee/", views.gate, name="child_gate"),
    path("bezoekochtenden/kind/<uuid:row_id>/weer-thuis/", views.back_home, name="child_back"),
    path("bezoekochtenden/kind/<uuid:row_id>/komt-niet/", views.cancel, name="child_cancel"),
    path("bezoekochtenden/kind/<uuid:row_id>/verder/<str:to>/", views.step, name="child_step"),
    path("onderdelen/<uuid:part_id>/bezoeken-starten/", views.begin, name="mornings_begin"),
]
