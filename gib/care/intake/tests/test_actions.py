import pytest
from gib.care.intake import builders
from gib.care.intake.models import wishes_of
from gib.care.referral.builders import Cast
pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])
def test_smoke(people: Cast) -> None:
    intake = builders.complete(people)
    assert intake.state == "completed"
    from gib.core.access import rls
    with rls.system("test"):
        assert wishes_of(intake.dossier_id) == list(builders.WISHES)
