"""The board in a browser that runs no scripts: choose, ask both, and hear both answers."""

import pytest

from tests.journeys import test_board

test_no_click = test_board.test_a_volunteer_says_on_her_phone_that_it_does_not_click
test_a_choice = (
    test_board.test_a_choice_outside_the_first_three_has_a_price_and_a_reason_and_the_mother_says_no
)


@pytest.fixture
def scripts() -> bool:
    """Run none."""
    return False
