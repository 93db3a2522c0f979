"""Read before Django: where the tests keep their keys and which database they run on."""

import atexit
import os
import secrets
import tempfile
from contextlib import ExitStack
from pathlib import Path

from tests.services import postgres

STORES = {"GIB_DATABASE_URL": "gib", "GIB_LOG_DATABASE_URL": "gib_log", "GIB_KEYS_DATABASE_URL": "gib_keys"}


def _prepare() -> None:
    stack = ExitStack()
    atexit.register(stack.close)
    if "GIB_TEST_HOME" not in os.environ:
        os.environ["GIB_TEST_HOME"] = stack.enter_context(tempfile.TemporaryDirectory(prefix="gib-tests-"))
    home = Path(os.environ["GIB_TEST_HOME"])
    os.environ.update(GIB_TESTING="1", GIB_DATA_DIR=str(home), DJANGO_ALLOW_ASYNC_UNSAFE="1")
    if not (home / "secret.key").exists():
        (home / "secret.key").write_text(secrets.token_urlsafe(64))
    if os.environ.get("GIB_TEST_DB") == "postgres":
        here = stack.enter_context(postgres.cluster())
        os.environ[postgres.SHARED] = str(here["port"])
        for variable, name in STORES.items():
            os.environ[variable] = f"postgres://{here['owner']}@{here['host']}:{here['port']}/{name}"
    else:
        for variable in STORES:
            os.environ.pop(variable, None)


_prepare()
