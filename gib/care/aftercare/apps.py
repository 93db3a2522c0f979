"""Django's plumbing for this slice."""

from django.apps import AppConfig


class AftercareConfig(AppConfig):
    """The fifth stage of the chain: who pays."""

    name = "gib.care.aftercare"
    label = "aftercare"
