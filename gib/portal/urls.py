"""The table of addresses: each slice under its own, the front door before them."""

from importlib.util import find_spec

from django.urls import include, path

from gib.portal import health

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
    "gib.portal.imports.urls",
]

urlpatterns = [
    path("gezond/live", health.live, name="live"),
    path("gezond/ready", health.ready, name="ready"),
    *(path("", include(name)) for name in SLICES if find_spec(name)),
]
