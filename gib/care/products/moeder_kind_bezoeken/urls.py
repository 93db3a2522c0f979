"""Addresses of visit mornings; the urls of products include them in its namespace."""

from django.urls import path

from gib.care.products.moeder_kind_bezoeken import views
from gib.care.products.moeder_kind_bezoeken.views import papers, rides

urlpatterns = [
    path("bezoekochtenden/<int:meeting_id>/", views.morning, name="morning"),
    path("bezoekochtenden/<int:meeting_id>/daglijst/", papers.day_list, name="day_list"),
    path("bezoekochtenden/<int:meeting_id>/dag/", views.day, name="morning_day"),
    path("bezoekochtenden/<int:meeting_id>/tekenlijst/", papers.sign_list, name="sign_list"),
    path("bezoekochtenden/<int:meeting_id>/brieven/", papers.letters, name="morning_letters"),
    path("bezoekochtenden/<int:meeting_id>/rit/", rides.add, name="ride_add"),
    path("bezoekochtenden/<int:meeting_id>/wie-rijdt-wie/", rides.plan, name="morning_plan"),
    path("ritten/<uuid:ride_id>/lijst/", papers.ride_list, name="ride_list"),
    path("ritten/<uuid:ride_id>/afzeggen/", rides.cancel, name="ride_cancel"),
    path("bezoekochtenden/<int:meeting_id>/kind/", views.apply, name="child_apply"),
    path("bezoekochtenden/kind/<uuid:row_id>/afspraak-thuis/", rides.home, name="child_home"),
    path("bezoekochtenden/kind/<uuid:row_id>/auto/", rides.seat, name="child_seat"),
    path("bezoekochtenden/kind/<uuid:row_id>/mag-mee/", views.gate, name="child_gate"),
    path("bezoekochtenden/kind/<uuid:row_id>/weer-thuis/", views.back_home, name="child_back"),
    path("bezoekochtenden/kind/<uuid:row_id>/komt-niet/", views.cancel, name="child_cancel"),
    path("bezoekochtenden/kind/<uuid:row_id>/verder/<str:to>/", views.step, name="child_step"),
    path("onderdelen/<uuid:part_id>/bezoeken-starten/", views.begin, name="mornings_begin"),
]
