"""Addresses of products, matches, visits and group meetings; each of the five adds its own."""

from django.urls import include, path

from gib.care.products.views import asking, board, claims, contacts, exclusions, matches, meetings, parts

app_name = "products"
urlpatterns = [
    path("moeders/<uuid:dossier_id>/wens/<str:product>/", parts.wish, name="wish"),
    path("moeders/<uuid:dossier_id>/verslag/", contacts.talk, name="talk"),
    path("onderdelen/<uuid:part_id>/verder/<str:to>/", parts.step, name="part_step"),
    path("onderdelen/<uuid:part_id>/deels/", parts.partly, name="part_partly"),
    path("onderdelen/<uuid:part_id>/wil-niet/", parts.decline, name="part_decline"),
    path("onderdelen/<uuid:part_id>/stopt/", parts.stop, name="part_stop"),
    path("onderdelen/<uuid:part_id>/afzeggen/", parts.cancel, name="part_cancel"),
    path("onderdelen/<uuid:part_id>/vrijwilliger/", asking.asks, name="part_asks"),
    path("onderdelen/<uuid:part_id>/inrichting/", parts.prison, name="part_prison"),
    path("moeders/<uuid:dossier_id>/niet-koppelen/", exclusions.exclude, name="exclude"),
    path("uitsluitingen/<uuid:exclusion_id>/opheffen/", exclusions.lift, name="exclusion_lift"),
    path("koppelingen/<uuid:match_id>/niet-meer/", exclusions.exclude_matched, name="match_exclude"),
    path("koppelingen/<uuid:match_id>/", matches.match, name="match"),
    path("koppelingen/<uuid:match_id>/moeder/", matches.mother_answers, name="match_mother"),
    path("koppelingen/<uuid:match_id>/antwoord/", matches.volunteer_answers, name="match_answer"),
    path("koppelingen/<uuid:match_id>/geen-klik/", matches.no_click, name="match_no_click"),
    path("koppelingen/<uuid:match_id>/einde/", matches.end, name="match_end"),
    path("koppelingen/<uuid:match_id>/verder/<str:to>/", matches.step, name="match_step"),
    path("koppelingen/<uuid:match_id>/bezoek/", contacts.plan, name="visit_plan"),
    path("koppelingen/<uuid:match_id>/verslag/", contacts.log, name="visit_log"),
    path("bezoeken/<uuid:contact_id>/", contacts.contact, name="visit"),
    path("bezoeken/<uuid:contact_id>/afzeggen/", contacts.cancel, name="visit_cancel"),
    path("bezoeken/<uuid:contact_id>/mislukt/", contacts.missed, name="visit_missed"),
    path("bezoeken/<uuid:contact_id>/gelezen/", contacts.read, name="visit_read"),
    path("bezoeken/<uuid:contact_id>/verder/<str:to>/", contacts.step, name="visit_step"),
    path("bezoeken/<uuid:contact_id>/onkosten/", claims.visit_claim, name="visit_claim"),
    path("koppelbord/", board.board, name="board"),
    path("koppelbord/alles/", board.plan_for_all, name="board_plan"),
    path("koppelbord/<uuid:part_id>/<uuid:volunteer_id>/", board.choose, name="board_choose"),
    path("verslagen/", contacts.to_read, name="to_read"),
    path("bijeenkomsten/", meetings.meetings, name="meetings"),
    path("bijeenkomsten/nieuw/", meetings.add, name="meeting_add"),
    path("bijeenkomsten/<int:meeting_id>/", meetings.meeting, name="meeting"),
    path("bijeenkomsten/<int:meeting_id>/uitnodigen/", meetings.invite, name="meeting_invite"),
    path("uitnodigingen/<uuid:attendance_id>/van-de-lijst/", meetings.take_off, name="meeting_off"),
    path("bijeenkomsten/<int:meeting_id>/geweest/", meetings.held, name="meeting_held"),
    path("bijeenkomsten/<int:meeting_id>/afzeggen/", meetings.cancel, name="meeting_cancel"),
    # By name: what is shared may not know the five.
    path("", include("gib.care.products.moeder_de_gans.urls")),
    path("", include("gib.care.products.bezoekmoeders.urls")),
    path("", include("gib.care.products.moeder_kind_bezoeken.urls")),
    path("", include("gib.care.products.ik_jij_wij.urls")),
    path("", include("gib.care.products.moedermaatjes.urls")),
]
