"""The doors behind the folder tab "Meer": pages that one needs now and then."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise

from gib.core.access.actor import Actor
from gib.core.access.tables import P
from gib.core.ui.context import address


@dataclass(frozen=True)
class Door:
    """A page with what it is for, and who may enter."""

    title: str | Promise
    what: str | Promise
    url_name: str
    permission: P

    @property
    def url(self) -> str:
        """Its address; empty when this house has no such page."""
        return address(self.url_name)


#: Filled by the wiring, in the order of the screen.
MORE: Final[list[Door]] = []


def doors_for(actor: Actor) -> list[Door]:
    """Give the doors that open for this actor."""
    return [door for door in MORE if actor.may(door.permission) and door.url]
