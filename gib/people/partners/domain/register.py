"""Municipalities over time: who holds the area of whom on a day, and what a new register would change."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from gib.core.kernel.rules import RuleBroken, declare

declare(
    {
        "municipality_unknown": "Deze gemeente kennen wij niet op {on}.",
        "municipality_split": "Deze gemeente is gesplitst. Kies een van de nieuwe gemeenten.",
        "update_unchanged": "Dit bestand verandert niets aan het register.",
        "update_stale": "Het register is intussen veranderd. Lever het bestand opnieuw aan.",
        "update_closed": "Dit bestand is al goedgekeurd.",
        "successor_unknown": "Gemeente {municipality} gaat over in {successor}, maar die staat er niet in.",
        "successors_missing": "Gemeente {municipality} eindigt, maar wie haar opvolgt staat er niet bij.",
        "code_missing": "Gemeente {municipality} ontbreekt. Een gemeente verdwijnt niet, zij eindigt.",
    }
)


@dataclass(frozen=True)
class MunicipalityFact:
    """One municipality: valid from `valid_from` (empty: before 2010) until the day before `valid_to`."""

    code: str
    name: str
    valid_from: date | None
    valid_to: date | None
    successors: tuple[str, ...] = ()

    def is_valid_on(self, on: date) -> bool:
        """Tell whether it existed on a day."""
        return (self.valid_from is None or self.valid_from <= on) and (
            self.valid_to is None or on < self.valid_to
        )


def resolve(register: Mapping[str, MunicipalityFact], code: str, on: date) -> tuple[str, ...]:
    """Follow a code to the municipalities that hold its area on a day.

    Returns: one code; several when a split asks for the postcode; none when the code did not exist yet.

    Raises:
        RuleBroken: 'municipality_unknown' for a code that is not in the register.

    Source: REF-02, REF-03.
    """
    if code not in register:
        raise RuleBroken("municipality_unknown", on=f"{on:%d-%m-%Y}")
    waiting, found = [code], set()
    while waiting:
        fact = register[waiting.pop()]
        if fact.is_valid_on(on):
            found.add(fact.code)
        elif fact.valid_to is not None and fact.valid_to <= on:
            waiting += fact.successors
    return tuple(sorted(found))


def resolve_one(register: Mapping[str, MunicipalityFact], code: str, on: date) -> str:
    """Follow a code to the one municipality that holds its area on a day.

    Raises:
        RuleBroken: 'municipality_split' when a split leaves a choice (fact `candidates`),
            'municipality_unknown' for a code that did not exist yet or never did.

    Source: REF-02.
    """
    found = resolve(register, code, on)
    if len(found) > 1:
        raise RuleBroken("municipality_split", candidates=found)
    if not found:
        raise RuleBroken("municipality_unknown", on=f"{on:%d-%m-%Y}")
    return found[0]


def overlapping(register: Mapping[str, MunicipalityFact], code: str, on: date) -> tuple[str, ...]:
    """Give the municipalities of a day whose area came to lie in one of any other day, or the reverse.

    Raises:
        RuleBroken: 'municipality_unknown'.
    """
    heirs = set(resolve(register, code, date.max))
    return tuple(
        sorted(
            other
            for other in valid_codes(register.values(), on)
            if heirs & set(resolve(register, other, date.max))
        )
    )


def valid_codes(register: Iterable[MunicipalityFact], on: date) -> frozenset[str]:
    """Give the codes that existed on a day."""
    return frozenset(fact.code for fact in register if fact.is_valid_on(on))


@dataclass(frozen=True)
class RegisterDiff:
    """What a new register would change: codes added, ended, renamed or with another date."""

    added: tuple[str, ...]
    ended: tuple[str, ...]
    renamed: tuple[str, ...]
    moved: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing changes."""
        return not (self.added or self.ended or self.renamed or self.moved)


def compare(old: Mapping[str, MunicipalityFact], new: Mapping[str, MunicipalityFact]) -> RegisterDiff:
    """Compare two registers by code; a municipality never disappears, it ends.

    Raises:
        RuleBroken: 'code_missing' for a code that the new register does not hold.

    Source: REF-08.
    """
    gone = sorted(old.keys() - new.keys())
    if gone:
        raise RuleBroken("code_missing", municipality=gone[0])
    pairs = [(code, old[code], new[code]) for code in sorted(old)]

    def those(differ: Callable[[MunicipalityFact, MunicipalityFact], bool]) -> tuple[str, ...]:
        return tuple(code for code, before, after in pairs if differ(before, after))

    added = tuple(sorted(new.keys() - old.keys()))
    return RegisterDiff(added, those(_has_ended), those(_is_renamed), those(_has_moved))


def _has_ended(before: MunicipalityFact, after: MunicipalityFact) -> bool:
    return before.valid_to is None and after.valid_to is not None


def _is_renamed(before: MunicipalityFact, after: MunicipalityFact) -> bool:
    return before.name != after.name


def _has_moved(before: MunicipalityFact, after: MunicipalityFact) -> bool:
    """Tell whether it begins on another day, or ends otherwise than was known."""
    ends = (before.valid_to, before.successors) != (after.valid_to, after.successors)
    return before.valid_from != after.valid_from or (ends and not _has_ended(before, after))


def check_register(register: Mapping[str, MunicipalityFact]) -> None:
    """Refuse a register in which an ended municipality leads nowhere.

    Raises:
        RuleBroken: 'successors_missing' for an end without a successor, 'successor_unknown' for one that
            is not in the register.

    Source: REF-08.
    """
    for fact in register.values():
        if fact.valid_to is not None and not fact.successors:
            raise RuleBroken("successors_missing", municipality=fact.code)
        for successor in fact.successors:
            if successor not in register:
                raise RuleBroken("successor_unknown", municipality=fact.code, successor=successor)
