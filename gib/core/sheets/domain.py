"""The life of a brought-in sheet: its states, and when it may be carried out or taken back."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from gib.core.kernel.flow import Flow, steps
from gib.core.kernel.rules import RuleBroken, declare

#: How long content is kept that was not carried out, and how long an import can be taken back (real time).
KEPT: Final = timedelta(hours=24)

declare(
    {
        "sheet_has_faults": "Er staan nog fouten in dit bestand: {faults}. Er is niets ingelezen.",
        "sheet_nothing_new": "Alles uit dit bestand staat er al. Er is niets om in te lezen.",
        "sheet_expired": "Dit bestand is na 24 uur gewist. Lever het opnieuw in.",
        "undo_too_late": "Terugdraaien kan tot 24 uur na het inlezen. Die tijd is voorbij.",
    }
)


class UploadState(StrEnum):
    """Where a sheet is on its way in."""

    UPLOADED = "uploaded"
    MAPPED = "mapped"
    CHECKED = "checked"
    APPLIED = "applied"
    UNDONE = "undone"
    DISCARDED = "discarded"


_S = UploadState
UPLOAD_FLOW: Final = Flow(
    _S.UPLOADED,
    steps(
        {
            _S.UPLOADED: (_S.MAPPED, _S.DISCARDED),
            _S.MAPPED: (_S.CHECKED, _S.DISCARDED),
            _S.CHECKED: (_S.MAPPED, _S.APPLIED, _S.DISCARDED),
            _S.APPLIED: (_S.UNDONE,),
        }
    ),
)


def check_open(closes_at: datetime, at: datetime) -> None:
    """Refuse to go on with a sheet whose content was erased.

    Raises:
        RuleBroken: 'sheet_expired'.
    """
    if at >= closes_at:
        raise RuleBroken("sheet_expired")


def check_complete(faults: int, new: int) -> None:
    """Refuse to carry out a sheet in parts, or one that brings nothing.

    Raises:
        RuleBroken: 'sheet_has_faults' with their number, 'sheet_nothing_new'.
    """
    if faults:
        raise RuleBroken("sheet_has_faults", faults=faults)
    if not new:
        raise RuleBroken("sheet_nothing_new")


def check_may_undo(closes_at: datetime, at: datetime) -> None:
    """Refuse to take back what was carried out more than a day ago.

    Raises:
        RuleBroken: 'undo_too_late'.
    """
    if at >= closes_at:
        raise RuleBroken("undo_too_late")
