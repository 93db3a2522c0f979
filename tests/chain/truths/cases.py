"""Truths about a whole case: one mother, one team, who is involved, and what a change leaves alone."""

from collections import Counter
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from gib.care.products.domain.participation import State, is_drop_out
from gib.people.families.models import Dossier
from tests.chain.rows import INVOLVED, JOURNAL, Row
from tests.chain.truths.step import Step

#: Days after the end of a match, or after a conference, in which there still is sight of it.
SIGHT: Final = 14
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
        open_plans = {row["id"] for row in step.of("trajectory_trajectory", dossier) if row["state"] != "closed"}
        for row in step.of("trajectory_planstep", dossier):
            old = step.before["trajectory_planstep"].get(row["id"])
            if old and _is_past(old, step.on):
                assert old == row, "a step of the past moved"
            elif row["trajectory_id"] in open_plans and row["weeks_before_release"] is not None:
                assert row["due_on"] == _due(release_on, row, step.on), "a step to come did not move"
        for row in step.of("products_contact", dossier):
            assert row == step.before["products_contact"].get(row["id"], row), "a visit moved"


def _is_past(row: Row, on: date) -> bool:
    return bool(row["done_on"] or row["overtaken_on"] or (row["due_on"] and row["due_on"] < on))


def _due(release_on: date | None, row: Row, on: date) -> date | None:
    return max(on, release_on - timedelta(weeks=row["weeks_before_release"])) if release_on else None


def no_drop_out(step: Step) -> None:
    """Invariant 15: what release, transfer or the prison ends is never her doing, nor a visit she missed."""
    for row in step.rows("products_participation"):
        counts = row["state"] == "stopped_by_mother" and row["started_on"] is not None
        assert is_drop_out(State(row["state"]), row["started_on"]) == counts, "somebody else counts as drop-out"
    moved = [row for row in step.told("families.Placed") if row["payload"]["moved"]]
    for told in [*step.told("families.Released"), *moved]:
        for table, wrong in (("products_participation", _HER_OWN), ("products_contact", _MISSED)):
            ended = [row for row in step.entered(table, *wrong) if row["dossier_id"] == told["dossier_id"]]
            assert not ended, f"{table}: {ended[0]['state']} because she left"


_MISSED: Final = (
    *("no_show", "refused_at_gate", "cancelled_mother", "cancelled_volunteer"),
    *("cancelled_prison", "cancelled_caregiver"),
)


# ---- who is involved, told again from the journal


def involvement_equals_facts(step: Step) -> None:
    """Involvement stands for what happened: played back from the journal it is the same."""
    expected = Counter(_Ledger(step).play())
    found = Counter(
        (row["dossier_id"], row["kind"], row["party"], row["source_id"], row["from_on"], row["to_on"])
        for row in step.rows(INVOLVED)
    )
    assert found == expected, f"too much: {found - expected}, too little: {expected - found}"


class _Ledger:
    """Who sees something of a dossier, from its journal alone."""

    def __init__(self, step: Step) -> None:
        self.step = step
        self.lines: list[dict[str, Any]] = []

    def play(self) -> list[tuple[Any, ...]]:
        """Play the whole journal."""
        rows = sorted(self.step.rows(JOURNAL), key=lambda row: (str(row["chain_id"]), row["position"]))
        for row in rows:
            act = getattr(self, row["name"].rpartition(".")[2], None)
            if act is not None and row["dossier_id"]:
                act(row, row["payload"])
        return [tuple(line.values()) for line in self.lines]

    def _begin(self, row: Row, kind: str, party: object, source: str, to_on: date | None = None) -> None:
        names = ("dossier", "kind", "party", "source", "from_on", "to_on")
        values = (row["dossier_id"], kind, str(party), UUID(source), row["on"], to_on)
        self.lines.append(dict(zip(names, values, strict=True)))

    def _end(self, source: str, to_on: date) -> None:
        for line in self.lines:
            if line["source"] == UUID(source) and line["to_on"] is None:
                line["to_on"] = to_on

    def DraftBegun(self, row: Row, payload: Row) -> None:
        """Who refers follows her referral."""
        self._begin(row, "submitted", row["actor_id"], payload["referral_id"])

    def Introduced(self, row: Row, payload: Row) -> None:
        """They meet: the volunteer knows who she is."""
        self._begin(row, "matched", payload["volunteer_id"], payload["match_id"])

    def MatchEnded(self, row: Row, payload: Row) -> None:
        """It is over: two weeks of her own accounts."""
        self._end(payload["match_id"], row["on"] + timedelta(days=SIGHT))

    def FundingSubmitted(self, row: Row, payload: Row) -> None:
        """The desk that is asked sees the question."""
        partner = self.step.after["aftercare_fundingrequest"][UUID(payload["request_id"])]["partner_id"]
        self._begin(row, "addressed", f"partner:{partner}", payload["request_id"])

    def LetGo(self, row: Row, payload: Row) -> None:
        """The question is over."""
        self._end(payload["request_id"], row["on"])

    FundingSuperseded = FundingWithdrawn = LetGo

    def CaseShared(self, row: Row, payload: Row) -> None:
        """Who sits in the conference sees the extract until two weeks after it."""
        item = self.step.after["aftercare_conferenceitem"][UUID(payload["item_id"])]
        held_on = self.step.after["aftercare_caseconference"][item["conference_id"]]["held_on"]
        until = held_on + timedelta(days=SIGHT)
        self._begin(row, "invited", f"partner:{payload['partner_id']}", payload["item_id"], until)

    def TransferProposed(self, row: Row, payload: Row) -> None:
        """The team that is asked sees the case."""
        self._begin(row, "receiving", f"team:{payload['to_team_id']}", payload["transfer_id"])

    def TransferAnswered(self, row: Row, payload: Row) -> None:
        """It answered: from today only the team whose case it is sees it."""
        yesterday = row["on"] - timedelta(days=1)
        self._end(payload["transfer_id"], yesterday)
        self.lines = [line for line in self.lines if line["to_on"] is None or line["from_on"] <= line["to_on"]]

    def ConsentWithdrawn(self, row: Row, payload: Row) -> None:
        """Her consent is gone: who received under it sees nothing from today."""
        kinds = {"municipality": ("addressed", "municipality_id"), "safety_house": ("invited", "safety_house_id")}
        kind, key = kinds.get(payload["purpose"], ("", ""))
        partners = {
            f"partner:{each['id']}"
            for each in self.step.rows("partners_partner")
            if kind and str(each[key]) == payload["recipient"]
        }
        yesterday = row["on"] - timedelta(days=1)
        for line in list(self.lines):
            runs = line["from_on"] <= row["on"] and (line["to_on"] is None or line["to_on"] >= row["on"])
            if runs and (line["dossier"], line["kind"]) == (row["dossier_id"], kind) and line["party"] in partners:
                line["to_on"] = yesterday
                if line["from_on"] > yesterday:
                    self.lines.remove(line)
