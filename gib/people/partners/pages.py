"""Tables and facts of these pages as finished text."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gib.core.kernel.dates import Period
from gib.core.kernel.money import euros
from gib.core.ui.tables import Cell, Column, Table, acts, make
from gib.core.ui.words import day
from gib.people.partners import wording
from gib.people.partners.domain import Confirmable
from gib.people.partners.domain.register import RegisterDiff

BEFORE: Final = gettext_lazy("Ontstaan uit")
AFTER: Final = gettext_lazy("Opgegaan in")
UNCONFIRMED: Final = gettext_lazy("Nog niet bevestigd")
SETTLED: Final = gettext_lazy("Bevestigd of uit bron")
HISTORY: Final = gettext_lazy("Waarden tot nu toe")


@dataclass(frozen=True)
class Chip:
    """A filter as a link."""

    label: str
    url: str
    is_current: bool
    count: int = 0


def letters(found: Iterable[str], current: str, on: str) -> list[Chip]:
    """Offer the first letters of a list as links that keep the day."""
    return [
        Chip(
            letter,
            f"?{urlencode({'letter': letter} | ({'op': on} if on else {}))}",
            letter == current.upper(),
        )
        for letter in found
    ]


def trust(row: Any) -> Cell:
    """Say whether somebody stands for a fact."""
    if row.confirmed_on is not None:
        return Cell(state="partners.confirmed")
    return Cell(state="partners.read" if row.is_confirmed else "partners.unconfirmed")


def standing(row: Any, on: date) -> Cell:
    """Say how a dated fact stands on a day."""
    if row.is_valid_on(on):
        return Cell(state="partners.current")
    return Cell(
        state="partners.over" if row.valid_to is not None and row.valid_to <= on else "partners.later"
    )


def days(row: Any) -> str:
    """Say from when until when a fact holds; the last day named is the first it no longer does."""
    if row.valid_from is None and row.valid_to is None:
        return _("altijd")
    parts = [_("vanaf %s") % day(row.valid_from)] if row.valid_from else []
    parts += [_("tot %s") % day(row.valid_to)] if row.valid_to else []
    return " ".join(parts)


def confirming(fact: Confirmable, row: Any, may_edit: bool) -> Cell:
    """Offer to stand for a fact, to who may and while nobody does."""
    if not may_edit or row.is_confirmed:
        return Cell()
    return Cell(_("Bevestig"), reverse("partners:confirm", args=[fact, row.pk]))


def municipality_table(rows: Iterable[Any]) -> Table:
    """List municipalities with their code and province."""
    columns = [_("Gemeente"), _("Code"), _("Provincie"), _("Bestaat")]
    return make(
        _("Gemeenten"), columns, [[municipality(row), row.code, row.province, days(row)] for row in rows]
    )


def municipality(row: Any) -> Cell:
    """Link to the page of a municipality."""
    return Cell(row.name, reverse("partners:municipality", args=[row.code]))


def region_table(rows: Iterable[Any], may_edit: bool) -> Table:
    """List the regions of a municipality, and whether they were confirmed."""
    columns: list[Column | str] = [
        _("Veiligheidshuis"),
        _("Veilig Thuis"),
        _("Hoe zeker"),
        _("Waarom"),
        acts(_("Doen")),
    ]
    return make(
        _("Regio"),
        columns,
        [
            [
                row.house.name,
                row.veilig_thuis,
                trust(row),
                str(wording.MARKS[row.mark]),
                confirming(Confirmable.REGION, row, may_edit),
            ]
            for row in rows
        ],
    )


def municipality_facts(row: Any) -> list[tuple[str, str]]:
    """Give the facts of a municipality."""
    return [(_("Code"), row.code), (_("Provincie"), row.province), (_("Bestaat"), days(row))]


def kin_table(label: Any, rows: Iterable[Any]) -> Table:
    """List municipalities that came before or after another."""
    found = [[municipality(row), row.code, days(row)] for row in rows]
    return make(str(label), [_("Gemeente"), _("Code"), _("Bestaat")], found)


def provider_table(rows: Iterable[Any], may_edit: bool) -> Table:
    """List care providers with what they do and where."""
    columns = [_("Organisatie"), _("Soort hulp"), _("Waar"), _("Telefoon"), _("Website")]
    return make(_("Zorgaanbieders"), columns, [_provider(row, may_edit) for row in rows])


def _provider(row: Any, may_edit: bool) -> list[Cell | str | int]:
    link = reverse("partners:provider_change", args=[row.pk]) if may_edit else ""
    kind = str(wording.CARE_KINDS[row.kind])
    return [
        Cell(row.name, link),
        kind,
        row.area or _("Heel Nederland"),
        row.phone,
        Cell(row.website, row.website),
    ]


def provider_facts(row: Any) -> dict[str, Any]:
    """Give what the form of a care provider starts with."""
    return {
        "name": row.name,
        "kind": row.kind,
        "municipality": row.municipality_id or "",
        "safety_house": row.safety_house_id or "",
        "phone": row.phone,
        "website": row.website,
        "version": row.version,
    }


def prison_table(rows: Iterable[Any], on: date) -> Table:
    """List prisons: where, in which years, how many places, and how sure that is."""
    columns: list[Column | str] = [
        _("Inrichting"),
        _("Plaats"),
        _("Vrouwen"),
        Column(_("Plaatsen"), is_number=True),
        _("Nu"),
        _("Hoe zeker"),
    ]
    return make(
        _("Inrichtingen"),
        columns,
        [
            [
                Cell(row.name, reverse("partners:prison", args=[row.code])),
                row.place,
                days(row),
                row.places or "",
                standing(row, on),
                trust(row),
            ]
            for row in rows
        ],
    )


def prison_facts(row: Any, on: date) -> list[tuple[str, str]]:
    """Give the facts of a prison, with its units and teams of a day."""
    units, teams = row.units.valid(on), row.teams.valid(on)
    return [
        (_("Plaats"), row.place),
        (_("Vrouwen"), days(row)),
        (_("Plaatsen"), str(row.places or _("niet bekend"))),
        (_("Afdelingen"), ", ".join(unit.name for unit in units) or _("niet bekend")),
        (_("Teams"), ", ".join(team.name for team in teams) or _("geen")),
        (_("Bron"), row.source),
    ]


def unit_table(rows: Iterable[Any], may_edit: bool) -> Table:
    """List the units of a prison."""
    found = [
        [row.name, days(row), _ending("partners:unit_end", row) if may_edit and not row.valid_to else Cell()]
        for row in rows
    ]
    return make(_("Afdelingen"), [_("Afdeling"), _("Geldt"), acts(_("Stoppen"))], found)


def closure_table(rows: Iterable[Any], may_close: bool) -> Table:
    """List the days on which a prison is closed, today or later."""
    found: list[list[Cell | str | int]] = [
        [
            _span(row.days),
            str(wording.CLOSINGS[row.why]),
            Cell(_("Eerder open"), reverse("partners:closure_end", args=[row.pk])) if may_close else Cell(),
        ]
        for row in rows
    ]
    return make(_("Dagen dicht"), [_("Wanneer"), _("Waarom"), acts(_("Wijzigen"))], found)


def _span(days: Period) -> str:
    first, last = day(days.from_on), day(days.to_on)
    return first if first == last else _("%(first)s tot en met %(last)s") % {"first": first, "last": last}


def _ending(name: str, row: Any) -> Cell:
    return Cell(_("Beëindig"), reverse(name, args=[row.pk]))


def rule_table(rows: Iterable[Any], may_edit: bool) -> Table:
    """List the visiting rules of a prison."""
    columns: list[Column | str] = [
        *(_("Soort bezoek"), _("Wanneer"), _("Hoogste aantal"), _("Volwassene mee"), _("Identiteitsbewijs")),
        *(_("Aanmelden"), _("Geldt"), _("Hoe zeker"), acts(_("Nakijken")), acts(_("Stoppen"))),
    ]
    return make(_("Bezoekregels"), columns, [_rule(row, may_edit) for row in rows])


def _rule(row: Any, may_edit: bool) -> list[Cell | str | int]:
    ending = _ending("partners:rule_end", row) if may_edit else Cell()
    kind = str(wording.VISIT_KINDS[row.kind])
    return [
        f"{kind}, {wording.REGIMES[row.regime]}" if row.regime else kind,
        _hours(row),
        _visitors(row),
        _("onder %s jaar") % row.accompany_age,
        _("vanaf %s jaar") % row.id_age,
        _("%s dagen eerder") % row.notice_days,
        days(row),
        trust(row),
        confirming(Confirmable.RULE, row, may_edit),
        ending,
    ]


def _hours(row: Any) -> str:
    if row.weekday is None:
        return _("niet bekend")
    name = str(wording.WEEKDAYS[row.weekday])
    return f"{name} {row.start:%H:%M}-{row.end:%H:%M}" if row.start and row.end else name


def _visitors(row: Any) -> str:
    grown: str = _("%s volwassenen") % row.max_adults
    return grown if row.max_children is None else grown + ", " + _("%s kinderen") % row.max_children


def term_table(label: Any, rows: Iterable[Any], may_edit: bool) -> Table:
    """List terms with their value, source and how sure they are."""
    columns: list[Column | str] = [
        _("Termijn"),
        _("Waarde"),
        _("Geldt"),
        _("Bron"),
        _("Hoe zeker"),
        acts(_("Doen")),
    ]
    return make(str(label), columns, [_term(row, may_edit) for row in rows])


def _term(row: Any, may_edit: bool) -> list[Cell | str | int]:
    link = reverse("partners:term_change", args=[row.key]) if may_edit else ""
    return [
        Cell(term_name(row.key), link),
        f"{row.value} {wording.UNITS.get(row.unit, row.unit)}",
        days(row),
        row.source,
        trust(row),
        confirming(Confirmable.TERM, row, may_edit),
    ]


def term_name(key: str) -> str:
    """Say what a term is about; a term of an installation itself is called by its key."""
    return str(wording.TERMS.get(key, key))


def diff_table(diff: RegisterDiff, names: dict[str, str]) -> Table:
    """List what a new register changes, a municipality a row."""
    parts: Sequence[tuple[str, tuple[str, ...]]] = (
        (_("Komt erbij"), diff.added),
        (_("Eindigt"), diff.ended),
        (_("Krijgt een andere naam"), diff.renamed),
        (_("Krijgt een andere dag of opvolger"), diff.moved),
    )
    rows = [[names.get(code, code), code, word] for word, codes in parts for code in codes]
    return make(_("Wat er verandert"), [_("Gemeente"), _("Code"), _("Verandering")], rows)


def source_table(rows: Iterable[dict[str, str]]) -> Table:
    """List the data files with their source and licence."""
    columns = [_("Gegevens"), _("Bestand"), _("Bron"), _("Licentie")]
    found = [[row["what_nl"], row["file"], row["source_nl"], _licence(row["licence"])] for row in rows]
    return make(_("Bronnen"), columns, found)


def _licence(code: str) -> str:
    return _("open feiten") if code == "facts" else code


def page_of(fact: Confirmable, row: Any) -> str:
    """Give the page on which a fact stands."""
    places: dict[Confirmable, tuple[str, str]] = {
        Confirmable.REGION: ("municipality", "municipality_id"),
        Confirmable.CHANGE: ("municipality", "municipality_id"),
        Confirmable.PRISON: ("prison", "code"),
        Confirmable.RULE: ("prison", "prison_id"),
    }
    if fact not in places:
        return reverse("partners:terms" if fact is Confirmable.TERM else "partners:tariffs")
    name, key = places[fact]
    return reverse(f"partners:{name}", args=[getattr(row, key)])


def fact_rows(fact: Confirmable, row: Any) -> list[tuple[str, str]]:
    """Say in full what somebody is asked to stand for."""
    own = {
        Confirmable.REGION: _of_region,
        Confirmable.CHANGE: _of_change,
        Confirmable.PRISON: _of_prison,
        Confirmable.RULE: _of_rule,
        Confirmable.TERM: _of_term,
        Confirmable.ALLOWANCE: _of_allowance,
        Confirmable.RATE: _of_rate,
    }[fact](row)
    return [*own, (_("Bron"), row.source), (_("Hoe zeker"), str(wording.MARKS[row.mark]))]


def _of_region(row: Any) -> list[tuple[str, str]]:
    return [
        (_("Gemeente"), row.municipality.name),
        (_("Veiligheidshuis"), row.house.name),
        (_("Veilig Thuis"), row.veilig_thuis),
    ]


def _of_change(row: Any) -> list[tuple[str, str]]:
    return [
        (_("Gemeente"), row.municipality.name),
        (_("Gaat op in"), row.successor_names),
        (_("Vanaf"), day(row.ends_on)),
    ]


def _of_prison(row: Any) -> list[tuple[str, str]]:
    return [(_("Inrichting"), row.name), (_("Plaats"), row.place), (_("Vrouwen"), days(row))]


def _of_rule(row: Any) -> list[tuple[str, str]]:
    cells = [cell.text if isinstance(cell, Cell) else str(cell) for cell in _rule(row, False)]
    return [
        (_("Inrichting"), row.prison.name),
        (_("Soort bezoek"), cells[0]),
        (_("Regel"), ", ".join(cells[1:7])),
    ]


def _of_term(row: Any) -> list[tuple[str, str]]:
    value = f"{row.value} {wording.UNITS.get(row.unit, row.unit)}"
    return [(_("Termijn"), term_name(row.key)), (_("Waarde"), value), (_("Geldt"), days(row))]


def _of_allowance(row: Any) -> list[tuple[str, str]]:
    return [
        (_("Per maand"), euros(row.month_cents)),
        (_("Per jaar"), euros(row.year_cents)),
        (_("Per uur"), euros(row.hour_cents) if row.hour_cents else _("niet bekend")),
        (_("Geldt"), days(row)),
    ]


def _of_rate(row: Any) -> list[tuple[str, str]]:
    kind = str(wording.RATE_KINDS[row.kind])
    return [(_("Per kilometer"), euros(row.cents)), (_("Soort"), kind), (_("Geldt"), days(row))]
