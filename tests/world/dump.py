"""Everything that lies on disk of the three stores, as one readable text, whatever dress it wears there."""

import re
import subprocess
from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connections

from tests.services import postgres

_HEX = re.compile(r"(?:X'|\\x)((?:[0-9a-fA-F]{2})+)")


def text() -> str:
    """Dump every store with the tool of its engine; bytes are opened, and so are sessions."""
    stores = [_dump(connection) for connection in connections.all()]
    opened = [_HEX.sub(lambda found: bytes.fromhex(found[1]).decode("latin-1"), store) for store in stores]
    return "\n".join([*stores, *opened, *_sessions(), *_files()])


def _dump(connection: Any) -> str:
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        return "\n".join(connection.connection.iterdump())
    facts = connection.settings_dict
    where = ["-h", facts["HOST"], "-p", str(facts["PORT"]), "-U", postgres.OWNER, "-d", facts["NAME"]]
    command = [postgres._binary("pg_dump"), *where, "--inserts"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def _sessions() -> list[str]:
    return [str(session.get_decoded()) for session in Session.objects.all()]


def _files() -> list[str]:
    """Read every file of the data directory: mail, leftovers, whatever was put there."""
    found = settings.DATA_DIR.rglob("*")
    return [path.read_bytes().decode("latin-1") for path in found if path.is_file()]
