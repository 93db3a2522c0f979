"""The web server: one process with a few blocking threads, and the tick beside it."""

import argparse
import os
import subprocess
import sys
from pathlib import Path


def run(given: argparse.Namespace) -> int:
    """Serve until interrupted; the tick runs each minute in a process of its own."""
    server = [
        str(Path(sys.executable).with_name("granian")),
        "--interface", "wsgi",
        "--host", "127.0.0.1" if given.host == "localhost" else given.host,
        "--port", str(given.port),
        "--workers", os.environ.get("GIB_WORKERS", "1"),
        "--blocking-threads", "4",
        "--backpressure", "16",
        "--no-access-log",
        "config.wsgi:application",
    ]  # fmt: skip
    return subprocess.run(server, check=False).returncode
