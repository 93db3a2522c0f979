"""Django's plumbing for this slice."""

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    """The figures of a year."""

    name = "gib.insight.reporting"
    label = "reporting"
