"""What the database itself checks of these tables: codes from a list, and dates in their order."""

from collections.abc import Iterable

from django.db.models import CheckConstraint, F, Q


def one_of(field: str, codes: Iterable[str], empty: bool = False) -> CheckConstraint:
    """Let a column hold the codes of a list only; `empty` allows the empty text as well."""
    allowed = sorted(str(code) for code in codes) + [""] * empty
    return CheckConstraint(condition=Q(**{f"{field}__in": allowed}), name=f"%(class)s_{field}")


def in_order(first: str = "from_on", last: str = "to_on") -> CheckConstraint:
    """Let an episode not end before it begins."""
    condition = Q(**{f"{last}__isnull": True}) | Q(**{f"{last}__gte": F(first)})
    return CheckConstraint(condition=condition, name=f"%(class)s_{last}")


def together(field: str, state: str, states: Iterable[str]) -> CheckConstraint:
    """Let a date be filled in when the state is one of these."""
    named = sorted(str(each) for each in states)
    condition = ~Q(**{f"{state}__in": named}) | Q(**{f"{field}__isnull": False})
    return CheckConstraint(condition=condition, name=f"%(class)s_{field}")
