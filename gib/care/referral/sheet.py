"""The list of referrals as prisons and coordinators keep it, in and out."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from gib.care.referral import actions
from gib.care.referral.domain import Answers, Channel, Children, check_submit
from gib.care.referral.models import Referral
from gib.core.access.actor import Actor
from gib.core.access.tables import P
from gib.core.kernel.clock import Now
from gib.core.kernel.rules import RuleBroken
from gib.core.sheets import names
from gib.core.sheets.known import people
from gib.core.sheets.parsers import Context, Parser, choice, day, day_or_year, text
from gib.core.sheets.template import Column, Template, Values
from gib.people.families.domain.codes import Source
from gib.people.partners import sheet as places

_CHANNELS: Final = {
    **{"MMD": Channel.MMD, "TB": Channel.TB, "Veiligheidshuis": Channel.SAFETY_HOUSE},
    **{"zij zelf": Channel.SELF, "Moeder de Gans": Channel.MOEDER_DE_GANS, "anders": Channel.OTHER},
}
_OTHER_CHANNELS: Final = {
    **{"medewerker maatschappelijke dienstverlening": Channel.MMD, "maatschappelijk werk": Channel.MMD},
    **{"trajectbegeleider": Channel.TB, "trajectbegeleiding": Channel.TB, "vh": Channel.SAFETY_HOUSE},
    **{"zelf": Channel.SELF, "moeder": Channel.SELF, "gans": Channel.MOEDER_DE_GANS},
    **{"casemanager": Channel.OTHER, "geestelijk verzorger": Channel.OTHER, "reclassering": Channel.OTHER},
    **{"advocaat": Channel.OTHER, "familie": Channel.OTHER, "overig": Channel.OTHER},
}
_SOURCES: Final = {
    **{"P.I.": Source.PRISON, "zij zelf": Source.MOTHER, "advocaat": Source.LAWYER},
    **{"rechtbank": Source.COURT, "anders": Source.OTHER},
}
_OTHER_SOURCES: Final = {
    **{"inrichting": Source.PRISON, "bsd": Source.PRISON, "bevolking": Source.PRISON},
    **{"moeder": Source.MOTHER, "zelf": Source.MOTHER, "rechter": Source.COURT, "overig": Source.OTHER},
}
_UNKNOWN: Final = frozenset({"?", "??", "onbekend", "onb", "onb.", "niet bekend", "weet ik niet", "nee"})
_NO_CHILD: Final = frozenset({"weetikniet", "onbekend", "onb", "nietbekend", "nee", "geen", "0", ""})
_COUNT: Final = re.compile(r"(\d{1,2})\s*(?:kind|kinderen|kd|knd)?\.?")
_MOST: Final = 15
#: A broken rule of the form -> the column of the sheet.
_BLAMED: Final = {
    **{"name_missing": "family_name", "birth_missing": "born", "birth_implausible": "born"},
    **{"unit_missing": "unit", "consent_not_seen": "consent_seen_on"},
    **{"consent_in_future": "consent_seen_on", "release_in_past": "expected_on"},
}
_SAME: Final = ("unit", "consent_seen_on", "expected_on", "language", "wish", "call_back", "referrer_name")


def _children() -> Parser:
    """A number, yes, or unknown; a 'no' is unknown too, since mothers often keep silent about them.

    Raises 'cell_not_number' or 'cell_out_of_reach'.
    """
    yes = frozenset({"ja", "j", "x", "wel"})

    def read(written: str, context: Context) -> Children | int:
        word = written.strip(" .?!").casefold()
        if "".join(word.split()) in _NO_CHILD:
            return Children.UNKNOWN
        if word in yes:
            return Children.YES
        if not (count := _COUNT.fullmatch(word)):
            raise RuleBroken("cell_not_number")
        if int(count[1]) > _MOST:
            raise RuleBroken("cell_out_of_reach", least=1, most=_MOST)
        return int(count[1])

    return Parser(read, _shown_children, _("een getal, ja, of weet ik niet"), _UNKNOWN)


def _shown_children(value: Children | int) -> str:
    if isinstance(value, int):
        return str(value)
    return "ja" if value is Children.YES else "weet ik niet"


COLUMNS: Final = (
    *names.columns("moeder", "naam moeder", "naam gedetineerde", "deelneemster", "cliënt"),
    Column("born", "Geboortedatum", day_or_year(), ("geb.datum", "geboren", "geb", "geboortejaar", "gebdat")),
    places.team_column(),
    Column("unit", "Afdeling", text(20), ("afd", "unit", "verblijfsafdeling", "cel"), required=True),
    Column(
        *("consent_seen_on", "Toestemming gezien op", day()),
        ("toestemming", "toestemming d.d.", "akkoord moeder", "zij zei ja op", "datum toestemming"),
        required=True,
    ),
    Column("children", "Kinderen", _children(), ("aantal kinderen", "kind(eren)", "heeft kinderen", "knd")),
    Column(
        *("expected_on", "Verwachte vrijlating", day(600)),
        ("vi-datum", "vi", "ontslagdatum", "einddatum", "verwachte ontslagdatum", "vrij op", "datum vrij"),
    ),
    Column("expected_source", "Bron van die datum", choice(_SOURCES, _OTHER_SOURCES), ("bron", "volgens")),
    Column(
        *("language", "Taal", choice({word: code for code, word in places.LANGUAGES.items()})),
        ("spreekt", "talen", "voertaal"),
    ),
    Column("wish", "Wat zij zelf wil", text(1000), ("wens", "vraag", "hulpvraag", "haar vraag", "reden")),
    Column("call_back", "Terugbellen", text(120), ("bereikbaar", "terugbelnummer", "telefoon", "toestel")),
    Column(
        *("channel", "Aangemeld via", choice(_CHANNELS, _OTHER_CHANNELS)),
        ("kanaal", "functie", "functie verwijzer", "aangemeld door (functie)", "via", "soort verwijzer"),
    ),
    Column("referrer_name", "Verwijzer", text(120), ("naam verwijzer", "aangemeld door", "aanmelder")),
)


def answers_of(values: Values, prison: str) -> Answers:
    """Give a row as the answers of the referral form.

    Raises:
        RuleBroken: those of the name.
    """
    name, born, children = names.name_of(values), values.get("born"), values.get("children")
    is_year, is_count = isinstance(born, int), isinstance(children, int)
    known = {key: values[key] for key in _SAME if key in values}
    return Answers(
        first_name=name.given,
        last_name=name.family,
        born_on=None if is_year else born,
        birth_year=born if is_year else None,
        children=Children.NUMBER if is_count else children or Children.UNKNOWN,
        children_count=children if is_count else None,
        expected_source=str(values.get("expected_source", "")),
        channel=values.get("channel", Channel.OTHER),
        prison=prison,
        **known,
    )


def check_row(values: Values, context: Context) -> None:
    """Find what would stop a referral from being sent: the rules of the form, and the team.

    Raises:
        RuleBroken: those of the name and the team, and of `domain.check_submit`; each names its column.
    """
    seat = places.seat_of(values, context.actor, context.on)
    answers = answers_of(values, seat.prison)
    try:
        check_submit(answers, context.on)
    except RuleBroken as broken:
        raise RuleBroken(broken.code, **broken.facts | {"column": _BLAMED.get(broken.code, "")}) from broken


def apply(rows: Sequence[Values], actor: Actor, now: Now) -> list[UUID]:
    """Write and send each referral, by the same act as the form; nobody gets a notice."""
    prisons = [places.seat_of(values, actor, now.on).prison for values in rows]
    pairs = zip(rows, prisons, strict=True)
    return [actions.refer(actor, answers_of(values, prison), now).id for values, prison in pairs]


def undo(ids: Sequence[UUID], actor: Actor, now: Now) -> None:
    """Take each referral back with the dossier that it opened.

    Raises:
        RuleBroken: 'sheet_in_use'.
    """
    for referral_id in ids:
        actions.take_back(actor, referral_id, now)


def known(rows: Sequence[Values], context: Context) -> Mapping[int, Values]:
    """Find by name and birth which referrals of a list are there already, whatever became of them."""
    stored = Referral.objects.for_reader(context.actor, context.on).sent().filter(dossier__erased_on=None)
    found = list(stored.select_related("team").order_by("-begun_at"))
    seats = places.seats(row.team_id for row in found)
    return people("import_referrals", rows, found, _name, lambda row: _values(row, seats), "born")


def _name(row: Any) -> names.Name:
    return names.Name(row.first_name, row.last_name)


def _values(row: Any, seats: Mapping[int, places.Seat]) -> Values:
    """Write a referral as a row."""
    values = {key: getattr(row, key) for key in _SAME} | {
        "given_name": row.first_name,
        "family_name": row.last_name,
        "born": row.born_on or row.birth_year,
        "team": seats[row.team_id],
        "children": row.children_count or Children(row.children or Children.UNKNOWN),
        "expected_source": row.expected_source and Source(row.expected_source),
        "channel": Channel(row.channel),
    }
    return {key: value for key, value in values.items() if value not in (None, "")}


def export(actor: Actor, now: Now) -> Iterator[Values]:
    """Give the referrals that were sent and that the actor may see."""
    sent: Any = Referral.objects.sent()
    seen = sent.visible_to(actor, now.on).filter(dossier__erased_on=None)
    rows = list(seen.order_by("begun_at", "id"))
    seats = places.seats(row.team_id for row in rows)
    for row in rows:
        yield _values(row, seats)


TEMPLATE: Final = Template(
    key="referrals",
    title=_("Aanmeldingen"),
    columns=COLUMNS,
    identity=(*names.KEYS, "born"),
    imports_with=P.HANDLE_REFERRAL,
    exports_with=P.HANDLE_REFERRAL,
    known=known,
    check_row=check_row,
    doubts=names.doubts,
    apply=apply,
    undo=undo,
    export=export,
    never=places.NEVER,
)
