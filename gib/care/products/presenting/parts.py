"""The products of one mother: which she has, what comes next, and which were never spoken of."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from gib.care.products import words
from gib.care.products.domain.match import LIVE, ONE_AT_A_TIME
from gib.care.products.domain.participation import FLOW, State, is_paused, waits_for_match
from gib.care.products.models import Match, Participation
from gib.core.access.actor import Actor
from gib.core.ui.words import day
from gib.people.families.models import current_place
from gib.people.partners.domain import BRANDS, Product


@dataclass(frozen=True)
class PartLine:
    """One product: its states, since when, the match that goes with it, and the steps one may take."""

    id: UUID
    brand: str
    states: list[str]
    when: str
    match: Any = None
    steps: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Parts:
    """What the plan shows of products: those she has or had, and those she may still wish."""

    lines: list[PartLine]
    wishes: list[tuple[str, str]]


def parts_of(actor: Actor, dossier_id: UUID, on: date, may_edit: bool) -> Parts:
    """Give the products of one mother as this reader may see them, running ones first."""
    rows = list(Participation.visible_to(actor, on).filter(dossier_id=dossier_id).order_by("-planned_on"))
    matches: dict[UUID, Any] = {}
    states = sorted(ONE_AT_A_TIME | LIVE)
    for match in Match.visible_to(actor, on).filter(dossier_id=dossier_id, state__in=states):
        matches[match.participation_id] = match
    place = current_place(dossier_id, on)
    here = place.prison_id if place else None
    lines = [_line(row, matches.get(row.id), here, may_edit) for row in rows]
    taken = {row.product for row in rows if not FLOW.is_final(row.state)}
    free = [(str(product), brand) for product, brand in BRANDS.items() if product not in taken]
    return Parts(sorted(lines, key=lambda line: not line.steps), free if may_edit else [])


def _line(row: Any, match: Any, here: str | None, may_edit: bool) -> PartLine:
    state, product = State(row.state), Product(row.product)
    paused = is_paused(state, product, row.prison_id, here)
    unmatched = waits_for_match(state, product, match is not None)
    states = [f"part.{state}", *["part.paused"] * paused, *["part.unmatched"] * unmatched]
    return PartLine(
        id=row.id,
        brand=row.brand,
        states=states,
        when=_when(row),
        match=match,
        steps=_steps(row, paused, unmatched) if may_edit else [],
    )


def _when(row: Any) -> str:
    if row.ended_on:
        return _("tot %(day)s") % {"day": day(row.ended_on)}
    if row.started_on:
        return _("sinds %(day)s") % {"day": day(row.started_on)}
    return ""


def _steps(row: Any, paused: bool, unmatched: bool) -> list[tuple[str, str]]:
    """Give the steps one may take: address and verb, the most likely first."""
    state = State(row.state)

    def at(name: str, *more: str) -> str:
        return reverse(f"products:{name}", args=[row.id, *more])

    found = [(at("match_propose"), _("Zoek vrijwilliger"))] if unmatched else []
    found += [(at("part_step", "verder"), _("Ga hier verder"))] if paused else []
    for slug, verb in words.NEXT.get(state, ()):
        begins_apart = slug == "starten" and row.product == Product.MOEDER_KIND_BEZOEKEN
        name = {"deels": "part_partly"}.get(slug, "mornings_begin" if begins_apart else "part_step")
        found.append((at(name, slug) if name == "part_step" else at(name), str(verb)))
    ways = {
        State.OFFERED: ("part_decline", _("Wil niet")),
        State.RUNNING: ("part_stop", _("Zij stopt")),
    }
    if state in ways:
        name, verb = ways[state]
        found.append((at(name), verb))
    if FLOW.may_move(state, State.CANCELLED):
        found.append((at("part_cancel"), _("Zeg af")))
    return found
