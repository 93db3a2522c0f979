"""The letters to those who care for the children of a visit morning, as one PDF to print and send."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext as _

from gib.core.papers.pdf import pdf, printable
from gib.core.ui.words import day

_LAYOUTS: Final = Path(__file__).parent / "layouts"


def letters(meeting: Any, homes: Iterable[Any], at: datetime) -> bytes:
    """Print a letter for each home, each on a sheet of its own."""
    return pdf(_LAYOUTS / "letters.typ", letter_words(meeting, homes), at)


def letter_words(meeting: Any, homes: Iterable[Any]) -> dict[str, Any]:
    """Give the words of the letters; what is brought along stands in each, so that nothing is forgotten.

    Args:
        meeting: the morning, with its prison.
        homes: per home the first names of its children, and the lines on how they come and go.
    """
    when = {"day": day(meeting.planned_on), "time": f"{meeting.planned_time:%H:%M}"}
    return {
        "title": _("Brieven voor de bezoekochtend"),
        "letters": [_letter(home, when | {"prison": meeting.prison.place}) for home in homes],
        "greeting": _("Beste verzorger,"),
        "bring": _("Dit gaat mee"),
        "things": [
            _("Een geldig identiteitsbewijs van het kind. Zonder laat de inrichting het kind niet binnen."),
            _("Een jas zonder metaal. Telefoons en speelgoed blijven thuis."),
        ],
        "closing": _(
            "Wil het kind niet, of kan het niet? Bel ons. Een kind mag altijd nee zeggen, ook op de dag zelf."
        ),
        "sender": "Gezin in Balans",
    }


def _letter(home: Any, when: dict[str, str]) -> dict[str, Any]:
    names = printable(_(" en ").join(home.names))
    return {
        "title": _("Op bezoek bij mama"),
        "intro": _("Op %(day)s om %(time)s is het bezoek in %(prison)s. Wij verwachten %(names)s.")
        % (when | {"names": names}),
        "lines": [printable(line) for line in home.lines],
    }
