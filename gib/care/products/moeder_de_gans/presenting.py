"""An information meeting as its pages show it: the programme, who may be named, and what was counted."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from gib.care.products import words as shared
from gib.care.products.domain.meeting import SPEAKERS, Presence, SpeakerState, State
from gib.care.products.models import Attendance, GroupMeeting
from gib.care.products.moeder_de_gans import papers, words
from gib.care.products.moeder_de_gans.domain import ANSWERS, POLL, Question, mean
from gib.care.products.moeder_de_gans.models import tally_of
from gib.care.products.presenting import names
from gib.core.ui.words import day
from gib.people.families.models import Participant, Placement
from gib.people.partners.models import CareProvider

_ON_THE_DAY = (SpeakerState.CAME, SpeakerState.ABSENT)


def programme(request: Any, row: GroupMeeting) -> dict[str, Any]:
    """Gather what the page of a programme shows."""
    speakers = list(row.speakers.select_related("provider"))
    is_day = row.planned_on <= request.now.on and row.state != State.CANCELLED
    counted = tally_of(row.pk)
    asked = sorted(counted[Question.ASKED].items(), key=lambda pair: -pair[1])
    return {
        "row": row,
        "when": day(row.planned_on),
        "state": f"meeting.{row.state}",
        "themes": papers.themes_of(row),
        "speakers": [_speaker(each, row, is_day) for each in speakers],
        "is_planned": row.state == State.PLANNED,
        "is_day": is_day,
        "asked": [(shared.THEMES[theme], number) for theme, number in asked if number],
        "poll": [(words.QUESTIONS[question], _said(question, counted[question])) for question in POLL],
        "slips": max(sum(counted[question].values()) for question in POLL),
        "listed_on": day(row.listed_on) if row.listed_on else "",
    }


def _speaker(each: Any, row: GroupMeeting, is_day: bool) -> dict[str, Any]:
    """Give a line of the programme: who, where it stands and since when, and what one may note."""
    state = SpeakerState(each.state)
    nexts = SPEAKERS.steps.get(state, frozenset()) | SPEAKERS.corrections.get(state, frozenset())
    steps = [
        (reverse("products:speaker_step", args=[each.pk, slug]), verb)
        for slug, (to, verb) in words.STEPS.items()
        if to in nexts and row.state != State.CANCELLED and (is_day or to not in _ON_THE_DAY)
    ]
    since = each.answered_on or each.asked_on
    return {
        "name": papers.speaker_of(each),
        "state": f"speaker.{state}",
        "since": day(since),
        "steps": steps,
    }


def _said(question: Question, numbers: Mapping[str, int]) -> str:
    """Say what was counted of one question: the mean of marks, or how many said yes."""
    count = sum(numbers.values())
    if not count:
        return ""
    if "yes" in ANSWERS[question]:
        return f"{numbers.get('yes', 0)} / {count}"
    found = mean(numbers)
    return f"{found:.1f}".replace(".", ",") if found is not None else ""


def women(request: Any, row: GroupMeeting) -> list[tuple[str, str]]:
    """List the women in this prison whom we know and who are not on the list of a meeting yet."""
    actor, on = request.actor, request.now.on
    listed = Attendance.visible_to(actor, on).filter(meeting_id=row.pk).exclude(presence=Presence.OVERTAKEN)
    taken = {each.dossier_id for each in listed}
    here = Placement.visible_to(actor, on).filter(prison_id=row.prison_id, to_on__isnull=True)
    ids = [each.dossier_id for each in here if each.dossier_id not in taken]
    known = names.mothers(request, ids)
    return sorted(((str(each), known.get(each, "")) for each in ids), key=lambda pair: pair[1])


def invited(request: Any, row: GroupMeeting) -> list[str]:
    """Give the whole names of the women who are expected at a meeting, for their letters."""
    actor, on = request.actor, request.now.on
    rows = Attendance.visible_to(actor, on).filter(meeting_id=row.pk, presence=Presence.INVITED)
    ids = [each.dossier_id for each in rows]
    mothers = Participant.visible_to(actor, on).filter(dossier_id__in=ids)
    return sorted(f"{each.first_name} {each.last_name}" for each in mothers)


def providers(on: Any) -> list[tuple[str, str]]:
    """List the organisations that we know on a day."""
    return [(str(each.pk), each.name) for each in CareProvider.objects.valid(on)]
