"""Django's plumbing for this slice."""

from django.apps import AppConfig


class SheetsConfig(AppConfig):
    """Spreadsheets in and out."""

    name = "gib.core.sheets"
    label = "sheets"
