"""The hard rules of a match as one table: a code, whom it forbids, and what one change would mend it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final

from gib.engines.matching.bits import at_least_of
from gib.engines.matching.pool import Pool, papers_of, place_of_help
from gib.engines.matching.problem import Completed, Demand, Exclusion, Permit, Problem, Volunteer, Why

#: Whom a rule keeps from a demand, each set with what lacks: `vog_84`, or empty where the code says it all.
Against = Iterator[tuple[str, int]]
#: Nobody plans so far ahead: an absence without end ends then.
_NEVER: Final = date(2200, 1, 1)


@dataclass(frozen=True)
class Pair:
    """One mother and one volunteer, with all that counts between them."""

    demand: Demand
    volunteer: Volunteer
    exclusions: tuple[Exclusion, ...] = ()


@dataclass(frozen=True)
class Change:
    """The one thing that would make a refused pair possible: its rule, a value, the pair as it would be."""

    code: str
    value: str
    pair: Pair


@dataclass(frozen=True)
class Fault:
    """A rule that forbids a pair, and what lacks."""

    code: str
    value: str = ""


#: What would have to be different; None where nothing anybody does changes it.
Mend = Callable[[Pool, Pair, str], tuple[str, Pair] | None]


@dataclass(frozen=True)
class Rule:
    """A hard rule: whom it forbids for a demand, and what would mend it. Its sentence stands in `wording`."""

    code: str
    against: Callable[[Pool, Demand], Against]
    mend: Mend


def _requirement(pool: Pool, demand: Demand) -> Against:
    on = pool.start_of(demand)
    for code in pool.terms[demand.product].requirements:
        yield code, ~pool.holding("requirement", code, on)


def _training(pool: Pool, demand: Demand) -> Against:
    code = pool.terms[demand.product].training
    yield code, ~pool.holding("requirement", code, pool.start_of(demand))


def _permit(pool: Pool, demand: Demand) -> Against:
    if pool.terms[demand.product].is_inside:
        yield demand.prison, ~pool.holding("permit", demand.prison, pool.start_of(demand))


def _travel(pool: Pool, demand: Demand) -> Against:
    if not pool.terms[demand.product].is_inside:
        yield "", pool.roads.beyond(demand.home, pool.everyone)


def _area(pool: Pool, demand: Demand) -> Against:
    yield demand.home, pool.avoiders.get(place_of_help(pool, demand), 0)


def _language(pool: Pool, demand: Demand) -> Against:
    yield "", ~_union(pool.speakers, demand.languages)


def _capacity(pool: Pool, _demand: Demand) -> Against:
    yield "", ~pool.with_room


def _away(pool: Pool, demand: Demand) -> Against:
    yield "", pool.holding("absence", "", pool.start_of(demand))


def _excluded(*reasons: Why) -> Callable[[Pool, Demand], Against]:
    def against(pool: Pool, demand: Demand) -> Against:
        for why in reasons:
            yield why, pool.excluded.get((demand.mother, why), 0)

    return against


def _postcode(pool: Pool, demand: Demand) -> Against:
    yield "", _union(pool.homes, _homes(demand))


def _village(pool: Pool, demand: Demand) -> Against:
    places = [village for home in sorted(_homes(demand)) for village in pool.village(home)]
    yield "", _union(pool.villages, places)


def _gender(pool: Pool, demand: Demand) -> Against:
    if demand.gender:
        yield demand.gender, ~pool.genders.get(demand.gender, 0)


def _car(pool: Pool, demand: Demand) -> Against:
    if demand.needs_car:
        yield "", ~pool.drivers


def _dayparts(pool: Pool, demand: Demand) -> Against:
    if wanted := _wanted(pool, demand):
        sets = [pool.free_in.get(part, 0) for part in dict.fromkeys(demand.dayparts)]
        yield "", ~at_least_of(sets, wanted)


def _wanted(pool: Pool, demand: Demand) -> int:
    """Tell how many parts of the week both must share: no more than she has."""
    return min(pool.terms[demand.product].dayparts, len(set(demand.dayparts)))


def _homes(demand: Demand) -> set[str]:
    return {home for home in (demand.home, *demand.near) if home}


def _union(table: dict[str, int], keys: Iterable[str]) -> int:
    found = 0
    for key in keys:
        found |= table.get(key, 0)
    return found


def _with_paper(pool: Pool, pair: Pair, code: str) -> tuple[str, Pair]:
    paper = Completed(code, pool.start_of(pair.demand), pool.end_of(pair.demand))
    return code, _volunteer(pair, requirements=(*pair.volunteer.requirements, paper))


def _with_permit(pool: Pool, pair: Pair, prison: str) -> tuple[str, Pair]:
    permit = Permit(prison, pool.start_of(pair.demand), pool.end_of(pair.demand))
    return prison, _volunteer(pair, permits=(*pair.volunteer.permits, permit))


def _longer_road(pool: Pool, pair: Pair, _value: str) -> tuple[str, Pair] | None:
    (minutes,) = pool.roads.minutes(place_of_help(pool, pair.demand), [pool.place_of[pair.volunteer.id]])
    return None if minutes is None else (str(minutes), _volunteer(pair, most_minutes=minutes))


def _there_too(_pool: Pool, pair: Pair, area: str) -> tuple[str, Pair]:
    return area, _volunteer(pair, avoids=tuple(one for one in pair.volunteer.avoids if one != area))


def _one_language(_pool: Pool, pair: Pair, _value: str) -> tuple[str, Pair]:
    language = pair.demand.languages[0]
    return language, _volunteer(pair, languages=(*pair.volunteer.languages, language))


def _one_place(_pool: Pool, pair: Pair, _value: str) -> tuple[str, Pair]:
    capacity = max(pair.volunteer.capacity, pair.volunteer.matches) + 1
    return str(capacity), _volunteer(pair, capacity=capacity)


def _later(pool: Pool, pair: Pair, _value: str) -> tuple[str, Pair] | None:
    """Start on the first day on which she is back; absences may follow each other."""
    start_on = pool.start_of(pair.demand)
    for away in sorted(pair.volunteer.absences, key=lambda one: one.from_on):
        if away.from_on <= start_on <= (away.to_on or date.max):
            start_on = (away.to_on or _NEVER) + timedelta(days=1)
    if start_on > min(pair.demand.until_on or _NEVER, _NEVER):
        return None
    return str(start_on), replace(pair, demand=replace(pair.demand, start_on=start_on))


def _wish_withdrawn(_pool: Pool, pair: Pair, value: str) -> tuple[str, Pair]:
    left = tuple(one for one in pair.exclusions if one.why != value)
    return value, replace(pair, exclusions=left)


def _any_gender(_pool: Pool, pair: Pair, _value: str) -> tuple[str, Pair]:
    return "", replace(pair, demand=replace(pair.demand, gender=None))


def _a_car(_pool: Pool, pair: Pair, _value: str) -> tuple[str, Pair]:
    return "", _volunteer(pair, has_car=True)


def _free_then(pool: Pool, pair: Pair, _value: str) -> tuple[str, Pair]:
    own = pair.volunteer.dayparts
    lacks = [part for part in dict.fromkeys(pair.demand.dayparts) if part not in own]
    more = lacks[: _wanted(pool, pair.demand) - (len(set(pair.demand.dayparts)) - len(lacks))]
    return ", ".join(more), _volunteer(pair, dayparts=(*own, *more))


def _nothing(_pool: Pool, _pair: Pair, _value: str) -> None:
    return None


def _volunteer(pair: Pair, **changes: Any) -> Pair:
    return replace(pair, volunteer=replace(pair.volunteer, **changes))


#: Every hard rule. Source: issue of the engine; domain page 3 (match); VOG-01, VOG-05, VOL-02.
RULES: Final = (
    Rule("match_requirement", _requirement, _with_paper),
    Rule("match_training", _training, _with_paper),
    Rule("match_permit", _permit, _with_permit),
    Rule("match_travel", _travel, _longer_road),
    Rule("match_area", _area, _there_too),
    Rule("match_language", _language, _one_language),
    Rule("match_capacity", _capacity, _one_place),
    Rule("match_away", _away, _later),
    Rule("match_veto", _excluded(Why.HER_WISH, Why.VOLUNTEER_WISH), _wish_withdrawn),
    Rule("match_known", _excluded(Why.KNOWS_FAMILY, Why.SAME_STREET), _nothing),
    Rule("match_no_click", _excluded(Why.NO_CLICK), _nothing),
    Rule("match_unsafe", _excluded(Why.UNSAFE), _nothing),
    Rule("match_postcode", _postcode, _nothing),
    Rule("match_village", _village, _nothing),
    Rule("match_gender", _gender, _any_gender),
    Rule("match_car", _car, _a_car),
    Rule("match_dayparts", _dayparts, _free_then),
)


def refusals(pool: Pool, demand: Demand) -> list[tuple[Rule, str, int]]:
    """List each rule with what lacks and the set of volunteers whom it forbids for a demand."""
    found = [
        (rule, value, bits & pool.everyone) for rule in RULES for value, bits in rule.against(pool, demand)
    ]
    return [row for row in found if row[2]]


def possible(pool: Pool, demand: Demand) -> int:
    """Give the set of volunteers whom no rule forbids for a demand."""
    left = pool.everyone
    for rule in RULES:
        for _value, bits in rule.against(pool, demand):
            left &= ~bits
    return left


def faults_of(pool: Pool, demand: Demand, at: int) -> list[Fault]:
    """List every rule that forbids one pair."""
    return [Fault(rule.code, value) for rule, value, bits in refusals(pool, demand) if bits >> at & 1]


def change_for(pool: Pool, demand: Demand, at: int, faults: list[Fault]) -> Change | None:
    """Give the one change that would make a refused pair possible, where there is one.

    It is tried out before it is told: the pair as it would be passes every rule.
    """
    if len(faults) != 1:
        return None
    pair = Pair(demand, pool.volunteers[at], _between(pool, demand, at))
    rule = next(rule for rule in RULES if rule.code == faults[0].code)
    found = rule.mend(pool, pair, faults[0].value)
    if found is None or not fits(pool, found[1]):
        return None
    return Change(rule.code, *found)


def _between(pool: Pool, demand: Demand, at: int) -> tuple[Exclusion, ...]:
    volunteer = pool.volunteers[at].id
    held = [why for why in Why if pool.excluded.get((demand.mother, why), 0) >> at & 1]
    return tuple(Exclusion(volunteer, demand.mother, why) for why in held)


def fits(pool: Pool, pair: Pair) -> bool:
    """Tell whether no rule forbids a pair, seen apart from everybody else."""
    demand, volunteer = pair.demand, pair.volunteer
    codes = dict.fromkeys([volunteer.home, *volunteer.near, demand.prison, demand.home, *demand.near])
    alone = Problem(
        pool.problem.on,
        pool.policy,
        waiting=(demand,),
        volunteers=(volunteer,),
        places=tuple(pool.places[code] for code in codes if code in pool.places),
        travel=pool.roads.told(volunteer.home, place_of_help(pool, demand)),
        exclusions=pair.exclusions,
    )
    return bool(possible(Pool(alone), demand))


@dataclass(frozen=True)
class Lapse:
    """A paper that lapses while help goes on: it stops nothing today, and must be renewed by that day."""

    code: str
    value: str
    on: date


def lapses(pool: Pool, demand: Demand, at: int) -> list[Lapse]:
    """List the papers of a possible pair that do not hold through the expected period, with their last day.

    Source: VOG-02; it is a warning and never a refusal.
    """
    terms, start_on, end_on = pool.terms[demand.product], pool.start_of(demand), pool.end_of(demand)
    needed = [("requirement", code) for code in (*terms.requirements, terms.training)]
    needed += [("permit", demand.prison)] if terms.is_inside else []
    periods: dict[tuple[str, str], list[tuple[date, date]]] = defaultdict(list)
    for kind, code, from_on, to_on in papers_of(pool.volunteers[at]):
        periods[kind, code].append((from_on, to_on or _NEVER))
    last = {paper: _holds_until(sorted(periods[paper]), start_on) for paper in needed}
    return [Lapse("match_lapses", code, on) for (_kind, code), on in sorted(last.items()) if on < end_on]


def _holds_until(periods: list[tuple[date, date]], start_on: date) -> date:
    """Tell until when a paper holds without a day between, from the start on; `periods` in their order."""
    last_on = start_on - timedelta(days=1)
    for from_on, to_on in periods:
        if from_on <= last_on + timedelta(days=1):
            last_on = max(last_on, to_on)
    return last_on
