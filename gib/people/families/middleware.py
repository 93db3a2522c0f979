"""Turns a session into an emergency as long as the look that it carries goes on."""

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from gib.core.access.actor import Actor
from gib.core.access.tables import P, Role
from gib.people.families.models import Emergency

_LOOK: Final = "gib.emergency"


def begin(session: SessionBase, emergency_id: UUID) -> None:
    """Let this session be the one in which the dossier is open."""
    session[_LOOK] = str(emergency_id)


def forget(session: SessionBase) -> None:
    """Let this session be an ordinary one again."""
    session.pop(_LOOK, None)


def emergency(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Put the actor of an emergency in the place of the reader; only in the session that opened it."""

    def middleware(request: Any) -> HttpResponseBase:
        request.emergency = None
        if request.session.get(_LOOK) and request.actor:
            _enter(request, request.actor)
        return get_response(request)

    return middleware


def _enter(request: Any, actor: Actor) -> None:
    look = None
    if actor.may(P.OPEN_EMERGENCY):
        look = Emergency.running(actor, UUID(request.session[_LOOK]), request.now)
    if look is None:
        forget(request.session)
        messages.info(request, _("Uw noodtoegang is voorbij."))
        return
    request.emergency = look
    request.actor = Actor(actor.user_id, Role.EMERGENCY, emergency_id=look.id)
