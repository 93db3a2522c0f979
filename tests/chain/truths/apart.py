"""Truths about who must not meet whom: two mothers in one group, a volunteer and a mother."""

from datetime import date
from typing import Final
from uuid import UUID

from tests.chain.rows import Row
from tests.chain.truths.step import Step

#: Table of a list -> the column that says how a row stands, what takes it off, and what puts it on.
LISTS: Final = {
    "products_attendance": ("presence", ("overtaken",), ("invited",)),
    "products_meetingchild": ("state", ("cancelled", "overtaken"), ("applied", "invited")),
}


def _holds(row: Row, day: date) -> bool:
    return bool(row["from_on"] <= day and (row["to_on"] is None or row["to_on"] >= day))


def _apart_from(step: Step, dossier_id: UUID, day: date) -> set[UUID]:
    pairs = [
        {row["dossier_id"], row["other_id"]}
        for row in step.rows("families_separation")
        if _holds(row, day) and dossier_id in (row["dossier_id"], row["other_id"])
    ]
    return set().union(*pairs) - {dossier_id}


def never_in_one_group(step: Step) -> None:
    """Who comes on a list finds nobody there from whom she is kept apart on that day."""
    for table, (column, off, comes) in LISTS.items():
        for key, row in step.after[table].items():
            old = step.before[table].get(key)
            if row[column] not in comes or (old is not None and old[column] == row[column]):
                continue
            day = step.after["products_groupmeeting"][row["meeting_id"]]["planned_on"]
            listed = {
                each["dossier_id"]
                for each in step.rows(table)
                if each["meeting_id"] == row["meeting_id"] and each[column] not in off
            }
            assert not listed & _apart_from(step, row["dossier_id"], day), f"two of a pair in {table}"


def never_asked(step: Step) -> None:
    """Who is excluded for a mother is not asked for her, and does not meet her."""
    for row in step.entered("products_match", "proposed", "introduction"):
        for each in step.rows("products_exclusion"):
            pair = each["dossier_id"], each["volunteer_id"]
            is_hers = pair == (row["dossier_id"], row["volunteer_id"])
            assert not (is_hers and _holds(each, step.on)), "an excluded volunteer was asked"
