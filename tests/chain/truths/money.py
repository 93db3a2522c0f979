"""Truths about who pays and what leaves the house."""

from collections import Counter

from gib.care.aftercare.mapping import shown
from gib.care.aftercare.models.coverage import coverage
from tests.chain.rows import Row
from tests.chain.truths.step import Step


def let_go_with_a_trail(step: Step) -> None:
    """Invariant 8: not funded only with a municipality and a request that failed."""
    closed = [row for row in step.rows("trajectory_trajectory") if row["close_reason"] == "not_funded"]
    for row in closed:
        assert row["let_go_municipality_id"], "let go without a municipality"
        trail = step.after["aftercare_fundingrequest"].get(row["trail_id"])
        assert trail is not None and trail["dossier_id"] == row["dossier_id"], "let go without a trail"
        assert trail["state"] == "let_go" and trail["answered_on"], "the trail did not fail"
        silent = trail["due_on"] is not None and trail["answered_on"] > trail["due_on"]
        assert trail["ground"] or silent, "neither a no nor a silence"


def shares_with_consent(step: Step) -> None:
    """Invariant 9: what leaves the house does so under a consent that stands, or on a noted ground."""
    for key, row in step.after["families_disclosure"].items():
        if key in step.before["families_disclosure"]:
            continue
        item = step.after["aftercare_conferenceitem"].get(row["source_id"])
        if item is not None and item["ground"] != "consent":
            continue
        consents = [
            each
            for each in step.of("families_consent", row["dossier_id"])
            if (each["purpose"], each["recipient"], each["state"])
            == (row["purpose"], row["recipient"], "given")
        ]
        assert consents, f"shared for {row['purpose']} without consent"


def report_is_guarded(step: Step) -> None:
    """Invariants 8 and 13: the report counts everybody who was let go, and shows no number under ten."""
    if not step.told("aftercare.LetGo"):
        return
    counted = Counter(row["municipality_id"] for row in step.rows("aftercare_fundingrequest") if _let_go(row))
    for row in coverage(step.on):
        assert row.let_go == counted[row.code], f"{row.code}: {row.let_go} in the report"
        small = [name for name, word in shown(row).items() if 0 < getattr(row, name) < 10 and word != "<10"]
        assert not small, f"{row.code}: {small} shown as they are"


def _let_go(row: Row) -> bool:
    return bool(row["state"] == "let_go")
