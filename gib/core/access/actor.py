"""Whoever acts: a person in one appointment, or the house itself."""

from dataclasses import dataclass, field
from uuid import UUID

from gib.core.access.tables import MAY, P, Role, Scope

NOBODY = UUID(int=0)


@dataclass(frozen=True)
class Actor:
    """A person in one role on one day.

    `team_ids` are the teams of the current appointment; `volunteer_id` and `partner_id` are set for
    the roles that act as such. `purpose` is required for the house itself. `emergency_id` is the look for
    which a session turned into an emergency.
    """

    user_id: UUID
    role: Role
    team_ids: frozenset[int] = field(default_factory=frozenset)
    volunteer_id: UUID | None = None
    partner_id: int | None = None
    purpose: str = ""
    emergency_id: UUID | None = None

    def may(self, permission: P) -> bool:
        """Tell whether this role has the permission at all."""
        return permission in MAY[self.role]

    def party(self, scope: Scope) -> str:
        """Name this actor as a party of an involvement: as volunteer, partner, team or user."""
        if scope is Scope.RECEIVING:
            return f"team:{min(self.team_ids, default=0)}"
        if scope in (Scope.MATCHED, Scope.STANDING_IN):
            return str(self.volunteer_id or NOBODY)
        if scope in (Scope.ADDRESSED, Scope.INVITED):
            return f"partner:{self.partner_id or 0}"
        return str(self.user_id)


def house(purpose: str) -> Actor:
    """Make the actor of a job or command; the purpose goes into every log."""
    return Actor(NOBODY, Role.SYSTEM, purpose=purpose)
