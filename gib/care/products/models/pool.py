"""The matching problem of a team on a day: who waits and who can help, in ids and codes that lie clear."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final
from uuid import UUID

from gib.care.products.domain.match import LIVE, ONE_AT_A_TIME, EndReason
from gib.care.products.domain.participation import INSIDE, MATCHED
from gib.care.products.domain.participation import State as Part
from gib.care.products.domain.talks import goes_along
from gib.care.products.domain.waiting import waits_since
from gib.care.products.models.exclusion import Exclusion
from gib.care.products.models.match import Match
from gib.care.products.models.participation import Participation, asked_of
from gib.care.products.models.talks import closings
from gib.core.access import rls
from gib.core.access.actor import Actor
from gib.core.access.together import Steps, abreast, ask, asking, begin, in_steps
from gib.core.kernel.dates import Period
from gib.engines.matching import Pool, Problem, policy_on, top
from gib.engines.matching import problem as told
from gib.people.families.models import Child, Participant, Placement, home_areas
from gib.people.families.models.lists import releases
from gib.people.families.models.readers import on_day
from gib.people.partners.domain import Product
from gib.people.partners.domain.grid import EAST, NORTH
from gib.people.partners.models import Municipality, Postcode, Prison
from gib.people.volunteers.domain import State, policy_for
from gib.people.volunteers.models import Completion, Exemption, PrisonPermit, Volunteer
from gib.people.volunteers.models.availability import Told, codes, told_of

_ADULT: Final = 18
_TAKING: Final = sorted(ONE_AT_A_TIME | LIVE)
Days = list[tuple[Any, ...]]


@dataclass
class _Found:
    """What was read of the mothers of a team."""

    parts: Days
    mothers: dict[UUID, tuple[str, str | None]]
    places: dict[UUID, str]
    births: Days
    matches: Days
    exclusions: Days
    closings: Days
    leaves: dict[UUID, date | None]
    ages: dict[UUID, list[int]] = field(default_factory=lambda: defaultdict(list))


@in_steps
def problem_of_team(actor: Actor, on: date, also: UUID | None = None) -> Steps[Problem]:
    """Put the mothers who wait and the volunteers of an actor's teams together, without opening a name.

    Of a mother's home only the municipality lies clear, so for the road it is its middle that counts; of a
    volunteer it is the middle of her postcode area. Where one of both is unknown, the road keeps nobody away
    and gives no points. The postcode areas of the mothers who wait come out of their addresses in one scan,
    to keep neighbours away.

    Args:
        also: a part that waits for nobody, and for which a volunteer is sought all the same.
    """
    found, helpers = yield from abreast([_mothers(actor, on), _helpers(actor, on)])
    demands = _with_areas(actor, _demands(found, on, also), on)
    rows, papers, permits = helpers
    said = told_of(actor, on)
    taken = _taken([row[0] for row in rows], on)
    places = _places(rows, demands)
    known = {place.code for place in places}
    volunteers = [_volunteer(row, papers, permits, said.get(row[0], Told()), taken, on) for row in rows]
    return Problem(
        on,
        policy_on(on),
        tuple(demands),
        tuple(sorted(volunteers, key=lambda one: one.id)),
        places,
        tuple(_unknown_roads(demands, volunteers, known)),
        _exclusions(found, demands, volunteers),
    )


def _mothers(actor: Actor, on: date) -> Steps[_Found]:
    (parts, mothers, places, births, matches, exclusions, closed), (_inside, leaves) = yield from abreast(
        [
            asking(
                (
                    Participation.visible_to(actor, on)
                    .filter(state__in=[Part.PLANNED, Part.RUNNING], product__in=sorted(MATCHED))
                    .values_list(
                        *("id", "dossier_id", "product", "state", "prison_id", "planned_on", "wished_on"),
                        *("asked_dayparts", "asked_gender", "asked_car", "asked_interests"),
                    ),
                    Participant.visible_to(actor, on).values_list(
                        "dossier_id", "languages", "return_municipality_id"
                    ),
                    Placement.visible_to(actor, on)
                    .filter(to_on__isnull=True)
                    .values_list("dossier_id", "prison_id"),
                    Child.visible_to(actor, on).values_list("dossier_id", "birth_year"),
                    Match.visible_to(actor, on)
                    .order_by("proposed_on", "id")
                    .values_list(
                        *("participation_id", "dossier_id", "volunteer_id", "product", "state"),
                        *("from_on", "to_on", "end_reason"),
                    ),
                    Exclusion.visible_to(actor, on)
                    .filter(on_day(on))
                    .values_list("dossier_id", "volunteer_id", "why"),
                    closings(actor, on),
                )
            ),
            begin(releases, actor, on),
        ]
    )
    hers = {dossier_id: (languages, home) for dossier_id, languages, home in mothers}
    return _Found(parts, hers, dict(places), births, matches, exclusions, closed, leaves)


def _helpers(actor: Actor, on: date) -> Steps[tuple[Days, dict[UUID, Days], dict[UUID, Days]]]:
    rows, completions, exemptions, permits = yield (
        Volunteer.visible_to(actor, on)
        .exclude(state__in=[State.LEFT, State.REJECTED])
        .values_list(
            *("id", "state", "since_on", "pc4", "languages", "has_car", "most_matches", "most_minutes")
        ),
        Completion.visible_to(actor, on).values_list("volunteer_id", "requirement", "from_on", "to_on"),
        Exemption.visible_to(actor, on).values_list("volunteer_id", "requirement", "from_on", "to_on"),
        PrisonPermit.visible_to(actor, on).values_list("volunteer_id", "prison_id", "from_on", "to_on"),
    )
    return rows, _by_first([*completions, *exemptions]), _by_first(permits)


def _by_first(rows: Iterable[tuple[Any, ...]]) -> dict[UUID, Days]:
    found: dict[UUID, Days] = defaultdict(list)
    for first, *rest in rows:
        found[first].append(tuple(rest))
    return found


def _taken(volunteers: list[UUID], on: date) -> Counter[UUID]:
    """Count the places that are taken, also by mothers of other teams: those the house sees, nobody else."""
    with rls.system("room", on):
        rows = Match.for_house("room", on).filter(state__in=_TAKING, volunteer_id__in=volunteers)
        return Counter(rows.values_list("volunteer_id", flat=True))


def _demands(found: _Found, on: date, also: UUID | None) -> list[told.Demand]:
    """Make a demand of each part without a proposal or match, in the order of their ids."""
    _ages(found, on)
    asked = {row[0] for row in found.matches if row[4] in ONE_AT_A_TIME} - {also}
    waiting = [row for row in found.parts if row[0] not in asked and row[1] in found.mothers]
    return sorted((_demand(found, row) for row in waiting), key=lambda one: one.id)


def _with_areas(actor: Actor, demands: list[told.Demand], on: date) -> list[told.Demand]:
    """Tell in which postcode area each mother lives, where that is known."""
    mothers = Participant.objects.for_reader(actor, on).filter(
        dossier_id__in={one.mother for one in demands}, address__isnull=False
    )
    areas = home_areas(mothers)
    return [replace(one, near=areas.get(UUID(one.mother), ())) for one in demands]


def _ages(found: _Found, on: date) -> None:
    """Tell how old the children turn this year; only the year of birth lies clear."""
    for dossier_id, year in found.births:
        if year in range(on.year - _ADULT + 1, on.year + 1):
            found.ages[dossier_id].append(on.year - year)


def _demand(found: _Found, row: tuple[Any, ...]) -> told.Demand:
    part_id, dossier_id, product, state, prison, planned_on, wished_on, *columns = row
    languages, home = found.mothers[dossier_id]
    asked = asked_of(*columns)
    inside = Product(product) in INSIDE
    return told.Demand(
        id=str(part_id),
        mother=str(dossier_id),
        product=product,
        since_on=waits_since(planned_on or wished_on, _ended(found, part_id)),
        languages=codes(languages) or ("nl",),
        prison=_gate(found, dossier_id, state, prison or "") if inside else "",
        home="" if inside else _town(home),
        release_on=found.leaves.get(dossier_id),
        dayparts=asked.dayparts,
        gender=asked.gender,
        needs_car=asked.needs_car,
        child_ages=tuple(sorted(found.ages[dossier_id])),
        wishes=tuple(map(str, asked.interests)),
        visited_by=_visitor(found, dossier_id),
    )


def _ended(found: _Found, part_id: UUID) -> list[date]:
    """List when her matches of one part ended; a no before they met leaves her place in the row as it is."""
    return [match[6] for match in found.matches if match[0] == part_id and match[5] and match[6]]


def _gate(found: _Found, dossier_id: UUID, state: str, prison: str) -> str:
    """Name the prison to come to: what has not begun goes along to where she is now."""
    return found.places.get(dossier_id, prison) if prison and state == Part.PLANNED else prison


def _town(code: str | None) -> str:
    """Name the place of a home by its municipality, also when that is not known."""
    return f"gm{code or ''}"


def _visitor(found: _Found, dossier_id: UUID) -> str:
    """Name who visited her inside most recently, when they met and neither wants another person at home."""
    met = [
        row[2] for row in found.matches if row[1] == dossier_id and row[3] == Product.BEZOEKMOEDERS and row[5]
    ]
    if not met or not goes_along(*_wishes(found, dossier_id, met[-1])):
        return ""
    return str(met[-1])


def _wishes(found: _Found, dossier_id: UUID, volunteer_id: UUID) -> tuple[str, str]:
    """Give what both said at the last closing talk of a pair: her wish, and the volunteer's."""
    told = [row[2:] for row in found.closings if row[:2] == (dossier_id, volunteer_id)]
    return told[-1] if told else ("", "")


def _volunteer(
    row: tuple[Any, ...],
    papers: Mapping[UUID, Days],
    permits: Mapping[UUID, Days],
    said: Told,
    taken: Mapping[UUID, int],
    on: date,
) -> told.Volunteer:
    pk, state, since_on, area, languages, has_car, capacity, minutes = row
    done = [told.Completed(str(code), from_on, to_on) for code, from_on, to_on in papers.get(pk, [])]
    away = [told.Absence(one.from_on, one.to_on) for one in said.absences]
    # Who is not available takes no mother, until somebody says that she is.
    away += [] if state == State.AVAILABLE else [told.Absence(on)]
    return told.Volunteer(
        id=str(pk),
        home=str(pk),
        near=(area,) if area else (),
        languages=codes(languages),
        capacity=capacity,
        matches=taken[pk],
        most_minutes=minutes,
        dayparts=said.dayparts,
        gender=said.gender,
        has_car=has_car,
        requirements=(*done, *_not_asked(since_on, on)),
        permits=tuple(told.Permit(*one) for one in permits.get(pk, [])),
        absences=tuple(away),
        experience=said.experience,
        interests=tuple(map(str, said.interests)),
        avoids=said.areas,
    )


def _not_asked(since_on: date, on: date) -> list[told.Completed]:
    """List what the matching asks and her own policy does not: that counts as done."""
    asked = {str(rule.requirement) for rule in policy_for(since_on, on).rules if rule.blocks}
    wanted = {code for terms in policy_on(on).products for code in (*terms.requirements, terms.training)}
    return [told.Completed(code, since_on) for code in sorted(wanted - asked)]


def _places(rows: Days, demands: list[told.Demand]) -> tuple[told.Place, ...]:
    """Give the middles that are known: of areas of volunteers, prisons, and municipalities of mothers.

    A volunteer has a place of her own, since two of one area differ in how far they go. An area of either
    that lies in a village is a place too, so that two of one village are kept apart.
    """
    asked = [
        _middles(Postcode, "digits", _areas(rows, demands), "village"),
        _middles(Prison, "code", (one.prison for one in demands)),
        _middles(Municipality, "code", (one.home[2:] for one in demands)),
    ]
    wide, *others = ask(asked)
    areas, gates, towns = map(_by_code, ([row[:3] for row in wide], *others))
    homes = {str(row[0]): areas[row[3]] for row in rows if row[3] in areas}
    found = sorted((homes | gates | {_town(code): middle for code, middle in towns.items()}).items())
    return (*(told.Place(code, *_flat(*middle)) for code, middle in found), *_villages(wide))


def _villages(areas: Days) -> list[told.Place]:
    """Give the areas that lie in a village, each once."""
    found = {code: (north, east, village) for code, north, east, village in areas if village}
    return [told.Place(code, *_flat(*middle), village) for code, (*middle, village) in sorted(found.items())]


def _areas(rows: Days, demands: Iterable[told.Demand]) -> set[str]:
    """List the postcode areas in which volunteers and mothers live."""
    return {row[3] for row in rows} | {area for one in demands for area in one.near}


def _by_code(middles: Days) -> dict[str, tuple[float, float]]:
    return {code: (north, east) for code, north, east in middles}


def _middles(model: Any, key: str, wanted: Iterable[str], *more: str) -> Any:
    rows = model.objects.filter(**{f"{key}__in": {*filter(None, wanted)}}, latitude__isnull=False)
    return rows.order_by("pk").values_list(key, "latitude", "longitude", *more)


def _flat(north: float, east: float) -> tuple[int, int]:
    return round(east * EAST), round(north * NORTH)


def middles_of(areas: Iterable[str], prison: str) -> tuple[Any, Any]:
    """Ask where postcode areas and a prison lie."""
    return _middles(Postcode, "digits", areas), _middles(Prison, "code", [prison])


def flat(middles: Days) -> dict[str, tuple[int, int]]:
    """Give where places lie on a flat map, in metres, by code; absent is a place that nobody knows."""
    return {code: _flat(*middle) for code, middle in _by_code(middles).items()}


def _unknown_roads(
    demands: Iterable[told.Demand], volunteers: Iterable[told.Volunteer], known: set[str]
) -> Iterable[told.Travel]:
    """Let a road of which nobody knows the length be just as long as she wants to go."""
    for home in sorted({one.home for one in demands if one.home}):
        for helper in volunteers:
            if home not in known or helper.home not in known:
                yield told.Travel(helper.home, home, helper.most_minutes)


def _exclusions(
    found: _Found, demands: Iterable[told.Demand], volunteers: Iterable[told.Volunteer]
) -> tuple[told.Exclusion, ...]:
    mothers, helpers = {one.mother for one in demands}, {one.id for one in volunteers}
    rows = [
        told.Exclusion(str(volunteer_id), str(dossier_id), told.Why(why))
        for dossier_id, volunteer_id, why in found.exclusions
    ]
    rows += _without_click(found)
    kept = [one for one in rows if one.mother in mothers and one.volunteer in helpers]
    return tuple(sorted(kept, key=lambda one: (one.mother, one.volunteer, one.why)))


def _without_click(found: _Found) -> set[told.Exclusion]:
    """Name the pairs that met and did not click."""
    met = [row[1:3] for row in found.matches if row[7] == EndReason.NO_CLICK]
    return {told.Exclusion(str(helper), str(mother), told.Why.NO_CLICK) for mother, helper in met}


@in_steps
def stand_in_problem(actor: Actor, match: Any, days: Period, on: date) -> Steps[Problem]:
    """Ask who may take over the visits of a match on some days: the same rules as for a match of her own.

    How many mothers somebody has does not count, since it is for some visits; whoever is away on one of the
    days is away, and the volunteer of the match is left out.
    """
    problem: Problem = yield from begin(problem_of_team, actor, on, match.participation_id)
    part, usual = str(match.participation_id), str(match.volunteer_id)
    return replace(
        problem,
        on=days.from_on,
        waiting=tuple(replace(one, visited_by="") for one in problem.waiting if one.id == part),
        volunteers=_others(problem.volunteers, usual, days),
        exclusions=tuple(each for each in problem.exclusions if each.volunteer != usual),
    )


def _others(volunteers: Iterable[told.Volunteer], usual: str, days: Period) -> tuple[told.Volunteer, ...]:
    return tuple(_for_some_visits(one, days) for one in volunteers if one.id != usual)


def _for_some_visits(one: told.Volunteer, days: Period) -> told.Volunteer:
    away = [each for each in one.absences if days.overlaps(Period(each.from_on, each.to_on))]
    absences = (told.Absence(days.from_on, days.to_on),) if away else ()
    return replace(one, matches=0, capacity=max(1, one.capacity), absences=absences)


def rank_of(problem: Problem, part_id: UUID, volunteer_id: UUID) -> int:
    """Tell the place of a volunteer among those who may help, from 1; 0 when she may not or nobody waits."""
    demand = next((one for one in problem.waiting if one.id == str(part_id)), None)
    if demand is None:
        return 0
    best = top(Pool(problem), demand, len(problem.volunteers)).candidates
    return next((rank for rank, one in enumerate(best, 1) if one.volunteer == str(volunteer_id)), 0)
