"""Consent: asked, given or refused, withdrawn; and until when it holds."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from gib.core.kernel.dates import add_months
from gib.core.kernel.flow import Flow, steps
from gib.core.kernel.rules import RuleBroken
from gib.people.families.domain.codes import FOR_A_CHILD, SHARING, Party, Place, Purpose


class State(StrEnum):
    """What she answered."""

    ASKED = "asked"
    GIVEN = "given"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


FLOW = Flow(
    State.ASKED,
    steps({State.ASKED: (State.GIVEN, State.REFUSED), State.GIVEN: (State.WITHDRAWN,)}),
)


#: Whose yes a consent of the mother herself needs.
MOTHER_ALONE: Final = frozenset({Party.MOTHER})


#: How long the word of a list counts, until somebody asked her herself.
CLAIM_DAYS: Final = 30


class Validity(StrEnum):
    """How a consent stands on a day; derived, never stored."""

    HOLDS = "holds"
    CLAIMED = "claimed"
    RENEW = "renew"
    FROZEN = "frozen"
    NONE = "none"


@dataclass(frozen=True, kw_only=True)
class NewConsent:
    """A question to ask. `recipient` is a code of who receives; empty for purposes inside the house."""

    purpose: Purpose
    recipient: str = ""
    child_id: UUID | None = None
    language: str = "nl"


@dataclass(frozen=True, kw_only=True)
class Answer:
    """A yes: where it was said, whether prison staff were absent, and, for a child, whose yes it is."""

    place: Place
    staff_absent: bool = True
    given_by: frozenset[Party] = frozenset({Party.MOTHER})
    given_on: date | None = None


def recipient_of(purpose: Purpose | str, recipient: str) -> str:
    """Give the recipient as it is stored: a purpose inside the house has none.

    Raises:
        RuleBroken: 'purpose_unknown'.
    """
    if purpose not in set(Purpose):
        raise RuleBroken("purpose_unknown")
    return recipient if purpose in SHARING else ""


def check_asked(new: NewConsent, has_open_question: bool) -> None:
    """Let a question be asked once, to the right person.

    Raises:
        RuleBroken: 'consent_needs_recipient', 'consent_not_for_child', 'consent_needs_child' or
        'consent_already_asked'.

    Source: CON-01.
    """
    if new.purpose in SHARING and not new.recipient:
        raise RuleBroken("consent_needs_recipient")
    if new.child_id and new.purpose not in FOR_A_CHILD:
        raise RuleBroken("consent_not_for_child")
    if new.purpose is Purpose.CHILD_VISIT and not new.child_id:
        raise RuleBroken("consent_needs_child")
    if has_open_question:
        raise RuleBroken("consent_already_asked")


def check_consent_given(
    purpose: Purpose | str, answer: Answer, on: date, needed: Collection[Party] | None
) -> None:
    """Let a yes count only when it was free, has happened, and came from everybody who decides.

    Args:
        needed: who must say yes; None when that is unknown.

    Raises:
        RuleBroken: 'staff_present' unless it was the referrer who saw the consent, 'day_in_future',
        'decider_unknown' or 'decider_missing' (with the parties).

    Source: CON-01, CON-05; law page 3.1 on consent in detention.
    """
    if not answer.staff_absent and purpose != Purpose.REFERRAL_DATA:
        raise RuleBroken("staff_present")
    if answer.given_on is not None and answer.given_on > on:
        raise RuleBroken("day_in_future")
    if needed is None:
        raise RuleBroken("decider_unknown")
    if missing := set(needed) - answer.given_by:
        raise RuleBroken("decider_missing", parties=" ".join(sorted(missing)))


def check_claimed(given_on: date, on: date, is_claim: bool) -> None:
    """Let a claim be made or confirmed, and only a claim, by a yes that was said.

    Raises:
        RuleBroken: 'consent_not_claimed', 'day_in_future'.
    """
    if not is_claim:
        raise RuleBroken("consent_not_claimed")
    if given_on > on:
        raise RuleBroken("day_in_future")


def claim_ends(given_on: date, renewal_months: int, on: date) -> date:
    """Give the day from which the word of a list counts no more: that of its own term, or sooner."""
    return min(add_months(given_on, renewal_months), on + timedelta(days=CLAIM_DAYS))


def validity(state: State | str, expires_on: date | None, on: date, grace_days: int) -> Validity:
    """Tell how a consent stands on a day.

    Args:
        expires_on: the day on which it must be renewed.
        grace_days: days after it in which it still holds; then it is frozen.

    Source: CON-04 (day 365 warn, day 395 frozen).
    """
    if state != State.GIVEN or expires_on is None:
        return Validity.NONE
    if on < expires_on:
        return Validity.HOLDS
    return Validity.RENEW if on < expires_on + timedelta(days=grace_days) else Validity.FROZEN


def still_decided(
    given_by: Collection[Party | str], needed: Collection[Party] | None, has_same_custody: bool
) -> bool:
    """Tell whether the yes for a child still comes from who decides today.

    A yes of another holder than the mother or the child counts only under the custody in which it was said.

    Source: CON-05: recomputed at birthdays; loss of authority revokes.
    """
    if needed is None or not set(needed) <= set(given_by):
        return False
    return has_same_custody or not set(needed) & {Party.OTHER_PARENT, Party.INSTITUTION}
