"""The entry of every address: the portal holds the table."""

from django.urls import include, path

urlpatterns = [path("", include("gib.portal.urls"))]

handler403 = "gib.portal.errors.forbidden"
handler404 = "gib.portal.errors.missing"
handler500 = "gib.portal.errors.broken"
