"""What the frame of every page needs: menu, banner, who is signed in, and how the reader likes to see it."""

from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import ceil
from typing import Any, Final

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.crypto import salted_hmac
from django.utils.functional import Promise

from gib.core.access.actor import Actor
from gib.core.access.tables import P
from gib.core.ui import words
from gib.core.vault import postbox

#: Choices a reader makes for the screen; each is a cookie without personal data. The first is the default.
PREFERENCES: Final = {
    "thema": ("auto", "licht", "donker"),
    "initialen": ("uit", "aan"),
    "toetsen": ("aan", "uit"),
}
#: The element that a swap replaces, as htmx names it: the whole content of a page.
CONTENT: Final = "main#inhoud"
_SCHEMES: Final = {"licht": "light", "donker": "dark"}


@dataclass(frozen=True)
class MenuItem:
    """A folder tab: shown to who has the permission, or to everybody without one.

    `also` are beginnings of other addresses that lie in this folder.
    """

    label: str | Promise
    url_name: str
    permission: P | None = None
    also: tuple[str, ...] = ()
    url: str = ""
    is_current: bool = False


#: Filled by the portal, in the order of the screen.
MENU: Final[list[MenuItem]] = []

#: Tools of the frame by name of address; the portal may set others. What has no address is left out.
LINKS: Final[dict[str, str]] = {
    "home": "portal:start",
    "search": "portal:search",
    "refer": "referral:refer",
    "exports": "imports:exports",
    "help": "ui:help",
    "keys": "ui:keys",
    "preference": "ui:preference",
    "sign_out": "account_logout",
    "complaint": "portal:complaint",
    "join": "volunteers:enquire",
    "stop": "portal:emergency_stop",
    "lend": "accounts:lend",
    "give_back": "accounts:take_back",
    "postbox": "portal:postbox",
    "worker": "portal:worker",
}


#: Tools that not everybody may use.
NEEDS: Final = {
    "search": P.SEARCH,
    "refer": P.REFER,
    "exports": P.EXPORT,
    "stop": P.SEE_IN_EMERGENCY,
    "postbox": P.SEE_OWN_MATCHES,
    "worker": P.SEE_OWN_MATCHES,
}


def page(request: HttpRequest) -> dict[str, Any]:
    """Give the frame of a page; safe for a request nobody signed."""
    actor, now = getattr(request, "actor", None), getattr(request, "now", None)
    words.set_today(now.on if now else None)
    likes = {name: preference(request, name) for name in PREFERENCES}
    return {
        "menu": marked([item for item in MENU if _may(actor, item)], request.path) if actor else [],
        "banner": getattr(request, "banner", None),
        "emergency": _emergency(request),
        "actor_name": getattr(request, "actor_name", None) if actor else None,
        "links": _links(actor),
        "scheme": _SCHEMES.get(likes["thema"], ""),
        "with_initials": likes["initialen"] == "aan",
        "with_keys": likes["toetsen"] == "aan",
        "is_part": _is_part(request),
        "is_lent": getattr(request, "is_lent", False),
        "postbox": _postbox(actor),
    }


def _postbox(actor: Any) -> dict[str, Any] | None:
    """Give the key with which a telephone seals what it cannot send, to who may report from one."""
    if actor is None or not actor.may(NEEDS["postbox"]):
        return None
    return seal() | {"owner": owner_of(actor)}


def seal() -> dict[str, Any]:
    """Give the key with which anybody may seal a letter that only the house can open."""
    version, point = postbox.public_key()
    return {"version": version, "key": b64encode(point).decode(), "owner": ""}


def owner_of(actor: Actor) -> str:
    """Give the mark by which a letter says whose it is: the same for one person, and telling nobody who."""
    return salted_hmac("gib letter", str(actor.user_id), algorithm="sha256").hexdigest()[:32]


def _is_part(request: HttpRequest) -> bool:
    """Tell whether a page that is open asks for the content alone: any address gives that instead of all."""
    htmx = getattr(request, "htmx", None)
    return bool(htmx and htmx.target == CONTENT)


def _emergency(request: HttpRequest) -> dict[str, Any] | None:
    """Give the dossier that is open in an emergency and how many minutes are left, begun ones included."""
    look, now = getattr(request, "emergency", None), getattr(request, "now", None)
    if look is None or now is None:
        return None
    minutes = ceil((look.until_at - now.at).total_seconds() / 60)
    return {"number": look.number, "minutes": minutes, "token": look.id}


def preference(request: HttpRequest, name: str) -> str:
    """Give a choice of the reader, or its default."""
    value = request.COOKIES.get(f"gib-{name}", "")
    return value if value in PREFERENCES[name] else PREFERENCES[name][0]


def marked(items: Iterable[MenuItem], path: str) -> list[MenuItem]:
    """Give the tabs with their address, the one that holds this path marked as current."""
    found = [replace(item, url=url) for item in items if (url := address(item.url_name))]
    inside = [item.url for item in found if path.startswith((item.url, *item.also))]
    here = max(inside, key=len, default="")
    return [replace(item, is_current=item.url == here) for item in found]


def address(url_name: str) -> str:
    """Give the path of a name, or nothing when this house has no such page."""
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""


def _may(actor: Any, item: MenuItem) -> bool:
    return item.permission is None or actor.may(item.permission)


def _links(actor: Any) -> dict[str, str]:
    return {name: address(url_name) for name, url_name in LINKS.items() if _opens(actor, name)}


def _opens(actor: Any, name: str) -> bool:
    return name not in NEEDS or (actor is not None and actor.may(NEEDS[name]))
