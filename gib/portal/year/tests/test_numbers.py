"""Tables count on from a number, and never back."""

import pytest
from django.db import connection
from django.utils import timezone

from gib.core.journal.models import Reading
from gib.people.partners.domain import CareKind
from gib.people.partners.models import CareProvider
from gib.portal.year.numbers import count_from

pytestmark = pytest.mark.django_db(databases="__all__")


def provider(name: str) -> int:
    """Write a row of the main store, and give its number."""
    return CareProvider.objects.create(name=name, kind=CareKind.HOUSING, valid_from=None).pk


@pytest.mark.skipif(connection.vendor != "sqlite", reason="files of ours are counted on")
def test_every_store_counts_from_there_and_never_back() -> None:
    first = provider("Woonhulp De Schelp")
    count_from(first + 1_000)
    assert provider("Woonhulp De Kiezel") == first + 1_000
    count_from(first)
    assert provider("Woonhulp De Parel") == first + 1_001
    look = Reading(at=timezone.now(), user_id="0" * 32, role="system", action="read", outcome=200)
    look.save()
    assert look.pk > first


@pytest.mark.skipif(connection.vendor == "sqlite", reason="a server counts as it does")
def test_a_server_counts_as_it_did() -> None:
    first = provider("Woonhulp De Schelp")
    count_from(first + 1_000)
    assert provider("Woonhulp De Kiezel") == first + 1
