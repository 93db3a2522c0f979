"""Families in a sheet: the mother, where she is, her children and her consents; later stages add the rest."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from gib.core.access.actor import Actor
from gib.core.kernel.clock import Now
from gib.core.kernel.dates import add_months
from gib.core.kernel.rules import RuleBroken, declare
from gib.core.sheets import names
from gib.core.sheets.parsers import Context, Parser, choice, day, day_or_year, phone, read_day, text
from gib.core.sheets.template import Column, Values
from gib.people.families import actions
from gib.people.families.actions import ChildFacts, NewConsent, NewFamily
from gib.people.families.domain.children import ages_on, is_adult
from gib.people.families.domain.codes import Place, Purpose, ReturnKind
from gib.people.families.domain.consent import State, Validity, validity
from gib.people.families.domain.detention import check_born
from gib.people.families.models import (
    Child,
    Consent,
    current_place,
    latest_expectation,
    open_episode,
    participant_of,
    rows_of,
    terms_on,
)
from gib.people.partners import sheet as places

_AHEAD: Final = 600
_OLDEST: Final = 30
_CHILD: Final = re.compile(
    r"(?P<name>[^\W\d_][^\d(]*?)\s*\(?\s*(?:geb\.?(?:oren)?\s*(?:op|in)?|van|leeftijd)?\s*"
    r"(?P<born>\d{1,2}[-/. ]\d{1,2}[-/. ]\d{2,4}|\d{4}|\d{1,2})?\s*(?:jaar|jr\.?|j\.?|mnd|maanden)?\s*\)?",
    re.IGNORECASE,
)
_APART: Final = re.compile(r"\s*(?:[,;\n+&]|\ben\b)\s*")
#: Column of a consent -> what she said yes to; a municipality is the recipient of the last.
CONSENTS: Final[Mapping[str, Purpose]] = {
    "support_on": Purpose.SUPPORT,
    "home_visit_on": Purpose.HOME_VISIT,
    "photo_on": Purpose.PHOTO,
    "municipality_on": Purpose.MUNICIPALITY,
}

declare(
    {
        "children_names": "Schrijf van elk kind de naam, met leeftijd of geboortedatum: Noor (4), Sem (9).",
        "stay_unclear": "Vul in of zij binnen is of thuis.",
        "town_missing": "Zij is thuis. Vul in in welke gemeente.",
        "consent_lapsed": "Dit ja is te oud en geldt niet meer. Vraag haar opnieuw.",
    }
)


class Stay(StrEnum):
    """Where she is on the day that the sheet comes in."""

    INSIDE = "inside"
    HOME = "home"


class Kid(NamedTuple):
    """A child as a cell names it; of an age only the year of birth is known."""

    name: str
    born_on: date | None = None
    birth_year: int | None = None


def _children() -> Parser:
    """Names with an age, a year or a day of birth: 'Noor (4), Yassin 9; Sem 12-3-2005'.

    Raises 'children_names', and what a day raises.
    """

    def read(written: str, context: Context) -> tuple[Kid, ...]:
        parts = [part for part in _APART.split(written.strip(" .")) if part]
        return _sorted(_child(part, context) for part in parts)

    def write(kids: Iterable[Kid]) -> str:
        return ", ".join(_shown_child(kid) for kid in kids)

    return Parser(read, write, _("namen met leeftijd of geboortedatum: Noor (4), Yassin (9)"))


def _child(written: str, context: Context) -> Kid:
    found = _CHILD.fullmatch(written)
    if found is None:
        raise RuleBroken("children_names")
    name, born = found["name"].strip(), found["born"]
    if born is None:
        return Kid(name)
    if not born.isdigit():
        born_on = read_day(born, context.on)
        return Kid(name, born_on, born_on.year)
    number = int(born)
    year = number if number > _OLDEST else context.on.year - number
    check_born(None, year, context.on)
    return Kid(name, None, year)


def _sorted(kids: Iterable[Kid]) -> tuple[Kid, ...]:
    return tuple(sorted(kids, key=lambda kid: (kid.name, kid.birth_year or 0)))


def _shown_child(kid: Kid) -> str:
    if kid.born_on:
        return f"{kid.name} ({kid.born_on:%d-%m-%Y})"
    return f"{kid.name} ({kid.birth_year})" if kid.birth_year else kid.name


_STAYS: Final = {"binnen": Stay.INSIDE, "thuis": Stay.HOME}
_OTHER_STAYS: Final = {
    **{"in detentie": Stay.INSIDE, "p.i.": Stay.INSIDE, "vast": Stay.INSIDE, "gedetineerd": Stay.INSIDE},
    **{"vrij": Stay.HOME, "buiten": Stay.HOME, "nazorg": Stay.HOME, "in vrijheid": Stay.HOME},
}

COLUMNS: Final = (
    *names.columns("moeder", "naam moeder", "deelneemster", "deelnemer", "cliënt"),
    Column("born", "Geboortedatum", day_or_year(), ("geb.datum", "geboren", "geb", "geboortejaar", "gebdat")),
    Column("phone", "Telefoon", phone(), ("tel", "telnr", "telefoonnummer", "mobiel", "gsm")),
    Column("address", "Adres", text(200), ("woonadres", "straat", "adres thuis")),
    Column("languages", "Talen", places.languages(), ("taal", "spreekt", "voertaal")),
    places.team_column(),
    Column("unit", "Afdeling", text(20), ("afd", "unit", "cel")),
    Column("stay", "Binnen of thuis", choice(_STAYS, _OTHER_STAYS), ("verblijf", "verblijft", "waar")),
    Column("detained_from", "Binnen sinds", day(), ("in detentie sinds", "datum binnenkomst", "vast sinds")),
    Column(
        *("expected_on", "Verwachte vrijlating", day(_AHEAD)),
        ("vi-datum", "vi", "ontslagdatum", "einddatum", "verwachte ontslagdatum", "vrij op", "datum vrij"),
    ),
    Column(
        *("town", "Gemeente", places.town()),
        ("woonplaats", "gemeente na vrijlating", "woongemeente", "gaat naar", "terug naar"),
    ),
    Column("children", "Kinderen", _children(), ("kind(eren)", "namen kinderen", "kinderen (leeftijd)")),
    Column(
        *("support_on", "Ja tegen hulp op", day()),
        ("toestemming", "toestemming hulp", "toestemming d.d.", "datum toestemming", "akkoord moeder"),
    ),
    Column("home_visit_on", "Ja tegen huisbezoek op", day(), ("toestemming huisbezoek",)),
    Column("photo_on", "Ja tegen foto's op", day(), ("toestemming foto", "toestemming beeldmateriaal")),
    Column("municipality_on", "Ja tegen vraag aan gemeente op", day(), ("toestemming gemeente",)),
)


def stay_of(values: Values) -> Stay:
    """Tell where she is: as written, or at home when only a municipality is given.

    Raises:
        RuleBroken: 'stay_unclear'.
    """
    if "stay" in values:
        return Stay(values["stay"])
    if {"unit", "detained_from", "expected_on"} & set(values):
        return Stay.INSIDE
    if "town" in values:
        return Stay.INSIDE if "team" in values else Stay.HOME
    if "team" in values:
        return Stay.INSIDE
    raise RuleBroken("stay_unclear", column="stay")


def check_row(values: Values, context: Context) -> None:
    """Find what would stop a family from coming in: name, team, birth, place, days, children, consents.

    Raises:
        RuleBroken: those of the name and the team, 'born_in_future', 'stay_unclear', 'town_missing',
            'town_ended', 'town_not_yet', 'day_in_future', 'expected_in_past', 'child_is_adult',
            'consent_lapsed', 'consent_needs_recipient'; each names its column.
    """
    names.name_of(values)
    places.seat_of(values, context.actor, context.on)
    born_on, birth_year = _born(values)
    _blaming("born", check_born, born_on, birth_year, context.on)
    if stay_of(values) is Stay.HOME and "town" not in values:
        raise RuleBroken("town_missing", column="town")
    if "town" in values:
        places.check_town(values["town"], context.on, "town")
    _check_days(values, context.on)
    _check_consents(values, context.on)
    terms = terms_on(context.on)
    for kid in values.get("children", ()):
        if is_adult(ages_on(kid.born_on, kid.birth_year, context.on), terms):
            raise RuleBroken("child_is_adult", column="children")


def _blaming(column: str, check: Any, *given: Any) -> None:
    try:
        check(*given)
    except RuleBroken as broken:
        raise RuleBroken(broken.code, **broken.facts | {"column": column}) from broken


def _check_days(values: Values, on: date) -> None:
    for column in ("detained_from", *CONSENTS):
        if values.get(column, on) > on:
            raise RuleBroken("day_in_future", column=column)
    if values.get("expected_on", on) < on:
        raise RuleBroken("expected_in_past", column="expected_on")


def _check_consents(values: Values, on: date) -> None:
    if "municipality_on" in values and "town" not in values:
        raise RuleBroken("consent_needs_recipient", column="municipality_on")
    terms = terms_on(on)
    for column in CONSENTS.keys() & values.keys():
        ends_on = add_months(values[column], terms.renewal_months)
        if validity(State.GIVEN, ends_on, on, terms.grace_days) is Validity.FROZEN:
            raise RuleBroken("consent_lapsed", column=column)


def _born(values: Values) -> tuple[date | None, int | None]:
    born = values.get("born")
    return (None, born) if isinstance(born, int) else (born, None)


def bring_in(values: Values, seat: places.Seat, actor: Actor, now: Now) -> UUID:
    """Open her dossier with her children, the consents that a list tells of, and where she goes.

    Returns: the dossier.
    """
    dossier_id = actions.open_dossier(actor, _family(values, seat), now).id
    for kid in values.get("children", ()):
        facts = ChildFacts(first_name=kid.name, born_on=kid.born_on, birth_year=kid.birth_year)
        actions.add_child(actor, dossier_id, facts, now)
    if "town" in values:
        actions.set_return(actor, dossier_id, ReturnKind.KNOWN, values["town"].code, now)
    place = Place.PRISON if stay_of(values) is Stay.INSIDE else Place.HOME
    for column, purpose in CONSENTS.items():
        if column in values:
            recipient = values["town"].code if purpose is Purpose.MUNICIPALITY else ""
            question = NewConsent(purpose=purpose, recipient=recipient)
            asked = actions.ask_consent(actor, dossier_id, question, now)
            actions.claim_consent(actor, asked.id, place, values[column], now)
    return dossier_id


def _family(values: Values, seat: places.Seat) -> NewFamily:
    name, (born_on, birth_year) = names.name_of(values), _born(values)
    inside = {
        "prison_code": seat.prison,
        "unit": values.get("unit", ""),
        "detained_from": values.get("detained_from"),
        "expected_on": values.get("expected_on"),
    }
    return NewFamily(
        team_id=seat.pk,
        first_name=name.given,
        last_name=name.family,
        born_on=born_on,
        birth_year=birth_year,
        languages=",".join(values.get("languages", ("nl",))),
        phone=values.get("phone", ""),
        address=values.get("address", ""),
        **inside if stay_of(values) is Stay.INSIDE else {},
    )


def undo(ids: Sequence[UUID], actor: Actor, now: Now) -> None:
    """Take each dossier back with all that came in with it.

    Raises:
        RuleBroken: 'sheet_in_use'.
    """
    for dossier_id in ids:
        actions.take_back_dossier(actor, dossier_id, now)


def name_of(mother: Any) -> names.Name:
    """Give the name of a mother, to compare it."""
    return names.Name(mother.first_name, mother.last_name)


def written(dossier_id: UUID, seat: places.Seat, on: date) -> dict[str, Any]:
    """Write a dossier that its reader reached as a row; empty values are absent."""
    mother, episode = participant_of(dossier_id), open_episode(dossier_id)
    spot, expected = current_place(dossier_id, on), latest_expectation(dossier_id)
    values = {
        "given_name": mother.first_name,
        "family_name": mother.last_name,
        "born": mother.born_on or mother.birth_year,
        "phone": mother.phone,
        "address": mother.address,
        "languages": tuple(sorted(filter(None, mother.languages.split(",")))),
        "team": seat,
        "unit": spot.unit if spot else "",
        "stay": Stay.INSIDE if episode else Stay.HOME,
        "detained_from": episode.from_on if episode else None,
        "expected_on": expected.expected_on if expected else None,
        "town": places.town_of(mother.return_municipality),
        "children": _kids(dossier_id),
        **_consents(dossier_id, mother.return_municipality_id),
    }
    return {key: value for key, value in values.items() if value not in (None, "", ())}


def _kids(dossier_id: UUID) -> tuple[Kid, ...]:
    rows = rows_of(Child, dossier_id).filter(adult_noted_on__isnull=True)
    return _sorted(Kid(row.first_name, row.born_on, row.birth_year) for row in rows)


def _consents(dossier_id: UUID, town: str | None) -> dict[str, date | None]:
    """Give the day of the newest yes per purpose; of a municipality only for the one where she goes."""
    given = rows_of(Consent, dossier_id).filter(state=State.GIVEN, child_id=None).order_by("given_on")
    days = {(row.purpose, row.recipient): row.given_on for row in given}
    recipients = {
        column: town if purpose is Purpose.MUNICIPALITY else "" for column, purpose in CONSENTS.items()
    }
    return {column: days.get((purpose, recipients[column])) for column, purpose in CONSENTS.items()}
