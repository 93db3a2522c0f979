"""Agreements with municipalities: open facts about organisations, not about a mother."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from gib.care.aftercare.domain import Agreed, Form
from gib.core.kernel.dates import Period
from gib.core.kernel.ids import new_id
from gib.people.partners.models import Municipality


class Agreement(models.Model):
    """What a municipality pays for, from `from_on` up to and including `to_on`; amounts in euro cents."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    form = models.CharField(max_length=8)
    places = models.PositiveSmallIntegerField(null=True)
    price_cents = models.PositiveIntegerField(null=True)
    cap_cents = models.PositiveIntegerField(null=True)
    from_on = models.DateField()
    to_on = models.DateField(null=True)
    reference = models.CharField(max_length=40, blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["municipality__name", "from_on"]
        constraints = [
            models.CheckConstraint(condition=Q(form__in=[str(form) for form in Form]), name="agreement_form"),
            models.CheckConstraint(
                condition=Q(to_on__isnull=True) | Q(to_on__gte=F("from_on")), name="agreement_dates"
            ),
        ]
        indexes = [models.Index(fields=["municipality", "from_on"])]

    @property
    def period(self) -> Period:
        """The days on which it holds."""
        return Period(self.from_on, self.to_on)


def valid_agreements(municipality_code: str, on: date) -> models.QuerySet[Agreement]:
    """Give the agreements of a municipality that hold on a day."""
    holds = Q(to_on__isnull=True) | Q(to_on__gte=on)
    return Agreement.objects.filter(holds, municipality_id=municipality_code, from_on__lte=on)


def agreed_of(agreement: Agreement, used: int) -> Agreed:
    """Give an agreement to the rules, with how many trajectories it pays already."""
    return Agreed(
        form=Form(agreement.form),
        period=agreement.period,
        places=agreement.places,
        price_cents=agreement.price_cents,
        cap_cents=agreement.cap_cents,
        used=used,
    )
