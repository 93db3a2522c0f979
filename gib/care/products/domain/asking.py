"""What a mother asks of the volunteer in one product: in codes, and all of it may stay open."""

from dataclasses import dataclass
from typing import ClassVar, Final

from gib.care.products.domain import ParticipationEvent
from gib.care.products.domain.participation import FLOW, MATCHED, State
from gib.core.kernel.rules import RuleBroken, declare
from gib.engines.matching.problem import Daypart, Gender
from gib.people.partners.domain import Product
from gib.people.volunteers.domain.availability import Interest

#: Whom she may ask for; who says nothing of herself, or something else, is never asked for by it.
GENDERS: Final = (Gender.WOMAN, Gender.MAN)

declare(
    {
        "part_over": "Dit onderdeel is voorbij. Hierbij zoeken wij geen vrijwilliger meer.",
        "gender_not_asked": "Vraag om een vrouw of om een man, of laat het open.",
    }
)


@dataclass(frozen=True)
class Asked:
    """What she asks: parts of the week in which she can, a woman or a man, a car, and what she likes to do.

    What is empty keeps nobody away. The first three are hard rules of the matching, the interests give
    points. Nothing here is about origin, faith, offence or risk (AI-04).
    """

    dayparts: tuple[Daypart, ...] = ()
    gender: Gender | None = None
    needs_car: bool = False
    interests: tuple[Interest, ...] = ()
    version: int | None = None


def check_asked(product: Product, state: State, asked: Asked) -> None:
    """Allow writing down what she asks, as long as a volunteer may still be sought for her.

    Raises:
        RuleBroken: 'product_without_match', 'part_over', 'gender_not_asked'.

    Source: issue of the engine (required gender or car, availability that overlaps, shared wishes).
    """
    if product not in MATCHED:
        raise RuleBroken("product_without_match")
    if FLOW.is_final(state):
        raise RuleBroken("part_over")
    if asked.gender is not None and asked.gender not in GENDERS:
        raise RuleBroken("gender_not_asked")


@dataclass(frozen=True, kw_only=True)
class VolunteerAsked(ParticipationEvent):
    """She said what she asks of a volunteer."""

    sentence: ClassVar[str] = "U vertelde wat u vraagt van een vrijwilliger."
    dayparts: tuple[Daypart, ...]
    gender: Gender | None
    needs_car: bool
    interests: tuple[Interest, ...]
