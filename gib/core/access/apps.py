"""Django's plumbing for access."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Access has no tables of its own; it guards those of others."""

    name = "gib.core.access"
    label = "access"
