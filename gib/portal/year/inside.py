"""What a mother takes part in while she is inside: meetings, visits, mornings with her children, a course."""

from collections.abc import Generator
from datetime import date, time, timedelta
from functools import partial
from typing import Any, Final
from uuid import UUID

from gib.care.products import actions as products
from gib.care.products.domain.meeting import Presence
from gib.care.products.ik_jij_wij import actions as courses
from gib.care.products.models import Attendance
from gib.care.products.moeder_de_gans import actions as gatherings
from gib.care.products.moeder_kind_bezoeken import actions as mornings
from gib.care.products.moeder_kind_bezoeken.actions import GateAnswers, HandBack
from gib.care.products.moeder_kind_bezoeken.domain import CancelReason
from gib.care.products.moeder_kind_bezoeken.domain import State as ChildState
from gib.care.products.moeder_kind_bezoeken.models import MeetingChild
from gib.core.kernel.rules import RuleBroken
from gib.people.families import actions as families
from gib.people.families.actions import NewConsent, NewCustody, NewRestriction
from gib.people.families.domain.codes import CustodyKind, Issuer, Place, Purpose, RestrictionKind
from gib.people.families.domain.consent import Answer
from gib.people.families.models import Child, decision_for
from gib.people.partners.domain import Product
from gib.portal.year.calendar import COURSE, GOOSE, MORNING, Course, Meeting, next_of
from gib.portal.year.dice import Dice
from gib.portal.year.family import Family
from gib.portal.year.play import Tale
from gib.portal.year.population import Kid

_TRIES: Final = 6
_WAITS: Final = 14
_WEEK: Final = 7
_PREPARES: Final = 7
_HANDED: Final = HandBack(
    to="wie voor het kind zorgt", is_signed=True, observation="Zij speelden samen een bordspel."
)
_READY: Final = GateAnswers(has_escort=True, identity_seen=True, child_wants=True, is_approved=True)
_CHILD_STAYS, _AT_THE_GATE = 0.12, 0.04


def gatherings_of(family: Family) -> Tale:
    """Tell of the information meeting: the next one, or another when that one fell through."""
    dice = family.dice(GOOSE)
    part = family.wants(GOOSE)
    for _turn in range(_TRIES):
        while (meeting := next_of(family.side, GOOSE, family.on)) is None:
            yield family.in_days(_WEEK)
            if not family.is_inside:
                return
        row = products.invite(family.by, meeting.pk, family.dossier_id, family.now).id
        meeting.guests.append(partial(_comes, family, row, part, dice))
        yield meeting.on + timedelta(days=1)
        if not (family.is_inside and family.is_open) or family.parts.get(GOOSE) != part:
            return


def _comes(family: Family, attendance_id: UUID, part: UUID, dice: Dice) -> None:
    row = Attendance.for_action(family.by, family.on).filter(pk=attendance_id, presence=Presence.INVITED)
    if not (family.is_inside and row.exists()):
        return
    presence = dice.pick(
        {Presence.PRESENT: 84, Presence.EXCUSED: 8, Presence.REFUSED: 3, Presence.PREVENTED: 5}
    )
    wants_talk = presence is Presence.PRESENT and dice.falls(0.3)
    gatherings.note_attendance(family.by, attendance_id, presence, wants_talk, family.now)
    if presence is Presence.PRESENT and family.parts.get(GOOSE) == part:
        del family.parts[GOOSE]


def course_of(family: Family) -> Tale:
    """Tell of the course before her release: she joins the next one, and comes week after week."""
    dice = family.dice(COURSE)
    part = family.wants(COURSE)
    course: Course | None = yield from _ahead(family, COURSE, part)
    if course is None:
        return
    yield course.first_on - timedelta(days=1)
    if not _enrols(family, course, part):
        return
    rows = Attendance.for_action(family.by, family.on).filter(participation_id=part)
    for row in list(rows.select_related("meeting").order_by("meeting__planned_on")):
        yield row.meeting.planned_on
        if not _is_here(family, COURSE, part) or family.on >= family.play.last_on:
            return
        presence = dice.pick({Presence.PRESENT: 88, Presence.EXCUSED: 7, Presence.PREVENTED: 5})
        courses.note_session(family.by, row.id, presence, False, family.now)
    yield course.last_on + timedelta(days=2)
    if _is_here(family, COURSE, part):
        family.forgets(COURSE)


def _is_here(family: Family, product: Product, part: UUID) -> bool:
    """Tell whether her part in a product goes on, in the prison where it was planned."""
    return family.parts.get(product) == part and not family.is_moving


def _ahead(family: Family, product: Product, part: UUID) -> Generator[date, None, Any]:
    """Wait for the next meeting or course with time to prepare; gives nothing when her part ends before."""
    while family.parts.get(product) == part:
        found = next_of(family.side, product, family.in_days(_PREPARES))
        if found is not None and not family.is_moving:
            return found
        yield family.in_days(_WAITS)
    return None


def _enrols(family: Family, course: Course, part: UUID) -> bool:
    """Let her join a course, unless she was moved meanwhile or it is full."""
    if not _is_here(family, COURSE, part) or course not in family.side.ahead[COURSE]:
        return False
    try:
        courses.enrol(family.by, course.pk, part, family.now)
    except RuleBroken:
        return False
    return True


def mornings_of(family: Family) -> Tale:
    """Tell of the visit mornings: who decides is asked, and the children who may come, come twice."""
    dice = family.dice(MORNING)
    allowed = [child for child, kid in family.children if _may_come(family, child, kid, dice)]
    part = family.wants(MORNING)
    if not allowed:
        return
    mornings.begin(family.by, part, family.now)
    for _turn in range(2):
        morning: Meeting | None = yield from _ahead(family, MORNING, part)
        if morning is None:
            return
        _apply(family, morning, part, allowed[: dice.randrange(1, 4)], dice)
        yield morning.on + timedelta(days=dice.randrange(20, 60))
    if _is_here(family, MORNING, part):
        products.complete(family.by, part, family.now)
        family.forgets(MORNING)


def _may_come(family: Family, child_id: UUID, kid: Kid, dice: Dice) -> bool:
    """Find out who decides about a child and whether they say yes; an order keeps it at home."""
    by, now = family.by, family.now
    holder = "" if kid.custody is CustodyKind.MOTHER_ALONE else "Bij ons bekend"
    custody = NewCustody(kind=kid.custody, from_on=now.on, holder_name=holder, proof_seen_on=now.on)
    families.record_custody(by, child_id, custody, family.now)
    if kid.order:
        to_on = now.on - timedelta(days=10) if kid.order == "expired" else None
        order = NewRestriction(
            kind=RestrictionKind.BAN,
            issuer=Issuer.COURT,
            from_on=now.on - timedelta(days=200),
            to_on=to_on,
            verified_on=now.on,
        )
        families.record_restriction(by, child_id, order, family.now)
        return False
    free = NewRestriction(kind=RestrictionKind.NONE, from_on=now.on, verified_on=now.on)
    families.record_restriction(by, child_id, free, family.now)
    question = NewConsent(purpose=Purpose.CHILD_VISIT, child_id=child_id)
    asked = families.ask_consent(by, family.dossier_id, question, family.now).id
    if kid.agrees == "no":
        families.refuse_consent(by, asked, family.now)
    if kid.agrees != "yes":
        return False
    child = Child.for_action(by, family.on).get_or_404(pk=child_id)
    needed = decision_for(child, family.on).needed or frozenset()
    families.give_consent(by, asked, Answer(place=Place.PHONE, given_by=needed), family.now)
    return True


def _apply(family: Family, morning: Meeting, part: UUID, children: list[UUID], dice: Dice) -> None:
    for child_id in children:
        row = mornings.apply(family.by, morning.pk, part, child_id, time(13), family.now).id
        if mornings.weigh_gate(family.by, row, _READY, family.now).state != ChildState.GATE_OPEN:
            continue
        mornings.invite_child(family.by, row, family.now)
        mornings.confirm_child(family.by, row, family.now)
        morning.guests.append(partial(_child_comes, family, row, part, dice))


def _child_comes(family: Family, row_id: UUID, part: UUID, dice: Dice) -> None:
    by = family.by
    rows = MeetingChild.for_action(by, family.on).filter(pk=row_id, state=ChildState.CONFIRMED)
    if family.parts.get(MORNING) != part or not rows.exists():
        return
    if dice.falls(_CHILD_STAYS):
        mornings.cancel_child(
            by, row_id, dice.choice((CancelReason.CHILD, CancelReason.CAREGIVER)), family.now
        )
        return
    mornings.pick_up(by, row_id, family.now)
    if dice.falls(_AT_THE_GATE):
        mornings.refuse_at_gate(by, row_id, family.now)
    else:
        mornings.enter(by, row_id, family.now)
    mornings.bring_back(by, row_id, _HANDED, family.now)
