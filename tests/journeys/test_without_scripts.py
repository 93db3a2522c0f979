"""The two walks, a sheet, a letter and a worry in browsers that run no scripts."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext

from tests.journeys import test_entrance, test_let_go, test_sheets, test_walks

test_the_first_walk = test_walks.test_a_referral_becomes_a_first_visit
test_the_second_walk = test_let_go.test_a_refused_mother_is_let_go_with_a_trail
test_a_sheet = test_sheets.test_a_list_comes_in_and_goes_out_again
test_a_letter = test_entrance.test_a_letter_becomes_a_way_in
test_a_worry = test_entrance.test_a_volunteer_raises_a_worry_and_leaves


@pytest.fixture
def scripts() -> bool:
    """Run none."""
    return False


def test_no_script_runs_here(open_browser: Callable[..., BrowserContext]) -> None:
    page = open_browser().new_page()
    page.goto("/hulp/toetsen/")
    assert page.get_by_role("button", name="Toetsen aan").get_attribute("aria-pressed") == "true"
    page.get_by_role("button", name="Toetsen aan").click()
    page.keyboard.press("j")
    assert page.get_by_role("button", name="Toetsen aan").get_attribute("aria-pressed") == "false"
    page = page.context.new_page()
    page.set_content("<p id=a>een</p><script>document.getElementById('a').textContent = 'twee'</script>")
    assert page.locator("#a").inner_text() == "een"
