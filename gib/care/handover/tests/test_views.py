"""Pages about needs and handovers, as each role meets them."""

import pytest

from gib.care.handover import builders
from gib.care.handover.tests.conftest import NOW, Cast
from gib.care.referral.tests.reader import text_of, visitor

pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])


def test_smoke(house: Cast) -> None:
    b = visitor(house.coordinator, NOW)
    d = house.dossier_id
    s = builders.raised(house.coordinator, d, NOW)
    for n in ("wegen", "bespreken", "afronden"):
        text_of(b.get(f"/signalen/{s.id}/{n}/"))
    text_of(b.get(f"/signalen/nieuw/{d}/"))
    c = builders.proposed(house.coordinator, d, NOW)
    text_of(b.get(f"/meldcode/{c.id}/"))
    for n in ("stap", "besluit", "tweede-persoon", "sluiten"):
        text_of(b.get(f"/meldcode/{c.id}/{n}/"))
    h = builders.sent(house.coordinator, d, NOW)
    for n in (
        "toestemming",
        "versturen",
        "welkom",
        "wachtlijst",
        "gesprek",
        "nakijken",
        "niet-door",
        "terug",
    ):
        text_of(b.get(f"/overdracht/{h.id}/{n}/"))
    text_of(b.get(f"/overdracht/nieuw/{d}/"))
    text_of(b.get(f"/overdracht/nieuw/{d}/{s.id}/"))
    text_of(b.get(f"/overdracht/geen/{d}/"))
    v = visitor(house.volunteer, NOW)
    text_of(v.get(f"/zorgen/melden/{d}/"))
    own = builders.raised(house.volunteer, d, NOW)
    text_of(v.get(f"/zorgen/{own.id}/"))
    text_of(v.get("/zorgen/"))
    text_of(b.get(f"/dossier/{d}/signalen/"))
