"""Families for stories, made by performing the acts; their names are flowers, birds and words for tales."""

from datetime import date
from typing import Any, Final
from uuid import UUID

from gib.core.access.actor import Actor
from gib.core.access.tables import Role
from gib.core.kernel.clock import Now
from gib.core.kernel.ids import new_id
from gib.people.families import actions
from gib.people.families.actions import Answer, ChildFacts, NewConsent, NewCustody, NewFamily, NewRestriction
from gib.people.families.domain.codes import (
    CustodyKind,
    Issuer,
    Party,
    Place,
    Purpose,
    ReleaseKind,
    RestrictionKind,
    ReturnKind,
)
from gib.people.families.models import Child, Consent, DetentionEpisode, Dossier
from gib.people.partners.models import Team

#: Nobody is called like this; a reader sees at once that these people do not exist.
MOTHERS: Final = (
    *("Madelief", "Jasmijn", "Hyacinta", "Camelia", "Azalea", "Dahlia", "Linnea", "Mimosa"),
    *("Magnolia", "Fresia", "Lavendel", "Zinnia", "Begonia", "Calendula", "Gardenia", "Lobelia"),
    *("Primula", "Verbena", "Petunia", "Anemoon", "Orchidea", "Akelei", "Ridderspoor", "Sering"),
)
CHILDREN: Final = (
    *("Merel", "Vink", "Kievit", "Zwaluw", "Leeuwerik", "Wulp", "Grutto", "Kwikstaart"),
    *("Goudvink", "Koolmees", "Roodborst", "Spreeuw", "Winterkoning", "Nachtegaal", "Sijsje", "Putter"),
)
LAST_NAMES: Final = (
    *("Sprookstra", "van Fabelveld", "Verzinsel", "Bedenksma", "Legendema", "Sagemans", "Mythestra"),
    *("Droomkamp", "Voorbeeldink", "Rijmelaar", "Ballademan", "Novellens", "Romanesk", "Fantasma"),
    *("de Verteller", "Luchtkasteel", "Eenhoorn", "Toverstaf", "Kabouterman", "Zevenmijl"),
)
BORN_ON: Final = date(1980, 5, 3)


def a_coordinator(team: Team) -> Actor:
    """Give somebody who coordinates one team."""
    return Actor(new_id(), Role.COORDINATOR, frozenset({team.pk}))


def a_dossier(actor: Actor, now: Now, number: int = 0, **facts: Any) -> Dossier:
    """Open the dossier of one of the invented mothers in the actor's team, detained in Nieuwersluis.

    Args:
        number: which mother; the same number is the same mother.
        facts: what differs, by field of `NewFamily`.
    """
    told = {
        "team_id": min(actor.team_ids, default=0),
        "first_name": MOTHERS[number % len(MOTHERS)],
        "last_name": LAST_NAMES[number % len(LAST_NAMES)],
        "born_on": BORN_ON.replace(year=BORN_ON.year + number % 15),
        "prison_code": "NSL",
    }
    return actions.open_dossier(actor, NewFamily(**told | facts), now)


def with_child(actor: Actor, dossier_id: UUID, now: Now, number: int = 0, **facts: Any) -> Child:
    """Add one of the invented children, nine years old unless the facts say otherwise."""
    born_on = date(now.on.year - 9, 2, 14)
    told = {"first_name": CHILDREN[number % len(CHILDREN)], "born_on": born_on}
    return actions.add_child(actor, dossier_id, ChildFacts(**told | facts), now)


def with_consent(
    actor: Actor,
    dossier_id: UUID,
    purpose: Purpose | str,
    now: Now,
    recipient: str = "",
    child_id: UUID | None = None,
    given_by: frozenset[Party] = frozenset({Party.MOTHER}),
) -> Consent:
    """Let a consent be asked and given, without prison staff present."""
    question = NewConsent(purpose=Purpose(purpose), recipient=recipient, child_id=child_id)
    asked = actions.ask_consent(actor, dossier_id, question, now)
    return actions.give_consent(actor, asked.id, Answer(place=Place.PRISON, given_by=given_by), now)


def with_open_gate(actor: Actor, child: Child, now: Now) -> Child:
    """Let a child pass every gate: the mother has custody, nothing limits contact, and she said yes."""
    custody = NewCustody(kind=CustodyKind.MOTHER_ALONE, from_on=now.on, proof_seen_on=now.on)
    actions.record_custody(actor, child.id, custody, now)
    free = NewRestriction(kind=RestrictionKind.NONE, from_on=now.on, verified_on=now.on)
    actions.record_restriction(actor, child.id, free, now)
    with_consent(actor, child.dossier_id, Purpose.CHILD_VISIT, now, child_id=child.id)
    return child


def with_ban(actor: Actor, child_id: UUID, now: Now, to_on: date | None = None) -> None:
    """Let a court forbid contact with the mother."""
    ban = NewRestriction(
        kind=RestrictionKind.BAN, issuer=Issuer.COURT, from_on=now.on, to_on=to_on, verified_on=now.on
    )
    actions.record_restriction(actor, child_id, ban, now)


def released(
    actor: Actor, dossier_id: UUID, now: Now, municipality_code: str | None = "0363"
) -> DetentionEpisode:
    """Release a mother today to a municipality, or without a fixed address."""
    where = ReturnKind.KNOWN if municipality_code else ReturnKind.NO_FIXED_ADDRESS
    return actions.release(
        actor, dossier_id, now.on, ReleaseKind.END_OF_SENTENCE, where, municipality_code, now
    )
