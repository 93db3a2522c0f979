"""The list of volunteers as organisations keep it, in and out."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from gib.core.access.actor import Actor
from gib.core.access.tables import P
from gib.core.kernel.clock import Now
from gib.core.kernel.dates import add_months, age_on
from gib.core.kernel.rules import RuleBroken, declare
from gib.core.sheets import names
from gib.core.sheets.known import people
from gib.core.sheets.parsers import (
    Context,
    Parser,
    choice,
    day,
    email,
    phone,
    postcode,
    read_day,
    text,
    whole_number,
    yes_no,
)
from gib.core.sheets.template import Column, Template, Values
from gib.people.partners import sheet as places
from gib.people.partners.domain import Product
from gib.people.partners.models import legal_value
from gib.people.volunteers import actions
from gib.people.volunteers.domain import (
    TRAINING_FOR,
    Completed,
    Papers,
    Permit,
    Policy,
    Requirement,
    State,
    check_permit,
    check_ready,
    check_seen,
    missing,
    policy_for,
    valid_until,
)
from gib.people.volunteers.models import Completion, PrisonPermit, Volunteer

#: The way from the first contact to each state that a list may name.
PATHS: Final[Mapping[State, tuple[State, ...]]] = {
    State.INTERESTED: (),
    State.INTERVIEW: (State.INTERVIEW,),
    State.SCREENING: (State.INTERVIEW, State.SCREENING),
    State.TRAINING: (State.INTERVIEW, State.SCREENING, State.TRAINING),
    State.AVAILABLE: (State.INTERVIEW, State.SCREENING, State.TRAINING, State.AVAILABLE),
    State.ON_LEAVE: (*(State.INTERVIEW, State.SCREENING, State.TRAINING), State.AVAILABLE, State.ON_LEAVE),
    State.SUSPENDED: (State.INTERVIEW, State.SCREENING, State.SUSPENDED),
}
_STATES: Final = {
    "belangstelling": State.INTERESTED,
    "gesprek": State.INTERVIEW,
    "screening": State.SCREENING,
    "training": State.TRAINING,
    "inzetbaar": State.AVAILABLE,
    "verlof": State.ON_LEAVE,
    "geschorst": State.SUSPENDED,
}
_OTHER_STATES: Final = {
    **{"nieuw": State.INTERESTED, "aspirant": State.INTERESTED, "aangemeld": State.INTERESTED},
    **{"kennismaking": State.INTERVIEW, "intake": State.INTERVIEW, "vog aangevraagd": State.SCREENING},
    **{"in opleiding": State.TRAINING, "in training": State.TRAINING, "opleiding": State.TRAINING},
    **{"actief": State.AVAILABLE, "beschikbaar": State.AVAILABLE, "gekoppeld": State.AVAILABLE},
    **{"met verlof": State.ON_LEAVE, "tijdelijk niet": State.ON_LEAVE, "pauze": State.ON_LEAVE},
}
_PROFILES: Final = {"84": Requirement.VOG_84, "85": Requirement.VOG_85}
_DATED: Final[Mapping[str, Requirement]] = {
    "agreement_on": Requirement.AGREEMENT,
    "code_on": Requirement.CODE_OF_CONDUCT,
    "basic_on": Requirement.BASIC_TRAINING,
    "reporting_on": Requirement.REPORTING_CODE,
}
_FACTS: Final = {
    **{"given_name": "given_name", "family_name": "family_name", "born_on": "born_on", "phone": "phone"},
    **{"email": "email", "street": "street", "postcode": "postcode", "has_car": "has_car"},
    **{"most_matches": "most_matches", "most_minutes": "most_minutes", "since_on": "since_on"},
}
#: Months ahead in which a year of two digits may lie.
_AHEAD: Final = 120
_APART: Final = re.compile(r"\s*(?:[,;\n]|\ben\b)\s*")
_UNTIL: Final = re.compile(r"(?i)\b(ja|x|tot|t/m|tot en met|geldig)\b|[():-]")

declare(
    {
        "permit_place": "Schrijf erbij van welke P.I., bijvoorbeeld: Nieuwersluis 31-12-2011.",
        "permit_over": "Deze toegang is al voorbij. Laat het vak leeg.",
        "vog_profiles_assumed": "Het profiel van de VOG staat er niet bij. Wij gaan uit van 84 en 85.",
        "vog_profile_unknown": "Dit profiel kennen wij niet. Kies uit: {choices}.",
    }
)


class Access(NamedTuple):
    """A prison that lets her in, with the last day when one is known."""

    prison: str
    to_on: date | None


def _seen() -> Parser:
    """The day on which a paper was seen; 'ja' is the day on which the sheet comes in."""
    past, ticked = day(), yes_no()

    def read(written: str, context: Context) -> Any:
        if any(sign.isdigit() for sign in written):
            return past.read(written, context)
        return ticked.read(written, context) or None

    def write(value: Any) -> str:
        return past.write(value) if isinstance(value, date) else ticked.write(value)

    return Parser(read, write, _("dag-maand-jaar, of ja"))


def _accesses() -> Parser:
    """Prisons with the last day of access: 'Nieuwersluis 31-12-2011, Ter Peel'.

    Raises 'permit_place', 'permit_over', 'prison_unknown', and what a day raises.
    """

    def read(written: str, context: Context) -> tuple[Access, ...]:
        found = [_access(part, context) for part in _APART.split(written) if part]
        return tuple(sorted(found, key=lambda access: access.prison))

    def write(accesses: Iterable[Access]) -> str:
        known = places.prison_places()
        ends = (f"{one.to_on:%d-%m-%Y}" if one.to_on else "" for one in accesses)
        return ", ".join(
            f"{known[one.prison]} {end}".strip() for one, end in zip(accesses, ends, strict=True)
        )

    return Parser(read, write, _("P.I. en laatste dag, bijvoorbeeld Nieuwersluis 31-12-2011"))


def _access(written: str, context: Context) -> Access:
    at = next((at for at, sign in enumerate(written) if sign.isdigit()), len(written))
    where = _UNTIL.sub("", written[:at]).strip()
    own = places.own_places(context.actor, context.on)
    if not where and len(own) != 1:
        raise RuleBroken("permit_place")
    prison = places.read_prison(where, context) if where else own[0]
    return Access(prison, _until(written[at:].strip(" )"), context))


def _until(written: str, context: Context) -> date | None:
    if not written:
        return None
    to_on = read_day(written, add_months(context.on, _AHEAD), context.counts_from_1904)
    if to_on < context.on:
        raise RuleBroken("permit_over")
    return to_on


def _profiles() -> Parser:
    return places.several(_PROFILES, "vog_profile_unknown")


COLUMNS: Final = (
    *names.columns("vrijwilliger", "naam vrijwilliger", "naam vrijwilligster", "wie"),
    Column("born_on", "Geboortedatum", day(), ("geb.datum", "geboren", "geb", "gebdat", "geboren op")),
    Column("phone", "Telefoon", phone(), ("tel", "telnr", "telefoonnummer", "mobiel", "gsm", "06")),
    Column("email", "E-mail", email(), ("mail", "e-mailadres", "mailadres", "email adres")),
    Column("street", "Adres", text(120), ("straat", "straat en huisnummer", "straat en nummer", "woonadres")),
    Column("postcode", "Postcode", postcode(), ("pc", "post code"), example="3511 AB"),
    Column(
        "languages", "Talen", places.languages(), ("taal", "spreekt", "talenkennis"), example="Nederlands"
    ),
    Column("has_car", "Auto", yes_no(), ("heeft auto", "eigen auto", "vervoer", "auto beschikbaar")),
    Column("most_matches", "Aantal moeders", whole_number(1, 4), ("max moeders", "maximaal aantal moeders")),
    Column("most_minutes", "Reistijd in minuten", whole_number(10, 240), ("max reistijd", "reistijd")),
    places.team_column(),
    Column("since_on", "Vrijwilliger sinds", day(), ("sinds", "in dienst", "startdatum", "begonnen op")),
    Column("trained", "Getraind voor", places.products(), ("trainingen", "training voor", "onderdelen")),
    Column("vog_on", "VOG gezien op", _seen(), ("vog", "vog datum", "datum vog", "vog afgegeven")),
    Column(
        "vog_to", "VOG geldig tot", day(_AHEAD), ("vog tot", "vog t/m", "verloopdatum vog", "vog verloopt")
    ),
    Column("vog_profile", "VOG profiel", _profiles(), ("profiel vog", "vog profielen", "screeningsprofiel")),
    Column("agreement_on", "Overeenkomst", _seen(), ("vrijwilligersovereenkomst", "contract", "getekend")),
    Column("code_on", "Gedragscode", _seen(), ("gedragscode getekend", "code")),
    Column("basic_on", "Basistraining", _seen(), ("basiscursus", "basistraining gevolgd", "basis")),
    Column("reporting_on", "Meldcode", _seen(), ("module meldcode", "training meldcode")),
    Column(
        *("accesses", "Toegang P.I. tot en met", _accesses()),
        ("toegang", "toegang p.i.", "toegang tot", "pas", "toegangspas", "bezoekpas", "p.i. pas geldig tot"),
    ),
    Column("state", "Status", choice(_STATES, _OTHER_STATES), ("stand", "fase")),
)


def completions_of(values: Values, on: date) -> list[Completed]:
    """Give what the row says was seen; a paper without a day was seen on the day the sheet comes in.

    Raises:
        RuleBroken: 'completion_in_future', 'completion_expired'; each names its column.
    """
    given: list[tuple[str, Requirement, Any, date | None]] = [
        (column, requirement, values.get(column), None) for column, requirement in _DATED.items()
    ]
    if {"vog_on", "vog_to"} & set(values):
        profiles = values.get("vog_profile") or tuple(_PROFILES.values())
        seen = values.get("vog_on", True)
        given += [("vog_on", profile, seen, values.get("vog_to")) for profile in profiles]
    given += [("trained", TRAINING_FOR[product], True, None) for product in values.get("trained", ())]
    policy = policy_for(values.get("since_on", on), on)
    return [_completed(*each, on, policy) for each in given if each[2]]


def _completed(
    column: str, requirement: Requirement, seen: date | bool, to_on: date | None, on: date, policy: Policy
) -> Completed:
    from_on = seen if isinstance(seen, date) else min(on, to_on or on)
    try:
        check_seen(from_on, on)
        return Completed(requirement, from_on, valid_until(requirement, from_on, to_on, policy))
    except RuleBroken as broken:
        raise RuleBroken(broken.code, column=column) from broken


def check_row(values: Values, context: Context) -> None:
    """Find what would stop a row from coming in: name, team, age, days, access, and papers for her state.

    Raises:
        RuleBroken: those of the name and the team, 'volunteer_age', 'completion_in_future',
            'completion_expired', 'permit_needs_vog', 'permit_overlaps', 'volunteer_papers_missing'.
    """
    names.name_of(values)
    places.seat_of(values, context.actor, context.on)
    born_on = values.get("born_on")
    if born_on and age_on(born_on, context.on) < legal_value("child_age", context.on):
        raise RuleBroken("volunteer_age", column="born_on")
    if values.get("since_on", context.on) > context.on:
        raise RuleBroken("completion_in_future", column="since_on")
    papers = Papers(values.get("since_on", context.on), completions_of(values, context.on))
    _check_accesses(values.get("accesses", ()), papers, context.on)
    if State.AVAILABLE in PATHS[values.get("state", State.INTERESTED)]:
        try:
            check_ready(papers, context.on)
        except RuleBroken as broken:
            raise RuleBroken(broken.code, **broken.facts | {"column": "state"}) from broken


def _check_accesses(accesses: Sequence[Access], papers: Papers, on: date) -> None:
    if accesses and Requirement.VOG_85 in missing(papers, on):
        raise RuleBroken("permit_needs_vog", column="accesses")
    permits = [Permit(access.prison, on, access.to_on) for access in accesses]
    for at, permit in enumerate(permits):
        try:
            check_permit(permits[:at], permit)
        except RuleBroken as broken:
            raise RuleBroken(broken.code, column="accesses") from broken


def doubts(values: Values, context: Context) -> Iterator[RuleBroken]:
    """Tell what was taken for granted: how a name divides, and for what a VOG was given."""
    yield from names.doubts(values, context)
    if {"vog_on", "vog_to"} & set(values) and "vog_profile" not in values:
        yield RuleBroken("vog_profiles_assumed", column="vog_on" if "vog_on" in values else "vog_to")


def apply(rows: Sequence[Values], actor: Actor, now: Now) -> list[UUID]:
    """Write each volunteer in with her papers, access and state, by the same acts as on screen."""
    return [_bring_in(values, actor, now) for values in rows]


def _bring_in(values: Values, actor: Actor, now: Now) -> UUID:
    seat = places.seat_of(values, actor, now.on)
    volunteer_id = actions.register(actor, seat.pk, _facts(values), now).id
    for seen in completions_of(values, now.on):
        actions.record_completion(actor, volunteer_id, seen.requirement, seen.from_on, seen.to_on, now)
    for access in values.get("accesses", ()):
        actions.grant_permit(actor, volunteer_id, access.prison, now.on, access.to_on, now)
    for state in PATHS[values.get("state", State.INTERESTED)]:
        actions.move(actor, volunteer_id, state, now, since_on=values.get("since_on"))
    return volunteer_id


def _facts(values: Values) -> actions.NewVolunteer:
    name = names.name_of(values)
    plain = {key: values[key] for key in (*_FACTS, "languages") if key in values and key not in names.KEYS}
    return actions.NewVolunteer(given_name=name.given, family_name=name.family, **plain)


def undo(ids: Sequence[UUID], actor: Actor, now: Now) -> None:
    """Take each volunteer back.

    Raises:
        RuleBroken: 'sheet_in_use'.
    """
    for volunteer_id in ids:
        actions.take_back(actor, volunteer_id, now)


def known(rows: Sequence[Values], context: Context) -> Mapping[int, Values]:
    """Find by name and birth which volunteers of a list are in the reader's teams already."""
    stored = list(_here(Volunteer.objects.for_reader(context.actor, context.on)))
    there = _written(stored, lambda model: model.objects.for_reader(context.actor, context.on), context.on)
    return people("import_volunteers", rows, stored, _name, there)


def _here(rows: Any) -> Any:
    """Leave out who is gone: a list does not bring her back."""
    return rows.filter(state__in=sorted(PATHS)).order_by("id")


def _name(volunteer: Any) -> names.Name:
    return names.Name(volunteer.given_name, volunteer.family_name)


def _written(volunteers: Sequence[Any], rows_of: Callable[[Any], Any], on: date) -> Callable[[Any], Values]:
    """Give the way to write a volunteer as a row, with the papers and access of all read at once."""
    ids = [volunteer.id for volunteer in volunteers]
    seen: dict[UUID, list[Completed]] = defaultdict(list)
    for row in rows_of(Completion).filter(volunteer_id__in=ids).order_by("from_on"):
        fact = Completed(Requirement(row.requirement), row.from_on, row.to_on)
        seen[row.volunteer_id].append(fact)
    open_to: dict[UUID, list[Access]] = defaultdict(list)
    for row in rows_of(PrisonPermit).filter(volunteer_id__in=ids).order_by("prison_id"):
        if row.from_on <= on and (row.to_on is None or on <= row.to_on):
            open_to[row.volunteer_id].append(Access(row.prison.pk, row.to_on))
    seats = places.seats(volunteer.team_id for volunteer in volunteers)

    def write(volunteer: Any) -> Values:
        values = {key: getattr(volunteer, name) for key, name in _FACTS.items()}
        values |= _papers(seen[volunteer.id]) | {
            "languages": tuple(sorted(filter(None, volunteer.languages.split(",")))),
            "team": seats[volunteer.team_id],
            "accesses": tuple(open_to[volunteer.id]),
            "state": State(volunteer.state),
        }
        return {key: value for key, value in values.items() if value not in (None, "", ())}

    return write


def _papers(seen: Sequence[Completed]) -> dict[str, Any]:
    """Write the newest of each paper, and for which products she was trained."""
    newest = {fact.requirement: fact for fact in seen}
    trained = tuple(sorted(product for product in Product if TRAINING_FOR[product] in newest))
    dated = {column: newest[paper].from_on for column, paper in _DATED.items() if paper in newest}
    vogs = [newest[profile] for profile in _PROFILES.values() if profile in newest]
    return {"trained": trained, **dated, **_vog(vogs)}


def _vog(vogs: Sequence[Completed]) -> dict[str, Any]:
    """Write the VOG; of two profiles the days of the one that ends first."""
    if not vogs:
        return {}
    first = min(vogs, key=lambda fact: fact.to_on or date.max)
    profiles = tuple(fact.requirement for fact in vogs)
    return {"vog_on": first.from_on, "vog_to": first.to_on, "vog_profile": profiles}


def export(actor: Actor, now: Now) -> Iterator[Values]:
    """Give the volunteers whom the actor may see, without those who left or were not taken on."""
    rows = list(_here(Volunteer.visible_to(actor, now.on)))
    yield from map(_written(rows, lambda model: model.visible_to(actor, now.on), now.on), rows)


TEMPLATE: Final = Template(
    key="volunteers",
    title=_("Vrijwilligers"),
    columns=COLUMNS,
    identity=(*names.KEYS, "born_on"),
    imports_with=P.MANAGE_VOLUNTEER,
    exports_with=P.MANAGE_VOLUNTEER,
    known=known,
    check_row=check_row,
    doubts=doubts,
    apply=apply,
    undo=undo,
    export=export,
    never=places.NEVER,
)
