import pytest

from gib.care.aftercare import builders as money
from gib.care.handover import builders
from gib.care.handover.tests.conftest import NOW

pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])


def test_smoke(people, told):
    row = builders.confirmed(people.coordinator, people.dossier_id, NOW)
    builders.proposed(people.coordinator, people.dossier_id, NOW)
    builders.raised(people.volunteer, people.dossier_id, NOW)


def test_money(people):
    for n, b in enumerate((money.granted, money.unanswered, money.let_go)):
        b(people.coordinator, NOW, n + 3)
    money.shared(people.coordinator, NOW, people.dossier_id)
