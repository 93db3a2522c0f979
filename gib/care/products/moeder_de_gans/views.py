"""Who came to an information meeting or a visit morning."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from gib.care.products.actions import note_presence
from gib.care.products.forms import PresenceForm
from gib.care.products.models import Attendance
from gib.care.products.moeder_de_gans.actions import note_attendance
from gib.care.products.views.common import ask
from gib.core.access.guard import Request, requires
from gib.core.access.tables import P
from gib.people.partners.domain import Product


@requires(P.RUN_PRODUCT)
def presence(request: Request, attendance_id: UUID) -> HttpResponse:
    """Note whether she came and whether she wants a talk afterwards."""
    rows = Attendance.visible_to(request.actor, request.now.on).select_related("meeting")
    row = rows.get_or_404(pk=attendance_id)

    def note(told: tuple[Any, bool]) -> None:
        if row.meeting.product == Product.MOEDER_DE_GANS:
            note_attendance(request.actor, attendance_id, told[0], told[1], request.now)
        else:
            note_presence(request.actor, attendance_id, told[0], request.now, wants_talk=told[1])

    back = reverse("products:meeting", args=[row.meeting_id])
    return ask(request, PresenceForm(request.POST or None), _("Was zij er?"), note, back)
