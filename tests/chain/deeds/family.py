"""Children, custody and orders, consent, and everything that changes in a detention."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction

from gib.people.families import actions
from gib.people.families.actions import CaregiverFacts, ChildFacts, NewConsent, NewCustody, NewRestriction
from gib.people.families.domain.codes import (
    Confidence,
    CustodyKind,
    Issuer,
    Party,
    Place,
    Purpose,
    ReleaseKind,
    ResidenceKind,
    RestrictionKind,
    ReturnKind,
    Source,
)
from gib.people.families.domain.consent import Answer
from gib.people.partners.domain import Regime
from tests.chain.walk import Row, Walk, deed

DOSSIER, CHILD, CONSENT = "families_dossier", "families_child", "families_consent"
EVERYBODY = frozenset(Party)
#: With an agreement, without one, and one that buys by the piece.
HOMES = ("0363", "0917", "0599")
PRISONS = ("NSL", "TPL", "ZWO")


@deed("family", DOSSIER)
def add_child(walk: Walk, row: Row) -> Any:
    """Add a child; one in three comes of age within some weeks."""
    soon = date(walk.on.year - 18, walk.on.month, min(walk.on.day, 28)) + timedelta(
        days=walk.pick(range(2, 40))
    )
    born_on = walk.pick([soon, walk.on - timedelta(days=walk.pick(range(300, 6500)))])
    name = walk.pick(["Merel", "Vink", "Wulp"])
    return actions.add_child(walk.by(row), row["id"], ChildFacts(first_name=name, born_on=born_on), walk.now)


@deed("family", DOSSIER)
def add_caregiver(walk: Walk, row: Row) -> Any:
    return actions.add_caregiver(walk.by(row), row["id"], CaregiverFacts(name="Oma Bloemenwei"), walk.now)


@deed("family", "families_caregiver")
def end_caregiver(walk: Walk, row: Row) -> Any:
    return actions.end_caregiver(walk.by(row), row["id"], walk.now)


@deed("family", CHILD)
def record_residence(walk: Walk, row: Row) -> Any:
    kind = walk.pick(list(ResidenceKind))
    return actions.record_residence(walk.by(row), row["id"], kind, None, walk.on, walk.now)


@deed("family", CHILD)
def record_custody(walk: Walk, row: Row) -> Any:
    facts = NewCustody(kind=walk.pick(list(CustodyKind)), from_on=walk.on, holder_name=walk.pick(["", "Opa"]))
    return actions.record_custody(walk.by(row), row["id"], facts, walk.now)


@deed("family", CHILD)
def record_restriction(walk: Walk, row: Row) -> Any:
    kind = walk.pick([RestrictionKind.NONE, *RestrictionKind])
    facts = NewRestriction(
        kind=kind,
        issuer=walk.pick([Issuer.COURT, Issuer.NOBODY]),
        from_on=walk.on,
        to_on=walk.pick([None, walk.day(0, 20)]),
        verified_on=walk.pick([walk.on, walk.on, None]),
    )
    return actions.record_restriction(walk.by(row), row["id"], facts, walk.now)


@deed("family", "families_contactrestriction")
def end_restriction(walk: Walk, row: Row) -> Any:
    return actions.end_restriction(walk.by(row), row["id"], walk.day(-2, 2), walk.now)


@deed("family", CHILD)
def clear_the_way(walk: Walk, row: Row) -> Any:
    """Bring everything about a child in order, in one go."""
    by = walk.by(row)
    with transaction.atomic():
        custody = NewCustody(kind=CustodyKind.MOTHER_ALONE, from_on=walk.on)
        actions.record_custody(by, row["id"], custody, walk.now)
        free = NewRestriction(kind=RestrictionKind.NONE, from_on=walk.on, verified_on=walk.on)
        actions.record_restriction(by, row["id"], free, walk.now)
        _said(walk, by, row["dossier_id"], NewConsent(purpose=Purpose.CHILD_VISIT, child_id=row["id"]))


# ---- consent


def _said(walk: Walk, by: Any, dossier_id: Any, new: NewConsent) -> Any:
    asked = actions.ask_consent(by, dossier_id, new, walk.now)
    answer = Answer(place=Place.PRISON, given_by=EVERYBODY)
    return actions.give_consent(by, asked.id, answer, walk.now)


def _purpose(walk: Walk) -> tuple[Purpose, str]:
    house = str(walk.town.cast.safety_house.partner_id)
    return walk.pick(
        [
            *((Purpose.SUPPORT, ""), (Purpose.SUPPORT, ""), (Purpose.HOME_VISIT, "")),
            *((Purpose.MUNICIPALITY, code) for code in HOMES),
            *((Purpose.SAFETY_HOUSE, house), (Purpose.MUNICIPALITY, "")),
        ]
    )


@deed("consent", DOSSIER)
def ask_consent(walk: Walk, row: Row) -> Any:
    purpose, recipient = _purpose(walk)
    return actions.ask_consent(
        walk.by(row), row["id"], NewConsent(purpose=purpose, recipient=recipient), walk.now
    )


@deed("consent", CHILD)
def ask_for_child(walk: Walk, row: Row) -> Any:
    new = NewConsent(purpose=Purpose.CHILD_VISIT, child_id=row["id"])
    return actions.ask_consent(walk.by(row), row["dossier_id"], new, walk.now)


@deed("consent", CONSENT, "asked")
def give_consent(walk: Walk, row: Row) -> Any:
    by = walk.pick([EVERYBODY, EVERYBODY, frozenset({Party.MOTHER})])
    answer = Answer(place=Place.PRISON, given_by=by, staff_absent=not walk.chance(6))
    return actions.give_consent(walk.by(row), row["id"], answer, walk.now)


@deed("consent", CONSENT, "asked")
def refuse_consent(walk: Walk, row: Row) -> Any:
    return actions.refuse_consent(walk.by(row), row["id"], walk.now)


@deed("consent", CONSENT, "given")
def withdraw_consent(walk: Walk, row: Row) -> Any:
    return actions.withdraw_consent(walk.by(row), row["id"], walk.now)


@deed("consent", DOSSIER)
def consent_at_once(walk: Walk, row: Row) -> Any:
    """Ask and answer in one talk."""
    purpose, recipient = _purpose(walk)
    with transaction.atomic():
        return _said(walk, walk.by(row), row["id"], NewConsent(purpose=purpose, recipient=recipient))


# ---- detention


@deed("detain", DOSSIER)
def expect_release(walk: Walk, row: Row) -> Any:
    """Move the day of release: nearer, further away, unknown, or a day that has passed."""
    day = walk.pick([None, walk.day(1, 20), walk.day(30, 200), walk.day(-1, 0)])
    source, sure = walk.pick(list(Source)), walk.pick(list(Confidence))
    return actions.expect_release(walk.by(row), row["id"], day, source, sure, walk.now)


@deed("detain", DOSSIER)
def place(walk: Walk, row: Row) -> Any:
    """Move her to another prison or unit."""
    where, unit = walk.pick(PRISONS), walk.pick(["A1", "C3"])
    return actions.place(walk.by(row), row["id"], where, unit, walk.pick(list(Regime)), walk.on, walk.now)


@deed("detain", DOSSIER)
def release(walk: Walk, row: Row) -> Any:
    """Release her, today or known since yesterday."""
    kind, code = _home(walk)
    return actions.release(
        walk.by(row), row["id"], walk.day(-1, 0), walk.pick(list(ReleaseKind)), kind, code, walk.now
    )


@deed("detain", DOSSIER)
def set_return(walk: Walk, row: Row) -> Any:
    kind, code = _home(walk)
    return actions.set_return(walk.by(row), row["id"], kind, code, walk.now)


def _home(walk: Walk) -> tuple[ReturnKind, str | None]:
    known = [(ReturnKind.KNOWN, code) for code in HOMES]
    return walk.pick([*known, *known, (ReturnKind.NO_FIXED_ADDRESS, None), (ReturnKind.ABROAD, None)])


@deed("detain", DOSSIER)
def detain_again(walk: Walk, row: Row) -> Any:
    return actions.detain_again(
        walk.by(row), row["id"], walk.on, walk.pick(PRISONS), "A1", Regime.REMAND, walk.now
    )
