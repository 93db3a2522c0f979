"""Papers as PDF: a layout and the words that go into it, accessible and the same each time."""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import fontpkg
import typst

_LAYOUTS: Final = Path(__file__).parent / "layouts"
_FONT: Final = "Noto Sans"
#: From here on begin scripts of which the font lacks letters; a few signs come later.
_OTHERS: Final = 0x370
_SIGNS: Final = "€–—‘’“”…•"


@lru_cache(maxsize=1)
def _fonts() -> Any:
    folder = Path(fontpkg.path(_FONT)).parent
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)])


def pdf(layout: Path, told: Mapping[str, Any], at: datetime) -> bytes:
    """Print a paper as PDF/UA, which somebody who is blind can read as well.

    Args:
        layout: a file of Typst that begins with `#import "house.typ": *`.
        told: the words and numbers that it prints, finished; they go in as data and never as layout.
        at: the moment that the paper says it was made.

    Raises:
        TypstError: the layout is wrong, or a word has a letter that the font lacks.
    """
    shared = (_LAYOUTS / "house.typ").read_bytes()
    made = typst.compile(
        {"main.typ": layout.read_bytes(), "house.typ": shared},
        font_paths=_fonts(),
        sys_inputs={"told": json.dumps(told, ensure_ascii=False)},
        pdf_standards=["ua-1"],
        timestamp=int(at.timestamp()),
    )
    return bytes(made)


def printable(text: str) -> str:
    """Write somebody's words in letters that the font has; a sign that it lacks becomes a question mark."""
    return "".join(
        sign if (sign.isprintable() and ord(sign) < _OTHERS) or sign in _SIGNS else "?" for sign in text
    )
