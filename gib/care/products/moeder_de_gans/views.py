"""Pages of an information meeting: its programme and papers, who came, and what came of it."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gib.care.products.actions import note_presence
from gib.care.products.forms import PresenceForm
from gib.care.products.models import Attendance, GroupMeeting, MeetingSpeaker
from gib.care.products.moeder_de_gans import actions, forms, papers, presenting, words
from gib.care.products.moeder_de_gans.models import tally_of
from gib.care.products.presenting import meeting_page
from gib.care.products.views.common import ask, confirm
from gib.care.products.views.meetings import meeting_of
from gib.core.access.guard import Request, requires
from gib.core.access.tables import P
from gib.core.sheets.answers import as_file
from gib.core.ui.forms import ActForm
from gib.core.ui.posting import answer
from gib.people.partners.domain import Product


def _gathering(request: Request, meeting_id: int) -> GroupMeeting:
    """Give an information meeting of the reader's team.

    Raises:
        Http404: it is of another team, or something else than an information meeting.
    """
    row = meeting_of(request, meeting_id)
    if row.product != Product.MOEDER_DE_GANS:
        raise Http404
    return row


def _programme(meeting_id: int) -> str:
    return reverse("products:programme", args=[meeting_id])


@requires(P.RUN_PRODUCT)
def presence(request: Request, attendance_id: UUID) -> HttpResponse:
    """Note whether she came and whether she wants a talk afterwards."""
    rows = Attendance.visible_to(request.actor, request.now.on).select_related("meeting")
    row = rows.get_or_404(pk=attendance_id)

    def note(told: tuple[Any, bool]) -> None:
        if row.meeting.product == Product.MOEDER_DE_GANS:
            actions.note_attendance(request.actor, attendance_id, told[0], told[1], request.now)
        else:
            note_presence(request.actor, attendance_id, told[0], request.now, wants_talk=told[1])

    back = reverse("products:meeting", args=[row.meeting_id])
    return ask(request, PresenceForm(request.POST or None), _("Was zij er?"), note, back)


@requires(P.RUN_PRODUCT)
@require_POST
def follow_up(request: Request, attendance_id: UUID) -> HttpResponse:
    """Let something come of her wish for a talk, with one press."""
    found: Any = Attendance.visible_to(request.actor, request.now.on).get_or_404(pk=attendance_id)
    row = meeting_of(request, found.meeting_id)

    def perform(_nothing: None) -> str:
        actions.follow_up(request.actor, attendance_id, request.now)
        return reverse("products:meeting", args=[row.pk])

    return answer(
        request, ActForm(request.POST), "products/meeting.html", perform, meeting_page(request, row)
    )


@requires(P.RUN_PRODUCT)
@require_safe
def programme(request: Request, meeting_id: int) -> HttpResponse:
    """Show who tells something, the papers, and what was counted."""
    row = _gathering(request, meeting_id)
    return render(request, "products/programme.html", presenting.programme(request, row))


@requires(P.RUN_PRODUCT)
def speaker_add(request: Request, meeting_id: int) -> HttpResponse:
    """Write down that an organisation was asked."""
    row = _gathering(request, meeting_id)
    return ask(
        request,
        forms.SpeakerForm(request.POST or None, providers=presenting.providers(request.now.on)),
        _("Vraag een spreker"),
        lambda told: actions.ask_speaker(request.actor, row.pk, told[0], told[1], request.now),
        _programme(row.pk),
        lead=row.brand,
    )


@requires(P.RUN_PRODUCT)
def speaker_step(request: Request, speaker_id: int, to: str) -> HttpResponse:
    """Write down what a speaker said, or on the day whether somebody came."""
    found = MeetingSpeaker.of(request.actor).filter(pk=speaker_id).first()
    if found is None or to not in words.STEPS:
        raise Http404
    state, title = words.STEPS[to]
    return confirm(
        request,
        str(title),
        lambda _none: actions.note_speaker(request.actor, speaker_id, state, request.now),
        _programme(found.meeting_id),
        lead=papers.speaker_of(found),
    )


@requires(P.RUN_PRODUCT)
def take_list(request: Request, meeting_id: int) -> HttpResponse:
    """Take the list of the prison: invite who is known, count who is not."""
    row = _gathering(request, meeting_id)
    initial = {"others": row.expected_count}
    return ask(
        request,
        forms.ListForm(request.POST or None, women=presenting.women(request, row), initial=initial),
        _("De lijst van de MMD"),
        lambda told: actions.take_list(request.actor, row.pk, told.known, told.others, request.now),
        reverse("products:meeting", args=[row.pk]),
        lead=row.brand,
    )


def _count(request: Request, meeting_id: int, kind: type[forms.TallyForm], title: str) -> HttpResponse:
    row = _gathering(request, meeting_id)
    return ask(
        request,
        kind(request.POST or None, kept=tally_of(row.pk)),
        title,
        lambda told: actions.tally(request.actor, row.pk, told, request.now),
        _programme(row.pk),
        "products/tally.html",
        lead=row.brand,
    )


@requires(P.RUN_PRODUCT)
def questions(request: Request, meeting_id: int) -> HttpResponse:
    """Count what women asked about."""
    return _count(request, meeting_id, forms.QuestionsForm, _("Vragen van de vrouwen"))


@requires(P.RUN_PRODUCT)
def poll(request: Request, meeting_id: int) -> HttpResponse:
    """Count what the slips say that women filled in on the way out."""
    return _count(request, meeting_id, forms.PollForm, _("De briefjes bij de deur"))


@requires(P.RUN_PRODUCT)
@require_safe
def flyer(request: Request, meeting_id: int) -> HttpResponse:
    """Give the flyer as a paper; it names nobody."""
    row = _gathering(request, meeting_id)
    paper = papers.flyer(row, row.speakers.select_related("provider"), request.now.at)
    return as_file(paper, f"flyer-{row.planned_on}.pdf")


@requires(P.RUN_PRODUCT)
@require_safe
def letters(request: Request, meeting_id: int) -> HttpResponse:
    """Give the invitations of the women who are expected, one a page.

    Raises:
        Http404: nobody is expected.
    """
    row = _gathering(request, meeting_id)
    names = presenting.invited(request, row)
    if not names:
        raise Http404
    return as_file(papers.letters(row, names, request.now.at), f"uitnodigingen-{row.planned_on}.pdf")
