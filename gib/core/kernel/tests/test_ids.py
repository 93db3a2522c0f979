"""Identifiers are of the system, unless a seed is asked for."""

from gib.core.kernel.ids import drawn_from, new_id


def _drawn(seed: str) -> list[str]:
    with drawn_from(seed):
        return [str(new_id()) for _ in range(3)]


def test_a_seed_gives_the_same_identifiers_each_time() -> None:
    assert _drawn("a") == _drawn("a") != _drawn("b")


def test_no_seed_remains_afterwards() -> None:
    before = _drawn("a")
    assert new_id() not in before and new_id() != new_id()
    assert {new_id().version for _ in range(20)} == {4}


def test_an_inner_seed_gives_way_to_the_outer_one() -> None:
    with drawn_from("outer"):
        first = new_id()
        with drawn_from("inner"):
            new_id()
        second = new_id()
    with drawn_from("outer"):
        assert [new_id(), new_id()] == [first, second]
