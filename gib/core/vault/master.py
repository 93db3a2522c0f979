"""The master keys: a file outside every database, readable by its owner only."""

import base64
import json
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from gib.core.vault.crypto import new_key


def create(path: Path) -> None:
    """Write a first master key (mode 0400); an existing file is left as it is."""
    if not path.exists():
        _write(path, {"1": base64.b64encode(new_key()).decode()})


def add_version(path: Path) -> int:
    """Add a master key and make it the current one; wrapped keys are moved by `rotation.rewrap`.

    Returns: the new version.
    """
    keys = json.loads(path.read_text())
    version = max(int(number) for number in keys) + 1
    _write(path, keys | {str(version): base64.b64encode(new_key()).decode()})
    load.cache_clear()
    return version


def _write(path: Path, keys: dict[str, str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    fresh.touch(mode=0o600)
    fresh.write_text(json.dumps(keys))
    fresh.chmod(0o400)
    fresh.replace(path)


@lru_cache(maxsize=8)
def load(path: Path) -> dict[int, AESGCM]:
    """Read the master keys by version.

    Raises:
        ImproperlyConfigured: the file is absent or broken; nothing sealed can then be read.
    """
    try:
        return {int(n): AESGCM(base64.b64decode(key)) for n, key in json.loads(path.read_text()).items()}
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise ImproperlyConfigured(f"no usable master key in {path.name}") from error


def keys() -> dict[int, AESGCM]:
    """Give the master keys of this installation."""
    return load(Path(settings.MASTER_KEY_FILE))
