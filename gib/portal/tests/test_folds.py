"""A long list stays readable, and nothing in it is lost or out of order."""

import random
from itertools import chain
from typing import Any

import pytest
from django.urls import reverse

from gib.core.ui.slots import LEAD, LISTS, PILES, TASK_LISTS, Task
from gib.portal.folds import IN_SIGHT, Fold, folded
from gib.portal.tests.town import Town, page, text


def task(number: int, pile: str = "bezoeken", **facts: Any) -> Task:
    """Make a row of its own."""
    return Task(who=f"Merel {number}", why="waarom", url="/", button="Open", pile=pile, **facts)


def opened(rows: list[Task | Fold]) -> list[Task]:
    """Give all rows as one sees them with every fold open."""
    return list(chain.from_iterable(row.tasks if isinstance(row, Fold) else [row] for row in rows))


def test_the_first_of_many_stay_in_sight() -> None:
    rows = [task(number) for number in range(7)]
    assert folded(rows) == [*rows[:3], Fold("bezoeken", tuple(rows[3:]), is_open=False)]


def test_one_more_is_shown_instead_of_a_fold_of_one() -> None:
    rows = [task(number) for number in range(IN_SIGHT + 1)]
    assert folded(rows) == rows


def test_what_belongs_to_no_pile_is_always_in_sight() -> None:
    rows = [task(number, "", tone="stop") for number in range(40)]
    assert folded(rows) == rows


def test_a_fold_tells_how_many_cannot_wait() -> None:
    tones = ("stop", "stop", "stop", "stop", "warn", "stop")
    fold = folded([task(number, tone=tone) for number, tone in enumerate(tones)])[-1]
    assert isinstance(fold, Fold)
    assert (fold.urgent, fold.tone) == (2, "stop")


def test_what_was_done_a_moment_ago_is_in_sight_and_its_fold_is_open() -> None:
    rows = [*(task(number) for number in range(5)), task(5, is_done=True), task(6)]
    found = folded(rows)
    assert found[-1] == rows[5]
    assert found[3] == Fold("bezoeken", (*rows[3:5], rows[6]), is_open=True)


def test_no_row_is_lost_or_shown_twice() -> None:
    """Five hundred lists, some rows of which are the same in every word."""
    folds = 0
    for seed in range(500):
        pick = random.Random(seed)
        rows = [
            task(pick.randrange(6), pick.choice(("", "a", "b", "c")), is_done=pick.random() < 0.1)
            for _ in range(pick.randrange(30))
        ]
        found = folded(rows)
        folds += sum(isinstance(row, Fold) for row in found)
        assert sorted(map(repr, opened(found))) == sorted(map(repr, rows))
        for pile in ("", "a", "b", "c"):
            waits = [row for row in rows if row.pile == pile and not row.is_done]
            assert [row for row in opened(found) if row.pile == pile and not row.is_done] == waits
    assert folds > 100


def test_only_what_fills_a_list_has_a_pile() -> None:
    filling = {source for name in (*LISTS, LEAD) for source in TASK_LISTS[name]}
    assert PILES.keys() <= filling
    assert len(set(PILES.values())) == len(PILES)


@pytest.mark.django_db(databases="__all__")
class TestToday:
    """The start page itself."""

    @pytest.fixture
    def many(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Let nine visits wait, of which one was told a moment ago when its number is asked for."""

        def visits(request: Any) -> list[Task]:
            done = request.GET.get("klaar", "")
            return [task(at, "", tone="stop", is_done=done == str(at), finish="/") for at in range(9)]

        for name in LISTS:
            monkeypatch.setitem(TASK_LISTS, name, [visits] if name == "wacht" else [])
        monkeypatch.setitem(PILES, visits, "bezoeken om door te geven")

    @pytest.mark.usefixtures("many")
    def test_the_number_counts_what_is_folded_too(self, town: Town) -> None:
        shown = page(town["ours"].get(reverse("portal:today")))
        heading = shown.find(id="wacht")
        rows = heading.find_parent("section").select("ul.tasks li.task")
        assert heading.find("span").get_text(strip=True) == "9"
        assert len([row for row in rows if not row.find("details")]) == 9
        fold = shown.find("details")
        assert "open" not in fold.attrs
        said = " ".join(fold.find("summary").get_text(" ", strip=True).split())
        assert said == "Nog 6 bezoeken om door te geven 6 kunnen niet wachten."
        assert len(fold.select("li.task")) == 6

    @pytest.mark.usefixtures("many")
    def test_who_marks_one_as_done_goes_on_in_the_open_fold(self, town: Town) -> None:
        shown = page(town["ours"].get(f"{reverse('portal:today')}?klaar=5"))
        assert "open" in shown.find("details").attrs
        done = shown.select_one("li.is-done")
        assert "Klaar: Merel 5" in done.get_text(" ", strip=True)
        assert done.find_parent("details") is None

    @pytest.mark.usefixtures("many")
    def test_what_cannot_wait_is_counted_over_folds(self, town: Town) -> None:
        assert "9 dingen kunnen niet wachten" in text(town["ours"].get(reverse("portal:today")))
