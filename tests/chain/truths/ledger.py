"""Who sees something of a case: told again from the journal, and compared with what is stored."""

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from tests.chain.rows import INVOLVED, JOURNAL, Row
from tests.chain.truths.step import Step

#: Days after the end of a match, or after a conference, in which there still is sight of it.
SIGHT: Final = 14
#: Purpose of a consent -> the sight it gives, and the key of who receives.
_GIVES: Final = {
    "municipality": ("addressed", "municipality_id"),
    "safety_house": ("invited", "safety_house_id"),
}


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
        self.acts: dict[str, Callable[[Row, Row], None]] = {
            "referral.DraftBegun": self._refers,
            "products.Introduced": self._meets,
            "products.MatchEnded": self._parts,
            "aftercare.FundingSubmitted": self._is_asked,
            "aftercare.LetGo": self._is_over,
            "aftercare.FundingSuperseded": self._is_over,
            "aftercare.FundingWithdrawn": self._is_over,
            "aftercare.AlternativeFound": self._is_over,
            "aftercare.FundingSettled": self._is_settled,
            "aftercare.CaseShared": self._confers,
            "portal.TransferProposed": self._is_offered,
            "portal.TransferAnswered": self._answered,
            "families.ConsentWithdrawn": self._stops,
        }

    def play(self) -> list[tuple[Any, ...]]:
        """Play the whole journal."""
        rows = sorted(self.step.rows(JOURNAL), key=lambda row: (str(row["chain_id"]), row["position"]))
        for row in rows:
            if act := self.acts.get(row["name"]):
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

    def _refers(self, row: Row, payload: Row) -> None:
        """Who refers follows her referral."""
        self._begin(row, "submitted", row["actor_id"], payload["referral_id"])

    def _meets(self, row: Row, payload: Row) -> None:
        """They meet: the volunteer knows who she is."""
        self._begin(row, "matched", payload["volunteer_id"], payload["match_id"])

    def _parts(self, row: Row, payload: Row) -> None:
        """It is over: two weeks of her own accounts."""
        self._end(payload["match_id"], row["on"] + timedelta(days=SIGHT))

    def _is_asked(self, row: Row, payload: Row) -> None:
        """The desk that is asked sees the question."""
        partner = self.step.after["aftercare_fundingrequest"][UUID(payload["request_id"])]["partner_id"]
        self._begin(row, "addressed", f"partner:{partner}", payload["request_id"])

    def _is_over(self, row: Row, payload: Row) -> None:
        """The question is over."""
        self._end(payload["request_id"], row["on"])

    def _is_settled(self, row: Row, payload: Row) -> None:
        """A report leaves it open; the last word on the money is over."""
        if payload["state"] != "reported":
            self._is_over(row, payload)

    def _confers(self, row: Row, payload: Row) -> None:
        """Who sits in the conference sees the extract until two weeks after it."""
        item = self.step.after["aftercare_conferenceitem"][UUID(payload["item_id"])]
        held_on = self.step.after["aftercare_caseconference"][item["conference_id"]]["held_on"]
        until = held_on + timedelta(days=SIGHT)
        self._begin(row, "invited", f"partner:{payload['partner_id']}", payload["item_id"], until)

    def _is_offered(self, row: Row, payload: Row) -> None:
        """The team that is asked sees the case."""
        self._begin(row, "receiving", f"team:{payload['to_team_id']}", payload["transfer_id"])

    def _answered(self, row: Row, payload: Row) -> None:
        """It answered: from today only the team whose case it is sees it."""
        self._end(payload["transfer_id"], row["on"] - timedelta(days=1))
        self._drop_empty()

    def _stops(self, row: Row, payload: Row) -> None:
        """Her consent is gone: who received under it sees nothing from today."""
        kind, key = _GIVES.get(payload["purpose"], ("", ""))
        partners = {
            f"partner:{each['id']}"
            for each in self.step.rows("partners_partner")
            if kind and str(each[key]) == payload["recipient"]
        }
        for line in self.lines:
            runs = line["from_on"] <= row["on"] and (line["to_on"] is None or line["to_on"] >= row["on"])
            of_case = (line["dossier"], line["kind"]) == (row["dossier_id"], kind)
            if runs and of_case and line["party"] in partners:
                line["to_on"] = row["on"] - timedelta(days=1)
        self._drop_empty()

    def _drop_empty(self) -> None:
        """Forget what would end before it began: it never gave sight of anything."""
        ends = [(line, line["to_on"] or line["from_on"]) for line in self.lines]
        self.lines = [line for line, end in ends if line["from_on"] <= end]
