"""How the matching speaks on the screen: its codes as sentences, and why somebody chose otherwise."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from gib.care.products.domain.match import Override
from gib.care.products.words import AGAINST, Words
from gib.core.kernel.rules import CATALOGUE
from gib.core.ui.words import day
from gib.engines.matching.explain import Price
from gib.engines.matching.problem import Daypart, Demand, Gender, Policy, Volunteer
from gib.engines.matching.wording import of_number
from gib.people.families.words import LANGUAGES
from gib.people.volunteers.choices import DAYS, INTERESTS, PARTS
from gib.people.volunteers.domain import LACKS
from gib.people.volunteers.domain.availability import Interest

#: Why somebody chooses another volunteer than the first three.
OVERRIDES: Final[Words] = {
    Override.KNOWS_THEM: gettext_lazy("Ik ken hen allebei, en dit past beter"),
    Override.MOTHER_ASKED: gettext_lazy("De moeder vroeg om haar"),
    Override.VOLUNTEER_ASKED: gettext_lazy("De vrijwilliger vroeg hierom"),
    Override.SPARED: gettext_lazy("De eerste drie wil ik nu niet vragen"),
    Override.NOT_KNOWN: gettext_lazy("Er speelt iets dat het bord niet weet"),
}

#: Whom she may ask for.
GENDERS: Final[Words] = {Gender.WOMAN: gettext_lazy("een vrouw"), Gender.MAN: gettext_lazy("een man")}


def said(code: str, values: Mapping[str, Any]) -> str:
    """Write the sentence of a code of the matching in the language of the reader."""
    told = {name: _word(name, value) for name, value in values.items()}
    return _(CATALOGUE[of_number(code, values)]).format(**told)


def _word(name: str, value: Any) -> str:
    if name == "on":
        return day(value)
    return ", ".join(_code(text) for text in str(value).split(", "))


def _code(text: str) -> str:
    if text in set(Daypart):
        return daypart(Daypart(text))
    known: list[Mapping[Any, Any]] = [LACKS, LANGUAGES, GENDERS, INTERESTS]
    return next((str(words[text]) for words in known if text in words), text)


def daypart(part: Daypart) -> str:
    """Name one part of the week in one word, such as dinsdagochtend."""
    name, _mark, half = part.partition("_")
    return _("%(day)s%(part)s") % {"day": DAYS[name], "part": PARTS[half]}


def asks(
    dayparts: Iterable[Daypart], gender: Gender | None, needs_car: bool, interests: Iterable[str]
) -> str:
    """Say in one line what a mother asks of a volunteer; empty when it is all open."""
    times, liked = [daypart(part) for part in dayparts], [str(INTERESTS[Interest(one)]) for one in interests]
    told = [
        _("Vraagt %(whom)s") % {"whom": GENDERS[gender]} if gender else "",
        _("Vraagt een auto") if needs_car else "",
        _("Kan op %(times)s") % {"times": ", ".join(times)} if times else "",
        _("Graag: %(liked)s") % {"liked": ", ".join(liked)} if liked else "",
    ]
    return " · ".join(filter(None, told))


def met(demand: Demand, volunteer: Volunteer) -> list[str]:
    """Say which hard things she asked that a volunteer has; one who may help has them all."""
    times = [daypart(part) for part in demand.dayparts if part in volunteer.dayparts]
    told = [
        _("Zij vroeg om %(whom)s, en dat klopt.") % {"whom": GENDERS[demand.gender]} if demand.gender else "",
        _("Zij vroeg om een auto, en die is er.") if demand.needs_car else "",
        _("Allebei kunnen zij op %(times)s.") % {"times": ", ".join(times)} if times else "",
    ]
    return [text for text in told if text]


def unknown_area(demand: Demand, volunteer: Volunteer | None = None) -> list[str]:
    """Ask to look where nobody can tell whether they are neighbours: of her, and of a volunteer."""
    hers = _("Haar postcode is niet bekend. Vraag na dat zij geen buren zijn.")
    theirs = _("De postcode van de vrijwilliger is niet bekend. Vraag na dat zij geen buren zijn.")
    if not demand.near:
        return [hers]
    return [theirs] if volunteer and not volunteer.near else []


def refusal(code: str, value: str, is_available: bool) -> str:
    """Say which rule keeps somebody away; who is not available is never called absent."""
    if code == "match_away" and not is_available:
        return str(AGAINST["state"]).capitalize() + "."
    return said(code, {"value": value})


def mend(code: str, value: str) -> str:
    """Say what one change would make a pair possible."""
    if code == "match_away":
        value = day(date.fromisoformat(value))
    return said(f"mend_{code}", {"value": value})


#: What a choice may cost the others, the most important first.
_COSTS: Final = (
    ngettext_lazy(
        "%(number)d moeder die voorgaat, krijgt dan niemand.",
        "%(number)d moeders die voorgaan, krijgen dan niemand.",
        "number",
    ),
    ngettext_lazy(
        "%(number)d moeder minder krijgt een vrijwilliger.",
        "%(number)d moeders minder krijgen een vrijwilliger.",
        "number",
    ),
    ngettext_lazy(
        "Wie een vrijwilliger krijgt, wachtte samen %(number)d dag minder.",
        "Wie een vrijwilliger krijgt, wachtte samen %(number)d dagen minder.",
        "number",
    ),
    ngettext_lazy(
        "Alle koppelingen samen krijgen %(number)d punt minder.",
        "Alle koppelingen samen krijgen %(number)d punten minder.",
        "number",
    ),
    ngettext_lazy(
        "%(number)d andere moeder krijgt iemand anders.",
        "%(number)d andere moeders krijgen iemand anders.",
        "number",
    ),
)


def cost(price: Price) -> list[str]:
    """Say what a choice by hand costs all together, the most important first; it may cost nothing."""
    loss, touched = price.loss, max(len(price.moves) - 1, 0)
    numbers = (loss.urgent, loss.served, loss.days, loss.points, touched)
    told = zip(_COSTS, numbers, strict=True)
    found = [str(text % {"number": number}) for text, number in told if number > 0]
    return found or [_("Dit kost de anderen niets.")]


def weighing(policy: Policy) -> str:
    """Say under which version of the weights was counted, and since when it holds."""
    return _("Geteld met weging %(version)s, die geldt vanaf %(on)s.") % {
        "version": policy.version,
        "on": day(policy.from_on),
    }


def grouped(number: int) -> str:
    """Write a long number in groups of three that stay on one line."""
    return f"{number:,}".replace(",", "\N{NO-BREAK SPACE}")
