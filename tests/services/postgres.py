"""A throw-away PostgreSQL cluster: made for one run of the tests, gone after it."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypedDict

BINARIES = Path("/usr/lib/postgresql")
SHARED = "GIB_TEST_POSTGRES"
OWNER, APP, SUPERUSER = "gib_owner", "gib_app", "postgres"
# Nothing here outlives the run, so nothing has to reach the disk.
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=60")
_LOCALE = ("-E", "UTF8", "--locale=C.UTF-8")
ROLES = f"""
CREATE ROLE {OWNER} LOGIN CREATEDB NOSUPERUSER NOBYPASSRLS;
CREATE ROLE {APP} LOGIN NOCREATEDB NOSUPERUSER NOBYPASSRLS;
"""


class Cluster(TypedDict):
    """Where a cluster answers, and its two roles; both log in locally without a password."""

    host: str
    port: int
    owner: str
    app: str


@contextmanager
def cluster() -> Iterator[Cluster]:
    """Give a running cluster: the one of this run when there is one, otherwise a new one."""
    if port := os.environ.get(SHARED):
        yield _at(int(port))
        return
    _binary("initdb")
    home = Path(tempfile.mkdtemp(prefix="gib-postgres-"))
    try:
        yield _at(_start(home))
    finally:
        _run(home, "pg_ctl", "stop", "-D", home / "data", "-m", "immediate", "-s", check=False)
        shutil.rmtree(home, ignore_errors=True)


@contextmanager
def kept(home: Path, *more: str) -> Iterator[Cluster]:
    """Give a running cluster whose data stay in a folder from run to run; one made by half is made anew.

    Args:
        more: settings of the server beside the usual ones.
    """
    made = home / "made"
    if not made.exists():
        shutil.rmtree(home, ignore_errors=True)
        home.mkdir(parents=True)
    try:
        port = _start(home, *more, is_new=not made.exists())
        made.touch()
        yield _at(port)
    finally:
        _run(home, "pg_ctl", "stop", "-D", home / "data", "-m", "fast", "-w", "-t", "300", "-s", check=False)


def _at(port: int) -> Cluster:
    return Cluster(host="127.0.0.1", port=port, owner=OWNER, app=APP)


def _start(home: Path, *more: str, is_new: bool = True) -> int:
    port = _free_port()
    data, log = home / "data", home / "log"
    if os.geteuid() == 0:
        account = pwd.getpwnam(SUPERUSER)
        os.chown(home, account.pw_uid, account.pw_gid)
    if is_new:
        _run(home, "initdb", "-D", data, "-U", SUPERUSER, "-A", "trust", *_LOCALE, "-N")
    settings = (*FAST, *more, f"port={port}", "listen_addresses=127.0.0.1", f"unix_socket_directories={home}")
    options = " ".join(f"-c {setting}" for setting in settings)
    _run(home, "pg_ctl", "start", "-D", data, "-l", log, "-o", options, "-w", "-s")
    if is_new:
        _run(home, "psql", "-h", home, "-p", port, "-U", SUPERUSER, "-d", "postgres", "-qc", ROLES)
    return port


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _binary(name: str) -> str:
    found = sorted(BINARIES.glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]))
    if not found:
        raise RuntimeError("no PostgreSQL on this machine: apt-get install postgresql")
    return str(found[-1])


def _run(home: Path, name: str, *args: object, check: bool = True) -> None:
    # PostgreSQL refuses to run as root.
    prefix = ["runuser", "-u", SUPERUSER, "--"] if os.geteuid() == 0 else []
    command = [*prefix, _binary(name), *map(str, args)]
    done = subprocess.run(command, cwd=home, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if check and done.returncode != 0:
        raise RuntimeError(f"{name} failed: {done.stderr.strip() or done.stdout.strip()}")
