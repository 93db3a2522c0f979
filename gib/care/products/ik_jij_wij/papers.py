"""The certificate for who completed the course."""

from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from gib.core.papers.pdf import pdf, printable

_LAYOUT: Final = Path(__file__).parent / "layouts" / "certificate.typ"


def certificate(name: str, sessions: int, on: date, place: str, at: datetime) -> bytes:
    """Print the certificate of one mother.

    Args:
        sessions: at how many she was, or caught up on.
        on: the day that stands on it.
        place: where the course was; the paper does not call it a prison.
    """
    return pdf(_LAYOUT, certificate_words(name, sessions, on, place), at)


def certificate_words(name: str, sessions: int, on: date, place: str) -> dict[str, Any]:
    """Give the words of the certificate; who reads it cannot see where she was."""
    said = {"sessions": sessions}
    return {
        "title": _("Certificaat"),
        "name": printable(name),
        "words": [
            _("heeft de cursus Ik-Jij-Wij afgerond."),
            _("Zij volgde %(sessions)s lessen over kiezen, kansen zien en opvoeden.") % said,
        ],
        "facts": [[_("Plaats"), printable(place)], [_("Datum"), date_format(on, "j F Y")]],
        "signer": _("Namens Gezin in Balans"),
    }
