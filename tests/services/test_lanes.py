"""A lane leaves out what no database can change and nothing else, and begins with the longest."""

from pathlib import Path, PurePath
from types import SimpleNamespace
from typing import Any

import pytest

from tests.services.lanes import LONGEST, longest_first, reaches_a_database, same_everywhere

ROOT = PurePath("/house")


def an_item(path: str, *fixtures: str, marked: bool = False) -> Any:
    return SimpleNamespace(
        path=ROOT / path,
        fixturenames=list(fixtures),
        get_closest_marker=lambda name: name if marked and name == "django_db" else None,
    )


@pytest.mark.parametrize(
    ("item", "left_out"),
    [
        (an_item("gib/engines/matching/tests/test_score.py"), True),
        (an_item("tests/architecture/test_sizes.py", "db"), True),
        (an_item("gib/care/intake/tests/test_actions.py", marked=True), False),
        (an_item("gib/care/intake/tests/test_actions.py", "tmp_path", "db"), False),
        (an_item("tests/upkeep/test_killed.py"), False),
        (an_item("tests/access/test_rows.py"), False),
    ],
)
def test_what_no_database_can_change_runs_once(item: Any, left_out: bool) -> None:
    assert same_everywhere([item], ROOT) == [item][: int(left_out)]


def test_a_file_of_which_one_test_reaches_a_database_stays_whole() -> None:
    path = "gib/core/access/tests/test_context.py"
    plain, with_rows = an_item(path), an_item(path, "transactional_db")
    assert [reaches_a_database(each) for each in (plain, with_rows)] == [False, True]
    assert same_everywhere([plain, with_rows], ROOT) == []


def test_the_longest_go_first_and_all_others_keep_their_order() -> None:
    names = ["gib/b/test_b.py", LONGEST[1], "gib/a/test_a.py", LONGEST[0], LONGEST[1], "gib/b/test_b.py"]
    found = longest_first([an_item(name) for name in names], ROOT)
    told = [str(item.path.relative_to(ROOT)) for item in found]
    assert told == [LONGEST[0], *[LONGEST[1]] * 2, names[0], names[2], names[0]]


def test_every_long_file_is_there() -> None:
    root = Path(__file__).resolve().parents[2]
    assert [name for name in LONGEST if not (root / name).is_file()] == []


def test_this_test_itself_is_seen_as_it_is(request: Any) -> None:
    assert not reaches_a_database(request.node)


@pytest.mark.django_db
def test_a_marked_test_is_seen_as_it_is(request: Any) -> None:
    assert reaches_a_database(request.node)
