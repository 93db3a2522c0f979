"""The words of reference data: products, sorts of help, of visits, of regimes, and how sure a fact is."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Product(StrEnum):
    """The five products of Gezin in Balans."""

    MOEDER_DE_GANS = "moeder_de_gans"
    BEZOEKMOEDERS = "bezoekmoeders"
    MOEDER_KIND_BEZOEKEN = "moeder_kind_bezoeken"
    IK_JIJ_WIJ = "ik_jij_wij"
    MOEDERMAATJES = "moedermaatjes"


BRANDS: Final[Mapping[Product, str]] = {
    Product.MOEDER_DE_GANS: "Moeder de Gans",
    Product.BEZOEKMOEDERS: "Bezoekmoeders",
    Product.MOEDER_KIND_BEZOEKEN: "Moeder-Kind Bezoeken",
    Product.IK_JIJ_WIJ: "Ik-Jij-Wij",
    Product.MOEDERMAATJES: "Moedermaatjes",
}

#: Products that take place inside the prison, so that a permit of that prison is needed.
INSIDE: Final = frozenset(Product) - {Product.MOEDERMAATJES}


class Mark(StrEnum):
    """How sure a fact is: read, secondary, general knowledge, inferred, assumed."""

    READ = "V"
    SECONDARY = "S"
    KNOWLEDGE = "K"
    INFERRED = "I"
    ASSUMED = "A"


class Confirmable(StrEnum):
    """What sort of fact somebody may stand for; the word in the address of its page."""

    REGION = "regio"
    PRISON = "inrichting"
    RULE = "bezoekregel"
    CHANGE = "wijziging"
    TERM = "termijn"
    ALLOWANCE = "vergoeding"
    RATE = "kilometers"


class RateKind(StrEnum):
    """Whose amount a kilometre it is: the untaxed one of employees, or one of our own that goes before it."""

    FISCAL = "fiscal"
    OWN = "own"


class PartnerKind(StrEnum):
    """What sort of organisation signs in as a partner."""

    MUNICIPALITY = "municipality"
    SAFETY_HOUSE = "safety_house"
    PRISON = "prison"


class CareKind(StrEnum):
    """What regular help a care provider gives."""

    DEBT_COUNSELLING = "debt_counselling"
    YOUTH_CARE = "youth_care"
    MENTAL_HEALTH = "mental_health"
    HOUSING = "housing"
    INCOME = "income"
    ADDICTION_CARE = "addiction_care"
    FAMILY_SUPPORT = "family_support"
    OTHER = "other"


class VisitKind(StrEnum):
    """What sort of visit a rule of a prison is about."""

    REGULAR = "regular"
    PARENT_CHILD = "parent_child"
    UNSUPERVISED = "unsupervised"


class Closing(StrEnum):
    """Why a prison lets no visitors in on a day."""

    LOCKDOWN = "lockdown"
    STAFF_SHORTAGE = "staff_shortage"
    CELL_SEARCH = "cell_search"
    OTHER = "other"


class Regime(StrEnum):
    """Under which regime a woman is held."""

    REMAND = "remand"
    SENTENCE = "sentence"
    LOW_SECURITY = "low_security"
    OPEN = "open"
    REPEAT_OFFENDER = "repeat_offender"
    PSYCHIATRIC = "psychiatric"
    PENITENTIARY_PROGRAMME = "penitentiary_programme"
    ELECTRONIC = "electronic"
