"""Agreements, requests and conferences for stories, made by performing the acts; all people are invented."""

from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from gib.care.aftercare import actions
from gib.care.aftercare.actions import Grant, NewAgreement, NewConference, NewItem
from gib.care.aftercare.domain import Form, Ground
from gib.care.aftercare.models import Agreement, CaseConference, ConferenceItem, FundingRequest
from gib.care.trajectory import builders as trajectories
from gib.core.access.actor import Actor
from gib.core.kernel.clock import Now
from gib.people.families import actions as families
from gib.people.families import builders as mothers
from gib.people.families.domain.codes import Purpose, ReturnKind
from gib.people.partners import builders as places

PAYING, REFUSING = places.PAYING, places.REFUSING
EXTRACT: Final = {"number": "7KQX-2MFB", "initials": "M.S.", "birth_year": "1980", "hours": "260"}
SHARED: Final = {"name": "M.S.", "contact": "coördinator Nieuwersluis", "products": "Moedermaatjes"}


def later(now: Now, days: int) -> Now:
    """Give the same hour some days later."""
    return Now(now.at + timedelta(days=days), now.on + timedelta(days=days))


def agreement(actor: Actor, now: Now, code: str = PAYING, **facts: Any) -> Agreement:
    """Let a municipality agree to pay for ten places a year, from the first day of this year."""
    told: dict[str, Any] = {
        "municipality": code,
        "form": Form.PLACES,
        "from_on": date(now.on.year, 1, 1),
        "places": 10,
    }
    return actions.record_agreement(actor, NewAgreement(**told | facts), now)


def a_mother(actor: Actor, now: Now, number: int = 0, code: str = PAYING) -> UUID:
    """Give the dossier of a mother inside, with a trajectory, who will go to a municipality."""
    places.a_paying_and_a_refusing_municipality()
    plan = trajectories.inside(actor, now, number)
    families.set_return(actor, plan.dossier_id, ReturnKind.KNOWN, code, now)
    return plan.dossier_id


def drafted(actor: Actor, now: Now, number: int = 0, code: str = PAYING) -> FundingRequest:
    """Give a request that was begun."""
    return actions.draft_request(actor, a_mother(actor, now, number, code), now)


def submitted(actor: Actor, now: Now, number: int = 0, code: str = PAYING) -> FundingRequest:
    """Give a request that was sent, with her consent and the minimum set."""
    row = drafted(actor, now, number, code)
    mothers.with_consent(actor, row.dossier_id, Purpose.MUNICIPALITY, now, recipient=code)
    return actions.submit_request(actor, row.id, EXTRACT, "", now)


def granted(actor: Actor, now: Now, number: int = 0, code: str = PAYING) -> FundingRequest:
    """Give a request that the municipality granted: 260 hours in 15 months from today."""
    yes = Grant(now.on, now.on + timedelta(days=456), hours=260)
    return actions.grant(actor, submitted(actor, now, number, code).id, yes, now)


def rejected(actor: Actor, now: Now, number: int = 0, code: str = REFUSING) -> FundingRequest:
    """Give a request that the municipality rejected."""
    return actions.reject(actor, submitted(actor, now, number, code).id, Ground.NO_BUDGET, now)


def unanswered(actor: Actor, now: Now, number: int = 0, code: str = REFUSING) -> FundingRequest:
    """Give a request whose term passed in silence, said so by the coordinator nine weeks after `now`."""
    row = submitted(actor, now, number, code)
    return actions.record_no_answer(actor, row.id, later(now, 63))


def let_go(actor: Actor, now: Now, number: int = 0, code: str = REFUSING) -> FundingRequest:
    """Give a request after which a mother had to be let go."""
    return actions.let_go(actor, rejected(actor, now, number, code).id, now)


def conference(actor: Actor, now: Now, days: int = 7) -> CaseConference:
    """Plan a case conference at the safety house of the stories, a week from today."""
    new = NewConference(
        partner_id=places.a_safety_house().pk,
        held_on=now.on + timedelta(days=days),
        covenant="convenant nazorg 2009",
        functions=("voorzitter", "reclassering", "gemeente"),
    )
    return actions.hold_conference(actor, new, now)


def shared(actor: Actor, now: Now, dossier_id: UUID, days: int = 7) -> ConferenceItem:
    """Share a case with her consent at a conference a week from today."""
    meeting = conference(actor, now, days)
    recipient = str(meeting.partner.safety_house_id)
    mothers.with_consent(actor, dossier_id, Purpose.SAFETY_HOUSE, now, recipient=recipient)
    return actions.share_item(actor, meeting.id, NewItem(dossier_id, SHARED, "consent"), now)
