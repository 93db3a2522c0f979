"""How roles and standings are said."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from gib.core.access.tables import Role
from gib.people.accounts.domain import Standing

ROLE_WORDS: Final[dict[Role, Any]] = {
    Role.PROJECT_LEADER: _("projectleider"),
    Role.COORDINATOR: _("coördinator"),
    Role.DEPUTY: _("vervanger van een coördinator"),
    Role.VOLUNTEER: _("vrijwilliger"),
    Role.REFERRER: _("verwijzer in een P.I."),
    Role.MUNICIPALITY: _("gemeente"),
    Role.SAFETY_HOUSE: _("Veiligheidshuis"),
    Role.TECHNICAL_ADMIN: _("technisch beheerder"),
    Role.PRIVACY_OFFICER: _("privacyfunctionaris"),
    Role.EMERGENCY: _("noodtoegang"),
}
STANDING_WORDS: Final[dict[Standing, Any]] = {
    Standing.CURRENT: _("heeft toegang"),
    Standing.FUTURE: _("begint later"),
    Standing.ENDED: _("geëindigd"),
    Standing.UNATTESTED: _("niet bevestigd"),
}
STANDING_TONES: Final = {
    Standing.CURRENT: "good",
    Standing.FUTURE: "busy",
    Standing.ENDED: "rest",
    Standing.UNATTESTED: "warn",
}
_BROWSERS: Final = (("Edg", "Edge"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
_SYSTEMS: Final = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac", "Mac"),
    ("Linux", "Linux"),
)


def device(user_agent: str) -> str:
    """Say in two words which browser on which device signed in, as far as it tells."""
    browser = next((word for sign, word in _BROWSERS if sign in user_agent), "")
    system = next((word for sign, word in _SYSTEMS if sign in user_agent), "")
    return " · ".join(filter(None, (browser, system))) or str(_("onbekend apparaat"))
