"""Django's plumbing for this slice."""

from django.apps import AppConfig


class PartnersConfig(AppConfig):
    """Reference data with dates."""

    name = "gib.people.partners"
    label = "partners"
