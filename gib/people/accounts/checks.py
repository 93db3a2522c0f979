"""What must be true before this house opens its door."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import OperationalError, ProgrammingError

from gib.core.vault import master
from gib.people.accounts.models import Installation, User


def problems() -> list[CheckMessage]:
    """Give every reason not to open."""
    return [*shared_cache(None), *key_apart(None), *demo_mark(None)]


@register(Tags.security)
def shared_cache(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Refuse a cache per process: with four workers it allows four times the guesses (ASVS 6.3.1)."""
    backend = settings.CACHES["default"]["BACKEND"]
    if settings.TESTING or not backend.endswith((".LocMemCache", ".DummyCache")):
        return []
    return [
        Error(
            "The cache is not shared between processes.",
            hint="Use the database cache or Redis: rate limits and one-time codes depend on it.",
            id="accounts.E001",
        )
    ]


@register(Tags.security)
def key_apart(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Refuse a master key in the data folder: one stolen copy would open every dossier (T10)."""
    if settings.TESTING or settings.DEMO or settings.DEBUG or not master.lies_beside_data():
        return []
    return [
        Error(
            "The master key lies in the data folder.",
            hint="Move it to another disk or folder, and name its place in GIB_MASTER_KEY_FILE.",
            id="accounts.E003",
        )
    ]


@register(Tags.database)
def demo_mark(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Refuse demonstration mode on a database that does not carry the mark of a demonstration."""
    if not settings.DEMO or _is_marked():
        return []
    return [
        Error(
            "GIB_DEMO is set, but this database is not marked as a demonstration.",
            hint="Unset GIB_DEMO, or make a demonstration world in a database of its own.",
            id="accounts.E002",
        )
    ]


def _is_marked() -> bool:
    """Read the mark; a database without tables or users has nobody in it to protect yet."""
    try:
        return Installation.objects.filter(is_demo=True).exists() or not User.objects.exists()
    except (OperationalError, ProgrammingError):
        return True
