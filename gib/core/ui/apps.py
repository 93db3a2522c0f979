"""Django's plumbing for this slice."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """The component kit."""

    name = "gib.core.ui"
    label = "ui"
