"""What a volunteer tells about her time and wishes, herself or through her coordinator."""

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q

from gib.core.access.actor import Actor
from gib.core.access.tables import P
from gib.core.journal.acts import act, carry_out, remove
from gib.core.kernel.clock import Now
from gib.core.kernel.rules import RuleBroken
from gib.core.kernel.stamps import check_version
from gib.engines.matching.problem import Daypart
from gib.people.volunteers.actions.volunteers import load
from gib.people.volunteers.domain import availability as domain
from gib.people.volunteers.domain.availability import Away, Wishes
from gib.people.volunteers.models.availability import Absence, Preference, Week, away_of


@act(P.MANAGE_VOLUNTEER, P.EDIT_SELF)
def tell_week(
    actor: Actor, volunteer_id: UUID, dayparts: Iterable[Daypart], from_on: date | None, now: Now
) -> Week:
    """Say in which parts of the week she can, from a day on; what was said for later days no longer counts.

    Args:
        from_on: the first day; today when empty.

    Raises:
        RuleBroken: 'week_in_past'.
    """
    start = from_on or now.on
    domain.check_week(start, now.on)
    volunteer = load(actor, volunteer_id, now)
    known = Week.for_action(actor, now.on).filter(volunteer_id=volunteer.id)
    running = known.filter(Q(to_on__isnull=True) | Q(to_on__gte=start), from_on__lt=start).first()
    if running:
        running.to_on = start - timedelta(days=1)
        carry_out(actor, now, rows=[running])
    remove(known.filter(from_on__gte=start))
    row = Week(
        volunteer_id=volunteer.id,
        team_id=volunteer.team_id,
        dayparts=",".join(domain.in_order(dayparts)),
        from_on=start,
    )
    event = domain.WeekTold(volunteer_id=volunteer.id, from_on=start)
    carry_out(actor, now, rows=[row], events=[event])
    return row


@act(P.MANAGE_VOLUNTEER, P.EDIT_SELF)
def tell_wishes(actor: Actor, volunteer_id: UUID, wishes: Wishes, now: Now) -> Preference:
    """Say what she likes, can and rather not does.

    Raises:
        RuleBroken: 'newer_version' when it was changed elsewhere meanwhile.
    """
    volunteer = load(actor, volunteer_id, now)
    check_version(volunteer.version, wishes.version)
    volunteer.languages = ",".join(wishes.languages)
    for name in ("has_car", "most_matches", "most_minutes"):
        setattr(volunteer, name, getattr(wishes, name))
    known = Preference.for_action(actor, now.on).filter(volunteer_id=volunteer.id).first()
    row = known or Preference(volunteer_id=volunteer.id, team_id=volunteer.team_id)
    for name in ("interests", "experience", "rather_not", "areas"):
        setattr(row, name, ",".join(getattr(wishes, name)))
    row.months, row.gender = wishes.months, wishes.gender or ""
    carry_out(actor, now, rows=[volunteer, row], events=[domain.WishesTold(volunteer_id=volunteer.id)])
    return row


@act(P.MANAGE_VOLUNTEER, P.EDIT_SELF)
def tell_absence(actor: Actor, volunteer_id: UUID, away: Away, now: Now) -> Absence:
    """Say on which days she is not there.

    Raises:
        RuleBroken: 'period_backwards', 'absence_over', 'absence_overlaps'.
    """
    volunteer = load(actor, volunteer_id, now)
    known = Absence.for_action(actor, now.on).filter(volunteer_id=volunteer.id)
    domain.check_absence(away_of(known), away, now.on)
    row = Absence(
        volunteer_id=volunteer.id,
        team_id=volunteer.team_id,
        kind=away.kind,
        from_on=away.from_on,
        to_on=away.to_on,
    )
    event = domain.AbsenceTold(
        volunteer_id=volunteer.id, kind=away.kind, from_on=away.from_on, to_on=away.to_on
    )
    carry_out(actor, now, rows=[row], events=[event])
    return row


@act(P.MANAGE_VOLUNTEER, P.EDIT_SELF)
def end_absence(actor: Actor, absence_id: UUID, now: Now) -> UUID:
    """Say that she is there again from today; days that did not begin fall away.

    Returns: the volunteer.

    Raises:
        RuleBroken: 'absence_over' when it ended before today.
    """
    row: Absence = Absence.for_action(actor, now.on).get_or_404(pk=absence_id)
    if row.to_on is not None and row.to_on < now.on:
        raise RuleBroken("absence_over")
    event = domain.AbsenceEnded(volunteer_id=row.volunteer_id)
    if row.from_on >= now.on:
        carry_out(actor, now, events=[event])
        remove(Absence.for_action(actor, now.on).filter(pk=row.pk))
    else:
        row.to_on = now.on - timedelta(days=1)
        carry_out(actor, now, rows=[row], events=[event])
    return row.volunteer_id
