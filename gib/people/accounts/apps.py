"""Django's plumbing for this slice."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class AccountsConfig(AppConfig):
    """Sign-in, appointments and the reader of each request."""

    name = "gib.people.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Register the checks, which need the models."""
        autodiscover_modules("checks")
