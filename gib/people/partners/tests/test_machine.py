"""Many registers after one another: whatever is approved is in force, and nothing ever gets lost."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gib.core.access.tables import Role
from gib.core.kernel.rules import RuleBroken
from gib.people.partners import actions
from gib.people.partners.domain import resolve
from gib.people.partners.domain.files import COLUMNS, read_register
from gib.people.partners.domain.register import MunicipalityFact, check_register, compare, valid_codes
from gib.people.partners.models import register
from gib.people.partners.tests.conftest import TUESDAY, actor_of

FIRST = date(2011, 1, 1)
Book = dict[str, MunicipalityFact]


def written(book: Book) -> str:
    """Write a register as a file."""
    lines = [",".join(COLUMNS)]
    for fact in book.values():
        start, end = (str(day or "") for day in (fact.valid_from, fact.valid_to))
        lines.append(f"{fact.code},{fact.name},Utrecht,{start},{end},{'+'.join(fact.successors)},52.1,5.1,V")
    return "\n".join([*lines, ""])


def merged(book: Book, left: str, right: str, on: date) -> Book:
    """Let two municipalities become a new one."""
    new = f"{max(map(int, book)) + 1:04}"
    ended = {
        code: MunicipalityFact(code, book[code].name, book[code].valid_from, on, (new,))
        for code in (left, right)
    }
    return book | ended | {new: MunicipalityFact(new, f"Proefdorp {new}", on, None)}


def split(book: Book, old: str, heirs: tuple[str, ...], on: date) -> Book:
    """Divide one municipality over others."""
    fact = book[old]
    return book | {old: MunicipalityFact(old, fact.name, fact.valid_from, on, heirs)}


def renamed(book: Book, code: str) -> Book:
    """Give a municipality another name."""
    fact = book[code]
    name = f"{fact.name} Nieuw"
    return book | {code: MunicipalityFact(code, name, fact.valid_from, fact.valid_to, fact.successors)}


@st.composite
def histories(draw: st.DrawFn) -> list[Book]:
    """Give registers, each what became of the one before, a year later."""
    codes = [f"{number:04}" for number in range(1, 8)]
    book: Book = {code: MunicipalityFact(code, f"Proefdorp {code}", None, None) for code in codes}
    found = [book]
    for year in range(draw(st.integers(1, 4))):
        on = FIRST + timedelta(days=366 * year)
        alive = sorted(valid_codes(book.values(), on))
        one, two, three = draw(st.permutations(alive))[:3]
        kind = draw(st.sampled_from(["merge", "split", "rename"]))
        if kind == "merge":
            book = merged(book, one, two, on)
        elif kind == "split":
            book = split(book, one, tuple(sorted((two, three))), on)
        else:
            book = renamed(book, one)
        found.append(book)
    return found


@given(histories())
def test_what_is_written_is_read(books: list[Book]) -> None:
    for book in books:
        rows = read_register(written(book).splitlines())
        assert {code: row.fact for code, row in rows.items()} == book


@given(histories())
def test_every_code_ever_leads_to_places_that_exist(books: list[Book]) -> None:
    last = books[-1]
    check_register(last)
    for on in (FIRST - timedelta(days=1), FIRST, date(2013, 6, 1), date(2020, 1, 1)):
        alive = valid_codes(last.values(), on)
        assert alive
        for code, fact in last.items():
            found = resolve(last, code, on)
            assert set(found) <= alive
            assert found or (fact.valid_from is not None and fact.valid_from > on)


@given(histories())
def test_a_comparison_is_empty_only_for_equals_and_never_goes_back(books: list[Book]) -> None:
    for before, after in pairwise(books):
        assert not compare(before, after).is_empty
        assert compare(after, after).is_empty
        if len(after) > len(before):
            with pytest.raises(RuleBroken, match="code_missing"):
                compare(after, before)


@pytest.mark.requirement("REF-08")
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(books=histories())
def test_what_was_approved_last_is_in_force(books: list[Book], db: None) -> None:
    leader = actor_of(Role.PROJECT_LEADER)
    known = register()
    shift = len(known) and max(map(int, known))
    for book in books:
        wanted = known | _moved(book, shift)
        if wanted == register():
            continue
        proposal = actions.propose_update(leader, written(wanted), TUESDAY)
        actions.approve_update(leader, proposal.pk, TUESDAY)
        assert register() == wanted
        with pytest.raises(RuleBroken, match="update_unchanged"):
            actions.propose_update(leader, written(wanted), TUESDAY)


def _moved(book: Book, shift: int) -> Book:
    """Give a register other codes, so that it can stand beside one that is there."""

    def code(old: str) -> str:
        return f"{int(old) + shift:04}"

    return {
        code(old): MunicipalityFact(
            code(old), fact.name, fact.valid_from, fact.valid_to, tuple(map(code, fact.successors))
        )
        for old, fact in book.items()
    }
