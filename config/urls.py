"""The entry of every address: the portal holds the table."""

from django.urls import include, path

urlpatterns = [path("", include("gib.portal.urls"))]
