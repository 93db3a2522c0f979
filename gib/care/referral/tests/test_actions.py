"""What people do with a referral, on the database."""

import pytest

from gib.care.referral import builders
from gib.care.referral.builders import Cast

pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])


def test_smoke(people: Cast) -> None:
    row = builders.referred(people.mmd)
    assert row.state == "submitted"
    builders.planned(people)
