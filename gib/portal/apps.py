"""Django's plumbing for this slice."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """The front door."""

    name = "gib.portal"
    label = "portal"
