"""Her scores on paper: a sheet to fill in by hand and keep, and what she gave then and now."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext as _

from gib.care.intake.domain import HIGHEST_MARK
from gib.care.trajectory import words
from gib.care.trajectory.domain import EDITION
from gib.care.trajectory.presenting_scores import Moment
from gib.core.papers.pdf import pdf, printable

_LAYOUT: Final = Path(__file__).parent / "layouts" / "scores.typ"
_NOTHING: Final[Mapping[str, int | None]] = {}


def blank(at: datetime) -> bytes:
    """Print the questions for her to fill in by hand; nobody's name stands on it."""
    return pdf(_LAYOUT, blank_words(), at)


def blank_words() -> dict[str, Any]:
    """Give the words of the empty sheet."""
    lead = _("Zet een kruis door het cijfer dat bij u past. U mag vragen openlaten. Dit blad is voor u.")
    return _sheet(lead, [_("Ingevuld op: ____________________")], _NOTHING, _NOTHING)


def then_and_now(first_name: str, moments: list[Moment], at: datetime) -> bytes:
    """Print her scores of the first and the last moment beside each other, or of the only one."""
    return pdf(_LAYOUT, then_and_now_words(first_name, moments), at)


def then_and_now_words(first_name: str, moments: list[Moment]) -> dict[str, Any]:
    """Give the words of the sheet with her scores; beside her first name it says nothing of her."""
    now, then = moments[-1], moments[0] if len(moments) > 1 else None
    legend = [_("Donker: %(day)s") % {"day": now.title}]
    if then:
        legend.insert(0, _("Dikke rand: %(day)s") % {"day": then.title})
    lead = _("Deze cijfers gaf u zelf. Voor: %(name)s.") % {"name": printable(first_name)}
    return _sheet(lead, legend, then.scores if then else _NOTHING, now.scores)


def _sheet(
    lead: str, legend: list[str], then: Mapping[str, int | None], now: Mapping[str, int | None]
) -> dict[str, Any]:
    return {
        "title": _("Hoe gaat het met mij?"),
        "lead": lead,
        "legend": legend,
        "marks": list(range(HIGHEST_MARK + 1)),
        "rows": [
            {
                "asks": str(question.asks),
                "worst": str(question.worst),
                "best": str(question.best),
                "then": then.get(area),
                "now": now.get(area),
                "told": _told(then.get(area), now.get(area)),
            }
            for area, question in words.QUESTIONS[EDITION].items()
        ],
        "closing": _("Niemand telt deze cijfers op, en niemand vergelijkt u met een ander."),
    }


def _told(then: int | None, now: int | None) -> str:
    """Say her scores in words as well, for who cannot see the picture."""
    said = {_("toen"): then, _("nu"): now}
    return ", ".join(f"{word} {score}" for word, score in said.items() if score is not None)
