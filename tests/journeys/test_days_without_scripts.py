"""The days of a coordinator in a browser that runs no scripts, in a house of their own."""

import pytest

from tests.journeys import test_days

test_a_name = test_days.test_a_name_is_found_and_stands_in_no_address
test_a_case = test_days.test_a_case_goes_to_another_team
test_a_release = test_days.test_a_release_today_gives_the_list_of_72_hours
test_a_withdrawn_yes = test_days.test_a_withdrawn_yes_stops_sharing_at_once


@pytest.fixture
def scripts() -> bool:
    """Run none."""
    return False
