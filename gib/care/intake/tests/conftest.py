"""The people of the stories about intakes, and pages that they can visit."""

from collections.abc import Iterator

import pytest

from gib.care.referral.builders import Cast, cast
from gib.care.referral.tests.reader import pages


@pytest.fixture
def people(db: None, seen: object) -> Cast:
    return cast()


@pytest.fixture
def house(people: Cast) -> Iterator[Cast]:
    """Give the people, with pages to visit."""
    with pages():
        yield people
