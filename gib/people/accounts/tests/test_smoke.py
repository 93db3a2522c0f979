import pytest

pytestmark = pytest.mark.django_db(databases="__all__")


def test_a_coordinator_enters(carla, enter):
    assert enter(carla[0]).get("/").content == b"rol coordinator"
