"""The people of the stories about referrals."""

import pytest

from gib.care.referral.builders import Cast, cast


@pytest.fixture
def people(db: None, seen: object) -> Cast:
    return cast()
