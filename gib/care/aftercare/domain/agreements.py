"""What a municipality has agreed to pay for, and whether there is room left."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from gib.core.kernel.dates import Period
from gib.core.kernel.rules import RuleBroken, declare

declare(
    {
        "agreement_overlaps": "Met deze gemeente loopt al zo'n afspraak in deze periode.",
        "agreement_amount": "Vul bij deze vorm {what} in, een getal boven nul.",
        "agreement_full": "Deze afspraak is vol. Er zijn {places} plaatsen en alle zijn bezet.",
        "agreement_form": "Vul de vorm in: plaatsen, prijs of plafond. Of vul maar één van die drie in.",
        "agreement_twice": "Deze afspraak valt samen met die in een andere rij van dit bestand.",
        "agreement_not_valid": "Deze afspraak geldt niet op de dag dat de hulp begint.",
    }
)


class Form(StrEnum):
    """How a municipality buys: places a year, a price per trajectory, or an amount with a ceiling."""

    PLACES = "places"
    PRICE = "price"
    CAP = "cap"


NEEDS = {
    Form.PLACES: "het aantal plaatsen",
    Form.PRICE: "de prijs per traject",
    Form.CAP: "het hoogste bedrag",
}


@dataclass(frozen=True)
class Agreed:
    """An agreement as the rules see it; amounts in euro cents, `used` the trajectories it pays already."""

    form: Form
    period: Period
    places: int | None = None
    price_cents: int | None = None
    cap_cents: int | None = None
    used: int = 0

    @property
    def room(self) -> int | None:
        """How many trajectories still fit; None when the form has no limit."""
        if self.form is Form.PLACES:
            return max((self.places or 0) - self.used, 0)
        if self.form is Form.CAP and self.price_cents:
            return max((self.cap_cents or 0) // self.price_cents - self.used, 0)
        return None


def check_agreement(new: Agreed, known: Iterable[Agreed]) -> None:
    """Refuse an agreement without its amount, or beside another of the same form in the same days.

    Raises:
        RuleBroken: 'agreement_amount', 'agreement_overlaps'.
    """
    amounts = {Form.PLACES: new.places, Form.PRICE: new.price_cents, Form.CAP: new.cap_cents}
    if not (amounts[new.form] or 0) > 0:
        raise RuleBroken("agreement_amount", what=NEEDS[new.form])
    if any(one.form is new.form and one.period.overlaps(new.period) for one in known):
        raise RuleBroken("agreement_overlaps")


def check_room(agreed: Agreed) -> None:
    """Refuse a trajectory that does not fit any more.

    Raises:
        RuleBroken: 'agreement_full'.
    """
    if agreed.room == 0:
        raise RuleBroken("agreement_full", places=agreed.used)
