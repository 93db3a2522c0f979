"""The list of running mothers, for an organisation that starts here: family, plan, products and match.

It touches every stage, so it stands above them; each row walks the chain by the acts of the screen.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from gib.care.aftercare import actions as aftercare
from gib.care.aftercare.domain import Alternative
from gib.care.aftercare.models import valid_agreements
from gib.care.products import actions as products
from gib.care.products.domain.participation import INSIDE, MATCHED
from gib.care.products.domain.participation import State as Part
from gib.care.products.models import Match, Participation, live_match, open_matches
from gib.care.trajectory import actions as trajectory
from gib.care.trajectory.models import Goal, covers_on, latest_trajectory
from gib.core.access.actor import Actor, house
from gib.core.access.tables import P
from gib.core.kernel.clock import Now
from gib.core.kernel.rules import RuleBroken, declare
from gib.core.sheets import names
from gib.core.sheets.known import called, people
from gib.core.sheets.parsers import Context, choice, day, text
from gib.core.sheets.template import Column, Template, Values
from gib.people.families import sheet as families
from gib.people.families.models import Dossier, Participant, rows_of
from gib.people.families.sheet import Stay, stay_of
from gib.people.partners import sheet as places
from gib.people.partners.domain import Product
from gib.people.volunteers.models import Volunteer, reasons_not_to_plan

declare(
    {
        "import_no_consent": "Zonder de dag van haar ja kan zij niet verder dan een dossier zonder plan.",
        "import_no_goal": "Een plan heeft een doel in haar eigen woorden. Vul het doel in.",
        "import_no_plan": "Een onderdeel loopt pas als er een plan is. Vul de stand van haar plan in.",
        "import_not_home": "Afbouwen kan pas als zij thuis is.",
        "import_child_gate": (
            "Moeder-Kind Bezoeken begint pas als voor een kind alles in orde is. Laat dit hier weg "
            "en zet het na het inlezen op."
        ),
        "import_no_volunteer": "Dit onderdeel loopt met een vrijwilliger. Vul haar naam in.",
        "import_no_match": "Er staat geen onderdeel bij dat met een vaste vrijwilliger loopt.",
        "import_volunteer_unknown": "Zij staat niet bij de vrijwilligers van dit team. Lees die eerst in.",
        "import_volunteer_twice": "Twee vrijwilligers heten zo. Zet deze koppeling na het inlezen zelf op.",
        "import_volunteer_full": "Deze vrijwilliger heeft al het aantal moeders dat zij aankan.",
        "import_volunteer_not_ready": "Deze vrijwilliger mag dit nu niet doen. Kijk wat er ontbreekt.",
        "import_not_covered": (
            "Met haar gemeente is geen afspraak die nu geldt. Lees de afspraken in, of vul in wie betaalt."
        ),
    }
)


class Stage(StrEnum):
    """How far her plan is, as a list tells it; inside or at home follows from where she is."""

    NONE = "none"
    PROPOSED = "proposed"
    AGREED = "agreed"
    RUNNING = "running"
    TAPERING = "tapering"


_ORDER: Final = tuple(Stage)
_STAGES: Final = {
    **{"geen plan": Stage.NONE, "voorgesteld": Stage.PROPOSED, "afgesproken": Stage.AGREED},
    **{"loopt": Stage.RUNNING, "afbouw": Stage.TAPERING},
}
_OTHER_STAGES: Final = {
    **{"nieuw": Stage.NONE, "aangemeld": Stage.NONE, "intake": Stage.NONE, "nog geen plan": Stage.NONE},
    **{"plan gemaakt": Stage.AGREED, "akkoord": Stage.AGREED, "actief": Stage.RUNNING},
    **{"lopend": Stage.RUNNING, "in traject": Stage.RUNNING, "afronding": Stage.TAPERING},
}
#: How a stored trajectory reads in a list; a plan that stands still reads as agreed.
_STAGE_OF: Final = {
    **{"proposed": Stage.PROPOSED, "agreed": Stage.AGREED, "paused": Stage.AGREED},
    **{"active_inside": Stage.RUNNING, "active_outside": Stage.RUNNING, "tapering": Stage.TAPERING},
}
_MUNICIPALITY: Final = "municipality"
_PAYERS: Final = {
    **{"gemeente": _MUNICIPALITY, "fonds": str(Alternative.FUND)},
    **{"andere regeling": str(Alternative.OTHER_SCHEME), "eigen middelen": str(Alternative.OWN_MEANS)},
}
#: Products that cannot run without a volunteer whom she has met.
_NEEDS_MATCH: Final = frozenset({Product.BEZOEKMOEDERS, Product.MOEDERMAATJES})
_AHEAD: Final = 60

COLUMNS: Final = (
    *families.COLUMNS,
    Column("stage", "Stand plan", choice(_STAGES, _OTHER_STAGES), ("status", "stand", "fase")),
    Column("goal", "Doel", text(1200), ("doelen", "wens", "haar wens", "wat zij zelf wil", "hulpvraag")),
    Column("products", "Onderdelen die lopen", places.products(), ("onderdelen", "producten", "onderdeel")),
    Column("volunteer", "Vrijwilliger", text(140), ("maatje", "bezoekmoeder", "gekoppeld aan")),
    Column("since", "Koppeling sinds", day(), ("sinds", "gekoppeld sinds", "gekoppeld op")),
    Column("payer", "Wie betaalt", choice(_PAYERS, {"zelf": str(Alternative.OWN_MEANS)}), ("financiering",)),
    Column("covered_to", "Betaald tot en met", day(_AHEAD), ("betaald tot", "financiering tot")),
)


def stage_of(values: Values) -> Stage:
    """Tell how far her plan is: as written, or running when a product runs."""
    default = Stage.RUNNING if {"products", "volunteer"} & set(values) else Stage.NONE
    return Stage(values.get("stage", default))


def _reached(values: Values, stage: Stage) -> bool:
    return _ORDER.index(stage_of(values)) >= _ORDER.index(stage)


def check_row(values: Values, context: Context) -> None:
    """Find what would keep a row from the state that it names: a state is reached honestly or not at all.

    Raises:
        RuleBroken: those of `families.sheet.check_row`, the codes of this module, and 'not_inside',
            'not_released', 'release_unknown', 'day_in_future'; each names its column.
    """
    families.check_row(values, context)
    is_home = stay_of(values) is Stay.HOME
    _check_plan(values, is_home)
    for product in values.get("products", ()):
        _check_product(product, values, is_home)
    _check_match(values, context.on)
    if is_home and _reached(values, Stage.RUNNING):
        _check_cover(values, context.on)


def _check_plan(values: Values, is_home: bool) -> None:
    if _reached(values, Stage.PROPOSED) and "support_on" not in values:
        raise RuleBroken("import_no_consent", column="support_on")
    if _reached(values, Stage.AGREED) and not _goals(values):
        raise RuleBroken("import_no_goal", column="goal")
    if _reached(values, Stage.TAPERING) and not is_home:
        raise RuleBroken("import_not_home", column="stage")


def _check_product(product: Product, values: Values, is_home: bool) -> None:
    broken = {
        "import_no_plan": not _reached(values, Stage.AGREED),
        "import_child_gate": product is Product.MOEDER_KIND_BEZOEKEN,
        "not_inside": product in INSIDE and is_home,
        "not_released": product not in INSIDE and not is_home,
        "release_unknown": product is Product.IK_JIJ_WIJ and "expected_on" not in values,
        "import_no_volunteer": product in _NEEDS_MATCH and "volunteer" not in values,
    }
    for code, is_broken in broken.items():
        if is_broken:
            raise RuleBroken(code, column="products")


def _check_match(values: Values, on: date) -> None:
    if "volunteer" in values:
        try:
            names.split(values["volunteer"])
        except RuleBroken as broken:
            raise RuleBroken(broken.code, column="volunteer") from broken
        if _matched(values) is None:
            raise RuleBroken("import_no_match", column="volunteer")
    if values.get("since", on) > on:
        raise RuleBroken("day_in_future", column="since")


def _check_cover(values: Values, on: date) -> None:
    by_town = values.get("payer", _MUNICIPALITY) == _MUNICIPALITY
    if by_town and not valid_agreements(values["town"].code, on).exists():
        raise RuleBroken("import_not_covered", column="payer" if "payer" in values else "town")


def _matched(values: Values) -> Product | None:
    """Give the product that runs with the volunteer: one that needs her goes first."""
    running = [product for product in values.get("products", ()) if product in MATCHED]
    return min(running, key=lambda product: product not in _NEEDS_MATCH, default=None)


def _goals(values: Values) -> list[str]:
    """Give her goals: one a line, or apart by a semicolon."""
    return [goal.strip() for goal in values.get("goal", "").replace("\n", ";").split(";") if goal.strip()]


def check_rows(rows: Sequence[Values], context: Context) -> Iterator[tuple[int, RuleBroken]]:
    """Find volunteers who are not there, are not alone in their name, may not do this, or have no room."""
    there = known(rows, context)
    found = _volunteers(rows, context.actor, context.on)
    asked: Counter[UUID] = Counter()
    for at, ids in found.items():
        if at in there:
            continue
        code = _against(rows[at], ids, asked, context)
        if code:
            yield at, RuleBroken(code, column="volunteer")


def _against(values: Values, ids: Sequence[UUID], asked: Counter[UUID], context: Context) -> str:
    if len(ids) != 1:
        return "import_volunteer_twice" if ids else "import_volunteer_unknown"
    rows = Volunteer.objects.for_reader(context.actor, context.on)
    volunteer: Volunteer = rows.get_or_404(pk=ids[0])
    product, seat = _matched(values), places.seat_of(values, context.actor, context.on)
    assert product is not None
    if reasons_not_to_plan(volunteer, product, seat.prison, context.on):
        return "import_volunteer_not_ready"
    asked[volunteer.id] += 1
    is_full = open_matches(volunteer.id, context.on) + asked[volunteer.id] > volunteer.most_matches
    return "import_volunteer_full" if is_full else ""


def _volunteers(rows: Sequence[Values], actor: Actor, on: date) -> dict[int, list[UUID]]:
    """Find by row which volunteers of its team are called so; only rows that name one."""
    marks = {at: names.split(row["volunteer"]).mark for at, row in enumerate(rows) if "volunteer" in row}
    if not marks:
        return {}
    stored = list(Volunteer.objects.for_reader(actor, on))
    teams = {row.id: row.team_id for row in stored}
    found = called("import_match", marks.values(), stored, _name)

    def of_team(at: int) -> list[UUID]:
        seat = places.seat_of(rows[at], actor, on)
        return [pk for pk in found[marks[at]] if teams[pk] == seat.pk]

    return {at: of_team(at) for at in marks}


def _name(volunteer: Any) -> names.Name:
    return names.Name(volunteer.given_name, volunteer.family_name)


def apply(rows: Sequence[Values], actor: Actor, now: Now) -> list[UUID]:
    """Bring each mother to where her row says, by the acts of the screen; the house performs them."""
    volunteers, acting = _volunteers(rows, actor, now.on), house("import")
    made = []
    for at, values in enumerate(rows):
        dossier_id = families.bring_in(values, places.seat_of(values, actor, now.on), acting, now)
        _walk(dossier_id, values, acting, now)
        _run_products(dossier_id, values, volunteers.get(at, []), acting, now)
        if _reached(values, Stage.TAPERING):
            _taper(dossier_id, acting, now)
        made.append(dossier_id)
    return made


def _walk(dossier_id: UUID, values: Values, acting: Actor, now: Now) -> None:
    if not _reached(values, Stage.PROPOSED):
        return
    plan = trajectory.propose(acting, dossier_id, now)
    for goal in _goals(values):
        trajectory.add_goal(acting, plan.id, goal, now)
    if _reached(values, Stage.AGREED):
        trajectory.agree(acting, plan.id, now)
    if _reached(values, Stage.RUNNING):
        if stay_of(values) is Stay.INSIDE:
            trajectory.start_inside(acting, plan.id, now)
        else:
            _cover(dossier_id, values, acting, now)
            trajectory.start_outside(acting, plan.id, now)


def _cover(dossier_id: UUID, values: Values, acting: Actor, now: Now) -> None:
    """Let an agreement of her municipality pay, or whoever the row names."""
    payer = values.get("payer", _MUNICIPALITY)
    if payer != _MUNICIPALITY:
        to_on = values.get("covered_to")
        trajectory.record_cover(acting, dossier_id, payer, now.on, to_on, str(dossier_id), now)
        return
    agreement = valid_agreements(values["town"].code, now.on).first()
    if agreement is None:
        raise RuleBroken("import_not_covered", column="town")
    request = aftercare.draft_request(acting, dossier_id, now)
    aftercare.cover_by_agreement(acting, request.id, agreement.id, now)


def _run_products(
    dossier_id: UUID, values: Values, volunteers: Sequence[UUID], acting: Actor, now: Now
) -> None:
    with_match = _matched(values) if "volunteer" in values else None
    for product in values.get("products", ()):
        part = products.wish(acting, dossier_id, product, now)
        products.offer(acting, part.id, now)
        products.plan(acting, part.id, now)
        if product is with_match:
            match = products.propose_match(acting, part.id, volunteers[0], now)
            products.mother_answers(acting, match.id, True, now)
            products.volunteer_answers(acting, match.id, True, now)
            products.introduce(acting, match.id, now, met_on=values.get("since"))
        products.start(acting, part.id, now)
        if product is with_match:
            products.start_trial(acting, match.id, now)


def _taper(dossier_id: UUID, acting: Actor, now: Now) -> None:
    plan = latest_trajectory(dossier_id)
    if plan is not None:
        trajectory.taper(acting, plan.id, now)


def known(rows: Sequence[Values], context: Context) -> Mapping[int, Values]:
    """Find by name and birth which mothers of a list have a dossier in the reader's teams already."""
    mothers = Participant.objects.for_reader(context.actor, context.on).filter(dossier__erased_on=None)
    stored = list(mothers.order_by("dossier__opened_on", "id"))
    seats = places.seats(mother.team_id for mother in stored)

    def facts(mother: Any) -> Values:
        return _values(mother.dossier_id, seats[mother.team_id], context.on)

    return people("import_participants", rows, stored, families.name_of, facts, "born")


def _values(dossier_id: UUID, seat: places.Seat, on: date) -> Values:
    values = families.written(dossier_id, seat, on) | _plan(dossier_id, on) | _running(dossier_id, on)
    return {key: value for key, value in values.items() if value not in (None, "", ())}


def _plan(dossier_id: UUID, on: date) -> dict[str, Any]:
    plan = latest_trajectory(dossier_id)
    if plan is None:
        return {"stage": Stage.NONE}
    goals = rows_of(Goal, dossier_id).filter(trajectory_id=plan.id, closed_on=None)
    cover = covers_on(on).filter(dossier_id=dossier_id).first()
    payer = cover.payer.partition(":")[0] if cover else None
    return {
        "stage": _STAGE_OF.get(plan.state, Stage.NONE),
        "goal": "; ".join(goal.words for goal in goals),
        "payer": payer,
        "covered_to": cover.to_on if cover and payer != _MUNICIPALITY else None,
    }


def _running(dossier_id: UUID, on: date) -> dict[str, Any]:
    """Give what runs; visits of children are left out, since a list cannot vouch for their gates."""
    parts = rows_of(Participation, dossier_id).filter(state=Part.RUNNING)
    running = list(parts.exclude(product=Product.MOEDER_KIND_BEZOEKEN))
    matches = [match for part in running if (match := live_match(part.id))]
    own = {"products": tuple(sorted(Product(part.product) for part in running))}
    return own | _match(matches, on) if matches else own


def _match(matches: Sequence[Match], on: date) -> dict[str, Any]:
    """Give who comes to her, when the reader may see that volunteer; of two, where she is needed most."""
    first = min(matches, key=lambda match: Product(match.product) not in _NEEDS_MATCH)
    women = Volunteer.for_house("list", on).filter(pk=first.volunteer_id)
    name = next((f"{who.given_name} {who.family_name}" for who in women), None)
    return {"volunteer": name, "since": first.from_on if name else None}


def export(actor: Actor, now: Now) -> Iterator[Values]:
    """Give the mothers whom the actor may see and whose plan was not closed."""
    dossiers = list(Dossier.visible_to(actor, now.on).filter(erased_on=None).order_by("opened_on", "id"))
    seats = places.seats(dossier.team_id for dossier in dossiers)
    for dossier in dossiers:
        plan = latest_trajectory(dossier.id)
        if plan is None or plan.closed_on is None:
            yield _values(dossier.id, seats[dossier.team_id], now.on)


TEMPLATE: Final = Template(
    key="participants",
    title=_("Moeders die nu meedoen"),
    columns=COLUMNS,
    identity=(*names.KEYS, "born"),
    imports_with=P.EDIT_FAMILY,
    exports_with=P.EDIT_FAMILY,
    known=known,
    check_row=check_row,
    check_rows=check_rows,
    doubts=names.doubts,
    apply=apply,
    undo=families.undo,
    export=export,
    never=places.NEVER,
)
