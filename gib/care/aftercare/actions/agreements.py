"""Agreements with municipalities."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import Http404

from gib.care.aftercare import domain
from gib.care.aftercare.domain import Form
from gib.care.aftercare.models import Agreement, agreed_of
from gib.core.access.actor import Actor
from gib.core.access.tables import P
from gib.core.journal.acts import act, carry_out, remove
from gib.core.kernel.clock import Now
from gib.core.kernel.dates import Period
from gib.core.kernel.ids import new_id
from gib.core.kernel.rules import RuleBroken
from gib.people.partners.models import Municipality


@dataclass(frozen=True)
class NewAgreement:
    """What was agreed with a municipality; amounts in euro cents."""

    municipality: str
    form: Form
    from_on: date
    to_on: date | None = None
    places: int | None = None
    price_cents: int | None = None
    cap_cents: int | None = None
    reference: str = ""


@act(P.MANAGE_AGREEMENT)
def record_agreement(actor: Actor, new: NewAgreement, now: Now) -> Agreement:
    """Record an agreement.

    Raises:
        RuleBroken: 'agreement_amount', 'agreement_overlaps', 'period_backwards'; 'municipality_unknown'
            when the municipality does not exist on the first day.
    """
    if not Municipality.objects.valid(new.from_on).filter(code=new.municipality).exists():
        raise RuleBroken("municipality_unknown", on=new.from_on)
    row = Agreement(
        id=new_id(),
        municipality_id=new.municipality,
        form=new.form,
        from_on=new.from_on,
        to_on=Period(new.from_on, new.to_on).to_on,
        places=new.places,
        price_cents=new.price_cents,
        cap_cents=new.cap_cents,
        reference=new.reference,
    )
    known = Agreement.objects.filter(municipality_id=new.municipality)
    domain.check_agreement(agreed_of(row, 0), [agreed_of(one, 0) for one in known])
    event = domain.AgreementRecorded(agreement_id=row.id, municipality=new.municipality)
    carry_out(actor, now, rows=[row], events=[event])
    return row


@act(P.MANAGE_AGREEMENT)
def take_back_agreement(actor: Actor, agreement_id: UUID, now: Now) -> None:
    """Undo that an agreement was recorded; one that pays for somebody stays.

    Raises:
        RuleBroken: 'sheet_in_use'. Http404: there is no such agreement.
    """
    own = Agreement.objects.select_for_update().filter(pk=agreement_id)
    row = own.first()
    if row is None:
        raise Http404
    event = domain.AgreementTakenBack(agreement_id=row.id, municipality=row.municipality_id)
    carry_out(actor, now, events=[event])
    remove(own)


@act(P.MANAGE_AGREEMENT)
def end_agreement(actor: Actor, agreement_id: UUID, to_on: date, now: Now) -> Agreement:
    """Let an agreement end on a day; who it pays already, keeps her cover.

    Raises:
        RuleBroken: 'period_backwards'. Http404: there is no such agreement.
    """
    row = Agreement.objects.filter(pk=agreement_id).first()
    if row is None:
        raise Http404
    row.to_on = Period(row.from_on, to_on).to_on
    event = domain.AgreementEnded(agreement_id=row.id, municipality=row.municipality_id, to_on=to_on)
    carry_out(actor, now, rows=[row], events=[event])
    return row
