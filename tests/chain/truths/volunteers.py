"""Truths about volunteers: nobody works without papers, and nobody takes more than she can."""

from collections import Counter
from datetime import date
from typing import Final

from tests.chain.rows import Row
from tests.chain.truths.step import Step

#: Before any contact. Source: domain page 1.8 and 3.
BASE: Final = ("vog_84", "vog_85", "agreement", "code_of_conduct", "basic_training", "reporting_code")
INSIDE: Final = ("moeder_de_gans", "bezoekmoeders", "moeder_kind_bezoeken", "ik_jij_wij")
IN_PRISON: Final = ("prison_visit", "coach_talk")
ASKED: Final = ("proposed", "volunteer_agreed", "mother_agreed", "agreed")
LIVE: Final = ("introduction", "trial", "running", "ending")


def papers_hold(step: Step) -> None:
    """Invariant 3: on the day of a match or visit every paper of the volunteer is valid."""
    for row in step.entered("products_match", "proposed", "introduction"):
        _hold(step, row, row, step.on, ("available",))
    ahead = step.entered("products_contact", "planned", "confirmed", "cleared", "held", "logged")
    for row in ahead:
        if row["match_id"] is None:
            continue
        match, is_over = step.after["products_match"][row["match_id"]], row["state"] in ("held", "logged")
        day = row["held_on"] if is_over else row["planned_on"]
        _hold(step, row, match, day, () if is_over else ("available", "leaving"))


def _hold(step: Step, row: Row, match: Row, day: date, states: tuple[str, ...]) -> None:
    """Hold a match or visit against her papers, and what is ahead against how she stands now as well."""
    volunteer = step.after["volunteers_volunteer"][match["volunteer_id"]]
    assert not states or volunteer["state"] in states, f"she is {volunteer['state']}"
    papers = {
        each["requirement"]
        for each in step.rows("volunteers_completion")
        if each["volunteer_id"] == volunteer["id"] and _covers(each, day)
    }
    lacks = {*BASE, f"training_{match['product']}"} - papers
    assert not lacks, f"on {day} she lacks {sorted(lacks)}"
    if match["product"] in INSIDE or row.get("kind") in IN_PRISON:
        prison = row["prison_id"] or match["prison_id"]
        permits = [
            each
            for each in step.rows("volunteers_prisonpermit")
            if (each["volunteer_id"], each["prison_id"]) == (volunteer["id"], prison) and _covers(each, day)
        ]
        assert permits, f"on {day} {prison} does not let her in"


def _covers(row: Row, day: date) -> bool:
    return bool(row["from_on"] <= day and (row["to_on"] is None or day <= row["to_on"]))


def one_match(step: Step) -> None:
    """A product has one match at a time, besides one that is ending; a volunteer no more than she can."""
    taken = Counter(
        row["participation_id"]
        for row in step.rows("products_match")
        if row["state"] in ASKED + LIVE and row["state"] != "ending"
    )
    assert max(taken.values(), default=0) <= 1, "two matches for one product"
    for row in step.entered("products_match", "proposed", "introduction"):
        helper = step.after["volunteers_volunteer"][row["volunteer_id"]]
        others = [
            each
            for each in step.rows("products_match")
            if each["volunteer_id"] == helper["id"] and each["state"] in ASKED + LIVE
        ]
        assert len(others) <= helper["most_matches"], "she has more mothers than she can take"
