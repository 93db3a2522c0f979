"""What coordinator and mother do in an intake: plan talks, write section by section, and finish."""

from collections.abc import Iterable
from dataclasses import fields
from datetime import date, time
from typing import Any
from uuid import UUID

from gib.care.intake import domain
from gib.care.intake.domain import (
    FLOW,
    Cause,
    Needs,
    NewTalk,
    Note,
    Products,
    Section,
    State,
    Who,
    Wishes,
)
from gib.care.intake.models import Intake, Need, ProductTalk, SectionRow, Talk, Wish, running_intake
from gib.care.referral import actions as referral
from gib.care.referral.domain import EndReason, check_plan
from gib.core.access.actor import Actor
from gib.core.access.tables import P
from gib.core.journal.acts import act, carry_out
from gib.core.kernel.clock import Now
from gib.core.kernel.ids import new_id
from gib.core.kernel.rules import RuleBroken
from gib.core.kernel.stamps import Stamp, check_stamp
from gib.people.families import actions as families
from gib.people.families.domain.codes import Purpose
from gib.people.families.domain.consent import Answer, NewConsent
from gib.people.families.domain.consent import State as Asked
from gib.people.families.models import Consent, consent_holds, participant_of


@act(P.HOLD_INTAKE)
def plan(
    actor: Actor, referral_id: UUID, planned_on: date, planned_time: time | None, place: str, now: Now
) -> Intake:
    """Begin an intake with the day of its first talk; the referral hears the day.

    Raises:
        RuleBroken: 'intake_running', 'talk_in_past', 'not_before', 'illegal_move'.
        Http404: the referral does not exist for this coordinator.
    """
    told = referral.plan_intake(actor, referral_id, planned_on, planned_time, now)
    if running_intake(told.dossier_id) is not None:
        raise RuleBroken("intake_running")
    own = {"dossier_id": told.dossier_id, "team_id": told.team_id}
    intake = Intake(id=new_id(), **own, referral_id=told.id, begun_on=now.on)
    talk = _talk(intake, NewTalk(planned_on=planned_on, planned_time=planned_time, place=place))
    begun = domain.Begun(dossier_id=told.dossier_id, intake_id=intake.id, planned_on=planned_on)
    carry_out(actor, now, rows=[intake, talk], events=[begun])
    return intake


def _talk(intake: Intake, new: NewTalk) -> Talk:
    return Talk(**_own(intake), planned_on=new.planned_on, planned_time=new.planned_time, place=new.place)


def _own(intake: Intake) -> dict[str, Any]:
    return {"dossier_id": intake.dossier_id, "team_id": intake.team_id, "intake_id": intake.id}


def _load(actor: Actor, intake_id: UUID, now: Now) -> Intake:
    intake: Intake = Intake.for_action(actor, now.on).get_or_404(pk=intake_id)
    domain.check_open(intake.state)
    return intake


def _open_talk(actor: Actor, intake: Intake, now: Now) -> Talk | None:
    rows: Any = Talk.for_action(actor, now.on).filter(intake_id=intake.id)
    found: Talk | None = rows.open().first()
    return found


@act(P.HOLD_INTAKE)
def plan_talk(actor: Actor, intake_id: UUID, new: NewTalk, now: Now) -> Talk:
    """Plan the next talk of an intake, or move the talk that is planned to another day.

    Raises:
        RuleBroken: 'intake_closed', 'talk_in_past', 'not_before'.
    """
    intake = _load(actor, intake_id, now)
    if intake.state == State.PLANNED:
        referral.plan_intake(actor, intake.referral_id, new.planned_on, new.planned_time, now)
    else:
        check_plan(new.planned_on, None, now.on)
    talk = _open_talk(actor, intake, now) or _talk(intake, new)
    talk.planned_on, talk.planned_time, talk.place = new.planned_on, new.planned_time, new.place
    told = domain.TalkPlanned(dossier_id=intake.dossier_id, intake_id=intake.id, planned_on=new.planned_on)
    carry_out(actor, now, rows=[talk], events=[told])
    return talk


@act(P.HOLD_INTAKE)
def reschedule(
    actor: Actor, intake_id: UUID, planned_on: date, planned_time: time | None, place: str, now: Now
) -> Talk:
    """Move the planned talk to another day.

    Raises:
        RuleBroken: as `plan_talk`.
    """
    new = NewTalk(planned_on=planned_on, planned_time=planned_time, place=place)
    return plan_talk(actor, intake_id, new, now)


@act(P.HOLD_INTAKE)
def hold(actor: Actor, intake_id: UUID, held_on: date, now: Now) -> Talk:
    """Note that the planned talk was held.

    Raises:
        RuleBroken: 'intake_closed', 'no_talk_planned', 'talk_not_today'.
    """
    intake = _load(actor, intake_id, now)
    domain.check_hold(held_on, now.on)
    talk = _planned(actor, intake, now)
    talk.held_on = held_on
    if intake.state == State.PLANNED:
        intake.state = FLOW.move(intake.state, State.HELD)
    about = {"dossier_id": intake.dossier_id, "intake_id": intake.id, "referral_id": intake.referral_id}
    told = domain.TalkHeld(**about, held_on=held_on)
    carry_out(actor, now, rows=[talk, intake], events=[told])
    referral.note_talk(actor, intake.referral_id, held_on, now)
    return talk


@act(P.HOLD_INTAKE)
def drop_talk(actor: Actor, intake_id: UUID, cause: Cause, now: Now) -> Talk:
    """Note that the planned talk did not go on; the intake itself goes on and needs another day.

    Raises:
        RuleBroken: 'intake_closed', 'no_talk_planned'.
    """
    intake = _load(actor, intake_id, now)
    talk = _planned(actor, intake, now)
    talk.dropped_on, talk.cause = now.on, str(cause)
    told = domain.TalkDropped(dossier_id=intake.dossier_id, intake_id=intake.id, cause=cause)
    carry_out(actor, now, rows=[talk], events=[told])
    return talk


def _planned(actor: Actor, intake: Intake, now: Now) -> Talk:
    talk = _open_talk(actor, intake, now)
    if talk is None:
        raise RuleBroken("no_talk_planned")
    return talk


@act(P.HOLD_INTAKE)
def save_needs(actor: Actor, intake_id: UUID, needs: Needs, now: Now) -> Intake:
    """Write her own marks and words for the seven areas of life.

    Raises:
        RuleBroken: 'mark_not_hers', 'intake_closed', 'newer_version'.
    """
    return _save_marks(actor, intake_id, needs, Section.NEEDS, now)


@act(P.HOLD_INTAKE)
def save_baseline(actor: Actor, intake_id: UUID, needs: Needs, now: Now) -> Intake:
    """Write her own marks and words for the five basic conditions.

    Raises:
        RuleBroken: as `save_needs`.
    """
    return _save_marks(actor, intake_id, needs, Section.BASELINE, now)


def _save_marks(actor: Actor, intake_id: UUID, needs: Needs, section: Section, now: Now) -> Intake:
    domain.check_needs(needs)
    intake = _load(actor, intake_id, now)
    known = {row.area: row for row in Need.for_action(actor, now.on).filter(intake_id=intake.id)}
    rows = []
    for area in domain.MARKED[section]:
        said = needs.said.get(area, domain.Said())
        row = known.get(area) or Need(**_own(intake), area=area)
        row.mark, row.note = said.mark, said.note
        rows.append(row)
    return _save(actor, intake, section, needs.stamp, "", rows, now)


@act(P.HOLD_INTAKE)
def save_wishes(actor: Actor, intake_id: UUID, wishes: Wishes, now: Now) -> Intake:
    """Write at most three wishes in her own words, the most important first.

    Raises:
        RuleBroken: 'wishes_too_many', 'intake_closed', 'newer_version'.
    """
    words = domain.cleaned_wishes(wishes)
    intake = _load(actor, intake_id, now)
    known = {row.order: row for row in Wish.for_action(actor, now.on).filter(intake_id=intake.id)}
    rows = [known.get(order) or Wish(**_own(intake), order=order) for order in range(1, len(words) + 1)]
    for row, text in zip(rows, words, strict=True):
        row.words = text
    saved = _save(actor, intake, Section.WISHES, wishes.stamp, "", rows, now)
    for order in known.keys() - {row.order for row in rows}:
        known[order].delete()
    return saved


@act(P.HOLD_INTAKE)
def save_products(actor: Actor, intake_id: UUID, products: Products, now: Now) -> Intake:
    """Write what was offered and whether she wants it, later or not, with her reason.

    Raises:
        RuleBroken: 'decline_needs_reason', 'intake_closed', 'newer_version'.
    """
    domain.check_products(products)
    intake = _load(actor, intake_id, now)
    known = {row.product: row for row in ProductTalk.for_action(actor, now.on).filter(intake_id=intake.id)}
    rows = []
    for product, said in products.talked.items():
        row = known.pop(product, None) or ProductTalk(**_own(intake), product=product)
        row.choice = said.choice
        row.why = str(said.why or "") if said.choice == domain.Choice.DECLINED else ""
        rows.append(row)
    saved = _save(actor, intake, Section.PRODUCTS, products.stamp, "", rows, now)
    for row in known.values():
        row.delete()
    return saved


@act(P.HOLD_INTAKE)
def save_note(actor: Actor, intake_id: UUID, section: Section, note: Note, now: Now) -> Intake:
    """Write the text of a section: the children, who helps already, or what was agreed.

    Raises:
        RuleBroken: 'intake_closed', 'newer_version'.
    """
    return _save(actor, _load(actor, intake_id, now), section, note.stamp, note.text, [], now)


@act(P.HOLD_INTAKE)
def save_who(actor: Actor, intake_id: UUID, who: Who, now: Now) -> Intake:
    """Write how to speak with her: her languages, an interpreter, and what is good to know.

    Raises:
        RuleBroken: 'intake_closed', 'newer_version'.
    """
    intake = _load(actor, intake_id, now)
    _save(actor, intake, Section.WHO, who.stamp, who.text, [], now)
    mother = participant_of(intake.dossier_id)
    facts = {field.name: getattr(mother, field.name) for field in fields(families.MotherFacts)}
    said = {"languages": ",".join(who.languages), "needs_interpreter": who.needs_interpreter}
    families.correct_participant(actor, intake.dossier_id, families.MotherFacts(**facts | said), now)
    return intake


def _save(
    actor: Actor, intake: Intake, section: Section, stamp: Stamp, text: str, rows: Iterable[Any], now: Now
) -> Intake:
    """Save a section with its rows, over nothing that somebody else wrote meanwhile; told once a day."""
    known = SectionRow.for_action(actor, now.on).filter(intake_id=intake.id, name=section)
    kept: SectionRow | None = known.first()
    row = kept or SectionRow(**_own(intake), name=section, version=1)
    if kept is not None:
        check_stamp(kept.version, kept.token, stamp)
    told = domain.SectionSaved(dossier_id=intake.dossier_id, intake_id=intake.id, section=section)
    events = [] if kept is not None and kept.saved_on == now.on else [told]
    row.text, row.words_reason = text, stamp.reason
    row.saved_on, row.token = now.on, stamp.token
    carry_out(actor, now, rows=[row, *rows], events=events)
    return intake


@act(P.HOLD_INTAKE)
def take_consent(actor: Actor, intake_id: UUID, answer: Answer | None, language: str, now: Now) -> Consent:
    """Write down her yes or no to support, as she says it in the talk.

    Args:
        answer: where and how she said yes; empty when she said no.
        language: in which the text was read to her.

    Raises:
        RuleBroken: 'intake_closed', 'staff_present', 'consent_text_missing', 'consent_already_asked' while
            a question with the text in another language is open (CON-06).
    """
    intake = _load(actor, intake_id, now)
    open_questions = Consent.for_action(actor, now.on).filter(
        dossier_id=intake.dossier_id, purpose=Purpose.SUPPORT, state=Asked.ASKED, language=language
    )
    new = NewConsent(purpose=Purpose.SUPPORT, language=language)
    asked = open_questions.first() or families.ask_consent(actor, intake.dossier_id, new, now)
    if answer is None:
        return families.refuse_consent(actor, asked.id, now)
    return families.give_consent(actor, asked.id, answer, now)


@act(P.HOLD_INTAKE)
def complete(actor: Actor, intake_id: UUID, now: Now) -> Intake:
    """Finish the intake, so that a trajectory can be proposed; the referral hears it.

    Raises:
        RuleBroken: 'intake_closed', 'no_talk_held', 'support_consent_missing', 'wish_or_need_missing',
            'illegal_move'.
    """
    intake = _load(actor, intake_id, now)
    has_talk = Talk.for_action(actor, now.on).filter(intake_id=intake.id, held_on__isnull=False).exists()
    has_consent = consent_holds(intake.dossier_id, Purpose.SUPPORT, "", now.on)
    domain.check_complete(has_talk, has_consent, _has_content(actor, intake, now))
    intake.state, intake.completed_on = FLOW.move(intake.state, State.COMPLETED), now.on
    told = domain.Completed(dossier_id=intake.dossier_id, intake_id=intake.id)
    carry_out(actor, now, rows=[intake], events=[told])
    referral.mark_intake_done(actor, intake.referral_id, now)
    return intake


def _has_content(actor: Actor, intake: Intake, now: Now) -> bool:
    wishes = Wish.for_action(actor, now.on).filter(intake_id=intake.id)
    needs = Need.for_action(actor, now.on).filter(intake_id=intake.id, mark__isnull=False)
    return bool(wishes.exists() or needs.exists())


@act(P.HOLD_INTAKE)
def cancel(actor: Actor, intake_id: UUID, cause: Cause, now: Now) -> Intake:
    """End an intake that does not go on; the referral waits for another day.

    Raises:
        RuleBroken: 'intake_closed', 'illegal_move'.
    """
    intake = _load(actor, intake_id, now)
    intake.cause = str(cause)
    told = domain.Cancelled(dossier_id=intake.dossier_id, intake_id=intake.id, cause=cause)
    _end(actor, intake, State.CANCELLED, told, now)
    referral.drop_intake(actor, intake.referral_id, now)
    return intake


@act(P.HOLD_INTAKE)
def refuse(actor: Actor, intake_id: UUID, not_before_on: date | None, now: Now) -> Intake:
    """Note that she does not want this now: no drop-out, and nobody asks again before the day she chose.

    Raises:
        RuleBroken: 'intake_closed', 'not_before_in_past', 'illegal_move'.
    """
    domain.check_refuse(not_before_on, now.on)
    intake = refuse_along(actor, intake_id, not_before_on, now)
    reason = EndReason.MOTHER_REFUSES
    referral.close_without_trajectory(actor, intake.referral_id, reason, not_before_on, now=now)
    return intake


@act(P.HOLD_INTAKE)
def refuse_along(actor: Actor, intake_id: UUID, not_before_on: date | None, now: Now) -> Intake:
    """End an intake of which the refusal was told with the referral: it does not wait for a talk any more.

    Raises:
        RuleBroken: 'intake_closed', 'illegal_move'.
    """
    intake = _load(actor, intake_id, now)
    told = domain.Refused(dossier_id=intake.dossier_id, intake_id=intake.id, not_before_on=not_before_on)
    _end(actor, intake, State.REFUSED, told, now)
    return intake


@act(P.HOLD_INTAKE)
def overtake(actor: Actor, intake_id: UUID, now: Now) -> Intake:
    """Note that she was released before anybody spoke with her.

    Raises:
        RuleBroken: 'intake_closed', 'illegal_move' after the first talk.
    """
    intake = _load(actor, intake_id, now)
    told = domain.Overtaken(dossier_id=intake.dossier_id, intake_id=intake.id)
    _end(actor, intake, State.OVERTAKEN, told, now)
    return intake


def _end(actor: Actor, intake: Intake, to: State, told: domain.IntakeEvent, now: Now) -> None:
    intake.state, intake.ended_on = FLOW.move(intake.state, to), now.on
    talk = _open_talk(actor, intake, now)
    if talk is not None:
        talk.dropped_on = now.on
    carry_out(actor, now, rows=[intake, *([talk] if talk else [])], events=[told])
