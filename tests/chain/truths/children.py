"""Truths about children and visit mornings, with the gate worked out again from the domain page."""

from datetime import date, timedelta
from typing import Final
from uuid import UUID

from gib.people.families.models import Child
from tests.chain.rows import Row
from tests.chain.truths.step import Step

LISTED: Final = ("invited", "confirmed", "picked_up", "inside")
WAITING: Final = ("applied", "gate_open", "invited", "confirmed")
GRACE: Final = timedelta(days=30)
HOLDERS: Final = {
    "mother_alone": {"mother"},
    "shared": {"mother", "other_parent"},
    "other_parent": {"other_parent"},
    "institution": {"institution"},
}


def may_come(step: Step) -> None:
    """Invariants 4 and 14: who is on a list may come on that day; what ran out or is unknown is a no."""
    for row in step.entered("products_meetingchild", *LISTED):
        if _put_back(step, row):
            continue
        meeting = step.after["products_groupmeeting"][row["meeting_id"]]
        day = meeting["planned_on"]
        age = _age(_born_on(row["child_id"], step.on), day)
        assert meeting["state"] != "cancelled", "the morning was called off"
        assert age < 18, "the child is of age"
        assert _custody_says_yes(step, row["child_id"], age, day), "who decides did not say yes"
        assert _contact_is_allowed(step, row["child_id"], day), "contact is not allowed"
        _hold_prison(step, row, meeting["prison_id"], age, day)
        assert row["child_wants"] is True, "the child did not say yes"
        assert row["approved_on"] is not None, "the prison did not approve"


def _put_back(step: Step, row: Row) -> bool:
    """Tell whether a step of the day was taken back: where a child is does not depend on whether it may."""
    told = step.told("moeder_kind_bezoeken.ChildPutBack")
    return any(each["payload"]["meeting_child_id"] == str(row["id"]) for each in told)


def _born_on(child_id: UUID, on: date) -> date:
    """Open the birth date, the one fact that plain rows do not tell."""
    found: date = Child.for_house("chain", on).get(pk=child_id).born_on
    return found


def _age(born_on: date, day: date) -> int:
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def _custody_says_yes(step: Step, child_id: UUID, age: int, day: date) -> bool:
    held = [row for row in step.rows("families_custody") if row["child_id"] == child_id and _covers(row, day)]
    custody = held[0] if held else None
    if age >= 16:
        needed = {"child"}
    elif custody is None:
        return False
    else:
        needed = HOLDERS[custody["kind"]] | ({"child"} if age >= 12 else set())
    return any(
        needed <= set(row["given_by"].split())
        and (needed <= {"mother", "child"} or (custody is not None and row["custody_id"] == custody["id"]))
        for row in step.rows("families_consent")
        if (row["child_id"], row["purpose"], row["state"]) == (child_id, "child_visit", "given")
        if day < row["expires_on"] + GRACE
    )


def _covers(row: Row, day: date) -> bool:
    return bool(row["from_on"] <= day and (row["to_on"] is None or day <= row["to_on"]))


def _contact_is_allowed(step: Step, child_id: UUID, day: date) -> bool:
    orders = [
        row
        for row in step.rows("families_contactrestriction")
        if (row["child_id"], row["about"]) == (child_id, "mother")
    ]
    current = [row for row in orders if _covers(row, day) and (not row["ended_on"] or day <= row["ended_on"])]
    ran_out = [row for row in orders if not row["ended_on"] and row["to_on"] and row["to_on"] < day]
    if not current or any(row["kind"] not in ("none", "supervised") for row in current):
        return False
    newest = max(row["from_on"] for row in current)
    return all(row["verified_on"] for row in current) and all(row["from_on"] < newest for row in ran_out)


def _hold_prison(step: Step, row: Row, prison: str, age: int, day: date) -> None:
    """Hold the rule of the prison for visit mornings on that day: escort below an age, papers from an age."""
    rules = [
        rule
        for rule in step.rows("partners_visitingrule")
        if (rule["prison_id"], rule["kind"]) == (prison, "parent_child")
        and (rule["valid_from"] or day) <= day <= (rule["valid_to"] or day)
    ]
    assert rules, "nobody knows the rule of this prison"
    assert row["has_escort"] or age >= rules[0]["accompany_age"], "a young child without an escort"
    assert row["identity_seen_on"] or age < rules[0]["id_age"], "no papers were seen"


def grown_left(step: Step) -> None:
    """Invariant 16: on the day after its birthday a child of 18 is on no list, and somebody tells her."""
    if step.what != "let_days_pass":
        return
    grown = {UUID(row["payload"]["child_id"]) for row in step.told("families.ChildTurnedAdult")}
    for row in step.rows("families_child"):
        if row["birth_year"] <= step.on.year - 18:
            of_age = _age(_born_on(row["id"], step.on), step.on) >= 18
            assert of_age == (row["adult_noted_on"] is not None), "a child came of age unnoticed"
    for row in step.rows("products_meetingchild"):
        child = step.after["families_child"][row["child_id"]]
        is_ahead = step.after["products_groupmeeting"][row["meeting_id"]]["planned_on"] >= step.on
        left = row["state"] not in WAITING or child["adult_noted_on"] is None or not is_ahead
        assert left, f"a child of age is {row['state']}"
    for child_id in grown:
        _hold_talk(step, step.after["families_child"][child_id]["dossier_id"])


def _hold_talk(step: Step, dossier_id: UUID) -> None:
    plans = [row["id"] for row in step.of("trajectory_trajectory", dossier_id) if row["state"] != "closed"]
    steps = step.of("trajectory_planstep", dossier_id)
    talks = [row for row in steps if row["drill"] == "child_grown" and row["trajectory_id"] in plans]
    assert talks or not plans, "nobody is told to talk about the child of age"
