"""Django's plumbing for this slice."""

from django.apps import AppConfig


class HandoverConfig(AppConfig):
    """The last stage of the chain."""

    name = "gib.care.handover"
    label = "handover"
