"""The table of addresses: the front door, and each slice under its own."""

from django.urls import include, path

from gib.care.intake import views as intake
from gib.people.accounts.urls import library_urls
from gib.portal import health
from gib.portal.views import (
    agenda,
    away,
    board,
    dossier,
    emergencies,
    erasure,
    hers,
    organisation,
    phone,
    postbox,
    readings,
    search,
    start,
    transfers,
)

SLICES = [
    "gib.core.ui.urls",
    "gib.people.accounts.urls",
    "gib.people.partners.urls",
    "gib.people.families.urls",
    "gib.people.volunteers.urls",
    "gib.care.referral.urls",
    "gib.care.intake.urls",
    "gib.care.trajectory.urls",
    "gib.care.products.urls",
    "gib.care.aftercare.urls",
    "gib.care.handover.urls",
    "gib.insight.reporting.urls",
    "gib.portal.imports.urls",
]

front = [
    path("", start.start, name="start"),
    path("vandaag/", start.today, name="today"),
    path("mijn-dag/", phone.phone, name="phone"),
    path("kaartje/", phone.card, name="card"),
    path("agenda/", agenda.calendar, name="agenda"),
    path("brievenbus/", postbox.deliver, name="postbox"),
    path("geen-internet/", away.away, name="away"),
    # At the top, so that it may speak for every page.
    path("wacht.js", away.worker, name="worker"),
    path("agenda/feed/", agenda.feed_own, name="feed_own"),
    path("agenda/feed/stoppen/", agenda.feed_stop, name="feed_stop"),
    path("agenda/feed/<str:token>.ics", agenda.feed, name="feed"),
    path("meer/", start.more, name="more"),
    path("zoeken/", search.search, name="search"),
    path("dossier/<uuid:dossier_id>/", dossier.dossier, name="dossier"),
    path("dossier/<uuid:dossier_id>/gezien/", readings.dossier_seen, name="dossier_seen"),
    path("dossier/<uuid:dossier_id>/wat-ziet-zij/", hers.hers, name="hers"),
    path("dossier/<uuid:dossier_id>/overdragen/", transfers.transfer, name="transfer"),
    path("dossier/<uuid:dossier_id>/wissen/", erasure.erase, name="erase"),
    path("dossier/<uuid:dossier_id>/bewaren/", erasure.hold, name="hold"),
    path("dossier/<uuid:dossier_id>/<str:name>/", dossier.tab, name="dossier_tab"),
    path("aanmeldingen/<uuid:referral_id>/intake/", intake.plan, name="plan_intake"),
    path("wissen/", erasure.overview, name="erasures"),
    path("wissen/aan-de-beurt/", erasure.due, name="erasures_due"),
    path("wissen/<uuid:erasure_id>/", erasure.erasure, name="erasure"),
    path("bewaren/<uuid:hold_id>/voorbij/", erasure.hold_end, name="hold_end"),
    path("organisatie/", organisation.overview, name="organisation"),
    path("organisatie/team/", organisation.team_add, name="team_add"),
    path("organisatie/team/<int:team_id>/beeindigen/", organisation.team_end, name="team_end"),
    path("organisatie/nieuw/", organisation.desk_add, name="desk_add"),
    path("organisatie/<int:partner_id>/beeindigen/", organisation.desk_end, name="desk_end"),
    path("noodtoegang/", emergencies.ask, name="emergency"),
    path("noodtoegang/loopt/", emergencies.running, name="emergency_running"),
    path("noodtoegang/stoppen/", emergencies.stop, name="emergency_stop"),
    path("noodtoegang/beoordelen/", emergencies.queue, name="emergency_queue"),
    path("noodtoegang/beoordelen/<uuid:emergency_id>/", emergencies.review, name="emergency_review"),
    path("inzage/", readings.readings, name="readings"),
    path("bedrading/", board.board, name="board"),
]

urlpatterns = [
    path("", include((front, "portal"))),
    path("gezond/live", health.live, name="live"),
    path("gezond/ready", health.ready, name="ready"),
    *library_urls,
    *(path("", include(name)) for name in SLICES),
]
