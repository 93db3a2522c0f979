"""Django's plumbing for the portal."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class PortalConfig(AppConfig):
    """The front door: when all slices are known, the wiring board and the slots are filled."""

    name = "gib.portal"
    label = "portal"

    def ready(self) -> None:
        """Load the one table of subscriptions and the one table of slots."""
        autodiscover_modules("subscriptions", "wiring")
