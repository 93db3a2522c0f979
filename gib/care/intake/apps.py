"""Django's plumbing for this slice."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """The second stage of the chain."""

    name = "gib.care.intake"
    label = "intake"
