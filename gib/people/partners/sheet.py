"""Cells that name places, teams, products and languages, and the columns that no sheet brings in."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from typing import Any, Final, NamedTuple

from django.utils.translation import gettext_lazy as _

from gib.core.access.actor import Actor
from gib.core.access.tables import Role
from gib.core.kernel.rules import RuleBroken, declare
from gib.core.sheets.parsers import Context, Parser
from gib.core.sheets.template import Column, Values
from gib.core.sheets.words import plain_key, variants
from gib.people.partners.domain import BRANDS, Product, resolve
from gib.people.partners.models import Municipality, Prison, Team, register

#: What an organisation may keep beside a name and what this house never takes in (PRV-03, LNG-04, VOL-04).
NEVER: Final = frozenset(
    {"delict", "delicten", "feit", "feiten", "strafbaar feit", "strafbare feiten", "misdrijf", "vonnis"}
    | {"straf", "strafmaat", "reden detentie", "reden van detentie", "gepleegd feit", "parketnummer"}
    | {"skn", "skn-nummer", "strafrechtsketennummer", "v-nummer", "paspoortnummer", "strafblad"}
    | {"nationaliteit", "geloof", "godsdienst", "religie", "ras", "etniciteit", "afkomst", "uitkering"}
    | {"herkomst", "land van herkomst", "geboorteland"}
)

LANGUAGES: Final[Mapping[str, str]] = {
    **{"nl": "Nederlands", "ar": "Arabisch", "bg": "Bulgaars", "zh": "Chinees", "de": "Duits"},
    **{"en": "Engels", "fr": "Frans", "pap": "Papiaments", "pl": "Pools", "pt": "Portugees"},
    **{"ro": "Roemeens", "ru": "Russisch", "so": "Somalisch", "es": "Spaans", "ti": "Tigrinya"},
    "tr": "Turks",
}
_OTHER_LANGUAGES: Final = {"papiamentu": "pap", "papiamento": "pap", "marokkaans": "ar", "mandarijn": "zh"}
_OTHER_PRODUCTS: Final = {
    **{"mdg": Product.MOEDER_DE_GANS, "gans": Product.MOEDER_DE_GANS, "bm": Product.BEZOEKMOEDERS},
    **{"bezoekmoeder": Product.BEZOEKMOEDERS, "mkb": Product.MOEDER_KIND_BEZOEKEN},
    **{"moederkind": Product.MOEDER_KIND_BEZOEKEN, "ouderkinddag": Product.MOEDER_KIND_BEZOEKEN},
    **{"ijw": Product.IK_JIJ_WIJ, "mm": Product.MOEDERMAATJES, "maatje": Product.MOEDERMAATJES},
    **{"moedermaatje": Product.MOEDERMAATJES, "maatjes": Product.MOEDERMAATJES},
}
_OTHER_TOWNS: Final = {"denhaag": "sgravenhage", "denbosch": "shertogenbosch"}
_CODE: Final = re.compile(r"(\d{1,4})|.*\((\d{4})\)")
_PRISON_WORDS: Final = re.compile(r"^(?:team|pi|p\.i\.|penitentiaire inrichting|locatie)\s+", re.IGNORECASE)
_APART: Final = re.compile(r"\s*(?:[,;/\n+&]| en )\s*")

declare(
    {
        "team_unknown": "Deze P.I. of dit team kennen wij niet. Kies uit: {choices}.",
        "team_unclear": "Hier zijn meer teams: {choices}. Schrijf de naam van het team.",
        "team_not_yours": "Dit is niet uw team. U leest alleen in voor uw eigen team.",
        "team_needed": "Vul in bij welke P.I. of welk team deze rij hoort.",
        "prison_unknown": "Deze inrichting kennen wij niet. Kies uit: {choices}.",
        "town_unknown": "Deze gemeente kennen wij niet. Schrijf de naam voluit, of de code.",
        "town_unclear": "Er is meer dan één gemeente met deze naam: {choices}. Schrijf de code.",
        "town_ended": "{name} was op {on} geen gemeente. Het gebied hoort bij: {choices}.",
        "town_not_yet": "{name} was op {on} nog geen gemeente. Schrijf de gemeente van die dag.",
        "language_unknown": "Deze taal kennen wij niet. Kies uit: {choices}.",
        "product_unknown": "Dit onderdeel kennen wij niet. Kies uit: {choices}.",
    }
)


class Seat(NamedTuple):
    """A team at a prison, as a cell names it."""

    pk: int
    name: str
    prison: str

    def __str__(self) -> str:
        return self.name


class Town(NamedTuple):
    """A municipality, as a cell names it."""

    code: str
    name: str

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"


def team_column() -> Column:
    """Give the column of the team; who coordinates one team may leave it out."""
    aliases = ("team", "pi", "inrichting", "locatie", "vestiging", "penitentiaire inrichting", "gevangenis")
    hint = _("naam of plaats van de P.I., of naam van het team")
    return Column("team", "P.I.", Parser(_read_team, str, hint), aliases, example="Nieuwersluis")


def _read_team(written: str, context: Context) -> Seat:
    """Find a team by its name, or by code, name or place of its prison; another's team is refused."""
    own = [row for row in _teams_called(written, context.on) if _may_use(context.actor, row.pk)]
    if not own:
        raise RuleBroken("team_not_yours")
    return _seat(_only(own, written))


def _teams_called(written: str, on: date) -> list[Team]:
    rows = list(Team.objects.valid(on).select_related("prison"))
    found = [row for row in rows if _names(written, row.name, row.prison)]
    if not found:
        raise RuleBroken("team_unknown", choices=", ".join(row.prison.place for row in rows))
    return found


def _only(rows: Sequence[Team], written: str) -> Team:
    """Give the team of several at one prison that is called just so."""
    exact = [row for row in rows if plain_key(row.name) == plain_key(written)]
    if len(rows) > 1 and not exact:
        raise RuleBroken("team_unclear", choices=", ".join(row.name for row in rows))
    return (exact or rows)[0]


def _may_use(actor: Actor | None, team_id: int) -> bool:
    return actor is None or actor.role is Role.SYSTEM or team_id in actor.team_ids


def _names(written: str, team: str, prison: Prison) -> bool:
    location = prison.name.rpartition("locatie ")[2]
    known = {plain_key(name) for name in (team, prison.code, prison.name, prison.place, location)}
    bare = _PRISON_WORDS.sub("", written)
    return bool({plain_key(written), plain_key(bare)} & known)


def _seat(row: Team) -> Seat:
    return Seat(row.pk, row.name, row.prison_id)


def seat_of(values: Values, actor: Actor | None, on: date) -> Seat:
    """Give the team of a row: as written, or the only team of who brings the sheet.

    Raises:
        RuleBroken: 'team_needed', 'team_not_yours'.
    """
    if "team" in values:
        seat: Seat = values["team"]
        if not _may_use(actor, seat.pk):
            raise RuleBroken("team_not_yours", column="team")
        return seat
    rows = list(Team.objects.valid(on).filter(pk__in=actor.team_ids if actor else ())[:2])
    if len(rows) != 1:
        raise RuleBroken("team_needed", column="team")
    return _seat(rows[0])


def seats(pks: Iterable[int]) -> dict[int, Seat]:
    """Give teams by their key, for an export."""
    return {row.pk: _seat(row) for row in Team.objects.filter(pk__in=set(pks))}


def read_prison(written: str, context: Context) -> str:
    """Find a prison by code, name or place.

    Raises:
        RuleBroken: 'prison_unknown'.
    """
    rows = list(Prison.objects.valid(context.on))
    for row in rows:
        if _names(written, row.place, row):
            return str(row.code)
    raise RuleBroken("prison_unknown", choices=", ".join(row.place for row in rows))


def prison_places() -> dict[str, str]:
    """Give the place of each prison by its code, for an export."""
    return dict(Prison.objects.values_list("code", "place"))


def town() -> Parser:
    """A municipality by code or name. Raises 'town_unknown' or 'town_unclear'."""
    return Parser(_read_town, str, _("naam of code van de gemeente"))


def _read_town(written: str, context: Context) -> Town:
    if code := _CODE.fullmatch(written.strip()):
        found = list(Municipality.objects.filter(code=(code[1] or code[2]).zfill(4)))
    else:
        found = _towns_called(re.sub(r"(?i)^(gemeente|gem\.?)\s+", "", written.strip()), context.on)
    if not found:
        raise RuleBroken("town_unknown")
    if len(found) > 1:
        choices = ", ".join(f"{row.name} in {row.province}: {row.code}" for row in found)
        raise RuleBroken("town_unclear", choices=choices)
    return Town(found[0].code, found[0].name)


def _towns_called(name: str, on: date) -> list[Municipality]:
    """Find by name, with its province or without, what was ever called so; those of today go first."""
    key = plain_key(name)
    key = _OTHER_TOWNS.get(key, key)
    ever = [row for row in Municipality.objects.all() if key in (plain_key(row.name), variants(row.name)[-1])]
    return [row for row in ever if row.is_valid_on(on)] or ever


def town_of(municipality: Municipality | None) -> Town | None:
    """Give a municipality as a cell names it, for an export."""
    return Town(municipality.code, municipality.name) if municipality else None


def check_town(written: Town, on: date, column: str) -> None:
    """Refuse a municipality that did not exist on a day, and name what came after it.

    Raises:
        RuleBroken: 'town_ended' with the successors, 'town_not_yet'.
    """
    known = register()
    if known[written.code].is_valid_on(on):
        return
    heirs = resolve(known, written.code, on)
    choices = ", ".join(f"{known[code].name} ({code})" for code in heirs)
    facts = {"name": written.name, "on": f"{on:%d-%m-%Y}", "column": column}
    raise RuleBroken("town_ended" if heirs else "town_not_yet", choices=choices, **facts)


def several(labels: Mapping[str, Any], code: str, others: Mapping[str, Any] | None = None) -> Parser:
    """Several words of a table in one cell, apart by comma, slash, 'en' or line.

    Args:
        labels: word -> value; these are written and named in the message.
        code: the code of the rule that is broken by another word.
        others: other spellings.
    """
    known = {plain_key(label): value for label, value in {**(others or {}), **labels}.items()}
    written = {value: label for label, value in labels.items()}

    def read(text: str, context: Context) -> tuple[Any, ...]:
        found = {_close(part, known, code, labels) for part in _APART.split(text.strip(" .")) if part}
        return tuple(sorted(found))

    return Parser(read, lambda values: ", ".join(written[value] for value in values), _("één of meer"))


def _close(part: str, known: Mapping[str, Any], code: str, labels: Iterable[str]) -> Any:
    key = plain_key(part)
    close = [key] if key in known else get_close_matches(key, known, n=1, cutoff=0.86)
    if not close:
        raise RuleBroken(code, choices=", ".join(labels))
    return known[close[0]]


def languages() -> Parser:
    """One or more languages, kept as codes. Raises 'language_unknown'."""
    codes = {code: code for code in LANGUAGES}
    return several(_by_word(LANGUAGES), "language_unknown", {**_OTHER_LANGUAGES, **codes})


def products() -> Parser:
    """One or more of the five products. Raises 'product_unknown'."""
    keys: dict[str, Product] = {str(product): product for product in Product}
    return several(_by_word(BRANDS), "product_unknown", {**_OTHER_PRODUCTS, **keys})


def _by_word(words: Mapping[Any, str]) -> dict[str, Any]:
    return {word: code for code, word in words.items()}


def own_places(actor: Actor | None, on: date) -> list[str]:
    """Give the prisons of the actor's teams, for a cell that leaves out where."""
    own = actor.team_ids if actor else frozenset()
    return sorted(set(Team.objects.valid(on).filter(pk__in=own).values_list("prison_id", flat=True)))
