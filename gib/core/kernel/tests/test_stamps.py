"""A page may save again and again, and never over what somebody else wrote."""

from uuid import uuid4

import pytest

from gib.core.kernel.rules import RuleBroken
from gib.core.kernel.stamps import Stamp, check_stamp

PAGE, OTHER = uuid4(), uuid4()


@pytest.mark.parametrize(
    "stamp",
    [Stamp(), Stamp(version=3), Stamp(version=1, token=PAGE), Stamp(version=3, token=OTHER)],
)
def test_a_save_of_the_newest_version_or_of_the_same_page_passes(stamp: Stamp) -> None:
    check_stamp(3, PAGE, stamp)


@pytest.mark.parametrize("stamp", [Stamp(version=1), Stamp(version=0), Stamp(version=2, token=OTHER)])
def test_a_save_over_what_somebody_else_wrote_is_refused(stamp: Stamp) -> None:
    with pytest.raises(RuleBroken, match="newer_version"):
        check_stamp(3, PAGE, stamp)


def test_a_page_without_a_token_is_never_its_own() -> None:
    with pytest.raises(RuleBroken, match="newer_version"):
        check_stamp(3, None, Stamp(version=1))
