"""From which page a save comes, so that nobody writes over what somebody else wrote meanwhile."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from gib.core.kernel.rules import RuleBroken


@dataclass(frozen=True, kw_only=True)
class Stamp:
    """Of which page a save comes: the version that it was made from, and the token of the page.

    Saves of one page follow each other without asking; a save over somebody else's is refused.
    `reason` says why something sensitive is written down.
    """

    version: int | None = None
    token: UUID | None = None
    reason: str = ""


#: Of no page at all, such as a sheet or a story: whatever is there may be written over.
NO_STAMP: Final = Stamp()


def check_version(there: int, version: int | None) -> None:
    """Refuse an edit of an older version than the one that is there; without one it is of no page.

    Raises:
        RuleBroken: 'newer_version', with the version that is there now.
    """
    if version not in (None, there):
        raise RuleBroken("newer_version", version=there)


def check_stamp(version: int, last_token: UUID | None, stamp: Stamp) -> None:
    """Let nobody write over what somebody else wrote meanwhile; the page then shows both.

    Args:
        version: of the row as it is now.
        last_token: of the page that saved it last.

    Raises:
        RuleBroken: 'newer_version'.
    """
    is_own = stamp.token is not None and stamp.token == last_token
    if stamp.version not in (None, version) and not is_own:
        raise RuleBroken("newer_version")
