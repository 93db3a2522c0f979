"""The terms and ages of the law that this slice uses; their values are dated reference data (CMP-02)."""

from dataclasses import dataclass
from typing import Final

#: Field of `Terms` -> key of the legal parameter.
KEYS: Final = {
    "renewal_months": "consent_renewal",
    "grace_days": "consent_grace",
    "heard_age": "consent_child_heard",
    "alone_age": "consent_child_alone",
    "adult_age": "child_age",
}


@dataclass(frozen=True, kw_only=True)
class Terms:
    """As they hold on one day: months, days, and ages in years."""

    renewal_months: int
    grace_days: int
    heard_age: int
    alone_age: int
    adult_age: int
