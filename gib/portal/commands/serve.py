"""The web server: one process with a few blocking threads, and the tick each minute beside it."""

import argparse
import os
import subprocess
import sys
from pathlib import Path
from typing import Final

import structlog
from django.db import DatabaseError, close_old_connections

from gib.portal.commands import tick

LOG = structlog.get_logger()
SECONDS: Final = 60


def command(host: str, port: int) -> list[str]:
    """Write the command of the server; it binds an address, not a name."""
    return [
        str(Path(sys.executable).with_name("granian")),
        "--interface", "wsgi",
        "--host", "127.0.0.1" if host == "localhost" else host,
        "--port", str(port),
        "--workers", os.environ.get("GIB_WORKERS", "1"),
        "--blocking-threads", "4",
        "--backpressure", "16",
        "--no-ws",
        "config.wsgi:application",
    ]  # fmt: skip


def run(given: argparse.Namespace) -> int:
    """Serve until interrupted, and do each minute what is due.

    Returns: the exit status of the server.
    """
    with subprocess.Popen(command(given.host, given.port)) as server:
        while server.poll() is None:
            _tick(given)
            try:
                server.wait(SECONDS)
            except subprocess.TimeoutExpired:
                continue
            except KeyboardInterrupt:
                server.terminate()
        return server.returncode


def _tick(given: argparse.Namespace) -> None:
    """Do what is due; a store that is away is tried again the next minute."""
    try:
        tick.run(given)
    except DatabaseError as error:
        LOG.error("tick failed", error=type(error).__name__)
    finally:
        close_old_connections()
