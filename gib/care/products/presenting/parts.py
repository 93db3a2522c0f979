"""The products of one mother: which she has, what comes next, and which were never spoken of."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from gib.care.products import board_words, words
from gib.care.products.domain.match import LIVE, ONE_AT_A_TIME
from gib.care.products.domain.participation import (
    FLOW,
    INSIDE,
    MATCHED,
    State,
    is_late_for_moeder_de_gans,
    is_paused,
    waits_for_match,
)
from gib.care.products.models import Match, Participation, norm
from gib.care.products.presenting.board import board_of
from gib.care.products.presenting.home import phase_words
from gib.core.access.actor import Actor
from gib.core.access.together import Steps, abreast, asking, begin, in_steps
from gib.core.ui.words import day
from gib.people.families.models import current_place, open_episode
from gib.people.partners.domain import BRANDS, Product


@dataclass(frozen=True)
class PartLine:
    """One product: its states, since when, what she asks of who helps, its match, the steps one may take."""

    id: UUID
    brand: str
    states: list[str]
    when: str
    asks: str = ""
    home: str = ""
    match: Any = None
    steps: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Parts:
    """What the plan shows of products: those she has or had, and those she may still wish."""

    lines: list[PartLine]
    wishes: list[tuple[str, str]]


@in_steps
def parts_of(actor: Actor, dossier_id: UUID, on: date, may_edit: bool) -> Steps[Parts]:
    """Give the products of one mother as this reader may see them, running ones first."""
    states = sorted(ONE_AT_A_TIME | LIVE)
    asked = (
        Participation.visible_to(actor, on).filter(dossier_id=dossier_id).order_by("-planned_on"),
        Match.visible_to(actor, on).filter(dossier_id=dossier_id, state__in=states),
    )
    parts = [asking(asked), begin(current_place, dossier_id, on)]
    (rows, open_ones), place = yield from abreast(parts)
    matches = {match.participation_id: match for match in open_ones}
    here = place.prison_id if place and place.to_on != on else None
    lines = [
        replace(
            _line(row, matches.get(row.id), here, may_edit),
            home=phase_words(row, on, is_held=here is not None),
        )
        for row in rows
    ]
    return Parts(sorted(lines, key=lambda line: not line.steps), _free(rows) if may_edit else [])


def _free(rows: list[Any]) -> list[tuple[str, str]]:
    """Give the products that are not on her list now."""
    taken = {row.product for row in rows if not FLOW.is_final(row.state)}
    return [(str(product), brand) for product, brand in BRANDS.items() if product not in taken]


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
        asks=_asks(row) if may_edit else "",
        match=match,
        steps=_steps(row, paused, unmatched) if may_edit else [],
    )


def _when(row: Any) -> str:
    if row.ended_on:
        return _("tot %(day)s") % {"day": day(row.ended_on)}
    if row.started_on:
        return _("sinds %(day)s") % {"day": day(row.started_on)}
    return ""


def _asks(row: Any) -> str:
    asked = row.asked
    return board_words.asks(asked.dayparts, asked.gender, asked.needs_car, asked.interests)


def _steps(row: Any, paused: bool, unmatched: bool) -> list[tuple[str, str]]:
    """Give the steps one may take: address and verb, the most likely first."""
    moves = paused and row.product in INSIDE
    found: list[words.Step] = [("part_step", "verder", _("Ga hier verder"))] * moves
    steps = [_APART.get((row.product, *step[:2]), step) for step in words.STEPS.get(State(row.state), ())]
    found += filter(None, steps)
    found += _more(row)
    board = [(board_of(row.id), _("Zoek vrijwilliger"))] * unmatched
    return board + [
        (reverse(f"products:{page}", args=[row.id, *([slug] if slug else [])]), str(verb))
        for page, slug, verb in found
    ]


#: Steps that a product takes on a page of its own, or not at all: a farewell asks whether all was reached.
_APART: Final[dict[tuple[str, str, str], words.Step | None]] = {
    (Product.MOEDER_KIND_BEZOEKEN, "part_step", "starten"): words.MORNINGS,
    (Product.MOEDERMAATJES, "part_step", "afronden"): words.FAREWELL,
    (Product.MOEDERMAATJES, "part_partly", ""): None,
}


def _more(row: Any) -> list[words.Step]:
    """Give what only some products know: a longer term, an end by the prison, what she asks of who helps."""
    found = [words.EXTEND] * (row.state == State.RUNNING and row.product == Product.MOEDERMAATJES)
    found += [words.PRISON_STOPS] * (row.state in (State.PLANNED, State.RUNNING) and row.product in INSIDE)
    return found + [words.ASKS] * (row.product in MATCHED and not FLOW.is_final(row.state))


def lead_of(row: Any, on: date) -> str:
    """Name the product above a step, with a warning when she is long inside for a meeting for new women."""
    episode = open_episode(row.dossier_id) if row.product == Product.MOEDER_DE_GANS else None
    weeks = norm("moeder_de_gans_weeks", on) if episode else 0
    if episode is None or not is_late_for_moeder_de_gans(episode.from_on, on, weeks):
        return str(row.brand)
    told = _("Zij is al langer dan %(weeks)d weken binnen. Deze bijeenkomst is vooral voor nieuwe vrouwen.")
    return f"{row.brand}. {told % {'weeks': weeks}}"
