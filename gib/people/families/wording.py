"""The texts of consent: every version is a file that never changes once it has been used (CON-06)."""

import hashlib
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from gib.core.kernel.rules import RuleBroken
from gib.people.families.domain.codes import Purpose

FOLDER: Final = Path(__file__).parent / "texts"
LANGUAGES: Final = ("nl", "en")


@dataclass(frozen=True)
class Wording:
    """One version of one text; `reviewed_on` is empty until somebody outside this house approved it."""

    version: str
    language: str
    title: str
    paragraphs: tuple[str, ...]
    reviewer: str
    reviewed_on: str
    digest: str

    @property
    def is_approved(self) -> bool:
        """Tell whether a reviewer stands for this text."""
        return bool(self.reviewer and self.reviewed_on)


@lru_cache(maxsize=64)
def exact_bytes(version: str, language: str) -> bytes:
    """Give the file of a version, byte for byte.

    Raises:
        RuleBroken: 'consent_text_missing'.
    """
    known = {path.stem: path for path in (FOLDER / language).glob("*.toml")} if language in LANGUAGES else {}
    if version not in known:
        raise RuleBroken("consent_text_missing")
    return known[version].read_bytes()


@lru_cache(maxsize=64)
def wording(version: str, language: str) -> Wording:
    """Read one version of a text.

    Raises:
        RuleBroken: 'consent_text_missing'.
    """
    content = exact_bytes(version, language)
    told = tomllib.loads(content.decode())
    return Wording(
        version=version,
        language=language,
        title=told["title"],
        paragraphs=tuple(told["paragraphs"]),
        reviewer=told["reviewer"],
        reviewed_on=told["reviewed_on"],
        digest=hashlib.sha256(content).hexdigest(),
    )


def latest(purpose: Purpose | str, language: str) -> Wording:
    """Give the newest text of a purpose, to ask with.

    Raises:
        RuleBroken: 'consent_text_missing' when this language has none.
    """
    versions = [path.stem for path in (FOLDER / language).glob(f"{purpose}-*.toml")]
    numbered = {int(version.rpartition("-")[2]): version for version in versions}
    if not numbered or language not in LANGUAGES:
        raise RuleBroken("consent_text_missing")
    return wording(numbered[max(numbered)], language)
