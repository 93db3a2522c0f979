"""Somebody wants to volunteer: what she tells, to which team it goes, and the first talk with her."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from math import cos, hypot, radians
from typing import ClassVar, Final

from gib.core.kernel.rules import RuleBroken, declare
from gib.people.partners.domain import Product
from gib.people.volunteers.domain.volunteer import VolunteerEvent

declare(
    {
        "enquiry_reach": "Vul je telefoonnummer of je e-mailadres in. Dan kunnen wij je bereiken.",
        "enquiry_place": "Wij kennen deze postcode niet. Kies hieronder zelf een inrichting.",
        "interview_in_past": "Deze dag is al voorbij. Kies vandaag of later.",
        "interview_ahead": "Dit gesprek komt nog. Vul daarna in hoe het ging.",
        "interview_state": "Met haar is er geen kennismaking meer.",
    }
)

#: The text to which somebody agrees is kept by this number; another text needs another number.
CONSENT_VERSION: Final = "2011-1"
#: Somebody who did not go on is forgotten after so many weeks, when no dated term says otherwise (VOL-03).
KEPT_WEEKS: Final = 4


class Heard(StrEnum):
    """How somebody came to know of us."""

    FRIEND = "friend"
    INTERNET = "internet"
    NEWSPAPER = "newspaper"
    MEETING = "meeting"
    OTHER = "other"


class Conclusion(StrEnum):
    """What came out of the first talk; a no has no reason."""

    YES = "yes"
    NO = "no"


@dataclass(frozen=True)
class NewEnquiry:
    """What somebody tells who wants to volunteer: `area` is four digits, `prison` her own choice or empty."""

    given_name: str
    family_name: str
    phone: str
    email: str
    area: str
    prison: str = ""
    products: tuple[Product, ...] = ()
    languages: tuple[str, ...] = ("nl",)
    heard: Heard = Heard.OTHER


@dataclass(frozen=True)
class Spot:
    """A place on the earth in degrees, with its code."""

    code: str
    latitude: float
    longitude: float


def check_reach(phone: str, email: str) -> None:
    """Refuse somebody who cannot be called nor written to.

    Raises:
        RuleBroken: 'enquiry_reach'.
    """
    if not (phone or email):
        raise RuleBroken("enquiry_reach")


def nearest(home: Spot, places: Iterable[Spot]) -> str:
    """Give the code of the place that is nearest along a straight line; of two the first by code."""

    def away(place: Spot) -> tuple[float, str]:
        east = (place.longitude - home.longitude) * cos(radians(home.latitude))
        return hypot(place.latitude - home.latitude, east), place.code

    return min(places, key=away).code


def check_interview(planned_on: date, on: date) -> None:
    """Refuse to plan the first talk on a day gone by.

    Raises:
        RuleBroken: 'interview_in_past'.
    """
    if planned_on < on:
        raise RuleBroken("interview_in_past")


def check_conclusion(held_on: date, on: date) -> None:
    """Refuse a conclusion on a talk that must still come.

    Raises:
        RuleBroken: 'interview_ahead'.
    """
    if held_on > on:
        raise RuleBroken("interview_ahead")


def forget_before(on: date, weeks: int) -> date:
    """Give the day before which who was rejected is forgotten."""
    return on - timedelta(weeks=weeks)


@dataclass(frozen=True, kw_only=True)
class EnquiryReceived(VolunteerEvent):
    """Somebody told on the public page that she wants to volunteer."""

    sentence: ClassVar[str] = "Iemand gaf zich op als vrijwilliger."
    heard: Heard
    consent: str


@dataclass(frozen=True, kw_only=True)
class InterviewPlanned(VolunteerEvent):
    """The first talk with somebody has a day."""

    sentence: ClassVar[str] = "Er is een kennismaking gepland."
    on: date


@dataclass(frozen=True, kw_only=True)
class InterviewHeld(VolunteerEvent):
    """The first talk with somebody was held."""

    sentence: ClassVar[str] = "Er was een kennismaking."
    conclusion: Conclusion


@dataclass(frozen=True, kw_only=True)
class VolunteerForgotten(VolunteerEvent):
    """Who did not go on was forgotten: her rows are gone and her key is destroyed."""

    sentence: ClassVar[str] = "De gegevens van iemand die niet verder ging, zijn gewist."
