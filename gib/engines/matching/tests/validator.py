"""The hard rules once more, over plain JSON and in the plainest way: it shares no code with the engine."""

from datetime import date
from functools import cache
from typing import Any

Raw = dict[str, Any]


def violations(problem: Raw, demand: Raw, volunteer: Raw) -> set[tuple[str, str]]:
    """Name every rule that a pair breaks, with what lacks."""
    terms = next(one for one in problem["policy"]["products"] if one["code"] == demand["product"])
    start = day(demand.get("start_on") or problem["on"])
    broken = {(why, which) for why, which in papers(terms, demand, volunteer, start)}
    broken |= {
        (code, "") for code, is_broken in between(problem, terms, demand, volunteer).items() if is_broken
    }
    if any(covers(one, start) for one in volunteer.get("absences", [])):
        broken.add(("match_away", ""))
    if not terms["is_inside"] and demand.get("home") in volunteer.get("avoids", []):
        broken.add(("match_area", demand["home"]))
    if volunteer["capacity"] - volunteer.get("matches", 0) < 1:
        broken.add(("match_capacity", ""))
    if demand.get("gender") and volunteer.get("gender") != demand["gender"]:
        broken.add(("match_gender", demand["gender"]))
    for one in problem.get("exclusions", []):
        if (one["mother"], one["volunteer"]) == (demand["mother"], volunteer["id"]):
            broken.add((EXCLUDED[one["why"]], one["why"]))
    return broken


EXCLUDED = {
    "her_wish": "match_veto",
    "volunteer_wish": "match_veto",
    "knows_family": "match_known",
    "same_street": "match_known",
    "no_click": "match_no_click",
    "unsafe": "match_unsafe",
}


def papers(terms: Raw, demand: Raw, volunteer: Raw, start: date) -> list[tuple[str, str]]:
    """Name the papers that are not in order on the first day."""
    held = {one["code"] for one in volunteer.get("requirements", []) if covers(one, start)}
    found = [("match_requirement", code) for code in terms.get("requirements", []) if code not in held]
    if terms["training"] not in held:
        found.append(("match_training", terms["training"]))
    gates = {one["prison"] for one in volunteer.get("permits", []) if covers(one, start)}
    if terms["is_inside"] and demand["prison"] not in gates:
        found.append(("match_permit", demand["prison"]))
    return found


def between(problem: Raw, terms: Raw, demand: Raw, volunteer: Raw) -> dict[str, bool]:
    """Tell what stands between the two of them."""
    hers = {demand.get("home"), *demand.get("near", [])} - {None, ""}
    places = by_code(problem)
    theirs = {volunteer["home"], *volunteer.get("near", [])}
    villages = {places.get(one, {}).get("village") for one in theirs} - {None, ""}
    minutes = travel(problem, places, volunteer["home"], demand.get("home", ""))
    days = set(demand.get("dayparts", []))
    shared = days & set(volunteer.get("dayparts", []))
    return {
        "match_language": not set(demand["languages"]) & set(volunteer["languages"]),
        "match_postcode": bool(theirs & hers),
        "match_village": bool(villages & {places.get(one, {}).get("village") for one in hers}),
        "match_car": demand.get("needs_car", False) and not volunteer.get("has_car", False),
        "match_dayparts": len(shared) < min(len(days), terms.get("dayparts", 1)),
        "match_travel": not terms["is_inside"]
        and (minutes is None or minutes > volunteer.get("most_minutes", 60)),
    }


def travel(problem: Raw, places: dict[str, Raw], home: str, place: str) -> int | None:
    """Tell the minutes between two places, counted up kilometre by kilometre."""
    for one in problem.get("travel", []):
        if (one["from_place"], one["to_place"]) == (home, place):
            minutes: int = one["minutes"]
            return minutes
    if home not in places or place not in places:
        return None
    square = sum((places[home][axis] - places[place][axis]) ** 2 for axis in "xy")
    metres = int(square**0.5)
    metres += (metres + 1) ** 2 <= square
    metres -= metres**2 > square
    policy = problem["policy"]
    whole: int = policy["base_minutes"] + metres * policy["seconds_per_km"] // 1000 // 60
    return whole


def by_code(problem: Raw) -> dict[str, Raw]:
    """Look the places up once for each problem, which remembers them."""
    if "by_code" not in problem:
        problem["by_code"] = {one["code"]: one for one in problem.get("places", [])}
    known: dict[str, Raw] = problem["by_code"]
    return known


def covers(period: Raw, on: date) -> bool:
    """Tell whether a day lies in a period."""
    return day(period["from_on"]) <= on and (period.get("to_on") is None or on <= day(period["to_on"]))


@cache
def day(text: str) -> date:
    """Read a day."""
    return date(*map(int, text.split("-")))
