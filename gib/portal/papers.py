"""Papers that belong to no stage: the card that leads to telling about a visit."""

from datetime import datetime
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import segno
from django.utils.translation import gettext as _

from gib.core.papers.pdf import pdf

_LAYOUT: Final = Path(__file__).parent / "layouts" / "card.typ"
#: How much of a code may be lost by a fold or a stain: a quarter. Source: ISO/IEC 18004, level Q.
_LEVEL: Final = "q"
#: White around a code, in modules. Source: ISO/IEC 18004, the quiet zone.
QUIET: Final = 4


def cards(address: str, at: datetime) -> bytes:
    """Print a sheet of ten cards to cut; they are the same for everybody.

    Args:
        address: what the code holds: an address that names nobody.
    """
    return pdf(_LAYOUT, card_words(address), at)


def card_words(address: str) -> dict[str, Any]:
    """Give the words of a card: who finds one learns of no prison, no house and no person."""
    parts = urlsplit(address)
    return {
        "title": _("Ben je geweest?"),
        "words": [
            _("Scan de code en meld je aan."),
            _("Vertel in een minuut hoe het was."),
            _("Kaartje gevonden? Gooi het maar weg."),
        ],
        "address": f"{parts.netloc}{parts.path}",
        "alt": _("Code met het adres %(address)s") % {"address": address},
        "code": code(address),
    }


def code(address: str) -> str:
    """Draw an address as a QR code, as SVG."""
    made = segno.make(address, error=_LEVEL, micro=False, boost_error=False)
    return str(made.svg_inline(border=QUIET, dark="#000", light="#fff"))
