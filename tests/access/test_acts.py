"""Who may perform an act: the table decides at the act itself, whatever door somebody came through."""

import ast
from collections.abc import Callable, Iterator
from datetime import date
from importlib import import_module
from pkgutil import walk_packages
from types import ModuleType
from typing import Any, Final
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied

import gib
from gib.core.access.actor import Actor, house
from gib.core.access.guard import RULE, requires
from gib.core.access.tables import MAY, P, Role
from gib.core.journal.acts import PERMITTED, act
from gib.core.kernel.clock import Now, now_on
from gib.portal.source import ROOT, read_modules

NOW: Final = now_on(date(2011, 1, 11))
PERSONS: Final = tuple(role for role in Role if role is not Role.SYSTEM)
Act = Callable[..., Any]

pytestmark = pytest.mark.django_db


def modules(part: str) -> Iterator[ModuleType]:
    """Give the modules of the house of which a part of the name is this, without tests."""
    for found in walk_packages(gib.__path__, "gib."):
        if part in found.name.split(".") and "tests" not in found.name.split("."):
            yield import_module(found.name)


def acts() -> dict[str, Act]:
    """Find every act of the house by its full name."""
    found = {}
    for part in ("actions", "reactions"):
        for module in modules(part):
            own = {
                f"{value.__module__}.{name}": value for name, value in vars(module).items() if is_act(value)
            }
            found |= own
    return dict(sorted(found.items()))


def is_act(value: Any) -> bool:
    return callable(value) and hasattr(value, PERMITTED)


ACTS: Final = acts()


def may(role: Role, rule: frozenset[P]) -> bool:
    return bool(MAY[role] & rule)


def someone(role: Role) -> Actor:
    return Actor(UUID(int=9), role, frozenset({1}))


def is_let_in(perform: Act, actor: Actor) -> bool:
    """Knock at an act with a word that none knows: who is let in is not understood, nothing is done."""
    try:
        perform(actor, now=NOW, knocking=True)
    except PermissionDenied:
        return False
    except TypeError as error:
        assert "unexpected keyword argument 'knocking'" in str(error), error
        return True
    raise AssertionError(f"{perform} did something")


def test_there_are_acts_and_the_house_alone_may_do_few_of_them() -> None:
    """What answers an event is the house's by nature, and nobody else's; of what is done, little is."""
    answering = {name for name in ACTS if ".reactions." in name}
    alone = {name for name, each in ACTS.items() if not getattr(each, PERMITTED)}
    assert len(ACTS) > 200
    assert answering <= alone
    assert len(alone - answering) < len(ACTS) / 20, sorted(alone)


@pytest.mark.parametrize("name", ACTS)
def test_every_role_is_let_in_or_refused_as_the_table_says(name: str) -> None:
    perform = ACTS[name]
    rule: frozenset[P] = getattr(perform, PERMITTED)
    allowed = {role for role in PERSONS if may(role, rule)}
    assert {role for role in PERSONS if is_let_in(perform, someone(role))} == allowed


@pytest.mark.parametrize("name", [name for name, each in ACTS.items() if getattr(each, PERMITTED)])
def test_the_house_is_let_in_everywhere_and_who_keeps_accounts_only_there(name: str) -> None:
    assert is_let_in(ACTS[name], house("test"))
    rule: frozenset[P] = getattr(ACTS[name], PERMITTED)
    assert not may(Role.TECHNICAL_ADMIN, rule) or rule <= {P.MANAGE_ACCOUNT, P.INVITE}


# From page to act


def performs(module: ModuleType, tree: ast.Module) -> Iterator[tuple[Any, Act]]:
    """Give each view that may change something with each act its words lead to."""
    named = dict(top_level(tree))
    for name, node in named.items():
        view = getattr(module, name, None)
        if not hasattr(view, RULE) or "require_safe" in decorators(node):
            continue
        for reached in words_of(node, named, {name}):
            value = resolved(module, reached)
            if is_act(value):
                yield view, value


def top_level(tree: ast.Module) -> Iterator[tuple[str, ast.AST]]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            yield node.name, node
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            yield ast.unparse(target), node


def decorators(node: ast.AST) -> set[str]:
    return {ast.unparse(each) for each in getattr(node, "decorator_list", [])}


def words_of(node: ast.AST, named: dict[str, ast.AST], seen: set[str]) -> set[str]:
    """Give the dotted names below a node, and below what it names in the same file."""
    found = set()
    for each in ast.walk(node):
        if isinstance(each, ast.Attribute):
            found.add(ast.unparse(each))
        elif isinstance(each, ast.Name):
            found.add(each.id)
            if each.id in named and each.id not in seen:
                seen.add(each.id)
                found |= words_of(named[each.id], named, seen)
    return found


def resolved(module: ModuleType, dotted: str) -> Any:
    first, *rest = dotted.split(".")
    value = vars(module).get(first)
    for name in rest:
        value = getattr(value, name, None)
    return value


def doors() -> list[tuple[Any, Act]]:
    """Give every pair of a view and an act in the house."""
    trees = {module.path: module.tree for module in read_modules(ROOT)}
    found = []
    for module in modules("views"):
        path = module.__name__.replace(".", "/")
        tree = trees.get(f"{path}.py") or trees[f"{path}/__init__.py"]
        found += list(performs(module, tree))
    return found


def closed_behind(pairs: list[tuple[Any, Act]]) -> list[str]:
    """Name each view that lets in a role which the act behind it refuses."""
    return sorted(
        f"{view.__module__}.{view.__name__} -> {perform.__name__}: {role}"
        for view, perform in pairs
        for role in PERSONS
        if may(role, getattr(view, RULE)) and not may(role, getattr(perform, PERMITTED))
    )


def test_no_page_leads_to_an_act_that_its_reader_may_not_perform() -> None:
    pairs = doors()
    assert len({perform.__name__ for _view, perform in pairs}) > 120
    assert closed_behind(pairs) == []


def test_a_planted_page_before_a_closed_act_is_noticed() -> None:
    @requires(P.REFER)
    def page(request: Any) -> Any:
        """Never called."""

    @act
    def inside(actor: Actor, now: Now) -> None:
        """Never performed."""

    assert [fault.rpartition(": ")[2] for fault in closed_behind([(page, inside)])] == sorted(
        role for role in PERSONS if may(role, frozenset({P.REFER}))
    )


# The frame itself


@act(P.REFER)
def whole(actor: Actor, now: Now) -> str:
    """Do what only the house does, as a part."""
    return part(actor, now)


@act
def part(actor: Actor, now: Now) -> str:
    """Tell who did it."""
    return str(actor.role)


def test_who_may_perform_the_whole_may_do_its_parts() -> None:
    assert whole(someone(Role.REFERRER), NOW) == "referrer"
    with pytest.raises(PermissionDenied, match="referrer may not part"):
        part(someone(Role.REFERRER), NOW)
    assert part(house("test"), NOW) == "system"


def test_a_refusal_or_an_error_leaves_no_door_open() -> None:
    @act(P.REFER)
    def breaks(actor: Actor, now: Now) -> None:
        """Break."""
        raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        breaks(someone(Role.REFERRER), NOW)
    with pytest.raises(PermissionDenied):
        part(someone(Role.REFERRER), NOW)
    with pytest.raises(PermissionDenied):
        whole(someone(Role.MUNICIPALITY), NOW)
