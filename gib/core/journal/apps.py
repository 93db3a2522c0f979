"""Django's plumbing for the journal."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """The journal of acts lies in the main store, the reading log in a store of its own."""

    name = "gib.core.journal"
    label = "journal"
