"""What families give the dossier page and the start page: identity, tabs, a card, tasks."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gib.core.access.tables import P
from gib.core.access.together import Steps, abreast, asking, begin, first, in_steps, the_one
from gib.core.ui.slots import Task
from gib.core.ui.words import day
from gib.people.families import presenting, words
from gib.people.families.domain.codes import Purpose
from gib.people.families.domain.consent import State, Validity
from gib.people.families.models import (
    Child,
    Consent,
    DetentionEpisode,
    Domicile,
    Dossier,
    ExpectedRelease,
    Participant,
    Placement,
    ages_of,
    standing,
    terms_on,
)
from gib.people.families.models.lists import releases
from gib.people.families.models.readers import oldest_first, on_day
from gib.people.families.naming import names_of

SOON: Final = timedelta(days=30)


@dataclass(frozen=True)
class Fact:
    """A fact of the identity bar: a text, or a state of the table of states, with a note below."""

    label: str
    text: str = ""
    note: str = ""
    state: str = ""


@dataclass(frozen=True)
class Identity:
    """Who the dossier is about, for the bar at its top."""

    name: str
    about: str
    facts: list[Fact] = field(default_factory=list)


@in_steps
def identity_facts(request: Any, dossier_id: UUID) -> Steps[Identity]:
    """Give name, age, children and number, with place, expected day, language and consent.

    Raises:
        Http404: the dossier does not exist for this reader.
    """
    actor, on = request.actor, request.now.on
    residing = Domicile.visible_to(actor, on).filter(on_day(on), dossier_id=dossier_id)
    mothers, dossiers, children, (spots, leaves), homes, support = yield (
        Participant.visible_to(actor, on).filter(dossier_id=dossier_id).opening(),
        Dossier.visible_to(actor, on).filter(pk=dossier_id),
        oldest_first(Child.visible_to(actor, on).filter(dossier_id=dossier_id)),
        _places(request, dossier_id),
        residing.select_related("municipality"),
        support_of(request, dossier_id),
    )
    mother, number, count = the_one(mothers), the_one(dossiers).number, len(children)
    about = [
        words.years(ages_of(mother, on)),
        _children(count),
        _("dossier %(number)s") % {"number": number},
    ]
    spoken = _("met tolk") if mother.needs_interpreter else ""
    tongue = Fact(_("Taal"), words.languages(mother.languages), spoken)
    where = _inside(spots[0], leaves, on) if spots else [_home(home) for home in homes]
    facts = [*where, tongue, _consented(support, on)]
    return Identity(f"{mother.first_name} {mother.last_name}", " · ".join(about), facts)


def _children(count: int) -> str:
    """Say how many children are known; that none are does not say that she has none."""
    told = ngettext("%(count)d kind", "%(count)d kinderen", count) % {"count": count}
    return told if count else _("nog geen kinderen bekend")


def _places(request: Any, dossier_id: UUID) -> tuple[Any, Any]:
    """Ask where she is held now, and when she is expected to leave."""
    actor, on = request.actor, request.now.on
    places = Placement.visible_to(actor, on).filter(dossier_id=dossier_id, to_on__isnull=True)
    leaves = ExpectedRelease.visible_to(actor, on).filter(dossier_id=dossier_id, episode__to_on__isnull=True)
    return places.select_related("prison")[:1], leaves.order_by("-position")[:1]


def _inside(spot: Any, leaves: list[Any], on: date) -> list[Fact]:
    unit = _("afdeling %(unit)s") % {"unit": spot.unit} if spot.unit else ""
    leaves_on = leaves[0].expected_on if leaves else None
    note = words.days_to(leaves_on, on) if leaves_on else ""
    return [
        Fact(_("P.I."), spot.prison.place, unit),
        Fact(_("Vrij, verwacht"), day(leaves_on) or _("onbekend"), note),
    ]


def _home(home: Any) -> Fact:
    where = home.municipality.name if home.municipality else str(words.RETURNS[home.kind])
    return Fact(_("Vrij"), where, _("sinds %(day)s") % {"day": day(home.from_on)})


def support_of(request: Any, dossier_id: UUID) -> Any:
    """Ask for the yes to support of one mother that ends last; fragments of a page ask it as one question."""
    rows = Consent.visible_to(request.actor, request.now.on).filter(
        dossier_id=dossier_id, purpose=str(Purpose.SUPPORT), state=str(State.GIVEN)
    )
    return rows.order_by("-expires_on")[:1]


def _consented(support: list[Any], on: date) -> Fact:
    last = first(support)
    how = standing(last, on, terms_on(on)) if last else Validity.NONE
    note = _("tot %(day)s") % {"day": day(last.expires_on)} if last else ""
    return Fact(_("Toestemming"), note=note, state=f"families.{how}")


def _rendered(request: Any, template: str, context: dict[str, Any]) -> SafeString:
    return render_to_string(template, context, request=request)


@in_steps
def children_tab(request: Any, dossier_id: UUID) -> Steps[SafeString]:
    """Show the children with where they stay, who decides and whether a visit may be."""
    cards = yield from begin(presenting.child_cards, request.actor, dossier_id, request.now.on)
    context = {"dossier_id": dossier_id, "cards": cards, "may_edit": request.actor.may(P.EDIT_FAMILY)}
    return _rendered(request, "families/tab_children.html", context)


@in_steps
def people_tab(request: Any, dossier_id: UUID) -> Steps[SafeString]:
    """Show the mother and who is around her."""
    actor, on = request.actor, request.now.on
    mother = Participant.visible_to(actor, on).filter(dossier_id=dossier_id)
    (mothers, network, apart) = yield from abreast(
        [
            asking(mother.select_related("origin", "return_municipality").opening()),
            begin(presenting.network, actor, dossier_id, on),
            begin(presenting.apart, actor, dossier_id, on),
        ]
    )
    context = {
        "dossier_id": dossier_id,
        "mother": (found := the_one(mothers)),
        "facts": _mother_facts(found),
        "network": network,
        "apart": apart,
        "may_edit": actor.may(P.EDIT_FAMILY),
    }
    return _rendered(request, "families/tab_people.html", context)


def _mother_facts(mother: Any) -> list[tuple[str, str]]:
    unknown = _("niet bekend")
    goes = (
        mother.return_municipality.name if mother.return_municipality else words.RETURNS[mother.return_kind]
    )
    return [
        (_("Geboren"), day(mother.born_on) or str(mother.birth_year or unknown)),
        (_("Telefoon"), mother.phone or unknown),
        (_("Adres"), mother.address or unknown),
        (_("Talen"), words.languages(mother.languages)),
        (_("Komt uit"), mother.origin.name if mother.origin else unknown),
        (_("Gaat naar"), str(goes)),
    ]


@in_steps
def papers_tab(request: Any, dossier_id: UUID) -> Steps[SafeString]:
    """Show what she agreed to, and what was asked, refused or withdrawn."""
    context = {
        "dossier_id": dossier_id,
        "papers": (yield from begin(presenting.papers, request.actor, dossier_id, request.now.on)),
        "may_record": request.actor.may(P.RECORD_CONSENT),
    }
    return _rendered(request, "families/tab_papers.html", context)


@in_steps
def detention_facts(request: Any, dossier_id: UUID) -> Steps[dict[str, Any]]:
    """Give what the block and the page of detention show."""
    actor, on = request.actor, request.now.on
    expected, places, ended = yield (
        ExpectedRelease.visible_to(actor, on).filter(dossier_id=dossier_id).order_by("position"),
        Placement.visible_to(actor, on).filter(dossier_id=dossier_id).select_related("prison"),
        DetentionEpisode.visible_to(actor, on).filter(dossier_id=dossier_id, to_on__isnull=False),
    )
    return {
        "dossier_id": dossier_id,
        "is_inside": any(row.to_on is None for row in places),
        "history": presenting.history(expected),
        "stays": presenting.stays(places, ended),
        "may_move": actor.may(P.MOVE_DETENTION),
    }


@in_steps
def detention_block(request: Any, dossier_id: UUID) -> Steps[SafeString]:
    """Show detention with its acts, for a tab of the dossier."""
    facts = yield from begin(detention_facts, request, dossier_id)
    return _rendered(request, "families/block_detention.html", facts)


@in_steps
def children_card(request: Any, dossier_id: UUID) -> Steps[SafeString | None]:
    """Show each child with whether a visit may be, in the rail; nothing without children."""
    cards = yield from begin(presenting.child_cards, request.actor, dossier_id, request.now.on)
    return _rendered(request, "families/card_children.html", {"cards": cards}) if cards else None


@in_steps
def renewals(
    request: Any, done: Collection[UUID] = (), given: Collection[Any] | None = None
) -> Steps[list[Task]]:
    """List the mothers whose consent for support ends within thirty days, or has ended.

    Args:
        done: the dossiers with which a later stage has finished: nobody asks there again.
        given: every yes to support, from who asked for it in a round before.
    """
    actor, on = request.actor, request.now.on
    every = (yield supported(request)) if given is None else given
    newest = {row.dossier_id: row for row in every if row.dossier_id not in done}
    ending = {each: row for each, row in newest.items() if row.expires_on <= on + SOON}
    names = yield from begin(names_of, actor, on, ending)
    return [_renewal(name, ending[dossier_id], on) for dossier_id, name in names.items()]


def supported(request: Any) -> Any:
    """Ask for every yes to support, the one that ends last at the end; lists ask it as one question."""
    rows: Any = Consent.of_team(request.actor, request.now.on)
    return rows.supports()


def _renewal(name: str, row: Any, on: Any) -> Task:
    is_over = row.expires_on <= on
    why = _("Toestemming verliep op %(day)s.") if is_over else _("Toestemming loopt tot %(day)s.")
    if row.is_claim and not is_over:
        why = _("Haar ja staat alleen op een lijst. Vraag het haar zelf vóór %(day)s.")
    return Task(
        who=name,
        why=why % {"day": day(row.expires_on)},
        url=reverse("portal:dossier_tab", args=[row.dossier_id, "papieren"]),
        button=_("Vraag opnieuw"),
        tone="stop" if is_over else "warn",
        badge=f"families.{Validity.RENEW}",
        rank=25 if is_over else 55,
        dossier_id=row.dossier_id,
    )


@in_steps
def withdrawn(request: Any) -> Steps[list[Task]]:
    """List the mothers who withdrew consent for support this month: must the dossier be erased (CON-02)?"""
    actor, on = request.actor, request.now.on
    asked = Consent.of_team(actor, on).filter(purpose=str(Purpose.SUPPORT))
    # Both in one round: other lists ask for every yes to support then, and it is asked once.
    rows, given = yield asked.filter(withdrawn_on__gt=on - SOON), supported(request)
    days = {row.dossier_id: row.withdrawn_on for row in rows}
    for row in given:
        days.pop(row.dossier_id, None)
    names = yield from begin(names_of, actor, on, days)
    return [
        Task(
            who=name,
            why=_("Trok de toestemming in op %(day)s. Moet het dossier gewist worden?")
            % {"day": day(days[dossier_id])},
            url=reverse("portal:erase", args=[dossier_id]),
            button=_("Bekijk"),
            tone="stop",
            badge="families.withdrawn",
            rank=5,
            dossier_id=dossier_id,
        )
        for dossier_id, name in names.items()
    ]


@in_steps
def passed_dates(request: Any) -> Steps[list[Task]]:
    """List the mothers who should be free by now according to the last expectation, but are not."""
    actor, on = request.actor, request.now.on
    _detained, last = yield from begin(releases, actor, on)
    late = {dossier_id: leaves_on for dossier_id, leaves_on in last.items() if leaves_on and leaves_on < on}
    names = yield from begin(names_of, actor, on, late)
    return [
        Task(
            who=name,
            why=_("Zou vrijkomen op %(day)s. Vraag na of zij vrij is.") % {"day": day(late[dossier_id])},
            url=reverse("families:detention", args=[dossier_id]),
            button=_("Leg vast"),
            tone="warn",
            badge="attention",
            rank=15,
            dossier_id=dossier_id,
        )
        for dossier_id, name in names.items()
    ]
