"""The journal: nothing in it changes, its chain holds, and played back it gives every stored state."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from typing import Any, Final
from uuid import UUID

from gib.core.kernel.flow import Flow
from gib.portal import reference
from tests.chain.rows import HEADS, JOURNAL, Row
from tests.chain.truths.step import Step, Tally
from tests.chain.truths.tells import STORED, state_told, told_of

#: Table -> the state that many rows of a dossier enter at once, told by one event.
_TOGETHER: Final = {"products_contact": "overtaken", "products_attendance": "overtaken"}
_TELL_MANY: Final = {
    "products_contact": ("products.VisitsOvertaken",),
    "products_attendance": (
        *("products.VisitsOvertaken", "products.MeetingCancelled"),
        "ik_jij_wij.LeftCourse",
    ),
}


@cache
def flows() -> dict[str, Flow[Any]]:
    """Give the tables of all states."""
    return dict(reference.flows())


def steps_from(flow: Flow[Any], here: str) -> frozenset[str]:
    """Give the states that may follow, those that put a mistake right included."""
    return frozenset(str(to) for table in (flow.steps, flow.corrections) for to in table.get(here, ()))


def replay(step: Step, tally: Tally) -> None:
    """Hold the chain, and play back what is new.

    Raises:
        AssertionError: a link is broken, or a state changed without an event that tells of it.
    """
    assert step.before[JOURNAL].items() <= step.after[JOURNAL].items(), "the journal changed"
    _hold_chains(step)
    tally.events.update(row["name"] for row in step.news)
    told: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in step.news:
        if tells := told_of(row):
            told[tells.flow][str(row["payload"][tells.key])].append(row)
    together = [row for name in STORED for row in _play(step, name, told[name], tally)]
    _hold_numbers(step, together)


def _hold_chains(step: Step) -> None:
    new: dict[UUID, list[Row]] = defaultdict(list)
    for row in step.news:
        new[row["chain_id"]].append(row)
    for chain, rows in new.items():
        head = step.before[HEADS].get(chain, {"position": 0, "hash": ""})
        position, before = head["position"], head["hash"]
        for row in sorted(rows, key=lambda row: int(row["position"])):
            position += 1
            linked = row["position"] == position and row["before"] == before and row["hash"] == _hash(row)
            assert linked, f"the chain breaks at {row['name']}"
            before = row["hash"]
        now = step.after[HEADS][chain]
        assert (now["position"], now["hash"]) == (position, before), "the head is not the last row"


def _hash(row: Row) -> str:
    """Compute the link again, as the security page writes it down."""
    facts = [
        *(str(row["id"]), str(row["chain_id"]), str(row["dossier_id"]), row["position"]),
        *(row["at"].isoformat(), row["on"].isoformat(), str(row["actor_id"]), row["role"], row["name"]),
        *(row["payload"], row["before"]),
    ]
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()


def _forgotten(step: Step) -> set[UUID]:
    """Give whose rows the house took away itself, as it says: who was rejected, after four weeks."""
    news = [row for row in step.news if row["name"] == "volunteers.VolunteerForgotten"]
    return {UUID(str(row["payload"]["volunteer_id"])) for row in news}


def _play(step: Step, name: str, told: dict[str, list[Row]], tally: Tally) -> list[Row]:
    table, column = STORED[name]
    gone = step.before[table].keys() - step.after[table].keys() - _forgotten(step)
    assert not gone, f"rows of {table} are gone"
    together: list[Row] = []
    for key, row in step.after[table].items():
        old = step.before[table].get(key)
        script = _in_order(told.get(str(key), []))
        assert old or script or name.endswith("SafetyState"), f"a row of {table} began without an event"
        here = _follow(name, old[column] if old else None, row[column], script, tally)
        if here != row[column]:
            assert row[column] == _TOGETHER.get(table), f"{table} went from {here} to {row[column]} untold"
            tally.moves[name, here, row[column]] += 1
            assert row[column] in steps_from(flows()[name], here), f"{table}: {here} to {row[column]}"
            together.append(row)
    _hold_together(step, table, together)
    return together


def _in_order(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: int(row["position"]))


def _follow(name: str, old: str | None, now: str, script: list[Row], tally: Tally) -> str:
    """Play the events of one row from where it stood, each a step of its flow; gives where it ends."""
    flow = flows()[name]
    here = old or str(flow.start)
    for row in script:
        tells = told_of(row)
        assert tells is not None
        to = now if tells.to == "?" else state_told(tells.to, row["payload"], here)
        steps = steps_from(flow, here)
        if to == here and to not in steps:
            continue
        assert to in steps, f"{name}: {row['name']} from {here} to {to} is no step"
        tally.moves[name, here, to] += 1
        here = to
    return here


def _hold_together(step: Step, table: str, rows: list[Row]) -> None:
    """Let rows that changed at once be told by an event in the same dossier or of the same meeting."""
    if not rows:
        return
    news = step.told(*_TELL_MANY[table])
    for row in rows:
        told = any(
            each["dossier_id"] == row["dossier_id"]
            or each["payload"].get("meeting_id") == row.get("meeting_id")
            for each in news
        )
        assert told, f"a row of {table} was overtaken untold"


def _hold_numbers(step: Step, together: list[Row]) -> None:
    """Let the events that give a number give that of the rows which they tell of, and of no others."""
    own = step.told("products.MeetingCancelled", "ik_jij_wij.LeftCourse")
    meetings = {row["payload"].get("meeting_id") for row in own}
    cases = {row["dossier_id"] for row in own if row["name"] == "ik_jij_wij.LeftCourse"}
    counted = [row for row in together if row.get("meeting_id", "") not in meetings]
    said = sum(row["payload"]["number"] for row in step.told("products.VisitsOvertaken"))
    free = sum(row["dossier_id"] in cases and "meeting_id" in row for row in counted)
    assert said <= len(counted) <= said + free, f"{len(counted)} were overtaken, told were {said}"
