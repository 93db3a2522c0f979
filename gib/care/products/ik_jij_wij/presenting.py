"""One mother in a course as her page shows it: her sessions, her coach, her plan and her marks."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.urls import reverse

from gib.care.products.domain.contact import Kind
from gib.care.products.domain.meeting import Presence, counts
from gib.care.products.ik_jij_wij import words
from gib.care.products.ik_jij_wij.domain import MISSED, Item, Moment
from gib.care.products.ik_jij_wij.models import (
    CourseGroup,
    CourseScores,
    CourseSession,
    CourseTrainer,
    Enrolment,
    PersonalPlan,
)
from gib.care.products.models import Attendance, Contact, Match, Participation
from gib.care.products.presenting import names
from gib.core.ui.words import day


def came(request: Any, part_id: UUID) -> int:
    """Give how many sessions count for a part in the product."""
    rows = Attendance.visible_to(request.actor, request.now.on).filter(participation_id=part_id)
    return sum(counts(row.presence, row.caught_up_on) for row in rows)


def student(request: Any, row: Any) -> dict[str, Any]:
    """Gather what the page of one mother in a course shows."""
    actor, on = request.actor, request.now.on
    part: Any = Participation.visible_to(actor, on).get_or_404(pk=row.participation_id)
    sessions = _sessions(request, row)
    number = sum(session["counts"] for session in sessions)
    plan = PersonalPlan.visible_to(actor, on).filter(participation_id=part.id).first()
    return {
        "row": row,
        "course": row.course,
        "name": names.mothers(request, [row.dossier_id]).get(row.dossier_id, ""),
        "state": f"part.{part.state}",
        "sessions": sessions,
        "came": number,
        "has_passed": number >= row.course.pass_at,
        "talks": _talks(request, part.id),
        "match_url": _coach(request, part.id),
        "plan": plan,
        "written": day(plan.written_on) if plan else "",
        "moments": [(slug, title) for slug, (_moment, title) in words.MOMENTS.items()],
        "marks": _marks(request, part.id),
    }


def _sessions(request: Any, row: Any) -> list[dict[str, Any]]:
    """List what she was invited to, with its number when it is of this course."""
    numbers = dict(CourseSession.objects.filter(course_id=row.course_id).values_list("meeting_id", "number"))
    rows = Attendance.visible_to(request.actor, request.now.on).filter(participation_id=row.participation_id)
    found = sorted(rows.select_related("meeting"), key=lambda each: each.meeting.planned_on)
    return [_session(each, numbers.get(each.meeting_id), request.now.on) for each in found]


def _session(row: Any, number: int | None, on: date) -> dict[str, Any]:
    is_missed = Presence(row.presence) in MISSED and row.caught_up_on is None
    return {
        "number": number,
        "when": day(row.meeting.planned_on),
        "url": reverse("products:meeting", args=[row.meeting_id]),
        "state": f"presence.{row.presence}",
        "counts": counts(row.presence, row.caught_up_on),
        "caught_up": day(row.caught_up_on) if row.caught_up_on else "",
        "catch_up": reverse("products:session_caught_up", args=[row.id])
        if is_missed and row.meeting.planned_on <= on
        else "",
    }


def _talks(request: Any, part_id: UUID) -> list[dict[str, Any]]:
    """List her talks with her coach: planned or held, on which day and by whom."""
    rows = Contact.visible_to(request.actor, request.now.on).filter(
        participation_id=part_id, kind=Kind.COACH_TALK
    )
    found = list(rows)
    coaches = names.volunteers(request, [each.volunteer_id for each in found])
    return [
        {
            "url": reverse("products:visit", args=[each.id]),
            "when": day(each.held_on or each.planned_on),
            "who": coaches.get(each.volunteer_id, ""),
            "state": f"visit.{each.state}",
        }
        for each in found
    ]


def _coach(request: Any, part_id: UUID) -> str:
    """Give the page of her coach, on which talks are planned; empty without one."""
    rows: Any = Match.visible_to(request.actor, request.now.on).filter(
        participation_id=part_id, from_on__isnull=False, to_on__isnull=True
    )
    found = rows.order_by("-from_on").first()
    return reverse("products:match", args=[found.id]) if found else ""


def _marks(request: Any, part_id: UUID) -> list[tuple[Any, Any, Any]]:
    """Give the sentences with her mark before and after; empty when she filled in nothing."""
    rows = CourseScores.visible_to(request.actor, request.now.on).filter(participation_id=part_id)
    found = {row.moment: row for row in rows}
    if not found:
        return []
    before, after = found.get(Moment.BEFORE), found.get(Moment.AFTER)
    return [(words.ITEMS[item], getattr(before, item, None), getattr(after, item, None)) for item in Item]


def trainers(request: Any, row: CourseGroup) -> list[dict[str, Any]]:
    """List who gives a course, with where that ends."""
    rows = list(CourseTrainer.of(request.actor).filter(course_id=row.pk))
    known = names.volunteers(request, [each.volunteer_id for each in rows])
    return [
        {
            "name": known.get(each.volunteer_id, ""),
            "since": day(each.from_on),
            "url": reverse("products:trainer_end", args=[each.pk]),
        }
        for each in rows
    ]


def _totals(rows: Iterable[Attendance], key: str) -> Counter[UUID]:
    """Add up how many sessions count, by part or by mother."""
    found = Counter[UUID]()
    for row in rows:
        found[getattr(row, key)] += counts(row.presence, row.caught_up_on)
    return found


def people(request: Any, row: CourseGroup) -> dict[str, Any]:
    """List who joined a course, and who came to a session without joining: each session stands alone."""
    actor, on = request.actor, request.now.on
    joined = list(Enrolment.visible_to(actor, on).filter(course_id=row.pk))
    parts = {each.participation_id for each in joined}
    of_course = Q(participation_id__in=parts) | Q(meeting_id__in=row.sessions.values("meeting_id"))
    rows = list(Attendance.visible_to(actor, on).filter(of_course))
    alone = [each for each in rows if each.participation_id not in parts]
    known = names.mothers(request, [each.dossier_id for each in (*joined, *alone)])
    number, guests = _totals(rows, "participation_id"), _totals(alone, "dossier_id")
    return {
        "students": [
            {
                "id": each.id,
                "name": known.get(each.dossier_id, ""),
                "came": number[each.participation_id],
                "is_here": each.to_on is None,
            }
            for each in joined
        ],
        "guests": sorted((known.get(dossier, ""), times) for dossier, times in guests.items()),
    }
