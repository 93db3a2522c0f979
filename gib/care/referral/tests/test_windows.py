"""Two windows on one referral: neither writes over the other, with and without JavaScript."""

from typing import Any
from uuid import UUID

import pytest
from django.urls import reverse

from gib.care.referral import actions
from gib.care.referral.builders import TUESDAY, Cast, answers
from gib.care.referral.models import Referral
from gib.care.referral.tests.kept import all_rows
from gib.care.referral.tests.reader import hidden, text_of, visitor
from gib.care.referral.tests.test_views import WRITTEN
from gib.core.kernel.ids import new_id
from gib.core.kernel.rules import RuleBroken
from gib.core.kernel.stamps import Stamp

pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])


class Window:
    """The page of one referral as it was opened, with its own token and version."""

    def __init__(self, browser: Any, row: Referral) -> None:
        self.browser = browser
        self.url, self.draft = (reverse(f"referral:{name}", args=[row.id]) for name in ("write_on", "keep"))
        self.page = browser.get(self.url)

    def types(self, wish: str) -> int:
        """Let the page keep by itself what is being written."""
        return int(self.browser.post(self.draft, hidden(self.page) | WRITTEN | {"wish": wish}).status_code)

    def saves(self, wish: str) -> Any:
        """Press the button."""
        self.page = self.browser.post(self.url, hidden(self.page) | WRITTEN | {"wish": wish, "act": "later"})
        return self.page


@pytest.fixture
def windows(house: Cast) -> tuple[Window, Window]:
    row = actions.draft(house.mmd, answers(wish="Rust"), now=TUESDAY)
    return Window(visitor(house.mmd), row), Window(visitor(house.mmd), row)


def kept() -> Any:
    (row,) = all_rows()
    return row.wish


def test_one_page_keeps_again_and_again_and_may_then_be_saved(windows: tuple[Window, Window]) -> None:
    one, _other = windows
    assert [one.types(wish) for wish in ("Een", "Een huis", "Een", "Een huis")] == [204] * 4
    assert kept() == "Een huis"
    assert one.saves("Een huis en rust").status_code == 302
    assert kept() == "Een huis en rust"


def test_what_is_there_already_is_not_written_again(windows: tuple[Window, Window]) -> None:
    one, _other = windows
    one.types("Een huis")
    version = all_rows()[0].version
    assert one.types("Een huis") == 204
    assert all_rows()[0].version == version


def test_an_unfinished_draft_is_kept_as_far_as_it_is(windows: tuple[Window, Window]) -> None:
    one, _other = windows
    assert one.browser.post(one.draft, hidden(one.page) | {"wish": "Een huis"}).status_code == 204
    assert (kept(), all_rows()[0].last_name) == ("Een huis", "")


def test_a_second_window_is_not_kept_over_the_first(windows: tuple[Window, Window]) -> None:
    one, other = windows
    assert (one.types("Een huis"), other.types("Werk")) == (204, 409)
    assert kept() == "Een huis"


@pytest.mark.parametrize("first", ["types", "saves"])
def test_a_second_window_sees_both_and_chooses(windows: tuple[Window, Window], first: str) -> None:
    one, other = windows
    getattr(one, first)("Een huis")
    late = other.saves("Werk")
    told = text_of(late)
    assert (late.status_code, kept()) == (422, "Een huis")
    assert "Twee versies" in told
    assert late.context["form"].theirs["Wat wil zij zelf?"] == "Een huis"
    assert ("Wat wil zij zelf?", "Werk") in late.context["form"].mine
    assert "data-draft=" not in told, "what she has not chosen yet is not kept by itself"
    assert other.saves("Werk").status_code == 302
    assert kept() == "Werk"


def test_after_the_choice_the_first_window_is_the_late_one(windows: tuple[Window, Window]) -> None:
    one, other = windows
    one.types("Een huis")
    other.saves("Werk")
    other.saves("Werk")
    assert (one.types("Een huis en rust"), kept()) == (409, "Werk")
    assert one.saves("Een huis en rust").context["form"].theirs["Wat wil zij zelf?"] == "Werk"


def test_a_choice_is_over_the_version_that_was_shown_and_no_newer_one(
    windows: tuple[Window, Window],
) -> None:
    one, other = windows
    one.types("Een huis")
    other.saves("Werk")
    one.types("Een huis en rust")
    again = other.saves("Werk")
    assert (again.status_code, kept()) == (422, "Een huis en rust")
    assert again.context["form"].theirs["Wat wil zij zelf?"] == "Een huis en rust"


def test_a_sheet_or_story_has_no_page_and_writes_on(people: Cast) -> None:
    row = actions.draft(people.mmd, answers(), now=TUESDAY)
    page = Stamp(version=row.version, token=new_id())
    actions.draft(people.mmd, answers(wish="Een huis"), row.id, page, now=TUESDAY)
    actions.draft(people.mmd, answers(wish="Werk"), row.id, now=TUESDAY)
    assert kept() == "Werk"
    with pytest.raises(RuleBroken, match="newer_version"):
        actions.draft(people.mmd, answers(wish="Rust"), row.id, page, now=TUESDAY)
    assert (kept(), isinstance(page.token, UUID)) == ("Werk", True)
