"""Case conferences at a safety house: on which ground something is shared, and no more than is needed."""

import re
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Final

from gib.core.kernel.rules import RuleBroken, declare

declare(
    {
        "conference_wgs": (
            "De wet over samenwerken (WGS) is geen grond voor ons: wij doen daar niet aan mee. Vraag"
            " haar toestemming, of kies een eigen grond."
        ),
        "conference_ground": "Kies op welke grond u dit deelt.",
        "conference_ground_note": "Schrijf op waarom deze grond hier geldt.",
        "conference_consent": "Zij gaf geen toestemming om iets met dit Veiligheidshuis te delen.",
        "conference_field_reason": "Schrijf bij elk extra gegeven waarom het overleg het moet weten.",
        "conference_extract_empty": "Er is niets om te delen. Vul ten minste een gegeven in.",
        "conference_over": "Dit overleg is voorbij. Deel niets meer; maak een nieuw overleg.",
        "conference_shared": "Haar situatie staat al op de agenda van dit overleg.",
        "conference_partner": "Kies een Veiligheidshuis dat nu bestaat.",
        "conference_action_done": "Dit actiepunt is al afgerond.",
        "conference_due_past": "De datum van een actiepunt ligt niet voor vandaag.",
    }
)


class ShareGround(StrEnum):
    """Why sharing is allowed. The law on data processing by partnerships (WGS) is not ours (ZVH-04)."""

    CONSENT = "consent"
    VITAL_INTEREST = "vital_interest"
    LEGAL_DUTY = "legal_duty"
    PUBLIC_TASK = "public_task"


#: What a conference gets to know when nobody adds anything (ZVH-02).
MINIMUM_SHARED: Final = frozenset({"name", "contact", "products", "municipality"})

_WGS: Final = re.compile(r"\bwgs\b|gegevensverwerking door samenwerkingsverbanden", re.IGNORECASE)


def check_ground(ground: str, note: str) -> ShareGround:
    """Give the ground of sharing; another one than consent is explained.

    Raises:
        RuleBroken: 'conference_wgs', 'conference_ground', 'conference_ground_note'. Source: ZVH-04.
    """
    if _WGS.search(f"{ground} {note}"):
        raise RuleBroken("conference_wgs")
    if ground not in set(ShareGround):
        raise RuleBroken("conference_ground")
    if ground != ShareGround.CONSENT and not note.strip():
        raise RuleBroken("conference_ground_note")
    return ShareGround(ground)


def check_shared(extract: Mapping[str, str], reasons: Mapping[str, str]) -> None:
    """Let the minimum be shared as it is, and every other field only with a reason of its own.

    Raises:
        RuleBroken: 'conference_extract_empty', 'conference_field_reason'. Source: ZVH-02.
    """
    if not any(text.strip() for text in extract.values()):
        raise RuleBroken("conference_extract_empty")
    if any(not reasons.get(field, "").strip() for field in set(extract) - MINIMUM_SHARED):
        raise RuleBroken("conference_field_reason")


def check_not_over(held_on: date, on: date) -> None:
    """Let something be shared up to and including the day of the conference.

    Raises:
        RuleBroken: 'conference_over'.
    """
    if on > held_on:
        raise RuleBroken("conference_over")
