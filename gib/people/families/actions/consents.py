"""Consent: asking with a fixed text, the answer, withdrawal, and sharing under it."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db.models import Q

from gib.core.access.actor import Actor
from gib.core.access.tables import P, Scope
from gib.core.journal.acts import act, carry_out
from gib.core.kernel.clock import Now
from gib.core.kernel.dates import add_months
from gib.core.kernel.rules import RuleBroken
from gib.people.families import domain
from gib.people.families.actions.changes import own
from gib.people.families.actions.involvement import stop_sight
from gib.people.families.domain.codes import Party, Place, Purpose
from gib.people.families.domain.consent import (
    FLOW,
    MOTHER_ALONE,
    Answer,
    NewConsent,
    State,
    check_asked,
    check_claimed,
    check_consent_given,
    claim_ends,
    recipient_of,
)
from gib.people.families.models import (
    Child,
    Consent,
    Disclosure,
    Participant,
    consent_holds,
    decision_for,
    previous_recipients,
    terms_on,
)
from gib.people.families.models.trust import Decision
from gib.people.families.wording import latest
from gib.people.partners.models import Partner

#: Purpose of sharing -> the scope by which its recipient sees something, and the key of the recipient.
_SIGHT: Final = {
    Purpose.MUNICIPALITY: (Scope.ADDRESSED, "municipality_id"),
    Purpose.SAFETY_HOUSE: (Scope.INVITED, "safety_house_id"),
}


def _about(row: Consent) -> dict[str, Any]:
    return {
        "dossier_id": row.dossier_id,
        "consent_id": row.id,
        "purpose": row.purpose,
        "recipient": row.recipient,
        "child_id": row.child_id,
    }


@act(P.RECORD_CONSENT)
def ask_consent(actor: Actor, dossier_id: UUID, new: NewConsent, now: Now) -> Consent:
    """Ask the mother, or who decides about a child, with the newest text of the purpose.

    Raises:
        RuleBroken: 'purpose_unknown', 'consent_needs_recipient', 'consent_not_for_child',
        'consent_needs_child', 'consent_already_asked', 'consent_text_missing'.

    Source: CON-01, CON-06.
    """
    mother: Participant = Participant.for_action(actor, now.on).get_or_404(dossier_id=dossier_id)
    if new.child_id:
        Child.for_action(actor, now.on).get_or_404(pk=new.child_id, dossier_id=dossier_id)
    what = {
        "purpose": str(new.purpose),
        "recipient": recipient_of(new.purpose, new.recipient),
        "child_id": new.child_id,
    }
    rows = Consent.for_action(actor, now.on).filter(dossier_id=dossier_id, **what)
    check_asked(new, rows.filter(state=State.ASKED).exists())
    text = latest(new.purpose, new.language)
    row = Consent(
        **own(mother),
        **what,
        text_version=text.version,
        text_hash=text.digest,
        language=new.language,
        asked_on=now.on,
    )
    carry_out(actor, now, rows=[row], events=[domain.ConsentAsked(**_about(row))])
    return row


def _asked(actor: Actor, consent_id: UUID, now: Now) -> Consent:
    row: Consent = Consent.for_action(actor, now.on).get_or_404(pk=consent_id)
    return row


@act(P.RECORD_CONSENT)
def give_consent(actor: Actor, consent_id: UUID, answer: Answer, now: Now) -> Consent:
    """Record a yes: who said it, where, and that prison staff were absent. It holds for the term of the law.

    Raises:
        RuleBroken: 'illegal_move', 'staff_present', 'day_in_future', 'decider_unknown', 'decider_missing'.

    Source: CON-01, CON-04, CON-05.
    """
    row = _asked(actor, consent_id, now)
    row.state = FLOW.move(row.state, State.GIVEN)
    given_on = answer.given_on or now.on
    decision = _decision(actor, row, now)
    check_consent_given(row.purpose, answer, now.on, decision.needed)
    row.given_on, row.place, row.staff_absent = given_on, str(answer.place), answer.staff_absent
    row.given_by, row.taken_by = " ".join(sorted(answer.given_by)), actor.user_id
    row.custody_id = decision.custody.id if decision.custody else None
    row.expires_on = add_months(given_on, terms_on(given_on).renewal_months)
    carry_out(actor, now, rows=[row], events=[domain.ConsentGiven(**_about(row))])
    return row


@act
def claim_consent(actor: Actor, consent_id: UUID, place: Place, given_on: date, now: Now) -> Consent:
    """Take a yes on the word of a list: it counts inside the house for a month, and lets nothing go outside.

    Only the house does so, when it reads in a sheet.

    Raises:
        RuleBroken: 'illegal_move', 'day_in_future'.

    Source: CON-01; law page 3.1 on consent in detention.
    """
    row = _asked(actor, consent_id, now)
    row.state = FLOW.move(row.state, State.GIVEN)
    row.given_on, row.place, row.given_by = given_on, str(place), str(Party.MOTHER)
    check_claimed(given_on, now.on, row.is_claim)
    row.expires_on = claim_ends(given_on, terms_on(given_on).renewal_months, now.on)
    carry_out(actor, now, rows=[row], events=[domain.ConsentClaimed(**_about(row))])
    return row


@act(P.RECORD_CONSENT)
def confirm_consent(actor: Actor, consent_id: UUID, answer: Answer, now: Now) -> Consent:
    """Record that she said herself, without prison staff, what a list said of her.

    Raises:
        RuleBroken: 'consent_not_claimed', 'staff_present', 'day_in_future'.
    """
    row = _asked(actor, consent_id, now)
    given_on = answer.given_on or now.on
    check_claimed(given_on, now.on, row.is_claim)
    check_consent_given(row.purpose, answer, now.on, MOTHER_ALONE)
    row.given_on, row.place, row.staff_absent = given_on, str(answer.place), answer.staff_absent
    row.taken_by, row.expires_on = actor.user_id, add_months(given_on, terms_on(given_on).renewal_months)
    carry_out(actor, now, rows=[row], events=[domain.ConsentConfirmed(**_about(row))])
    return row


def _decision(actor: Actor, row: Consent, now: Now) -> Decision:
    if row.child_id is None:
        return Decision(MOTHER_ALONE, None)
    return decision_for(Child.for_action(actor, now.on).get_or_404(pk=row.child_id), now.on)


@act(P.RECORD_CONSENT)
def refuse_consent(actor: Actor, consent_id: UUID, now: Now) -> Consent:
    """Record a no; it has no consequence for what she may attend (CON-03).

    Raises:
        RuleBroken: 'illegal_move'.
    """
    row = _asked(actor, consent_id, now)
    row.state, row.refused_on = FLOW.move(row.state, State.REFUSED), now.on
    carry_out(actor, now, rows=[row], events=[domain.ConsentRefused(**_about(row))])
    return row


@act(P.RECORD_CONSENT)
def withdraw_consent(actor: Actor, consent_id: UUID, now: Now) -> Consent:
    """Withdraw a consent: it stops holding and its recipient stops seeing, in this same act.

    Earlier consents for the same end with it; without consent for support, every other one ends too. The
    event lists who received something before.

    Raises:
        RuleBroken: 'illegal_move'.

    Source: CON-02; invariant 9.
    """
    row = _asked(actor, consent_id, now)
    FLOW.move(row.state, State.WITHDRAWN)
    rows = list(Consent.for_action(actor, now.on).filter(_falls_with(row), state=State.GIVEN))
    for each in rows:
        each.state, each.withdrawn_on = FLOW.move(each.state, State.WITHDRAWN), now.on
        _stop_sight(each, now)
    carry_out(actor, now, rows=rows, events=_withdrawals(rows))
    withdrawn: Consent = next(each for each in rows if each.id == row.id)
    return withdrawn


def _falls_with(row: Consent) -> Q:
    if row.purpose == Purpose.SUPPORT:
        return Q(dossier_id=row.dossier_id)
    return Q(dossier_id=row.dossier_id, purpose=row.purpose, recipient=row.recipient, child_id=row.child_id)


def _withdrawals(rows: Iterable[Consent]) -> list[domain.ConsentWithdrawn]:
    return [
        domain.ConsentWithdrawn(
            **_about(row), previous_recipients=previous_recipients(row.dossier_id, row.purpose, row.recipient)
        )
        for row in rows
    ]


def _stop_sight(row: Consent, now: Now) -> None:
    if row.purpose not in _SIGHT:
        return
    scope, key = _SIGHT[Purpose(row.purpose)]
    partners = Partner.objects.filter(**{key: row.recipient}).values_list("pk", flat=True)
    stop_sight(row.dossier_id, scope, [f"partner:{pk}" for pk in partners], now)


@act(P.RECORD_CONSENT)
def note_disclosure(
    actor: Actor, dossier_id: UUID, purpose: str, recipient: str, source_id: UUID, now: Now
) -> Disclosure:
    """Record that something goes to somebody outside; later stages call this in the act that sends it.

    Args:
        source_id: the row that is sent.

    Raises:
        RuleBroken: 'consent_missing' when no consent covers it today.
    """
    if not consent_holds(dossier_id, purpose, recipient, now.on):
        raise RuleBroken("consent_missing")
    mother: Participant = Participant.for_action(actor, now.on).get_or_404(dossier_id=dossier_id)
    row = Disclosure(
        **own(mother), purpose=purpose, recipient=recipient, shared_on=now.on, source_id=source_id
    )
    told = domain.Disclosed(dossier_id=dossier_id, purpose=purpose, recipient=recipient, source_id=source_id)
    carry_out(actor, now, rows=[row], events=[told])
    return row
