"""The master keys: a file outside every database, readable by its owner only."""

import base64
import json
import os
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
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
    return version


def _write(path: Path, keys: dict[str, str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    fresh.touch(mode=0o600)
    fresh.write_text(json.dumps(keys))
    fresh.chmod(0o400)
    _flush(fresh)
    fresh.replace(path)
    _flush(path.parent)


def _flush(path: Path) -> None:
    """Let a file or folder reach the disk: what is wrapped with a key that a power cut took is lost."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class _Keys(NamedTuple):
    """The master keys by version: as they lie in the file, and ready to wrap with."""

    plain: dict[int, bytes]
    locks: dict[int, AESGCM]


@lru_cache(maxsize=8)
def _read(path: Path, changed_at: int) -> _Keys:
    plain = {int(n): base64.b64decode(key) for n, key in json.loads(path.read_text()).items()}
    return _Keys(plain, {n: AESGCM(key) for n, key in plain.items()})


def _loaded(path: Path) -> _Keys:
    try:
        return _read(path, path.stat().st_mtime_ns)
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise ImproperlyConfigured(f"no usable master key in {path.name}") from error


def load(path: Path) -> dict[int, AESGCM]:
    """Read the master keys by version; a file that was replaced is read again, also by a running server.

    Raises:
        ImproperlyConfigured: the file is absent or broken; nothing sealed can then be read.
    """
    return _loaded(path).locks


def keys() -> dict[int, AESGCM]:
    """Give the master keys of this installation."""
    return load(Path(settings.MASTER_KEY_FILE))


def secrets(purpose: bytes) -> dict[int, bytes]:
    """Give 48 bytes that follow from each master key, for one purpose other than wrapping keys.

    Raises:
        ImproperlyConfigured: the file is absent or broken.
    """
    plain = _loaded(Path(settings.MASTER_KEY_FILE)).plain
    return {n: _derived(key, purpose) for n, key in plain.items()}


@lru_cache(maxsize=32)
def _derived(key: bytes, purpose: bytes) -> bytes:
    return HKDF(SHA256(), 48, salt=None, info=purpose).derive(key)


def lies_beside_data() -> bool:
    """Tell whether one copy of the data folder would take the master key along."""
    return Path(settings.MASTER_KEY_FILE).resolve().is_relative_to(Path(settings.DATA_DIR).resolve())
