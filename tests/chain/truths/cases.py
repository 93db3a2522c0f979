"""Truths about a whole case: one mother, one team, and what a change leaves alone."""

from collections import Counter
from datetime import date, timedelta
from typing import Final

from gib.care.products.domain.participation import State, is_drop_out
from gib.people.families.models import Dossier
from tests.chain.rows import Row
from tests.chain.truths.step import Step

_HER_OWN: Final = ("stopped_by_mother", "declined", "cancelled")


def counts_once(step: Step) -> None:
    """Invariant 1: a mother and a child have one row, however often they come back or move."""
    mothers = Counter(row["dossier_id"] for row in step.rows("families_participant"))
    assert mothers == Counter(list(step.after["families_dossier"])), "a dossier without or with two mothers"
    for table, event in (("families_dossier", "DossierOpened"), ("families_child", "ChildAdded")):
        new = len(step.after[table]) - len(step.before[table])
        assert new == len(step.told(f"families.{event}")), f"{new} rows in {table}"


def one_team(step: Step) -> None:
    """Invariant 6: one team answers for a case and all its rows; a second one only while it is asked."""
    teams = {row["id"]: row["team_id"] for row in step.rows("families_dossier")}
    for table, rows in step.after.items():
        for row in rows.values():
            if "team_id" in row and "dossier_id" in row:
                assert row["team_id"] == teams[row["dossier_id"]], f"a row of {table} has another team"
    asked = [row for row in step.rows("portal_transfer") if row["state"] == "proposed"]
    assert len({row["dossier_id"] for row in asked}) == len(asked), "two teams are asked at once"
    for team, actor in step.town.coordinators.items():
        hers = {key for key, value in teams.items() if value == team}
        offered = {row["dossier_id"] for row in asked if row["to_team_id"] == team}
        seen = set(Dossier.visible_to(actor, step.on).values_list("pk", flat=True))
        assert seen == hers | offered, f"team {team} sees {len(seen)} cases"


def history_stays(step: Step) -> None:
    """Invariant 7: a new day of release moves what is still to come, and nothing that is past."""
    for told in step.told("families.ReleaseExpected"):
        dossier, day = told["dossier_id"], told["payload"]["new_on"]
        release_on = date.fromisoformat(day) if day else None
        open_plans = {
            row["id"] for row in step.of("trajectory_trajectory", dossier) if row["state"] != "closed"
        }
        for row in step.of("trajectory_planstep", dossier):
            old = step.before["trajectory_planstep"].get(row["id"])
            if old and _is_past(old, step.on):
                assert old == row or _fell_away(step, old, row), "a step of the past moved"
            elif row["trajectory_id"] in open_plans and row["weeks_before_release"] is not None:
                assert row["due_on"] == _due(release_on, row, step.on), "a step to come did not move"
        for row in step.of("products_contact", dossier):
            assert row == step.before["products_contact"].get(row["id"], row), "a visit moved"


def _fell_away(step: Step, old: Row, row: Row) -> bool:
    """Tell whether a new detention, told with the new day, let a step of the list of a release fall away."""
    told = [each for each in step.told("families.DetainedAgain") if each["dossier_id"] == row["dossier_id"]]
    here = {"overtaken_on": row["overtaken_on"], "version": row["version"]}
    return bool(told) and row["drill_on"] is not None and row == old | here


def _is_past(row: Row, on: date) -> bool:
    return bool(row["done_on"] or row["overtaken_on"] or (row["due_on"] and row["due_on"] < on))


def _due(release_on: date | None, row: Row, on: date) -> date | None:
    return max(on, release_on - timedelta(weeks=row["weeks_before_release"])) if release_on else None


def no_drop_out(step: Step) -> None:
    """Invariant 15: what release, transfer or the prison ends is never her doing, nor a visit she missed."""
    for row in step.rows("products_participation"):
        counts = row["state"] == "stopped_by_mother" and row["started_on"] is not None
        assert is_drop_out(State(row["state"]), row["started_on"]) == counts, (
            "somebody else counts as drop-out"
        )
    moved = [row for row in step.told("families.Placed") if row["payload"]["moved"]]
    for told in [*step.told("families.Released"), *moved]:
        for table, wrong in (("products_participation", _HER_OWN), ("products_contact", _MISSED)):
            ended = [row for row in step.entered(table, *wrong) if row["dossier_id"] == told["dossier_id"]]
            assert not ended, f"{table}: {ended[0]['state']} because she left"


def said_goodbye(step: Step) -> None:
    """Domain page 1.6: help at home is rounded off with one farewell, and she is called months later."""
    farewells = list(step.rows("products_farewell"))
    said = {row["participation_id"]: row for row in farewells}
    assert len(said) == len(farewells), "two farewells of one part"
    for part in step.rows("products_participation"):
        is_over = part["product"] == "moedermaatjes" and part["state"] in _FINISHED
        assert is_over == (part["id"] in said), f"{part['product']} {part['state']} and its farewell"
        if is_over:
            held_on = said[part["id"]]["held_on"]
            assert part["started_on"] <= held_on <= part["ended_on"], "a farewell outside the help"
    ended = {row["id"]: row["ended_on"] for row in step.rows("products_participation")}
    for call in step.rows("products_checkcall"):
        days = (call["called_on"] - ended[call["participation_id"]]).days
        assert call["participation_id"] in said, "a call without a farewell"
        assert days >= _QUARTER, f"she was called after {days} days"


_FINISHED: Final = ("completed", "partly_completed")
#: The fewest days that three months have.
_QUARTER: Final = 89
_MISSED: Final = (
    *("no_show", "refused_at_gate", "cancelled_mother", "cancelled_volunteer"),
    *("cancelled_prison", "cancelled_caregiver"),
)
