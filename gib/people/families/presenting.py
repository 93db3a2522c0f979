"""What the pages of a family show, made ready in Python: cards of children, papers, detention."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from gib.core.access.actor import Actor
from gib.core.access.together import Steps, begin, in_steps
from gib.core.ui import states
from gib.core.ui.slots import Task
from gib.core.ui.words import day
from gib.people.accounts.models import usernames
from gib.people.families import words
from gib.people.families.domain.children import is_adult, turns_adult_on
from gib.people.families.domain.codes import Purpose
from gib.people.families.domain.consent import State, Validity
from gib.people.families.models import (
    Caregiver,
    Child,
    Consent,
    ContactRestriction,
    Custody,
    Residence,
    Separation,
    ages_of,
    gates_of,
    standing,
    terms_on,
)
from gib.people.families.models.lists import mothers, where_they_are
from gib.people.families.models.readers import oldest_first, on_day
from gib.people.families.naming import names_of
from gib.people.partners.models import CareProvider, Municipality, SafetyHouse

#: A child, and what stands beside it.
_OF_CHILDREN: tuple[Any, ...] = (Child, Residence, Custody, ContactRestriction)


@dataclass(frozen=True)
class GateLine:
    """One criterion of a child: its name, the state and the reason."""

    label: str
    state: str
    reason: str


@dataclass(frozen=True)
class Order:
    """A contact restriction as a line; `may_end` when it can still be lifted."""

    id: UUID
    text: str
    about: str
    may_end: bool


@dataclass(frozen=True)
class ChildCard:
    """A child with everything that decides about a visit."""

    id: UUID
    name: str
    age: str
    stays: str
    custody: str
    gates: list[GateLine]
    orders: list[Order]
    is_adult: bool = False
    turns_adult: str = ""

    @property
    def may_visit(self) -> bool:
        """Tell whether every gate is open."""
        return all(gate.state == "open" for gate in self.gates)

    @property
    def hindrance(self) -> str:
        """The first reason against a visit, for a card with little room."""
        return next((gate.reason for gate in self.gates if gate.state != "open"), "")


@dataclass(frozen=True)
class Paper:
    """A consent as a row, with what can be done about it."""

    id: UUID
    row: Task
    is_asked: bool
    is_given: bool
    is_claim: bool


@dataclass(frozen=True)
class Moment:
    """A knot of the line of detention."""

    title: str
    when: str
    more: str
    icon: str
    tone: str


@in_steps
def child_cards(actor: Actor, dossier_id: UUID, on: date) -> Steps[list[ChildCard]]:
    """Make a card of each child of a dossier, in the same number of queries for one as for ten."""
    kept = [model.visible_to(actor, on).filter(dossier_id=dossier_id) for model in _OF_CHILDREN]
    rows, residences, custodies, restrictions = kept
    children, *beside = yield (
        oldest_first(rows).opening(),
        residences.filter(on_day(on)).select_related("caregiver").order_by("from_on"),
        custodies.filter(on_day(on)).select_related("holder").order_by("from_on"),
        restrictions.order_by("-from_on"),
    )
    gates, terms = (yield from begin(gates_of, children, on)), terms_on(on)
    stays, held = ({row.child_id: row for row in each} for each in beside[:2])
    orders = _orders(beside[2])
    return [
        ChildCard(
            id=child.id,
            name=child.first_name,
            age=words.years(ages_of(child, on)),
            stays=_stays(stays.get(child.id)),
            custody=_custody(held.get(child.id)),
            gates=[_gate_line(fact) for fact in gates[child.id]],
            orders=orders[child.id],
            is_adult=is_adult(ages_of(child, on), terms),
            turns_adult=_turning(child, on, terms.adult_age),
        )
        for child in children
    ]


def _gate_line(fact: Any) -> GateLine:
    return GateLine(
        str(words.CRITERIA[fact.criterion]), words.GATES[fact.gate], str(words.REASONS[fact.reason])
    )


def _stays(row: Any) -> str:
    if row is None:
        return _("niet bekend")
    who = f", {row.caregiver.name}" if row.caregiver else ""
    return f"{words.RESIDENCES[row.kind]}{who}"


def _custody(row: Any) -> str:
    if row is None:
        return _("niet bekend")
    name = row.holder.name if row.holder else row.holder_name
    seen = _("papier gezien op %(day)s") % {"day": day(row.proof_seen_on)} if row.proof_seen_on else ""
    until = _("tot en met %(day)s") % {"day": day(row.to_on)} if row.to_on else ""
    parts = [str(words.CUSTODIES[row.kind]), name, until, seen or _("papier nog niet gezien")]
    return ", ".join(part for part in parts if part)


def _orders(rows: list[Any]) -> dict[UUID, list[Order]]:
    found: dict[UUID, list[Order]] = defaultdict(list)
    for row in rows:
        found[row.child_id].append(_order(row))
    return found


def _order(row: Any) -> Order:
    last = row.ended_on or row.to_on
    days = _("vanaf %(day)s") % {"day": day(row.from_on)}
    until = _("tot en met %(day)s") % {"day": day(last)} if last else ""
    with_whom = str(words.ABOUTS[row.about])
    issuer = _("volgens %(who)s") % {"who": words.ISSUERS[row.issuer]} if row.kind != "none" else ""
    about = ", ".join(part for part in (with_whom, issuer, days, until) if part)
    return Order(row.id, str(words.RESTRICTIONS[row.kind]), about, row.ended_on is None)


def _turning(child: Any, on: date, adult_age: int) -> str:
    """Say that a child comes of age within a year."""
    turns_on = turns_adult_on(child.born_on, adult_age)
    if turns_on is None or not 0 < (turns_on - on).days <= 366:
        return ""
    return _("Wordt 18 op %(day)s.") % {"day": day(turns_on)}


@in_steps
def network(actor: Actor, dossier_id: UUID, on: date) -> Steps[list[Any]]:
    """List who belongs to the family and network today."""
    rows = Caregiver.visible_to(actor, on).filter(on_day(on), dossier_id=dossier_id)
    found = yield rows.order_by("from_on", "id").opening()
    return [(row, words.RELATIONS[row.relation]) for row in found]


@in_steps
def apart(actor: Actor, dossier_id: UUID, on: date) -> Steps[list[tuple[Any, str, str, str]]]:
    """List from whom a mother is kept apart today: the row, her name, since when, and who set it."""
    pairs: Any = Separation.visible_to(actor, on).filter(on_day(on))
    rows = yield pairs.of(dossier_id).order_by("from_on", "id")
    others = {row.id: row.besides(dossier_id) for row in rows}
    names = yield from begin(names_of, actor, on, others.values())
    known = usernames(row.set_by for row in rows)
    return [(row, names.get(others[row.id], ""), day(row.from_on), known.get(row.set_by, "")) for row in rows]


def others_inside(actor: Actor, dossier_id: UUID, on: date) -> list[tuple[str, str]]:
    """List the mothers in detention from whom one may be kept apart, by name."""
    inside = where_they_are(mothers(actor, on), "binnen")
    names = names_of(actor, on, {row.dossier_id for row in inside} - {dossier_id})
    return sorted(((str(key), name) for key, name in names.items()), key=lambda pair: pair[1])


@in_steps
def papers(actor: Actor, dossier_id: UUID, on: date) -> Steps[list[Paper]]:
    """List the consents of a dossier, open questions first, then the newest answers."""
    rows = yield Consent.visible_to(actor, on).filter(dossier_id=dossier_id).select_related("child").opening()
    names, terms = (yield from begin(recipients, rows)), terms_on(on)
    rows.sort(key=lambda row: (row.state == State.ASKED, row.given_on or row.asked_on), reverse=True)
    return [
        Paper(
            id=row.id,
            row=_paper(row, names, paper_state(row, standing(row, on, terms))),
            is_asked=row.state == State.ASKED,
            is_given=row.state == State.GIVEN,
            is_claim=row.is_claim,
        )
        for row in rows
    ]


def _paper(row: Any, names: dict[tuple[str, str], str], state: str) -> Task:
    about = names.get((row.purpose, row.recipient), "") or (row.child.first_name if row.child else "")
    return Task(
        who=": ".join(part for part in (str(words.PURPOSES[row.purpose]), about) if part),
        why=_paper_days(row),
        url=reverse("families:paper", args=[row.dossier_id, row.id]),
        button=_("Bekijk"),
        tone=states.find(state).tone,
        badge=state,
    )


def paper_state(row: Any, how: Validity) -> str:
    """Give the key of the state in which a consent is shown."""
    return f"families.{how}" if row.state == State.GIVEN else f"families.{row.state}"


def _paper_days(row: Any) -> str:
    if row.is_claim:
        return _("volgens een lijst; vraag het haar zelf vóór %(day)s") % {"day": day(row.expires_on)}
    if row.state == State.GIVEN:
        told = {"day": day(row.given_on), "end": day(row.expires_on)}
        return _("op %(day)s, opnieuw vragen vanaf %(end)s") % told
    return day(row.withdrawn_on or row.refused_on or row.asked_on)


@in_steps
def recipients(rows: Iterable[Any]) -> Steps[dict[tuple[str, str], str]]:
    """Give the names of the organisations that consents are for, by purpose and code."""
    asked = defaultdict(set)
    for row in rows:
        asked[row.purpose].add(row.recipient)
    known = yield tuple(model.objects.filter(pk__in=asked[each]) for each, model in RECIPIENTS.items())
    return {
        (str(purpose), str(row.pk)): row.name
        for purpose, found in zip(RECIPIENTS, known, strict=True)
        for row in found
    }


#: Purpose of sharing -> the table of who can receive.
RECIPIENTS: dict[str, Any] = {
    Purpose.MUNICIPALITY: Municipality,
    Purpose.CARE_PROVIDER: CareProvider,
    Purpose.SAFETY_HOUSE: SafetyHouse,
}


def history(rows: Iterable[Any]) -> list[Moment]:
    """Tell how the expected day of release moved, newest first, from the oldest answer to the last."""
    told, before = [], None
    for row in rows:
        title = _("Vrij: %(day)s") % {"day": day(row.expected_on) or _("onbekend")}
        said = {"who": words.SOURCES[row.source], "sure": words.CONFIDENCES[row.confidence]}
        more = _("Volgens %(who)s, %(sure)s.") % said
        moved = words.shift(before.expected_on, row.expected_on) if before else _("eerste opgave")
        told.append(Moment(f"{title}, {moved}", day(row.entered_on), more, "calendar", "rest"))
        before = row
    return told[::-1]


def stays(places: Iterable[Any], ended: Iterable[Any]) -> list[Moment]:
    """Tell in which prisons she was and when she was released, newest first."""
    told = [(row.from_on, _placed(row)) for row in places]
    told += [(row.to_on, _freed(row)) for row in ended]
    return [moment for _day, moment in sorted(told, key=lambda each: each[0], reverse=True)]


def _placed(row: Any) -> Moment:
    unit = _(", afdeling %(unit)s") % {"unit": row.unit} if row.unit else ""
    until = _("tot en met %(day)s") % {"day": day(row.to_on)} if row.to_on else _("tot nu")
    return Moment(
        f"{row.prison.place}{unit}", day(row.from_on), f"{words.REGIMES[row.regime]}, {until}", "key", "rest"
    )


def _freed(row: Any) -> Moment:
    return Moment(_("Vrij"), day(row.to_on), str(words.RELEASES[row.release_kind]), "home", "good")
