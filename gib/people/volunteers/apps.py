"""Django's plumbing for this slice."""

from django.apps import AppConfig


class VolunteersConfig(AppConfig):
    """Volunteers and their requirements."""

    name = "gib.people.volunteers"
    label = "volunteers"
