"""Asking: a request is begun, covered by an agreement, or sent with a frozen extract."""

from collections.abc import Mapping
from uuid import UUID

from gib.care.aftercare import domain
from gib.care.aftercare.domain import FLOW, State
from gib.care.aftercare.models import Agreement, FundingRequest, agreed_of, open_request
from gib.care.aftercare.models.requests import due_of, used_places
from gib.care.trajectory import actions as trajectory
from gib.care.trajectory.models import open_trajectory
from gib.core.access import rls
from gib.core.access.actor import Actor
from gib.core.access.tables import P, Scope
from gib.core.journal.acts import act, carry_out
from gib.core.kernel.clock import Now
from gib.core.kernel.dates import add_months
from gib.core.kernel.rules import RuleBroken
from gib.people.families import actions as families
from gib.people.families.domain.codes import Purpose
from gib.people.families.models import Dossier, consent_holds, domicile_of, open_episode, participant_of
from gib.people.partners.domain import PartnerKind
from gib.people.partners.models import Partner, legal_value


def return_code(dossier_id: UUID, now: Now) -> str:
    """Give the code of the municipality where she lives or will live.

    Raises:
        RuleBroken: 'funding_no_municipality' when it is unknown, abroad, or she has no fixed address.
    """
    home = domicile_of(dossier_id, now.on)
    code = home.municipality_id if home else participant_of(dossier_id).return_municipality_id
    if not code:
        raise RuleBroken("funding_no_municipality")
    return str(code)


@act(P.REQUEST_FUNDING)
def draft_request(actor: Actor, dossier_id: UUID, now: Now) -> FundingRequest:
    """Begin a request at the municipality to which she returns.

    Raises:
        RuleBroken: 'funding_no_municipality', 'funding_no_trajectory', 'funding_open'.
        Http404: the dossier does not exist for this actor.
    """
    dossier: Dossier = Dossier.for_action(actor, now.on).get_or_404(pk=dossier_id)
    code = return_code(dossier_id, now)
    plan = open_trajectory(dossier_id)
    if plan is None:
        raise RuleBroken("funding_no_trajectory")
    if open_request(dossier_id, code):
        raise RuleBroken("funding_open")
    desk = Partner.objects.valid(now.on).filter(kind=PartnerKind.MUNICIPALITY, municipality_id=code).first()
    row = FundingRequest(
        dossier=dossier,
        team_id=dossier.team_id,
        trajectory=plan,
        municipality_id=code,
        partner=desk,
        drafted_on=now.on,
        is_urgent=open_episode(dossier_id) is None,
    )
    event = domain.FundingDrafted(dossier_id=dossier_id, request_id=row.id, municipality=code)
    carry_out(actor, now, rows=[row], events=[event])
    return row


def load(actor: Actor, request_id: UUID, now: Now) -> FundingRequest:
    """Give a request to an act of somebody who may see it.

    Raises:
        Http404: it does not exist for this actor.
    """
    row: FundingRequest = FundingRequest.for_action(actor, now.on).get_or_404(pk=request_id)
    return row


@act(P.REQUEST_FUNDING)
def cover_by_agreement(actor: Actor, request_id: UUID, agreement_id: UUID, now: Now) -> FundingRequest:
    """Let an agreement pay for her, when it has room.

    Raises:
        RuleBroken: 'illegal_move', 'agreement_not_valid', 'agreement_full'.
    """
    row = load(actor, request_id, now)
    row.state = FLOW.move(row.state, State.COVERED)
    agreements = Agreement.objects.select_for_update().filter(municipality_id=row.municipality_id)
    agreement = agreements.filter(pk=agreement_id).first()
    if agreement is None or now.on not in agreement.period:
        raise RuleBroken("agreement_not_valid")
    with rls.system("agreement", now.on):
        domain.check_room(agreed_of(agreement, used_places(agreement, now.on)))
    row.agreement, row.answered_on, row.from_on = agreement, now.on, now.on
    row.to_on = add_months(now.on, legal_value("moedermaatje_months", now.on))
    event = domain.CoveredByAgreement(
        dossier_id=row.dossier_id,
        request_id=row.id,
        municipality=row.municipality_id,
        agreement_id=agreement.id,
    )
    carry_out(actor, now, rows=[row], events=[event])
    payer = f"municipality:{row.municipality_id}"
    trajectory.record_cover(actor, row.dossier_id, payer, row.from_on, row.to_on, str(row.id), now)
    return row


@act(P.REQUEST_FUNDING)
def submit_request(
    actor: Actor, request_id: UUID, extract: Mapping[str, str], reason: str, now: Now
) -> FundingRequest:
    """Send a drafted request to the desk of a municipality, with a frozen extract.

    It is sent once: a question of the desk is answered, and what was sent stays as it was.

    Args:
        extract: field -> text, as it is sent; more than the minimum set needs a reason.

    Raises:
        RuleBroken: 'illegal_move', 'funding_no_desk', 'funding_consent', 'funding_extract_reason'.
    """
    row = load(actor, request_id, now)
    domain.check_stands(row.state, State.DRAFT)
    row.state = FLOW.move(row.state, State.SUBMITTED)
    if row.partner_id is None:
        raise RuleBroken("funding_no_desk")
    if not consent_holds(row.dossier_id, Purpose.MUNICIPALITY, row.municipality_id, now.on):
        raise RuleBroken("funding_consent")
    domain.check_extract(extract, reason)
    row.extract = dict(extract) | ({"reason": reason} if reason.strip() else {})
    row.submitted_on, row.due_on = now.on, due_of(now.on)
    event = domain.FundingSubmitted(
        dossier_id=row.dossier_id, request_id=row.id, municipality=row.municipality_id, due_on=row.due_on
    )
    carry_out(actor, now, rows=[row], events=[event])
    families.involve(actor, row.dossier_id, Scope.ADDRESSED, f"partner:{row.partner_id}", row.id, now)
    families.note_disclosure(actor, row.dossier_id, Purpose.MUNICIPALITY, row.municipality_id, row.id, now)
    return row
