"""Pages about money and conferences, as each role meets them."""

import pytest

from gib.care.aftercare import builders
from gib.care.aftercare.tests.conftest import NOW, Cast
from gib.care.referral.tests.reader import text_of, visitor

pytestmark = pytest.mark.django_db(databases=["default", "keys", "log"])


def test_smoke(house: Cast) -> None:
    c, b = house.coordinator, visitor(house.coordinator, NOW)
    builders.agreement(house.leader, NOW)
    row = builders.submitted(c, NOW)
    draft = builders.drafted(c, NOW, 1)
    builders.let_go(c, NOW, 2)
    item = builders.shared(c, NOW, row.dossier_id)
    text_of(b.get(f"/financiering/begin/{row.dossier_id}/"))
    for n in (
        "",
        "versturen/",
        "dekken/",
        "antwoorden/",
        "toegekend/",
        "afgewezen/",
        "geen-antwoord/",
        "andere-betaler/",
        "intrekken/",
        "loslaten/",
    ):
        text_of(b.get(f"/financiering/{draft.id}/{n}"))
        text_of(b.get(f"/financiering/{row.id}/{n}"))
    lead = visitor(house.leader, NOW)
    for u in ("/dekking/", "/dekking/gemeente/0363/", "/afspraken-gemeenten/", "/afspraken-gemeenten/nieuw/"):
        text_of(lead.get(u))
    assert lead.get("/dekking/lijst.csv").status_code == 200
    assert lead.get("/dekking/lijst.xlsx").status_code == 200
    desk = visitor(house.paying, NOW)
    text_of(desk.get("/aanvragen/"))
    for n in ("", "wij-betalen/", "wij-betalen-niet/", "vraag/"):
        text_of(desk.get(f"/aanvragen/{row.id}/{n}"))
    for u in (
        "/overleg/",
        "/overleg/nieuw/",
        f"/overleg/{item.conference_id}/",
        f"/overleg/{item.conference_id}/delen/{row.dossier_id}/",
        f"/overleg/agendapunt/{item.id}/besluit/",
        f"/overleg/agendapunt/{item.id}/actiepunt/",
    ):
        text_of(b.get(u))
    text_of(visitor(house.safety_house, NOW).get("/gedeeld/"))
    text_of(b.get(f"/dossier/{row.dossier_id}/financiering/"))
    text_of(b.get("/vandaag/"))
