"""Names are found as people type them, within one's own scope, and only what is shown counts as read."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest

from gib.core.access.actor import Actor
from gib.core.access.tables import Role
from gib.core.kernel.clock import Now
from gib.people.families import builders
from gib.people.families.models import number_of
from gib.people.partners.builders import two_teams
from gib.people.volunteers import builders as helpers
from gib.portal.search import dossiers, folded, matches, volunteers

NOW = Now(datetime(2011, 1, 11, 9, tzinfo=UTC), date(2011, 1, 11))


@pytest.mark.parametrize(
    ("wanted", "name", "found"),
    [
        ("mad", "Madelief Sprookstra", True),
        ("sprook MAD", "Madelief Sprookstra", True),
        ("fabel", "Jasmijn van Fabelveld", True),
        ("van fabelveld", "Jasmijn van Fabelveld", True),
        ("zoe", "Zoë Verzonnen", True),
        ("lief", "Madelief Sprookstra", False),
        ("madelief x", "Madelief Sprookstra", False),
        ("", "Madelief Sprookstra", False),
        ("...", "Madelief Sprookstra", False),
    ],
)
def test_the_first_letters_are_enough(wanted: str, name: str, found: bool) -> None:
    assert matches(folded(wanted), [name]) is found


@pytest.mark.django_db(databases="__all__")
def test_one_finds_ones_own_and_leaves_a_line(seen: Any) -> None:
    one, other = two_teams()
    ours = Actor(uuid4(), Role.COORDINATOR, frozenset({one.pk}))
    theirs = Actor(uuid4(), Role.COORDINATOR, frozenset({other.pk}))
    dossier = builders.a_dossier(ours, NOW, number=0)
    builders.with_child(ours, dossier.id, NOW, number=1)
    helper = helpers.interested(ours, NOW)
    seen.boxes.clear()
    for text in ("madelief", "vink", number_of(dossier.id).lower()):
        assert dossiers(ours, text, NOW) == [dossier.id], text
        assert dossiers(theirs, text, NOW) == [], text
    assert volunteers(ours, "truus", NOW) == [helper.id]
    assert volunteers(theirs, "truus", NOW) == []
    assert {purpose for purpose, _count in seen.scans} == {"search"}
    assert seen.boxes == {}, "finding is not reading"


@pytest.mark.django_db(databases="__all__")
@pytest.mark.parametrize(
    "role", [Role.REFERRER, Role.MUNICIPALITY, Role.PROJECT_LEADER, Role.TECHNICAL_ADMIN]
)
def test_a_role_without_dossiers_finds_nobody(role: Role, seen: Any) -> None:
    actor = Actor(uuid4(), role)
    assert dossiers(actor, "madelief", NOW) == volunteers(actor, "truus", NOW) == []
    assert seen.scans == []
