"""What volunteers claim and what was paid to them; amounts in whole euro cents."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q

from gib.core.access.actor import Actor
from gib.core.access.tables import Kind
from gib.core.kernel.ids import new_id
from gib.core.vault.fields import SealedText
from gib.people.partners.domain import RateKind
from gib.people.partners.models import AllowanceTariff, rate_rows
from gib.people.volunteers.domain.allowances import Allowance, Amount, Mode, Rate
from gib.people.volunteers.domain.expenses import GRANTED, ClaimState, Ride
from gib.people.volunteers.models.volunteer import VolunteerRow


class ClaimYear(VolunteerRow):
    """How a volunteer is paid in a year, and what she declared to receive from other organisations."""

    version = models.PositiveIntegerField(default=0)
    year = models.PositiveSmallIntegerField()
    mode = models.CharField(max_length=9, default=Mode.COSTS)
    elsewhere_cents = models.PositiveIntegerField(null=True)
    declared_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["volunteer", "year"], name="claimyear_once"),
            models.CheckConstraint(condition=Q(mode__in=[str(mode) for mode in Mode]), name="claimyear_mode"),
        ]

    class Access:
        kind = Kind.CLAIM
        own = "volunteer_id"
        dossier = ""
        groups: ClassVar[dict[str, tuple[str, ...]]] = {
            "money": ("year", "mode", "elsewhere_cents", "declared_on", "volunteer_id")
        }


class Payee(VolunteerRow):
    """On which account a volunteer wants to be paid."""

    version = models.PositiveIntegerField(default=0)
    holder = SealedText(max_length=70)
    iban = SealedText(max_length=34)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["volunteer"], name="payee_once")]

    class Access:
        kind = Kind.PAYEE
        own = "volunteer_id"
        dossier = ""
        groups: ClassVar[dict[str, tuple[str, ...]]] = {"account": ("holder", "iban", "volunteer_id")}


class Payout(models.Model):
    """One run in which somebody paid what others had approved, from an account of our own."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    on = models.DateField()
    paid_by = models.UUIDField()
    debtor_name = models.CharField(max_length=70)
    debtor_iban = models.CharField(max_length=34)
    cents = models.PositiveIntegerField()

    class Meta:
        ordering = ["-on", "-id"]


class Payment(VolunteerRow):
    """What the bank pays to one volunteer in a run, to the account that she had on that day."""

    payout = models.ForeignKey(Payout, on_delete=models.PROTECT, related_name="+")
    cents = models.PositiveIntegerField()
    holder = SealedText(max_length=70)
    iban = SealedText(max_length=34)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["payout", "volunteer"], name="payment_once"),
            models.CheckConstraint(condition=Q(cents__gt=0), name="payment_more_than_nothing"),
        ]

    class Access:
        kind = Kind.PAYEE
        own = "volunteer_id"
        dossier = ""
        groups: ClassVar[dict[str, tuple[str, ...]]] = {
            "account": ("payout", "payout_id", "cents", "holder", "iban", "volunteer_id")
        }


class Claim(VolunteerRow):
    """What a volunteer asks back for one day: kilometres in tenths, costs, and with an allowance her time.

    `activity_id` is the visit or other activity it is about, without a name; `cents` is the whole, counted
    with the rates of that day; a counter-entry is negative and names what it puts right.
    """

    version = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=9, default=ClaimState.SUBMITTED)
    on = models.DateField()
    activity_id = models.UUIDField(null=True)
    km_tenths = models.IntegerField(default=0)
    rate_cents = models.PositiveSmallIntegerField(default=0)
    cost_cents = models.IntegerField(default=0)
    minutes = models.IntegerField(default=0)
    hour_cents = models.PositiveIntegerField(default=0)
    cents = models.IntegerField()
    route = SealedText(max_length=200)
    what = SealedText(max_length=200)
    reason = SealedText(max_length=400)
    submitted_by = models.UUIDField()
    submitted_on = models.DateField()
    waived_on = models.DateField(null=True)
    approved_by = models.UUIDField(null=True)
    approved_on = models.DateField(null=True)
    receipt_seen_on = models.DateField(null=True)
    reviewed_by = models.UUIDField(null=True)
    reviewed_on = models.DateField(null=True)
    counters = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[str(state) for state in ClaimState]), name="claim_state"
            ),
            models.CheckConstraint(
                condition=Q(payment__isnull=False, state=ClaimState.PAID)
                | Q(payment__isnull=True) & ~Q(state=ClaimState.PAID),
                name="claim_paid_by_a_payment",
            ),
            models.CheckConstraint(
                condition=Q(cents__gte=0, counters__isnull=True) | Q(cents__lte=0, counters__isnull=False),
                name="claim_negative_when_counter",
            ),
            models.UniqueConstraint(
                fields=["volunteer", "activity_id"],
                condition=Q(activity_id__isnull=False, counters__isnull=True),
                name="claim_once_for_an_activity",
            ),
            models.UniqueConstraint(
                fields=["counters"], condition=Q(counters__isnull=False), name="claim_countered_once"
            ),
        ]
        indexes = [
            models.Index(fields=["team", "state", "on"]),
            models.Index(fields=["volunteer", "on"]),
        ]

    class Access:
        kind = Kind.CLAIM
        own = "volunteer_id"
        dossier = ""
        groups: ClassVar[dict[str, tuple[str, ...]]] = {
            "money": (
                *("state", "on", "activity_id", "km_tenths", "rate_cents", "cost_cents", "minutes"),
                *("hour_cents", "cents", "submitted_by", "submitted_on", "waived_on", "approved_by"),
                *("approved_on", "receipt_seen_on", "reviewed_by", "reviewed_on", "counters_id"),
                *("payment_id", "volunteer_id"),
            ),
            "words": ("route", "what", "reason"),
        }


def allowances() -> list[Allowance]:
    """Give the fiscal amounts of all years, for the engine."""
    return [
        Allowance(
            row.valid_from,
            row.valid_to,
            row.month_cents,
            row.year_cents,
            row.hour_cents,
            row.young_hour_cents,
            row.adult_age,
            row.is_confirmed,
        )
        for row in AllowanceTariff.objects.all()
    ]


def rates(kind: RateKind) -> list[Rate]:
    """Give the rates a kilometre of a kind, for the engine."""
    return [Rate(row.valid_from, row.valid_to, row.cents) for row in rate_rows(kind)]


def granted_in(volunteer_id: UUID, year: int, on: date) -> list[Amount]:
    """Give what was granted to a volunteer for the days of a year, paid or not; inside `rls.system`."""
    rows = Claim.for_house("facts", on).filter(
        volunteer_id=volunteer_id, on__year=year, state__in=sorted(GRANTED)
    )
    return [Amount(*row) for row in rows.values_list("on", "cents")]


def claimed(actor: Actor, activities: Iterable[UUID], on: date) -> set[UUID]:
    """Tell for which activities this volunteer claimed already."""
    rows = Claim.visible_to(actor, on).filter(activity_id__in=list(activities), counters__isnull=True)
    return {row.activity_id for row in rows}


def last_ride(actor: Actor, activities: Iterable[UUID], on: date) -> Any:
    """Give the last ride of this volunteer that was not wrong: for one of these activities, else for any."""
    wrong = (ClaimState.RETURNED, ClaimState.REFUSED)
    rows = Claim.visible_to(actor, on).filter(km_tenths__gt=0).exclude(state__in=wrong)
    return rows.filter(activity_id__in=list(activities)).first() or rows.first()


def waived_in(volunteer_id: UUID, actor: Actor, year: int, on: date) -> list[Ride]:
    """Give the rides of a year whose money a volunteer gave away."""
    rows = Claim.visible_to(actor, on).filter(volunteer_id=volunteer_id, on__year=year)
    found = rows.filter(state=ClaimState.WAIVED).order_by("on")
    return [Ride(row.on, row.km_tenths) for row in found]


def by_volunteer(rows: Iterable[Any]) -> dict[UUID, list[Any]]:
    """Lay rows together by volunteer, in the order in which they came."""
    found: dict[UUID, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.volunteer_id].append(row)
    return found
